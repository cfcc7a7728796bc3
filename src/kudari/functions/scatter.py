"""Changing rows of variables: `tf.scatter_update` and its like."""

from __future__ import annotations

from typing import Any

from ..graph.tensor import Tensor
from ..ops import scatter


def scatter_update(ref: Any, indices: Any, updates: Any, use_locking: bool = True, name: str | None = None) -> Tensor:
    """Return an op's output that replaces rows of the variable `ref`.

    Args:
      ref: a variable.
      indices: int32 or int64 tensor of row numbers; one that names no row is passed over.
      updates: the rows, of shape `indices.shape + ref.shape[1:]`.
      use_locking: recorded; steps are atomic either way.
      name: of the node.

    Returns:
      The variable's tensor, after the update.

    Raises:
      ValueError: if the shapes do not fit.
    """
    return scatter.scatter_update(ref, indices, updates, use_locking=use_locking, name=name)


def scatter_add(ref: Any, indices: Any, updates: Any, use_locking: bool = False, name: str | None = None) -> Tensor:
    """Return an op's output that adds to rows of the variable `ref`; arguments as in `tf.scatter_update`."""
    return scatter.scatter_add(ref, indices, updates, use_locking=use_locking, name=name)


def scatter_sub(ref: Any, indices: Any, updates: Any, use_locking: bool = False, name: str | None = None) -> Tensor:
    """Return an op's output that subtracts from rows of the variable `ref`; arguments as in `tf.scatter_update`."""
    return scatter.scatter_sub(ref, indices, updates, use_locking=use_locking, name=name)
