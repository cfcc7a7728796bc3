"""Executing a plan: its segments in turn, against the variables of a session."""

from __future__ import annotations

import contextlib
import threading
import time
from contextlib import nullcontext
from functools import partial
from typing import Any

import numpy as np

from ..errors import FailedPreconditionError, InvalidArgumentError
from ..graph.operation import Operation
from ..graph.tensor import Tensor
from .compiled import RoomError, program_for
from .frames import all_ops
from .host_program import program_of
from .interpret import DEAD, run_interpreted
from .moves import run_moves
from .options import SessionOptions
from .plan import Plan, Segment, variables_read
from .stats import stats
from .step_trace import StepTrace, Watcher, overrides_of
from .store import VariableStore
from .stores import HostArray
from .traced import UntraceableError

LARGE = 1 << 20  # bytes that are moved into variables one after the other rather than by a program

def execute(plan: Plan, feeds: dict[Tensor, np.ndarray], state: VariableStore, options: SessionOptions,
            lock: threading.RLock, trace: StepTrace | None = None) -> list[Any]:
    """Run `plan` once.

    Args:
      plan: what to run.
      feeds: values of the fed tensors.
      state: values of the variables, changed in place.
      options: of the session.
      lock: held while variables are used; not while an op waits for another thread.
      trace: told what each node takes, if given; the nodes are then run one by one.

    Returns:
      A value for each element of the plan: an array or scalar that the caller owns, `None` for an operation.

    Raises:
      FailedPreconditionError: if a variable that is read has no value.
    """
    values: dict[Tensor, Any] = dict(feeds)
    stats.steps += 1
    started, compiling = time.perf_counter(), stats.compile_time
    try:
        for segment in plan.segments:
            inputs = [values[t] for t in segment.inputs]
            for tensor in segment.spent:
                del values[tensor]
            for tensor, value in zip(segment.outputs, _run_segment(segment, inputs, state, options, lock, trace)):
                values[tensor] = value
    finally:
        for key in plan.stores:
            state.pop(key, None)
    reads_variables = any(isinstance(source, Operation) for source in plan.results)
    with lock if reads_variables else contextlib.nullcontext():  # a step of another thread would take their memory
        results = [result_of(source, values, state) for source in plan.results]
    stats.run_time += time.perf_counter() - started - (stats.compile_time - compiling)
    return results


def _run_segment(segment: Segment, inputs: list[Any], state: VariableStore, options: SessionOptions,
                 lock: threading.RLock, trace: StepTrace | None) -> Any:
    if trace is not None:
        return _run_watched(segment, inputs, state, options, lock, trace)
    if segment.on_host and not (segment.reads or segment.writes):
        if segment.host_program is NotImplemented:
            segment.host_program = program_of(segment)
        if segment.host_program is None or any(value is DEAD for value in inputs):
            return run_interpreted(segment, state, inputs)
        return segment.host_program.run(state, inputs)
    if segment.waits:
        return run_interpreted(segment, state, inputs, lock)
    with lock:
        try:
            if segment.on_host or options.interpret or _must_interpret(segment, state, inputs):
                return run_interpreted(segment, state, inputs)
            if segment.only_moves and sum(value.nbytes for value in inputs) >= LARGE:
                run_moves(segment, state, inputs)
                return ()
            try:
                outputs = _run_compiled(segment, inputs, state, options)
            except UntraceableError:
                segment.is_traceable = False
                return run_interpreted(segment, state, inputs)
            # What is wrong is found by doing the step again, one op after the other, up to the one that fails.
            return run_interpreted(segment, state, inputs) if outputs is None else outputs
        except KeyError as error:
            check_initialized(segment, state, *error.args[:1])
            raise


def _run_watched(segment: Segment, inputs: list[Any], state: VariableStore, options: SessionOptions,
                 lock: threading.RLock, trace: StepTrace) -> Any:
    """Run a segment op by op, and tell `trace` of each."""
    is_free = segment.waits or (segment.on_host and not (segment.reads or segment.writes))
    with nullcontext() if is_free else lock:
        try:
            make = partial(Watcher, trace, overrides_of(segment, options.numerics, state, inputs))
            return run_interpreted(segment, state, inputs, lock if segment.waits else None, make)
        except KeyError as error:
            check_initialized(segment, state, *error.args[:1])
            raise


def _run_compiled(segment: Segment, inputs: list[Any], state: VariableStore, options: SessionOptions) -> Any:
    """Run the program of a segment; one with more room for what loops leave, if that turns out to be needed."""
    while True:
        try:
            return program_for(segment, options.numerics, state, inputs).run(state, inputs)
        except RoomError as error:
            segment.guess, segment.latest = 1 << (error.count - 1).bit_length(), None


def _must_interpret(segment: Segment, state: VariableStore, inputs: list[Any]) -> bool:
    """Whether a device segment goes to the interpreter: what an op that did not run gives has no shape."""
    return (not segment.is_traceable or any(v not in state for v in segment.uncertain)
            or any(isinstance(state.get(v), list | HostArray) for v in segment.reads)
            or any(value is DEAD for value in inputs))


def check_initialized(segment: Segment, state: dict[Operation, Any], missed: Operation | None = None) -> None:
    """Raise `FailedPreconditionError` if a variable that `segment` reads has no value yet, or is `missed`."""
    for variable in segment.reads:
        if (variable not in state and variable.definition.state is None
                and (variable not in segment.uncertain or variable is missed)):
            reader = next(op for op in all_ops(segment.ops) if variable in variables_read(op, set()))
            raise _uninitialized(variable, reader, state)


def _uninitialized(variable: Operation, reader: Operation, state: dict[Operation, Any]) -> FailedPreconditionError:
    if variable.type == "VarHandleOp":
        missing = f"Container localhost does not exist. (Could not find resource: localhost/{variable.name})"
        if any(isinstance(other, Operation) and other.type == "VarHandleOp" for other in state):
            missing = f"Resource localhost/{variable.name}/N10tensorflow3VarE does not exist."
        return FailedPreconditionError(
            reader.node_def, reader,
            f"Error while reading resource variable {variable.name} from Container: localhost. This could mean that the "
            f"variable was uninitialized. Not found: {missing}\n\t [[node {reader.name} (defined at {reader.made_at}) ]]")
    return FailedPreconditionError(
        reader.node_def, reader,
        f"Attempting to use uninitialized value {variable.name}\n\t [[node {reader.name} (defined at {reader.made_at}) ]]")


def result_of(source: Any, values: dict[Tensor, Any], state: VariableStore) -> Any:
    """Return the value of a fetched element as the program gets it, from where its plan says that it is found."""
    if source is None:
        return None
    if source in values:
        if values[source] is DEAD:
            raise InvalidArgumentError(None, None, f"Retval[0] does not have value: '{source.name}' is on a branch that was "
                                       "not taken.")
        value = np.asarray(values[source])
    elif source in state:
        value = np.asarray(state[source])
    else:
        raise _uninitialized(source, source, state)
    return value.copy() if value.ndim else value[()]
