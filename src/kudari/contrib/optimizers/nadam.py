"""`tf.contrib.opt.NadamOptimizer`: Adam that looks ahead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...functions.control import group
from ...functions.picking import gather
from ...functions.scatter import scatter_add
from ...functions.state import assign
from ...graph.indexed_slices import IndexedSlices
from ...graph.operation import Operation
from ...graph.stack import get_default_graph
from ...graph.tensor import Tensor
from ...ops.adam import apply_adam
from ...ops.forms import node
from ...train.adam import AdamOptimizer
from ...train.moving import move


class NadamOptimizer(AdamOptimizer):
    """Adam with Nesterov's momentum: the gradient counts as taken where the mean leads.

    It takes what `tf.train.AdamOptimizer` takes. Dozat: Incorporating Nesterov momentum into Adam, 2016.
    """

    def _apply_dense(self, grad: Tensor, var: Any) -> Any:
        moved = [var, self.get_slot(var, "m"), self.get_slot(var, "v")]
        return move(apply_adam, moved, *self._numbers(var.dtype.base_dtype), grad, use_locking=self._use_locking,
                    use_nesterov=True)

    _resource_apply_dense = _apply_dense

    def _apply_sparse(self, grad: IndexedSlices, var: Any) -> Any:
        def add_rows(changed: Any, indices: Tensor, values: Any) -> Any:
            return scatter_add(changed, indices, values, use_locking=self._use_locking)

        return self._step_of_rows(grad.values, var, grad.indices, add_rows)

    def _resource_apply_sparse(self, grad: Tensor, var: Any, indices: Tensor) -> Any:
        return self._step_of_rows(grad, var, indices, self._resource_scatter_add)

    def _step_of_rows(self, grad: Any, var: Any, indices: Tensor, add_rows: Callable) -> Operation:
        beta1_power, beta2_power, rate, beta1, beta2, epsilon = self._numbers(var.dtype.base_dtype)
        rate = rate * node("Sqrt", 1 - beta2_power) / (1 - beta1_power)
        m, v = self.get_slot(var, "m"), self.get_slot(var, "v")
        share = grad * (1 - beta1)
        m_t = assign(m, m * beta1, use_locking=self._use_locking)
        graph = get_default_graph()
        with graph.control_dependencies([m_t]):
            m_t = add_rows(m, indices, share)
            ahead = share + beta1 * gather(m_t, indices)
        share = (grad * grad) * (1 - beta2)
        v_t = assign(v, v * beta2, use_locking=self._use_locking)
        with graph.control_dependencies([v_t]):
            v_t = add_rows(v, indices, share)
        root = node("Sqrt", gather(v_t, indices))
        moved = add_rows(var, indices, -rate * ahead / (root + epsilon))
        return group(moved, ahead, v_t)
