"""`tf.contrib.opt.LazyAdamOptimizer`: Adam that leaves alone the rows without a gradient."""

from __future__ import annotations

from typing import Any

from ...functions.control import group
from ...functions.picking import gather
from ...functions.scatter import scatter_sub, scatter_update
from ...graph.indexed_slices import IndexedSlices
from ...graph.operation import Operation
from ...graph.tensor import Tensor
from ...ops.forms import node
from ...train.adam import AdamOptimizer


class LazyAdamOptimizer(AdamOptimizer):
    """Adam whose sparse step moves only the rows that the gradient has, and only their means.

    It takes what `tf.train.AdamOptimizer` takes. Where that lets the means of all rows decay at each step, and all rows
    move, this one is as fast as the gradient is sparse.
    """

    def _apply_sparse(self, grad: IndexedSlices, var: Any) -> Operation:
        rows = grad.indices
        rate, beta1, beta2, epsilon = self._step_numbers(var)
        m, v = self.get_slot(var, "m"), self.get_slot(var, "v")
        m_t = scatter_update(m, rows, beta1 * gather(m, rows) + (1 - beta1) * grad.values, use_locking=self._use_locking)
        v_t = scatter_update(v, rows, beta2 * gather(v, rows) + (1 - beta2) * node("Square", grad.values),
                             use_locking=self._use_locking)
        mean = gather(m_t, rows)
        root = node("Sqrt", gather(v_t, rows)) + epsilon
        moved = scatter_sub(var, rows, rate * mean / root, use_locking=self._use_locking)
        return group(moved, m_t, v_t)

    def _resource_apply_sparse(self, grad: Tensor, var: Any, indices: Tensor) -> Operation:
        rate, beta1, beta2, epsilon = self._step_numbers(var)
        m, v = self.get_slot(var, "m"), self.get_slot(var, "v")
        mean = beta1 * gather(m, indices) + (1 - beta1) * grad
        m_t = node("ResourceScatterUpdate", m.handle, indices, mean)
        mean_square = beta2 * gather(v, indices) + (1 - beta2) * node("Square", grad)
        v_t = node("ResourceScatterUpdate", v.handle, indices, mean_square)
        moved = node("ResourceScatterSub", var.handle, indices, rate * mean / (node("Sqrt", mean_square) + epsilon))
        return group(moved, m_t, v_t)

    def _step_numbers(self, var: Any) -> tuple[Any, Any, Any, Any]:
        """The rate of this step, and the other hyperparameters."""
        beta1_power, beta2_power, rate, beta1, beta2, epsilon = self._numbers(var.dtype.base_dtype)
        return rate * node("Sqrt", 1 - beta2_power) / (1 - beta1_power), beta1, beta2, epsilon
