"""Rows for pooling over windows."""

import numpy as np

from ..case import Case
from .convolution import values

IMAGE = values(2, 4, 5, 2)
PAIRS = {"ksize": [1, 2, 2, 1], "strides": [1, 2, 2, 1]}
OVERLAPPING = {"ksize": [1, 3, 2, 1], "strides": [1, 1, 2, 1]}
TALL = {"ksize": [1, 3, 3, 1], "strides": [1, 2, 1, 1]}
DEPTH = {"ksize": [1, 1, 1, 2], "strides": [1, 1, 1, 2], "padding": "VALID"}
KINDS = {
    "pairs-valid": ({**PAIRS, "padding": "VALID"}, (2, 2, 2, 2)),
    "pairs-same": ({**PAIRS, "padding": "SAME"}, (2, 2, 3, 2)),
    "overlapping": ({**OVERLAPPING, "padding": "SAME"}, (2, 4, 3, 2)),
    "tall": ({**TALL, "padding": "VALID"}, (2, 1, 3, 2)),
}
CUBE = values(1, 4, 3, 2, 2)
CUBIC = {"ksize": [1, 2, 2, 1, 1], "strides": [1, 2, 1, 1, 1], "padding": "SAME"}
TIES = np.array([3, 3, 1, 3, 2, 2, 2, 2, 5, 0, 5, 5, 1, 1, 1, 1], np.float32).reshape(1, 4, 4, 1)
INTS = (IMAGE * 7).astype(np.int32)
WINDOW = [np.array(PAIRS["ksize"], np.int32), np.array(PAIRS["strides"], np.int32)]


def maxima(image, attrs):
    """The greatest elements of the windows of `image`, padded with ones that are never greatest."""
    out = -(-np.array(image.shape) // attrs["strides"]) if attrs["padding"] == "SAME" else (
        (np.array(image.shape) - attrs["ksize"]) // attrs["strides"] + 1)
    total = np.maximum((out - 1) * attrs["strides"] + attrs["ksize"] - image.shape, 0)
    padded = np.pad(image, [(t // 2, t - t // 2) for t in total], constant_values=image.min() - 1)
    return np.stack([padded[tuple(slice(i * s, i * s + k) for i, s, k in zip(at, attrs["strides"], attrs["ksize"]))].max()
                     for at in np.ndindex(*out)]).reshape(out)


def grads(type_name, image, attrs, out, **kinds):
    """A row of a gradient op, the gradient being of the shape `out`."""
    return Case(type_name, [image, maxima(image, attrs), values(*out)], attrs, differentiable=(2,), **kinds)


MAXIMA = [
    *(Case("MaxPool", [IMAGE], attrs, id=label) for label, (attrs, _) in KINDS.items()),
    *(grads("MaxPoolGrad", IMAGE, attrs, out, id=label) for label, (attrs, out) in KINDS.items()),
    *(grads("MaxPoolGradGrad", IMAGE, attrs, IMAGE.shape, id=label) for label, (attrs, _) in KINDS.items()),
    *(Case("MaxPoolWithArgmax", [IMAGE], attrs, id=label) for label, (attrs, _) in KINDS.items()),
    Case("MaxPool", [INTS], KINDS["tall"][0], id="int"),
    Case("MaxPool", [IMAGE], DEPTH, id="depth"),
    Case("MaxPool", [IMAGE.transpose(0, 3, 1, 2)], {"ksize": [1, 1, 2, 2], "strides": [1, 1, 2, 2], "padding": "SAME",
                                                    "data_format": "NCHW"}, id="channels-first"),
    Case("MaxPool", [values(1, 7, 7, 1)], {"ksize": [1, 7, 7, 1], "strides": [1, 7, 7, 1], "padding": "VALID"}, id="all"),
    grads("MaxPoolGrad", TIES, KINDS["pairs-valid"][0], (1, 2, 2, 1), id="ties"),
    Case("MaxPoolWithArgmax", [IMAGE], {**KINDS["tall"][0], "include_batch_in_index": True, "Targmax": "int32"}, id="batch"),
    Case("MaxPoolV2", [IMAGE, *WINDOW], {"padding": "SAME"}),
    Case("MaxPoolGradV2", [IMAGE, maxima(IMAGE, KINDS["pairs-same"][0]), values(2, 2, 3, 2), *WINDOW],
         {"padding": "SAME"}, differentiable=(2,)),
    Case("MaxPoolGradGradV2", [IMAGE, maxima(IMAGE, KINDS["pairs-same"][0]), values(2, 4, 5, 2), *WINDOW],
         {"padding": "SAME"}),
    Case("MaxPoolGradWithArgmax", [IMAGE, values(2, 1, 2, 1), np.array([[[[3], [9]]], [[[3], [3]]]], np.int64)],
         KINDS["tall"][0]),
    Case("MaxPoolGradGradWithArgmax", [IMAGE, values(2, 4, 5, 2), np.arange(12).reshape(2, 1, 3, 2)], KINDS["tall"][0]),
    Case("MaxPool3D", [CUBE], CUBIC, differentiable=()),  # not for double
    Case("MaxPool3DGrad", [CUBE, maxima(CUBE, CUBIC), values(1, 2, 3, 2, 2)], CUBIC, differentiable=()),
    Case("MaxPool3DGradGrad", [CUBE, maxima(CUBE, CUBIC), values(1, 4, 3, 2, 2)], CUBIC, differentiable=()),
]

MEANS = [
    *(Case("AvgPool", [IMAGE], attrs, id=label) for label, (attrs, _) in KINDS.items()),
    *(Case("AvgPoolGrad", [np.array(IMAGE.shape, np.int32), values(*out)], attrs, id=label)
      for label, (attrs, out) in KINDS.items()),
    Case("AvgPool", [IMAGE.astype(np.float16)], KINDS["tall"][0], id="half"),
    Case("AvgPool3D", [CUBE], CUBIC),
    Case("AvgPool3DGrad", [np.array(CUBE.shape, np.int32), values(1, 2, 3, 2, 2)], CUBIC),
]

CASES = MAXIMA + MEANS
