"""Sources that give the elements of others in another order, again, or not all of them."""

from __future__ import annotations

from typing import Any

from .draws import Draws
from .source import Element, Pull, Run, Source


def ended() -> Element:
    """The pull of a source without elements."""
    raise StopIteration


class Seeds:
    """The two numbers that each opening of a shuffled source begins with.

    Args:
      seed: of the node.
      seed2: of the node.
      reshuffles: whether each opening gets other ones.
    """

    def __init__(self, seed: int, seed2: int, reshuffles: bool):
        self.seed, self.seed2, self.reshuffles = seed, seed2, reshuffles
        self._draws = Draws(seed, seed2) if reshuffles else None

    def following(self) -> tuple[int, int]:
        """Return the numbers of the next opening."""
        if self._draws is None:
            return self.seed, self.seed2
        return self._draws.word(), self._draws.word()


def shuffled(run: Run, source: Source, size: int, seeds: Seeds, count: int = 1) -> Pull:
    """Elements drawn from a buffer of `size`, which is filled up before each draw.

    Elements of one of the `count` passes (of all if negative) come before those of the next, though the buffer holds both.
    """
    word = Draws(*seeds.following()).word
    buffer: list[Any] = [None] * size
    slices = [[0, 0]]  # the parts of the buffer that belong to one pass each, as counts of elements put in
    held = passes = 0
    pull: Pull | None = None
    is_fresh = True

    def fill() -> None:
        nonlocal pull, passes, held, is_fresh
        if pull is None and is_fresh:
            pull = source.start(run)
        while pull is not None and held < size:
            while count < 0 or passes < count:
                try:
                    element = pull()
                except StopIteration:
                    if is_fresh and count < 0:
                        pull = None
                        return
                    passes += 1
                    slices.append([slices[-1][1]] * 2)
                    pull = source.start(run)
                else:
                    break
            else:
                pull, is_fresh = None, False
                return
            is_fresh = False
            part = slices[-1]
            buffer[part[1] % size] = element
            part[1] += 1
            held += 1

    def draw() -> Element:
        nonlocal held
        if pull is not None and held == size - 1:  # what most draws find
            try:
                buffer[slices[-1][1] % size] = pull()
            except StopIteration:
                fill()
            else:
                slices[-1][1] += 1
                held += 1
        elif held < size and (pull is not None or is_fresh):
            fill()
        if not held:
            raise StopIteration
        while slices[0][0] == slices[0][1]:
            del slices[0]
        start, end = slices[0]
        index, first = (start + word() % (end - start)) % size, start % size
        element = buffer[index]
        buffer[index] = buffer[first]
        buffer[first] = None
        slices[0][0] += 1
        held -= 1
        return element

    return draw


def repeated(run: Run, source: Source, count: int) -> Pull:
    """The elements `count` times; for ever if negative, unless there are none."""
    pull: Pull | None = source.start(run) if count > 0 else None
    done = 0
    is_over = count == 0

    def following() -> Element:
        nonlocal pull, done, is_over
        while not is_over:
            is_first = pull is None
            if pull is None:
                pull = source.start(run)
            try:
                return pull()
            except StopIteration:
                done += 1
                pull = source.start(run) if count > 0 else None
                is_over = done == count or (count < 0 and is_first)
        raise StopIteration

    return following


def taken(run: Run, source: Source, count: int) -> Pull:
    """The first `count` elements; all if negative."""
    if count < 0:
        return source.start(run)
    if count == 0:
        return ended
    pull, left = source.start(run), count

    def following() -> Element:
        nonlocal left
        if left == 0:
            raise StopIteration
        element = pull()
        left -= 1
        return element

    return following


def skipping(run: Run, source: Source, count: int) -> Pull:
    """All but the first `count` elements; none if negative."""
    if count < 0:
        return ended
    pull, left = source.start(run), count

    def following() -> Element:
        nonlocal left
        while left:
            pull()
            left -= 1
        return pull()

    return following


def sharded(run: Run, source: Source, shards: int, index: int) -> Pull:
    """Every element whose number modulo `shards` is `index`."""
    pull, number = source.start(run), -1

    def following() -> Element:
        nonlocal number
        while True:
            element = pull()
            number += 1
            if number % shards == index:
                return element

    return following


def concatenated(run: Run, first: Source, second: Source) -> Pull:
    """The elements of one source, then those of the other."""
    pull, is_second = first.start(run), False

    def following() -> Element:
        nonlocal pull, is_second
        try:
            return pull()
        except StopIteration:
            if is_second:
                raise
            pull, is_second = second.start(run), True
            return pull()

    return following


class Memory:
    """What a cache in memory has kept: the elements, once a pass has come to the end."""

    def __init__(self) -> None:
        self.elements: list[Element] | None = None


def cached(run: Run, source: Source, memory: Memory) -> Pull:
    """The elements of the source; of what the first whole pass gave, from then on."""
    if memory.elements is not None:
        return iter(memory.elements).__next__
    pull, is_over = source.start(run), False
    kept: list[Element] = []

    def following() -> Element:
        nonlocal is_over
        if is_over:
            raise StopIteration
        try:
            element = pull()
        except StopIteration:
            is_over, memory.elements = True, kept
            raise
        kept.append(element)
        return element

    return following


def optimized(source: Source) -> Source:
    """Return `source` as TensorFlow rewrites it before it runs: shuffling and then repeating become one, which shows in the
    order of elements."""
    inputs = tuple(optimized(part) if isinstance(part, Source) else part for part in source.inputs)
    if source.opens is repeated and inputs[0].opens is shuffled and len(inputs[0].arguments) == 2:
        size, seeds = inputs[0].arguments
        if seeds.reshuffles:
            return Source(shuffled, inputs[0].inputs, size, Seeds(seeds.seed, seeds.seed2, False), *source.arguments)
    return Source(source.opens, inputs, *source.arguments)
