"""Sparse tensors on their way through a queue: their numbers go in, and they come out again as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..dtypes import int64
from ..functions.array import expand_dims, shape, squeeze
from ..functions.filling import ones
from ..functions.picking import gather
from ..functions.smart_conditionals import smart_cond
from ..functions.sparse import sparse_retain
from ..graph.operation import Operation
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..op.constant import constant
from ..op.sparse_tensor import SparseTensor
from ..ops.control import with_dependencies
from ..ops.forms import node, times
from ..shape import Dimension

_ADD, _ADD_MANY = "AddSparseToTensorsMap", "AddManySparseToTensorsMap"


@dataclass
class Stored:
    """What is known of a tensor that goes into a queue.

    Args:
      map_op: the op that keeps a sparse tensor; `None` for a dense one.
      rank: of the sparse tensor.
    """

    map_op: Operation | None = None
    rank: Dimension | None = None

    def merged(self, other: Stored) -> Stored:
        """Return this with what `other` tells of the rank.

        Raises:
          ValueError: if the two cannot be of one queue.
        """
        if self.map_op is not other.map_op:
            raise ValueError(f"Inconsistent SparseTensors list: {self} vs. {other}")
        return self if self.rank is None else replace(self, rank=self.rank.merge_with(other.rank))


def store(tensors: Sequence[Any], enqueue_many: bool, keep_input: Tensor,
          shared: Sequence[Operation | None] | None = None) -> tuple[list[Any], list[Stored]]:
    """Return tensors to put into a queue, the numbers of sparse ones, and what is needed to get those back.

    Args:
      tensors: of an element.
      enqueue_many: whether they hold several elements.
      keep_input: whether the element, or each of the elements, goes into the queue.
      shared: the ops that keep the sparse tensors of the queue already.
    """
    shared = shared or [None] * len(tensors)
    numbers = [_stored(t, enqueue_many, keep_input, map_op) if isinstance(t, SparseTensor) else t
               for t, map_op in zip(tensors, shared)]
    infos = []
    for tensor, number, map_op in zip(tensors, numbers, shared):
        if not isinstance(tensor, SparseTensor):
            infos.append(Stored())
            continue
        rank = tensor.dense_shape.shape.with_rank(1)[0]
        infos.append(Stored(map_op or _map_op(number), Dimension(rank) - (1 if enqueue_many else 0)))
    return [n if info.map_op is None else expand_dims(n, [-1]) for n, info in zip(numbers, infos)], infos


def _stored(tensor: SparseTensor, many: bool, keep_input: Tensor, map_op: Operation | None) -> Tensor:
    shared_name = map_op.name if map_op else None

    def add(kind: str, what: SparseTensor) -> Tensor:
        return node(kind, what.indices, what.values, what.dense_shape, shared_name=shared_name)

    if keep_input.shape.ndims == 1:
        return add(_ADD_MANY, sparse_retain(tensor, gather(keep_input, tensor.indices[:, 0])))
    if not many:
        return smart_cond(keep_input, lambda: add(_ADD, tensor), lambda: constant(-1, int64))
    numbers = smart_cond(keep_input, lambda: add(_ADD_MANY, tensor),
                         lambda: times(-1, ones(shape(tensor)[0:1], int64)))
    numbers.set_shape([None])
    return numbers


def _map_op(number: Tensor) -> Operation:
    kept = (t.op for t in number.op.inputs if t.op.type in (_ADD, _ADD_MANY))
    return next(kept, number.op)


def store_each(tensor_lists: Sequence[Sequence[Any]], enqueue_many: bool, keep_input: Tensor) -> tuple[list, list[Stored]]:
    """Do what `store` does for the tensors of several threads that fill one queue."""
    first, infos = store(tensor_lists[0], enqueue_many, keep_input)
    lists = [first]
    for tensors in tensor_lists[1:]:
        more, others = store(tensors, enqueue_many, keep_input, [info.map_op for info in infos])
        infos = [info.merged(other) for info, other in zip(infos, others)]
        lists.append(more)
    return lists, infos


def restored(outputs: Any, infos: Sequence[Stored]) -> Any:
    """Return what a queue gave, with sparse tensors for their numbers."""
    tensors = [_taken(t, info) if info.map_op is not None else t
               for t, info in zip(outputs if isinstance(outputs, list | tuple) else [outputs], infos)]
    if any(isinstance(t, SparseTensor) for t in tensors):
        all_taken = [t.values if isinstance(t, SparseTensor) else t for t in tensors]
        tensors = [_after(all_taken, t) for t in tensors]
    return tensors if isinstance(outputs, list | tuple) else tensors[0]


def _taken(numbers: Tensor, info: Stored) -> SparseTensor:
    map_op, rank = info.map_op, info.rank
    assert map_op is not None and rank is not None
    handles = squeeze(numbers, [1])
    with get_default_graph().colocate_with(map_op):
        indices, values, dense_shape = node("TakeManySparseFromTensorsMap", handles, dtype=map_op["T"],
                                      container=map_op["container"], shared_name=map_op["shared_name"] or map_op.name)
    size = (rank + 1).value
    indices.set_shape([None, size])
    dense_shape.set_shape([size])
    return SparseTensor(indices, values, dense_shape)


def _after(all_taken: list[Tensor], tensor: Any) -> Any:
    """`tensor` once all are taken, for a run that uses some would leave the others in their map."""
    if isinstance(tensor, SparseTensor):
        return SparseTensor(*(with_dependencies(all_taken, part)
                              for part in (tensor.indices, tensor.values, tensor.dense_shape)))
    return with_dependencies(all_taken, tensor)
