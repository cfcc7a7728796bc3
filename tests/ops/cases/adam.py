"""Rows for Adam's step."""

import numpy as np

from ..case import Case

W = np.array([[1.0, -2.0], [0.5, 4.0], [3.0, 0.25]], np.float32)
M = np.array([[0.5, 0.25], [-0.5, 0.0], [1.0, -1.0]], np.float32)
V = np.array([[0.5, 0.25], [0.125, 1.0], [2.0, 0.75]], np.float32)
GRADS = np.array([[0.1, 0.2], [-0.3, 0.4], [0.5, -0.6]], np.float32)
NUMBERS = [np.float32(number) for number in (0.81, 0.99, 0.5, 0.9, 0.99, 1e-8)]

CASES = [
    Case("ApplyAdam", [W, M, V, *NUMBERS, GRADS]),
    Case("ApplyAdam", [W, M, V, *NUMBERS, GRADS], {"use_nesterov": True}, id="nesterov"),
    Case("ApplyAdam", [x.astype(np.float16) for x in (W, M, V, *NUMBERS, GRADS)], id="half"),
]
