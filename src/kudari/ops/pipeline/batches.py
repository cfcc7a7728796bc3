"""Sources that put several elements into one, and take them apart."""

from __future__ import annotations

from typing import Any

import numpy as np

from ... import errors
from .source import Element, Pull, Row, Run, Source, boxed, components


def _brackets(shape: tuple) -> str:
    return "[" + ",".join(map(str, shape)) + "]"


def collected(pull: Pull, size: int) -> list[Element]:
    """Return up to `size` elements."""
    elements: list[Element] = []
    try:
        while len(elements) < size:
            elements.append(pull())
    except StopIteration:
        pass
    return elements


def batched(run: Run, source: Source, size: int, drops: bool) -> Pull:
    """Elements of `size` elements each; a last one of fewer is left out if `drops`."""
    pull, is_over = source.start(run), False

    def following() -> Element:
        nonlocal is_over
        elements = [] if is_over else collected(pull, size)
        if len(elements) < size:
            is_over = True
            if drops or not elements:
                raise StopIteration
        return stacked(elements)

    return following


def stacked(elements: list[Element]) -> tuple:
    """Return the elements as one with one more dimension.

    Raises:
      InvalidArgumentError: if their shapes differ.
    """
    arrays = elements[0].arrays if type(elements[0]) is Row else None
    places = [e.index for e in elements if type(e) is Row and e.arrays is arrays] if arrays is not None else []
    if arrays is not None and len(places) == len(elements):
        first, last = places[0], places[-1]
        if last - first == len(places) - 1 and places == list(range(first, last + 1)):
            return tuple(array[first:last + 1] for array in arrays)
        return tuple(array.take(places, 0) for array in arrays)
    kinds = {tuple((a.dtype, a.shape[1:]) for a in e.arrays) if type(e) is Row else None for e in elements}
    if len(kinds) == 1 and None not in kinds:
        return tuple(_rows(elements, i) for i in range(len(elements[0].arrays)))
    return tuple(_stack(i, parts) for i, parts in enumerate(zip(*map(components, elements))))


def _rows(elements: list[Row], number: int) -> np.ndarray:
    first = elements[0].arrays[number]
    batch = np.empty((len(elements), *first.shape[1:]), first.dtype)
    for i, element in enumerate(elements):
        batch[i] = element.arrays[number][element.index]
    return batch


def _stack(number: int, parts: tuple) -> np.ndarray:
    first = np.shape(parts[0])
    for i, part in enumerate(parts):
        if np.shape(part) != first:
            raise errors.InvalidArgumentError(
                None, None, f"Cannot batch tensors with different shapes in component {number}. First element had shape "
                            f"{_brackets(first)} and element {i} had shape {_brackets(np.shape(part))}.")
    if parts[0].dtype == object and not first:
        array = np.empty(len(parts), object)
        for i, part in enumerate(parts):
            array[i] = part.item()
        return array
    return np.stack(parts)


def padded(run: Run, source: Source, size: int, shapes: list[np.ndarray], values: list[np.ndarray], drops: bool) -> Pull:
    """Elements of `size` elements each, filled up with `values` to the `shapes`, or to the largest where that is -1."""
    pull, is_over = source.start(run), False

    def following() -> Element:
        nonlocal is_over
        elements = [] if is_over else collected(pull, size)
        if len(elements) < size:
            is_over = True
            if drops or not elements:
                raise StopIteration
        columns = zip(*map(components, elements))
        return tuple(_padded(i, parts, shape, value) for i, (parts, shape, value) in enumerate(zip(columns, shapes, values)))

    return following


def _padded(number: int, parts: tuple, shape: np.ndarray, value: np.ndarray) -> np.ndarray:
    for part in parts:
        if part.ndim != len(shape):
            raise errors.InvalidArgumentError(
                None, None, "All elements in a batch must have the same rank as the padded shape for component"
                            f"{number}: expected rank {len(shape)} but got element with rank {part.ndim}")
    sizes = [max(part.shape[axis] for part in parts) if wanted < 0 else int(wanted) for axis, wanted in enumerate(shape)]
    batch = np.empty((len(parts), *sizes), parts[0].dtype)
    batch[...] = value
    for i, part in enumerate(parts):
        if any(n > most for n, most in zip(part.shape, sizes)):
            axis = next(a for a, (n, most) in enumerate(zip(part.shape, sizes)) if n > most)
            raise errors.DataLossError(
                None, None, f"Attempted to pad to a smaller size than the input element: component {number} has size "
                            f"{part.shape[axis]} in dimension {axis}, and the padded shape is {_brackets(tuple(sizes))}.")
        place: Any = (i, *(slice(n) for n in part.shape))
        batch[place] = part if part.ndim else part.item()
    return batch


def unbatched(run: Run, source: Source) -> Pull:
    """The rows of each element."""
    pull = source.start(run)
    arrays: tuple = ()
    place = size = 0

    def following() -> Element:
        nonlocal arrays, place, size
        while place == size:
            arrays = components(pull())
            sizes = [len(array) for array in arrays]
            if len(set(sizes)) > 1:
                raise errors.InvalidArgumentError(None, None, "Input element must have the same batch size in each "
                                                              "component. Component 0 had size "
                                                              f"{sizes[0]} but component {_odd(sizes)} had size "
                                                              f"{sizes[_odd(sizes)]}.")
            place, size = 0, sizes[0]
        place += 1
        return Row(arrays, place - 1)

    return following


def _odd(sizes: list[int]) -> int:
    return next(i for i, size in enumerate(sizes) if size != sizes[0])


def listed(run: Run, elements: list[Element]) -> Pull:
    """Elements that are there already."""
    return iter(elements).__next__


def windows(run: Run, source: Source, size: int, shift: int, stride: int, drops: bool) -> Pull:
    """Elements whose parts are sources: `size` elements, every `stride`th, and `shift` elements later the next window."""
    pull, is_over, to_skip = source.start(run), False, 0
    buffer: list[Element] = []
    span = (size - 1) * stride + 1

    def following() -> Element:
        nonlocal is_over, to_skip
        while to_skip and not is_over:
            skipped = len(collected(pull, to_skip))
            is_over, to_skip = skipped < to_skip, 0
        if not is_over:
            wanted = span - len(buffer)
            buffer.extend(collected(pull, wanted))
            is_over = len(buffer) < span
        if not buffer or (drops and len(buffer) < span):
            buffer.clear()
            raise StopIteration
        window = [components(element) for element in buffer[:span:stride]]
        to_skip = max(0, shift - len(buffer)) if not is_over else 0
        del buffer[:shift]
        return tuple(boxed(Source(listed, (), [(part,) for part in parts])) for parts in zip(*window))

    return following


def to_sparse(run: Run, source: Source, size: int, row_shape: np.ndarray) -> Pull:
    """Batches of dense elements as sparse tensors: their indices, values and shape in a vector of three."""
    pull, is_over = source.start(run), False

    def following() -> Element:
        nonlocal is_over
        elements = [] if is_over else [components(e)[0] for e in collected(pull, size)]
        is_over = len(elements) < size
        if not elements:
            raise StopIteration
        return (_sparse_batch(elements, row_shape),)

    return following


def _sparse_batch(elements: list[np.ndarray], row_shape: np.ndarray) -> np.ndarray:
    wanted = [int(n) for n in row_shape]
    sizes = [max(e.shape[axis] for e in elements) if n < 0 else n for axis, n in enumerate(wanted)]
    for element in elements:
        if element.ndim != len(wanted):
            raise errors.InvalidArgumentError(None, None, f"Input element had shape ({_brackets(element.shape)}) that is "
                                                          f"incompatible with the row shape ({_brackets(tuple(wanted))}).")
        if any(n > most for n, most in zip(element.shape, sizes)):
            raise errors.DataLossError(None, None, f"Input element had shape ({_brackets(element.shape)}) that is larger "
                                                   f"than the row shape ({_brackets(tuple(sizes))}).")
    places = [np.insert(np.indices(e.shape).reshape(e.ndim, -1).T, 0, i, axis=1) for i, e in enumerate(elements)]
    box = np.empty(3, object)
    box[0] = np.concatenate(places).astype(np.int64)
    box[1] = np.concatenate([e.ravel() for e in elements])
    box[2] = np.array([len(elements), *sizes], np.int64)
    return box

