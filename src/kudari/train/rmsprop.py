"""RMSProp."""

from __future__ import annotations

from typing import Any

from ..functions.filling import ones_like
from ..graph.indexed_slices import IndexedSlices
from ..graph.tensor import Tensor
from ..ops.forms import cast
from ..ops.rmsprop import (
    apply_centered_rms_prop,
    apply_rms_prop,
    sparse_apply_centered_rms_prop,
    sparse_apply_rms_prop,
)
from ..variables.initializers import Ones
from .moving import move
from .optimizer import Optimizer


class RMSPropOptimizer(Optimizer):
    """RMSProp: divides the gradient by the root of a running mean of its squares.

    The slots are `rms`, that mean; `momentum`, the last step; and if centred `mg`, the mean of the gradients.

    Args:
      learning_rate: a float, a scalar tensor, or a function that returns one of these, as are the next three.
      decay: how much of the means is kept at each step.
      momentum: how much of the last step is taken again.
      epsilon: added to the mean of squares.
      use_locking: recorded in the update ops; steps are atomic either way.
      centered: whether to divide by the root of the variance instead.
      name: of the scope of the update ops, and of the slots.
    """

    def __init__(self, learning_rate: Any, decay: Any = 0.9, momentum: Any = 0.0, epsilon: Any = 1e-10,
                 use_locking: bool = False, centered: bool = False, name: str = "RMSProp"):
        super().__init__(use_locking, name)
        self._learning_rate, self._decay, self._momentum, self._epsilon = learning_rate, decay, momentum, epsilon
        self._centered = centered
        self._learning_rate_tensor: Any = None
        self._decay_tensor: Any = None
        self._momentum_tensor: Any = None
        self._epsilon_tensor: Any = None

    def _create_slots(self, var_list: list) -> None:
        for var in var_list:
            dtype, shape = var.dtype.base_dtype, var.get_shape()
            start = Ones(dtype) if shape.is_fully_defined() else ones_like(var)
            self._get_or_make_slot_with_initializer(var, start, shape, dtype, "rms", self._name)
            if self._centered:
                self._zeros_slot(var, "mg", self._name)
            self._zeros_slot(var, "momentum", self._name)

    def _prepare(self) -> None:
        self._learning_rate_tensor, self._decay_tensor, self._momentum_tensor, self._epsilon_tensor = self._as_tensors(
            (self._learning_rate, self._decay, self._momentum, self._epsilon),
            ("learning_rate", "decay", "momentum", "epsilon"))

    def _kept(self, var: Any) -> list[Any]:
        names = ("mg", "rms", "momentum") if self._centered else ("rms", "momentum")
        return [self.get_slot(var, name) for name in names]

    def _numbers(self, dtype: Any) -> list[Tensor]:
        return [cast(value, dtype) for value in (self._learning_rate_tensor, self._decay_tensor, self._momentum_tensor,
                                                 self._epsilon_tensor)]

    def _apply_dense(self, grad: Tensor, var: Any) -> Any:
        step = apply_centered_rms_prop if self._centered else apply_rms_prop
        return move(step, [var, *self._kept(var)], *self._numbers(var.dtype.base_dtype), grad, use_locking=self._use_locking)

    def _apply_sparse(self, grad: IndexedSlices, var: Any) -> Any:
        step = sparse_apply_centered_rms_prop if self._centered else sparse_apply_rms_prop
        return move(step, [var, *self._kept(var)], *self._numbers(var.dtype.base_dtype), grad.values, grad.indices,
                    use_locking=self._use_locking)

    _resource_apply_dense = _apply_dense

    def _resource_apply_sparse(self, grad: Tensor, var: Any, indices: Tensor) -> Any:
        return RMSPropOptimizer._apply_sparse(self, IndexedSlices(grad, indices), var)
