"""Plain gradient descent."""

from __future__ import annotations

from typing import Any

from ..graph.indexed_slices import IndexedSlices
from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..ops.forms import cast, node, times
from ..ops.scatter import scatter_sub
from ..ops.training import apply_gradient_descent
from .moving import move
from .optimizer import Optimizer


class GradientDescentOptimizer(Optimizer):
    """Gradient descent: each step is the gradient times the learning rate.

    Args:
      learning_rate: a float, a scalar tensor, or a function that returns one of these.
      use_locking: recorded in the update ops; steps are atomic either way.
      name: of the scope of the update ops.
    """

    def __init__(self, learning_rate: Any, use_locking: bool = False, name: str = "GradientDescent"):
        super().__init__(use_locking, name)
        self._learning_rate = learning_rate
        self._learning_rate_tensor: Any = None

    def _prepare(self) -> None:
        rate = self._call_if_callable(self._learning_rate)
        self._learning_rate_tensor = convert_to_tensor(rate, name="learning_rate")

    def _rate_for(self, var: Any) -> Tensor:
        return cast(self._learning_rate_tensor, var.dtype.base_dtype)

    def _apply_dense(self, grad: Tensor, var: Any) -> Any:
        return move(apply_gradient_descent, [var], self._rate_for(var), grad, use_locking=self._use_locking)

    def _apply_sparse_duplicate_indices(self, grad: IndexedSlices, var: Any) -> Any:
        delta = times(grad.values, self._rate_for(var))
        return scatter_sub(var, grad.indices, delta, use_locking=self._use_locking)

    _resource_apply_dense = _apply_dense

    def _resource_apply_sparse_duplicate_indices(self, grad: Tensor, var: Any, indices: Tensor) -> Any:
        return node("ResourceScatterAdd", var.handle, indices, -grad * self._learning_rate)
