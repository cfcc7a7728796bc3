"""Queues that a thread fills with the rows of a tensor, over and over."""

from __future__ import annotations

from typing import Any

from ..dtypes import float32, int64, string
from ..functions.conditionals import assert_that
from ..functions.filling import range as range_of
from ..functions.picking import gather
from ..functions.queues import FIFOQueue
from ..functions.random import random_shuffle
from ..functions.reading import matching_files
from ..graph.collections import GraphKeys
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..op.constant import constant
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops.forms import cast, node, times
from ..ops.shapes import shape_of, size_of
from ..summary.summaries import scalar
from ..variables.variable import Variable
from .queue_threads import QueueRunner, add_queue_runner

_NO_TEXTS = "string_input_producer requires a non-null input tensor"


def match_filenames_once(pattern: Any, name: str | None = None) -> Variable:
    """Return a local variable that holds the names of the files that match a pattern when it is initialized.

    Args:
      pattern: a text, or a vector of them, with `*`, `?` and `[…]`.
      name: of the variable.
    """
    with scoped(name, "matching_filenames", [pattern]) as scope:
        return Variable(name=scope, initial_value=matching_files(pattern), trainable=False, validate_shape=False,
                        collections=[GraphKeys.LOCAL_VARIABLES])


def limit_epochs(tensor: Any, num_epochs: int | None = None, name: str | None = None) -> Any:
    """Return `tensor`, which can be read `num_epochs` times; then it raises `OutOfRangeError`.

    A local variable counts, so `tf.local_variables_initializer()` must run first.

    Args:
      tensor: any tensor.
      num_epochs: how often; without a limit if `None`.
      name: of the scope.

    Raises:
      ValueError: if `num_epochs` is not positive.
    """
    if num_epochs is None:
        return tensor
    if num_epochs <= 0:
        raise ValueError(f"num_epochs must be > 0 not {num_epochs}.")
    with scoped(name, "limit_epochs", [tensor]) as scope:
        epochs = Variable(constant(0, dtype=int64), name="epochs", trainable=False, collections=[GraphKeys.LOCAL_VARIABLES])
        with get_default_graph().control_dependencies([epochs.count_up_to(num_epochs)]):
            return node("Identity", tensor, name=scope)


def input_producer(input_tensor: Any, element_shape: Any = None, num_epochs: int | None = None, shuffle: bool = True,
                   seed: int | None = None, capacity: int = 32, shared_name: str | None = None,
                   summary_name: str | None = None, name: str | None = None, cancel_op: Any = None) -> FIFOQueue:
    """Return a queue that a thread fills with the rows of a tensor.

    Args:
      input_tensor: its rows are the elements.
      element_shape: of an element, if the tensor does not tell it.
      num_epochs: how often each row comes; without end if `None`.
      shuffle: whether rows are in another order each time.
      seed: of that order.
      capacity: of the queue.
      shared_name: of the queue.
      summary_name: of a scalar summary of how full the queue is.
      name: of the scope and the queue.
      cancel_op: closes the queue when threads are asked to stop.

    Raises:
      ValueError: if the shape of an element is not known.
    """
    with scoped(name, "input_producer", [input_tensor]):
        rows = convert_to_tensor(input_tensor, name="input_tensor")
        shape = rows.shape[1:].merge_with(element_shape)
        if not shape.is_fully_defined():
            raise ValueError("Either `input_tensor` must have a fully defined shape or `element_shape` must be specified")
        if shuffle:
            rows = random_shuffle(rows, seed=seed)
        rows = limit_epochs(rows, num_epochs)
        queue = FIFOQueue(capacity=capacity, dtypes=[rows.dtype.base_dtype], shapes=[shape], shared_name=shared_name,
                          name=name)  # type: ignore[arg-type]
        add_queue_runner(QueueRunner(queue, [queue.enqueue_many([rows])], cancel_op=cancel_op))
        if summary_name is not None:
            scalar(summary_name, times(cast(queue.size(), float32), 1.0 / capacity))
        return queue


def string_input_producer(string_tensor: Any, num_epochs: int | None = None, shuffle: bool = True, seed: int | None = None,
                          capacity: int = 32, shared_name: str | None = None, name: str | None = None,
                          cancel_op: Any = None) -> FIFOQueue:
    """Return a queue that a thread fills with texts, names of files most often.

    Args:
      string_tensor: a vector of texts.
      num_epochs: how often each text comes; without end if `None`.
      shuffle: whether texts are in another order each time.
      seed: of that order.
      capacity: of the queue.
      shared_name: of the queue.
      name: of the scope and the queue.
      cancel_op: closes the queue when threads are asked to stop.

    Raises:
      ValueError: if there is no text.
    """
    if not isinstance(string_tensor, Tensor) and not _has_items(string_tensor):
        raise ValueError(_NO_TEXTS)
    with scoped(name, "input_producer", [string_tensor]) as scope:
        texts = convert_to_tensor(string_tensor, dtype=string)
        there_are_some = assert_that(node("Greater", size_of(texts), 0), [_NO_TEXTS])
        with get_default_graph().control_dependencies([there_are_some]):
            texts = node("Identity", texts)
        return input_producer(texts, [], num_epochs, shuffle, seed, capacity, shared_name, f"fraction_of_{capacity}_full",
                              scope, cancel_op)


def _has_items(value: Any) -> bool:
    return bool(len(value)) if hasattr(value, "__len__") else bool(value)


def range_input_producer(limit: Any, num_epochs: int | None = None, shuffle: bool = True, seed: int | None = None,
                         capacity: int = 32, shared_name: str | None = None, name: str | None = None) -> FIFOQueue:
    """Return a queue that a thread fills with the integers below `limit`.

    Args:
      limit: an int32 scalar.
      num_epochs: how often each integer comes; without end if `None`.
      shuffle: whether integers are in another order each time.
      seed: of that order.
      capacity: of the queue.
      shared_name: of the queue.
      name: of the scope and the queue.
    """
    with scoped(name, "input_producer", [limit]) as scope:
        return input_producer(range_of(limit), [], num_epochs, shuffle, seed, capacity, shared_name,
                              f"fraction_of_{capacity}_full", scope)


def slice_input_producer(tensor_list: Any, num_epochs: int | None = None, shuffle: bool = True, seed: int | None = None,
                         capacity: int = 32, shared_name: str | None = None, name: str | None = None) -> list[Tensor]:
    """Return a row of each tensor, another at each step; a thread keeps a queue of their places.

    Args:
      tensor_list: tensors with as many rows.
      num_epochs: how often each row comes; without end if `None`.
      shuffle: whether rows are in another order each time.
      seed: of that order.
      capacity: of the queue.
      shared_name: of the queue.
      name: of the scope.

    Raises:
      ValueError: if there is no tensor.
    """
    with scoped(name, "input_producer", tensor_list):
        tensors = [convert_to_tensor(tensor) for tensor in tensor_list]
        if not tensors:
            raise ValueError("Expected at least one tensor in slice_input_producer().")
        rows = shape_of(tensors[0])[0]
        queue = range_input_producer(rows, num_epochs=num_epochs, shuffle=shuffle, seed=seed, capacity=capacity,
                                     shared_name=shared_name)
        place = queue.dequeue()
        return [gather(tensor, place) for tensor in tensors]
