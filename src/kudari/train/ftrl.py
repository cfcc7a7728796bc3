"""FTRL."""

from __future__ import annotations

from typing import Any

from ..graph.indexed_slices import IndexedSlices
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..op.constant import constant
from ..ops.forms import cast
from ..ops.ftrl import apply_ftrl, apply_ftrl_v2, sparse_apply_ftrl, sparse_apply_ftrl_v2
from .moving import move
from .optimizer import Optimizer


class FtrlOptimizer(Optimizer):
    """FTRL: each step goes to the minimum of the regularized loss as all gradients so far describe it.

    The slots are `accum`, the sum of the squares of the gradients, and `linear`, that of the gradients as far as the
    variable has not followed them.

    Args:
      learning_rate: a float or a scalar tensor.
      learning_rate_power: how the rate falls with the sum of squares; zero for a fixed rate.
      initial_accumulator_value: what the sum of squares starts from.
      l1_regularization_strength: the weight of the sum of absolute values.
      l2_regularization_strength: the weight of the sum of squares.
      use_locking: recorded in the update ops; steps are atomic either way.
      name: of the scope of the update ops, and of the slots.
      accum_name: of the slot of the squares; `name` if `None`.
      linear_name: of the other slot; `name` if `None`.
      l2_shrinkage_regularization_strength: the weight of a penalty on size that is part of the gradient.

    Raises:
      ValueError: if a number has the wrong sign.
    """

    def __init__(self, learning_rate: Any, learning_rate_power: float = -0.5, initial_accumulator_value: float = 0.1,
                 l1_regularization_strength: float = 0.0, l2_regularization_strength: float = 0.0,
                 use_locking: bool = False, name: str = "Ftrl", accum_name: str | None = None,
                 linear_name: str | None = None, l2_shrinkage_regularization_strength: float = 0.0):
        super().__init__(use_locking, name)
        if learning_rate_power > 0.0:
            raise ValueError(f"learning_rate_power {learning_rate_power:f} needs to be negative or zero")
        _refuse_negative(initial_accumulator_value=initial_accumulator_value,
                         l1_regularization_strength=l1_regularization_strength,
                         l2_regularization_strength=l2_regularization_strength,
                         l2_shrinkage_regularization_strength=l2_shrinkage_regularization_strength)
        self._learning_rate, self._learning_rate_power = learning_rate, learning_rate_power
        self._initial_accumulator_value = initial_accumulator_value
        self._l1_regularization_strength = l1_regularization_strength
        self._l2_regularization_strength = l2_regularization_strength
        self._l2_shrinkage_regularization_strength = l2_shrinkage_regularization_strength
        self._accum_name, self._linear_name = accum_name, linear_name
        self._tensors: list[Tensor] = []

    def _create_slots(self, var_list: list) -> None:
        for var in var_list:
            with get_default_graph().colocate_with(var):
                squares = constant(self._initial_accumulator_value, var.dtype, shape=var.get_shape())
                self._get_or_make_slot(var, squares, "accum", self._accum_name or self._name)
                self._zeros_slot(var, "linear", self._linear_name or self._name)

    def _prepare(self) -> None:
        self._tensors = self._as_tensors(
            (self._learning_rate, self._l1_regularization_strength, self._l2_regularization_strength,
             self._l2_shrinkage_regularization_strength, self._learning_rate_power),
            ("learning_rate", "l1_regularization_strength", "l2_regularization_strength",
             "l2_shrinkage_regularization_strength", "learning_rate_power"))

    @property
    def _shrinks(self) -> bool:
        return self._l2_shrinkage_regularization_strength > 0.0

    def _numbers(self, dtype: Any) -> list[Tensor]:
        rate, l1, l2, shrinkage, power = self._tensors
        used = (rate, l1, l2, shrinkage, power) if self._shrinks else (rate, l1, l2, power)
        return [cast(value, dtype) for value in used]

    def _slots_of(self, var: Any) -> list[Any]:
        return [self.get_slot(var, "accum"), self.get_slot(var, "linear")]

    def _apply_dense(self, grad: Tensor, var: Any) -> Any:
        step = apply_ftrl_v2 if self._shrinks else apply_ftrl
        return move(step, [var, *self._slots_of(var)], grad, *self._numbers(var.dtype.base_dtype),
                    use_locking=self._use_locking)

    def _apply_sparse(self, grad: IndexedSlices, var: Any) -> Any:
        step = sparse_apply_ftrl_v2 if self._shrinks else sparse_apply_ftrl
        return move(step, [var, *self._slots_of(var)], grad.values, grad.indices, *self._numbers(var.dtype.base_dtype),
                    use_locking=self._use_locking)

    _resource_apply_dense = _apply_dense

    def _resource_apply_sparse(self, grad: Tensor, var: Any, indices: Tensor) -> Any:
        return FtrlOptimizer._apply_sparse(self, IndexedSlices(grad, indices), var)


def _refuse_negative(**numbers: float) -> None:
    for name, value in numbers.items():
        if value < 0.0:
            raise ValueError(f"{name} {value:f} needs to be positive or zero")
