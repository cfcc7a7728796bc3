"""`tf.contrib.opt.VariableClippingOptimizer`: variables whose norm stays below a bound."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from ...functions.clipping import clip_by_norm
from ...functions.control import group
from ...functions.picking import gather
from ...graph.indexed_slices import IndexedSlices
from ...graph.operation import Operation
from ...graph.stack import get_default_graph
from ...graph.tensor import Tensor
from ...op.scope import scoped
from ...platform import logging
from ...train.optimizer import Optimizer


class VariableClippingOptimizer(Optimizer):
    """Wraps an optimizer: after each step the variables named are scaled down where their norm exceeds a bound.

    Args:
      opt: the optimizer.
      vars_to_clip_dims: for each variable the axes over which its norm is taken. With axis 0 not among them, and a sparse
        gradient, only the rows of the gradient are clipped.
      max_norm: the bound.
      use_locking: recorded in the update ops; steps are atomic either way.
      colocate_clip_ops_with_vars: whether the norms are recorded to be computed where the variables live.
      name: of the scope of the ops.
    """

    def __init__(self, opt: Optimizer, vars_to_clip_dims: Mapping[Any, Sequence[int]], max_norm: Any,
                 use_locking: bool = False, colocate_clip_ops_with_vars: bool = False, name: str = "VariableClipping"):
        super().__init__(use_locking, name)
        self._opt = opt
        self._vars_to_clip_dims = {var: axes[:] for var, axes in vars_to_clip_dims.items()}
        self._max_norm = max_norm
        self._colocate_clip_ops_with_vars = colocate_clip_ops_with_vars

    def compute_gradients(self, *args: Any, **kwargs: Any) -> list[tuple[Any, Any]]:  # type: ignore[override]
        """Return the gradients that the optimizer within computes."""
        return self._opt.compute_gradients(*args, **kwargs)

    def get_slot(self, *args: Any, **kwargs: Any) -> Any:
        """Return what the optimizer within does."""
        return self._opt.get_slot(*args, **kwargs)

    def get_slot_names(self, *args: Any, **kwargs: Any) -> list[str]:
        """Return what the optimizer within does."""
        return self._opt.get_slot_names(*args, **kwargs)

    def apply_gradients(self, grads_and_vars: Iterable[tuple[Any, Any]], global_step: Any = None,
                        name: str | None = None) -> Operation:
        """Return the op that moves variables by gradients, and then clips them."""
        pairs, graph = list(grads_and_vars), get_default_graph()
        with scoped(name, self._name) as scope:
            step = self._opt.apply_gradients(pairs, global_step=global_step)
            clipped = []
            with graph.control_dependencies([step]):
                for grad, var in pairs:
                    if grad is None or var not in self._vars_to_clip_dims:
                        continue
                    with graph.name_scope("clip_" + var.op.name):
                        is_dense = isinstance(grad, Tensor)
                        clipped.append(self._clip_dense(var) if is_dense else self._clip_sparse(grad, var))
            return group(step, *clipped, name=scope)

    def _clip_dense(self, var: Any) -> Any:
        with self._maybe_colocate_with(var):
            value = var.read_value()
            excess = value - clip_by_norm(value, self._max_norm, self._vars_to_clip_dims[var])
        with get_default_graph().colocate_with(var):
            return var.assign_sub(excess, use_locking=self._use_locking)

    def _clip_sparse(self, grad: IndexedSlices, var: Any) -> Any:
        axes = self._vars_to_clip_dims[var]
        if 0 in axes:
            logging.warning("Clipping norm across dims %s for %s is inefficient when including sparse dimension 0.", axes,
                            var.op.name)
            return self._clip_dense(var)
        graph = get_default_graph()
        with graph.colocate_with(var):
            rows = gather(var, grad.indices)
        with self._maybe_colocate_with(var):
            excess = IndexedSlices(rows - clip_by_norm(rows, self._max_norm, axes), grad.indices, grad.dense_shape)
        with graph.colocate_with(var):
            return var.scatter_sub(excess, use_locking=self._use_locking)

    def _maybe_colocate_with(self, var: Any) -> AbstractContextManager:
        return get_default_graph().colocate_with(var) if self._colocate_clip_ops_with_vars else nullcontext()
