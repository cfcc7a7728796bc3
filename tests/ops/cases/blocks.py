"""Rows for blocks of space moved into the batch or the channels, and for convolutions of each channel."""

import numpy as np

from ..case import Case
from .convolution import values

IMAGE = values(2, 4, 6, 3)
PADDINGS = np.array([[1, 1], [0, 2]], np.int32)
OBLONG = np.array([3, 2], np.int64)
EACH = {"strides": [1, 1, 1, 1], "padding": "SAME"}
STRIDED = {"strides": [1, 2, 2, 1], "padding": "VALID"}
FILTER = values(3, 2, 3, 2)

CASES = [
    Case("SpaceToBatchND", [IMAGE, OBLONG, PADDINGS]),
    Case("SpaceToBatchND", [IMAGE[:, :, 0, 0], np.array([2]), np.array([[1, 1]], np.int32)], id="lines"),
    Case("BatchToSpaceND", [values(12, 2, 3, 1), OBLONG, PADDINGS]),
    Case("SpaceToBatch", [IMAGE, PADDINGS], {"block_size": 2}),
    Case("BatchToSpace", [values(8, 2, 3, 1), PADDINGS], {"block_size": 2}),
    Case("SpaceToDepth", [IMAGE], {"block_size": 2}),
    Case("DepthToSpace", [values(1, 2, 3, 8)], {"block_size": 2}),
    Case("DepthwiseConv2dNative", [IMAGE, FILTER], EACH, id="same"),
    Case("DepthwiseConv2dNative", [IMAGE, FILTER], STRIDED, id="strided"),
    Case("DepthwiseConv2dNativeBackpropInput", [np.array(IMAGE.shape, np.int32), FILTER, values(2, 4, 6, 6)], EACH),
    Case("DepthwiseConv2dNativeBackpropFilter", [IMAGE, np.array(FILTER.shape, np.int32), values(2, 1, 3, 6)], STRIDED),
]
