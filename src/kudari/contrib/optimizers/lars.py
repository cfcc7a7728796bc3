"""`tf.contrib.opt.LARSOptimizer`: momentum whose rate follows the size of each layer's weights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...functions.linalg import norm
from ...functions.picking import where
from ...graph.indexed_slices import IndexedSlices
from ...graph.tensor import Tensor
from ...op.convert import convert_to_tensor
from ...ops.forms import cast, node
from ...ops.momentum import apply_momentum, sparse_apply_momentum
from ...train.moving import move
from ...train.optimizer import Optimizer


class LARSOptimizer(Optimizer):
    """Layer-wise adaptive rate scaling: each variable's rate is times the norm of its values over that of its gradient.

    The slot is `momentum`. You, Gitman, Ginsburg: Large batch training of convolutional networks, 2017 (arXiv:1708.03888).

    Args:
      learning_rate: a float or a scalar tensor.
      momentum: the part of the last step that is kept.
      weight_decay: the part of the variable that the gradient gains.
      eeta: how far the norms may carry a step.
      epsilon: added to the norm of the gradient.
      name: of the scope of the update ops, and of the slots.
      skip_list: variables whose name has one of these in it keep the plain rate, and do not decay.
      use_nesterov: whether the gradient counts as taken where the momentum leads.

    Raises:
      ValueError: if `momentum` or `weight_decay` is negative.
    """

    def __init__(self, learning_rate: Any, momentum: float = 0.9, weight_decay: float = 0.0001, eeta: float = 0.001,
                 epsilon: float = 0.0, name: str = "LARSOptimizer", skip_list: Sequence[str] | None = None,
                 use_nesterov: bool = False):
        if momentum < 0.0:
            raise ValueError(f"momentum should be positive: {momentum}")
        if weight_decay < 0.0:
            raise ValueError(f"weight_decay should be positive: {weight_decay}")
        super().__init__(False, name)
        self._learning_rate, self._momentum, self._weight_decay = learning_rate, momentum, weight_decay
        self._eeta, self._epsilon, self._skip_list, self._use_nesterov = eeta, epsilon, skip_list, use_nesterov
        self._learning_rate_tensor: Any = None
        self._momentum_tensor: Any = None

    def _create_slots(self, var_list: list) -> None:
        for var in var_list:
            self._zeros_slot(var, "momentum", self._name)

    def compute_lr(self, grad: Tensor, var: Any) -> tuple[Any, Any]:
        """Return the rate for `var`, and its gradient with the decay of its weights."""
        if self._skip_list is not None and any(part in var.name for part in self._skip_list):
            return self._learning_rate, grad
        size, slope = norm(var, ord=2), norm(grad, ord=2)
        has_size, has_slope = node("Greater", size, 0), node("Greater", slope, 0)
        ratio = self._eeta * size / (slope + self._weight_decay * size + self._epsilon)
        trust = where(has_size, where(has_slope, ratio, 1.0), 1.0)
        return self._learning_rate * trust, grad + self._weight_decay * var

    def _apply_dense(self, grad: Tensor, var: Any) -> Any:
        rate, grad = self.compute_lr(grad, var)
        moved = [var, self.get_slot(var, "momentum")]
        return move(apply_momentum, moved, cast(1.0, var.dtype.base_dtype), grad * rate, self._momentum, use_locking=False,
                    use_nesterov=self._use_nesterov)

    _resource_apply_dense = _apply_dense

    def _apply_sparse(self, grad: IndexedSlices, var: Any) -> Any:
        dtype = var.dtype.base_dtype
        return move(sparse_apply_momentum, [var, self.get_slot(var, "momentum")], cast(self._learning_rate_tensor, dtype),
                    grad.values, grad.indices, cast(self._momentum_tensor, dtype), use_locking=self._use_locking,
                    use_nesterov=self._use_nesterov)

    def _resource_apply_sparse(self, grad: Tensor, var: Any, indices: Tensor) -> Any:
        return LARSOptimizer._apply_sparse(self, IndexedSlices(grad, indices), var)

    def _prepare(self) -> None:
        rate = self._call_if_callable(self._learning_rate)
        self._learning_rate_tensor = convert_to_tensor(rate, name="learning_rate")
        self._momentum_tensor = convert_to_tensor(self._call_if_callable(self._momentum), name="momentum")
