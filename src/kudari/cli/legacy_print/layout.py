"""Where NumPy 1.13 broke the lines of an array and put its brackets."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np


def lay_out(
    array: np.ndarray,
    write: Callable[[Any], str],
    line_width: int,
    indent: str,
    separator: str,
    edge_items: int,
    ellipsis: str,
    legacy: int,
) -> str:
    """Return the text of `array` (rank 1 or more), each element written by `write`.

    Args:
        array: The array.
        write: Turns one element into text.
        line_width: Columns a line may have.
        indent: What a line after the first starts with.
        separator: What stands between elements: `' '`, or `', '` in a repr.
        edge_items: How many items a summarised axis shows at each end.
        ellipsis: `'...'` if the array is to be summarised, else empty.
        legacy: The print mode; NumPy passes it, and it is 1.13's here.
    """
    rows = _Rows(write, line_width, separator, edge_items, "..., " if ellipsis else "")
    return rows.text(np.asarray(array), indent)


class _Rows:
    def __init__(self, write: Callable[[Any], str], line_width: int, separator: str, edge_items: int, ellipsis: str) -> None:
        self.write = write
        self.line_width = line_width
        self.separator = separator
        self.edge_items = edge_items
        self.ellipsis = ellipsis

    def text(self, array: np.ndarray, indent: str) -> str:
        return self._row(array, indent) if array.ndim == 1 else self._block(array, indent)

    def _row(self, array: np.ndarray, indent: str) -> str:
        lines, line = "", indent
        for word in self._words(array):
            # Blanks at the end of either do not count, so a short last word may end further right.
            if len(line.rstrip()) + len(word.rstrip()) >= self.line_width:
                lines += line.rstrip() + "\n"
                line = indent
            line += word
        return "[" + (lines + line)[len(indent) :] + "]"

    def _words(self, array: np.ndarray) -> Iterator[str]:
        last = len(array) - 1
        for i in self._shown(len(array)):
            if i is None:
                yield self.ellipsis
            else:
                yield self.write(array[i]) + (self.separator if i < last else "")

    def _block(self, array: np.ndarray, indent: str) -> str:
        between = self.separator.rstrip() + "\n" * max(array.ndim - 1, 1)
        text, last = "", len(array) - 1
        for i in self._shown(len(array)):
            start = indent if text else ""
            if i is None:
                text += start + self.ellipsis + "\n"
            else:
                text += start + self.text(array[i], indent + " ").rstrip() + (between if i < last else "")
        return "[" + text + "]"

    def _shown(self, length: int) -> Iterator[int | None]:
        """Yield the positions to write, with None where the middle is left out."""
        if not self.ellipsis or length <= 2 * self.edge_items:
            yield from range(length)
            return
        yield from range(self.edge_items)
        yield None
        yield from range(length - self.edge_items, length)
