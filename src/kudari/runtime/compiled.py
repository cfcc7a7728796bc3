"""The compiled executor: one XLA program for each device segment and each choice of shapes."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import jax
import numpy as np
from jax import lax

from ..ops.eigen import EXACT, compiler_options
from .lower import Lowering
from .numerics import is_exact, largest_value, may_be_exact
from .plan import Segment
from .stats import stats

MOST_EXECUTABLES = 64  # for one segment; the least recently made goes first

jax.config.update("jax_enable_x64", True)


def signature(arrays: list[Any]) -> tuple:
    """Return what the compiled program depends on: the shapes and types of `arrays`."""
    return tuple((a.shape, a.dtype) for a in arrays)


def split_reads(segment: Segment) -> tuple[list, list]:
    """The variables a segment reads: those it also writes, whose memory it may reuse, and the others."""
    writes = set(segment.writes)
    return [v for v in segment.reads if v in writes], [v for v in segment.reads if v not in writes]


def executable(segment: Segment, mode: str, state: dict, inputs: list[Any], *, loop: bool = False) -> Callable:
    """Return the compiled program of `segment` for these values, made now if there is none.

    Args:
      segment: a device segment.
      mode: of numerics.
      state: values of the variables.
      inputs: values of the segment's inputs, in order.
      loop: whether the program takes a number of steps first and repeats the segment so often.

    Returns:
      `f(changed, kept, inputs) -> (outputs, written)`, or `f(steps, changed, kept, inputs) -> written` for a loop.
    """
    changed, kept = ([state[v] for v in part] for part in split_reads(segment))
    statics = {t: np.asarray(inputs[segment.inputs.index(t)]) for t in segment.static_inputs}
    key = (loop, mode, signature(changed), signature(kept), signature(inputs),
           tuple(value.tobytes() for value in statics.values()))
    found = segment.executables.get(key)
    if found is None:
        if len(segment.executables) >= MOST_EXECUTABLES:
            segment.executables.pop(next(iter(segment.executables)))
        found = segment.executables[key] = _compile(segment, mode, statics, (changed, kept, inputs), loop)
    return found


def _compile(segment: Segment, mode: str, statics: dict, args: tuple, loop: bool) -> Callable:
    started = time.perf_counter()
    args = tuple(tuple(part) for part in args)
    if loop:
        args = (np.int64(1), *args)
    if may_be_exact(mode, len(segment.ops), [a for part in args[-3:] for a in part]):
        traced = _trace(segment, EXACT, statics, args, loop)
        largest = largest_value(traced.jaxpr.jaxpr)
        if is_exact(mode, largest):
            return _finish(traced, compiler_options(largest), started)
    return _finish(_trace(segment, {}, statics, args, loop), None, started)


def _finish(traced: Any, options: dict[str, Any] | None, started: float) -> Callable:
    program = traced.lower().compile(compiler_options=options)
    stats.compilations += 1
    stats.compile_time += time.perf_counter() - started
    return program


def _trace(segment: Segment, overrides: dict[str, Callable], statics: dict, args: tuple, loop: bool) -> Any:
    step = _step_function(segment, overrides, statics)
    if not loop:
        return jax.jit(step, donate_argnums=0).trace(*args)
    reused, _ = split_reads(segment)

    def repeat(steps: Any, changed: tuple, kept: tuple, inputs: tuple) -> tuple:
        def body(_: Any, held: tuple) -> tuple:
            written = dict(zip(segment.writes, step(held, kept, inputs)[1]))
            return tuple(written[v] for v in reused)

        return lax.fori_loop(0, steps, body, changed)

    return jax.jit(repeat, donate_argnums=1).trace(*args)


def _step_function(segment: Segment, overrides: dict[str, Callable], statics: dict) -> Callable:
    reused, only_read = split_reads(segment)

    def step(changed: tuple, kept: tuple, inputs: tuple) -> tuple:
        state = {**dict(zip(reused, changed)), **dict(zip(only_read, kept))}
        lowering = Lowering(dict(zip(segment.inputs, inputs)), state, dict(statics), overrides)
        for op in segment.ops:
            lowering.run(op)
        outputs = tuple(jax.numpy.asarray(lowering.read(t)) for t in segment.outputs)
        return outputs, tuple(jax.numpy.asarray(lowering.state[v]) for v in segment.writes)

    return step


def run_compiled(segment: Segment, mode: str, state: dict, inputs: list[Any]) -> list[Any]:
    """Run a device segment once; update `state` and return the outputs."""
    program = executable(segment, mode, state, inputs)
    reused, only_read = split_reads(segment)
    outputs, written = program(tuple(state[v] for v in reused), tuple(state[v] for v in only_read), tuple(inputs))
    state.update(zip(segment.writes, written))
    return list(outputs)


def run_repeatedly(segment: Segment, mode: str, state: dict, inputs: list[Any], steps: int) -> None:
    """Run a device segment `steps` times in one program; update `state` when it is done."""
    program = executable(segment, mode, state, inputs, loop=True)
    reused, only_read = split_reads(segment)
    started = time.perf_counter()
    written = program(np.int64(steps), tuple(state[v] for v in reused), tuple(state[v] for v in only_read),
                      tuple(inputs))
    jax.block_until_ready(written)
    stats.run_time += time.perf_counter() - started
    state.update(zip(reused, written))
