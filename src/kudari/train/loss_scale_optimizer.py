"""`tf.train.experimental.MixedPrecisionLossScaleOptimizer`: an optimizer of a scaled loss."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..functions.smart_conditionals import smart_cond
from ..graph.indexed_slices import IndexedSlices
from ..ops.control import group_nodes, no_op
from ..ops.forms import over, times
from .loss_scale import DynamicLossScale, loss_scale_of
from .optimizer import Optimizer


class MixedPrecisionLossScaleOptimizer(Optimizer):
    """Scales the loss before gradients are taken, and the gradients back before another optimizer applies them.

    With a dynamic scale, a step whose gradients are not finite is left out.

    Args:
      opt: applies the gradients.
      loss_scale: a number, `"dynamic"`, or a `tf.train.experimental.LossScale`.

    Raises:
      ValueError: if either is something else.
    """

    def __init__(self, opt: Optimizer, loss_scale: Any):
        if not isinstance(opt, Optimizer):
            raise ValueError(f'"opt" must be an instance of Optimizer, but got: {type(opt)}')
        super().__init__(opt._use_locking, opt.get_name())
        self._optimizer, self._loss_scale = opt, loss_scale_of(loss_scale)

    def compute_gradients(self, loss: Any, var_list: Any = None, gate_gradients: int = Optimizer.GATE_OP,
                          aggregation_method: int | None = None, colocate_gradients_with_ops: bool = False,
                          grad_loss: Any = None) -> list[tuple[Any, Any]]:
        """Return the gradients of `loss`, computed from the scaled one; the arguments are those of any optimizer."""
        pairs = self._optimizer.compute_gradients(times(loss, self._loss_scale()), var_list, gate_gradients,
                                                  aggregation_method, colocate_gradients_with_ops, grad_loss)
        inverse = over(1, self._loss_scale())
        return [(_scaled_back(grad, inverse), var) for grad, var in pairs]

    def apply_gradients(self, grads_and_vars: Iterable[tuple[Any, Any]], global_step: Any = None,
                        name: str | None = None) -> Any:
        """Return the op that applies gradients, as the optimizer within does, if they are finite."""
        if not isinstance(self._loss_scale, DynamicLossScale):
            return self._optimizer.apply_gradients(grads_and_vars, global_step, name)
        pairs, name = list(grads_and_vars), name or self.get_name()
        update, is_good = self._loss_scale.update([grad for grad, _ in pairs])
        applied = smart_cond(is_good, lambda: self._optimizer.apply_gradients(pairs, global_step, f"{name}-wrapped"), no_op)
        return group_nodes([applied, update], name)

    def get_slot(self, var: Any, name: str) -> Any:
        """Return what the optimizer within does."""
        return self._optimizer.get_slot(var, name)

    def get_slot_names(self) -> list[str]:
        """Return what the optimizer within does."""
        return self._optimizer.get_slot_names()


def _scaled_back(grad: Any, inverse: Any) -> Any:
    if isinstance(grad, IndexedSlices):
        return IndexedSlices(times(grad.values, inverse), grad.indices, grad.dense_shape)
    return None if grad is None else times(grad, inverse)
