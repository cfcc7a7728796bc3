"""The greatest elements of windows, where they are, and the gradients."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from ..dtypes import (
    REALNUMBER,
    TINDEX,
    TypeSet,
    bfloat16,
    float16,
    float32,
    float64,
    int8,
    int16,
    int32,
    int64,
    qint8,
    uint8,
    uint16,
)
from ..graph.operation import Operation
from ..graph.tensor import Tensor
from ..op.constant import constant_value
from ..op.definition import op
from ..op.rules import fail, with_rank
from ..op.signature import Attr
from ..shape import Shape
from .forms import node
from .pooling import max_pool as pooled
from .pooling import max_pool_gradient, max_pool_places, max_pool_second
from .shapes import shape_of, zeros
from .windows import FORMAT_2D, FORMAT_3D, PADDING, SIZES, channel_axis, output_size, paddings

_ANY_IMAGE = TypeSet((float16, bfloat16, float32, float64, int32, int64, uint8, int16, int8, uint16, qint8), float32)
_REAL = REALNUMBER.with_default(float32)
_SOLID = TypeSet((float16, bfloat16, float32))
_VECTORS = Attr("string", "NHWC", ("NHWC", "NCHW", "NCHW_VECT_C"))
_IMAGE: dict[str, Any] = {"ksize": SIZES, "strides": SIZES, "padding": PADDING}


def pooled_shape(op: Operation, window: Any, strides: Any, data_format: str) -> Shape:
    """Return the shape of a pooling's output.

    Args:
      op: the node; its first input is pooled.
      window: the size for each axis, `None` if it is not known.
      strides: the step for each axis, `None` if it is not known.
      data_format: a letter for each axis.
    """
    rank = len(data_format)
    image = with_rank(op, op.inputs[0], rank)
    what = "Pool3D ops require" if rank == 5 else f"{op.type} requires"
    for name, values in (("stride", strides), ("ksize", window)):
        if values is not None and len(values) != rank:
            fail(op, f"{what} the {name} attribute to contain {rank} values, but got: {len(values)}", known=())
    if window is None or strides is None:
        return (None,) * rank
    sizes = [output_size(op, n, int(k), int(s), op["padding"]) for n, k, s in zip(image, window, strides)]
    return (image[0], *sizes[1:])


def _from_attrs(op: Operation) -> list[Shape]:
    layout = op.attrs.get("data_format", "NHWC")
    return [pooled_shape(op, op["ksize"], op["strides"], layout)] * len(op.outputs)


def _from_inputs(op: Operation) -> list[Shape]:
    return [pooled_shape(op, constant_value(op.inputs[1]), constant_value(op.inputs[2]), op["data_format"])]


def _like_first(op: Operation) -> list[Shape]:
    return [with_rank(op, op.inputs[0], len(op.attrs.get("data_format", "NHWC")))]


def _like_second(op: Operation) -> list[Shape]:
    return [with_rank(op, op.inputs[1], len(op["data_format"]))]


def check_window(layout: str, shape: tuple[int, ...], window: Any, strides: Any) -> None:
    """Raise `ValueError` for the poolings over batches, and those over channels, that TensorFlow does not have."""
    depth = channel_axis(layout)
    if window[0] != 1 or strides[0] != 1:
        raise ValueError("Pooling is not yet supported on the batch dimension.")
    if window[depth] == 1 and strides[depth] == 1:
        return
    if any(window[i] != 1 or strides[i] != 1 for i in range(1, len(layout)) if i != depth):
        raise ValueError("MaxPooling supports exactly one of pooling across depth or pooling across width/height.")
    if shape[depth] % window[depth]:
        raise ValueError("Depthwise max pooling requires the depth window to evenly divide the input depth")
    if window[depth] != strides[depth]:
        raise ValueError("Depthwise max pooling requires the depth window to equal the depth stride")


@op("MaxPool", "input: T -> output: T", _from_attrs, T=_ANY_IMAGE, **_IMAGE, data_format=_VECTORS)
def max_pool(input, *, ksize, strides, padding):
    """The greatest element of each window of the images."""
    return pooled(input, ksize, strides, padding)


@max_pool.check
def _(op, input):
    check_window(op["data_format"], input.shape, op["ksize"], op["strides"])


@op("MaxPoolV2", "input: T, ksize: Static(int32), strides: Static(int32) -> output: T", _from_inputs, T=_ANY_IMAGE,
    padding=PADDING, data_format=_VECTORS)
def max_pool_v2(input, ksize, strides, *, padding):
    """The greatest element of each window of the images, the window given as a tensor."""
    return pooled(input, ksize.tolist(), strides.tolist(), padding)


@max_pool_v2.check
def _(op, input, ksize, strides):
    check_window(op["data_format"], input.shape, ksize, strides)


@op("MaxPool3D", "input: T -> output: T", _from_attrs, T=_SOLID, **_IMAGE, data_format=FORMAT_3D)
def max_pool3d(input, *, ksize, strides, padding):
    """The greatest element of each window of the volumes."""
    return pooled(input, ksize, strides, padding)


@op("MaxPoolGrad", "orig_input: T, orig_output: T, grad: T -> output: T", _like_first, **_IMAGE, data_format=FORMAT_2D,
    T=_REAL)
def max_pool_grad(orig_input, orig_output, grad, *, ksize, strides, padding):
    """The gradient of a max-pooling: that of each window goes to the first of its greatest elements."""
    return max_pool_gradient(orig_input, orig_output, grad, ksize, strides, padding)


@op("MaxPoolGradV2", "orig_input: T, orig_output: T, grad: T, ksize: Static(int32), strides: Static(int32) -> output: T",
    _like_first, padding=PADDING, data_format=FORMAT_2D, T=_REAL)
def max_pool_grad_v2(orig_input, orig_output, grad, ksize, strides, *, padding):
    """The gradient of a max-pooling, the window given as a tensor."""
    return max_pool_gradient(orig_input, orig_output, grad, ksize.tolist(), strides.tolist(), padding)


@op("MaxPool3DGrad", "orig_input: TInput, orig_output: TInput, grad: T -> output: T", _like_first, **_IMAGE,
    data_format=FORMAT_3D, T=_SOLID.with_default(float32), TInput=_SOLID.with_default(float32))
def max_pool3d_grad(orig_input, orig_output, grad, *, ksize, strides, padding):
    """The gradient of a max-pooling of volumes."""
    return max_pool_gradient(orig_input, orig_output, grad, ksize, strides, padding)


@op("MaxPoolGradGrad", "orig_input: T, orig_output: T, grad: T -> output: T", _like_second, **_IMAGE,
    data_format=FORMAT_2D, T=REALNUMBER)
def max_pool_grad_grad(orig_input, orig_output, grad, *, ksize, strides, padding):
    """The gradient of a max-pooling's gradient: the element of `grad` where each window is greatest."""
    return max_pool_second(orig_input, orig_output, grad, ksize, strides, padding)


@op("MaxPoolGradGradV2",
    "orig_input: T, orig_output: T, grad: T, ksize: Static(int32), strides: Static(int32) -> output: T", _like_second,
    padding=PADDING, data_format=FORMAT_2D, T=REALNUMBER)
def max_pool_grad_grad_v2(orig_input, orig_output, grad, ksize, strides, *, padding):
    """The gradient of a max-pooling's gradient, the window given as a tensor."""
    return max_pool_second(orig_input, orig_output, grad, ksize.tolist(), strides.tolist(), padding)


@op("MaxPool3DGradGrad", "orig_input: T, orig_output: T, grad: T -> output: T", _like_second, **_IMAGE,
    data_format=FORMAT_3D, T=REALNUMBER)
def max_pool3d_grad_grad(orig_input, orig_output, grad, *, ksize, strides, padding):
    """The gradient of the gradient of a max-pooling of volumes."""
    return max_pool_second(orig_input, orig_output, grad, ksize, strides, padding)


def _with_batch(sizes: Any, include_batch: bool, dtype: Any) -> Any:
    """What to add to places counted within each image to have them counted from the start, or zero."""
    batch = jnp.arange(sizes[0], dtype=dtype) * (0 if include_batch else int(np.prod(sizes[1:])))
    return batch.reshape(-1, *[1] * (len(sizes) - 1))


@op("MaxPoolWithArgmax", "input: T -> output: T, argmax: Targmax", _from_attrs, ksize=SIZES, strides=SIZES,
    Targmax=TINDEX.with_default(int64), padding=PADDING, include_batch_in_index=False, T=REALNUMBER)
def max_pool_with_argmax(input, *, ksize, strides, Targmax, padding, include_batch_in_index):
    """The greatest element of each window, and its place in the flattened image (or batch)."""
    pairs = paddings(input.shape, ksize, strides, padding)
    values, places = max_pool_places(input, ksize, strides, pairs)
    return values, (places - _with_batch(input.shape, include_batch_in_index, places.dtype)).astype(Targmax.as_numpy_dtype)


@max_pool_with_argmax.check
def _(op, input):
    check_window("NHWC", input.shape, op["ksize"], op["strides"])


def _flat_places(argmax: Any, sizes: Any, include_batch: bool) -> Any:
    return argmax.astype(jnp.int64) + _with_batch((argmax.shape[0], *sizes[1:]), include_batch, jnp.int64)


@op("MaxPoolGradWithArgmax", "input: T, grad: T, argmax: Targmax -> output: T", _like_first, ksize=SIZES,
    strides=SIZES, padding=PADDING, include_batch_in_index=False, Targmax=TINDEX, T=REALNUMBER)
def max_pool_grad_with_argmax(input, grad, argmax, *, include_batch_in_index):
    """The gradient of a max-pooling, each element added at its place in `argmax`."""
    places = _flat_places(argmax, input.shape, include_batch_in_index)
    return jnp.zeros(input.size, grad.dtype).at[places.ravel()].add(grad.ravel()).reshape(input.shape)


@op("MaxPoolGradGradWithArgmax", "input: T, grad: T, argmax: Targmax -> output: T", _from_attrs, ksize=SIZES,
    strides=SIZES, padding=PADDING, include_batch_in_index=False, Targmax=TINDEX, T=REALNUMBER)
def max_pool_grad_grad_with_argmax(input, grad, argmax, *, include_batch_in_index):
    """The elements of `grad` at the places in `argmax`."""
    return grad.ravel()[_flat_places(argmax, input.shape, include_batch_in_index)]


def _same(op: Operation) -> dict[str, Any]:
    return {name: op[name] for name in ("ksize", "strides", "padding", "data_format")}


def _short(op: Operation) -> dict[str, Any]:
    return {name: op[name] for name in ("padding", "data_format")}


def _zeros(tensor: Tensor) -> Tensor:
    return zeros(shape_of(tensor), tensor.dtype)


@max_pool.gradient
def _(op, grad):
    return max_pool_grad(op.inputs[0], op.outputs[0], grad, **_same(op))


@max_pool_v2.gradient
def _(op, grad):
    image, window, strides = op.inputs
    return max_pool_grad_v2(image, op.outputs[0], grad, window, strides, **_short(op)), None, None


@max_pool3d.gradient
def _(op, grad):
    return max_pool3d_grad(op.inputs[0], op.outputs[0], grad, **_same(op))


@max_pool_with_argmax.gradient
def _(op, grad, _):
    attrs = {name: op[name] for name in ("ksize", "strides", "padding", "include_batch_in_index")}
    return max_pool_grad_with_argmax(op.inputs[0], grad, op.outputs[1], **attrs)


def _second(type_name: str) -> Any:
    """The gradient of a node whose first two inputs decide places only: zeros, and a node of `type_name`."""
    def rule(op: Operation, grad: Any) -> tuple:
        image, output = op.inputs[:2]
        return _zeros(image), _zeros(output), node(type_name, image, output, grad, **_same(op))

    return rule


@max_pool_grad_v2.gradient
def _(op, grad):
    image, output, _, window, strides = op.inputs
    second = max_pool_grad_grad_v2(image, output, grad, window, strides, **_short(op))
    return _zeros(image), _zeros(output), second, None, None


max_pool_grad.gradient(_second("MaxPoolGradGrad"))
max_pool_grad_grad.gradient(_second("MaxPoolGrad"))
max_pool3d_grad.gradient(_second("MaxPool3DGradGrad"))
max_pool3d_grad_grad.gradient(_second("MaxPool3DGrad"))
