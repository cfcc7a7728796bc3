"""Adam."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ..functions.control import group
from ..functions.scatter import scatter_add
from ..functions.state import assign, assign_sub
from ..graph.indexed_slices import IndexedSlices
from ..graph.operation import Operation
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..ops.adam import apply_adam
from ..ops.forms import cast, node
from .moving import move
from .optimizer import Optimizer


class AdamOptimizer(Optimizer):
    """Adam: steps along a running mean of the gradients, scaled by a running mean of their squares.

    The slots are `m` and `v`, the two means; `beta1_power` and `beta2_power` count the steps. A sparse gradient lets the
    means of all rows decay, as TensorFlow does.

    Args:
      learning_rate: a float, a scalar tensor, or a function that returns one of these, as are the next three.
      beta1: how much of the mean of the gradients is kept at each step.
      beta2: how much of the mean of their squares is kept.
      epsilon: added to the root of the mean of squares; the "epsilon hat" of the paper.
      use_locking: recorded in the update ops; steps are atomic either way.
      name: of the scope of the update ops, and of the slots.
    """

    def __init__(self, learning_rate: Any = 0.001, beta1: Any = 0.9, beta2: Any = 0.999, epsilon: Any = 1e-8,
                 use_locking: bool = False, name: str = "Adam"):
        super().__init__(use_locking, name)
        self._lr, self._beta1, self._beta2, self._epsilon = learning_rate, beta1, beta2, epsilon
        self._lr_t: Any = None
        self._beta1_t: Any = None
        self._beta2_t: Any = None
        self._epsilon_t: Any = None

    def _get_beta_accumulators(self) -> tuple[Any, Any]:
        graph = get_default_graph()
        return (self._get_non_slot_variable("beta1_power", graph=graph),
                self._get_non_slot_variable("beta2_power", graph=graph))

    def _create_slots(self, var_list: list) -> None:
        first = min(var_list, key=lambda var: var.name)
        self._create_non_slot_variable(initial_value=self._beta1, name="beta1_power", colocate_with=first)
        self._create_non_slot_variable(initial_value=self._beta2, name="beta2_power", colocate_with=first)
        for var in var_list:
            self._zeros_slot(var, "m", self._name)
            self._zeros_slot(var, "v", self._name)

    def _prepare(self) -> None:
        self._lr_t, self._beta1_t, self._beta2_t, self._epsilon_t = self._as_tensors(
            (self._lr, self._beta1, self._beta2, self._epsilon), ("learning_rate", "beta1", "beta2", "epsilon"))

    def _numbers(self, dtype: Any) -> list[Any]:
        """The powers, the rate and the other hyperparameters, in the type of what they move."""
        powers = self._get_beta_accumulators()
        return [cast(value, dtype) for value in (*powers, self._lr_t, self._beta1_t, self._beta2_t, self._epsilon_t)]

    def _apply_dense(self, grad: Tensor, var: Any) -> Any:
        moved = [var, self.get_slot(var, "m"), self.get_slot(var, "v")]
        return move(apply_adam, moved, *self._numbers(var.dtype.base_dtype), grad, use_locking=self._use_locking)

    _resource_apply_dense = _apply_dense

    def _apply_sparse(self, grad: IndexedSlices, var: Any) -> Any:
        def add_rows(slot: Any, values: Any) -> Any:
            return scatter_add(slot, grad.indices, values, use_locking=self._use_locking)

        return self._apply_sparse_shared(grad.values, var, add_rows)

    def _resource_apply_sparse(self, grad: Tensor, var: Any, indices: Tensor) -> Any:
        def add_rows(slot: Any, values: Any) -> Any:
            return self._resource_scatter_add(slot, indices, values)

        return self._apply_sparse_shared(grad, var, add_rows)

    def _resource_scatter_add(self, variable: Any, indices: Tensor, values: Any) -> Tensor:
        added = node("ResourceScatterAdd", variable.handle, indices, values)
        with get_default_graph().control_dependencies([added]):
            return variable.value()

    def _apply_sparse_shared(self, grad: Any, var: Any, add_rows: Callable[[Any, Any], Any]) -> Operation:
        """Step all rows by the means, to which `add_rows` adds what the gradient has of them."""
        beta1_power, beta2_power, lr, beta1, beta2, epsilon = self._numbers(var.dtype.base_dtype)
        rate = lr * node("Sqrt", 1 - beta2_power) / (1 - beta1_power)
        m_t = self._decayed(self.get_slot(var, "m"), grad * (1 - beta1), beta1, add_rows)
        v_t = self._decayed(self.get_slot(var, "v"), (grad * grad) * (1 - beta2), beta2, add_rows)
        root = node("Sqrt", v_t)
        step = assign_sub(var, rate * m_t / (root + epsilon), use_locking=self._use_locking)
        return group(step, m_t, v_t)

    def _decayed(self, slot: Any, share: Any, beta: Any, add_rows: Callable[[Any, Any], Any]) -> Any:
        kept = assign(slot, slot * beta, use_locking=self._use_locking)
        with get_default_graph().control_dependencies([kept]):
            return add_rows(slot, share)

    def _finish(self, update_ops: Sequence[Any], name_scope: str) -> Operation:
        graph = get_default_graph()
        beta1_power, beta2_power = self._get_beta_accumulators()
        with graph.control_dependencies(update_ops), graph.colocate_with(beta1_power):
            grown = [power.assign(power * beta, use_locking=self._use_locking)
                     for power, beta in ((beta1_power, self._beta1_t), (beta2_power, self._beta2_t))]
        return group(*update_ops, *grown, name=name_scope)
