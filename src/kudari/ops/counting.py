"""Counting up to a limit in a variable."""

from __future__ import annotations

import numpy as np

from ..dtypes import TINDEX
from ..errors import OutOfRangeError
from ..graph.operation import Operation
from ..op.definition import not_differentiable, op
from ..op.rules import scalar
from ..op.signature import required


@op("CountUpTo", "ref: Ref(T) -> output: T", scalar, host=True, limit=required("int"), T=TINDEX)
def count_up_to(ref):
    """Add one to a variable, up to a limit; the value before."""
    return ref + ref.dtype.type(1), ref


@count_up_to.check
def _(op, ref):
    refuse_past(op, ref)


def refuse_past(op: Operation, count: np.ndarray) -> None:
    """Raise `OutOfRangeError` if `count` has reached the limit of `op`."""
    if count >= op["limit"]:
        raise OutOfRangeError(op.node_def, op, f"Reached limit of {op['limit']}\n\t [[node {op.name} (defined at "
                                               f"{op.made_at}) ]]")


not_differentiable(count_up_to)
