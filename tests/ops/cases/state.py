"""Rows for variables as ops."""

import numpy as np

from ..case import Case

HELD = np.array([[1.0, -2.0], [0.5, 3.0]], np.float32)
VALUE = np.array([[0.25, 1.0], [-4.0, 2.0]], np.float32)

CASES = [
    Case("VariableV2", [], {"shape": [2, 2], "dtype": "float32"}),
    Case("IsVariableInitialized", [HELD]),
    Case("Assign", [HELD, VALUE]),
    Case("Assign", [HELD, VALUE[0]], {"validate_shape": False}, id="other_shape", vague=True),
    Case("AssignAdd", [HELD, VALUE]),
    Case("AssignSub", [HELD, VALUE]),
]
