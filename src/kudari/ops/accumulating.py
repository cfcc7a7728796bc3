"""Accumulators as a session keeps them: gradients of several workers, until there are enough for one step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from .. import errors
from ..op.rules import brackets
from ..op.waiting import Turn, Turns
from ..platform import logging
from ..shape import Shape


class _Accumulator:
    """What dense and sparse accumulators share.

    Args:
      shape: of the gradients, as far as it is known.
      takes_mean: whether it gives the mean of the gradients, not the sum.
    """

    def __init__(self, shape: Shape, takes_mean: bool):
        self._shape, self._takes_mean = shape, takes_mean
        self._turns = Turns("TakeGrad")
        self._step = self.count = 0

    def set_step(self, step: int) -> None:
        """Set the step; gradients of earlier ones are left out."""
        with self._turns.lock:
            if step < self._step:
                logging.warning("Attempt to set current_global_step_ to smaller value: current_global_step_ = %d >= "
                                "new_global_step = %d", self._step, step)
            self._step = step

    def _apply(self, step: int, add: Callable[[], None]) -> None:
        def add_if_new() -> None:
            if step >= self._step:
                add()
                self.count += 1

        self._turns.do(add_if_new)

    def _take(self, wanted: int, give: Callable[[], Any]) -> Any:
        """Wait until `wanted` gradients are there, and return what `give` makes of all that are."""
        if wanted <= 0:
            raise errors.InvalidArgumentError(None, None, f"Argument num_required must be positive, but was {wanted}")
        taken: list[Any] = []

        def proceed() -> Turn:
            if self.count < wanted:
                return Turn.STUCK
            taken.append(give())
            self._step += 1
            self.count = 0
            return Turn.DONE

        self._turns.take(self._turns.lines[0], proceed)
        return taken[0]

    def release(self) -> None:
        """Send all away who wait: the session closes."""
        self._turns.send_away(*self._turns.lines)


class Accumulator(_Accumulator):
    """Adds up arrays."""

    _total: np.ndarray

    def apply(self, step: int, gradient: np.ndarray) -> None:
        """Add a gradient, unless it is of an earlier step."""
        def add() -> None:
            if self.count and gradient.shape != self._total.shape:
                _refuse(self._total.shape, gradient.shape)
            self._total = self._total + gradient if self.count else np.array(gradient)

        if self._shape is not None and not _fits(gradient.shape, self._shape):
            _refuse(self._shape, gradient.shape)
        self._apply(step, add)

    def take(self, wanted: int) -> np.ndarray:
        """Wait until `wanted` gradients are there, and return the mean or sum of all that are."""
        def give() -> np.ndarray:
            if not self._takes_mean:
                return self._total
            return np.asarray(self._total / np.asarray(self.count, self._total.dtype), self._total.dtype)

        return self._take(wanted, give)


def _fits(found: tuple[int, ...], wanted: tuple[int | None, ...]) -> bool:
    return len(found) == len(wanted) and all(w is None or n == w for n, w in zip(found, wanted))


def _refuse(wanted: Shape, found: tuple[int, ...]) -> None:
    raise errors.InvalidArgumentError(None, None, f"Shape mismatch: expected {brackets(wanted)}, got {brackets(found)}")


class SparseAccumulator(_Accumulator):
    """Adds up slices, each with those of the same index."""

    _indices: np.ndarray
    _slices: np.ndarray
    _counts: np.ndarray
    _dense_shape: list[int]

    def apply(self, step: int, indices: np.ndarray, values: np.ndarray, shape: np.ndarray, has_known_shape: bool) -> None:
        """Add a gradient, unless it is of an earlier step."""
        self._check(indices, values, shape.tolist() if has_known_shape else None)

        def add() -> None:
            if not self.count:
                self._indices, self._slices = np.array(indices), np.array(values)
                self._counts = np.ones(len(indices), np.int64)
                self._dense_shape = shape.tolist() if has_known_shape else [-1, *values.shape[1:]]
            else:
                self._merge(indices, values)

        self._apply(step, add)

    def _merge(self, indices: np.ndarray, values: np.ndarray) -> None:
        order = _merged(self._indices.tolist(), indices.tolist())
        old = [(place, i) for place, (i, _) in enumerate(order) if i is not None]
        new = [(place, j) for place, (_, j) in enumerate(order) if j is not None]
        total = np.zeros((len(order), *self._slices.shape[1:]), self._slices.dtype)
        counts, kept = np.zeros(len(order), np.int64), np.zeros(len(order), np.int64)
        for pairs, source, slices, numbers in ((old, self._indices, self._slices, self._counts),
                                               (new, indices, values, np.ones(len(indices), np.int64))):
            places, rows = (np.array(column, np.int64) for column in zip(*pairs)) if pairs else (np.zeros(0, np.int64),) * 2
            total[places] += slices[rows]
            counts[places] += numbers[rows]
            kept[places] = source[rows]
        self._indices, self._slices, self._counts = kept, total, counts

    def _check(self, indices: np.ndarray, values: np.ndarray, shape: list[int] | None) -> None:
        def fail(problem: str) -> None:
            raise errors.InvalidArgumentError(None, None, problem)

        if indices.ndim != 1:
            fail(f"Input indices should be vector but received shape: {brackets(indices.shape)}")
        if not values.ndim or len(values) != len(indices):
            fail(f"Expected {len(indices)} non-empty input values, got {len(values) if values.ndim else 0}")
        known = self._shape
        if known is None:
            return
        for axis, (found, wanted) in enumerate(zip(values.shape[1:], known[1:]), 1):
            if wanted is not None and found != wanted:
                fail(f"Shape mismatch: expected values dim {axis} to be {wanted}, got {found}")
        for axis, (size, wanted) in enumerate(zip(shape or (), known)):
            if wanted is not None and size != wanted:
                fail(f"Shape mismatch: expected shape dim {axis} to be {wanted}, got {size}")
        for place, index in enumerate(indices.tolist()):
            if known and known[0] is not None and index >= known[0]:
                fail(f"Shape mismatch: index of slice {place} exceeded limits of shape; index is {index} exceeded "
                     f"{known[0]}")

    def take(self, wanted: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Wait until `wanted` gradients are there; return the indices, slices and shape of the mean or sum of all."""
        def give() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
            slices = self._slices
            if self._takes_mean:
                counts = self._counts.reshape(-1, *(1,) * (slices.ndim - 1)).astype(slices.dtype)
                slices = np.asarray(slices / counts, slices.dtype)
            known = self._dense_shape if self._shape is None else [-1 if n is None else n for n in self._shape]
            return self._indices, slices, np.array(known, np.int64)

        return self._take(wanted, give)


def _merged(old: list[int], new: list[int]) -> list[tuple[int | None, int | None]]:
    """Return the places in two ascending lists, in the order of both, with those of the same index together."""
    order: list[tuple[int | None, int | None]] = []
    i = j = 0
    while i < len(old) and j < len(new):
        takes_old, takes_new = old[i] <= new[j], new[j] <= old[i]
        order.append((i if takes_old else None, j if takes_new else None))
        i, j = i + takes_old, j + takes_new
    return order + [(k, None) for k in range(i, len(old))] + [(None, k) for k in range(j, len(new))]
