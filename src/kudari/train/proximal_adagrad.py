"""Proximal Adagrad."""

from __future__ import annotations

from typing import Any

from ..graph.indexed_slices import IndexedSlices
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..op.constant import constant
from ..op.convert import convert_to_tensor
from ..ops.proximal import apply_proximal_adagrad, sparse_apply_proximal_adagrad
from .moving import move
from .optimizer import Optimizer


class ProximalAdagradOptimizer(Optimizer):
    """Adagrad whose every step then goes to the minimum of a regularization near where it led.

    The slot is `accumulator`, the sum of the squares of the gradients.

    Args:
      learning_rate: a float or a scalar tensor, of the type of the variables.
      initial_accumulator_value: what the sum starts from.
      l1_regularization_strength: the weight of the sum of absolute values; a float or a scalar tensor.
      l2_regularization_strength: the weight of the sum of squares; a float or a scalar tensor.
      use_locking: recorded in the update ops; steps are atomic either way.
      name: of the scope of the update ops, and of the slots.

    Raises:
      ValueError: if the sum does not start above zero.
    """

    def __init__(self, learning_rate: Any, initial_accumulator_value: float = 0.1, l1_regularization_strength: Any = 0.0,
                 l2_regularization_strength: Any = 0.0, use_locking: bool = False, name: str = "ProximalAdagrad"):
        if initial_accumulator_value <= 0.0:
            raise ValueError(f"initial_accumulator_value must be positive: {initial_accumulator_value}")
        super().__init__(use_locking, name)
        self._learning_rate, self._initial_accumulator_value = learning_rate, initial_accumulator_value
        self._l1_regularization_strength = l1_regularization_strength
        self._l2_regularization_strength = l2_regularization_strength
        self._numbers: list[Tensor] = []

    def _create_slots(self, var_list: list) -> None:
        for var in var_list:
            with get_default_graph().colocate_with(var):
                squares = constant(self._initial_accumulator_value, var.dtype.base_dtype, shape=var.get_shape())
            self._get_or_make_slot(var, squares, "accumulator", self._name)

    def _prepare(self) -> None:
        self._numbers = [
            convert_to_tensor(self._learning_rate, name="learning_rate"),
            convert_to_tensor(self._l1_regularization_strength, name="l1_regularization_strength"),
            convert_to_tensor(self._l2_regularization_strength, name="l2_regularization_strength")]

    def _apply_dense(self, grad: Tensor, var: Any) -> Any:
        return move(apply_proximal_adagrad, [var, self.get_slot(var, "accumulator")], *self._numbers, grad,
                    use_locking=self._use_locking)

    def _apply_sparse(self, grad: IndexedSlices, var: Any) -> Any:
        return move(sparse_apply_proximal_adagrad, [var, self.get_slot(var, "accumulator")], *self._numbers, grad.values,
                    grad.indices, use_locking=self._use_locking)

    _resource_apply_dense = _apply_dense

    def _resource_apply_sparse(self, grad: Tensor, var: Any, indices: Tensor) -> Any:
        return ProximalAdagradOptimizer._apply_sparse(self, IndexedSlices(grad, indices), var)
