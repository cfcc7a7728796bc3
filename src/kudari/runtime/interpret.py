"""The reference executor: runs ops one at a time, in Python for host ops and through JAX for the others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from ..graph.operation import Operation
from ..graph.tensor import Tensor
from ..op.definition import OpDef
from .lower import Lowering, failure
from .plan import Segment, variable_of
from .store import VariableStore

jax.config.update("jax_enable_x64", True)


class Interpreter(Lowering):
    """Runs ops on concrete values; every `Static` input is simply there."""

    def run(self, op: Operation) -> None:
        """Run `op`, a host op on NumPy arrays."""
        if op.type == "IsVariableInitialized":
            self.values[op.outputs[0]] = np.asarray(variable_of(op.inputs[0]) in self.state)
        elif (op.definition.host or _holds_objects(op)) and not self._is_view(op):
            self._run_on_host(op, op.definition)
        else:
            super().run(op)

    def _run_on_host(self, op: Operation, definition: OpDef) -> None:
        args = [np.asarray(self.read(t)) for t in op.inputs]
        inputs = definition.group(op, args)
        try:
            if definition.check_rule is not None:
                definition.check_rule(op, *inputs)
            result = definition.lower(*inputs, **definition.keyword_values(op))
            if definition.watch_rule is not None:
                self._watch(*definition.watch_rule(op, tuple(inputs), result if isinstance(result, tuple) else (result,)))
        except (TypeError, ValueError) as error:
            raise failure(op, error) from error
        self._keep(op, result)

    def _watch(self, is_wrong: Any, words: Callable[[], str | Exception]) -> None:
        if is_wrong:
            problem = words()
            raise problem if isinstance(problem, Exception) else ValueError(problem)

    def static(self, tensor: Tensor) -> np.ndarray:
        """Return the value of `tensor`, computed already."""
        return np.asarray(self.read(tensor))


def _holds_objects(op: Operation) -> bool:
    return any(t.dtype.as_numpy_dtype is np.object_ for t in (*op.inputs, *op.outputs))


def run_interpreted(segment: Segment, state: VariableStore, inputs: list[Any]) -> list[Any]:
    """Run a segment op by op; update `state` and return the outputs."""
    interpreter = Interpreter(dict(zip(segment.inputs, inputs)), state, {}, {})
    for op in segment.ops:
        interpreter.run(op)
    state.set_shaped_anew(segment.writes, [jnp.asarray(state[v]) for v in segment.writes])
    return [interpreter.read(t) for t in segment.outputs]
