"""Batches out of queues: `tf.train.batch`, `shuffle_batch` and their variants.

Each puts tensors into a queue, in threads that `start_queue_runners` starts, and returns several elements of it as one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ..dtypes import float32, int32
from ..functions.queues import FIFOQueue, PaddingFIFOQueue, QueueBase, RandomShuffleQueue
from ..functions.smart_conditionals import smart_cond
from ..graph.indexed_slices import IndexedSlices
from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..op.sparse_tensor import SparseTensor
from ..ops.control import no_op
from ..ops.forms import cast, minus, node, times
from ..shape import TensorShape
from ..summary.summaries import scalar
from .batched_sparse import restored, store, store_each
from .queue_threads import QueueRunner, add_queue_runner


@dataclass(frozen=True)
class _Batches:
    """What the functions here share.

    Args:
      batch_size: how many elements make a batch.
      capacity: of the queue.
      enqueue_many: whether each tensor holds several elements.
      shapes: of an element's tensors, if they do not tell them.
      allow_smaller_final_batch: whether the last batch may have fewer elements.
      shared_name: of the queue.
      scope: the default name of the scope.
      min_after_dequeue: how many elements stay in the queue to choose from; `None` to keep them in order.
      seed: of the choice.
      dynamic_pad: whether elements are filled up to the largest of the batch.
    """

    batch_size: Any
    capacity: int
    enqueue_many: bool
    shapes: Any
    allow_smaller_final_batch: bool
    shared_name: str | None
    scope: str
    min_after_dequeue: int | None = None
    seed: int | None = None
    dynamic_pad: bool = False

    def of(self, tensors: Any, keep_input: Any, num_threads: int, name: str | None) -> Any:
        """Return batches of `tensors`, a list or dictionary, put in by several threads."""
        listed = _listed(tensors)
        with scoped(name, self.scope, [*listed, keep_input]) as scope:
            self._check()
            listed = _as_tensors(listed, "Expected at least one tensor in batch().")
            keep_input = _keep_input(keep_input, self.enqueue_many)
            stored, infos = store(listed, self.enqueue_many, keep_input)
            queue = self._queue([stored])
            enqueue = self._enqueue(queue, stored, keep_input)
            add_queue_runner(QueueRunner(queue, [enqueue] * num_threads))
            return _like(tensors, restored(self._taken(queue, scope), infos))

    def of_each(self, tensors_list: Any, keep_input: Any, name: str | None) -> Any:
        """Return batches of what the lists or dictionaries in a list hold, put in by a thread for each."""
        lists = _listed_each(tensors_list)
        with scoped(name, self.scope, [*(t for each in lists for t in each), keep_input]) as scope:
            self._check()
            lists = [_as_tensors(each, "Expected at least one input in batch_join().") for each in lists]
            keep_input = _keep_input(keep_input, self.enqueue_many)
            stored, infos = store_each(lists, self.enqueue_many, keep_input)
            queue = self._queue(stored)
            add_queue_runner(QueueRunner(queue, [self._enqueue(queue, each, keep_input) for each in stored]))
            return _like(tensors_list[0], restored(self._taken(queue, scope), infos))

    def _check(self) -> None:
        if self.min_after_dequeue is not None and self.capacity <= self.min_after_dequeue:
            raise ValueError(f"capacity {self.capacity} must be bigger than min_after_dequeue {self.min_after_dequeue}.")

    def _queue(self, lists: Sequence[Sequence[Tensor]]) -> QueueBase:
        types, shapes = _types(lists), _shapes(lists, self.shapes, self.enqueue_many)
        if self.min_after_dequeue is not None:
            return RandomShuffleQueue(capacity=self.capacity, min_after_dequeue=self.min_after_dequeue, seed=self.seed,
                                      dtypes=types, shapes=shapes, shared_name=self.shared_name)
        make = PaddingFIFOQueue if self.dynamic_pad else FIFOQueue
        return make(capacity=self.capacity, dtypes=types, shapes=shapes, shared_name=self.shared_name)

    def _enqueue(self, queue: QueueBase, tensors: Sequence[Tensor], keep_input: Tensor) -> Any:
        put: Callable = queue.enqueue_many if self.enqueue_many else queue.enqueue
        if keep_input.shape.ndims == 1:
            which = cast(keep_input, int32)
            return put([node("DynamicPartition", t, which, num_partitions=2)[1] for t in tensors])
        return smart_cond(keep_input, lambda: put(tensors), no_op)

    def _taken(self, queue: QueueBase, scope: str) -> Any:
        if self.min_after_dequeue is None:
            scalar(f"fraction_of_{self.capacity}_full", times(cast(queue.size(), float32), 1.0 / self.capacity))
        else:
            room = self.capacity - self.min_after_dequeue
            extra = node("Maximum", 0, minus(queue.size(), self.min_after_dequeue))
            scalar(f"fraction_over_{self.min_after_dequeue}_of_{room}_full", times(cast(extra, float32), 1.0 / room))
        take = queue.dequeue_up_to if self.allow_smaller_final_batch else queue.dequeue_many
        return take(self.batch_size, name=scope)


def _listed(tensors: Any) -> Any:
    return [tensors[key] for key in sorted(tensors, key=str)] if isinstance(tensors, dict) else tensors


def _listed_each(tensors_list: Any) -> list[Any]:
    if not tensors_list:
        raise ValueError("Expected at least one set of tensors")
    if isinstance(tensors_list[0], dict) and any(each.keys() != tensors_list[0].keys() for each in tensors_list):
        raise ValueError("All dictionaries in tensors_list must have the same keys")
    return [_listed(each) for each in tensors_list]


def _like(tensors: Any, outputs: Any) -> Any:
    """Return what a queue gave in the form of what was put into it."""
    if not isinstance(tensors, dict):
        return outputs
    return dict(zip(sorted(tensors, key=str), [outputs] if len(tensors) == 1 else outputs))


def _as_tensors(tensors: Any, if_none: str) -> list[Any]:
    found = [t if isinstance(t, SparseTensor | IndexedSlices) else convert_to_tensor(t) for t in tensors]
    if not found:
        raise ValueError(if_none)
    return found


def _keep_input(keep_input: Any, enqueue_many: bool) -> Tensor:
    tensor = convert_to_tensor(keep_input)
    rank = tensor.shape.ndims
    if rank is None:
        raise ValueError("`keep_input` dimensions must be known at graph construction.")
    if not enqueue_many and rank == 1:
        raise ValueError("`keep_input` cannot be a vector when `enqueue_many=False`.")
    if rank > 1:
        raise ValueError("`keep_input` must be 0 or 1 dimensions.")
    return tensor


def _types(lists: Sequence[Sequence[Tensor]]) -> list[Any]:
    types = [t.dtype for t in lists[0]]
    for tensors in lists[1:]:
        others = [t.dtype for t in tensors]
        if others != types:
            raise TypeError(f"Expected types to be consistent: {', '.join(t.name for t in types)} vs. "
                            f"{', '.join(t.name for t in others)}.")
    return [dtype.base_dtype for dtype in types]


def _shapes(lists: Sequence[Sequence[Tensor]], shapes: Any, enqueue_many: bool) -> Any:
    if shapes is not None:
        return shapes
    for tensors in lists:
        for tensor in tensors:
            if tensor.shape.ndims is None:
                raise ValueError(f"Cannot infer Tensor's rank: {tensor}")
    return [_in_common([TensorShape(t.shape) for t in column], enqueue_many) for column in zip(*lists)]


def _in_common(shapes: list[TensorShape], enqueue_many: bool) -> list[int | None]:
    if enqueue_many:
        shapes = [shape.with_rank_at_least(1)[1:] for shape in shapes]
    for shape in shapes[1:]:
        shapes[0].merge_with(shape)
    return shapes[0].as_list()


def batch(tensors: Any, batch_size: Any, num_threads: int = 1, capacity: int = 32, enqueue_many: bool = False,
          shapes: Any = None, dynamic_pad: bool = False, allow_smaller_final_batch: bool = False,
          shared_name: str | None = None, name: str | None = None) -> Any:
    """Return batches of tensors, in order if one thread puts them into the queue.

    Args:
      tensors: a list or dictionary of tensors, dense or sparse: one element, or with `enqueue_many` several.
      batch_size: how many elements make a batch.
      num_threads: how many threads run what gives the tensors.
      capacity: how many elements wait at most.
      enqueue_many: whether the first dimension of each tensor counts elements.
      shapes: of an element's tensors, if they are not known.
      dynamic_pad: whether elements of different shapes are filled up to the largest of the batch.
      allow_smaller_final_batch: whether the last batch may have fewer elements.
      shared_name: of the queue.
      name: of the op.

    Returns:
      Tensors in the form of `tensors`, with one more dimension of `batch_size` (unknown if batches may be smaller).

    Raises:
      ValueError: if the shapes are not known, or there is no tensor.
    """
    return maybe_batch(tensors, True, batch_size, num_threads, capacity, enqueue_many, shapes, dynamic_pad,
                       allow_smaller_final_batch, shared_name, name)


def maybe_batch(tensors: Any, keep_input: Any, batch_size: Any, num_threads: int = 1, capacity: int = 32,
                enqueue_many: bool = False, shapes: Any = None, dynamic_pad: bool = False,
                allow_smaller_final_batch: bool = False, shared_name: str | None = None, name: str | None = None) -> Any:
    """Return batches as `batch` does, of those elements that `keep_input` says.

    Args:
      tensors: as for `batch`.
      keep_input: a boolean scalar; with `enqueue_many` perhaps a vector, one for each element.
      batch_size: how many elements make a batch.
      num_threads: how many threads run what gives the tensors.
      capacity: how many elements wait at most.
      enqueue_many: whether the first dimension of each tensor counts elements.
      shapes: of an element's tensors, if they are not known.
      dynamic_pad: whether elements of different shapes are filled up to the largest of the batch.
      allow_smaller_final_batch: whether the last batch may have fewer elements.
      shared_name: of the queue.
      name: of the op.
    """
    batches = _Batches(batch_size, capacity, enqueue_many, shapes, allow_smaller_final_batch, shared_name, "batch",
                       dynamic_pad=dynamic_pad)
    return batches.of(tensors, keep_input, num_threads, name)


def batch_join(tensors_list: Any, batch_size: Any, capacity: int = 32, enqueue_many: bool = False, shapes: Any = None,
               dynamic_pad: bool = False, allow_smaller_final_batch: bool = False, shared_name: str | None = None,
               name: str | None = None) -> Any:
    """Return batches of what several threads put into one queue, each its own tensors.

    Args:
      tensors_list: for each thread a list or dictionary of tensors, as for `batch`.
      batch_size: how many elements make a batch.
      capacity: how many elements wait at most.
      enqueue_many: whether the first dimension of each tensor counts elements.
      shapes: of an element's tensors, if they are not known.
      dynamic_pad: whether elements of different shapes are filled up to the largest of the batch.
      allow_smaller_final_batch: whether the last batch may have fewer elements.
      shared_name: of the queue.
      name: of the op.
    """
    return maybe_batch_join(tensors_list, True, batch_size, capacity, enqueue_many, shapes, dynamic_pad,
                            allow_smaller_final_batch, shared_name, name)


def maybe_batch_join(tensors_list: Any, keep_input: Any, batch_size: Any, capacity: int = 32, enqueue_many: bool = False,
                     shapes: Any = None, dynamic_pad: bool = False, allow_smaller_final_batch: bool = False,
                     shared_name: str | None = None, name: str | None = None) -> Any:
    """Return batches as `batch_join` does, of those elements that `keep_input` says.

    Args:
      tensors_list: for each thread a list or dictionary of tensors, as for `batch`.
      keep_input: a boolean scalar; with `enqueue_many` perhaps a vector, one for each element.
      batch_size: how many elements make a batch.
      capacity: how many elements wait at most.
      enqueue_many: whether the first dimension of each tensor counts elements.
      shapes: of an element's tensors, if they are not known.
      dynamic_pad: whether elements of different shapes are filled up to the largest of the batch.
      allow_smaller_final_batch: whether the last batch may have fewer elements.
      shared_name: of the queue.
      name: of the op.
    """
    batches = _Batches(batch_size, capacity, enqueue_many, shapes, allow_smaller_final_batch, shared_name, "batch_join",
                       dynamic_pad=dynamic_pad)
    return batches.of_each(tensors_list, keep_input, name)


def shuffle_batch(tensors: Any, batch_size: Any, capacity: int, min_after_dequeue: int, num_threads: int = 1,
                  seed: int | None = None, enqueue_many: bool = False, shapes: Any = None,
                  allow_smaller_final_batch: bool = False, shared_name: str | None = None, name: str | None = None) -> Any:
    """Return batches of elements chosen from a queue at random.

    Args:
      tensors: a list or dictionary of tensors, dense or sparse: one element, or with `enqueue_many` several.
      batch_size: how many elements make a batch.
      capacity: how many elements wait at most.
      min_after_dequeue: how many stay in the queue to choose from, as long as there are more to come.
      num_threads: how many threads run what gives the tensors.
      seed: of the choice.
      enqueue_many: whether the first dimension of each tensor counts elements.
      shapes: of an element's tensors, if they are not known.
      allow_smaller_final_batch: whether the last batch may have fewer elements.
      shared_name: of the queue.
      name: of the op.

    Raises:
      ValueError: if `capacity` is not larger than `min_after_dequeue`, or the shapes are not known.
    """
    return maybe_shuffle_batch(tensors, batch_size, capacity, min_after_dequeue, True, num_threads, seed, enqueue_many,
                               shapes, allow_smaller_final_batch, shared_name, name)


def maybe_shuffle_batch(tensors: Any, batch_size: Any, capacity: int, min_after_dequeue: int, keep_input: Any,
                        num_threads: int = 1, seed: int | None = None, enqueue_many: bool = False, shapes: Any = None,
                        allow_smaller_final_batch: bool = False, shared_name: str | None = None,
                        name: str | None = None) -> Any:
    """Return batches as `shuffle_batch` does, of those elements that `keep_input` says.

    Args:
      tensors: as for `shuffle_batch`.
      batch_size: how many elements make a batch.
      capacity: how many elements wait at most.
      min_after_dequeue: how many stay in the queue to choose from, as long as there are more to come.
      keep_input: a boolean scalar; with `enqueue_many` perhaps a vector, one for each element.
      num_threads: how many threads run what gives the tensors.
      seed: of the choice.
      enqueue_many: whether the first dimension of each tensor counts elements.
      shapes: of an element's tensors, if they are not known.
      allow_smaller_final_batch: whether the last batch may have fewer elements.
      shared_name: of the queue.
      name: of the op.
    """
    batches = _Batches(batch_size, capacity, enqueue_many, shapes, allow_smaller_final_batch, shared_name, "shuffle_batch",
                       min_after_dequeue, seed)
    return batches.of(tensors, keep_input, num_threads, name)


def shuffle_batch_join(tensors_list: Any, batch_size: Any, capacity: int, min_after_dequeue: int, seed: int | None = None,
                       enqueue_many: bool = False, shapes: Any = None, allow_smaller_final_batch: bool = False,
                       shared_name: str | None = None, name: str | None = None) -> Any:
    """Return batches of elements chosen at random from what several threads put into one queue.

    Args:
      tensors_list: for each thread a list or dictionary of tensors, as for `shuffle_batch`.
      batch_size: how many elements make a batch.
      capacity: how many elements wait at most.
      min_after_dequeue: how many stay in the queue to choose from, as long as there are more to come.
      seed: of the choice.
      enqueue_many: whether the first dimension of each tensor counts elements.
      shapes: of an element's tensors, if they are not known.
      allow_smaller_final_batch: whether the last batch may have fewer elements.
      shared_name: of the queue.
      name: of the op.
    """
    return maybe_shuffle_batch_join(tensors_list, batch_size, capacity, min_after_dequeue, True, seed, enqueue_many, shapes,
                                    allow_smaller_final_batch, shared_name, name)


def maybe_shuffle_batch_join(tensors_list: Any, batch_size: Any, capacity: int, min_after_dequeue: int, keep_input: Any,
                             seed: int | None = None, enqueue_many: bool = False, shapes: Any = None,
                             allow_smaller_final_batch: bool = False, shared_name: str | None = None,
                             name: str | None = None) -> Any:
    """Return batches as `shuffle_batch_join` does, of those elements that `keep_input` says.

    Args:
      tensors_list: for each thread a list or dictionary of tensors, as for `shuffle_batch`.
      batch_size: how many elements make a batch.
      capacity: how many elements wait at most.
      min_after_dequeue: how many stay in the queue to choose from, as long as there are more to come.
      keep_input: a boolean scalar; with `enqueue_many` perhaps a vector, one for each element.
      seed: of the choice.
      enqueue_many: whether the first dimension of each tensor counts elements.
      shapes: of an element's tensors, if they are not known.
      allow_smaller_final_batch: whether the last batch may have fewer elements.
      shared_name: of the queue.
      name: of the op.
    """
    batches = _Batches(batch_size, capacity, enqueue_many, shapes, allow_smaller_final_batch, shared_name,
                       "shuffle_batch_join", min_after_dequeue, seed)
    return batches.of_each(tensors_list, keep_input, name)
