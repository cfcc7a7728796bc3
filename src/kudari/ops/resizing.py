"""Ops that resize images, with TensorFlow 1's ways of saying where an output pixel lies in the input.

A place is worked out in float32 as TensorFlow does it: output pixel `i` lies at `i * scale`, whose corner, not centre,
counts, unless `half_pixel_centers` is set. Sizes are known when a step is compiled, so places and weights are NumPy arrays.
"""

from __future__ import annotations

import functools
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from ..dtypes import TypeSet, bfloat16, float16, float32, float64, int8, int16, int32, int64, uint8, uint16
from ..graph.operation import Operation
from ..op.constant import constant_value
from ..op.definition import not_differentiable, op
from ..op.rules import fail, with_rank
from ..shape import Shape
from .forms import node
from .indexing import item
from .shapes import shape_of

_PIXELS = TypeSet((int8, uint8, int16, uint16, int32, int64, float16, float32, float64))
_BILINEAR_PIXELS = TypeSet((int8, uint8, int16, uint16, int32, int64, bfloat16, float16, float32, float64))
_BILINEAR_GRADIENTS = TypeSet((float32, bfloat16, float16, float64))
_NEAREST_GRADIENTS = TypeSet((uint8, int8, int32, float16, float32, float64))
_BICUBIC_GRADIENTS = TypeSet((float32, float64))
_TABLE_SIZE = 1024


def sized(op: Operation, size_input: int = 1) -> tuple[int | None, int | None]:
    """Return the height and width that input `size_input` of `op` holds, as far as they are known.

    Raises:
      ValueError: if that is not a vector of two.
    """
    (length,) = with_rank(op, op.inputs[size_input], 1)
    if length is not None and length != 2:
        fail(op, f"Dimension must be 2 but is {length}", known=())
    size = constant_value(op.inputs[size_input])
    return (None, None) if size is None else (int(size[0]), int(size[1]))


def _resized(op: Operation) -> list[Shape]:
    batch, _, _, depth = with_rank(op, op.inputs[0], 4)
    height, width = sized(op)
    return [(batch, height, width, depth)]


def _like_original(op: Operation) -> list[Shape]:
    return [op.inputs[1].static_shape]


def check_resize(op: Operation, images: Any, size: Any) -> None:
    """Refuse sizes that no image has.

    Raises:
      ValueError: in the words of TensorFlow's kernels.
    """
    if op.attrs.get("align_corners") and op.attrs.get("half_pixel_centers"):
        raise ValueError("If half_pixel_centers is True, align_corners must be False.")
    if np.ndim(images) != 4:
        raise ValueError(f"input must be 4-dimensional[{','.join(map(str, np.shape(images)))}]")
    if np.shape(size) != (2,):
        raise ValueError("shape_t must have two elements")
    if min(size) <= 0:
        raise ValueError("output dimensions must be positive")
    if 0 in np.shape(images)[1:3]:
        raise ValueError("input image must be of non-zero size")


def scale_of(in_size: int, out_size: int, align_corners: bool) -> np.float32:
    """Return how many input pixels an output pixel is wide."""
    if align_corners and out_size > 1:
        return np.float32(in_size - 1) / np.float32(out_size - 1)
    return np.float32(in_size) / np.float32(out_size)


def _places(in_size: int, out_size: int, align_corners: bool, half_pixel_centers: bool) -> np.ndarray:
    """Where each output pixel lies in the input, in float32."""
    scale, pixels = scale_of(in_size, out_size, align_corners), np.arange(out_size, dtype=np.float32)
    if half_pixel_centers:
        return (pixels + np.float32(0.5)) * scale - np.float32(0.5)
    return pixels * scale


def _linear(in_size: int, out_size: int, align_corners: bool, half_pixel_centers: bool) -> tuple[np.ndarray, ...]:
    """The two neighbours of each output pixel, and how far it lies from the first."""
    places = _places(in_size, out_size, align_corners, half_pixel_centers)
    floors = np.floor(places)
    lower = np.maximum(floors.astype(np.int64), 0)
    upper = np.minimum(np.ceil(places).astype(np.int64), in_size - 1)
    return np.minimum(lower, in_size - 1), upper, places - floors


@op("ResizeBilinear", "images: T, size: Static(int32) -> resized_images: float32", _resized, T=_BILINEAR_PIXELS,
    align_corners=False, half_pixel_centers=False)
def resize_bilinear(images, size, *, align_corners, half_pixel_centers):
    """Each output pixel from the four around it, weighted by nearness."""
    images = images.astype(jnp.float32)
    ways = align_corners, half_pixel_centers
    top, bottom, y_lerp = _linear(images.shape[1], int(size[0]), *ways)
    left, right, x_lerp = _linear(images.shape[2], int(size[1]), *ways)
    x_lerp, y_lerp = x_lerp[:, None], y_lerp[:, None, None]
    rows = _between(images[:, :, left], images[:, :, right], x_lerp)
    return _between(rows[:, top], rows[:, bottom], y_lerp)


def _between(first: Any, second: Any, weight: Any) -> Any:
    return first + (second - first) * weight


@op("ResizeBilinearGrad", "grads: float32, original_image: T -> output: T", _like_original, T=_BILINEAR_GRADIENTS,
    align_corners=False, half_pixel_centers=False)
def resize_bilinear_grad(grads, original_image, *, align_corners, half_pixel_centers):
    """The gradient of each input pixel: what the output pixels near it get, weighted by nearness."""
    ways = align_corners, half_pixel_centers
    rows, columns = (_linear_matrix(original_image.shape[i], grads.shape[i], *ways) for i in (1, 2))
    return weighted(grads.astype(original_image.dtype), rows.T, columns.T)


@functools.lru_cache(64)
def _linear_matrix(in_size: int, out_size: int, align_corners: bool, half_pixel_centers: bool) -> np.ndarray:
    """The weight of each input pixel, a column, in each output pixel, a row."""
    lower, upper, lerp = _linear(in_size, out_size, align_corners, half_pixel_centers)
    return _matrix(in_size, [lower, upper], [1 - lerp, lerp])


def _matrix(in_size: int, places: list[np.ndarray], weights: list[np.ndarray]) -> np.ndarray:
    matrix = np.zeros((len(places[0]), in_size), np.float32)
    for place, weight in zip(places, weights):
        np.add.at(matrix, (np.arange(len(place)), place), weight)
    return matrix


def weighted(images: Any, rows: np.ndarray, columns: np.ndarray) -> Any:
    """Return images whose pixels are sums of the pixels of `images`, weighted by two matrices."""
    best, dtype = jax.lax.Precision.HIGHEST, images.dtype
    wide = jnp.einsum("bhwc,jw->bhjc", images, columns.astype(dtype), precision=best)
    return jnp.einsum("bhwc,ih->biwc", wide, rows.astype(dtype), precision=best)


@resize_bilinear.gradient
def _(op, grad):
    ways = {key: op[key] for key in ("align_corners", "half_pixel_centers")}
    return node("ResizeBilinearGrad", grad, op.inputs[0], **ways), None


def _nearest(in_size: int, out_size: int, align_corners: bool, half_pixel_centers: bool) -> np.ndarray:
    """The input pixel that each output pixel is."""
    offset = np.float32(0.5 if half_pixel_centers else 0)
    places = (np.arange(out_size, dtype=np.float32) + offset) * scale_of(in_size, out_size, align_corners)
    whole = np.floor(places + np.float32(0.5)) if align_corners else np.floor(places)
    return np.clip(whole.astype(np.int64), 0, in_size - 1)


@op("ResizeNearestNeighbor", "images: T, size: Static(int32) -> resized_images: T", _resized, T=_PIXELS,
    align_corners=False, half_pixel_centers=False)
def resize_nearest_neighbor(images, size, *, align_corners, half_pixel_centers):
    """Each output pixel the input pixel it lies in."""
    rows, columns = (_nearest(images.shape[i + 1], int(size[i]), align_corners, half_pixel_centers) for i in (0, 1))
    return images[:, rows][:, :, columns]


@op("ResizeNearestNeighborGrad", "grads: T, size: Static(int32) -> output: T", _resized, T=_NEAREST_GRADIENTS,
    align_corners=False, half_pixel_centers=False)
def resize_nearest_neighbor_grad(grads, size, *, align_corners, half_pixel_centers):
    """The gradient of each input pixel: the sum of what the output pixels that lie in it get."""
    for axis in (1, 2):
        places = _nearest(int(size[axis - 1]), grads.shape[axis], align_corners, half_pixel_centers)
        shape = list(grads.shape)
        shape[axis] = int(size[axis - 1])
        grads = jnp.zeros(shape, grads.dtype).at[(slice(None),) * axis + (places,)].add(grads)
    return grads


@resize_nearest_neighbor.gradient
def _(op, grad):
    ways = {key: op[key] for key in ("align_corners", "half_pixel_centers")}
    return node("ResizeNearestNeighborGrad", grad, _image_size(op), **ways), None


def _image_size(op: Operation) -> Any:
    shape = op.inputs[0].static_shape
    if shape is not None and None not in shape[1:3]:
        return list(shape[1:3])
    return item(shape_of(op.inputs[0]), slice(1, 3))


@functools.cache
def _cubic_table(a: float) -> tuple[np.ndarray, np.ndarray]:
    """The cubic kernel at 1,025 distances from 0 to 1, and from 1 to 2."""
    a, near = np.float32(a), np.arange(_TABLE_SIZE + 1, dtype=np.float32) / np.float32(_TABLE_SIZE)
    far = near + np.float32(1)
    inner = ((a + 2) * near - (a + 3)) * near * near + 1
    outer = ((a * far - 5 * a) * far + 8 * a) * far - 4 * a
    return inner.astype(np.float32), outer.astype(np.float32)


def _cubic(in_size: int, out_size: int, align_corners: bool, half_pixel_centers: bool) -> tuple[list, list]:
    """The four neighbours of each output pixel and their weights."""
    places = _places(in_size, out_size, align_corners, half_pixel_centers)
    floors = np.floor(places)
    # Kernels of half-pixel resizing are Keys's, and leave out what is outside; others repeat the edge.
    inner, outer = _cubic_table(-0.5 if half_pixel_centers else -0.75)
    offset = np.rint((places - floors) * np.float32(_TABLE_SIZE)).astype(np.int64)
    weights = [outer[offset], inner[offset], inner[_TABLE_SIZE - offset], outer[_TABLE_SIZE - offset]]
    wanted = [floors.astype(np.int64) + i for i in (-1, 0, 1, 2)]
    found = [np.clip(place, 0, in_size - 1) for place in wanted]
    if half_pixel_centers:
        weights = [np.where(want == have, weight, np.float32(0)) for want, have, weight in zip(wanted, found, weights)]
        total = weights[0] + weights[1] + weights[2] + weights[3]
        weights = [weight * (np.float32(1) / total) for weight in weights]
    return found, weights


@op("ResizeBicubic", "images: T, size: Static(int32) -> resized_images: float32", _resized, T=_PIXELS, align_corners=False,
    half_pixel_centers=False)
def resize_bicubic(images, size, *, align_corners, half_pixel_centers):
    """Each output pixel from the sixteen around it, weighted by a cubic kernel."""
    images = images.astype(jnp.float32)
    for axis in (1, 2):
        places, weights = _cubic(images.shape[axis], int(size[axis - 1]), align_corners, half_pixel_centers)
        shaped = [weight.reshape([-1] + [1] * (3 - axis)) for weight in weights]
        images = sum(jnp.take(images, place, axis=axis) * weight for place, weight in zip(places, shaped))
    return images


@op("ResizeBicubicGrad", "grads: float32, original_image: T -> output: T", _like_original, T=_BICUBIC_GRADIENTS,
    align_corners=False, half_pixel_centers=False)
def resize_bicubic_grad(grads, original_image, *, align_corners, half_pixel_centers):
    """The gradient of each input pixel: what the output pixels near it get, weighted by the kernel."""
    ways = align_corners, half_pixel_centers
    rows, columns = (_cubic_matrix(original_image.shape[i], grads.shape[i], *ways) for i in (1, 2))
    return weighted(grads.astype(original_image.dtype), rows.T, columns.T)


@functools.lru_cache(64)
def _cubic_matrix(in_size: int, out_size: int, align_corners: bool, half_pixel_centers: bool) -> np.ndarray:
    return _matrix(in_size, *_cubic(in_size, out_size, align_corners, half_pixel_centers))


@resize_bicubic.gradient
def _(op, grad):
    if op.inputs[0].dtype.base_dtype not in _BICUBIC_GRADIENTS:
        return None, None
    ways = {key: op[key] for key in ("align_corners", "half_pixel_centers")}
    return node("ResizeBicubicGrad", grad, op.inputs[0], **ways), None


@functools.lru_cache(64)
def _area_matrix(in_size: int, out_size: int, align_corners: bool) -> np.ndarray:
    """How much of each input pixel, a column, each output pixel, a row, covers."""
    scale = scale_of(in_size, out_size, align_corners)
    matrix = np.zeros((out_size, in_size), np.float32)
    for i in range(out_size):
        start, end = np.float32(i) * scale, np.float32(i + 1) * scale
        for pixel in range(int(np.floor(start)), int(np.ceil(end))):
            covered = min(np.float32(pixel + 1), end) - max(np.float32(pixel), start)
            matrix[i, min(max(pixel, 0), in_size - 1)] += covered / scale
    return matrix


@op("ResizeArea", "images: T, size: Static(int32) -> resized_images: float32", _resized, T=_PIXELS, align_corners=False)
def resize_area(images, size, *, align_corners):
    """Each output pixel the mean of what it covers."""
    rows, columns = (_area_matrix(images.shape[i + 1], int(size[i]), align_corners) for i in (0, 1))
    return weighted(images.astype(jnp.float32), rows, columns)


for _definition in (resize_bilinear, resize_nearest_neighbor, resize_bicubic, resize_area):
    _definition.check(check_resize)
not_differentiable(resize_nearest_neighbor_grad)
