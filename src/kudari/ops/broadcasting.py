"""Gradients of ops that broadcast: a gradient of the broadcast shape, summed back to the shape of each operand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from ..graph.graph import Graph
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..op.constant import constant_value
from ..shape import is_defined
from .forms import node
from .shapes import reduction, shape_of

_known: WeakKeyDictionary[Graph, dict[Any, tuple]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Operand:
    """One operand of a broadcast: its shape, and the axes of the result along which it was repeated."""

    shape: Any
    axes: Any
    is_smaller: bool = True

    def reduce(self, grad: Any) -> Any:
        """Return a gradient of the broadcast shape as one of this operand's shape."""
        return node("Reshape", reduction("Sum", grad, self.axes), self.shape) if self.is_smaller else grad


def operands(x: Tensor, y: Tensor) -> tuple[Operand, Operand]:
    """Return what gradients of `x` and `y` must be summed over, found by a node."""
    return operands_of(shape_of(x), shape_of(y))


def operands_of(shape_x: Tensor, shape_y: Tensor) -> tuple[Operand, Operand]:
    """Return what `operands` does for tensors of the shapes that `shape_x` and `shape_y` hold."""
    axes_x, axes_y = node("BroadcastGradientArgs", shape_x, shape_y)
    return Operand(shape_x, axes_x), Operand(shape_y, axes_y)


def operands_for(x: Tensor, y: Tensor, grad: Any) -> tuple[Operand, Operand]:
    """Return what `operands` does, as constants where the shapes are known, with no sums that do nothing."""
    if not isinstance(grad, Tensor):
        return operands(x, y)
    shape_x, shape_y = x.static_shape, y.static_shape
    if not (is_defined(shape_x) and is_defined(shape_y)):
        return operands_of(shape_of(x, optimize=False), shape_of(y, optimize=False))
    axes_x, axes_y = _known_axes(shape_x, shape_y)
    return (Operand(shape_x, axes_x, shape_x != grad.static_shape),
            Operand(shape_y, axes_y, shape_y != grad.static_shape))


def _known_axes(shape_x: Any, shape_y: Any) -> tuple:
    """The axes by value. TensorFlow makes the node once for each pair of shapes, only to read its value."""
    cache = _known.setdefault(get_default_graph(), {})
    if (shape_x, shape_y) not in cache:
        outputs = node("BroadcastGradientArgs", shape_x, shape_y)
        cache[shape_x, shape_y] = tuple(_as_axes(t) for t in outputs)
    return cache[shape_x, shape_y]


def _as_axes(tensor: Tensor) -> tuple[int, ...]:
    value = constant_value(tensor)
    assert value is not None, f"{tensor} is made of constants"
    return tuple(int(axis) for axis in value)


def have_one_shape(x: Tensor, y: Tensor, grad: Any) -> bool:
    """Return whether operands and gradient have one fully known shape, so that nothing was broadcast."""
    if not (isinstance(grad, Tensor) and is_defined(x.static_shape)):
        return False
    return x.static_shape == y.static_shape == grad.static_shape
