"""`tf.contrib.opt.AddSignOptimizer` and `PowerSignOptimizer`: longer steps where the gradient agrees with its mean."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any

from ...functions.control import group
from ...functions.picking import gather
from ...functions.scatter import scatter_sub
from ...functions.state import assign
from ...graph.indexed_slices import IndexedSlices
from ...graph.operation import Operation
from ...graph.tensor import Tensor
from ...op.convert import convert_to_tensor
from ...ops.forms import cast, node
from ...ops.sign_steps import apply_add_sign, apply_power_sign
from ...train.moving import move
from ...train.optimizer import Optimizer


class _SignOptimizer(Optimizer):
    """What the two have in common: the slot `m`, the mean of the gradients, and the fading of the agreement."""

    def __init__(self, learning_rate: Any, beta: Any, sign_decay_fn: Callable[[Any], Any] | None, use_locking: bool,
                 name: str):
        super().__init__(use_locking, name)
        self._lr, self._beta, self._sign_decay_fn = learning_rate, beta, sign_decay_fn
        self._lr_t: Any = None
        self._beta_t: Any = None
        self._sign_decay_t: Any = None

    def apply_gradients(self, grads_and_vars: Iterable[tuple[Any, Any]], global_step: Any = None,
                        name: str | None = None) -> Operation:
        """Return the op that moves variables by gradients; `sign_decay_fn` is called with `global_step`."""
        if self._sign_decay_fn is not None:
            self._sign_decay_t = convert_to_tensor(self._sign_decay_fn(global_step), name="sign_decay")
        return super().apply_gradients(grads_and_vars, global_step=global_step, name=name)

    def _create_slots(self, var_list: list) -> None:
        for var in var_list:
            self._zeros_slot(var, "m", self._name)

    def _prepare_own(self) -> None:
        """Make the tensor of the hyperparameter that only one of the two has."""

    def _prepare(self) -> None:
        self._lr_t = convert_to_tensor(self._lr, name="learning_rate")
        self._beta_t = convert_to_tensor(self._beta, name="beta")
        self._prepare_own()
        if self._sign_decay_fn is None:
            self._sign_decay_t = convert_to_tensor(1.0, name="sign_decay")

    def _agreement_of_rows(self, grad: IndexedSlices, m: Any, beta: Any) -> tuple[Any, Any]:
        """Move the mean by the gradient; return it, and the agreement of its signs with those of the gradient's rows."""
        m_t = assign(m, m * beta + grad * (1 - beta), use_locking=self._use_locking)
        signs = node("Sign", grad.values)
        return m_t, gather(node("Sign", m_t), grad.indices) * signs


class AddSignOptimizer(_SignOptimizer):
    """Steps by `rate * (alpha + sign_decay * agreement) * grad`, `agreement` being `sign(grad) * sign(m)`.

    The slot is `m`, a running mean of the gradients. Bello and others: Neural optimizer search, ICML 2017.

    Args:
      learning_rate: a float or a scalar tensor, as are the next two.
      alpha: what counts without the agreement.
      beta: how much of the mean is kept at each step.
      sign_decay_fn: from the global step to how much the agreement counts; it counts fully if `None`.
      use_locking: recorded in the update ops; steps are atomic either way.
      name: of the scope of the update ops, and of the slots.
    """

    def __init__(self, learning_rate: Any = 0.1, alpha: Any = 1.0, beta: Any = 0.9,
                 sign_decay_fn: Callable[[Any], Any] | None = None, use_locking: bool = False,
                 name: str = "AddSignOptimizer"):
        super().__init__(learning_rate, beta, sign_decay_fn, use_locking, name)
        self._alpha = alpha
        self._alpha_t: Any = None

    def _prepare_own(self) -> None:
        self._alpha_t = convert_to_tensor(self._alpha, name="alpha")

    def _apply_dense(self, grad: Tensor, var: Any) -> Any:
        numbers = [cast(x, var.dtype.base_dtype) for x in (self._lr_t, self._alpha_t, self._sign_decay_t, self._beta_t)]
        return move(apply_add_sign, [var, self.get_slot(var, "m")], *numbers, grad, use_locking=self._use_locking)

    _resource_apply_dense = _apply_dense

    def _apply_sparse(self, grad: IndexedSlices, var: Any) -> Operation:
        rate, alpha, beta = (cast(x, var.dtype.base_dtype) for x in (self._lr_t, self._alpha_t, self._beta_t))
        m_t, agreement = self._agreement_of_rows(grad, self.get_slot(var, "m"), beta)
        factor = alpha + cast(self._sign_decay_t, var.dtype.base_dtype) * agreement
        moved = scatter_sub(var, grad.indices, rate * factor * grad.values, use_locking=self._use_locking)
        return group(moved, m_t)


class PowerSignOptimizer(_SignOptimizer):
    """Steps by `rate * base ** (sign_decay * agreement) * grad`, `agreement` being `sign(grad) * sign(m)`.

    The slot is `m`, a running mean of the gradients. Bello and others: Neural optimizer search, ICML 2017.

    Args:
      learning_rate: a float or a scalar tensor.
      base: a positive float.
      beta: how much of the mean is kept at each step, a float or a scalar tensor.
      sign_decay_fn: from the global step to how much the agreement counts; it counts fully if `None`.
      use_locking: recorded in the update ops; steps are atomic either way.
      name: of the scope of the update ops, and of the slots.
    """

    def __init__(self, learning_rate: Any = 0.1, base: float = math.e, beta: Any = 0.9,
                 sign_decay_fn: Callable[[Any], Any] | None = None, use_locking: bool = False,
                 name: str = "PowerSignOptimizer"):
        super().__init__(learning_rate, beta, sign_decay_fn, use_locking, name)
        self._logbase = math.log(base)
        self._logbase_t: Any = None

    def _prepare_own(self) -> None:
        self._logbase_t = convert_to_tensor(self._logbase, name="logbase")

    def _apply_dense(self, grad: Tensor, var: Any) -> Any:
        numbers = [cast(x, var.dtype.base_dtype) for x in (self._lr_t, self._logbase_t, self._sign_decay_t, self._beta_t)]
        return move(apply_power_sign, [var, self.get_slot(var, "m")], *numbers, grad, use_locking=self._use_locking)

    _resource_apply_dense = _apply_dense

    def _apply_sparse(self, grad: IndexedSlices, var: Any) -> Operation:
        dtype = var.dtype.base_dtype
        rate, beta, logbase = (cast(x, dtype) for x in (self._lr_t, self._beta_t, self._logbase_t))
        e = cast(math.e, dtype)
        m_t, agreement = self._agreement_of_rows(grad, self.get_slot(var, "m"), beta)
        factor = node("Pow", e, logbase * cast(self._sign_decay_t, dtype) * agreement)
        moved = scatter_sub(var, grad.indices, rate * factor * grad.values, use_locking=self._use_locking)
        return group(moved, m_t)
