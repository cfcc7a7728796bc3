"""`tf.contrib.opt.GGTOptimizer`: steps by the root of the matrix of the last gradients."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...dtypes import int32
from ...functions.array import expand_dims, reshape, transpose
from ...functions.conditionals import cond
from ...functions.control import group
from ...functions.decompositions import svd
from ...functions.filling import diag, zeros
from ...functions.linalg import matmul
from ...functions.reduce import reduce_min
from ...functions.scatter import scatter_update
from ...functions.state import assign_add, assign_sub
from ...graph.indexed_slices import IndexedSlices
from ...graph.operation import Operation
from ...graph.stack import get_default_graph
from ...graph.tensor import Tensor
from ...op.convert import convert_to_tensor
from ...ops.forms import cast, node
from ...ops.matrices import eye
from ...train.optimizer import Optimizer


class GGTOptimizer(Optimizer):
    """Full-matrix adaptive steps from a window of gradients, which has few columns and so a cheap root.

    It keeps four variables: `global_step`, `grad_buffer` (the window), `moment1` (the mean of the gradients) and
    `flat_grad`. Gradients must be dense. Agarwal and others: The case for full-matrix adaptive regularization, 2018
    (arXiv:1806.02958).

    Args:
      learning_rate: a float or a scalar tensor.
      beta1: how much of the mean of the gradients is kept at each step.
      use_locking: recorded in the update ops; steps are atomic either way.
      name: of the scope of the update ops.
      window: how many gradients are kept.
      eps: from which least singular value on the step also has what lies outside the window.
      svd_eps: added to the diagonal of the matrix whose root is taken.
      sigma_eps: added to the singular values.
    """

    def __init__(self, learning_rate: Any = 0.001, beta1: Any = 0.9, use_locking: bool = False, name: str = "GGT",
                 window: int = 10, eps: float = 1e-4, svd_eps: float = 1e-6, sigma_eps: float = 1e-2):
        super().__init__(use_locking, name)
        self._lr, self._beta1, self._window = learning_rate, beta1, window
        self._eps, self._svd_eps, self._sigma_eps = eps, svd_eps, sigma_eps
        self._places: dict[str, slice] = {}
        self._moved: list[Any] = []

    def minimize(self, loss: Tensor, global_step: Any = None, var_list: Any = None,  # type: ignore[override]
                 gate_gradients: int = Optimizer.GATE_OP, aggregation_method: int | None = None, name: str | None = None,
                 grad_loss: Tensor | None = None, stop_gradients: Any = None,
                 scale_loss_by_num_replicas: bool = False) -> Operation:
        """As any optimizer's; the last two arguments are those of `compute_gradients`."""
        pairs = self.compute_gradients(loss, var_list, gate_gradients, aggregation_method, grad_loss, stop_gradients,
                                       scale_loss_by_num_replicas)
        return self.apply_gradients(pairs, global_step=global_step, name=name)

    def compute_gradients(self, loss: Tensor, var_list: Any = None,  # type: ignore[override]
                          gate_gradients: int = Optimizer.GATE_OP, aggregation_method: int | None = None,
                          grad_loss: Tensor | None = None, stop_gradients: Any = None,
                          scale_loss_by_num_replicas: bool = False) -> list[tuple[Any, Any]]:
        """As any optimizer's. With one replica `scale_loss_by_num_replicas` changes nothing.

        Raises:
          NotImplementedError: with `stop_gradients`; put `tf.stop_gradient` into the loss instead.
        """
        if stop_gradients is not None:
            raise NotImplementedError("GGTOptimizer.compute_gradients(stop_gradients=…) is not supported: put "
                                      "tf.stop_gradient into the loss instead.")
        return super().compute_gradients(loss, var_list, gate_gradients, aggregation_method, grad_loss=grad_loss)

    def _create_slots(self, var_list: list) -> None:
        start = 0
        for name, size in sorted((var.name, var.get_shape().num_elements()) for var in var_list):
            self._places[name] = slice(start, start + size)
            start += size
        dtype = var_list[0].dtype.base_dtype
        for name, value in (("global_step", cast(0.0, dtype)), ("grad_buffer", zeros([self._window, start], dtype)),
                            ("moment1", zeros([start], dtype)), ("flat_grad", zeros([start], dtype))):
            self._create_non_slot_variable(initial_value=value, name=name, colocate_with=var_list[0])

    def _kept(self, name: str) -> Any:
        return next(var for (kept, _), var in self._non_slot_dict.items() if kept == name and
                    var.op.graph is get_default_graph())

    def _prepare(self) -> None:
        self._moved = []

    def _apply_dense(self, grad: Tensor, var: Any) -> Any:
        self._moved.append(var)
        place = self._places[var.name]
        return scatter_update(self._kept("flat_grad"), node("Range", place.start, place.stop, 1), reshape(grad, [-1]))

    _resource_apply_dense = _apply_dense

    def _apply_sparse(self, grad: IndexedSlices, var: Any) -> Any:
        raise NotImplementedError("Sparse gradient updates are not supported.")

    def _resource_apply_sparse(self, grad: Tensor, var: Any, indices: Tensor) -> Any:
        raise NotImplementedError("Sparse gradient updates are not supported.")

    def _finish(self, update_ops: Sequence[Any], name_scope: str) -> Operation:
        dtype = self._moved[0].dtype.base_dtype
        with get_default_graph().control_dependencies(update_ops):
            step = self._step(dtype)
            moved = [assign_sub(var, cast(convert_to_tensor(self._lr), dtype)
                                * reshape(step[self._places[var.name]], var.get_shape())) for var in self._moved]
        return group(*moved, name=name_scope)

    def _step(self, dtype: Any) -> Any:
        """Add the gradient to the window; return the direction in which all variables, as a column, are to move."""
        beta1, window = cast(convert_to_tensor(self._beta1), dtype), self._window
        flat_grad, moment = self._kept("flat_grad"), self._kept("moment1")
        count = assign_add(self._kept("global_step"), 1.0)
        moment = moment.assign(beta1 * moment + (1.0 - beta1) * flat_grad)  # type: ignore[operator]
        place = node("FloorMod", cast(count - 1.0, int32), window)
        buffer = scatter_update(self._kept("grad_buffer"), place, moment)
        seen = node("Sqrt", node("Minimum", convert_to_tensor(count), cast(window, dtype)))
        m, column = transpose(buffer / seen), expand_dims(moment, -1)
        damping = cast(eye(window), dtype) * self._svd_eps
        sigma, u, _ = svd(matmul(m, m, transpose_a=True) + damping)
        roots = node("Sqrt", sigma)

        def along(scales: Any) -> Any:
            """The column's part within the window, each of whose directions is scaled."""
            within = matmul(u, matmul(m, column, transpose_a=True), transpose_a=True)
            return matmul(m, matmul(u, matmul(diag(scales), within)))

        head = along(cast(1.0, dtype) / node("Pow", roots + self._sigma_eps, cast(3.0, dtype)))
        least = reduce_min(roots)
        tail = (column - along(cast(1.0, dtype) / sigma)) / least
        return cond(least > self._eps, lambda: head + tail, lambda: node("Identity", head))
