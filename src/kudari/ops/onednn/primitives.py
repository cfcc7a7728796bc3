"""Convolutions and their gradients as primitives of oneDNN, kept by what they compute."""

from __future__ import annotations

import ctypes as C  # noqa: N812
import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from .library import Library

FORWARD, INPUT_GRADIENT, FILTER_GRADIENT = "forward", "input gradient", "filter gradient"

_TRAINING, _DIRECT, _FLOAT32, _ANY, _MOST_AXES = 64, 1, 3, 1, 12
_KEPT = 256


class _Role(NamedTuple):
    """What oneDNN calls an operand: the query for its descriptor, and the argument of the execution."""

    query: int
    argument: int


_SOURCE, _WEIGHTS, _TARGET = _Role(129, 1), _Role(131, 33), _Role(133, 17)
_SOURCE_GRADIENT, _WEIGHTS_GRADIENT, _TARGET_GRADIENT = _Role(130, 129), _Role(132, 161), _Role(134, 145)


class Layout(NamedTuple):
    """Sizes in oneDNN's order of axes and how far apart in memory their elements are."""

    sizes: tuple[int, ...]
    strides: tuple[int, ...]


class Job(NamedTuple):
    """One convolution or gradient, as it goes through XLA's program in writing.

    Args:
      kind: FORWARD, INPUT_GRADIENT or FILTER_GRADIENT.
      source: the images, batch and channels first.
      weights: the filters: output channels, input channels and spatial axes, after the groups if there are any.
      target: the outputs, batch and channels first.
      strides: one for each spatial axis, as are
      gaps: the elements left out between those that a window takes,
      before: the zeros before, and
      after: those after.
    """

    kind: str
    source: Layout
    weights: Layout
    target: Layout
    strides: tuple[int, ...]
    gaps: tuple[int, ...]
    before: tuple[int, ...]
    after: tuple[int, ...]

    def written(self) -> str:
        """The job as a text."""
        return json.dumps(self)


def _read(text: str) -> Job:
    kind, source, weights, target, *rest = json.loads(text)
    return Job(kind, Layout(*source), Layout(*weights), Layout(*target), *rest)


class _Argument(C.Structure):
    _fields_ = [("argument", C.c_int), ("memory", C.c_void_p)]


def _numbers(values: Sequence[int]) -> Any:
    return (C.c_int64 * _MOST_AXES)(*values)


class _Owner:
    """Handles that live as long as this does."""

    def __init__(self, library: Library):
        self._library = library
        self._handles: list[tuple[str, C.c_void_p]] = []

    def create(self, made: str, freed: str, *arguments: Any) -> C.c_void_p:
        handle = self._library.create(made, *arguments)
        self._handles.append((freed, handle))
        return handle

    def __del__(self) -> None:
        for freed, handle in reversed(self._handles):
            self._library.call(freed, handle)


class Primitive(_Owner):
    """A job made ready; it is to be made, called and dropped in the library's thread."""

    def __init__(self, library: Library, job: Job):
        super().__init__(library)
        forward = self._convolution(job, "forward", C.c_int(_TRAINING), after_weights=(None,))
        source, weights, target = (self._described(layout) for layout in (job.source, job.weights, job.target))
        if job.kind == FORWARD:
            made, operands = forward, [(_SOURCE, source), (_WEIGHTS, weights), (_TARGET, target)]
        elif job.kind == INPUT_GRADIENT:
            made = self._convolution(job, "backward_data", hint=(forward,))
            operands = [(_WEIGHTS, weights), (_TARGET_GRADIENT, target), (_SOURCE_GRADIENT, source)]
        else:
            made = self._convolution(job, "backward_weights", after_weights=(None,), hint=(forward,))
            operands = [(_SOURCE, source), (_TARGET_GRADIENT, target), (_WEIGHTS_GRADIENT, weights)]
        self._steps: list[tuple[C.c_void_p, Any]] = []
        self._outside = []
        arguments, last = [], None
        for i, (role, layout) in enumerate(operands):
            wanted = library.queried(made, role.query)
            outside = inside = self._memory(layout, None)
            if not library.equal(layout, wanted):
                inside = self._memory(wanted, C.c_void_p(-1))  # oneDNN allocates it
                if i < 2:
                    self._reorder(layout, outside, wanted, inside)
                else:
                    last = (wanted, inside, layout, outside)
            self._outside.append(outside)
            arguments.append((role.argument, inside))
        self._step(made, arguments)
        if last:
            self._reorder(*last)

    def _described(self, layout: Layout) -> C.c_void_p:
        return self.create("dnnl_memory_desc_create_with_strides", "dnnl_memory_desc_destroy", C.c_int(len(layout.sizes)),
                           _numbers(layout.sizes), C.c_int(_FLOAT32), _numbers(layout.strides))

    def _free(self, layout: Layout) -> C.c_void_p:
        """A descriptor that leaves the layout to oneDNN."""
        return self.create("dnnl_memory_desc_create_with_tag", "dnnl_memory_desc_destroy", C.c_int(len(layout.sizes)),
                           _numbers(layout.sizes), C.c_int(_FLOAT32), C.c_int(_ANY))

    def _convolution(self, job: Job, direction: str, *first: Any, after_weights: tuple[None, ...] = (),
                     hint: tuple[C.c_void_p, ...] = ()) -> C.c_void_p:
        return self.create(
            f"dnnl_convolution_{direction}_primitive_desc_create", "dnnl_primitive_desc_destroy", self._library.engine,
            *first, C.c_int(_DIRECT), self._described(job.source), self._free(job.weights), *after_weights,
            self._described(job.target), *map(_numbers, (job.strides, job.gaps, job.before, job.after)), *hint, None)

    def _memory(self, layout: C.c_void_p, address: Any) -> C.c_void_p:
        return self.create("dnnl_memory_create", "dnnl_memory_destroy", layout, self._library.engine, address)

    def _step(self, made: C.c_void_p, arguments: list[tuple[int, C.c_void_p]]) -> None:
        primitive = self.create("dnnl_primitive_create", "dnnl_primitive_destroy", made)
        self._steps.append((primitive, (_Argument * len(arguments))(*arguments)))

    def _reorder(self, before: Any, source: Any, after: Any, target: Any) -> None:
        engine = self._library.engine
        made = self.create("dnnl_reorder_primitive_desc_create", "dnnl_primitive_desc_destroy", before, engine, after,
                           engine, None)
        self._step(made, [(_SOURCE.argument, source), (_TARGET.argument, target)])

    def __call__(self, addresses: list[int]) -> None:
        """Compute with the operands at the addresses: two arguments, then the result."""
        for memory, address in zip(self._outside, addresses, strict=True):
            self._library.call("dnnl_memory_set_data_handle", memory, C.c_void_p(address))
        for primitive, arguments in self._steps:
            self._library.call("dnnl_primitive_execute", primitive, self._library.stream, C.c_int(len(arguments)),
                               arguments)
        self._library.call("dnnl_stream_wait", self._library.stream)


@lru_cache(_KEPT)
def primitive(library: Library, job: str) -> Primitive:
    """Return the primitive of a job in writing; the ones used last are kept."""
    return Primitive(library, _read(job))
