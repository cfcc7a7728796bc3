"""Values as text, in the forms in which TensorFlow's messages and its two print functions show them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

_ESCAPES = {ord("\n"): "\\n", ord("\r"): "\\r", ord("\t"): "\\t", ord('"'): '\\"', ord("'"): "\\'", ord("\\"): "\\\\"}


def shown(value: np.ndarray, most: int) -> str:
    """Return the first `most` elements (all if negative) as `tf.Print` and `tf.Assert` show them: `[[1 2][3...]...]`."""
    count = value.size if most < 0 else min(most, value.size)
    rest = "..." if value.size > count else ""
    if not value.ndim:
        return "".join(_elements(value, count)) + rest
    return _Rows(value, count).text() + rest


class _Rows:
    """Writes the elements of an array in brackets, up to a number of them."""

    def __init__(self, value: np.ndarray, count: int):
        self._shape, self._count, self._taken = value.shape, count, 0
        self._elements = list(_elements(value, count))

    def text(self, axis: int = 0) -> str:
        if self._taken >= self._count:
            return ""
        if axis == len(self._shape) - 1:
            return self._row(axis)
        written = []
        for _ in range(self._shape[axis]):
            is_open = self._taken < self._count
            inner = f"[{self.text(axis + 1)}" if is_open else self.text(axis + 1)
            written.append(inner + ("]" if is_open else ""))
        return "".join(written)

    def _row(self, axis: int) -> str:
        end = min(self._taken + self._shape[axis], self._count)
        row = " ".join(self._elements[self._taken:end])
        is_cut = axis and end - self._taken < self._shape[axis]
        self._taken = end
        return row + ("..." if is_cut else "")


def shown_whole(value: np.ndarray, at_ends: int) -> str:
    """Return the elements as `tf.print` shows them: `at_ends` of them at both ends of each dimension, all if negative."""
    if value.dtype.kind == "c":
        return "[" + " ".join(["?"] * value.size) + "]"
    if value.dtype == object:
        texts = np.array([f'"{escaped(item)}"' for item in value.ravel()], object).reshape(value.shape)
    else:
        texts = np.array(list(_elements(value, value.size)), object).reshape(value.shape)
    return _nested(texts, value.size if at_ends < 0 else min(at_ends, value.size), 0)


def _nested(texts: Any, at_ends: int, axis: int) -> str:
    if isinstance(texts, str) or not texts.ndim:
        return str(texts)
    ndim = axis + texts.ndim
    between = " " if axis == ndim - 1 else "\n" * (ndim - axis - 1) + " " * (axis + 1)
    count = len(texts)
    parts = [_nested(texts[i], at_ends, axis + 1) for i in range(min(at_ends, count))]
    if count > 2 * at_ends:
        parts.append("...")
    parts += [_nested(texts[i], at_ends, axis + 1) for i in range(max(at_ends, count - at_ends), count)]
    return "[" + between.join(parts) + "]"


def _elements(value: np.ndarray, count: int) -> Iterator[str]:
    return map(element_text, value.ravel()[:count])


def element_text(item: Any) -> str:
    """Return one element as text: a float in the fewest of 6 or 9 (in double precision 15 or 17) digits that are exact."""
    if isinstance(item, bytes | str):
        return escaped(item)
    if isinstance(item, np.complexfloating):
        return "?"
    if isinstance(item, bool | np.bool_):
        return str(int(item))
    if isinstance(item, np.integer | int):
        return str(int(item))
    if isinstance(item, np.float64):
        return _fewest_digits(item, np.float64, 15)
    return _fewest_digits(np.float32(item), np.float32, 6)


def _fewest_digits(item: Any, kind: Any, digits: int) -> str:
    text = f"{float(item):.{digits}g}"
    return text if kind(float(text)) == item or item != item else f"{float(item):.{digits + (2 if digits == 15 else 3)}g}"


def escaped(item: Any) -> str:
    """Return bytes as text, with what cannot be printed in the escapes of C."""
    data = item.encode() if isinstance(item, str) else item
    return "".join(_ESCAPES.get(byte) or (chr(byte) if 32 <= byte < 127 else f"\\{byte:03o}") for byte in data)
