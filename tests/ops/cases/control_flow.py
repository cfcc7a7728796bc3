"""Rows for the ops that direct values; what they do is tested with the functions that make them."""

import numpy as np

from ..case import Case

X = np.array([1.0, -2.0], np.float32)

CASES = [
    Case("Switch", [X, np.array(True)]),
    Case("RefSwitch", [X, np.array(True)]),
    Case("Merge", [[X, X]], vague=True),
    Case("RefMerge", [[X, X]], vague=True),
    Case("RefIdentity", [X]),
    Case("Enter", [X], {"frame_name": "loop"}, vague=True),
    Case("RefEnter", [X], {"frame_name": "loop"}),
    Case("Exit", [X]),
    Case("RefExit", [X]),
    Case("NextIteration", [X]),
    Case("RefNextIteration", [X]),
    Case("LoopCond", [np.array(True)]),
    Case("StackV2", [np.int32(-1)], {"elem_type": "float32"}),
    Case("TensorArrayV3", [np.int32(3)], {"dtype": "float32"}),
]
