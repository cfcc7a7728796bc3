"""Rows for the steps of the optimizers of tf.contrib.opt."""

import numpy as np

from ..case import Case
from .adam import GRADS, M, V, W

ADAMAX = [np.float32(number) for number in (0.81, 0.5, 0.9, 0.99, 1e-8)]
SIGNS = [np.float32(number) for number in (0.5, 1.5, 0.75, 0.9)]

CASES = [
    Case("ApplyAdaMax", [W, M, V, *ADAMAX, GRADS]),
    Case("ApplyAdaMax", [x.astype(np.float64) for x in (W, M, V, *ADAMAX, GRADS)], id="double"),
    Case("ApplyAddSign", [W, M, *SIGNS, GRADS]),
    Case("ApplyAddSign", [x.astype(np.float16) for x in (W, M, *SIGNS, GRADS)], id="half"),
    Case("ApplyPowerSign", [W, M, *SIGNS, GRADS]),
]
