"""Rows for rounding to few bits."""

import numpy as np

from ..case import Case

X = np.array([[-7.5, -3.2, -0.01, 0.0], [0.3, 1.25, 2.77, 9.0]], np.float32)
G = np.array([[1.0, -2.0, 3.0, 0.5], [0.25, 4.0, -1.5, 2.5]], np.float32)
LOW, HIGH, NONE = np.float32(-3.1), np.float32(2.6), np.float32(0)
LOWS, HIGHS = np.array([-1, -4, 0.5, 0], np.float32), np.array([1, -0.5, 3, 0], np.float32)
NARROW = {"num_bits": 4, "narrow_range": True}

CASES = [
    Case("FakeQuantWithMinMaxArgs", [X], differentiable=()),
    Case("FakeQuantWithMinMaxArgs", [X], {"min": -1.0, "max": 3.5, **NARROW}, differentiable=(), id="narrow"),
    Case("FakeQuantWithMinMaxArgsGradient", [G, X], {"min": -3.0, "max": 2.0}, differentiable=()),
    Case("FakeQuantWithMinMaxVars", [X, LOW, HIGH], differentiable=()),
    Case("FakeQuantWithMinMaxVars", [X, np.float32(1), np.float32(3)], NARROW, differentiable=(), id="positive"),
    Case("FakeQuantWithMinMaxVars", [X, NONE, NONE], differentiable=(), id="empty"),
    Case("FakeQuantWithMinMaxVarsGradient", [G, X, LOW, HIGH], differentiable=()),
    Case("FakeQuantWithMinMaxVarsGradient", [G, X, NONE, NONE], differentiable=(), id="empty"),
    Case("FakeQuantWithMinMaxVarsPerChannel", [X, LOWS, HIGHS], differentiable=()),
    Case("FakeQuantWithMinMaxVarsPerChannelGradient", [G, X, LOWS, HIGHS], {"num_bits": 6}, differentiable=()),
    Case("QuantizeAndDequantizeV2", [X, NONE, NONE], differentiable=()),
    Case("QuantizeAndDequantizeV2", [X, LOW, HIGH], {"range_given": True, **NARROW}, differentiable=(), id="given"),
    Case("QuantizeAndDequantizeV2", [X.astype(np.float64), np.float64(-1), np.float64(2)],
         {"range_given": True, "signed_input": False, "round_mode": "HALF_UP"}, differentiable=(), id="unsigned"),
    Case("QuantizeAndDequantizeV3", [X, LOW, HIGH, np.int32(5)], differentiable=()),
    Case("QuantizeAndDequantizeV3", [X, LOW, HIGH, np.int32(3)], {"range_given": False, "signed_input": False},
         differentiable=(), id="own-range"),
]
