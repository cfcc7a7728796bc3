"""Adagrad by dual averaging."""

from __future__ import annotations

from typing import Any

from ..graph.indexed_slices import IndexedSlices
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..op.constant import constant
from ..ops.adagrad_da import apply_adagrad_da, sparse_apply_adagrad_da
from ..ops.forms import cast, node
from .moving import move
from .optimizer import Optimizer


class AdagradDAOptimizer(Optimizer):
    """Adagrad by dual averaging, for linear models with many zeros: the variable follows from sums of all gradients so far.

    The slots are `gradient_accumulator` and `gradient_squared_accumulator`, those sums. The initial value of the variable
    counts for the first gradient only.

    Args:
      learning_rate: a float or a scalar tensor.
      global_step: the variable that counts the steps.
      initial_gradient_squared_accumulator_value: what the sum of squares starts from.
      l1_regularization_strength: a float or a scalar tensor, the weight of the sum of absolute values.
      l2_regularization_strength: a float or a scalar tensor, the weight of the sum of squares.
      use_locking: recorded in the update ops; steps are atomic either way.
      name: of the scope of the update ops, and of the slots.

    Raises:
      ValueError: if the sum of squares does not start above zero.
    """

    def __init__(self, learning_rate: Any, global_step: Any, initial_gradient_squared_accumulator_value: float = 0.1,
                 l1_regularization_strength: Any = 0.0, l2_regularization_strength: Any = 0.0, use_locking: bool = False,
                 name: str = "AdagradDA"):
        if initial_gradient_squared_accumulator_value <= 0.0:
            raise ValueError("initial_gradient_squared_accumulator_value must be positive: "
                             f"{initial_gradient_squared_accumulator_value}")
        super().__init__(use_locking, name)
        self._learning_rate, self._global_step = learning_rate, global_step
        self._initial_gradient_squared_accumulator_value = initial_gradient_squared_accumulator_value
        self._l1_regularization_strength = l1_regularization_strength
        self._l2_regularization_strength = l2_regularization_strength
        self._learning_rate_tensor: Any = None
        self._global_step_on_worker: Any = None

    def _create_slots(self, var_list: list) -> None:
        for var in var_list:
            dtype, shape = var.dtype.base_dtype, var.get_shape()
            with get_default_graph().colocate_with(var):
                total = constant(0.0, dtype, shape=shape)
                squares = constant(self._initial_gradient_squared_accumulator_value, dtype, shape=shape)
            self._get_or_make_slot(var, total, "gradient_accumulator", self._name)
            self._get_or_make_slot(var, squares, "gradient_squared_accumulator", self._name)

    def _prepare(self) -> None:
        self._learning_rate_tensor, = self._as_tensors([self._learning_rate], ["learning_rate"])
        with get_default_graph().colocate_with(self._learning_rate_tensor):
            self._global_step_on_worker = node("Identity", self._global_step) + 1

    def _step_for(self, var: Any) -> Tensor:
        with get_default_graph().device(var.device):
            return node("Identity", self._global_step_on_worker)

    def _slots_of(self, var: Any) -> list[Any]:
        return [self.get_slot(var, name) for name in ("gradient_accumulator", "gradient_squared_accumulator")]

    def _numbers(self, dtype: Any) -> list[Tensor]:
        return [cast(value, dtype) for value in (self._learning_rate_tensor, self._l1_regularization_strength,
                                                 self._l2_regularization_strength)]

    def _apply_dense(self, grad: Tensor, var: Any) -> Any:
        step = self._step_for(var)
        return move(apply_adagrad_da, [var, *self._slots_of(var)], grad, *self._numbers(var.dtype.base_dtype), step,
                    use_locking=self._use_locking)

    def _apply_sparse(self, grad: IndexedSlices, var: Any) -> Any:
        step = self._step_for(var)
        return move(sparse_apply_adagrad_da, [var, *self._slots_of(var)], grad.values, grad.indices,
                    *self._numbers(var.dtype.base_dtype), step, use_locking=self._use_locking)

    _resource_apply_dense = _apply_dense

    def _resource_apply_sparse(self, grad: Tensor, var: Any, indices: Tensor) -> Any:
        return AdagradDAOptimizer._apply_sparse(self, IndexedSlices(grad, indices), var)
