"""Resizing, cropping, colours and boxes of small images."""

import numpy as np

from value_cases.samples import array, index, scalar

PIXELS = ("float32", "float64", "float16", "uint8", "int8", "int16", "int32", "int64")
WAYS = ({}, {"align_corners": True}, {"half_pixel_centers": True})
SIZES = ((5, 3), (2, 2), (3, 7), (1, 1))


def image(dtype, *shape):
    """Every third number from 0 to 100, scattered; fractions for floats."""
    values = (np.arange(np.prod(shape)) * 37 % 101).reshape(shape)
    return (values / 101.0).astype(dtype) if dtype.startswith("float") else values.astype(dtype)


def resized():
    for op in ("ResizeBilinear", "ResizeNearestNeighbor", "ResizeBicubic"):
        for ways in WAYS:
            for size in SIZES:
                yield op, [image("float32", 1, 3, 4, 2), index(*size)], ways
    for dtype in PIXELS:
        for op in ("ResizeBilinear", "ResizeNearestNeighbor", "ResizeBicubic", "ResizeArea"):
            yield op, [image(dtype, 1, 3, 4, 1), index(2, 5)], {}
    for ways in WAYS[:2]:
        for size in SIZES:
            yield "ResizeArea", [image("float32", 1, 3, 4, 2), index(*size)], ways


def resized_back():
    for ways in WAYS:
        for op in ("ResizeBilinearGrad", "ResizeBicubicGrad"):
            yield op, [image("float32", 1, 5, 3, 1), image("float32", 1, 3, 4, 1)], ways
        for dtype in ("float32", "float64", "float16", "uint8", "int8", "int32"):
            yield "ResizeNearestNeighborGrad", [image(dtype, 1, 5, 3, 1) % 3, index(3, 4)], ways


BOXES = [[0.1, 0.2, 0.8, 0.7], [-0.2, 0.1, 0.6, 1.3], [0.9, 0.6, 0.2, 0.1], [0.0, 0.0, 1.0, 1.0]]


def cropped():
    boxes, places = array(BOXES), index(0, 1, 0, 1)
    for method in ("bilinear", "nearest"):
        for size in ((3, 4), (1, 2), (2, 1)):
            ways = {"method": method, "extrapolation_value": 0.25}
            yield "CropAndResize", [image("float32", 2, 5, 6, 1), boxes, places, index(*size)], ways
        for dtype in PIXELS:
            yield "CropAndResize", [image(dtype, 2, 3, 4, 1), boxes, places, index(2, 3)], {"method": method}
        crops = image("float32", 4, 3, 4, 1)
        yield "CropAndResizeGradImage", [crops, boxes, places, index(2, 5, 6, 1)], {"T": "float32", "method": method}
    for size in ((3, 4), (1, 2)):
        crops = image("float32", 4, size[0], size[1], 1)
        yield "CropAndResizeGradBoxes", [crops, image("float32", 2, 5, 6, 1), boxes, places], {}


def colors():
    grays = array([[[0.0, 0.0, 0.0], [0.5, 0.5, 0.5], [1.0, 1.0, 0.0], [0.2, 0.9, 0.9]]])
    for dtype in ("float32", "float64"):
        for pixels in (image(dtype, 3, 4, 3), grays.astype(dtype)):
            yield "RGBToHSV", [pixels], {}
            yield "HSVToRGB", [pixels], {}
    for pixels in (image("float32", 2, 3, 4, 3), grays):
        yield "AdjustContrastv2", [pixels, scalar(1.5, "float32")], {}
        yield "AdjustContrastv2", [pixels, scalar(-0.5, "float32")], {}
        for delta in (0.0, 0.3, -0.4, 1.0):
            yield "AdjustHue", [pixels, scalar(delta, "float32")], {}
        for scale in (0.0, 0.5, 3.0):
            yield "AdjustSaturation", [pixels, scalar(scale, "float32")], {}


SQUARES = [[0, 0, 1, 1], [0, 0.1, 1, 1.1], [0, -0.1, 1, 0.9], [0, 10, 1, 11], [1, 11.1, 0, 10.1], [0, 100, 1, 101]]
SCORES = [0.9, 0.75, 0.6, 0.95, 0.5, 0.3]


def chosen():
    boxes, scores = array(SQUARES), array(SCORES)
    for most in (0, 2, 6):
        yield "NonMaxSuppression", [boxes, scores, scalar(most)], {"iou_threshold": 0.5}
        yield "NonMaxSuppressionV2", [boxes, scores, scalar(most), scalar(0.5, "float32")], {}
        yield "NonMaxSuppressionV3", [boxes, array([0.5] * 6), scalar(most), scalar(0.5, "float32"),
                                      scalar(0.4, "float32")], {}
        for pad in (False, True):
            yield "NonMaxSuppressionV4", [boxes, scores, scalar(most), scalar(0.5, "float32"), scalar(0.55, "float32")], {
                "pad_to_max_output_size": pad}
    for sigma in (0.0, 0.5):
        yield "NonMaxSuppressionV5", [boxes, scores, scalar(6), scalar(0.5 if not sigma else 1.0, "float32"),
                                      scalar(0.0, "float32"), scalar(sigma, "float32")], {}
    table = np.eye(6, dtype="float32") + array([[0.6 if i + j == 5 else 0.1 for j in range(6)] for i in range(6)])
    yield "NonMaxSuppressionWithOverlaps", [table, scores, scalar(5), scalar(0.5, "float32"), scalar(0.4, "float32")], {}


def drawn():
    boxes = array([[[0.1, 0.2, 0.8, 0.7], [-0.2, 0.1, 0.6, 1.3], [0.0, 0.0, 1.0, 1.0]]])
    for depth in (1, 3, 4):
        yield "DrawBoundingBoxes", [image("float32", 1, 6, 7, depth), boxes], {}
    yield "DrawBoundingBoxesV2", [image("float32", 1, 6, 7, 3), boxes, array([[0.3, 0.6, 0.9, 1], [1, 0, 0, 1]])], {}


FAMILIES = {"image_resizes": resized, "image_resizes_back": resized_back, "image_crops": cropped, "image_colors": colors,
            "image_boxes": chosen, "image_drawn": drawn}
