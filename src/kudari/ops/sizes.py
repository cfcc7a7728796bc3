"""Shapes and zeros for the rules that build nodes: constants where the shape is known already."""

from __future__ import annotations

from ..dtypes import DType, int32, string
from ..graph.tensor import Tensor
from ..op.constant import constant
from ..op.scope import scoped
from ..shape import is_defined, num_elements
from .array import fill, shape, zeros_like

_LARGEST_CONSTANT = 1000


def shape_of(tensor: Tensor, out_type: DType = int32, name: str | None = None) -> Tensor:
    """Return the shape of `tensor`, as a constant if it is known."""
    if not is_defined(tensor.static_shape):
        return shape(tensor, out_type=out_type, name=name)
    with scoped(name, "Shape", [tensor]) as scope:
        return constant(list(tensor.static_shape), out_type, name=scope)


def zeros_of(sizes: Tensor, dtype: DType, name: str | None = None) -> Tensor:
    """Return zeros of the shape that `sizes` holds."""
    with scoped(name, "zeros", [sizes]) as scope:
        return fill(sizes, _zero(dtype), name=scope)


def zeros_as(tensor: Tensor, name: str | None = None) -> Tensor:
    """Return zeros of the shape of `tensor`, as a constant if it is known and small."""
    with scoped(name, "zeros_like", [tensor]) as scope:
        sizes = tensor.static_shape
        if not is_defined(sizes):
            return zeros_like(tensor, name=scope)
        if num_elements(sizes) < _LARGEST_CONSTANT:
            return constant(_filler(tensor.dtype), tensor.dtype, sizes, name=scope)
        return fill(constant(list(sizes), int32, name="shape_as_tensor"), _zero(tensor.dtype), name=scope)


def _filler(dtype: DType) -> object:
    return False if dtype.is_bool else "" if dtype.base_dtype == string else 0


def _zero(dtype: DType) -> Tensor:
    return constant(_filler(dtype), dtype)
