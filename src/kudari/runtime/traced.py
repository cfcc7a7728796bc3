"""Lowering of whole segments for XLA: conditionals become `lax.cond`, loops `lax.while_loop`."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from ..dtypes import resource
from ..graph.operation import Operation
from ..graph.tensor import Tensor
from .bounds import bound_of
from .branches import Branches, Predicated
from .frames import Loop, all_ops
from .guards import MERGES, Guard
from .holding import Holding
from .lower import failure
from .plan import CARRYING, SHAPE_OPS, effects, size_of
from .stores import OPS as STORE_OPS
from .stores import Array, Gradient, Stack, maker_of


class Traced(Holding):
    """Runs the units of a device segment on traced values.

    Args:
      values: of the tensors given from outside.
      state: of the variables, stacks and arrays.
      statics: those given values that are known as NumPy arrays.
      overrides: by op type, functions used instead of the definitions' lowerings.
      guess: how many values a stack may get of a loop whose number of iterations is not known.

    How many values such a stack got is gathered in `counts`.
    """

    def __init__(self, values: dict[Tensor, Any], state: dict[Any, Any], statics: dict[Tensor, np.ndarray],
                 overrides: dict[str, Callable], guess: int):
        super().__init__(values, state, statics, overrides)
        self.guess = guess
        self.counts: list[Any] = []
        self._trace: dict[str, bool] = {}  # what the lowerings of one program share
        self._given = set(values)
        self._nest: list[int | None] = []  # the iterations of the loops around, where they are known
        self._depth: dict[Any, int] = {}  # how many loops there are around a stack

    def run(self, unit: Any) -> None:
        """Run one op, conditional or loop."""
        if isinstance(unit, Branches):
            self._run_branches(unit)
        elif isinstance(unit, Loop):
            self._run_loop(unit)
        elif isinstance(unit, Predicated):
            self.run_store(unit.op, self._all_hold(unit.guard))
        elif unit.type in STORE_OPS:
            self._depth.setdefault(unit, len(self._nest))
            self.run_store(unit)
        else:
            super().run(unit)

    def _all_hold(self, guard: Guard) -> Any:
        holds = jnp.ones((), bool)
        for pred, side in guard:
            holds &= jnp.asarray(self.read(pred)) == bool(side)
        return holds

    def _inner(self, state: dict[Any, Any]) -> Traced:
        """A lowering that sees what this one knows, and changes nothing of it."""
        inner = Traced(dict(self.values), {**self.state, **state}, dict(self.statics), self.overrides, self.guess)
        inner._trace = self._trace
        inner._given, inner._nest, inner._depth = self._given, list(self._nest), dict(self._depth)
        return inner

    @property
    def is_guessing(self) -> bool:
        """Whether a stack was given room for a number of values that was guessed."""
        return "guesses" in self._trace

    def _watch(self, is_wrong: Any, words: Callable[[], str | Exception]) -> None:
        super()._watch(is_wrong, words)
        self._trace["watches"] = True

    def report(self) -> tuple[Any, Any]:
        """Return whether anything is wrong, and the most values that a stack got without a known bound."""
        return self.alarm(), functools.reduce(jnp.maximum, self.counts, jnp.int32(0))

    def _take_report(self, report: tuple[Any, Any]) -> None:
        self.alarms.append(report[0])
        self.counts.append(report[1])

    def room(self, op: Operation, key: Any) -> int:
        """Return how many values `op` may push on the stack `key`: one in each iteration of the loops around."""
        bounds = self._nest[self._depth.get(key, 0):]
        if None not in bounds:
            return max(1, math.prod(bounds))  # type: ignore[arg-type]
        self._trace["guesses"] = True
        return self.guess

    def places(self, op: Operation, index: int) -> Any:
        """Return the indices that input `index` of `op` holds, as a NumPy array if they are known."""
        tensor = op.inputs[index]
        return self.static(tensor) if self.is_known(tensor) else self.read(tensor)

    def is_known(self, tensor: Tensor) -> bool:
        """Whether the value of `tensor` follows from constants and shapes."""
        if tensor in self.statics:
            return True
        op = tensor.op
        if tensor in self._given or op.definition.host or op.type in MERGES or op.type == "Placeholder":
            return False
        if op.type in SHAPE_OPS:
            return True
        if op.type == "TensorArraySizeV3":
            return self.is_known(size_of(op))
        if op.definition.stateful or tensor.dtype._is_ref_dtype:
            return False
        return all(self.is_known(t) for t in (op.inputs[:1] if op.type in CARRYING else op.inputs))

    def _run_branches(self, branches: Branches) -> None:
        written = effects(branches, set())[1]
        self._make_gradients(written)
        sides = [self._side(branches, side, written) for side in range(2)]
        taken = self._only_side(branches)
        merged, found, state, report = self._choose(branches, sides) if taken is None else sides[taken]()
        for op, value in zip(branches.merges, merged):
            self.values[op.outputs[0]], self.values[op.outputs[1]] = value
        self.values.update(zip([t for t, _ in branches.seen], found))
        self.state.update(zip(written, state))
        self._take_report(report)

    def _only_side(self, branches: Branches) -> int | None:
        """The side that is taken if that is known and nothing of the other is used elsewhere: it need not make sense."""
        if not self.is_known(branches.pred) or np.shape(pred := self.static(branches.pred)):
            return None
        side = int(bool(pred))
        return side if all(where == side for _, where in branches.seen) else None

    def _choose(self, branches: Branches, sides: list[Callable]) -> tuple:
        """What the side gives that is chosen while the program runs, with zeros for what the other would give."""
        seen: list[Any] = [None] * len(branches.seen)
        if seen:
            shapes = [jax.eval_shape(side)[1] for side in sides]
            seen = [shapes[side][i] for i, (_, side) in enumerate(branches.seen)]
        functions = [_with_zeros(side, seen) for side in sides]
        pred = self.read(branches.pred)
        if jnp.shape(pred):
            raise failure(branches.pred.op, ValueError("The second input must be a scalar, "
                                                       f"but it has shape {list(jnp.shape(pred))}"))
        try:
            return lax.cond(pred, functions[1], functions[0])
        except TypeError as error:
            raise UntraceableError(str(error)) from error

    def _side(self, branches: Branches, side: int, written: list[Operation]) -> Callable:
        """A function of nothing that runs one side and returns what is seen of it outside, `None` for the other's."""
        # Only loops ask whether anything is wrong so far.
        report = self.report() if any(op.type == "LoopCond" for op in branches.all_ops()) else None

        def run() -> tuple:
            inner = self._inner({})
            if report is not None:
                inner._take_report(report)
            for unit in branches.sides[side]:
                inner.run(unit)
            merged = [(inner.array(op.inputs[arrivals[side]]), jnp.int32(arrivals[side]))
                      for op, arrivals in branches.merges.items()]
            seen = [inner.array(t) if where == side else None for t, where in branches.seen]
            return merged, seen, [inner.state[v] for v in written], inner.report()

        return run

    def _make_gradients(self, keys: list[Any]) -> None:
        """Make the arrays of gradients that conditionals and loops write, so that there is something to carry."""
        for key in keys:
            if isinstance(key, Gradient) and maker_of(key) in self.state:
                self.make_gradient(key)

    def _run_loop(self, loop: Loop) -> None:
        for enter in loop.enters:
            if enter.type == "Enter" and enter.inputs[0].dtype != resource:
                self.values[enter.outputs[0]] = self.read(enter.inputs[0])
        self._make_gradients(loop.written)
        written = [v for v in loop.written if v in self.state]
        bound = bound_of(loop, self)
        stops = self._may_be_wrong(loop)

        def opened(held: Any) -> Traced:
            variables, state, report = held
            inner = self._inner(dict(zip(written, state)))
            inner._nest.append(bound)
            if stops:
                inner._take_report(report)
            inner.values.update((op.outputs[0], value) for op, value in zip(loop.variables, variables))
            for unit in loop.before:
                inner.run(unit)
            return inner

        def body(held: Any) -> Any:
            inner = opened(held)
            for unit in loop.body:
                inner.run(unit)
            variables = [inner.array(loop.following(op)) for op in loop.variables]
            alarm, count = inner.report()
            return variables, [inner.state[v] for v in written], (held[2][0] | alarm, jnp.maximum(held[2][1], count))

        def goes_on(held: Any) -> Any:
            condition = opened(held).read(loop.condition)
            return condition & ~held[2][0] & (held[2][1] <= self.guess) if stops else condition

        start = [self.array(loop.initial(op)) for op in loop.variables]
        held = (start, [self.state[v] for v in written], self.report() if stops else (jnp.zeros((), bool), jnp.int32(0)))
        try:
            held = _with_room(body, held)
            variables, state, report = lax.while_loop(goes_on, body, held)
        except TypeError as error:
            raise UntraceableError(str(error)) from error
        self.state.update(zip(written, state))
        self._take_report(report)
        if any(map(_watches, all_ops(loop.before))):
            self._take_report(opened((variables, state, report)).report())  # of the condition that ended the loop
        if bound is None or None in self._nest:
            self.counts.extend(self.state[v].count for v in written if isinstance(self.state[v], Stack))
        self.values.update((op.outputs[0], value) for op, value in zip(loop.variables, variables))
        for exit in loop.exits:
            if exit.type == "Exit":
                self.values[exit.outputs[0]] = self.values[exit.inputs[0].op.inputs[0]]

    def _may_be_wrong(self, loop: Loop) -> bool:
        """Whether the step may have to be done again for values that `loop` sees: it must stop then, since it might not end.

        What is popped off a stack that had no room for it is wrong. The loops before the first pop run to their end: they
        tell how much room there must be.
        """
        inside = list(loop.all_ops())
        if "watches" in self._trace or any(map(_watches, inside)):
            return True
        types = {op.type for op in inside}
        if "StackPopV2" in types and (self.is_guessing or "StackPushV2" in types):
            self._trace["pops"] = True
        return "pops" in self._trace

    def array(self, tensor: Tensor) -> Any:
        """Return the value of `tensor` as an array of its type."""
        return jnp.asarray(self.read(tensor), tensor.dtype.base_dtype.as_numpy_dtype)


def _watches(op: Operation) -> bool:
    return op.definition.watcher(op) is not None


def _with_room(body: Callable, held: Any) -> Any:
    """`held`, what a loop starts with, with empty buffers of the shapes that the first iteration finds out."""
    while any(isinstance(v, Stack | Array) and v.buffer is None for v in held[1]):
        found = jax.eval_shape(body, held)[1]
        filled = [_filled(v, new) for v, new in zip(held[1], found)]
        if all(new is v for v, new in zip(held[1], filled)):
            return held
        held = (held[0], filled, held[2])
    return held


def _filled(store: Any, found: Any) -> Any:
    if not isinstance(store, Stack | Array) or store.buffer is not None or found.buffer is None:
        return store
    buffer = jnp.zeros(found.buffer.shape, found.buffer.dtype)
    return Stack(buffer, store.count, found.known) if isinstance(store, Stack) else Array(buffer, store.size)


def _with_zeros(run: Callable, shapes: list[Any]) -> Callable:
    """`run` with zeros for what only the other side computes."""
    def whole() -> tuple:
        merged, seen, state, report = run()
        seen = [jnp.zeros(there.shape, there.dtype) if here is None else here for here, there in zip(seen, shapes)]
        return merged, seen, state, report

    return whole


class UntraceableError(Exception):
    """XLA cannot take these units: shapes differ between branches or iterations."""
