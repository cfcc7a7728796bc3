"""What an optimizer can move: the variables, and how a gradient becomes the op that updates one."""

from __future__ import annotations

from typing import Any

from ..graph.indexed_slices import IndexedSlices
from ..graph.operation import Operation
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..variables.resource import is_resource_variable
from ..variables.variable import Variable


class VariableTarget:
    """A variable as something to optimize."""

    def __init__(self, var: Variable):
        self._var = var

    def target(self) -> Tensor:
        """Return the tensor to differentiate by."""
        return self._var._ref()

    def update_op(self, optimizer: Any, grad: Any) -> Any:
        """Return the op that `optimizer` updates the variable with.

        Raises:
          RuntimeError: if the gradient is sparse and the variable has a constraint.
        """
        if isinstance(grad, IndexedSlices):
            if self._var.constraint is not None:
                raise RuntimeError("Cannot use a constraint function on a sparse variable.")
            return self._by_rows(optimizer, grad)
        update: Operation = self._whole(optimizer, grad)
        if self._var.constraint is None:
            return update
        with get_default_graph().control_dependencies([update]):
            return self._var.assign(self._var.constraint(self._var))

    def _whole(self, optimizer: Any, grad: Tensor) -> Any:
        return optimizer._apply_dense(grad, self._var)

    def _by_rows(self, optimizer: Any, grad: IndexedSlices) -> Any:
        return optimizer._apply_sparse_duplicate_indices(grad, self._var)


class ResourceTarget(VariableTarget):
    """A resource variable as something to optimize."""

    def _whole(self, optimizer: Any, grad: Tensor) -> Any:
        return optimizer._resource_apply_dense(grad, self._var)

    def _by_rows(self, optimizer: Any, grad: IndexedSlices) -> Any:
        return optimizer._resource_apply_sparse_duplicate_indices(grad.values, self._var, grad.indices)


class TensorTarget:
    """A plain tensor: its gradient can be computed, but not applied."""

    def __init__(self, tensor: Tensor):
        self._tensor = tensor

    def target(self) -> Tensor:
        """Return the tensor to differentiate by."""
        return self._tensor

    def update_op(self, optimizer: Any, grad: Any) -> Any:
        """Refuse.

        Raises:
          NotImplementedError: always; a tensor holds nothing that could be updated.
        """
        raise NotImplementedError("Trying to update a Tensor ", self._tensor)


def as_target(var: Any) -> Any:
    """Return `var` as something to optimize.

    Raises:
      AttributeError: if it is nothing of a graph.
      NotImplementedError: if it is neither a variable nor a tensor.
    """
    if not hasattr(var, "op"):
        raise AttributeError(f"{type(var).__name__!r} object has no attribute 'op': {var!r} is not a variable.")
    if is_resource_variable(var):
        return ResourceTarget(var)
    if isinstance(var, Variable):
        return VariableTarget(var)
    if isinstance(var, Tensor):
        return TensorTarget(var)
    raise NotImplementedError("Trying to optimize unsupported type ", var)
