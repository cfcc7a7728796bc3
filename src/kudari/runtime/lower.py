"""Lowering: running ops on arrays, one after another, be they concrete or traced by JAX."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from ..errors import InvalidArgumentError, OpError
from ..graph.operation import Operation
from ..graph.tensor import Tensor
from ..op.constant import fold_values
from .edges import is_told
from .guards import MERGES
from .plan import (
    CARRYING,
    SHAPE_OPS,
    asks_if_set,
    is_kept,
    is_variable,
    is_view,
    passes_on,
    size_of,
    variable_of,
    variables_written,
)
from .stores import is_store_handle


class Row(NamedTuple):
    """A value that is one row of an array."""

    array: Any
    number: int


class Lowering:
    """The values of tensors and variables while ops run.

    Args:
      values: of the tensors given from outside.
      state: of the variables, changed in place by the ops.
      statics: those given values that are known as NumPy arrays.
      overrides: by op type, functions used instead of the definitions' lowerings.

    Whether values are wrong that an op watches is gathered in `alarms`, a boolean scalar each.
    """

    def __init__(self, values: dict[Tensor, Any], state: dict[Any, Any], statics: dict[Tensor, np.ndarray],
                 overrides: dict[str, Callable]):
        self.values, self.state, self.statics, self.overrides = values, state, statics, overrides
        self.alarms: list[Any] = []

    def run(self, op: Operation) -> None:
        """Run `op`; keep its outputs, and the new values of its variables.

        Raises:
          InvalidArgumentError: if the values do not fit the op.
        """
        definition = op.definition
        if is_variable(op) or passes_on(op) or self._is_view(op):
            return
        if definition.name in MERGES:
            self.values[op.outputs[0]], self.values[op.outputs[1]] = self.read(op.inputs[0]), np.int32(0)
            return
        if asks_if_set(op):  # one that is not surely set is asked for outside of programs
            self.values[op.outputs[0]] = np.asarray(True)
            return
        args = [self._argument(arg, tensor, op) for arg, tensor in definition.flat_inputs(op)]
        lower = self.overrides.get(definition.name, definition.lower)
        inputs = definition.group(op, args)
        try:
            if definition.check_rule is not None:
                definition.check_rule(op, *inputs)
            result = lower(*self._held(op), *inputs, **definition.keyword_values(op))
            watch = definition.watcher(op)
            if watch is not None:
                self._watch(*watch(op, tuple(inputs), result if isinstance(result, tuple) else (result,)))
        except (TypeError, ValueError) as error:
            raise failure(op, error) from error
        self._keep(op, result)

    def _watch(self, is_wrong: Any, words: Callable[[], str | Exception]) -> None:
        self.alarms.append(is_wrong)

    def alarm(self) -> Any:
        """Return whether anything is wrong, as a boolean scalar."""
        return jnp.any(jnp.stack([jnp.asarray(flag) for flag in self.alarms])) if self.alarms else jnp.zeros((), bool)

    def _is_view(self, op: Operation) -> bool:
        """Whether `op` needs no value of its own: whoever reads it reads the variable."""
        return is_view(op) and op.inputs[0] not in self.values

    def _argument(self, arg: Any, tensor: Tensor, op: Operation) -> Any:
        if arg.is_static:
            return self.static(tensor)
        if (arg.is_ref or arg.writes) and op.definition.overwrites:
            return None
        value = self.read(tensor)
        return jnp.asarray(value) if isinstance(value, np.ndarray | np.generic) and value.dtype != object else value

    def read(self, tensor: Tensor) -> Any:
        """Return the value of `tensor`; of a variable, the one it holds now."""
        if tensor not in self.values:
            if is_store_handle(tensor):
                return None  # which stack or array it is, the nodes tell
            return tensor.op["value"] if is_told(tensor) else self.state[variable_of(tensor)]
        value = self.values[tensor]
        if isinstance(value, Row):
            value = self.values[tensor] = value.array[value.number]
        return value

    def _held(self, op: Operation) -> tuple:
        """What the lowering of `op` gets before its inputs."""
        return () if op.definition.state is None else (self.state[op],)

    def _keep(self, op: Operation, result: Any) -> None:
        if op.definition.state is not None:
            *result, self.state[op] = result
        results = result if isinstance(result, tuple | list) else (result,)
        written = [variable for variable in variables_written(op) if variable is not op]
        self.state.update(zip(written, results))
        outputs = [tensor for tensor in op.outputs if not tensor.dtype._is_ref_dtype or is_kept(tensor)]
        self.values.update(zip(outputs, results[len(written):]))

    def static(self, tensor: Tensor) -> np.ndarray:
        """Return the value of `tensor` as a NumPy array, computed apart from the traced program."""
        if tensor not in self.statics:
            for output, value in zip(tensor.op.outputs, self._fold(tensor.op)):
                self.statics[output] = value
        return self.statics[tensor]

    def _fold(self, op: Operation) -> tuple:
        if op.type in SHAPE_OPS:
            shapes = [jnp.shape(self.read(t)) for t in op.inputs]
            return shape_values(op, shapes)
        if op.type == "TensorArraySizeV3":
            return (self.static(size_of(op)),)
        if op.type in CARRYING:
            return (self.static(op.inputs[0]),) * len(op.outputs)
        inputs = [self.static(t) for t in op.inputs]
        if op.definition.fold_rule is not None:
            return fold_values(op, inputs)
        with jax.ensure_compile_time_eval():
            result = op.definition.lower(*op.definition.group(op, inputs), **op.definition.keyword_values(op))
        return tuple(np.asarray(r) for r in (result if isinstance(result, tuple | list) else (result,)))


def shape_values(op: Operation, shapes: list[tuple[int, ...]]) -> tuple:
    """Return what `op`, which asks for shapes, rank or size, says of tensors of some shapes."""
    if op.type == "Rank":
        return (np.asarray(len(shapes[0]), np.int32),)
    dtype = op["out_type"].as_numpy_dtype
    if op.type == "Size":
        return (np.asarray(np.prod(shapes[0], dtype=np.int64), dtype),)
    return tuple(np.asarray(shape, dtype) for shape in shapes)


def failure(op: Operation, error: Exception) -> Exception:
    """Return the error to raise when `op` could not run, with the line of the program that made it."""
    if isinstance(error, OpError):
        if error.op is None:
            error._node_def, error._op = op.node_def, op
            error._message += f"\n\t [[node {op.name} (defined at {op.made_at}) ]]"
        return error
    shapes = ", ".join(str(t.shape) for t in op.inputs)
    return InvalidArgumentError(op.node_def, op, f"{error}\n\t (inputs of static shape: {shapes})\n\t [[node {op.name} (op: "
                                f"'{op.type}', defined at {op.made_at}) ]]")
