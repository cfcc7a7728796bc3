"""Stacks and arrays of tensors, which live while a step runs.

A handle stands for a store. Which one is read off the nodes: the key of a store is the op that makes it, or `Gradient` of
another key. Executors keep stores with the variables, by key.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from ..dtypes import resource
from ..graph.operation import Operation
from ..graph.tensor import Tensor

MAKERS = frozenset({"StackV2", "TensorArrayV3"})
GRADIENTS = frozenset({"TensorArrayGradV3", "TensorArrayGradWithShape"})
_CHANGING = frozenset({"StackPushV2", "StackPopV2", "TensorArrayWriteV3", "TensorArrayScatterV3", "TensorArraySplitV3"})
_LOOKING = frozenset({"TensorArrayReadV3", "TensorArrayGatherV3", "TensorArrayConcatV3", "TensorArraySizeV3"})
_IDLE = frozenset({"TensorArrayCloseV3", "StackCloseV2"})
OPS = MAKERS | GRADIENTS | _CHANGING | _LOOKING | _IDLE
_HANDING_ON = frozenset({"Enter", "Switch", "Identity", "Exit", "NextIteration", "Merge"})


class Known(NamedTuple):
    """An array that can be compared and hashed."""

    data: bytes
    dtype: str
    shape: tuple[int, ...]

    @staticmethod
    def of(array: np.ndarray) -> Known:
        """Return `array` as a `Known`."""
        return Known(array.tobytes(), array.dtype.name, array.shape)

    def array(self) -> np.ndarray:
        """Return the array."""
        return np.frombuffer(self.data, self.dtype).reshape(self.shape)


class Gradient(NamedTuple):
    """The key of the array that gathers the gradients of another one.

    Args:
      of: the key of the other.
      source: which gradient.
    """

    of: Any
    source: str

    @property
    def name(self) -> str:
        """For messages."""
        return f"{self.of.name}@{self.source}"


def key_of(handle: Tensor) -> Any:
    """Return the key of the store that `handle` stands for; `None` if it is the handle of something else."""
    op = handle.op
    while op.type in _HANDING_ON:
        op = op.inputs[0].op
    if op.type in MAKERS:
        return op
    if op.type in GRADIENTS:
        of = key_of(op.inputs[0])
        return None if of is None else Gradient(of, op["source"])
    if op.type == "StackPopV2":
        pushed = pushed_on(key_of(op.inputs[0]))
        return None if pushed is None else key_of(pushed)
    return None


def is_store_handle(tensor: Tensor) -> bool:
    """Whether `tensor` stands for a stack or an array."""
    return tensor.dtype == resource and key_of(tensor) is not None


def pushed_on(stack: Operation) -> Tensor | None:
    """What is pushed on a stack of handles."""
    queue = list(stack.outputs)
    while queue:
        for op in queue.pop()._consumers:
            if op.type == "StackPushV2":
                return op.inputs[1]
            if op.type in _HANDING_ON:
                queue.extend(op.outputs)
    return None


def maker_of(key: Any) -> Operation:
    """Return the op that makes the store, or that whose gradients it gathers."""
    while isinstance(key, Gradient):
        key = key.of
    return key


def stores_read(op: Operation) -> list[Any]:
    """Return the keys of the stores whose contents `op` needs."""
    if op.type in _CHANGING or op.type in _LOOKING:
        return [key_of(op.inputs[0])]
    if op.type in GRADIENTS:
        return [key_of(op.inputs[0]), key_of(op.outputs[0])]
    return []


def stores_written(op: Operation) -> list[Any]:
    """Return the keys of the stores that `op` makes or changes."""
    if op.type in MAKERS:
        return [op]
    if op.type in _CHANGING:
        return [key_of(op.inputs[0])]
    return [key_of(op.outputs[0])] if op.type in GRADIENTS else []


class Stack:
    """A stack in a compiled step: room for as many values as it may hold, of which the first `count` are there.

    Args:
      buffer: the room; `None` before the first value.
      count: how many values there are.
      known: the value, if every one is the same and follows from constants and shapes.
    """

    def __init__(self, buffer: Any, count: Any, known: Known | None = None):
        self.buffer, self.count, self.known = buffer, count, known


class Array:
    """An array in a compiled step: its elements, one after the other; `None` before the first is written."""

    def __init__(self, buffer: Any, size: int):
        self.buffer, self.size = buffer, size


jax.tree_util.register_pytree_node(Stack, lambda stack: ((stack.buffer, stack.count), stack.known),
                                   lambda known, parts: Stack(*parts, known))
jax.tree_util.register_pytree_node(Array, lambda array: ((array.buffer,), array.size),
                                   lambda size, parts: Array(parts[0], size))


def push(stack: Stack, value: Any, room: int, on: Any, known: Known | None) -> Stack:
    """Return `stack` with `value` on it, if `on`."""
    buffer = jnp.zeros((room, *value.shape), value.dtype) if stack.buffer is None else stack.buffer
    if buffer.shape[1:] != value.shape:
        raise TypeError(f"A stack holds values of shape {buffer.shape[1:]}, and gets one of shape {value.shape}.")
    known = known if stack.buffer is None or known == stack.known else None
    return Stack(lax.dynamic_update_index_in_dim(buffer, value, stack.count, 0), stack.count + on, known)


def pop(stack: Stack, on: Any) -> tuple[Any, Stack]:
    """Return the value on top, and the stack without it, if `on`."""
    top = lax.dynamic_index_in_dim(stack.buffer, stack.count - 1, keepdims=False)
    return top, Stack(stack.buffer, stack.count - on, stack.known)


def put(array: Array, where: Any, values: Any, *, adds: bool) -> Array:
    """Return `array` with `values` at the places `where`, or added to what is there.

    Args:
      array: the array.
      where: an index, or a vector of them.
      values: an element, or as many as there are indices.
      adds: whether what was there stays.
    """
    shape = values.shape[np.ndim(where):]
    if array.buffer is None and np.ndim(where) and isinstance(where, np.ndarray) and _is_everything(where, array.size):
        return Array(values, array.size)
    buffer = jnp.zeros((array.size, *shape), values.dtype) if array.buffer is None else array.buffer
    if buffer.shape[1:] != shape:
        raise TypeError(f"An array holds elements of shape {buffer.shape[1:]}, and gets one of shape {shape}.")
    if adds:
        return Array(buffer.at[where].add(values), array.size)
    if np.ndim(where):
        return Array(buffer.at[where].set(values), array.size)
    return Array(lax.dynamic_update_index_in_dim(buffer, values, where, 0), array.size)


def take(array: Array, where: Any) -> Any:
    """Return the element, or elements, of `array` at the places `where`."""
    if np.ndim(where) == 0:
        return lax.dynamic_index_in_dim(array.buffer, where, keepdims=False)
    if isinstance(where, np.ndarray) and _is_everything(where, array.size):
        return array.buffer
    return array.buffer[where]


def _is_everything(where: np.ndarray, size: int) -> bool:
    return where.shape == (size,) and bool(np.all(where == np.arange(size)))


class HostArray:
    """An array outside of a compiled step: elements of any shape.

    Args:
      size: how many.
      grows: whether a write beyond the end makes it longer.
      adds: whether a second write adds to the first.
      like: the array whose gradients it gathers.
    """

    def __init__(self, size: int, grows: bool, adds: bool, like: HostArray | None = None):
        self.items: list[Any] = [None] * size
        self.grows, self.adds, self.like = grows, adds, like

    def write(self, index: int, value: Any) -> None:
        """Set an element.

        Raises:
          ValueError: if there is no such place, or an element is there already.
        """
        if index >= len(self.items) and self.grows and index >= 0:
            self.items.extend([None] * (index + 1 - len(self.items)))
        if not 0 <= index < len(self.items):
            raise ValueError(f"Tried to write to index {index} but array is not resizeable and size is: {len(self.items)}")
        if self.items[index] is not None and not self.adds:
            raise ValueError(f"Could not write to TensorArray index {index} because it has already been written to.")
        self.items[index] = value if self.items[index] is None else self.items[index] + value

    def read(self, index: int, shape: Any, dtype: Any) -> Any:
        """Return an element, zeros if none was written and the shape is known.

        Raises:
          ValueError: if there is no such place, or nothing to return.
        """
        if not 0 <= index < len(self.items):
            raise ValueError(f"Tried to read from index {index} but array size is: {len(self.items)}")
        if self.items[index] is not None:
            return self.items[index]
        if self.like is not None and index < len(self.like.items) and self.like.items[index] is not None:
            return np.zeros_like(self.like.items[index])
        if shape is None or None in shape:
            raise ValueError(f"Could not read from TensorArray index {index}.  Furthermore, the element shape is not fully "
                             f"defined: {'<unknown>' if shape is None else shape}.  It is possible you are working with a "
                             "resizeable TensorArray and stop_gradients is not allowing the gradients to be written.  If "
                             "you set the full element_shape property on the forward TensorArray, the proper all-zeros "
                             "tensor will be returned instead of incurring this error.")
        return np.zeros(shape, dtype)
