"""Lowering of whole segments for XLA: conditionals become `lax.cond`, loops `lax.while_loop`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
from jax import lax

from ..graph.operation import Operation
from ..graph.tensor import Tensor
from .branches import Branches
from .lower import Lowering, failure
from .plan import variables_written


class Traced(Lowering):
    """Runs the units of a device segment on traced values."""

    def run(self, unit: Any) -> None:
        """Run one op or one conditional."""
        if isinstance(unit, Branches):
            self._run_branches(unit)
        else:
            super().run(unit)

    def _inner(self, state: dict[Operation, Any]) -> Traced:
        """A lowering that sees what this one knows, and changes nothing of it."""
        return type(self)(dict(self.values), {**self.state, **state}, dict(self.statics), self.overrides)

    def _run_branches(self, branches: Branches) -> None:
        written = list(dict.fromkeys(v for op in branches.inside for v in variables_written(op)))
        sides = [self._side(branches, side, written) for side in range(2)]
        seen: list[Any] = [None] * len(branches.seen)
        if seen:
            shapes = [jax.eval_shape(side)[1] for side in sides]
            seen = [shapes[side][i] for i, (_, side) in enumerate(branches.seen)]
        merged, found, state, alarm = self._choose(branches, [_with_zeros(side, seen) for side in sides])
        for op, value in zip(branches.merges, merged):
            self.values[op.outputs[0]], self.values[op.outputs[1]] = value
        self.values.update(zip([t for t, _ in branches.seen], found))
        self.state.update(zip(written, state))
        self.alarms.append(alarm)

    def _choose(self, branches: Branches, functions: list[Callable]) -> tuple:
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
        def run() -> tuple:
            inner = self._inner({})
            for unit in branches.sides[side]:
                inner.run(unit)
            merged = [(inner.array(op.inputs[arrivals[side]]), jnp.int32(arrivals[side]))
                      for op, arrivals in branches.merges.items()]
            seen = [inner.array(t) if where == side else None for t, where in branches.seen]
            return merged, seen, [inner.state[v] for v in written], inner.alarm()

        return run

    def array(self, tensor: Tensor) -> Any:
        """Return the value of `tensor` as an array of its type."""
        return jnp.asarray(self.read(tensor), tensor.dtype.base_dtype.as_numpy_dtype)


def _with_zeros(run: Callable, shapes: list[Any]) -> Callable:
    """`run` with zeros for what only the other side computes."""
    def whole() -> tuple:
        merged, seen, state, alarm = run()
        seen = [jnp.zeros(there.shape, there.dtype) if here is None else here for here, there in zip(seen, shapes)]
        return merged, seen, state, alarm

    return whole


class UntraceableError(Exception):
    """XLA cannot take these units: shapes differ between branches or iterations."""
