"""What a differentiation starts from: the tensors, and the gradients of the `ys`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..dtypes import resource, variant
from ..graph.indexed_slices import IndexedSlices
from ..graph.tensor import Tensor
from ..op.constant import constant
from ..op.convert import convert_to_tensor
from ..ops.forms import node
from ..ops.shapes import shape_of


def as_tensors(values: Sequence[Any], name: str, as_ref: bool = False) -> list[Any]:
    """Return `values` as tensors; slices and `None` stay as they are."""
    return [v if v is None or isinstance(v, IndexedSlices) else convert_to_tensor(v, name=f"{name}_{i}", as_ref=as_ref)
            for i, v in enumerate(values)]


def seed(index: int, y: Tensor, given: Any) -> Any:
    """Return the gradient of `y`, the output number `index`: ones, or a copy of the one `given`.

    Raises:
      TypeError: if the type of the gradient does not fit `y`, or `y` has no default gradient.
    """
    if given is None:
        if y.dtype.is_complex:
            raise TypeError(f"Gradients of complex tensors must set grad_ys (y.dtype = {y.dtype!r})")
        shape = shape_of(y)
        return node("Fill", shape, constant(1, y.dtype, name=f"grad_ys_{index}"))
    _check_type(y, given)
    return _copied(given, f"grad_ys_{index}")


def _check_type(y: Tensor, grad: Any) -> None:
    of = f"tensor {y} with type {y.dtype.name} must be"
    if y.dtype.is_floating or y.dtype.is_integer:
        if not (grad.dtype.is_floating or grad.dtype.is_integer):
            raise TypeError(f"Gradient type {grad.dtype.name} generated for real or integer-valued {of} real or "
                            "integer")
    elif y.dtype.is_complex:
        if not grad.dtype.is_complex:
            raise TypeError(f"Gradient type {grad.dtype.name} generated for complex-valued {of} real")
    elif y.dtype == variant:
        if grad.dtype != variant:
            raise TypeError(f"Gradient type {grad.dtype.name} generated for variant {of} variant")
    elif y.dtype == resource:
        if grad.dtype == resource:
            raise TypeError(f"Input gradient {grad} for resource tensor {y} should not be a resource")
    else:
        raise TypeError(f"Tensor {y} with type {y.dtype.name} must be numeric to obtain a default gradient")


def _copied(grad: Any, name: str) -> Any:
    if isinstance(grad, Tensor):
        return node("Identity", grad, name=name)
    parts = {"indices": grad.indices, "values": grad.values, "shape": grad.dense_shape}
    copies: dict[str, Any] = {part: None if tensor is None else node("Identity", tensor, name=f"{name}_{part}")
                              for part, tensor in parts.items()}
    return IndexedSlices(copies["values"], copies["indices"], copies["shape"])
