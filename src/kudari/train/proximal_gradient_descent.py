"""Proximal gradient descent."""

from __future__ import annotations

from typing import Any

from ..graph.indexed_slices import IndexedSlices
from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..ops.proximal import apply_proximal_gradient_descent, sparse_apply_proximal_gradient_descent
from .moving import move
from .optimizer import Optimizer


class ProximalGradientDescentOptimizer(Optimizer):
    """Gradient descent whose every step then goes to the minimum of a regularization near where it led.

    Args:
      learning_rate: a float or a scalar tensor, of the type of the variables.
      l1_regularization_strength: the weight of the sum of absolute values, likewise.
      l2_regularization_strength: the weight of the sum of squares, likewise.
      use_locking: recorded in the update ops; steps are atomic either way.
      name: of the scope of the update ops.
    """

    def __init__(self, learning_rate: Any, l1_regularization_strength: Any = 0.0, l2_regularization_strength: Any = 0.0,
                 use_locking: bool = False, name: str = "ProximalGradientDescent"):
        super().__init__(use_locking, name)
        self._learning_rate = learning_rate
        self._l1_regularization_strength = l1_regularization_strength
        self._l2_regularization_strength = l2_regularization_strength
        self._numbers: list[Tensor] = []

    def _prepare(self) -> None:
        self._numbers = [
            convert_to_tensor(self._learning_rate, name="learning_rate"),
            convert_to_tensor(self._l1_regularization_strength, name="l1_regularization_strength"),
            convert_to_tensor(self._l2_regularization_strength, name="l2_regularization_strength")]

    def _apply_dense(self, grad: Tensor, var: Any) -> Any:
        return move(apply_proximal_gradient_descent, [var], *self._numbers, grad, use_locking=self._use_locking)

    def _apply_sparse(self, grad: IndexedSlices, var: Any) -> Any:
        return move(sparse_apply_proximal_gradient_descent, [var], *self._numbers, grad.values, grad.indices,
                    use_locking=self._use_locking)

    _resource_apply_dense = _apply_dense

    def _resource_apply_sparse(self, grad: Tensor, var: Any, indices: Tensor) -> Any:
        return ProximalGradientDescentOptimizer._apply_sparse(self, IndexedSlices(grad, indices), var)
