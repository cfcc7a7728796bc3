"""Stacks and arrays in a compiled step: buffers that loops carry."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from ..graph.operation import Operation
from ..graph.tensor import Tensor
from .lower import Lowering
from .stores import Array, Gradient, Known, Stack, key_of, pop, push, put, take

_METHODS = {
    "StackV2": "stack",
    "StackPushV2": "push",
    "StackPopV2": "pop",
    "StackCloseV2": "close",
    "TensorArrayV3": "array",
    "TensorArrayGradV3": "gradient",
    "TensorArrayWriteV3": "write",
    "TensorArrayScatterV3": "scatter",
    "TensorArraySplitV3": "split",
    "TensorArrayReadV3": "read",
    "TensorArrayGatherV3": "gather",
    "TensorArrayConcatV3": "concat",
    "TensorArraySizeV3": "size",
    "TensorArrayCloseV3": "close",
}


class Holding(Lowering):
    """A lowering that keeps stores among the state."""

    def run_store(self, op: Operation, on: Any = True) -> None:
        """Run an op on a store.

        Args:
          op: the op.
          on: whether it counts, as a boolean scalar; if not, what it gives is not used.
        """
        getattr(self, f"_run_{_METHODS[op.type]}")(op, on)

    def room(self, op: Operation, key: Any) -> int:
        """Return how many values `op` may push on the stack `key`."""
        raise NotImplementedError

    def is_known(self, tensor: Tensor) -> bool:
        """Whether the value of `tensor` follows from constants and shapes."""
        raise NotImplementedError

    def places(self, op: Operation, index: int) -> Any:
        """Return the indices that input `index` of `op` holds, as a NumPy array if they are known."""
        raise NotImplementedError

    def _run_stack(self, op: Operation, on: Any) -> None:
        self.state[op] = Stack(None, jnp.int32(0))

    def _run_push(self, op: Operation, on: Any) -> None:
        key = key_of(op.inputs[0])
        if op.inputs[1].dtype.name == "resource":
            return
        value = jnp.asarray(self.read(op.inputs[1]))
        known = Known.of(self.static(op.inputs[1])) if self.is_known(op.inputs[1]) else None
        self.state[key] = push(self.state[key], value, self.room(op, key), jnp.asarray(on, jnp.int32), known)
        self.values[op.outputs[0]] = value

    def _run_pop(self, op: Operation, on: Any) -> None:
        key = key_of(op.inputs[0])
        if op.outputs[0].dtype.name != "resource":
            self.values[op.outputs[0]], self.state[key] = pop(self.state[key], jnp.asarray(on, jnp.int32))
            if self.state[key].known is not None:
                self.statics[op.outputs[0]] = self.state[key].known.array()

    def _run_close(self, op: Operation, on: Any) -> None:
        pass

    def _flow(self, op: Operation) -> None:
        self.values[op.outputs[-1]] = jnp.zeros((), jnp.float32)

    def _run_array(self, op: Operation, on: Any) -> None:
        size = int(self.static(op.inputs[0]))
        shape = op["element_shape"]
        known = shape is not None and None not in shape
        buffer = jnp.zeros((size, *shape), op["dtype"].as_numpy_dtype) if known else None
        self.state[op] = Array(buffer, size)
        self._flow(op)

    def _run_gradient(self, op: Operation, on: Any) -> None:
        self.make_gradient(key_of(op.outputs[0]))
        self._flow(op)

    def make_gradient(self, key: Gradient) -> None:
        """Make the array that gathers the gradients of another one, if it is not there yet."""
        if key not in self.state:
            if key.of not in self.state:
                self.make_gradient(key.of)
            forward = self.state[key.of]
            self.state[key] = Array(None if forward.buffer is None else jnp.zeros_like(forward.buffer), forward.size)

    def _put(self, op: Operation, where: Any, values: Any) -> None:
        key = key_of(op.inputs[0])
        self.state[key] = put(self.state[key], where, values, adds=isinstance(key, Gradient))
        self._flow(op)

    def _run_write(self, op: Operation, on: Any) -> None:
        self._put(op, self.read(op.inputs[1]), jnp.asarray(self.read(op.inputs[2])))

    def _run_scatter(self, op: Operation, on: Any) -> None:
        self._put(op, self.places(op, 1), jnp.asarray(self.read(op.inputs[2])))

    def _run_split(self, op: Operation, on: Any) -> None:
        value, lengths = jnp.asarray(self.read(op.inputs[1])), self.static(op.inputs[2])
        if len(set(lengths.tolist())) > 1:
            raise TypeError("The parts of a split differ in length.")
        parts = value.reshape(len(lengths), *([-1] if value.size else [0]), *value.shape[1:])
        self._put(op, np.arange(len(lengths)), parts)

    def _array(self, op: Operation) -> Array:
        array = self.state[key_of(op.inputs[0])]
        if array.buffer is None:
            raise TypeError("The shape of the elements is not known.")
        return array

    def _run_read(self, op: Operation, on: Any) -> None:
        self.values[op.outputs[0]] = take(self._array(op), self.read(op.inputs[1]))

    def _run_gather(self, op: Operation, on: Any) -> None:
        self.values[op.outputs[0]] = take(self._array(op), self.places(op, 1))

    def _run_concat(self, op: Operation, on: Any) -> None:
        buffer = self._array(op).buffer
        self.values[op.outputs[0]] = buffer.reshape(-1, *buffer.shape[2:]) if buffer.size else \
            buffer.reshape(0, *buffer.shape[2:])
        self.values[op.outputs[1]] = jnp.full(buffer.shape[0], buffer.shape[1], jnp.int64)

    def _run_size(self, op: Operation, on: Any) -> None:
        self.values[op.outputs[0]] = jnp.int32(self.state[key_of(op.inputs[0])].size)
