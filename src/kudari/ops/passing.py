"""Ops that hand a value on: placeholders and the kinds of identity."""

from __future__ import annotations

from ..dtypes import ANY
from ..graph.operation import Operation
from ..op.definition import not_differentiable, op
from ..op.rules import brackets, from_attr, merge_shapes, unchanged
from ..op.signature import Attr, required, types
from ..shape import Shape, shape_text

_SAME = "input: T -> output: T"


@op("Placeholder", "-> output: dtype", from_attr("shape"), dtype=ANY, shape=Attr("shape", None))
def placeholder(*, dtype, shape):
    """A value that must be fed."""
    raise ValueError("You must feed a value for placeholder tensor with dtype "
                     f"{dtype.name} and shape {shape_text(shape)}")


def _default_shape(op: Operation) -> list[Shape]:
    merge_shapes(op, op.inputs[0].static_shape, op["shape"])
    return [op["shape"]]


@op("PlaceholderWithDefault", "input: dtype -> output: dtype", _default_shape, dtype=ANY, shape=required("shape"))
def placeholder_with_default(input):
    """A value that may be fed; `input` otherwise."""
    return input


@op("Identity", _SAME, unchanged, T=ANY)
def identity(input):
    """The value itself."""
    return input


@op("IdentityN", "input: T[] -> output: T[]", lambda op: [t.static_shape for t in op.inputs], T=types())
def identity_n(input):
    """The values themselves, all of them once all are there."""
    return tuple(input)


@op("StopGradient", _SAME, unchanged, T=ANY)
def stop_gradient(input):
    """The value itself, as a constant to gradients."""
    return input


@op("PreventGradient", _SAME, unchanged, T=ANY, message="")
def prevent_gradient(input):
    """The value itself; gradients through it are an error."""
    return input


def _ensured(op: Operation) -> list[Shape]:
    return [merge_shapes(op, op["shape"], op.inputs[0].static_shape)]


@op("EnsureShape", "input: T -> output: T", _ensured, shape=required("shape"), T=ANY)
def ensure_shape(input, *, shape):
    """The value itself, if it has `shape`."""
    fits = shape is None or (input.ndim == len(shape) and all(n in (None, m) for m, n in zip(input.shape, shape)))
    if not fits:
        raise ValueError(f"Shape of tensor {list(input.shape)} is not compatible with expected shape {brackets(shape)}.")
    return input


for _definition in (ensure_shape, identity, identity_n, stop_gradient, prevent_gradient):
    _definition.fold(_definition.lower)

not_differentiable(placeholder, stop_gradient)


@identity.gradient
@placeholder_with_default.gradient
@ensure_shape.gradient
def _(op, grad):
    return (grad,)


@identity_n.gradient
def _(op, *grads):
    return grads


@prevent_gradient.gradient
def _(op, grad):
    raise LookupError(f"Gradient explicitly disabled. Reason: {op['message']!r}")
