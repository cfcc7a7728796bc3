"""Summing the gradients that reach one tensor along several paths."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..dtypes import int32, int64
from ..graph.indexed_slices import IndexedSlices
from ..graph.operation import Operation
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..ops.forms import cast, node
from ..shape import is_defined, merge

Gradient = Any  # Tensor | IndexedSlices | None


class AggregationMethod:
    """How gradients that reach a tensor along several paths are summed."""

    ADD_N = 0
    DEFAULT = ADD_N
    EXPERIMENTAL_TREE = 1
    EXPERIMENTAL_ACCUMULATE_N = 2


def aggregate(op: Operation, terms: Sequence[Gradient], method: int | None) -> Gradient:
    """Return the sum of `terms`, gradients of one output of `op`; `None` if there are none.

    Raises:
      ValueError: if there is no such aggregation method.
      TypeError: if a term is neither a tensor nor `IndexedSlices`.
    """
    if method not in (None, 0, 1, 2):
        raise ValueError(f"Invalid aggregation_method specified {method}.")
    if any(not isinstance(term, Tensor | IndexedSlices | None) for term in terms):
        raise TypeError("gradients have to be either all Tensors or all IndexedSlices")
    if len(terms) < 2:
        return terms[0] if terms else None
    if all(isinstance(term, Tensor) for term in terms):
        return _sum_tensors(op, list(terms), method)
    return _sum_slices([term for term in terms if term is not None])


def _sum_tensors(op: Operation, terms: list[Tensor], method: int | None) -> Tensor:
    if method in (None, AggregationMethod.ADD_N):
        return _sum_by_device(terms)
    if method == AggregationMethod.EXPERIMENTAL_ACCUMULATE_N and len(terms) > 2 and is_defined(_common_shape(terms)):
        return node("AccumulateNV2", terms, shape=_common_shape(terms))
    with get_default_graph().name_scope(op.name + "_gradient_sum"):
        total = terms[0]
        for term in terms[1:]:
            total = node("AddN", [total, term])
        return total


def _common_shape(terms: Sequence[Tensor]) -> Any:
    shape = None
    for term in terms:
        shape = merge(shape, term.static_shape)
    return shape


def _sum_by_device(terms: list[Tensor]) -> Tensor:
    """Sum what is on each device there, then the partial sums."""
    on_device: dict[str, list[Tensor]] = {}
    for term in terms:
        on_device.setdefault(term.device, []).append(term)
    partial = []
    for device in sorted(on_device):
        here = on_device[device]
        with get_default_graph().colocate_with(here[0].op, ignore_existing=True):
            partial.append(_sum(here))
    return _sum(partial)


def _sum(terms: list[Any]) -> Tensor:
    return terms[0] if len(terms) == 1 else node("AddN", terms)


def _sum_slices(terms: list[Any]) -> Gradient:
    if any(isinstance(term, Tensor) for term in terms):
        return node("AddN", terms)
    terms = _with_one_index_type(terms)
    return IndexedSlices(node("ConcatV2", [t.values for t in terms], 0, name="concat"),
                         node("ConcatV2", [t.indices for t in terms], 0, name="concat"), terms[0].dense_shape)


def _with_one_index_type(terms: list[IndexedSlices]) -> list[IndexedSlices]:
    if len({term.indices.dtype for term in terms}) == 1:
        return terms
    return [IndexedSlices(t.values, cast(t.indices, int64), t.dense_shape) if t.indices.dtype == int32 else t
            for t in terms]
