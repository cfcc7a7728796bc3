"""What the handle of a variable tells of it."""

from __future__ import annotations

from ..dtypes import resource
from ..graph.tensor import Tensor
from ..shape import Shape

_PASSED_ON = ("Identity", "Enter", "RefEnter", "Switch", "RefSwitch", "Exit")


def held_shape(handle: Tensor) -> Shape:
    """Return the shape of the variable that `handle` stands for, as far as it is known while building."""
    op = handle.op
    while op.type in _PASSED_ON and op.inputs[0].dtype == resource:
        op = op.inputs[0].op
    return op["shape"] if op.type == "VarHandleOp" else None
