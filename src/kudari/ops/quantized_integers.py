"""Numbers as integers of few bits, with the range that these stand for, and back.

An array of a quantized type holds plain integers. Of the modes, `MIN_COMBINED` spreads the integers over the range,
`MIN_FIRST` rounds its lower end to one of them first, and `SCALED` makes it symmetric around zero.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..dtypes import TypeSet, qint8, qint16, qint32, quint8, quint16
from ..graph.operation import Operation
from ..op.definition import op
from ..op.rules import with_rank
from ..op.signature import Attr
from ..shape import Shape

_QUANTIZED = TypeSet((qint8, quint8, qint32, qint16, quint16))
_MODE = Attr("string", "MIN_COMBINED", ("MIN_COMBINED", "MIN_FIRST", "SCALED"))
_ROUNDING = Attr("string", "HALF_AWAY_FROM_ZERO", ("HALF_AWAY_FROM_ZERO", "HALF_TO_EVEN"))
_LEAST_SHARE = np.float32(0.01)  # of the greatest number, which a range spans at least


def _ranged(op: Operation) -> list[Shape]:
    for end in op.inputs[1:]:
        with_rank(op, end, 0)
    return [op.inputs[0].static_shape, (), ()][:len(op.outputs)]


def _integers(dtype: Any) -> Any:
    """The NumPy type of the integers of a quantized type, and its limits."""
    plain = np.dtype(dtype.name[1:])
    return plain, np.iinfo(plain)


def _rounded(values: np.ndarray) -> np.ndarray:
    return np.copysign(np.floor(np.abs(values) + np.float32(0.5)), values)


def _steps(low: np.float32, high: np.float32, bits: int) -> float:
    """How many steps there are to one, where the lower end comes first."""
    count = 1 << bits
    return count / (float(high - low) * (count / (count - 1.0)))


@op("QuantizeV2", "input: float32, min_range: float32, max_range: float32 -> output: T, output_min: float32, "
    "output_max: float32", _ranged, host=True, T=_QUANTIZED, mode=_MODE, round_mode=_ROUNDING)
def quantize_v2(input, min_range, max_range, *, T, mode, round_mode):
    """The integers, and the range that they stand for: one with zero in it, and not too narrow."""
    plain, limits = _integers(T)
    low, high = np.float32(min_range), np.float32(max_range)
    least = max(np.float32(1), abs(low), abs(high)) * _LEAST_SHARE
    low = min(np.float32(0), low)
    high = max(np.float32(0), max(high, low + least))
    if mode == "SCALED":
        scales = [np.float32(limit) / end if limit * end > 0 else np.finfo(np.float32).max
                  for limit, end in ((limits.min, low), (limits.max, high))]
        scale = np.float32(min(scales))
        low, high = np.float32(limits.min) / scale, np.float32(limits.max) / scale
        scaled = np.clip(input, low, high) * scale
        values = np.rint(scaled) if round_mode == "HALF_TO_EVEN" else _rounded(scaled)
    elif mode == "MIN_FIRST":
        scale = np.float32(_steps(low, high, limits.bits))
        values = _rounded(input * scale) - np.round(low * scale) + np.float32(limits.min)
    else:
        scale = np.float32((float(limits.max) - float(limits.min)) / float(high - low))
        half = np.float32(0 if limits.min == 0 else (float(limits.max) - float(limits.min) + 1) / 2)
        values = _rounded((np.clip(input, low, high) - low) * scale - half)
    return np.clip(np.float64(values), limits.min, limits.max).astype(plain), low, high


@quantize_v2.check
def _(op, input, min_range, max_range):
    if min_range > max_range:
        raise ValueError("input_max_range must be larger than input_min_range.")
    if op["round_mode"] == "HALF_TO_EVEN" and op["mode"] != "SCALED":
        raise ValueError("Round mode 'HALF_TO_EVEN' only supported for mode 'SCALED', but mode is '" + op["mode"] + "'.")


@op("Dequantize", "input: T, min_range: float32, max_range: float32 -> output: float32", _ranged, host=True, T=_QUANTIZED,
    mode=_MODE)
def dequantize(input, min_range, max_range, *, T, mode):
    """The numbers that integers stand for."""
    _, limits = _integers(T)
    low, high, values = np.float32(min_range), np.float32(max_range), input.astype(np.float32)
    if mode == "SCALED":
        scale = high / np.float32(limits.max)
        return values * (scale if limits.min == 0 else max(low / np.float32(limits.min), scale))
    if mode == "MIN_FIRST":
        steps = _steps(low, high, limits.bits)
        return (np.round(float(low) * steps) / steps + (values - limits.min) / steps).astype(np.float32)
    step = (high - low) / np.float32(float(limits.max) - float(limits.min))
    half = np.float32(0 if limits.min == 0 else (float(limits.max) - float(limits.min) + 1) / 2)
    return (values + half) * step + low
