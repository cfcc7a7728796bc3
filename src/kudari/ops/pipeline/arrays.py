"""Sources that hold arrays or count, and those that put elements side by side."""

from __future__ import annotations

import numpy as np

from .draws import Draws
from .source import Element, Pull, Row, Run, Source, components


def whole(run: Run, arrays: tuple) -> Pull:
    """One element: the arrays."""
    return iter([arrays]).__next__


def slices(run: Run, arrays: tuple) -> Pull:
    """The rows of the arrays."""
    places = iter(range(len(arrays[0])))

    def following() -> Element:
        return Row(arrays, next(places))

    return following


def counting(run: Run, numbers: range) -> Pull:
    """The numbers of a range."""
    places = iter(numbers)
    return lambda: (np.asarray(next(places), np.int64),)


def zipped(run: Run, *sources: Source) -> Pull:
    """Elements of all sources side by side, as long as each has one."""
    pulls = [source.start(run) for source in sources]
    is_over = False

    def following() -> Element:
        nonlocal is_over
        if is_over or not pulls:
            raise StopIteration
        try:
            elements = [pull() for pull in pulls]
        except StopIteration:
            is_over = True
            raise
        return tuple(part for element in elements for part in components(element))

    return following


def drawn(run: Run, seed: int, seed2: int) -> Pull:
    """Random numbers of 32 bits for ever."""
    draws = Draws(seed, seed2)
    return lambda: (np.asarray(draws.word(), np.int64),)
