"""Adadelta."""

from __future__ import annotations

from typing import Any

from ..graph.indexed_slices import IndexedSlices
from ..graph.tensor import Tensor
from ..ops.adadelta import apply_adadelta, sparse_apply_adadelta
from ..ops.forms import cast
from .moving import move
from .optimizer import Optimizer


class AdadeltaOptimizer(Optimizer):
    """Adadelta: the size of a step follows from running means of squares of earlier steps and of gradients.

    The slots are `accum`, the mean of the squares of gradients, and `accum_update`, that of steps.

    Args:
      learning_rate: a float, a scalar tensor, or a function that returns one of these, as are the next two. The paper's
        is 1.
      rho: how much of the means is kept at each step.
      epsilon: added to both means.
      use_locking: recorded in the update ops; steps are atomic either way.
      name: of the scope of the update ops, and of the slots.
    """

    def __init__(self, learning_rate: Any = 0.001, rho: Any = 0.95, epsilon: Any = 1e-8, use_locking: bool = False,
                 name: str = "Adadelta"):
        super().__init__(use_locking, name)
        self._lr, self._rho, self._epsilon = learning_rate, rho, epsilon
        self._lr_t: Any = None
        self._rho_t: Any = None
        self._epsilon_t: Any = None

    def _create_slots(self, var_list: list) -> None:
        for var in var_list:
            self._zeros_slot(var, "accum", self._name)
            self._zeros_slot(var, "accum_update", self._name)

    def _prepare(self) -> None:
        self._lr_t, self._rho_t, self._epsilon_t = self._as_tensors(
            (self._lr, self._rho, self._epsilon), ("lr", "rho", "epsilon"))

    def _moved(self, var: Any) -> list[Any]:
        return [var, self.get_slot(var, "accum"), self.get_slot(var, "accum_update")]

    def _numbers(self, dtype: Any) -> list[Tensor]:
        return [cast(value, dtype) for value in (self._lr_t, self._rho_t, self._epsilon_t)]

    def _apply_dense(self, grad: Tensor, var: Any) -> Any:
        return move(apply_adadelta, self._moved(var), *self._numbers(var.dtype.base_dtype), grad,
                    use_locking=self._use_locking)

    def _apply_sparse(self, grad: IndexedSlices, var: Any) -> Any:
        return move(sparse_apply_adadelta, self._moved(var), *self._numbers(var.dtype.base_dtype), grad.values, grad.indices,
                    use_locking=self._use_locking)

    _resource_apply_dense = _apply_dense

    def _resource_apply_sparse(self, grad: Tensor, var: Any, indices: Tensor) -> Any:
        return AdadeltaOptimizer._apply_sparse(self, IndexedSlices(grad, indices), var)
