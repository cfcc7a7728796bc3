"""How many operations on floats nodes do, as TensorFlow counts them."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from ..graph.operation import Operation
from ..graph.tensor import Tensor
from ..shape import Shape

Sizes = tuple[int, ...]
ShapeOf = Callable[[Tensor], Shape]


class _Node:
    """A node with the shapes of its tensors, which must be known.

    Raises:
      ValueError: when a shape that is asked for is not known.
    """

    def __init__(self, op: Operation, shape_of: ShapeOf):
        self.attrs: Any = op.attrs
        self._op, self._shape_of = op, shape_of

    def _known(self, tensor: Tensor) -> Sizes:
        shape = self._shape_of(tensor)
        if shape is None or None in shape:
            raise ValueError(f"The shape of {tensor.name} is not known.")
        return tuple(n for n in shape if n is not None)

    def input(self, index: int) -> Sizes:
        return self._known(self._op.inputs[index])

    @property
    def output(self) -> Sizes:
        return self._known(self._op.outputs[0])

    @property
    def input_count(self) -> int:
        return len(self._op.inputs)

    def must_be_nhwc(self) -> None:
        if self.attrs["data_format"] not in ("NHWC", b"NHWC"):
            raise ValueError("Only NHWC is counted.")

    @property
    def window(self) -> int:
        self.must_be_nhwc()
        return math.prod(self.attrs["ksize"])


def _each_input(times: int = 1) -> Callable[[_Node], int]:
    return lambda node: math.prod(node.input(0)) * times


def _each_output(times: int = 1) -> Callable[[_Node], int]:
    return lambda node: math.prod(node.output) * times


def _reduced(node: _Node) -> int:
    return math.prod(node.input(0)) - math.prod(node.output)


def _mean(node: _Node) -> int:
    return math.prod(node.input(0)) + 0 * math.prod(node.output)  # both shapes must be known


def _pool(node: _Node) -> int:
    return node.window * math.prod(node.output)


def _average_pool_grad(node: _Node) -> int:
    return node.window * math.prod(node.input(1)) * 2


def _max_pool_grad(node: _Node) -> int:
    return (node.window + 1) * math.prod(node.input(1))


def _back_to_input(node: _Node) -> int:
    return _backwards(node, node.output, node.input(1))


def _back_to_filter(node: _Node) -> int:
    return _backwards(node, node.input(0), node.output)


def _backwards(node: _Node, image: Sizes, kernel: Sizes) -> int:
    node.must_be_nhwc()
    strides = node.attrs["strides"]
    return int(2 * math.prod(image) * math.prod(kernel) / (image[-1] * strides[1] * strides[2]))


def _product(node: _Node) -> int:
    a = node.input(0)
    return math.prod(node.output) * (a[0] if node.attrs["transpose_a"] else a[1]) * 2


def _batch_product(node: _Node) -> int:
    a = node.input(0)
    return math.prod(node.output) * (a[-2] if node.attrs["adj_x"] else a[-1]) * 2


def _windows(dimensions: int) -> Callable[[_Node], int]:
    return lambda node: math.prod(node.output) * math.prod(node.input(1)[:dimensions]) * 2


def _sum_of_many(node: _Node) -> int:
    return math.prod(node.input(0)) * (node.input_count - 1) if node.input_count else 0


_COUNTS: dict[str, Callable[[_Node], int]] = {
    **dict.fromkeys(("AssignAdd", "AssignSub", "Log", "Neg", "Reciprocal", "Square"), _each_input()),
    "Rsqrt": _each_input(2),
    "Softmax": _each_input(5),
    "L2Loss": lambda node: math.prod(node.input(0)) * 3 - 1,
    **dict.fromkeys(("Add", "BiasAdd", "Equal", "Greater", "GreaterEqual", "Less", "LessEqual", "Maximum", "Minimum", "Mul",
                     "NotEqual", "Pow", "RealDiv", "Sub"), _each_output()),
    "SquaredDifference": _each_output(2),
    "RsqrtGrad": _each_output(4),
    **dict.fromkeys(("ArgMax", "ArgMin", "BiasAddGrad", "Sum"), _reduced),
    "Mean": _mean,
    "AvgPool": _pool,
    "MaxPool": _pool,
    "AvgPoolGrad": _average_pool_grad,
    "MaxPoolGrad": _max_pool_grad,
    "Conv2D": _windows(3),
    "Conv3D": _windows(4),
    "DepthwiseConv2dNative": _windows(2),
    "Dilation2D": _windows(2),
    "Conv2DBackpropInput": _back_to_input,
    "Conv2DBackpropFilter": _back_to_filter,
    "AddN": _sum_of_many,
    "MatMul": _product,
    "BatchMatMul": _batch_product,
}


def float_ops(op: Operation, shape_of: ShapeOf) -> int:
    """Return how many operations on floats `op` does, 0 for types that TensorFlow does not count.

    Args:
      op: the node.
      shape_of: from a tensor to its shape.

    Raises:
      ValueError: if a shape is not known that it depends on, or channels come first where they must not.
    """
    count = _COUNTS.get(op.type)
    return 0 if count is None else count(_Node(op, shape_of))
