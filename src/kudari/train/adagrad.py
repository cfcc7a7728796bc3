"""Adagrad."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..graph.indexed_slices import IndexedSlices
from ..graph.tensor import Tensor
from ..ops.adagrad import apply_adagrad, sparse_apply_adagrad
from ..ops.forms import cast, node
from ..ops.shapes import shape_of
from ..variables.initializers import Constant
from .moving import move
from .optimizer import Optimizer


class AdagradOptimizer(Optimizer):
    """Adagrad: divides the gradient by the root of the sum of all its squares so far.

    The slot is `accumulator`, that sum.

    Args:
      learning_rate: a float, a scalar tensor, or a function that returns one of these.
      initial_accumulator_value: what the sum starts from.
      use_locking: recorded in the update ops; steps are atomic either way.
      name: of the scope of the update ops, and of the slots.

    Raises:
      ValueError: if the sum does not start above zero.
    """

    def __init__(self, learning_rate: Any, initial_accumulator_value: float = 0.1, use_locking: bool = False,
                 name: str = "Adagrad"):
        if initial_accumulator_value <= 0.0:
            raise ValueError(f"initial_accumulator_value must be positive: {initial_accumulator_value}")
        super().__init__(use_locking, name)
        self._learning_rate, self._initial_accumulator_value = learning_rate, initial_accumulator_value
        self._learning_rate_tensor: Any = None

    def _create_slots(self, var_list: list) -> None:
        for var in var_list:
            dtype, shape = var.dtype.base_dtype, var.get_shape()
            is_known = shape.is_fully_defined()
            start = Constant(self._initial_accumulator_value, dtype) if is_known else self._of_the_shape_of(var, dtype)
            self._get_or_make_slot_with_initializer(var, start, shape, dtype, "accumulator", self._name)

    def _of_the_shape_of(self, var: Any, dtype: Any) -> Callable[[], Tensor]:
        return lambda: cast(node("Fill", shape_of(var), self._initial_accumulator_value), dtype)

    def _prepare(self) -> None:
        self._learning_rate_tensor, = self._as_tensors([self._learning_rate], ["learning_rate"])

    def _apply_dense(self, grad: Tensor, var: Any) -> Any:
        rate = cast(self._learning_rate_tensor, var.dtype.base_dtype)
        return move(apply_adagrad, [var, self.get_slot(var, "accumulator")], rate, grad, use_locking=self._use_locking)

    def _apply_sparse(self, grad: IndexedSlices, var: Any) -> Any:
        rate = cast(self._learning_rate_tensor, var.dtype.base_dtype)
        return move(sparse_apply_adagrad, [var, self.get_slot(var, "accumulator")], rate, grad.values, grad.indices,
                    use_locking=self._use_locking)

    _resource_apply_dense = _apply_dense

    def _resource_apply_sparse(self, grad: Tensor, var: Any, indices: Tensor) -> Any:
        return AdagradOptimizer._apply_sparse(self, IndexedSlices(grad, indices), var)
