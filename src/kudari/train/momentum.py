"""Gradient descent with momentum."""

from __future__ import annotations

from typing import Any

from ..graph.indexed_slices import IndexedSlices
from ..graph.tensor import Tensor
from ..ops.forms import cast
from ..ops.momentum import apply_momentum, sparse_apply_momentum
from .moving import move
from .optimizer import Optimizer


class MomentumOptimizer(Optimizer):
    """Gradient descent that keeps a part of the steps before: `accum = momentum * accum + grad; var -= rate * accum`.

    The slot is `momentum`, what is kept.

    Args:
      learning_rate: a float, a scalar tensor, or a function that returns one of these.
      momentum: the part that is kept, likewise.
      use_locking: recorded in the update ops; steps are atomic either way.
      name: of the scope of the update ops, and of the slots.
      use_nesterov: whether the gradient counts as taken where the momentum leads (Sutskever and others, ICML 2013).
    """

    def __init__(self, learning_rate: Any, momentum: Any, use_locking: bool = False, name: str = "Momentum",
                 use_nesterov: bool = False):
        super().__init__(use_locking, name)
        self._learning_rate, self._momentum, self._use_nesterov = learning_rate, momentum, use_nesterov
        self._learning_rate_tensor: Any = None
        self._momentum_tensor: Any = None

    def _create_slots(self, var_list: list) -> None:
        for var in var_list:
            self._zeros_slot(var, "momentum", self._name)

    def _prepare(self) -> None:
        # Each becomes a tensor before the next function is called, as in TensorFlow.
        self._learning_rate_tensor, = self._as_tensors([self._learning_rate], ["learning_rate"])
        self._momentum_tensor, = self._as_tensors([self._momentum], ["momentum"])

    def _options(self) -> dict[str, Any]:
        return {"use_locking": self._use_locking, "use_nesterov": self._use_nesterov}

    def _apply_dense(self, grad: Tensor, var: Any) -> Any:
        dtype = var.dtype.base_dtype
        return move(apply_momentum, [var, self.get_slot(var, "momentum")], cast(self._learning_rate_tensor, dtype), grad,
                    cast(self._momentum_tensor, dtype), **self._options())

    def _apply_sparse(self, grad: IndexedSlices, var: Any) -> Any:
        dtype = var.dtype.base_dtype
        return move(sparse_apply_momentum, [var, self.get_slot(var, "momentum")], cast(self._learning_rate_tensor, dtype),
                    grad.values, grad.indices, cast(self._momentum_tensor, dtype), **self._options())

    _resource_apply_dense = _apply_dense

    def _resource_apply_sparse(self, grad: Tensor, var: Any, indices: Tensor) -> Any:
        return MomentumOptimizer._apply_sparse(self, IndexedSlices(grad, indices), var)
