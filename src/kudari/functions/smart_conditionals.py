"""Branches of which only one is made, where it is known which: `tf.contrib.framework.smart_cond`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..graph.tensor import Tensor
from ..op.constant import constant_value
from .conditionals import cond


def smart_cond(pred: Any, true_fn: Callable[[], Any] | None = None, false_fn: Callable[[], Any] | None = None,
               name: str | None = None) -> Any:
    """Return what `true_fn` or `false_fn` returns: the nodes of one only if `pred` is known, else a `tf.cond`.

    Args:
      pred: a boolean, 0 or 1, or a boolean scalar tensor.
      true_fn: makes the nodes of the one branch.
      false_fn: makes those of the other.
      name: of the `tf.cond`.

    Raises:
      TypeError: if a function cannot be called, or `pred` is something else.
    """
    if not callable(true_fn):
        raise TypeError("`true_fn` must be callable.")
    if not callable(false_fn):
        raise TypeError("`false_fn` must be callable.")
    known = smart_constant_value(pred)
    if known is None:
        return cond(pred, true_fn=true_fn, false_fn=false_fn, name=name)
    return true_fn() if known else false_fn()


def smart_constant_value(pred: Any) -> Any:
    """Return what is known of a predicate while the graph is built, `None` if nothing is.

    Args:
      pred: a boolean, 0 or 1, or a boolean scalar tensor.

    Raises:
      TypeError: if it is something else.
    """
    if isinstance(pred, Tensor):
        known = constant_value(pred)
        return None if known is None else bool(known)
    if pred in {0, 1}:
        return bool(pred)
    raise TypeError(f"`pred` must be a Tensor, or a Python bool, or 1 or 0. Found instead: {type(pred)}")
