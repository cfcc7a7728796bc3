"""Numbers rounded to those that few bits can tell apart, in a range that is a number, a variable or one for each channel.

Jacob et al.: Quantization and training of neural networks for efficient integer-arithmetic-only inference, CVPR 2018.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import jax.numpy as jnp

from ..graph.operation import Operation
from ..graph.tensor import Tensor
from ..op.definition import op
from ..op.rules import fail, merge_shapes, merged, unchanged, with_rank
from ..op.signature import Attr
from ..shape import Shape
from .forms import node

_BITS = {"num_bits": 8, "narrow_range": False}
_RANGE = {"min": Attr("float", -6), "max": Attr("float", 6)}
_RANGED = "inputs: float32, min: float32, max: float32"
_CHANGES = "backprops_wrt_input: float32, backprop_wrt_min: float32, backprop_wrt_max: float32"


def _nudged(low, high, num_bits, narrow_range):
    """The range moved so that zero is one of its numbers exactly, and the distance between neighbours."""
    least, most = jnp.float32(1 if narrow_range else 0), jnp.float32(2 ** num_bits - 1)
    step = (high - low) / (most - least)
    zero = least - low / step
    zero = jnp.clip(jnp.floor(zero + 0.5), least, most)
    return (least - zero) * step, (most - zero) * step, step


def _rounded(inputs, low, high, num_bits, narrow_range):
    low, high, step = _nudged(low, high, num_bits, narrow_range)
    return jnp.floor((jnp.clip(inputs, low, high) - low) / step + 0.5) * step + low


def _is_empty(low, high):
    return (low == 0) & (high == 0)


def _rounded_unless_empty(inputs, low, high, num_bits, narrow_range):
    return jnp.where(_is_empty(low, high), 0, _rounded(inputs, low, high, num_bits, narrow_range))


def _parts(gradients, inputs, low, high, num_bits, narrow_range):
    """What of the gradient belongs to the numbers inside the range, to its lower end, and to its upper end."""
    least, most, _ = _nudged(low, high, num_bits, narrow_range)
    empty = _is_empty(low, high)
    inside = empty | (inputs >= least) & (inputs <= most)
    parts = inside, ~empty & (inputs < least), ~empty & (inputs > most)
    return tuple(jnp.where(part, gradients, 0) for part in parts)


@op("FakeQuantWithMinMaxArgs", "inputs: float32 -> outputs: float32", unchanged, **_RANGE, **_BITS)
def fake_quant_with_min_max_args(inputs, *, min, max, num_bits, narrow_range):
    """Numbers rounded to one of `2 ** num_bits` in a range."""
    return _rounded(inputs, jnp.float32(min), jnp.float32(max), num_bits, narrow_range)


@fake_quant_with_min_max_args.gradient
def _(op, grad):
    return node("FakeQuantWithMinMaxArgsGradient", grad, op.inputs[0], **_kept(op, "min", "max"))


@op("FakeQuantWithMinMaxArgsGradient", "gradients: float32, inputs: float32 -> backprops: float32", merged,
    **_RANGE, **_BITS)
def fake_quant_with_min_max_args_gradient(gradients, inputs, *, min, max, num_bits, narrow_range):
    """Pass the gradient where the number was in the range."""
    return _parts(gradients, inputs, jnp.float32(min), jnp.float32(max), num_bits, narrow_range)[0]


def _in_one_range(op: Operation) -> list[Shape]:
    with_rank(op, op.inputs[1], 0)
    with_rank(op, op.inputs[2], 0)
    return unchanged(op)


@op("FakeQuantWithMinMaxVars", f"{_RANGED} -> outputs: float32", _in_one_range, **_BITS)
def fake_quant_with_min_max_vars(inputs, min, max, *, num_bits, narrow_range):
    """Numbers rounded to one of `2 ** num_bits` in a range that is computed, or learned."""
    return _rounded_unless_empty(inputs, min, max, num_bits, narrow_range)


@fake_quant_with_min_max_vars.gradient
def _(op, *grads):
    return list(node("FakeQuantWithMinMaxVarsGradient", *grads, *op.inputs, **_kept(op)))


def _back_to_one_range(op: Operation) -> list[Shape]:
    gradients, inputs, low, high = op.inputs
    shape = merge_shapes(op, gradients.static_shape, inputs.static_shape)
    with_rank(op, low, 0)
    with_rank(op, high, 0)
    return [shape, (), ()]


@op("FakeQuantWithMinMaxVarsGradient", f"gradients: float32, {_RANGED} -> {_CHANGES}", _back_to_one_range, **_BITS)
def fake_quant_with_min_max_vars_gradient(gradients, inputs, min, max, *, num_bits, narrow_range):
    """The gradient of the numbers in the range, and the sums of those that its two ends get."""
    inside, below, above = _parts(gradients, inputs, min, max, num_bits, narrow_range)
    return inside, jnp.sum(below), jnp.sum(above)


def _in_a_range_each(op: Operation) -> list[Shape]:
    return [_channels_last(op, op.inputs[0].static_shape, op.inputs[1:])[0]]


def _channels_last(op: Operation, shape: Shape, ends: Sequence[Tensor]) -> tuple[Shape, int | None]:
    """`shape` with what the ends of the ranges say of its last dimension, and that dimension."""
    if shape == ():
        fail(op, "Shape must be at least rank 1 but is rank 0")
    channels = None if shape is None else shape[-1]
    for end in ends:
        (size,) = with_rank(op, end, 1)
        if channels is not None and size is not None and size != channels:
            fail(op, f"Dimensions must be equal, but are {channels} and {size}")
        channels = size if channels is None else channels
    return shape if shape is None else (*shape[:-1], channels), channels


@op("FakeQuantWithMinMaxVarsPerChannel", f"{_RANGED} -> outputs: float32", _in_a_range_each, **_BITS)
def fake_quant_with_min_max_vars_per_channel(inputs, min, max, *, num_bits, narrow_range):
    """Numbers rounded in a range for each channel, which is the last dimension."""
    return _rounded_unless_empty(inputs, min, max, num_bits, narrow_range)


@fake_quant_with_min_max_vars_per_channel.gradient
def _(op, *grads):
    return list(node("FakeQuantWithMinMaxVarsPerChannelGradient", *grads, *op.inputs, **_kept(op)))


def _back_to_a_range_each(op: Operation) -> list[Shape]:
    gradients, inputs, *ends = op.inputs
    shape = merge_shapes(op, gradients.static_shape, inputs.static_shape)
    if shape is not None and len(shape) > 4:
        fail(op, f"Shape must be at most rank 4 but is rank {len(shape)}")
    shape, channels = _channels_last(op, shape, ends)
    return [shape, (channels,), (channels,)]


@op("FakeQuantWithMinMaxVarsPerChannelGradient", f"gradients: float32, {_RANGED} -> {_CHANGES}", _back_to_a_range_each,
    **_BITS)
def fake_quant_with_min_max_vars_per_channel_gradient(gradients, inputs, min, max, *, num_bits, narrow_range):
    """The gradient of the numbers in their ranges, and the sums of those that the two ends of each get."""
    inside, below, above = _parts(gradients, inputs, min, max, num_bits, narrow_range)
    rest = tuple(range(inputs.ndim - 1))
    return inside, jnp.sum(below, rest), jnp.sum(above, rest)


def _kept(op: Operation, *others: str) -> dict[str, Any]:
    return {key: op[key] for key in (*others, *_BITS)}


def _has_bits(op, *values):
    if not 2 <= op["num_bits"] <= 16:
        raise ValueError("num_bits must be between 2 and 16, inclusive")


def _has_range(op, *values):
    _has_bits(op)
    if op["min"] >= op["max"]:
        raise ValueError(f"min has to be smaller than max, was: {op['min']:g} >= {op['max']:g}")


for _ranged in (fake_quant_with_min_max_args, fake_quant_with_min_max_args_gradient):
    _ranged.check(_has_range)
for _variable in (fake_quant_with_min_max_vars, fake_quant_with_min_max_vars_gradient,
                  fake_quant_with_min_max_vars_per_channel, fake_quant_with_min_max_vars_per_channel_gradient):
    _variable.check(_has_bits)
