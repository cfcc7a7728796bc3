"""Shape rules that many ops share: each maps an operation to the shapes of its outputs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NoReturn

import numpy as np

from ..graph.operation import Operation
from ..graph.tensor import Tensor
from ..shape import Shape, broadcast, merge
from .constant import constant_value, constant_value_as_shape
from .definition import checked_by


def unchanged(op: Operation) -> list[Shape]:
    """Every output has the shape of the first input."""
    return [op.inputs[0].static_shape] * len(op.outputs)


def scalar(op: Operation) -> list[Shape]:
    """Every output is a scalar."""
    return [()] * len(op.outputs)


def broadcasting(op: Operation) -> list[Shape]:
    """The output has the shape the first two inputs broadcast to."""
    try:
        return [broadcast(op.inputs[0].static_shape, op.inputs[1].static_shape)]
    except ValueError as error:
        fail(op, str(error))


def fit(a: tuple[int, ...], b: tuple[int, ...]) -> bool:
    """Return whether tensors of two shapes broadcast against each other."""
    return all(m == n or 1 in (m, n) for m, n in zip(reversed(a), reversed(b)))


def must_fit(op: Operation, x: Any, y: Any) -> None:
    """Raise a `ValueError` unless the operands broadcast."""
    if not fit(np.shape(x), np.shape(y)):
        raise ValueError(f"Incompatible shapes: {brackets(np.shape(x))} vs. {brackets(np.shape(y))}")


checked_by(broadcasting, must_fit)


def merged(op: Operation) -> list[Shape]:
    """All inputs have one shape, and so has every output."""
    shape: Shape = None
    for tensor in op.inputs:
        shape = merge_shapes(op, shape, tensor.static_shape)
    return [shape] * len(op.outputs)


def merged_list(op: Operation) -> Shape:
    """Return the one shape that all tensors of the list have that is the input of `op`."""
    shape = op.inputs[-1].static_shape
    for i, tensor in reversed(list(enumerate(op.inputs[:-1]))):
        try:
            shape = merge(tensor.static_shape, shape)
        except ValueError as error:
            fail(op, f"{error}\n\tFrom merging shape {i} with other shapes.")
    return shape


def merge_shapes(op: Operation, a: Shape, b: Shape) -> Shape:
    """Return what two shapes that must be equal say together."""
    try:
        return merge(a, b)
    except ValueError as error:
        fail(op, str(error))


def brackets(shape: Shape) -> str:
    """Return the shape as run-time messages spell it, `[?,3]`."""
    return "<unknown>" if shape is None else "[" + ",".join("?" if s is None else str(s) for s in shape) + "]"


def with_rank(op: Operation, tensor: Tensor, rank: int) -> tuple[int | None, ...]:
    """Return the shape of `tensor`, all unknown if it has none, checked to have `rank` dimensions."""
    shape = tensor.static_shape
    if shape is None:
        return (None,) * rank
    if len(shape) != rank:
        fail(op, f"Shape must be rank {rank} but is rank {len(shape)}", known=())
    return shape


def known_axis(op: Operation, tensor: Tensor, rank: int) -> int | None:
    """Return the axis that `tensor` holds, counted from the front, or `None` if it is not known yet."""
    value = constant_value(tensor)
    if value is None:
        return None
    axis = int(value)
    if not -rank <= axis < rank:
        fail(op, f"Dimension size, given by scalar input {axis} must be in range [{-rank}, {rank})")
    return axis % rank if rank else 0


def fail(op: Operation, problem: str, *, known: Sequence[int] | None = None, as_shapes: Sequence[int] = ()) -> NoReturn:
    """Raise the `ValueError` TensorFlow raises when static shapes do not fit `op`.

    Args:
      op: the node.
      problem: what does not fit.
      known: the inputs whose values had been looked at, all `Static` ones if `None`.
      as_shapes: the inputs that had been read as shapes instead.
    """
    if known is None:
        statics = [i for i, (arg, _) in enumerate(op.definition.flat_inputs(op)) if arg.is_static]
        known = [i for i in statics if i not in as_shapes]
    shapes = ", ".join("?" if t.static_shape is None else brackets(t.static_shape) for t in op.inputs)
    values = [(i, v) for i in known if (v := constant_value(op.inputs[i])) is not None]
    computed = _listing("computed input tensors: ", [f"input[{i}] = <{_elements(v)}>" for i, v in values])
    sizes = [(i, constant_value_as_shape(op.inputs[i])) for i in as_shapes]
    partial = _listing("input tensors computed as partial shapes: ",
                       [f"input[{i}] = {brackets(shape)}" for i, shape in sizes if shape != ()])
    raise ValueError(f"{problem} for '{op.name}' (op: '{op.type}') with input shapes: {shapes}{computed}{partial}.")


def _listing(title: str, items: list[str]) -> str:
    return f" and with {title}{', '.join(items)}" if items else ""


def _elements(value: np.ndarray) -> str:
    if value.ndim < 2:
        return " ".join(item.decode(errors="replace") if isinstance(item, bytes) else str(item) for item in value.ravel())
    return "".join(f"[{_elements(row)}]" for row in value)


def from_shape_input(index: int) -> Callable[[Operation], list[Shape]]:
    """Return a rule for an op whose output has the shape its input `index` holds."""
    return lambda op: [constant_value_as_shape(op.inputs[index])]


def from_attr(name: str) -> Callable[[Operation], list[Shape]]:
    """Return a rule for an op whose output has the shape of its attribute `name`."""
    return lambda op: [op[name]]


