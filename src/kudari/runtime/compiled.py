"""The compiled executor: one XLA program for each device segment and each choice of shapes."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import jax
import numpy as np
from jax import lax

from ..graph.operation import Operation
from ..ops.eigen import EXACT, compiler_options, with_wrapped_kernels
from . import compilation_cache
from .frames import all_ops
from .numerics import is_exact, largest_value, may_be_exact
from .plan import Segment
from .rolled import parts_of, run_part
from .stats import stats
from .store import VariableStore
from .stores import OPS as STORE_OPS
from .traced import Traced

MOST_SET_UP = 1 << 22  # elements of the largest value of a segment that sets up variables without fusing
MOST_PROGRAMS = 64  # for one segment; the least recently made goes first

jax.config.update("jax_enable_x64", True)
compilation_cache.set_up()


class Program:
    """The compiled form of a device segment for one choice of shapes.

    Args:
      call: `f(changed, kept, inputs) -> (outputs, written, alarm, count)`; for a loop `f(steps, changed, kept, inputs)
        -> changed`.
      segment: what it computes.
      keeps_shapes: whether every variable has the same shape afterwards.
    """

    __slots__ = ("call", "changed", "guess", "is_watched", "keeps_shapes", "kept", "writes")

    def __init__(self, call: Callable, segment: Segment, keeps_shapes: bool):
        self.call, self.keeps_shapes = call, keeps_shapes
        self.changed, self.kept = split_reads(segment)
        self.writes, self.is_watched, self.guess = segment.writes, segment.is_watched, segment.guess

    def run(self, state: VariableStore, inputs: list[Any]) -> tuple | None:
        """Run once; update `state` and return the outputs, or change nothing and return `None` if values are wrong.

        Raises:
          RoomError: if a loop ran so often that a stack did not hold its values; nothing has changed then.
        """
        outputs, written, alarm, count = self.call(tuple([state[v] for v in self.changed]),
                                                   tuple([state[v] for v in self.kept]), tuple(inputs))
        if count is not None and count > self.guess:
            raise RoomError(int(count))
        if self.is_watched and alarm:
            return None
        if self.keeps_shapes:
            for variable, value in zip(self.writes, written):
                state[variable] = value
        else:
            state.set_shaped_anew(self.writes, written)
        return outputs

    def repeat(self, steps: int, state: VariableStore, inputs: list[Any]) -> None:
        """Run `steps` times as one loop; update `state` when it is done."""
        started = time.perf_counter()
        written = self.call(np.int64(steps), tuple([state[v] for v in self.changed]),
                            tuple([state[v] for v in self.kept]), tuple(inputs))
        jax.block_until_ready(written)
        stats.run_time += time.perf_counter() - started
        state.update(zip(self.changed, written))


class RoomError(Exception):
    """A stack got more values than it was given room for."""

    def __init__(self, count: int):
        super().__init__(count)
        self.count = count


def split_reads(segment: Segment) -> tuple[list, list]:
    """The variables a segment reads: those it also writes, whose memory it may reuse, and the others."""
    writes = set(segment.writes)
    return [v for v in segment.reads if v in writes], [v for v in segment.reads if v not in writes]


def program_for(segment: Segment, mode: str, state: VariableStore, inputs: list[Any], *, loop: bool = False) -> Program:
    """Return the compiled program of `segment` for these values, made now if there is none.

    Args:
      segment: a device segment whose variables all have values.
      mode: of numerics.
      state: values of the variables.
      inputs: values of the segment's inputs, in order.
      loop: whether the program repeats the segment.
    """
    shapes = [value.shape for value in inputs]
    latest = segment.latest
    if latest is not None and latest[0] == (state.epoch, loop) and latest[1] == shapes and not segment.static_inputs:
        return latest[2]
    program = _look_up(segment, mode, state, inputs, loop)
    segment.latest = ((state.epoch, loop), shapes, program)
    return program


def _look_up(segment: Segment, mode: str, state: VariableStore, inputs: list[Any], loop: bool) -> Program:
    changed, kept = (tuple(state[v] for v in part) for part in split_reads(segment))
    statics = {t: np.asarray(inputs[segment.inputs.index(t)]) for t in segment.static_inputs}
    key = (loop, mode, segment.guess, _signature(changed), _signature(kept), _signature(inputs),
           tuple(value.tobytes() for value in statics.values()))
    found = segment.programs.get(key)
    if found is None:
        if len(segment.programs) >= MOST_PROGRAMS:
            segment.programs.pop(next(iter(segment.programs)))
        found = segment.programs[key] = _compile(segment, mode, statics, (changed, kept, tuple(inputs)), loop)
    return found


def _signature(arrays: Any) -> tuple:
    leaves, structure = jax.tree.flatten(tuple(arrays))
    return structure, *[(a.shape, a.dtype) for a in leaves]


def _compile(segment: Segment, mode: str, statics: dict, args: tuple, loop: bool) -> Program:
    started = time.perf_counter()
    traced, _, options = choose(segment, mode, statics, args, loop)
    call = build(traced.lower(), options)
    stats.compilations += 1
    stats.compile_time += time.perf_counter() - started
    return Program(call, segment, loop or _keeps_shapes(segment, traced, args[0]))


def build(lowered: Any, options: dict[str, object] | None) -> Any:
    """Compile for XLA, with every op in a kernel of XLA's older kind if the newer has none for one of them."""
    try:
        return lowered.compile(compiler_options=options)
    except jax.errors.JaxRuntimeError as error:
        if options is None or "UNIMPLEMENTED" not in str(error):
            raise
        return lowered.compile(compiler_options=with_wrapped_kernels(options))


def choose(segment: Segment, mode: str, statics: dict, args: tuple, loop: bool = False) -> tuple[Any, dict, dict | None]:
    """Trace the segment in the arithmetic that `mode` asks for; return that, its own lowerings, and options for XLA."""
    if may_be_exact(mode, sum(1 for _ in all_ops(segment.ops)), [value for part in args for value in part]):
        traced = _trace(segment, EXACT, statics, args, loop)
        largest = largest_value(traced.jaxpr.jaxpr)
        if is_exact(mode, largest):
            return traced, EXACT, compiler_options(largest)
    traced = _trace(segment, {}, statics, args, loop)
    if mode == "auto" and _only_sets_up(segment):
        largest = largest_value(traced.jaxpr.jaxpr)
        if largest <= MOST_SET_UP:
            return traced, {}, compiler_options(largest)
    return traced, {}, None


def _only_sets_up(segment: Segment) -> bool:
    """Whether a segment gives variables values that no variable or input decides: it runs once, and fusing would contract
    the multiplications and additions of random initial values."""
    return bool(segment.writes) and not segment.inputs and all(v.definition.state is not None for v in segment.reads)


def _keeps_shapes(segment: Segment, traced: Any, changed: tuple) -> bool:
    before = {variable: _shapes(value) for variable, value in zip(split_reads(segment)[0], changed)}
    return all(before.get(variable) == _shapes(info) for variable, info in zip(segment.writes, traced.out_info[1]))


def _shapes(value: Any) -> list[tuple[int, ...]]:
    return [leaf.shape for leaf in jax.tree.leaves(value)]


def _trace(segment: Segment, overrides: dict[str, Callable], statics: dict, args: tuple, loop: bool) -> Any:
    step = step_function(segment, overrides, statics)
    if not loop:
        traced = jax.jit(step, donate_argnums=() if segment.is_watched else 0).trace(*args)
        # A step that may have to be done again needs what it started from.
        return traced if traced.out_info[3] is None else jax.jit(step).trace(*args)
    reused, _ = split_reads(segment)

    def repeat(steps: Any, changed: tuple, kept: tuple, inputs: tuple) -> tuple:
        def body(_: Any, held: tuple) -> tuple:
            written = dict(zip(segment.writes, step(held, kept, inputs)[1]))
            return tuple(written[v] for v in reused)

        return lax.fori_loop(0, steps, body, changed)

    return jax.jit(repeat, donate_argnums=1).trace(np.int64(1), *args)


def step_function(segment: Segment, overrides: dict[str, Callable], statics: dict) -> Callable:
    """Return `step(changed, kept, inputs) -> (outputs, written, alarm, count)`, what the program of a segment computes."""
    reused, only_read = split_reads(segment)
    is_plain = all(isinstance(unit, Operation) and unit.type not in STORE_OPS for unit in segment.structure)
    parts = parts_of(segment.structure, segment.outputs) if is_plain and not overrides else segment.structure

    def step(changed: tuple, kept: tuple, inputs: tuple) -> tuple:
        state = {**dict(zip(reused, changed)), **dict(zip(only_read, kept))}
        lowering = Traced(dict(zip(segment.inputs, inputs)), state, dict(statics), overrides, segment.guess)
        for part in parts:
            run_part(part, lowering)
        outputs = tuple(jax.numpy.asarray(lowering.read(t)) for t in segment.outputs)
        written = tuple(jax.tree.map(jax.numpy.asarray, lowering.state[v]) for v in segment.writes)
        alarm, count = lowering.report()
        return outputs, written, alarm if segment.is_watched else None, count if lowering.is_guessing else None

    return step
