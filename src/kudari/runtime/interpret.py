"""The reference executor: runs ops one at a time, in Python for host ops and through JAX for the others."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from ..errors import OpError
from ..graph.operation import Operation
from ..graph.tensor import Tensor
from ..op.constant import fold_values
from ..op.definition import OpDef
from ..op.keeping import kept_by
from ..op.waiting import WouldWaitError, not_at_all
from .frames import Loop
from .guards import MERGES, SWITCHES, Guard
from .host_stores import run_on_host
from .lower import Lowering, failure
from .plan import HOST_TYPES, Segment, asks_if_set, is_handle, is_store, is_variable, passes_on, variable_of
from .store import VariableStore
from .stores import OPS as STORE_OPS

jax.config.update("jax_enable_x64", True)


class _Dead:
    """What comes out of an op that does not run."""

    def __repr__(self) -> str:
        return "<no value>"


DEAD = _Dead()


class Interpreter(Lowering):
    """Runs ops on concrete values; every `Static` input is simply there.

    An op runs if all it waits for has run and all its inputs have a value; a merge, if one of them has.

    Args:
      values: of the tensors given from outside.
      state: of the variables, changed in place by the ops.
      guards: of the ops that do not always run.
      folds: whether NumPy does what it can, so that nothing is compiled for sizes that never come again.
      lock: of the variables, to be held while an op runs that does not wait for another thread; `None` if it is held, or
        nothing here uses variables.
    """

    def __init__(self, values: dict[Tensor, Any], state: dict[Operation, Any], guards: dict[Any, Guard] | None = None,
                 folds: bool = False, lock: AbstractContextManager | None = None):
        super().__init__(values, state, {}, {})
        self._folds, self._lock = folds, lock or nullcontext()
        self._guards = guards or {}
        self._dead: set[Operation] = set()

    def run(self, unit: Any) -> None:
        """Run an op, a host op on NumPy arrays, or a loop."""
        if isinstance(unit, Operation) and not unit.definition.waits:
            with self._lock:
                self._run(unit)
        else:
            self._run(unit)

    def _run(self, unit: Any) -> None:
        if not self._runs(unit):
            self._dead.update([unit] if isinstance(unit, Operation) else unit.exits)
            self.values.update(dict.fromkeys(unit.outputs, DEAD))
        elif isinstance(unit, Loop):
            self._run_loop(unit)
        elif unit.type in SWITCHES:
            self._switch(unit)
        elif unit.type in MERGES:
            self._merge(unit)
        elif unit.type in STORE_OPS:
            self._on_store(unit)
        elif unit.type == "DestroyResourceOp" and is_handle(unit.inputs[0]):
            self._destroy(unit)
        elif unit.type == "Const":
            self.values[unit.outputs[0]] = unit["value"]
        elif asks_if_set(unit):
            self.values[unit.outputs[0]] = np.asarray(variable_of(unit.inputs[0]) in self.state)
        elif (unit.definition.host or _holds_objects(unit)) and not (is_variable(unit) or self._is_view(unit)):
            self._run_on_host(unit, unit.definition)
        elif self._folds and unit.definition.fold_rule is not None:
            self._fold_here(unit)
        else:
            super().run(unit)

    def _runs(self, unit: Any) -> bool:
        if any(op in self._dead for op in unit.control_input_list):
            return False
        if any(not self._holds(pair) for pair in self._guards.get(unit, ())):
            return False
        some = any if isinstance(unit, Operation) and unit.type in MERGES else all
        return some(self._is_alive(t) for t in unit.inputs) or not unit.inputs

    def _holds(self, pair: tuple[Tensor, int]) -> bool:
        pred, side = pair
        value = self.values[pred]
        return value is not DEAD and bool(value) == side

    def _is_alive(self, tensor: Tensor) -> bool:
        if self.values.get(tensor) is DEAD:
            return False
        return all(self._holds(pair) for pair in self._guards.get(tensor, ()))

    def _switch(self, op: Operation) -> None:
        pred = self.read(op.inputs[1])
        if np.shape(pred):
            raise failure(op, ValueError(f"The second input must be a scalar, but it has shape {list(np.shape(pred))}"))
        taken = int(bool(pred))
        self.values[op.outputs[1 - taken]] = DEAD
        if op.type == "Switch" and not is_handle(op.inputs[0]):
            self.values[op.outputs[taken]] = self.read(op.inputs[0])
        else:
            self.values.pop(op.outputs[taken], None)

    def _merge(self, op: Operation) -> None:
        index = next(i for i, t in enumerate(op.inputs) if self._is_alive(t))
        self.values[op.outputs[0]], self.values[op.outputs[1]] = self.read(op.inputs[index]), np.int32(index)

    def _on_store(self, op: Operation) -> None:
        try:
            run_on_host(op, self.read, self.values, self.state)
        except ValueError as error:
            raise failure(op, error) from error

    def _run_loop(self, loop: Loop) -> None:
        for enter in loop.enters:
            if not passes_on(enter):
                self.values[enter.outputs[0]] = self.read(enter.inputs[0])
        held = [self.read(loop.initial(op)) for op in loop.variables]
        rest = [unit for unit in loop.units if unit not in loop.variables]
        while True:
            self._dead.difference_update(loop.all_ops())
            for op, value in zip(loop.variables, held):
                self.values[op.outputs[0]] = value
            for unit in rest:
                self.run(unit)
            if not bool(self.values[loop.condition]):
                return
            held = [self.read(loop.following(op)) for op in loop.variables]

    def _run_on_host(self, op: Operation, definition: OpDef) -> None:
        args = self._waiting_arguments(op) if definition.waits else [
            None if definition.overwrites and (arg.is_ref or arg.writes) else np.asarray(self.read(t))
            for arg, t in definition.flat_inputs(op)]
        inputs = definition.group(op, args)
        try:
            if definition.check_rule is not None:
                definition.check_rule(op, *inputs)
            kept = kept_by(self.state, op) if definition.keeps else None
            result = definition.lower(*self._held(op), *inputs, **definition.keyword_values(op, kept))
            watch = definition.watcher(op)
            if watch is not None:
                self._watch(*watch(op, tuple(inputs), result if isinstance(result, tuple) else (result,)))
        except OpError as error:
            raise failure(op, error) from error.__cause__
        except (TypeError, ValueError) as error:
            raise failure(op, error) from error
        self._keep(op, result)

    def _waiting_arguments(self, op: Operation) -> list[np.ndarray]:
        """The inputs of an op during which others change variables."""
        with self._lock:
            return [np.asarray(self.read(t)) if t in self.values else np.array(self.read(t)) for t in op.inputs]

    def _fold_here(self, op: Operation) -> None:
        inputs = [np.asarray(self.read(t)) for t in op.inputs]
        try:
            if op.definition.check_rule is not None:
                op.definition.check_rule(op, *op.definition.group(op, inputs))
            self.values.update(zip(op.outputs, fold_values(op, inputs)))
        except (TypeError, ValueError) as error:
            raise failure(op, error) from error

    def _watch(self, is_wrong: Any, words: Callable[[], str | Exception]) -> None:
        if is_wrong:
            problem = words()
            raise problem if isinstance(problem, Exception) else ValueError(problem)

    def _destroy(self, op: Operation) -> None:
        variable = variable_of(op.inputs[0])
        if self.state.pop(variable, None) is None and not op["ignore_lookup_error"]:
            raise failure(op, ValueError(f"Resource localhost/{variable.name}/N10tensorflow3VarE does not exist."))

    def static(self, tensor: Tensor) -> np.ndarray:
        """Return the value of `tensor`, computed already."""
        return np.asarray(self.read(tensor))


def _holds_objects(op: Operation) -> bool:
    return any(not is_handle(t) and t.dtype.base_dtype in HOST_TYPES for t in (*op.inputs, *op.outputs))


def as_kept(value: Any) -> Any:
    """Return the value of a variable as compiled programs take it; strings, which none takes, as they are."""
    return value if isinstance(value, np.ndarray) and value.dtype.hasobject else jnp.asarray(value)


def run_interpreted(segment: Segment, state: VariableStore, inputs: list[Any],
                    lock: AbstractContextManager | None = None, make: Callable[..., Interpreter] = Interpreter) -> list[Any]:
    """Run a segment op by op; update `state` and return the outputs.

    Args:
      segment: to run.
      state: of the variables.
      inputs: values of its inputs.
      lock: of the variables, if it is not held.
      make: the interpreter that runs it.
    """
    interpreter = make(dict(zip(segment.inputs, inputs)), state, segment.guards, folds=segment.on_host, lock=lock)
    if segment.waits > 1:
        _run_as_they_can(segment.ops, interpreter)
    else:
        for unit in segment.ops:
            interpreter.run(unit)
    with lock or nullcontext():
        written = [v for v in segment.writes if v in state and not is_store(v)]
        state.set_shaped_anew(written, [as_kept(state[v]) for v in written])
        return [interpreter.read(t) for t in segment.outputs]


def _run_as_they_can(units: list[Any], interpreter: Interpreter) -> None:
    """Run units; one that would wait comes after those that can go on without it, on one of which it may depend."""
    while units:
        later: dict[Any, None] = {}
        for unit in units:
            before = (*(t.op for t in unit.inputs), *unit.control_input_list)
            if any(op in later for op in before) or not _ran_at_once(unit, interpreter):
                later[unit] = None
        rest = list(later)
        if len(rest) == len(units):
            interpreter.run(rest.pop(0))
        units = rest


def _ran_at_once(unit: Any, interpreter: Interpreter) -> bool:
    if not isinstance(unit, Operation) or not unit.definition.waits:
        interpreter.run(unit)
        return True
    try:
        with not_at_all():
            interpreter.run(unit)
    except WouldWaitError:
        return False
    return True
