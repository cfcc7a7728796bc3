"""Rows for convolutions of images, sequences and volumes, and their gradients."""

import numpy as np

from ..case import Case


def values(*shape):
    """Distinct numbers around zero."""
    return np.random.RandomState(sum(shape)).permutation(int(np.prod(shape))).reshape(shape).astype(np.float32) / 7 - 2


IMAGE, FILTER = values(2, 5, 4, 2), values(3, 2, 2, 3)
PLAIN = {"strides": [1, 1, 1, 1], "padding": "VALID"}
STRIDED = {"strides": [1, 2, 3, 1], "padding": "SAME"}
DILATED = {"strides": [1, 1, 1, 1], "padding": "SAME", "dilations": [1, 2, 1, 1]}
EXPLICIT = {"strides": [1, 2, 1, 1], "padding": "EXPLICIT", "explicit_paddings": [0, 0, 2, 1, 0, 1, 0, 0]}
CHANNELS = {"strides": [1, 1, 2, 1], "padding": "SAME", "data_format": "NCHW"}
KINDS = [("valid", PLAIN, (2, 3, 3, 3)), ("strided", STRIDED, (2, 3, 2, 3)), ("dilated", DILATED, (2, 5, 4, 3)),
         ("explicit", EXPLICIT, (2, 3, 4, 3))]
SIZES, FILTER_SIZES = np.array([2, 5, 4, 2], np.int32), np.array([3, 2, 2, 3], np.int32)

CASES = [
    *(Case("Conv2D", [IMAGE, FILTER], attrs, id=label) for label, attrs, _ in KINDS),
    *(Case("Conv2DBackpropInput", [SIZES, FILTER, values(*out)], attrs, id=label) for label, attrs, out in KINDS),
    *(Case("Conv2DBackpropFilter", [IMAGE, FILTER_SIZES, values(*out)], attrs, id=label) for label, attrs, out in KINDS),
    Case("Conv2D", [IMAGE.astype(np.float16), FILTER.astype(np.float16)], PLAIN, id="half", differentiable=()),
    Case("Conv2D", [values(1, 2, 5, 4), FILTER], CHANNELS, id="channels-first"),
    Case("Conv2D", [values(1, 4, 3, 4), values(2, 2, 2, 6)], PLAIN, id="groups"),
    Case("Conv2D", [np.zeros((0, 5, 4, 2), np.float32), FILTER], PLAIN, id="empty"),
]
