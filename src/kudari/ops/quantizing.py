"""Numbers rounded to integers of few bits and back, at a scale that maps zero to zero."""

from __future__ import annotations

import jax.numpy as jnp

from ..dtypes import FLOATING
from ..graph.operation import Operation
from ..op.definition import op
from ..op.rules import unchanged, with_rank
from ..op.signature import Attr
from ..shape import Shape

_ROUNDING = Attr("string", "HALF_TO_EVEN", ("HALF_TO_EVEN", "HALF_UP"))


def _in_range(op: Operation) -> list[Shape]:
    for end in op.inputs[1:]:
        with_rank(op, end, 0)
    return unchanged(op)


@op("QuantizeAndDequantizeV2", "input: T, input_min: T, input_max: T -> output: T", _in_range, T=FLOATING,
    signed_input=True, num_bits=8, range_given=False, round_mode=_ROUNDING, narrow_range=False)
def quantize_and_dequantize_v2(input, input_min, input_max, *, signed_input, num_bits, range_given, round_mode,
                               narrow_range):
    """Numbers as integers of `num_bits` could tell them apart."""
    least = -(2 ** (num_bits - 1)) + (1 if narrow_range else 0) if signed_input else 0
    most = 2 ** (num_bits - 1) - 1 if signed_input else 2 ** num_bits - 1
    return _through_integers(input, input_min, input_max, least, most, range_given, round_mode)


@op("QuantizeAndDequantizeV3", "input: T, input_min: T, input_max: T, num_bits: int32 -> output: T", _in_range, T=FLOATING,
    signed_input=True, range_given=True, narrow_range=False)
def quantize_and_dequantize_v3(input, input_min, input_max, num_bits, *, signed_input, range_given, narrow_range):
    """The same for a number of bits that is computed."""
    half = jnp.left_shift(jnp.int64(1), num_bits.astype(jnp.int64) - 1)
    least = -half + (1 if narrow_range else 0) if signed_input else jnp.int64(0)
    most = half - 1 if signed_input else 2 * half - 1
    return _through_integers(input, input_min, input_max, least, most, range_given, "HALF_TO_EVEN")


def _through_integers(input, low, high, least, most, range_given, round_mode):
    """`input` in steps as wide as it takes for `least` to reach `low` and `most` to reach `high`."""
    if not range_given:
        low, high = jnp.min(input), jnp.max(input)
    least, most = (jnp.asarray(number, input.dtype) for number in (least, most))
    scales = [jnp.where(integer * end > 0, integer / end, jnp.finfo(input.dtype).max)
              for integer, end in ((least, low), (most, high))]
    low_decides = scales[0] < scales[1]
    scale = jnp.where(low_decides, scales[0], scales[1])
    step = jnp.where(low_decides, low / least, high / most)
    if range_given:
        input = jnp.clip(input, jnp.where(low_decides, low, least * step), jnp.where(low_decides, most * step, high))
    scaled = input * scale
    return (jnp.round(scaled) if round_mode == "HALF_TO_EVEN" else jnp.floor(scaled + 0.5)) * step


@quantize_and_dequantize_v2.check
def _(op, input, input_min, input_max):
    limit = 62 if op["signed_input"] else 63
    if not 1 <= op["num_bits"] <= limit:
        raise ValueError(f"num_bits is out of range: {op['num_bits']} with signed_input_ {int(op['signed_input'])}")


def _is_a_range(op, inputs, outputs):
    low, high = inputs[1:3]
    wrong = low > high if op["range_given"] else jnp.bool_(False)
    return wrong, lambda: f"Invalid range: input_min {float(low):g} > input_max {float(high):g}"


@quantize_and_dequantize_v2.gradient
def _(op, grad):
    return [grad, None, None]


@quantize_and_dequantize_v3.gradient
def _(op, grad):
    return [grad, None, None, None]


for _ranged in (quantize_and_dequantize_v2, quantize_and_dequantize_v3):
    _ranged.watch(_is_a_range)
