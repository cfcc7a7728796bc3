"""Ops that cut boxes out of images and resize them."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from ..dtypes import TypeSet, float16, float32, float64, int8, int16, int32, int64, uint8, uint16
from ..errors import OutOfRangeError
from ..graph.operation import Operation
from ..op.constant import constant_value_as_shape
from ..op.definition import not_differentiable, op
from ..op.rules import fail, with_rank
from ..op.signature import Attr
from ..shape import Shape
from .forms import node
from .resizing import sized
from .shapes import shape_of

_PIXELS = TypeSet((uint8, uint16, int8, int16, int32, int64, float16, float32, float64))
_GRADIENTS = TypeSet((float32, float16, float64))
_METHOD = Attr("string", "bilinear", ("bilinear", "nearest"))


def _cropped(op: Operation) -> list[Shape]:
    image = with_rank(op, op.inputs[0], 4)
    boxes, (indices,) = with_rank(op, op.inputs[1], 2), with_rank(op, op.inputs[2], 1)
    if None not in (boxes[0], indices) and boxes[0] != indices:
        fail(op, f"Dimensions must be equal, but are {boxes[0]} and {indices}", known=())
    if boxes[1] not in (None, 4):
        fail(op, f"Dimension must be 4 but is {boxes[1]}", known=())
    height, width = sized(op, 3)
    return [(indices if boxes[0] is None else boxes[0], height, width, image[3])]


def _along(first: Any, last: Any, in_size: int, out_size: int) -> Any:
    """Where the output pixels of each box lie along one axis of the image, in float32."""
    largest = np.float32(in_size - 1)
    if out_size == 1:
        return (np.float32(0.5) * (first + last) * largest)[:, None]
    scale = (last - first) * largest / np.float32(out_size - 1)
    return (first * largest)[:, None] + np.arange(out_size, dtype=np.float32) * scale[:, None]


class _Samples:
    """Where the pixels of all crops lie: `[box, row]` and `[box, column]`."""

    def __init__(self, boxes: Any, box_ind: Any, image: tuple[int, ...], crop: tuple[int, ...]):
        self.image, self.crop = image, crop
        self.y = _along(boxes[:, 0], boxes[:, 2], image[1], crop[0])
        self.x = _along(boxes[:, 1], boxes[:, 3], image[2], crop[1])
        self.rows, self.columns = self._inside(self.y, image[1]), self._inside(self.x, image[2])
        self.box = box_ind[:, None, None]
        known = (box_ind >= 0) & (box_ind < image[0])
        self.inside = (self.rows[:, :, None] & self.columns[:, None, :] & known[:, None, None])[..., None]

    @staticmethod
    def _inside(places: Any, size: int) -> Any:
        return (places >= 0) & (places <= size - 1)

    def corners(self) -> list[tuple[Any, Any]]:
        """(indices into the image, weight) of the four pixels around each place."""
        top, left = jnp.floor(self.y), jnp.floor(self.x)
        y_lerp, x_lerp = (self.y - top)[:, :, None], (self.x - left)[:, None, :]
        rows, columns = (self._index(top, 1), self._index(jnp.ceil(self.y), 1)), (
            self._index(left, 2), self._index(jnp.ceil(self.x), 2))
        weights = ((1 - y_lerp, y_lerp), (1 - x_lerp, x_lerp))
        return [((self.box, rows[i][:, :, None], columns[j][:, None, :]), (weights[0][i] * weights[1][j])[..., None])
                for i in (0, 1) for j in (0, 1)]

    def nearest(self) -> tuple[Any, ...]:
        """The indices of the pixel nearest to each place."""
        rows, columns = (jnp.floor(places + np.float32(0.5)) for places in (self.y, self.x))
        return self.box, self._index(rows, 1)[:, :, None], self._index(columns, 2)[:, None, :]

    def _index(self, places: Any, axis: int) -> Any:
        return jnp.clip(places.astype(jnp.int32), 0, self.image[axis] - 1)

    def lerps(self) -> tuple[Any, Any]:
        """How far each place lies from the pixel before it, down and to the right."""
        return (self.y - jnp.floor(self.y))[:, :, None, None], (self.x - jnp.floor(self.x))[:, None, :, None]


@op("CropAndResize", "image: T, boxes: float32, box_ind: int32, crop_size: Static(int32) -> crops: float32", _cropped,
    T=_PIXELS, method=_METHOD, extrapolation_value=0.0)
def crop_and_resize(image, boxes, box_ind, crop_size, *, method, extrapolation_value):
    """Each box, whose corners are fractions of the image's sides, resized; a given value where it is outside."""
    samples = _Samples(boxes, box_ind, image.shape, (int(crop_size[0]), int(crop_size[1])))
    image = image.astype(jnp.float32)
    if method == "nearest":
        found = image[samples.nearest()]
    else:
        y_lerp, x_lerp = samples.lerps()
        top_left, top_right, bottom_left, bottom_right = (image[place] for place, _ in samples.corners())
        top, bottom = top_left + (top_right - top_left) * x_lerp, bottom_left + (bottom_right - bottom_left) * x_lerp
        found = top + (bottom - top) * y_lerp
    return jnp.where(samples.inside, found, jnp.float32(extrapolation_value))


@crop_and_resize.check
def _(op, image, boxes, box_ind, crop_size):
    if min(crop_size) <= 0:
        raise ValueError("crop dimensions must be positive")
    if 0 in np.shape(image)[1:3]:
        raise ValueError("image dimensions must be positive")


@crop_and_resize.watch
def _(op, inputs, outputs):
    image, _, places, _ = inputs
    is_outside = ((places < 0) | (places >= image.shape[0])).any()
    return is_outside, lambda: OutOfRangeError(op.node_def, op, "box_index has values outside [0, batch_size)")


@crop_and_resize.gradient
def _(op, grad):
    image, boxes, box_ind, _ = op.inputs
    shape = image.static_shape
    size = shape_of(image) if shape is None or None in shape else list(shape)
    grad_image = None
    if image.dtype.base_dtype in _GRADIENTS:
        grad_image = node("CropAndResizeGradImage", grad, boxes, box_ind, size, T=op["T"], method=op["method"])
    return grad_image, node("CropAndResizeGradBoxes", grad, image, boxes, box_ind), None, None


def _image_shape(op: Operation) -> list[Shape]:
    return [constant_value_as_shape(op.inputs[3]) or (None,) * 4]


@op("CropAndResizeGradImage", "grads: float32, boxes: float32, box_ind: int32, image_size: Static(int32) -> output: T",
    _image_shape, T=_GRADIENTS, method=_METHOD)
def crop_and_resize_grad_image(grads, boxes, box_ind, image_size, *, T, method):
    """The gradient of the image: what the crops get, spread over the pixels each came from."""
    shape = tuple(int(size) for size in image_size)
    samples = _Samples(boxes, box_ind, shape, grads.shape[1:3])
    grads = jnp.where(samples.inside, grads, jnp.float32(0))
    total = jnp.zeros(shape, jnp.float32)
    if method == "nearest":
        return total.at[samples.nearest()].add(grads).astype(T.as_numpy_dtype)
    for place, weight in samples.corners():
        total = total.at[place].add(grads * weight)
    return total.astype(T.as_numpy_dtype)


def _like_boxes(op: Operation) -> list[Shape]:
    return [op.inputs[2].static_shape]


@op("CropAndResizeGradBoxes", "grads: float32, image: T, boxes: float32, box_ind: int32 -> output: float32", _like_boxes,
    T=_PIXELS, method=Attr("string", "bilinear", ("bilinear",)))
def crop_and_resize_grad_boxes(grads, image, boxes, box_ind):
    """The gradient of the boxes: how the crops change as their corners move."""
    samples = _Samples(boxes, box_ind, image.shape, grads.shape[1:3])
    y_lerp, x_lerp = samples.lerps()
    top_left, top_right, bottom_left, bottom_right = (image[place].astype(jnp.float32) for place, _ in samples.corners())
    down = (1 - x_lerp) * (bottom_left - top_left) + x_lerp * (bottom_right - top_right)
    right = (1 - y_lerp) * (top_right - top_left) + y_lerp * (bottom_right - bottom_left)
    grads = jnp.where(samples.inside, grads, jnp.float32(0))
    by_row, by_column = (down * grads).sum((2, 3)), (right * grads).sum((1, 3))
    first_y, last_y = _corner_shares(image.shape[1], grads.shape[1])
    first_x, last_x = _corner_shares(image.shape[2], grads.shape[2])
    corners = [by_row * first_y, by_column * first_x, by_row * last_y, by_column * last_x]
    return jnp.stack([corner.sum(1) for corner in corners], axis=1)


def _corner_shares(in_size: int, out_size: int) -> tuple[np.ndarray, np.ndarray]:
    """How many pixels of the image each output pixel moves as the first corner crosses it, and as the last does."""
    largest = np.float32(in_size - 1)
    if out_size == 1:
        return np.full(1, largest / 2, np.float32), np.full(1, largest / 2, np.float32)
    share = np.arange(out_size, dtype=np.float32) * (largest / np.float32(out_size - 1))
    return largest - share, share


not_differentiable(crop_and_resize_grad_image, crop_and_resize_grad_boxes)
