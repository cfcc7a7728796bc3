"""`tf.FIFOQueue` and the other queues."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import reduce
from typing import Any

from ..dtypes import DType, as_dtype, int64
from ..graph.operation import Operation
from ..graph.tensor import Tensor
from ..op.constant import constant_value
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops.forms import node
from ..ops.packing import stack
from ..shape import Dimension, TensorShape
from .core import get_seed
from .picking import gather


class QueueBase:
    """A queue as nodes: elements, each of one or more tensors, that threads put in and take out.

    Args:
      dtypes: of the tensors of an element.
      shapes: of the tensors; not known if `None`.
      names: of the tensors, when elements are dictionaries; `None` if they are not.
      queue_ref: the handle of the queue.

    Raises:
      ValueError: if there are not as many shapes or names as types.
    """

    def __init__(self, dtypes: list[DType], shapes: Any, names: list[str] | None, queue_ref: Tensor):
        if shapes is not None and len(shapes) != len(dtypes):
            raise ValueError("Queue shapes must have the same length as dtypes")
        if names is not None and len(names) != len(dtypes):
            raise ValueError("Queue names must have the same length as dtypes")
        self._dtypes, self._names, self._queue_ref = dtypes, names, queue_ref
        self._shapes = [TensorShape(None)] * len(dtypes) if shapes is None else [TensorShape(s) for s in shapes]
        self._name = queue_ref.op.name.split("/")[-1]

    @staticmethod
    def from_list(index: Any, queues: list[QueueBase]) -> QueueBase:
        """Return the one of `queues` at `index`, an integer tensor, as a queue.

        Raises:
          TypeError: if they are no queues, or hold different elements.
        """
        if not queues or not isinstance(queues, list) or not all(isinstance(q, QueueBase) for q in queues):
            raise TypeError("A list of queues expected")
        first = queues[0]
        if any(q.dtypes != first.dtypes for q in queues):
            raise TypeError("Queues do not have matching component dtypes.")
        if any(q.names != first.names for q in queues):
            raise TypeError("Queues do not have matching component names.")
        shapes = [reduce(_in_common, each) for each in zip(*(q.shapes for q in queues))]
        chosen = gather(stack([q.queue_ref for q in queues]), index)
        return QueueBase(first.dtypes, shapes, first.names, chosen)

    @property
    def queue_ref(self) -> Tensor:
        """The handle of the queue."""
        return self._queue_ref

    @property
    def name(self) -> str:
        """The name of the queue's node."""
        return self._queue_ref.op.name

    @property
    def dtypes(self) -> list[DType]:
        """The types of an element's tensors."""
        return self._dtypes

    @property
    def shapes(self) -> list[TensorShape]:
        """The shapes of an element's tensors, as far as they are known."""
        return self._shapes

    @property
    def names(self) -> list[str] | None:
        """The names of an element's tensors, or `None`."""
        return self._names

    def enqueue(self, vals: Any, name: str | None = None) -> Operation:
        """Return an op that puts one element in, when there is room.

        Args:
          vals: a tensor, a list of tensors, or a dictionary if the queue has names.
          name: of the op.

        Raises:
          ValueError: if they do not fit the queue.
        """
        with scoped(name, f"{self._name}_enqueue", _values(vals)) as scope:
            tensors = self._as_tensors(vals)
            for tensor, shape in zip(tensors, self._shapes):
                tensor.get_shape().assert_is_compatible_with(shape)
            return node("QueueEnqueueV2", self._queue_ref, tensors, name=scope)

    def enqueue_many(self, vals: Any, name: str | None = None) -> Operation:
        """Return an op that puts elements in, one for each row of its tensors, as there is room.

        Args:
          vals: a tensor, a list of tensors with as many rows, or a dictionary if the queue has names.
          name: of the op.

        Raises:
          ValueError: if they do not fit the queue.
        """
        with scoped(name, f"{self._name}_EnqueueMany", _values(vals)) as scope:
            tensors = self._as_tensors(vals)
            rows = Dimension(None)
            for tensor, shape in zip(tensors, self._shapes):
                found = tensor.get_shape().with_rank_at_least(1)
                rows = rows.merge_with(found[0])
                found[1:].assert_is_compatible_with(shape)
            return node("QueueEnqueueManyV2", self._queue_ref, tensors, name=scope)

    def _as_tensors(self, vals: Any) -> list[Tensor]:
        if isinstance(vals, dict):
            if not self._names:
                raise ValueError("Queue must have names to enqueue a dictionary")
            if sorted(self._names, key=str) != sorted(vals, key=str):
                raise ValueError("Keys in dictionary to enqueue do not match names of Queue.  Dictionary: "
                                 f"({sorted(vals)}), Queue: ({sorted(self._names)})")
            vals = [vals[key] for key in self._names]
        elif self._names:
            raise ValueError("You must enqueue a dictionary in a Queue with names")
        elif not isinstance(vals, list | tuple):
            vals = [vals]
        return [convert_to_tensor(value, dtype=dtype, name=f"component_{i}")
                for i, (value, dtype) in enumerate(zip(vals, self._dtypes))]

    def dequeue(self, name: str | None = None) -> Any:
        """Return one element, when there is one.

        Raises:
          OutOfRangeError: when it runs, if the queue is closed and empty.
        """
        outputs = _listed(node("QueueDequeueV2", self._queue_ref, component_types=self._dtypes,
                               name=name or f"{self._name}_Dequeue"))
        for output, shape in zip(outputs, self._shapes):
            output.set_shape(shape)
        return self._as_element(outputs)

    def dequeue_many(self, n: Any, name: str | None = None) -> Any:
        """Return `n` elements as one with one more dimension, when there are as many.

        Raises:
          OutOfRangeError: when it runs, if the queue is closed and holds fewer.
        """
        outputs = _listed(node("QueueDequeueManyV2", self._queue_ref, n, component_types=self._dtypes,
                               name=name or f"{self._name}_DequeueMany"))
        return self._as_rows(outputs, constant_value(outputs[0].op.inputs[1]))

    def dequeue_up_to(self, n: Any, name: str | None = None) -> Any:
        """Return `n` elements as one with one more dimension; fewer, but one at least, if the queue is closed.

        Raises:
          OutOfRangeError: when it runs, if the queue is closed and empty.
        """
        outputs = _listed(node("QueueDequeueUpToV2", self._queue_ref, n, component_types=self._dtypes,
                               name=name or f"{self._name}_DequeueUpTo"))
        return self._as_rows(outputs, None)

    def _as_rows(self, outputs: list[Tensor], count: Any) -> Any:
        for output, shape in zip(outputs, self._shapes):
            output.set_shape(TensorShape([count]).concatenate(shape))
        return self._as_element(outputs)

    def _as_element(self, outputs: list[Tensor]) -> Any:
        if self._names:
            return dict(zip(self._names, outputs))
        return outputs[0] if len(outputs) == 1 else outputs

    def close(self, cancel_pending_enqueues: bool = False, name: str | None = None) -> Operation:
        """Return an op that lets nothing more in; what is in can still be taken.

        Args:
          cancel_pending_enqueues: whether those who wait to put something in get a `CancelledError`.
          name: of the op.
        """
        return node("QueueCloseV2", self._queue_ref, cancel_pending_enqueues=cancel_pending_enqueues,
                    name=name or f"{self._name}_Close")

    def is_closed(self, name: str | None = None) -> Tensor:
        """Return whether the queue is closed, a boolean scalar."""
        return node("QueueIsClosedV2", self._queue_ref, name=name or f"{self._name}_Is_Closed")

    def size(self, name: str | None = None) -> Tensor:
        """Return how many elements the queue holds, an int32 scalar."""
        return node("QueueSizeV2", self._queue_ref, name=name or f"{self._name}_Size")


def _values(vals: Any) -> list[Any]:
    return list(vals.values()) if isinstance(vals, dict) else list(vals) if isinstance(vals, list | tuple) else [vals]


def _listed(outputs: Any) -> list[Tensor]:
    return outputs if isinstance(outputs, list) else [outputs]


def _in_common(one: TensorShape, other: TensorShape) -> TensorShape:
    if one.ndims is None or one.ndims != other.ndims:
        return TensorShape(None)
    return TensorShape([m if m is not None and m == n else None for m, n in zip(one.as_list(), other.as_list())])


def as_types(dtypes: Any) -> list[DType]:
    """Return one type, or several, as a list."""
    return [as_dtype(dtype) for dtype in (dtypes if isinstance(dtypes, list | tuple) else [dtypes])]


def as_shapes(shapes: Any, are_partial: bool = False) -> list[TensorShape] | None:
    """Return one shape, or several, as a list; `None` for none.

    Args:
      shapes: a shape or a list of shapes.
      are_partial: whether dimensions may be unknown.

    Raises:
      ValueError: if one is not known as it must be.
      TypeError: if they are no shapes.
    """
    if are_partial and (not isinstance(shapes, Sequence) or not shapes
                        or any(s is None or isinstance(s, int) for s in shapes)):
        raise ValueError("When providing partial shapes, a list of shapes must be provided.")
    if shapes is None:
        return None
    if isinstance(shapes, TensorShape):
        shapes = [shapes]
    if not isinstance(shapes, tuple | list):
        raise TypeError("shapes must be a TensorShape or a list or tuple of TensorShapes.")
    if all(s is None or isinstance(s, int) for s in shapes):
        shapes = [shapes]
    found = [TensorShape(s) if not isinstance(s, TensorShape) else s for s in shapes]
    if not are_partial and not all(s.is_fully_defined() for s in found):
        raise ValueError(f"All shapes must be fully defined: {found}")
    if any(s.dims is None for s in found):
        raise ValueError(f"All shapes must have a defined rank: {found}")
    return found


def _as_names(names: Any, dtypes: list[DType]) -> list[str] | None:
    if names is None:
        return None
    found = list(names) if isinstance(names, list | tuple) else [names]
    if len(found) != len(dtypes):
        raise ValueError("List of names must have the same length as the list of dtypes")
    return found


class FIFOQueue(QueueBase):
    """A queue that gives elements in the order they came.

    Args:
      capacity: how many elements it holds at most.
      dtypes: of the tensors of an element.
      shapes: of the tensors, fully known; needed to take several elements as one.
      names: of the tensors, to use dictionaries.
      shared_name: nodes with the same one share a queue within a session.
      name: of the queue's node.
    """

    def __init__(self, capacity: int, dtypes: Any, shapes: Any = None, names: Any = None, shared_name: str | None = None,
                 name: str = "fifo_queue"):
        dtypes, shapes = as_types(dtypes), as_shapes(shapes)
        names = _as_names(names, dtypes)
        super().__init__(dtypes, shapes, names, node("FIFOQueueV2", component_types=dtypes, shapes=shapes, capacity=capacity,
                                                     shared_name=shared_name, name=name))


class RandomShuffleQueue(QueueBase):
    """A queue that gives any of its elements.

    Args:
      capacity: how many elements it holds at most.
      min_after_dequeue: how many stay in it until it is closed, to choose from.
      dtypes: of the tensors of an element.
      shapes: of the tensors, fully known; needed to take several elements as one.
      names: of the tensors, to use dictionaries.
      seed: of the choices.
      shared_name: nodes with the same one share a queue within a session.
      name: of the queue's node.
    """

    def __init__(self, capacity: int, min_after_dequeue: int, dtypes: Any, shapes: Any = None, names: Any = None,
                 seed: int | None = None, shared_name: str | None = None, name: str = "random_shuffle_queue"):
        dtypes, shapes = as_types(dtypes), as_shapes(shapes)
        names = _as_names(names, dtypes)
        seed1, seed2 = get_seed(seed)
        if seed1 is None:
            seed1, seed2 = 0, 0
        elif seed is None and shared_name is not None:
            digest = hashlib.md5(f"{seed1}{shared_name}".encode(), usedforsecurity=False).hexdigest()
            seed2 = int(digest[:8], 16) & 0x7FFFFFFF
        super().__init__(dtypes, shapes, names, node("RandomShuffleQueueV2", component_types=dtypes, shapes=shapes,
                                                     capacity=capacity, min_after_dequeue=min_after_dequeue, seed=seed1,
                                                     seed2=seed2, shared_name=shared_name, name=name))


class PaddingFIFOQueue(QueueBase):
    """A queue that gives elements in the order they came, and fills those it gives as one up to the same shape.

    Args:
      capacity: how many elements it holds at most.
      dtypes: of the tensors of an element.
      shapes: of the tensors; of known rank, with dimensions that may be unknown.
      names: of the tensors, to use dictionaries.
      shared_name: nodes with the same one share a queue within a session.
      name: of the queue's node.

    Raises:
      ValueError: if there are not as many shapes as types.
    """

    def __init__(self, capacity: int, dtypes: Any, shapes: Any, names: Any = None, shared_name: str | None = None,
                 name: str = "padding_fifo_queue"):
        dtypes = as_types(dtypes)
        shapes = as_shapes(shapes, are_partial=True)
        names = _as_names(names, dtypes)
        if shapes is None or len(dtypes) != len(shapes):
            raise ValueError(f"Shapes must be provided for all components, but received {len(dtypes)} dtypes and "
                             f"{len(shapes or ())} shapes.")
        super().__init__(dtypes, shapes, names, node("PaddingFIFOQueueV2", component_types=dtypes, shapes=shapes,
                                                     capacity=capacity, shared_name=shared_name, name=name))


class PriorityQueue(QueueBase):
    """A queue whose elements begin with an int64 scalar, and which gives the one with the smallest.

    Args:
      capacity: how many elements it holds at most.
      types: of the tensors of an element after that number.
      shapes: of those tensors, fully known; needed to take several elements as one.
      names: of the tensors, to use dictionaries.
      shared_name: nodes with the same one share a queue within a session.
      name: of the queue's node.
    """

    def __init__(self, capacity: int, types: Any, shapes: Any = None, names: Any = None, shared_name: str | None = None,
                 name: str = "priority_queue"):
        types, shapes = as_types(types), as_shapes(shapes)
        handle = node("PriorityQueueV2", component_types=types, shapes=shapes or [], capacity=capacity,
                      shared_name=shared_name, name=name)
        super().__init__([int64, *types], [TensorShape([]), *shapes] if shapes else shapes, names, handle)
