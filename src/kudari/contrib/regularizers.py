"""`tf.contrib.layers`: regularizers, functions from weights to a loss."""

from __future__ import annotations

import logging
import numbers
from collections.abc import Callable
from typing import Any

from ..functions.elementwise import absolute
from ..functions.reduce import reduce_sum
from ..graph.collections import GraphKeys
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..op.constant import constant
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops.forms import node


def _disables(scale: Any, end: str = "") -> bool:
    """Whether there is nothing to regularize with; refuses what is no scale."""
    if isinstance(scale, numbers.Integral):
        raise ValueError(f"scale cannot be an integer: {scale}")
    if isinstance(scale, numbers.Real):
        if scale < 0.0:
            raise ValueError(f"Setting a scale less than 0 on a regularizer: {scale:g}{end}")
        if scale == 0.0:
            logging.getLogger("kudari").info("Scale of 0 disables regularizer.")
            return True
    return False


def l1_regularizer(scale: Any, scope: str | None = None) -> Callable:
    """Return a function from weights to `scale` times the sum of their absolute values.

    Args:
      scale: a float; 0 for no regularization.
      scope: of the nodes.

    Raises:
      ValueError: if `scale` is negative or an integer.
    """
    if _disables(scale):
        return lambda _: None

    def l1(weights: Any, name: str | None = None) -> Tensor:
        with scoped(scope, "l1_regularizer", [weights]) as inner:
            factor = convert_to_tensor(scale, dtype=weights.dtype.base_dtype, name="scale")
            return node("Mul", factor, reduce_sum(absolute(weights)), name=inner)

    return l1


def l2_regularizer(scale: Any, scope: str | None = None) -> Callable:
    """Return a function from weights to `scale` times half the sum of their squares.

    Args:
      scale: a float; 0 for no regularization.
      scope: of the nodes.

    Raises:
      ValueError: if `scale` is negative or an integer.
    """
    if _disables(scale, "."):
        return lambda _: None

    def l2(weights: Any) -> Tensor:
        with scoped(scope, "l2_regularizer", [weights]) as name:
            factor = convert_to_tensor(scale, dtype=weights.dtype.base_dtype, name="scale")
            return node("Mul", factor, node("L2Loss", weights), name=name)

    return l2


def l1_l2_regularizer(scale_l1: Any = 1.0, scale_l2: Any = 1.0, scope: str | None = None) -> Any:
    """Return the sum of an L1 and an L2 regularizer.

    Args:
      scale_l1: of the former.
      scale_l2: of the latter.
      scope: of the nodes.

    Raises:
      ValueError: if a scale is negative or an integer.
    """
    if isinstance(scale_l1, numbers.Integral):
        raise ValueError(f"scale_l1 cannot be an integer: {scale_l1}")
    if isinstance(scale_l2, numbers.Integral):
        raise ValueError(f"scale_l2 cannot be an integer: {scale_l2}")
    scope = scope or "l1_l2_regularizer"
    if scale_l1 == 0.0:
        return l2_regularizer(scale_l2, scope)
    if scale_l2 == 0.0:
        return l1_regularizer(scale_l1, scope)
    return sum_regularizer([l1_regularizer(scale_l1), l2_regularizer(scale_l2)], scope=scope)


def sum_regularizer(regularizer_list: Any, scope: str | None = None) -> Callable | None:
    """Return the sum of regularizers; `None` if there are none.

    Args:
      regularizer_list: regularizers and `None`.
      scope: of the nodes.
    """
    regularizers = [regularizer for regularizer in regularizer_list if regularizer is not None]
    if not regularizers:
        return None

    def total(weights: Any) -> Tensor | None:
        with scoped(scope, "sum_regularizer", [weights]) as name:
            losses = [loss for regularizer in regularizers if (loss := regularizer(weights)) is not None]
            return _sum(losses, name) if losses else None

    return total


def _sum(losses: list[Tensor], name: str) -> Tensor:
    return node("Identity", losses[0], name=name) if len(losses) == 1 else node("AddN", losses, name=name)


def apply_regularization(regularizer: Callable, weights_list: Any = None) -> Tensor:
    """Return the sum of a regularizer over weights, which also joins the collection of regularization losses.

    Args:
      regularizer: function from weights to a scalar.
      weights_list: the weights; the collection of weights if `None`.

    Raises:
      ValueError: if there are none, or the regularizer returns no scalar.
    """
    weights = weights_list or get_default_graph().get_collection(GraphKeys.WEIGHTS)
    if not weights:
        raise ValueError("No weights to regularize.")
    with scoped(None, "get_regularization_penalty", weights) as scope:
        found = [regularizer(w) for w in weights]
        losses = [constant(0.0) if loss is None else loss for loss in found]
        for loss in losses:
            if loss.static_shape is None or len(loss.static_shape):
                raise ValueError("regularizer must return a scalar Tensor instead of a Tensor with rank "
                                 f"{loss.shape.ndims}.")
        total = _sum(losses, scope)
    get_default_graph().add_to_collection(GraphKeys.REGULARIZATION_LOSSES, total)
    return total
