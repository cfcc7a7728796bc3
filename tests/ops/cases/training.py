"""Rows for the ops that change variables by a training step, and for those that only order or check."""

import numpy as np

from ..case import Case

W = np.array([[1.0, -2.0], [0.5, 4.0], [3.0, 0.25]], np.float32)
GRADS = np.array([[0.1, 0.2], [-0.3, 0.4], [0.5, -0.6]], np.float32)
ROWS = np.array([[10.0, 20.0], [30.0, 40.0]], np.float32)
TWICE = np.array([2, 2], np.int32)
APART = np.array([2, 0], np.int64)

CASES = [
    Case("ApplyGradientDescent", [W, np.float32(0.25), GRADS]),
    Case("ApplyGradientDescent", [W, np.float32(0.25), GRADS], {"use_locking": True}, id="locking"),
    Case("ApplyGradientDescent", [W.astype(np.float16), np.float16(0.25), GRADS.astype(np.float16)], id="half"),
    Case("ScatterUpdate", [W, APART, ROWS]),
    Case("ScatterAdd", [W, TWICE, ROWS]),
    Case("ScatterSub", [W, TWICE, ROWS]),
    Case("ScatterSub", [W, np.int32(1), ROWS[0]], id="one-row"),
    Case("Unique", [np.array([7, 3, 7, 5, 3], np.int32)]),
    Case("Unique", [np.array([2.5, 2.5], np.float32)], {"out_idx": "int64"}, id="int64"),
    Case("NoOp", []),
    Case("ControlTrigger", []),
    Case("Assert", [np.array(True), [np.array(["all"], object), np.array([1, 2, 3, 4])]]),
    Case("SdcaShrinkL1", [[np.array([1.0, -0.01, 0.03], np.float32), np.array([[-0.5, 0.0]], np.float32)]],
         {"l1": 0.1, "l2": 2.0}, differentiable=()),
]
