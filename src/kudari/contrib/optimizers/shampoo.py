"""`tf.contrib.opt.ShampooOptimizer`: each axis of a variable has its own preconditioning matrix."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ...dtypes import float32, int32
from ...functions.array import transpose
from ...functions.conditionals import cond
from ...functions.decompositions import svd
from ...functions.filling import zeros, zeros_like
from ...functions.linalg import matmul
from ...functions.picking import gather, scatter_nd, where
from ...functions.reduce import reduce_sum
from ...functions.scatter import scatter_add
from ...functions.state import assign, assign_add, assign_sub
from ...functions.tensordot import tensordot
from ...graph.indexed_slices import IndexedSlices
from ...graph.stack import get_default_graph
from ...graph.tensor import Tensor
from ...op.convert import convert_to_tensor
from ...ops.forms import cast, node
from ...ops.matrices import eye
from ...ops.shapes import shape_of
from ...platform import logging
from ...train.optimizer import Optimizer
from .matrix_roots import inverse_pth_root, square_root


class ShampooOptimizer(Optimizer):
    """Multiplies the gradient, along each axis, by a root of the inverse of the sum of its outer products along it.

    Slots: `gbar`, the mean of the gradients, and for axis i `Gbar_i`, the sum of outer products (a vector of squares
    where the axis is longer than `max_matrix_size`) and, with `svd_interval` over 1, `H_i`, its last root.
    Gupta, Koren, Singer: Shampoo: Preconditioned stochastic tensor optimization, ICML 2018 (arXiv:1802.09568).

    Every hyperparameter below but the sizes and flags may be a function of the number of steps, a float tensor.

    Args:
      global_step: the number of steps taken.
      max_matrix_size: the longest axis that gets a matrix.
      gbar_decay: how much of the mean of the gradients is kept.
      gbar_weight: how much of the gradient it gains.
      mat_gbar_decay: how much of the sums of outer products is kept.
      mat_gbar_weight: how much of the new outer product they gain.
      learning_rate: a float or a scalar tensor.
      svd_interval: how many steps a root serves.
      precond_update_interval: at how many steps the sums gain an outer product.
      epsilon: added to the diagonals.
      alpha: the power of the inverse, shared by the axes: 0.5 as in the paper, 1.0 for a steeper one.
      use_iterative_root: whether roots are found by iteration, not by decomposition.
      use_locking: recorded in the update ops; steps are atomic either way.
      name: of the scope of the update ops, and of the slots.
    """

    def __init__(self, global_step: Any = 0, max_matrix_size: int = 768, gbar_decay: Any = 0.0, gbar_weight: Any = 1.0,
                 mat_gbar_decay: Any = 1.0, mat_gbar_weight: Any = 1.0, learning_rate: Any = 1.0, svd_interval: Any = 1,
                 precond_update_interval: Any = 1, epsilon: float = 1e-4, alpha: Any = 0.5, use_iterative_root: bool = False,
                 use_locking: bool = False, name: str = "Shampoo"):
        super().__init__(use_locking, name)
        self._global_step = cast(global_step, float32)
        self._max_matrix_size = max_matrix_size
        self._gbar_decay, self._gbar_weight = gbar_decay, gbar_weight
        self._mat_gbar_decay, self._mat_gbar_weight = mat_gbar_decay, mat_gbar_weight
        self._learning_rate, self._epsilon, self._alpha = learning_rate, epsilon, alpha
        self._svd_interval, self._precond_update_interval = svd_interval, precond_update_interval
        self._use_iterative_root = use_iterative_root

    def _has_matrix(self, size: int) -> bool:
        return size <= self._max_matrix_size

    def _create_slots(self, var_list: list) -> None:
        for var in var_list:
            with get_default_graph().colocate_with(var):
                self._zeros_slot(var, "gbar", self._name)
                for axis, length in enumerate(var.get_shape().as_list()):
                    size = convert_to_tensor(np.int64(length))
                    if self._has_matrix(length):
                        start = zeros_like(eye(size))
                        if self._svd_interval > 1:
                            self._get_or_make_slot(var, eye(size), f"H_{axis}", self._name)
                    else:
                        start = zeros([size])
                    self._get_or_make_slot(var, start, f"Gbar_{axis}", self._name)

    def _apply_dense(self, grad: Tensor, var: Any) -> Any:
        return self._step(grad, var)

    def _resource_apply_dense(self, grad: Tensor, var: Any) -> Any:
        return self._step(grad, var)

    def _apply_sparse(self, grad: IndexedSlices, var: Any) -> Any:
        return self._step_of_rows(grad.values, grad.indices, var)

    def _resource_apply_sparse(self, grad: Tensor, var: Any, indices: Tensor) -> Any:
        return self._step_of_rows(grad, indices, var)

    def _step_of_rows(self, grad: Tensor, indices: Tensor, var: Any) -> Any:
        if self._has_matrix(var.get_shape().as_list()[0]) or self._gbar_decay != 0.0:
            sizes = shape_of(var, out_type=indices.dtype)
            return self._step(scatter_nd(node("ExpandDims", indices, 1), grad, sizes), var)
        return self._step(grad, var, indices)

    def _step(self, grad: Tensor, var: Any, indices: Tensor | None = None) -> Any:
        """Add the update of `var`, or of the rows of `indices`, by a gradient."""
        count = self._global_step + 1

        def now(value: Any) -> Any:
            return value(count) if callable(value) else value

        lengths = var.get_shape().as_list()
        rank = len(lengths)
        mean = self._mean(grad, var, now, is_sparse=indices is not None)
        power = -now(self._alpha) / rank
        for axis, length in enumerate(lengths):
            others = [other for other in range(rank) if other != axis]
            if self._has_matrix(length):
                total = self._total(grad, var, axis, others, count, now)
                root = self._root(var, total, axis, power, count, now)
                mean = tensordot(mean, root, axes=([0], [0]), name=f"precond_{axis}")
            else:
                scale = self._diagonal(grad, var, axis, others, power, now, indices if axis == 0 else None,
                                       1.0 if indices is not None else float(length))
                mean = transpose(mean, perm=[*range(1, rank), 0]) * scale
        rate = now(self._learning_rate)
        if indices is not None:
            return scatter_add(var, indices, -rate * mean)
        return assign_sub(var, rate * mean)

    def _mean(self, grad: Tensor, var: Any, now: Any, is_sparse: bool) -> Any:
        decay, weight = now(self._gbar_decay), now(self._gbar_weight)
        if not is_sparse:
            return _averaged(self.get_slot(var, "gbar"), self._gbar_decay, decay, weight * grad)
        if self._gbar_decay != 0.0:
            logging.warning("Not applying momentum for variable: %s", var.name)
        return grad

    def _total(self, grad: Tensor, var: Any, axis: int, others: list[int], count: Any, now: Any) -> Any:
        """The sum of the outer products along an axis, after this step."""
        kept = self.get_slot(var, f"Gbar_{axis}")
        decay, weight, interval = (now(value) for value in (self._mat_gbar_decay, self._mat_gbar_weight,
                                                            self._precond_update_interval))

        def grown() -> Any:
            product = tensordot(grad, grad, axes=(others, others), name=f"grad_outer_{axis}")
            return _averaged(kept, self._mat_gbar_decay, decay, weight * interval * product)

        total = cond(node("FloorMod", count, convert_to_tensor(interval, dtype=float32)) < 1, grown, lambda: kept)
        return total / float(var.get_shape().as_list()[axis])

    def _root(self, var: Any, total: Any, axis: int, power: Any, count: Any, now: Any) -> Any:
        """A power of the sum of outer products along an axis: of this step, or of the last that made one."""
        size = var.get_shape().as_list()[axis]
        if self._svd_interval == 1:
            return self._power(total, size, power)
        kept = self.get_slot(var, f"H_{axis}")
        interval = convert_to_tensor(now(self._svd_interval), dtype=float32)
        return cond(node("FloorMod", count, interval) < 1, lambda: assign(kept, self._power(total, size, power)),
                    lambda: kept)

    def _power(self, matrix: Any, size: int, power: Any) -> Any:
        with get_default_graph().name_scope("matrix_iterative_power"):
            if self._use_iterative_root:
                return inverse_pth_root(square_root(matrix, size, 100, self._epsilon), size, 2 * power, ridge_epsilon=0.0)
            if size == 1:
                return node("Pow", matrix + self._epsilon, power)
            sigma, u, v = svd(matrix + self._epsilon * eye(cast(size, int32)), full_matrices=True)
            return matmul(v * node("Pow", node("Maximum", sigma, self._epsilon), power), transpose(u))

    def _diagonal(self, grad: Tensor, var: Any, axis: int, others: Sequence[int], power: Any, now: Any,
                  indices: Tensor | None, normalizer: float) -> Any:
        """A power of the sum of squares along an axis that is too long for a matrix."""
        decay, weight = now(self._mat_gbar_decay), now(self._mat_gbar_weight)
        kept = self.get_slot(var, f"Gbar_{axis}")
        squares = reduce_sum(grad * grad, axis=list(others)) / normalizer if others else grad * grad
        if indices is None:
            total = _averaged(kept, self._mat_gbar_decay, decay, weight * squares)
        else:
            if self._mat_gbar_decay != 1.0:
                raise ValueError(f"mat_gbar_decay must be 1.0 for {var.name}, whose gradient is sparse and whose axis 0 is "
                                 f"longer than max_matrix_size; got {self._mat_gbar_decay}.")
            total = gather(scatter_add(kept, indices, weight * squares), indices)
        return where(node("Greater", total, 0), node("Pow", total, power), zeros_like(total))


def _averaged(kept: Any, decay: Any, decay_now: Any, rest: Any) -> Any:
    """What is kept of a mean, and `rest`."""
    if decay == 0.0:
        return rest
    if decay == 1.0:
        return assign_add(kept, rest)
    return kept.assign_add((decay_now - 1) * kept + rest)
