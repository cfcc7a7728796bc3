"""Rows for convolutions of volumes and their gradients."""

import numpy as np

from ..case import Case
from .convolution import values

VOLUME, FILTER = values(1, 3, 4, 3, 2), values(2, 2, 1, 2, 3)
STRIDED = {"strides": [1, 1, 2, 1, 1], "padding": "SAME"}
PLAIN = {"strides": [1, 1, 1, 1, 1], "padding": "VALID"}
SIZES, FILTER_SIZES = np.array(VOLUME.shape, np.int32), np.array(FILTER.shape, np.int32)

CASES = [
    Case("Conv3D", [VOLUME, FILTER], STRIDED, id="strided"),
    Case("Conv3D", [VOLUME, FILTER], PLAIN, id="valid"),
    Case("Conv3DBackpropInputV2", [SIZES, FILTER, values(1, 3, 2, 3, 3)], STRIDED, id="strided"),
    Case("Conv3DBackpropInputV2", [SIZES.astype(np.int64), FILTER, values(1, 2, 3, 3, 3)], PLAIN, id="valid"),
    Case("Conv3DBackpropFilterV2", [VOLUME, FILTER_SIZES, values(1, 3, 2, 3, 3)], STRIDED),
]
