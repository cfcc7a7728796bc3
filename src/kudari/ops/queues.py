"""Queues: what threads hand elements to each other by."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import errors
from ..dtypes import DType, int64
from ..graph.operation import Operation
from ..op.constant import constant_value
from ..op.definition import not_differentiable, op
from ..op.rules import brackets, fail, scalar
from ..op.signature import Attr, required, types
from ..op.summary import type_name
from ..shape import Shape
from .pipeline.source import Row, boxed, components
from .queueing import PaddingQueue, Queue, RankedQueue, ShuffleQueue

_ELEMENTS: dict[str, Any] = {"component_types": required("list(type)"), "shapes": Attr("list(shape)", [])}
_NAMED: dict[str, Any] = {"container": "", "shared_name": ""}


def _shared(kept: dict[str, Any], kind: type[Queue], capacity: int, dtypes: list[DType], shapes: list[Shape],
            *more: Any) -> tuple[np.ndarray]:
    """The queue that all nodes of its name share."""
    queue = kept.get("queue")
    if queue is None:
        queue = kept.setdefault("queue", kind(kept["name"], capacity, dtypes, list(shapes), *more))
    _must_agree(queue, kind, capacity, dtypes, list(shapes))
    return (boxed(queue),)


def _must_agree(queue: Queue, kind: type[Queue], capacity: int, dtypes: list[DType], shapes: list[Shape]) -> None:
    if not isinstance(queue, kind):
        problem = f"Expected {queue.kind}, found {kind.kind}V2"
    elif capacity != queue.capacity:
        problem = f"Shared queue '{queue.name}' has capacity {queue.capacity} but requested capacity was {capacity}"
    elif dtypes != queue.dtypes:
        problem = (f"Shared queue '{queue.name}' has component types {_types(queue.dtypes)} but requested component types "
                   f"were {_types(dtypes)}")
    elif shapes != queue.shapes:
        problem = (f"Shared queue '{queue.name}' has component shapes {_shapes(queue.shapes)} but requested component "
                   f"shapes were {_shapes(shapes)}")
    else:
        return
    raise errors.InvalidArgumentError(None, None, problem)


def _types(dtypes: list[DType]) -> str:
    return "-".join(map(type_name, dtypes))


def _shapes(shapes: list[Shape]) -> str:
    return f"[{','.join(map(brackets, shapes))}]"


@op("FIFOQueueV2", "-> handle: resource", scalar, host=True, stateful=True, **_ELEMENTS, capacity=-1, **_NAMED)
def fifo_queue(*, component_types, shapes, capacity, kept):
    """A queue that gives elements in the order they came."""
    return _shared(kept, Queue, capacity, component_types, shapes)


@op("PaddingFIFOQueueV2", "-> handle: resource", scalar, host=True, stateful=True, **_ELEMENTS, capacity=-1, **_NAMED)
def padding_fifo_queue(*, component_types, shapes, capacity, kept):
    """A queue whose elements may differ in shape."""
    return _shared(kept, PaddingQueue, capacity, component_types, shapes)


@op("RandomShuffleQueueV2", "-> handle: resource", scalar, host=True, stateful=True, **_ELEMENTS, capacity=-1,
    min_after_dequeue=0, seed=0, seed2=0, **_NAMED)
def random_shuffle_queue(*, component_types, shapes, capacity, min_after_dequeue, seed, seed2, kept):
    """A queue that gives any of its elements."""
    return _shared(kept, ShuffleQueue, capacity, component_types, shapes, min_after_dequeue, seed, seed2)


@op("PriorityQueueV2", "-> handle: resource", scalar, host=True, stateful=True, component_types=Attr("list(type)", []),
    shapes=required("list(shape)"), capacity=-1, **_NAMED)
def priority_queue(*, component_types, shapes, capacity, kept):
    """A queue that gives the element with the smallest number before it."""
    return _shared(kept, RankedQueue, capacity, [int64, *component_types], [(), *shapes] if shapes else [])


_PUT: dict[str, Any] = {"Tcomponents": types(), "timeout_ms": -1}
_TAKEN: dict[str, Any] = {"component_types": required("list(type)"), "timeout_ms": -1}


@op("QueueEnqueueV2", "handle: resource, components: Tcomponents[] ->", None, host=True, stateful=True, waits=True, **_PUT)
def queue_enqueue(handle, components):
    """Nothing, after putting one element into a queue."""
    queue: Queue = handle.item()
    queue.check(components)
    queue.put([tuple(components)])
    return ()


@op("QueueEnqueueManyV2", "handle: resource, components: Tcomponents[] ->", None, host=True, stateful=True, waits=True,
    **_PUT)
def queue_enqueue_many(handle, components):
    """Nothing, after putting the rows of arrays into a queue."""
    queue: Queue = handle.item()
    if not components[0].ndim:
        raise errors.InvalidArgumentError(None, None, "Input components must have at least one dimension, the elements.")
    count = len(components[0])
    queue.check(components, count)
    arrays = tuple(components)
    queue.put([Row(arrays, i) for i in range(count)])
    return ()


def _one(op: Operation) -> list[Shape]:
    return [None] * len(op.outputs)


def _rows(op: Operation) -> list[Shape]:
    count = constant_value(op.inputs[1])
    if count is not None and count < 0:
        fail(op, f"Input 'n' must be >= 0, but is {int(count)}", known=(1,))
    return [None] * len(op.outputs)


@op("QueueDequeueV2", "handle: resource -> components: component_types[]", _one, host=True, stateful=True, waits=True,
    **_TAKEN)
def queue_dequeue(handle, *, component_types):
    """One element of a queue."""
    queue: Queue = handle.item()
    _must_give(queue, component_types)
    return tuple(components(queue.take(1)[0]))


@op("QueueDequeueManyV2", "handle: resource, n: int32 -> components: component_types[]", _rows, host=True, stateful=True,
    waits=True, **_TAKEN)
def queue_dequeue_many(handle, n, *, component_types):
    """`n` elements of a queue as one."""
    return _taken(handle.item(), int(n), component_types, False)


@op("QueueDequeueUpToV2", "handle: resource, n: int32 -> components: component_types[]", _rows, host=True, stateful=True,
    waits=True, **_TAKEN)
def queue_dequeue_up_to(handle, n, *, component_types):
    """`n` elements of a queue as one; fewer if it is closed."""
    return _taken(handle.item(), int(n), component_types, True)


def _taken(queue: Queue, count: int, dtypes: list[DType], takes_fewer: bool) -> tuple:
    _must_give(queue, dtypes)
    if count < 0:
        raise errors.InvalidArgumentError(None, None, f"{queue.kind}DequeueMany must request a positive number of elements")
    queue.must_have_shapes()
    return queue.batch(queue.take(count, takes_fewer) if count else [])


def _must_give(queue: Queue, dtypes: list[DType]) -> None:
    if queue.dtypes != dtypes:
        raise errors.InvalidArgumentError(None, None, f"Expected component types {_types(dtypes)}, but queue '{queue.name}' "
                                                      f"has component types {_types(queue.dtypes)}")


@op("QueueCloseV2", "handle: resource ->", None, host=True, stateful=True, waits=True, cancel_pending_enqueues=False)
def queue_close(handle, *, cancel_pending_enqueues):
    """Nothing, after letting nothing more into a queue."""
    handle.item().close(cancel_pending_enqueues)
    return ()


@op("QueueIsClosedV2", "handle: resource -> is_closed: bool", scalar, host=True, stateful=True)
def queue_is_closed(handle):
    """Whether nothing more can be put into a queue."""
    return np.asarray(handle.item().is_closed)


@op("QueueSizeV2", "handle: resource -> size: int32", scalar, host=True, stateful=True)
def queue_size(handle):
    """How many elements a queue holds."""
    return np.asarray(handle.item().size, np.int32)


not_differentiable(queue_enqueue, queue_enqueue_many, queue_dequeue, queue_dequeue_many, queue_dequeue_up_to, queue_close,
                   queue_is_closed, queue_size)
