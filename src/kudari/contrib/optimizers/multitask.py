"""`tf.contrib.opt.MultitaskOptimizerWrapper`: steps that pass over what this batch has nothing to say about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import MethodType
from typing import Any

from ...dtypes import as_dtype
from ...functions.clipping import clip_by_global_norm, global_norm
from ...functions.conditionals import cond
from ...functions.control import no_op
from ...functions.filling import zeros
from ...functions.reduce import count_nonzero
from ...graph.stack import get_default_graph
from ...graph.tensor import Tensor
from ...ops.forms import node
from ...train.optimizer import Optimizer

_UPDATES = ("_apply_dense", "_resource_apply_dense", "_apply_sparse", "_resource_apply_sparse")


class MultitaskOptimizerWrapper:
    """Wraps an optimizer: a variable whose gradient is all zeros is left alone, with its slots.

    For tasks that share a model and take turns: the means and momenta of one task's own variables do not fade while another
    trains. The optimizer given is changed, and has all other attributes of the wrapper.

    Args:
      opt: a `tf.train.Optimizer`.

    Raises:
      TypeError: if `opt` is no optimizer.
    """

    def __init__(self, opt: Optimizer):
        if not isinstance(opt, Optimizer):
            raise TypeError("Supplied optimizer must be an instance of tf.train.Optimizer")
        self._opt = opt
        for name in _UPDATES:
            setattr(opt, name, MethodType(_unless_zero(getattr(opt, name)), opt))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._opt, name)


def clip_gradients_by_global_norm(gradients_variables: Iterable[tuple[Any, Any]],
                                  clip_norm: Any = 20.0) -> tuple[list[tuple[Any, Any]], Tensor]:
    """Clip gradients by their common norm, without those that are all zeros.

    Args:
      gradients_variables: pairs of a gradient, or `None`, and its variable.
      clip_norm: the greatest norm.

    Returns:
      The pairs with the clipped gradients, and the norm before.
    """
    gradients, variables = zip(*gradients_variables)
    whole = global_norm([_or_number_zero(grad) for grad in gradients])
    clipped, _ = clip_by_global_norm(gradients, clip_norm, use_norm=whole)
    return list(zip(clipped, variables)), whole


def _all_zeros(grad: Any) -> Tensor:
    return node("Equal", count_nonzero(grad), 0)


def _unless_zero(update: Callable) -> Callable:
    def updated(self: Optimizer, grad: Any, *args: Any, **kwargs: Any) -> Any:
        def step() -> Any:
            with get_default_graph().control_dependencies([update(grad, *args, **kwargs)]):
                return no_op()

        return cond(_all_zeros(grad), no_op, step)

    return updated


def _or_number_zero(grad: Any) -> Any:
    if grad is None:
        return None
    return cond(_all_zeros(grad), lambda: zeros([], dtype=as_dtype(grad.dtype)), lambda: grad)
