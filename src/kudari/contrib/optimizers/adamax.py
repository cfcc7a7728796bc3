"""`tf.contrib.opt.AdaMaxOptimizer`: Adam by the largest gradient instead of the mean of squares."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ...functions.control import group
from ...functions.picking import gather
from ...functions.scatter import scatter_add, scatter_update
from ...graph.indexed_slices import IndexedSlices
from ...graph.operation import Operation
from ...graph.stack import get_default_graph
from ...graph.tensor import Tensor
from ...ops.adamax import apply_ada_max
from ...ops.forms import cast, node
from ...train.adam import AdamOptimizer
from ...train.moving import move


class AdaMaxOptimizer(AdamOptimizer):
    """Steps along a running mean of the gradients (slot `m`), scaled by the largest of them, fading (slot `v`).

    A sparse gradient moves only its rows. Kingma, Ba: Adam, 2014 (arXiv:1412.6980), section 7.1.

    Args:
      learning_rate: a float, a scalar tensor, or a function that returns one of these, as are the next three.
      beta1: how much of the mean of the gradients is kept at each step.
      beta2: how much of the largest gradient is kept.
      epsilon: added to the largest gradient.
      use_locking: recorded in the update ops; steps are atomic either way.
      name: of the scope of the update ops, and of the slots.
    """

    def __init__(self, learning_rate: Any = 0.001, beta1: Any = 0.9, beta2: Any = 0.999, epsilon: Any = 1e-8,
                 use_locking: bool = False, name: str = "AdaMax"):
        super().__init__(learning_rate, beta1, beta2, epsilon, use_locking, name)

    def _get_beta_accumulators(self) -> Any:
        return self._get_non_slot_variable("beta1_power", graph=get_default_graph())

    def _create_slots(self, var_list: list) -> None:
        first = min(var_list, key=lambda var: var.name)
        self._create_non_slot_variable(initial_value=self._beta1, name="beta1_power", colocate_with=first)
        for var in var_list:
            self._zeros_slot(var, "m", self._name)
            self._zeros_slot(var, "v", self._name)

    def _numbers(self, dtype: Any) -> list[Any]:
        return [cast(value, dtype) for value in (self._get_beta_accumulators(), self._lr_t, self._beta1_t, self._beta2_t,
                                                 self._epsilon_t)]

    def _apply_dense(self, grad: Tensor, var: Any) -> Any:
        moved = [var, self.get_slot(var, "m"), self.get_slot(var, "v")]
        return move(apply_ada_max, moved, *self._numbers(var.dtype.base_dtype), grad, use_locking=self._use_locking)

    _resource_apply_dense = _apply_dense

    def _apply_sparse(self, grad: IndexedSlices, var: Any) -> Any:
        def add_rows(changed: Any, indices: Tensor, values: Any) -> Any:
            return scatter_add(changed, indices, values, use_locking=self._use_locking)

        def set_rows(changed: Any, indices: Tensor, values: Any) -> Any:
            return scatter_update(changed, indices, values, use_locking=self._use_locking)

        return self._step_of_rows(grad.values, var, grad.indices, add_rows, set_rows)

    def _resource_apply_sparse(self, grad: Tensor, var: Any, indices: Tensor) -> Any:
        return self._step_of_rows(grad, var, indices, self._resource_scatter_add, _resource_scatter_update)

    def _step_of_rows(self, grad: Any, var: Any, indices: Tensor, add_rows: Callable, set_rows: Callable) -> Operation:
        beta1_power, rate, beta1, beta2, epsilon = self._numbers(var.dtype.base_dtype)
        graph = get_default_graph()
        m = self.get_slot(var, "m")
        mean = gather(m, indices) * beta1 + grad * (1 - beta1)
        with graph.control_dependencies([mean]):
            m_t = set_rows(m, indices, mean)
        v = self.get_slot(var, "v")
        largest = node("Maximum", gather(v, indices) * beta2, node("Abs", grad))
        with graph.control_dependencies([largest]):
            v_t = set_rows(v, indices, largest)
        change = -rate / (1 - beta1_power) * (mean / (largest + epsilon))
        with graph.control_dependencies([change]):
            moved = add_rows(var, indices, change)
        return group(moved, m_t, v_t)

    def _finish(self, update_ops: Sequence[Any], name_scope: str) -> Operation:
        graph = get_default_graph()
        with graph.control_dependencies(update_ops):
            power = self._get_beta_accumulators()
            with graph.colocate_with(power):
                grown = power.assign(power * self._beta1_t, use_locking=self._use_locking)
        return group(*update_ops, grown, name=name_scope)


def _resource_scatter_update(variable: Any, indices: Tensor, values: Any) -> Tensor:
    changed = node("ResourceScatterUpdate", variable.handle, indices, values)
    with get_default_graph().control_dependencies([changed]):
        return variable.value()
