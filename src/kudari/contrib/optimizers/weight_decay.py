"""Optimizers whose weights decay by themselves, not through the gradient: `AdamW`, `MomentumW` and any other.

Loshchilov, Hutter: Decoupled weight decay regularization, ICLR 2019 (arXiv:1711.05101).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ...functions.control import no_op
from ...functions.picking import gather
from ...functions.scatter import scatter_add
from ...graph.indexed_slices import IndexedSlices
from ...graph.stack import get_default_graph
from ...graph.tensor import Tensor
from ...op.convert import convert_to_tensor
from ...ops.forms import node
from ...train.adam import AdamOptimizer
from ...train.momentum import MomentumOptimizer
from ...train.optimizer import Optimizer


class DecoupledWeightDecayExtension:
    """What makes a class with it and an optimizer as bases an optimizer whose weights decay.

    Before each step the variables lose `weight_decay` of themselves, whatever the learning rate.

    Args:
      weight_decay: a float or a scalar tensor.
      **kwargs: for the optimizer.
    """

    def __init__(self, weight_decay: Any, **kwargs: Any):
        self._decay_var_list: Any = None
        self._weight_decay = weight_decay
        self._weight_decay_tensor: Any = None
        super().__init__(**kwargs)

    def minimize(self, loss: Any, global_step: Any = None, var_list: Any = None, gate_gradients: int = Optimizer.GATE_OP,
                 aggregation_method: int | None = None, colocate_gradients_with_ops: bool = False,
                 name: str | None = None, grad_loss: Any = None, decay_var_list: Iterable[Any] | None = None) -> Any:
        """As the optimizer's `minimize`; of the variables only those in `decay_var_list` decay, if it is given."""
        self._decay_var_list = set(decay_var_list) if decay_var_list else False
        return super().minimize(  # type: ignore[misc]
            loss, global_step=global_step, var_list=var_list, gate_gradients=gate_gradients,
            aggregation_method=aggregation_method, colocate_gradients_with_ops=colocate_gradients_with_ops, name=name,
            grad_loss=grad_loss)

    def apply_gradients(self, grads_and_vars: Iterable[tuple[Any, Any]], global_step: Any = None,
                        name: str | None = None, decay_var_list: Iterable[Any] | None = None) -> Any:
        """As the optimizer's `apply_gradients`; of the variables only those in `decay_var_list` decay, if it is given."""
        self._decay_var_list = set(decay_var_list) if decay_var_list else False
        return super().apply_gradients(grads_and_vars, global_step=global_step, name=name)  # type: ignore[misc]

    def _prepare(self) -> None:
        self._weight_decay_tensor = convert_to_tensor(self._weight_decay, name="weight_decay")
        super()._prepare()  # type: ignore[misc]

    def _decays(self, var: Any) -> bool:
        return not self._decay_var_list or var in self._decay_var_list

    def _decay_weights_op(self, var: Any) -> Any:
        if self._decays(var):
            return var.assign_sub(self._weight_decay * var, self._use_locking)  # type: ignore[attr-defined]
        return no_op()

    def _decay_weights_sparse_op(self, var: Any, indices: Tensor, add_rows: Callable) -> Any:
        if self._decays(var):
            change = -self._weight_decay * gather(var, indices)
            return add_rows(var, indices, change, self._use_locking)  # type: ignore[attr-defined]
        return no_op()

    def _apply_dense(self, grad: Tensor, var: Any) -> Any:
        with get_default_graph().control_dependencies([self._decay_weights_op(var)]):
            return super()._apply_dense(grad, var)  # type: ignore[misc]

    def _resource_apply_dense(self, grad: Tensor, var: Any) -> Any:
        with get_default_graph().control_dependencies([self._decay_weights_op(var)]):
            return super()._resource_apply_dense(grad, var)  # type: ignore[misc]

    def _apply_sparse(self, grad: IndexedSlices, var: Any) -> Any:
        decayed = self._decay_weights_sparse_op(var, grad.indices, scatter_add)
        with get_default_graph().control_dependencies([decayed]):
            return super()._apply_sparse(grad, var)  # type: ignore[misc]

    def _resource_scatter_add(self, variable: Any, indices: Tensor, values: Any, _: Any = None) -> Any:
        added = node("ResourceScatterAdd", variable.handle, indices, values)
        with get_default_graph().control_dependencies([added]):
            return variable.value()

    def _resource_apply_sparse(self, grad: Tensor, var: Any, indices: Tensor) -> Any:
        decayed = self._decay_weights_sparse_op(var, indices, self._resource_scatter_add)
        with get_default_graph().control_dependencies([decayed]):
            return super()._resource_apply_sparse(grad, var, indices)  # type: ignore[misc]


def extend_with_decoupled_weight_decay(base_optimizer: type[Optimizer]) -> type:
    """Return the class of optimizers that step as `base_optimizer` does, and whose weights decay.

    Its first argument is the weight decay, a float or a scalar tensor; those of the base follow, by name. `minimize` and
    `apply_gradients` take `decay_var_list`, the variables that decay.
    """
    class OptimizerWithDecoupledWeightDecay(DecoupledWeightDecayExtension, base_optimizer):  # type: ignore[misc,valid-type]
        """The optimizer, with weights that decay."""

        def __init__(self, weight_decay: Any, *args: Any, **kwargs: Any) -> None:
            super().__init__(weight_decay, *args, **kwargs)

    return OptimizerWithDecoupledWeightDecay


class MomentumWOptimizer(DecoupledWeightDecayExtension, MomentumOptimizer):
    """Momentum whose weights decay.

    Args:
      weight_decay: the part of the weights that is lost at each step.
      learning_rate: as of `tf.train.MomentumOptimizer`, as are the others.
    """

    def __init__(self, weight_decay: Any, learning_rate: Any, momentum: Any, use_locking: bool = False,
                 name: str = "MomentumW", use_nesterov: bool = False):
        super().__init__(weight_decay, learning_rate=learning_rate, momentum=momentum, use_locking=use_locking, name=name,
                         use_nesterov=use_nesterov)


class AdamWOptimizer(DecoupledWeightDecayExtension, AdamOptimizer):
    """Adam whose weights decay.

    Args:
      weight_decay: the part of the weights that is lost at each step.
      learning_rate: as of `tf.train.AdamOptimizer`, as are the others.
    """

    def __init__(self, weight_decay: Any, learning_rate: Any = 0.001, beta1: Any = 0.9, beta2: Any = 0.999,
                 epsilon: Any = 1e-8, use_locking: bool = False, name: str = "AdamW"):
        super().__init__(weight_decay, learning_rate=learning_rate, beta1=beta1, beta2=beta2, epsilon=epsilon,
                         use_locking=use_locking, name=name)
