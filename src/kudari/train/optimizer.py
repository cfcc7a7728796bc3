"""The base of all optimizers: gradients of a loss, and the ops that apply them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ..autodiff.gradients import gradients
from ..dtypes import DType, bfloat16, float16, float32, float64
from ..functions.state import assign_add
from ..graph.collections import GraphKeys
from ..graph.indexed_slices import IndexedSlices
from ..graph.operation import Operation
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops.control import flat_values, gate_values, group_nodes
from ..ops.forms import node
from ..ops.shapes import shape_of
from ..ops.unique import unique
from ..variables.listing import trainable_variables
from ..variables.resource import is_resource_variable
from .slots import Slots
from .targets import as_target

_TRAINABLE_RESOURCE_VARIABLES = "trainable_resource_variables"


class Optimizer(Slots):
    """Adds ops to the graph that move variables against the gradient of a loss.

    A subclass says how one gradient moves one variable: `_apply_dense` and `_apply_sparse` add that op, `_prepare`
    makes the tensors they share, `_create_slots` the variables they keep.

    Args:
      use_locking: recorded in the update ops; steps are atomic either way.
      name: of the scope of the update ops, and of the slots.

    Raises:
      ValueError: without a name.
    """

    GATE_NONE = 0
    GATE_OP = 1
    GATE_GRAPH = 2

    def __init__(self, use_locking: bool, name: str):
        if not name:
            raise ValueError("Must specify the optimizer name")
        super().__init__()
        self._use_locking = use_locking
        self._name = name

    def get_name(self) -> str:
        """Return the name given to the optimizer."""
        return self._name

    def minimize(self, loss: Tensor, global_step: Any = None, var_list: Any = None, gate_gradients: int = GATE_OP,
                 aggregation_method: int | None = None, colocate_gradients_with_ops: bool = False,
                 name: str | None = None, grad_loss: Tensor | None = None) -> Operation:
        """Return the op that takes one step against the gradient of `loss`.

        Args:
          loss: a floating-point tensor.
          global_step: a variable that the step adds 1 to.
          var_list: the variables to move; the trainable ones of the graph if `None`.
          gate_gradients: `GATE_NONE`, `GATE_OP` (the gradients of an op wait for each other) or `GATE_GRAPH` (all do).
          aggregation_method: one of `tf.AggregationMethod`.
          colocate_gradients_with_ops: whether gradients are recorded to live where the ops live.
          name: of the op; the optimizer's name if `None`.
          grad_loss: what the gradient of `loss` starts from; ones if `None`.

        Raises:
          ValueError: if there are no variables, or `loss` depends on none of them.
        """
        grads_and_vars = self.compute_gradients(
            loss, var_list=var_list, gate_gradients=gate_gradients, aggregation_method=aggregation_method,
            colocate_gradients_with_ops=colocate_gradients_with_ops, grad_loss=grad_loss)
        if all(grad is None for grad, _ in grads_and_vars):
            raise ValueError("No gradients provided for any variable, check your graph for ops that do not support "
                             f"gradients, between variables {[str(v) for _, v in grads_and_vars]} and loss {loss}.")
        return self.apply_gradients(grads_and_vars, global_step=global_step, name=name)

    def compute_gradients(self, loss: Tensor, var_list: Any = None, gate_gradients: int = GATE_OP,
                          aggregation_method: int | None = None, colocate_gradients_with_ops: bool = False,
                          grad_loss: Tensor | None = None) -> list[tuple[Any, Any]]:
        """Return the gradient of `loss` for each variable; the first half of `minimize`, whose arguments it takes.

        Returns:
          Pairs of a gradient (a tensor, `IndexedSlices`, or `None`) and its variable.

        Raises:
          ValueError: if there are no variables, `gate_gradients` is unknown, or a type is not floating-point.
          TypeError: if `loss` is a function; a graph is built once, from the loss itself.
        """
        if callable(loss):
            raise TypeError(f"`loss` must be a tensor, got the function {loss!r}: pass what it returns, `loss()`.")
        if gate_gradients not in (Optimizer.GATE_NONE, Optimizer.GATE_OP, Optimizer.GATE_GRAPH):
            raise ValueError("gate_gradients must be one of: Optimizer.GATE_NONE, Optimizer.GATE_OP, "
                             f"Optimizer.GATE_GRAPH.  Not {gate_gradients}")
        self._assert_valid_dtypes([loss] if grad_loss is None else [loss, grad_loss])
        var_list = self._default_variables() if var_list is None else flat_values(var_list)
        targets = [as_target(var).target() for var in var_list]
        if not targets:
            raise ValueError("No variables to optimize.")
        grads = gradients(loss, targets, grad_ys=grad_loss, gate_gradients=gate_gradients == Optimizer.GATE_OP,
                          aggregation_method=aggregation_method,
                          colocate_gradients_with_ops=colocate_gradients_with_ops)
        if gate_gradients == Optimizer.GATE_GRAPH:
            grads = gate_values(grads)
        self._assert_valid_dtypes([var for grad, var in zip(grads, var_list) if grad is not None])
        get_default_graph().minimized.append((loss, self))
        return list(zip(grads, var_list))

    def _default_variables(self) -> list:
        return trainable_variables() + get_default_graph().get_collection(_TRAINABLE_RESOURCE_VARIABLES)

    def apply_gradients(self, grads_and_vars: Iterable[tuple[Any, Any]], global_step: Any = None,
                        name: str | None = None) -> Operation:
        """Return the op that moves variables by gradients; the second half of `minimize`.

        Args:
          grads_and_vars: pairs as `compute_gradients` returns; those without a gradient are passed over.
          global_step: a variable that the step adds 1 to.
          name: of the op; the optimizer's name if `None`.

        Raises:
          ValueError: if there are no pairs, or none with a gradient.
          TypeError: if a gradient cannot become a tensor.
        """
        pairs = [(_as_gradient(grad), var, as_target(var)) for grad, var in _checked_pairs(grads_and_vars)]
        moved = [var for grad, var, _ in pairs if grad is not None]
        if not moved:
            raise ValueError(f"No gradients provided for any variable: {[str(var) for _, var, _ in pairs]}.")
        with get_default_graph().control_dependencies(None):
            self._create_slots(moved)
        with scoped(name, self._name) as scope:
            self._prepare()
            updates = [self._update(*pair) for pair in pairs if pair[0] is not None]
            step = self._finish(updates, scope) if global_step is None else self._counted(updates, global_step, scope)
        _remember(step)
        return step

    def _update(self, grad: Any, var: Any, target: Any) -> Any:
        graph = get_default_graph()
        with graph.name_scope("update_" + var.op.name), graph.colocate_with(var):
            return target.update_op(self, grad)

    def _counted(self, updates: Sequence[Any], global_step: Any, scope: str) -> Operation:
        graph = get_default_graph()
        with graph.control_dependencies([self._finish(updates, "update")]), graph.colocate_with(global_step.op):
            if is_resource_variable(global_step):
                one = convert_to_tensor(1, dtype=global_step.dtype)
                return node("AssignAddVariableOp", global_step.handle, one, name=scope)
            return assign_add(global_step, 1, name=scope).op

    def _assert_valid_dtypes(self, tensors: Iterable[Any]) -> None:
        valid = self._valid_dtypes()
        for tensor in tensors:
            dtype = tensor.dtype.base_dtype
            if dtype not in valid:
                raise ValueError(f"Invalid type {dtype!r} for {tensor.name}, expected: {list(valid)}.")

    def _valid_dtypes(self) -> set[DType]:
        """The types that losses, variables and gradients may have."""
        return {float16, bfloat16, float32, float64}

    def _create_slots(self, var_list: list) -> None:
        """Make the variables that a subclass keeps for each of `var_list`."""

    def _prepare(self) -> None:
        """Make the tensors that the updates share."""

    def _apply_dense(self, grad: Tensor, var: Any) -> Any:
        """Add the op that moves `var` by the gradient `grad`."""
        raise NotImplementedError(f"{type(self).__name__}._apply_dense: the update of {var} is not defined.")

    def _apply_sparse_duplicate_indices(self, grad: IndexedSlices, var: Any) -> Any:
        """Add the op that moves the rows of `var` that `grad` names, some perhaps more than once."""
        summed, rows = _summed(grad.values, grad.indices)
        return self._apply_sparse(IndexedSlices(summed, rows, grad.dense_shape), var)

    def _apply_sparse(self, grad: IndexedSlices, var: Any) -> Any:
        """Add the op that moves the rows of `var` that `grad` names, each once."""
        raise NotImplementedError(f"{type(self).__name__}._apply_sparse: the sparse update of {var} is not defined.")

    def _resource_apply_dense(self, grad: Tensor, var: Any) -> Any:
        """Add the op that moves the resource variable `var` by the gradient `grad`."""
        raise NotImplementedError(f"{type(self).__name__}._resource_apply_dense: the update of {var} is not defined.")

    def _resource_apply_sparse_duplicate_indices(self, grad: Tensor, var: Any, indices: Tensor) -> Any:
        """Add the op that moves the rows of the resource variable `var` that `indices` name, some perhaps repeatedly."""
        summed, rows = _summed(grad, indices)
        return self._resource_apply_sparse(summed, var, rows)

    def _resource_apply_sparse(self, grad: Tensor, var: Any, indices: Tensor) -> Any:
        """Add the op that moves the rows of the resource variable `var` that `indices` name, each once."""
        raise NotImplementedError(f"{type(self).__name__}._resource_apply_sparse: the sparse update of {var} is not "
                                  "defined.")

    def _finish(self, update_ops: Sequence[Any], name_scope: str) -> Operation:
        """Return the op, of the name `name_scope`, that has run when all of `update_ops` have."""
        return group_nodes(list(update_ops), name_scope)

    def _call_if_callable(self, param: Any) -> Any:
        return param() if callable(param) else param

    def _as_tensors(self, values: Iterable[Any], names: Iterable[str]) -> list[Tensor]:
        """Return hyperparameters, and those that functions return, as tensors of the given names."""
        given = [self._call_if_callable(value) for value in values]
        return [convert_to_tensor(value, name=name) for value, name in zip(given, names)]


def _checked_pairs(grads_and_vars: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    pairs = list(grads_and_vars)
    if not pairs:
        raise ValueError("No variables provided.")
    return pairs


def _summed(values: Tensor, indices: Tensor) -> tuple[Tensor, Tensor]:
    """Sum the rows of each index; return the sums, and the indices without repetition."""
    rows, positions = unique(indices)
    sizes: Any = shape_of(rows)
    return node("UnsortedSegmentSum", values, positions, sizes[0]), rows


def _as_gradient(grad: Any) -> Any:
    if grad is None or isinstance(grad, IndexedSlices):
        return grad
    try:
        return convert_to_tensor(grad)
    except TypeError:
        raise TypeError(f"Gradient must be convertible to a Tensor or IndexedSlices, or None: {grad}") from None


def _remember(step: Operation) -> None:
    kept = get_default_graph().get_collection_ref(GraphKeys.TRAIN_OP)
    if step not in kept:
        kept.append(step)
