"""Parts of texts."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..dtypes import TINDEX
from ..graph.operation import Operation
from ..op.definition import not_differentiable, op
from ..op.rules import fail, merge_shapes
from ..op.signature import Attr
from ..shape import Shape, broadcast


def _parts(op: Operation) -> list[Shape]:
    text, places = op.inputs[0].static_shape, merge_shapes(op, *(tensor.static_shape for tensor in op.inputs[1:]))
    try:
        return [broadcast(text, places)]
    except ValueError as error:
        fail(op, str(error))


@op("Substr", "input: string, pos: T, len: T -> output: string", _parts, host=True,
    unit=Attr("string", "BYTE", ("BYTE", "UTF8_CHAR")), T=TINDEX)
def substr(input, pos, len, *, unit):
    """`len` bytes or characters of each text, from `pos` on, counted from the end if it is negative."""
    texts, starts, counts = np.broadcast_arrays(np.asarray(input, object), pos, len)
    found = [_part(*each, unit) for each in zip(texts.ravel(), starts.ravel(), counts.ravel())]
    return np.array([*found, None], object)[:-1].reshape(texts.shape)


def _part(text: bytes, start: Any, count: Any, unit: str) -> bytes:
    whole: Any = text if unit == "BYTE" else text.decode("utf-8", "surrogateescape")
    if not -len(whole) <= start <= len(whole):
        raise ValueError(f"pos {start} out of range for string b'{text.decode('latin-1')}' at index 0")
    first = start + len(whole) if start < 0 else start
    part = whole[first:first + max(count, 0)]
    return part if unit == "BYTE" else part.encode("utf-8", "surrogateescape")


not_differentiable(substr)
