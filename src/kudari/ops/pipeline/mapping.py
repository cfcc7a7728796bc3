"""Sources that call a function for each element, and those made of the sources that a function gives.

A function is the attribute of a node: `function.instance(captured)` gives a callable from a tuple of arrays to a tuple of
them, with random generators of its own.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future
from typing import Any

import numpy as np

from ... import errors
from .source import Element, Pull, Run, Source, components, source_of
from .threads import Workers


def mapped(run: Run, source: Source, function: Any, captured: list) -> Pull:
    """What the function gives for each element."""
    pull, call = source.start(run), function.instance(captured)
    return lambda: call(components(pull()))


def mapped_in_parallel(run: Run, source: Source, function: Any, captured: list, calls: int) -> Pull:
    """The same, with some calls at once; the order stays that of the elements."""
    pull, call = source.start(run), function.instance(captured)
    waiting: deque[Future] = deque()
    workers: Workers | None = None
    is_over = False

    def fill() -> None:
        nonlocal is_over, workers
        if workers is None:
            workers = Workers(run, calls)
        while not is_over and len(waiting) < calls:
            try:
                element = pull()
            except StopIteration:
                is_over = True
            except errors.OpError as error:
                failed: Future = Future()
                failed.set_exception(error)
                waiting.append(failed)
            else:
                waiting.append(workers.submit(lambda e=element: call(components(e))))

    def following() -> Element:
        fill()
        if not waiting:
            raise StopIteration
        return waiting.popleft().result()

    return following


def filtered(run: Run, source: Source, predicate: Any, captured: list) -> Pull:
    """The elements that the function is true of."""
    pull, call = source.start(run), predicate.instance(captured)

    def following() -> Element:
        while True:
            element = pull()
            if call(components(element))[0]:
                return element

    return following


def taken_while(run: Run, source: Source, predicate: Any, captured: list) -> Pull:
    """The elements before the first that the function is false of."""
    pull, call = source.start(run), predicate.instance(captured)
    is_over = False

    def following() -> Element:
        nonlocal is_over
        if not is_over:
            element = pull()
            is_over = not call(components(element))[0]
            if not is_over:
                return element
        raise StopIteration

    return following


def flat_mapped(run: Run, source: Source, function: Any, captured: list) -> Pull:
    """The elements of the source that the function gives for each element, one source after the other."""
    pull, call = source.start(run), function.instance(captured)
    inner: Pull | None = None

    def following() -> Element:
        nonlocal inner
        while True:
            if inner is None:
                inner = source_of(call(components(pull()))[0]).start(run)
            try:
                return inner()
            except StopIteration:
                inner = None

    return following


def interleaved(run: Run, source: Source, function: Any, captured: list, cycle: int, block: int) -> Pull:
    """The elements of `cycle` sources that the function gives, `block` of each in turn."""
    pull, call = source.start(run), function.instance(captured)
    current: list[Pull | None] = [None] * cycle
    place = taken = opened = 0
    is_over = False

    def turn() -> None:
        nonlocal place, taken
        place, taken = (place + 1) % cycle, 0

    def following() -> Element:
        nonlocal taken, opened, is_over
        while not is_over or opened:
            inner = current[place]
            if inner is not None:
                try:
                    element = inner()
                except StopIteration:
                    current[place] = None
                    opened -= 1
                    turn()
                    continue
                taken += 1
                if taken == block:
                    turn()
                return element
            if is_over:
                turn()
                continue
            try:
                arguments = components(pull())
            except StopIteration:
                is_over = True
                continue
            current[place] = source_of(call(arguments)[0]).start(run)
            opened += 1
        raise StopIteration

    return following


def scanned(run: Run, source: Source, state: list, function: Any, captured: list) -> Pull:
    """What the function gives for a state and each element, after the new state."""
    pull, call = source.start(run), function.instance(captured)
    held = tuple(state)

    def following() -> Element:
        nonlocal held
        result = call((*held, *components(pull())))
        held = result[:len(held)]
        return result[len(held):]

    return following


def grouped(run: Run, source: Source, functions: list, captured: list[list]) -> Pull:
    """What a function makes of windows of elements with equal keys.

    The functions give an element's key, the source for a key and a source of the elements in a window, and the size of a
    key's windows.
    """
    pull = source.start(run)
    key_of, reduced, size_of = (f.instance(c) for f, c in zip(functions, captured))
    groups: dict[int, list] = {}
    sizes: dict[int, int] = {}
    inner: Pull | None = None
    is_over = False

    def open_window(key: int) -> None:
        nonlocal inner
        window = np.empty((), object)
        window[()] = Source(_listed, (), groups.pop(key))
        inner = source_of(reduced((np.asarray(key, np.int64), window))[0]).start(run)

    def gather() -> None:
        nonlocal is_over
        try:
            element = components(pull())
        except StopIteration:
            is_over = True
            return
        key = int(key_of(element)[0])
        if key not in sizes:
            sizes[key] = int(size_of((np.asarray(key, np.int64),))[0])
            if sizes[key] <= 0:
                raise errors.InvalidArgumentError(None, None, "Window size must be greater than zero, but got "
                                                              f"{sizes[key]}.")
        groups.setdefault(key, []).append(element)
        if len(groups[key]) == sizes[key]:
            del sizes[key]
            open_window(key)

    def following() -> Element:
        nonlocal inner
        while True:
            if inner is not None:
                try:
                    return inner()
                except StopIteration:
                    inner = None
            elif not is_over:
                gather()
            elif groups:
                open_window(min(groups))
            else:
                raise StopIteration

    return following


def _listed(run: Run, elements: list) -> Pull:
    return iter(elements).__next__


def reduced_by_key(run: Run, source: Source, functions: list, captured: list[list]) -> Pull:
    """For each key what functions make of all elements with it: its first state, the state after an element, the result."""
    pull = source.start(run)
    key_of, first, after, finished = (f.instance(c) for f, c in zip(functions, captured))
    results: Pull | None = None

    def following() -> Element:
        nonlocal results
        if results is None:
            states: dict[int, tuple] = {}
            for element in iter(lambda: _or_none(pull), None):
                key = int(key_of(element)[0])
                if key not in states:
                    states[key] = first((np.asarray(key, np.int64),))
                states[key] = after((*states[key], *element))
            results = iter([finished(states[key]) for key in sorted(states)]).__next__
        return results()

    return following


def _or_none(pull: Pull) -> tuple | None:
    try:
        return components(pull())
    except StopIteration:
        return None


def generated(run: Run, functions: list, captured: list[list]) -> Pull:
    """What the second function gives for the state that the first made, until it says that there is no more."""
    first, following_one, last = functions
    state: tuple | None = None
    is_over = False
    call = following_one.instance(captured[1])

    def finish() -> None:
        nonlocal is_over
        if state is not None and not is_over:
            is_over = True
            last.instance(captured[2])(state)

    def following() -> Element:
        nonlocal state
        if is_over:
            raise StopIteration
        if state is None:
            state = first.instance(captured[0][len(first.inputs):])(tuple(captured[0][:len(first.inputs)]))
            run.at_close(finish)
        try:
            return call(state)
        except errors.OutOfRangeError:
            finish()
            raise StopIteration from None

    return following


def unique(run: Run, source: Source) -> Pull:
    """The elements that did not come before."""
    pull = source.start(run)
    seen: set[Any] = set()

    def following() -> Element:
        while True:
            element = pull()
            value = components(element)[0].item()
            if value not in seen:
                seen.add(value)
                return element

    return following


def without_errors(run: Run, source: Source) -> Pull:
    """The elements that can be made."""
    pull = source.start(run)

    def following() -> Element:
        while True:
            try:
                return pull()
            except errors.OpError:
                continue

    return following


def directed(run: Run, selector: Source, *sources: Source) -> Pull:
    """The next element of the source that the selector tells the number of."""
    chosen = selector.start(run)
    pulls: list[Pull | None] = [source.start(run) for source in sources]

    def following() -> Element:
        while True:
            number = int(components(chosen())[0])
            if not 0 <= number < len(pulls):
                raise errors.InvalidArgumentError(None, None, f"Selector index out of range: {number} >= {len(pulls)}")
            pull = pulls[number]
            if pull is None:
                continue
            try:
                return pull()
            except StopIteration:
                pulls[number] = None
                if not any(pulls):
                    raise

    return following
