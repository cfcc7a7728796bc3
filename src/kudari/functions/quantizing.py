"""Numbers as integers of few bits could tell them apart."""

from __future__ import annotations

from collections import namedtuple
from typing import Any

from ..graph.tensor import Tensor
from ..ops.quantized_integers import quantize_v2
from ..ops.quantizing import quantize_and_dequantize_v2

QuantizeV2 = namedtuple("QuantizeV2", ["output", "output_min", "output_max"])


def quantize_and_dequantize(input: Any, input_min: Any, input_max: Any, signed_input: bool = True, num_bits: int = 8,
                            range_given: bool = False, round_mode: str = "HALF_TO_EVEN", name: str | None = None,
                            narrow_range: bool = False) -> Tensor:
    """Round numbers to integers of `num_bits` bits and back.

    Args:
      input: the numbers, of a floating type and any shape.
      input_min: the least number that shall have an integer, a scalar of the same type; used if `range_given`.
      input_max: the greatest, likewise.
      signed_input: whether the integers have a sign.
      num_bits: how many bits they have.
      range_given: whether the range is `input_min` to `input_max`, and not that of the numbers themselves.
      round_mode: `"HALF_TO_EVEN"` or `"HALF_UP"`.
      name: of the op.
      narrow_range: whether the least integer is left out, so that the range is symmetric.

    Returns:
      The rounded numbers, with the shape and type of `input`. Gradients pass unchanged.

    Raises:
      InvalidArgumentError: when it runs, if the range is empty or the number of bits is out of range.
    """
    return quantize_and_dequantize_v2(input, input_min, input_max, signed_input, num_bits, range_given, round_mode,
                                      narrow_range, name=name)


def quantize(input: Any, min_range: Any, max_range: Any, T: Any, mode: str = "MIN_COMBINED",
             round_mode: str = "HALF_AWAY_FROM_ZERO", name: str | None = None) -> Any:
    """Turn numbers into integers of few bits.

    Args:
      input: float32, of any shape.
      min_range: the least number that shall have an integer of its own, a float32 scalar.
      max_range: the greatest, likewise.
      T: a quantized type.
      mode: `"MIN_COMBINED"`, `"MIN_FIRST"` or `"SCALED"`.
      round_mode: `"HALF_AWAY_FROM_ZERO"`, or with `"SCALED"` `"HALF_TO_EVEN"`.
      name: of the op.

    Returns:
      A named tuple: `output`, the integers; `output_min` and `output_max`, the range that they stand for.

    Raises:
      InvalidArgumentError: when it runs, if the range is the wrong way round.
    """
    return QuantizeV2(*quantize_v2(input, min_range, max_range, T, mode, round_mode, name=name))


def old_quantize(input: Any, min_range: Any, max_range: Any, T: Any, mode: str = "MIN_COMBINED", name: str | None = None,
                 round_mode: str = "HALF_AWAY_FROM_ZERO") -> Any:
    """Do what `quantize` does, with `name` before `round_mode`."""
    return quantize(input, min_range, max_range, T, mode, round_mode, name)
