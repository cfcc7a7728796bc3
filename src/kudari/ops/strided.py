"""What the five masks of a strided slice mean for a tensor of known rank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Shape = tuple[int | None, ...]
Entries = Sequence[int] | np.ndarray


@dataclass(frozen=True)
class Masks:
    """The masks, one bit for each entry of the slice."""

    begin: int = 0
    end: int = 0
    ellipsis: int = 0
    new_axis: int = 0
    shrink: int = 0

    @staticmethod
    def of(attrs: Any) -> Masks:
        """Return the masks among the attributes of a node."""
        return Masks(attrs["begin_mask"], attrs["end_mask"], attrs["ellipsis_mask"], attrs["new_axis_mask"],
                     attrs["shrink_axis_mask"])


@dataclass(frozen=True)
class Cut:
    """What happens to one axis: the slice `start:stop:step`, or one element if it shrinks.

    `axis` is `None` for a new axis. `start` and `stop` are `None` where the slice is open or not known yet.
    """

    axis: int | None
    start: int | None = None
    stop: int | None = None
    step: int = 1
    shrinks: bool = False
    is_known: bool = True

    def index(self) -> Any:
        """Return this cut as Python indexes with it."""
        if self.axis is None:
            return None
        return self.start if self.shrinks else slice(self.start, self.stop, self.step)

    def range_in(self, size: int) -> range:
        """Return the places this cut takes from an axis of `size`.

        Raises:
          ValueError: if it is one element, outside.
        """
        if not self.shrinks:
            return range(size)[self.start:self.stop:self.step]
        at = self.start + size if self.start < 0 else self.start  # type: ignore[operator]
        if not 0 <= at < size:  # type: ignore[operator]
            raise ValueError(f"slice index {at} of dimension {self.axis} out of bounds.")
        return range(at, at + 1)  # type: ignore[arg-type, operator]


def cuts(rank: int, begin: Entries | None, end: Entries | None, strides: Entries,
         masks: Masks) -> list[Cut]:
    """Return the cuts in the order of the output's axes, shrunk ones included.

    Args:
      rank: of the sliced tensor.
      begin: where each entry begins; `None` if not known.
      end: where each entry ends; `None` if not known.
      strides: of each entry.
      masks: what the entries are.

    Raises:
      ValueError: if the entries do not fit the rank, or a stride is zero.
    """
    found: list[Cut] = []
    axis = 0
    for i, axes in enumerate(_axes_taken(rank, len(strides), masks)):
        if masks.new_axis >> i & 1 and not masks.ellipsis >> i & 1:
            found.append(Cut(None))
        elif axes != 1 or i >= len(strides) or masks.ellipsis >> i & 1:
            found.extend(Cut(axis + j) for j in range(axes))
        else:
            found.append(_cut(axis, i, begin, end, strides, masks))
        axis += axes
    return found


def _axes_taken(rank: int, count: int, masks: Masks) -> list[int]:
    """How many axes each entry takes; one more entry stands for the axes after the last."""
    ellipses = [i for i in range(count) if masks.ellipsis >> i & 1]
    if len(ellipses) > 1:
        raise ValueError("Multiple ellipses in slice spec not allowed")
    taken = [0 if masks.new_axis >> i & 1 or i in ellipses else 1 for i in range(count)]
    rest = rank - sum(taken)
    if rest < 0:
        raise ValueError(f"Index out of range using input dim {rank}; input has only {rank} dims")
    if ellipses:
        taken[ellipses[0]] = rest
        return taken
    return [*taken, rest]


def _cut(axis: int, i: int, begin: Entries | None, end: Entries | None, strides: Entries,
         masks: Masks) -> Cut:
    step, shrinks = int(strides[i]), bool(masks.shrink >> i & 1)
    if step == 0:
        raise ValueError(f"strides[{i}] must be non-zero")
    if shrinks and step < 0:
        raise ValueError("only stride 1 allowed on non-range indexing.")
    opens, closes = masks.begin >> i & 1, masks.end >> i & 1
    # TensorFlow knows nothing of either end unless it knows both, but for one that is open at both.
    is_known = (begin is not None and end is not None) or (bool(opens and closes) and not shrinks)
    start = None if begin is None or (opens and not shrinks) else int(begin[i])
    stop = None if end is None or closes or shrinks else int(end[i])
    return Cut(axis, start, stop, step, shrinks, is_known)


def sliced_shape(shape: Shape, parts: Sequence[Cut]) -> Shape:
    """Return the shape of what `parts` leave of a tensor of `shape`.

    Raises:
      ValueError: if an element is outside.
    """
    return tuple(_length(shape, cut) for cut in parts if not _drops(shape, cut))


def _drops(shape: Shape, cut: Cut) -> bool:
    if cut.shrinks and cut.is_known and shape[cut.axis] is not None:  # type: ignore[index]
        cut.range_in(shape[cut.axis])  # type: ignore[index, arg-type]
    return cut.shrinks


def _length(shape: Shape, cut: Cut) -> int | None:
    if cut.axis is None:
        return 1
    size = shape[cut.axis]
    return len(cut.range_in(size)) if size is not None and cut.is_known else None
