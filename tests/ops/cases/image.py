"""Rows of the image ops. Those that give float32 whatever they get are differentiated in `test_image_gradients.py`."""

import io

import numpy as np
from PIL import Image

from ..case import Case

_RANDOM = np.random.RandomState(11)


def _x(*shape):
    return _RANDOM.uniform(0.1, 0.9, shape).astype(np.float32)


def _i(*values):
    return np.array(values, np.int32)


def _file(format, *shape):
    out = io.BytesIO()
    pixels = _RANDOM.randint(0, 255, shape).astype(np.uint8)
    Image.fromarray(pixels).save(out, format)
    return np.array(out.getvalue(), object)


_ELSEWHERE = ()
_CENTERS, _CORNERS = {"half_pixel_centers": True}, {"align_corners": True}
_BOXES = np.array([[0.1, 0.2, 0.8, 0.7], [-0.2, 0.1, 0.6, 1.3], [0.9, 0.6, 0.2, 0.1]], np.float32)
_SQUARES = np.array([[0, 0, 1, 1], [0, 0.1, 1, 1.1], [0, 2, 1, 3], [0.5, 0.5, 1.5, 1.5]], np.float32)
_SCORES = np.array([0.6, 0.9, 0.3, 0.7], np.float32)


def _resizes(op):
    for id, ways in (("plain", {}), ("corners", _CORNERS), ("centers", _CENTERS)):
        yield Case(op, [_x(2, 3, 4, 2), _i(5, 3)], ways, _ELSEWHERE, id=id)


CASES = [
    *_resizes("ResizeBilinear"),
    *_resizes("ResizeNearestNeighbor"),
    *_resizes("ResizeBicubic"),
    Case("ResizeBilinear", [np.arange(12, dtype=np.uint8).reshape(1, 3, 4, 1), _i(2, 2)], id="bytes"),
    Case("ResizeBilinear", [_x(1, 3, 4, 1), _i(1, 1)], _CORNERS, _ELSEWHERE, id="one"),
    Case("ResizeArea", [_x(2, 5, 4, 2), _i(3, 2)]),
    Case("ResizeArea", [_x(1, 2, 3, 1), _i(5, 4)], _CORNERS, id="corners"),
    Case("ResizeBilinearGrad", [_x(1, 5, 3, 2), _x(1, 3, 4, 2)]),
    Case("ResizeBicubicGrad", [_x(1, 5, 3, 2), _x(1, 3, 4, 2)], _CENTERS),
    Case("ResizeNearestNeighborGrad", [_x(1, 5, 3, 2), _i(3, 4)]),
    Case("CropAndResize", [_x(2, 5, 6, 2), _BOXES, _i(0, 1, 0), _i(3, 4)], {"extrapolation_value": 0.5}, _ELSEWHERE),
    Case("CropAndResize", [_x(2, 5, 6, 2), _BOXES, _i(0, 1, 0), _i(2, 1)], {"method": "nearest"}, _ELSEWHERE, id="nearest"),
    Case("CropAndResizeGradImage", [_x(3, 3, 4, 2), _BOXES, _i(0, 1, 0), _i(2, 5, 6, 2)], {"T": "float32"}),
    Case("CropAndResizeGradBoxes", [_x(3, 3, 4, 2), _x(2, 5, 6, 2), _BOXES, _i(0, 1, 0)]),
    Case("RGBToHSV", [_x(3, 4, 3)]),
    Case("HSVToRGB", [_x(3, 4, 3)]),
    Case("AdjustContrastv2", [_x(2, 3, 4, 3), np.float32(1.7)]),
    Case("AdjustHue", [_x(2, 3, 3), np.float32(0.3)]),
    Case("AdjustSaturation", [_x(2, 3, 3), np.float32(1.4)]),
    Case("NonMaxSuppression", [_SQUARES, _SCORES, np.int32(3)]),
    Case("NonMaxSuppressionV2", [_SQUARES, _SCORES, np.int32(3), np.float32(0.1)]),
    Case("NonMaxSuppressionV3", [_SQUARES, _SCORES, np.int32(3), np.float32(0.5), np.float32(0.4)]),
    Case("NonMaxSuppressionV4", [_SQUARES, _SCORES, np.int32(4), np.float32(0.5), np.float32(0.4)],
         {"pad_to_max_output_size": True}),
    Case("NonMaxSuppressionV5", [_SQUARES, _SCORES, np.int32(4), np.float32(1), np.float32(0.1), np.float32(0.5)]),
    Case("NonMaxSuppressionWithOverlaps", [np.eye(4, dtype=np.float32), _SCORES, np.int32(2), np.float32(0.5),
                                           np.float32(0)]),
    Case("DrawBoundingBoxes", [_x(1, 8, 9, 3), _BOXES[None]]),
    Case("DrawBoundingBoxesV2", [_x(1, 8, 9, 1), _BOXES[None], _x(2, 4)]),
    Case("DecodeJpeg", [_file("jpeg", 5, 4, 3)]),
    Case("DecodeJpeg", [_file("jpeg", 3, 2, 3)], {"ratio": 2, "fancy_upscaling": False}, id="small"),
    Case("DecodeJpeg", [_file("jpeg", 5, 4)], {"channels": 3}, id="gray"),
    Case("DecodeAndCropJpeg", [_file("jpeg", 9, 8, 3), _i(2, 3, 4, 5)]),
    Case("DecodePng", [_file("png", 5, 4, 4)], {"channels": 1}),
    Case("DecodePng", [_file("png", 5, 4)], {"channels": 4, "dtype": "uint16"}, id="wide"),
    Case("DecodeGif", [_file("gif", 5, 4)]),
    Case("DecodeBmp", [_file("bmp", 5, 3, 3)]),
    Case("EncodeJpeg", [np.zeros((4, 5, 3), np.uint8)]),
    Case("EncodeJpegVariableQuality", [np.zeros((4, 5, 1), np.uint8), np.int32(50)]),
    Case("EncodePng", [np.zeros((4, 5, 2), np.uint16)]),
    Case("ExtractJpegShape", [_file("jpeg", 5, 4, 3)], {"output_type": "int64"}),
    Case("Substr", [np.array(["hello", "world"]), np.int32(-4), np.int32(2)]),
    Case("SampleDistortedBoundingBox", [_i(40, 50, 3), _BOXES[None, :1]], {"seed": 3}),
    Case("SampleDistortedBoundingBoxV2", [_i(40, 50, 3), _BOXES[None, :1], np.float32(0.5)], {"seed": 3}),
]
