"""Stacks and arrays outside of a compiled step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..graph.operation import Operation
from .stores import Array, Gradient, HostArray, Stack, key_of, maker_of


def run_on_host(op: Operation, read: Callable, values: dict, state: Any) -> None:
    """Run an op on a store with concrete values.

    Args:
      op: the op.
      read: from a tensor to its value.
      values: gets those of the outputs.
      state: has the stores by their keys.

    Raises:
      ValueError: if the store does not have what is asked for.
    """
    outputs = _RUN[op.type](op, read, state)
    for tensor, value in zip(op.outputs, outputs):
        values[tensor] = value


def _store(op: Operation, state: Any) -> Any:
    """The store, with what a compiled step left of it as Python objects."""
    key = key_of(op.inputs[0])
    found = state[key]
    if isinstance(found, Stack):
        found = state[key] = [] if found.buffer is None else list(np.asarray(found.buffer)[:int(found.count)])
    elif isinstance(found, Array):
        host = HostArray(found.size, maker_of(key)["dynamic_size"], isinstance(key, Gradient))
        if found.buffer is not None:
            host.items = list(np.asarray(found.buffer))
        found = state[key] = host
    return found


def _make_stack(op: Operation, read: Callable, state: Any) -> list:
    state[op] = []
    return [np.zeros(2, object)]


def _push(op: Operation, read: Callable, state: Any) -> list:
    value = read(op.inputs[1])
    _store(op, state).append(value)
    return [value]


def _pop(op: Operation, read: Callable, state: Any) -> list:
    stack = _store(op, state)
    if not stack:
        raise ValueError(f"Stack[{key_of(op.inputs[0]).name}] is empty when calling Pop().")
    return [stack.pop()]


def _make_array(op: Operation, read: Callable, state: Any) -> list:
    size = int(read(op.inputs[0]))
    if size < 0:
        raise ValueError(f"Size should be >= 0. but was {size}")
    state[op] = HostArray(size, op["dynamic_size"], False)
    return [np.zeros(2, object), np.float32(0)]


def _make_gradient(op: Operation, read: Callable, state: Any) -> list:
    key = key_of(op.outputs[0])
    if key not in state:
        forward = _store(op, state)
        state[key] = HostArray(len(forward.items), False, True, forward)
    return [np.zeros(2, object), np.float32(0)]


def _write(op: Operation, read: Callable, state: Any) -> list:
    _store(op, state).write(int(read(op.inputs[1])), read(op.inputs[2]))
    return [np.float32(0)]


def _read(op: Operation, read: Callable, state: Any) -> list:
    return [_element(op, state, int(read(op.inputs[1])))]


def _element(op: Operation, state: Any, index: int) -> Any:
    return _store(op, state).read(index, maker_of(key_of(op.inputs[0]))["element_shape"], op["dtype"].as_numpy_dtype)


def _gather(op: Operation, read: Callable, state: Any) -> list:
    found = [np.asarray(_element(op, state, int(i))) for i in np.asarray(read(op.inputs[1]))]
    if not found:
        shape = maker_of(key_of(op.inputs[0]))["element_shape"] or op["element_shape"]
        if shape is None or None in shape:
            raise ValueError("TensorArray has size zero, but element shape is not fully defined. Currently only static "
                             "shapes are supported when packing zero-size TensorArrays.")
        return [np.zeros((0, *shape), op["dtype"].as_numpy_dtype)]
    if len({value.shape for value in found}) > 1:
        raise ValueError("TensorArray has inconsistent shapes.")
    return [np.stack(found)]


def _scatter(op: Operation, read: Callable, state: Any) -> list:
    store, values = _store(op, state), np.asarray(read(op.inputs[2]))
    for index, value in zip(np.asarray(read(op.inputs[1])), values):
        store.write(int(index), value)
    return [np.float32(0)]


def _split(op: Operation, read: Callable, state: Any) -> list:
    store, value = _store(op, state), np.asarray(read(op.inputs[1]))
    lengths = np.asarray(read(op.inputs[2]))
    if lengths.sum() != value.shape[0]:
        raise ValueError("Expected sum of lengths to be equal to values.shape[0], but sum of lengths is "
                         f"{lengths.sum()} and value's shape is: {list(value.shape)} ")
    ends = np.cumsum(lengths)
    for index, end in enumerate(ends):
        store.write(index, value[end - lengths[index]:end])
    return [np.float32(0)]


def _concat(op: Operation, read: Callable, state: Any) -> list:
    found = [np.asarray(_element(op, state, i)) for i in range(len(_store(op, state).items))]
    if not found:
        raise ValueError("TensorArray has size zero, but element_shape_except0 is not fully defined.")
    return [np.concatenate(found), np.array([value.shape[0] for value in found], np.int64)]


def _size(op: Operation, read: Callable, state: Any) -> list:
    return [np.int32(len(_store(op, state).items))]


def _close(op: Operation, read: Callable, state: Any) -> list:
    return []


_RUN: dict[str, Callable[[Operation, Callable, Any], list]] = {
    "StackV2": _make_stack, "StackPushV2": _push, "StackPopV2": _pop, "StackCloseV2": _close,
    "TensorArrayV3": _make_array, "TensorArrayGradV3": _make_gradient, "TensorArrayGradWithShape": _make_gradient,
    "TensorArrayWriteV3": _write, "TensorArrayReadV3": _read, "TensorArrayGatherV3": _gather,
    "TensorArrayScatterV3": _scatter, "TensorArraySplitV3": _split, "TensorArrayConcatV3": _concat,
    "TensorArraySizeV3": _size, "TensorArrayCloseV3": _close,
}
