"""Rows for the checks of numbers."""

import numpy as np

from ..case import Case

CASES = [
    Case("CheckNumerics", [np.array([1.5, -2.0], np.float32)], {"message": "fine"}),
]
