"""Iterators: places in the elements of datasets, which a session keeps."""

from __future__ import annotations

import itertools
import threading
from typing import Any
from weakref import WeakValueDictionary

from .. import errors
from ..graph.operation import Operation
from ..op.definition import not_differentiable, op
from ..op.rules import scalar
from ..op.signature import Attr, required
from ..shape import Shape
from .datasets import OUTPUTS
from .pipeline.source import Pull, Run, Source, boxed, components, source_of

_numbers = itertools.count()
_by_handle: WeakValueDictionary[bytes, Iterator] = WeakValueDictionary()


class Iterator:
    """A place in the elements of a source."""

    def __init__(self) -> None:
        self.handle = b"kudari_iterator_%d" % next(_numbers)
        self._lock = threading.Lock()
        self._run: Run | None = None
        self._pull: Pull | None = None
        _by_handle[self.handle] = self

    def begin(self, source: Source) -> None:
        """Go to the first element of `source`."""
        self.release()
        with self._lock:
            self._run = Run()
            self._pull = source.start(self._run)

    def following(self) -> tuple:
        """Return the next element.

        Raises:
          FailedPreconditionError: if no dataset was set.
          OutOfRangeError: if there is none.
        """
        with self._lock:
            if self._pull is None:
                raise errors.FailedPreconditionError(
                    None, None, "GetNext() failed because the iterator has not been initialized. Ensure that you have run "
                                "the initializer operation for this iterator before getting the next element.")
            try:
                return tuple(components(self._pull()))
            except StopIteration:
                raise errors.OutOfRangeError(None, None, "End of sequence") from None

    def release(self) -> None:
        """Stop what prepares elements."""
        run = self._run
        if run is not None:
            run.close()

    __del__ = release


_NAMED: dict[str, Any] = {"shared_name": required("string"), "container": required("string"), **OUTPUTS}


@op("IteratorV2", "-> handle: resource", scalar, host=True, stateful=True, **_NAMED)
def iterator_v2(*, kept):
    """A place that is nowhere yet."""
    return (boxed(kept.setdefault("iterator", Iterator())),)


@op("Iterator", "-> handle: resource", scalar, host=True, stateful=True, **_NAMED)
def iterator(*, kept):
    """A place that is nowhere yet, as programs before 1.12 made it."""
    return (boxed(kept.setdefault("iterator", Iterator())),)


@op("OneShotIterator", "-> handle: resource", scalar, host=True, stateful=True, dataset_factory=required("func"),
    container="", shared_name="", **OUTPUTS)
def one_shot_iterator(*, dataset_factory, kept):
    """The place of the first element, when it runs first."""
    if "iterator" not in kept:
        place = Iterator()
        place.begin(source_of(dataset_factory.alone()[0]))
        kept["iterator"] = place
    return (boxed(kept["iterator"]),)


@op("MakeIterator", "dataset: variant, iterator: resource ->", None, host=True, stateful=True)
def make_iterator(dataset, iterator):
    """Nothing, after going to the first element of a dataset."""
    iterator.item().begin(source_of(dataset))
    return ()


def _shapes(op: Operation) -> list[Shape]:
    return op["output_shapes"]


@op("IteratorGetNext", "iterator: resource -> components: output_types[]", _shapes, host=True, stateful=True, waits=True,
    **OUTPUTS)
def iterator_get_next(iterator, *, output_types, output_shapes):
    """The next element."""
    element = iterator.item().following()
    if len(element) != len(output_types):
        raise errors.InvalidArgumentError(None, None, f"Number of components does not match: expected {len(output_types)} "
                                                      f"types but got {len(element)}.")
    for i, (part, dtype, shape) in enumerate(zip(element, output_types, output_shapes)):
        if part.dtype != dtype.as_numpy_dtype:
            raise errors.InvalidArgumentError(None, None, f"Data type mismatch at component {i}: expected {dtype.name} but "
                                                          f"got {part.dtype}.")
        if shape is not None and not _fits(part.shape, shape):
            raise errors.InvalidArgumentError(None, None, f"Incompatible shapes at component {i}: expected {_text(shape)} "
                                                          f"but got {_text(part.shape)}.")
    return element


def _fits(actual: tuple, wanted: tuple) -> bool:
    return len(actual) == len(wanted) and all(w is None or a == w for a, w in zip(actual, wanted))


def _text(shape: tuple) -> str:
    return "[" + ",".join("?" if n is None else str(n) for n in shape) + "]"


@op("IteratorToStringHandle", "resource_handle: resource -> string_handle: string", scalar, host=True, stateful=True)
def iterator_to_string_handle(resource_handle):
    """A text that stands for an iterator."""
    return (boxed(resource_handle.item().handle),)


@op("IteratorFromStringHandleV2", "string_handle: string -> resource_handle: resource", scalar, host=True, stateful=True,
    output_types=Attr("list(type)", []), output_shapes=Attr("list(shape)", []))
def iterator_from_string_handle_v2(string_handle):
    """The iterator that a text stands for."""
    found = _by_handle.get(string_handle.item())
    if found is None:
        raise errors.InvalidArgumentError(None, None, "Could not parse string_handle into a valid ResourceHandle")
    return (boxed(found),)


not_differentiable(iterator_get_next)
