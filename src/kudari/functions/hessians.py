"""`tf.hessians`: second derivatives, a row of them after the other."""

from __future__ import annotations

from typing import Any

from ..autodiff.gradients import gradients
from ..graph.tensor import Tensor
from ..op.constant import constant
from ..ops.array_handle import TensorArray
from ..ops.forms import node
from ..ops.indexing import item
from ..ops.joining import concat
from ..ops.shapes import shape_of, size_of
from .loops import while_loop


def hessians(ys: Any, xs: Any, name: str = "hessians", colocate_gradients_with_ops: bool = False,
             gate_gradients: bool = False, aggregation_method: int | None = None) -> list[Tensor]:
    """Return the second derivatives of the sum of `ys` with respect to each of `xs`.

    Args:
      ys: a tensor or list of tensors to differentiate.
      xs: a tensor, variable, or list of them to differentiate by.
      name: not used.
      colocate_gradients_with_ops: as of `tf.gradients`, for the first derivatives.
      gate_gradients: likewise.
      aggregation_method: likewise.

    Returns:
      For each of `xs` a tensor of its type and of shape `shape(x) + shape(x)`.

    Raises:
      LookupError: if an op on the way has no gradient.
      ValueError: if the `ys` do not depend on one of `xs`, or their first derivatives do not.
    """
    xs = list(xs) if isinstance(xs, list | tuple) else [xs]
    first = gradients(ys, xs, colocate_gradients_with_ops=colocate_gradients_with_ops, gate_gradients=gate_gradients,
                      aggregation_method=aggregation_method)
    return [_second(grad, x) for grad, x in zip(first, xs)]


def _second(grad: Any, x: Any) -> Tensor:
    """Differentiate each element of the gradient `grad` of `x`."""
    flat = node("Reshape", grad, [-1])
    n = size_of(x)

    def row(j: Any, rows: TensorArray) -> tuple:
        return j + 1, rows.write(j, gradients(item(flat, j), x)[0])

    _, rows = while_loop(lambda j, _: j < n, row, [constant(0), TensorArray(x.dtype, n)])
    shape = shape_of(x)
    return node("Reshape", rows.stack(), concat([shape, shape], 0))
