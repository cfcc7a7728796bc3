"""Rows of dilations, of parts of images and volumes, and of order statistics."""

import numpy as np

from ..case import Case
from .convolution import values

_WINDOWS = {"strides": [1, 2, 1, 1], "rates": [1, 1, 2, 1]}
_IMAGE, _FILTER = values(2, 4, 5, 2), values(2, 2, 2)
_VOLUME = values(1, 3, 4, 3, 2)
_OFFSETS = np.array([[-0.9, 0.3], [0.5, 0.1]], np.float32)
_LEVELS = np.array([[3.0, 1.5, 2.0, -1.0], [0.5, 4.0, -2.0, 1.0]], np.float32)

CASES = [
    Case("Dilation2D", [_IMAGE, _FILTER], {**_WINDOWS, "padding": "SAME"}),
    Case("Dilation2D", [_IMAGE, _FILTER], {**_WINDOWS, "padding": "VALID"}, id="valid"),
    Case("Dilation2DBackpropInput", [_IMAGE, _FILTER, values(2, 2, 5, 2)], {**_WINDOWS, "padding": "SAME"},
         differentiable=()),
    Case("Dilation2DBackpropFilter", [_IMAGE, _FILTER, values(2, 2, 5, 2)], {**_WINDOWS, "padding": "SAME"},
         differentiable=()),
    Case("ExtractVolumePatches", [_VOLUME], {"ksizes": [1, 2, 3, 2, 1], "strides": [1, 1, 2, 1, 1], "padding": "SAME"}),
    Case("ExtractVolumePatches", [_VOLUME], {"ksizes": [1, 2, 3, 2, 1], "strides": [1, 1, 1, 1, 1], "padding": "VALID"},
         id="valid"),
    Case("ExtractGlimpse", [_IMAGE, np.array([2, 3], np.int32), _OFFSETS], {"uniform_noise": False, "noise": "zero"},
         differentiable=()),
    Case("NthElement", [_LEVELS, 1]),
    Case("NthElement", [_LEVELS, 0], {"reverse": True}, id="reverse"),
]
