"""Sums of many tensors."""

from __future__ import annotations

import functools
import operator

from ..dtypes import NUMBER, TypeSet, variant
from ..graph.operation import Operation
from ..op.definition import op
from ..op.rules import merged_list
from ..op.signature import required
from ..shape import Shape
from .fitting import must_be_alike


@op("AddN", "inputs: N*T -> sum: T", lambda op: [merged_list(op)],
    T=TypeSet((*NUMBER.allowed, variant)))
def add_n(inputs):
    """Sum of tensors of one shape, added from the first to the last."""
    return functools.reduce(operator.add, inputs)


@add_n.check
def _(op, inputs):
    must_be_alike(op, *inputs)


@add_n.gradient
def _(op, dsum):
    return [dsum] * len(op.inputs)


def _accumulated(op: Operation) -> list[Shape]:
    return [op["shape"]]


@op("AccumulateNV2", "inputs: N*T -> sum: T", _accumulated, T=NUMBER, shape=required("shape"))
def accumulate_n_v2(inputs):
    """Sum of tensors of one shape, added in any order."""
    return functools.reduce(operator.add, inputs)


@accumulate_n_v2.gradient
def _(op, dsum):
    return [dsum] * len(op.inputs)
