"""Changing rows and elements of variables: `tf.scatter_update` and its like."""

from __future__ import annotations

from typing import Any

from ..graph.stack import get_default_graph
from ..op.convert import convert_to_tensor
from ..ops.forms import cast, node, times
from ..ops.indexing import item
from ..ops.joining import concat
from ..ops.shapes import ones_like, shape_of


def _scatter(kind: str, ref: Any, indices: Any, updates: Any, use_locking: bool, name: str | None) -> Any:
    if ref.dtype._is_ref_dtype:
        return node(kind, ref, indices, updates, use_locking=use_locking, name=name)
    return ref._lazy_read(ref._scatter_node(kind, indices, updates, name))


def scatter_update(ref: Any, indices: Any, updates: Any, use_locking: bool = True, name: str | None = None) -> Any:
    """Return an op's output that replaces rows of the variable `ref`.

    Args:
      ref: a variable.
      indices: int32 or int64 tensor of row numbers; one that names no row is passed over.
      updates: the rows, of shape `indices.shape + ref.shape[1:]`.
      use_locking: recorded; steps are atomic either way.
      name: of the node.

    Returns:
      The variable's tensor, after the update; of a resource variable, a reader of it.

    Raises:
      ValueError: if the shapes do not fit.
    """
    return _scatter("ScatterUpdate", ref, indices, updates, use_locking, name)


def scatter_add(ref: Any, indices: Any, updates: Any, use_locking: bool = False, name: str | None = None) -> Any:
    """Return an op's output that adds to rows of the variable `ref`; arguments as in `tf.scatter_update`."""
    return _scatter("ScatterAdd", ref, indices, updates, use_locking, name)


def scatter_sub(ref: Any, indices: Any, updates: Any, use_locking: bool = False, name: str | None = None) -> Any:
    """Return an op's output that subtracts from rows of the variable `ref`; arguments as in `tf.scatter_update`."""
    return _scatter("ScatterSub", ref, indices, updates, use_locking, name)


def scatter_mul(ref: Any, indices: Any, updates: Any, use_locking: bool = False, name: str | None = None) -> Any:
    """Return an op's output that multiplies rows of the variable `ref`; arguments as in `tf.scatter_update`."""
    return _scatter("ScatterMul", ref, indices, updates, use_locking, name)


def scatter_div(ref: Any, indices: Any, updates: Any, use_locking: bool = False, name: str | None = None) -> Any:
    """Return an op's output that divides rows of `ref`, towards zero if integers; arguments as in `tf.scatter_update`."""
    return _scatter("ScatterDiv", ref, indices, updates, use_locking, name)


def scatter_min(ref: Any, indices: Any, updates: Any, use_locking: bool = False, name: str | None = None) -> Any:
    """Return an op's output that keeps the smaller of each element and its update; arguments as in `tf.scatter_update`."""
    return _scatter("ScatterMin", ref, indices, updates, use_locking, name)


def scatter_max(ref: Any, indices: Any, updates: Any, use_locking: bool = False, name: str | None = None) -> Any:
    """Return an op's output that keeps the larger of each element and its update; arguments as in `tf.scatter_update`."""
    return _scatter("ScatterMax", ref, indices, updates, use_locking, name)


def scatter_nd_update(ref: Any, indices: Any, updates: Any, use_locking: bool = True, name: str | None = None) -> Any:
    """Return an op's output that replaces elements or slices of the variable `ref`.

    Args:
      ref: a variable.
      indices: int32 or int64 tensor whose last dimension holds places in the first dimensions of `ref`; one outside is
        passed over.
      updates: of shape `indices.shape[:-1] + ref.shape[indices.shape[-1]:]`.
      use_locking: recorded; steps are atomic either way.
      name: of the node.

    Returns:
      The variable's tensor, after the update; of a resource variable, a reader of it.

    Raises:
      ValueError: if the shapes do not fit.
    """
    return _scatter("ScatterNdUpdate", ref, indices, updates, use_locking, name)


def scatter_nd_add(ref: Any, indices: Any, updates: Any, use_locking: bool = False, name: str | None = None) -> Any:
    """Return an op's output that adds to elements or slices of `ref`; arguments as in `tf.scatter_nd_update`."""
    return _scatter("ScatterNdAdd", ref, indices, updates, use_locking, name)


def scatter_nd_sub(ref: Any, indices: Any, updates: Any, use_locking: bool = False, name: str | None = None) -> Any:
    """Return an op's output that subtracts from elements or slices of `ref`; arguments as in `tf.scatter_nd_update`."""
    return _scatter("ScatterNdSub", ref, indices, updates, use_locking, name)


def batch_scatter_update(ref: Any, indices: Any, updates: Any, use_locking: bool = True, name: str | None = None) -> Any:
    """Return an op's output that replaces, in each batch of the variable `ref`, the slices that `indices` name there.

    Args:
      ref: a variable.
      indices: integers; the last dimension holds the slices to replace, those before it the batch.
      updates: of shape `indices.shape + ref.shape[indices.ndims:]`.
      use_locking: recorded; steps are atomic either way.
      name: of the scope of the nodes.

    Returns:
      The variable's tensor, after the update; of a resource variable, a reader of it.

    Raises:
      ValueError: if the rank of `indices` is unknown.
    """
    with get_default_graph().name_scope(name):
        indices = convert_to_tensor(indices, name="indices")
        sizes = shape_of(indices)
        if indices.static_shape is None:
            raise ValueError("batch_gather does not allow indices with unknown shape.")
        rank = len(indices.static_shape)
        last = node("ExpandDims", indices, -1)
        parts = []
        for axis in range(rank - 1):
            size = item(sizes, axis)
            place: list[Any] = [1] * (rank + 1)
            place[axis] = size
            numbers = cast(node("Reshape", node("Range", 0, size, 1), place), last.dtype)
            parts.append(times(numbers, ones_like(last)))
        return scatter_nd_update(ref, concat([*parts, last], -1), updates, use_locking=use_locking)


def count_up_to(ref: Any, limit: int, name: str | None = None) -> Any:
    """Return an op's output that adds one to the variable `ref`.

    Args:
      ref: an integer variable.
      limit: where it fails with `OutOfRangeError`.
      name: of the node.

    Returns:
      The value before.
    """
    if ref.dtype._is_ref_dtype:
        return node("CountUpTo", ref, limit, name=name)
    return node("ResourceCountUpTo", ref.handle, limit, T=ref.dtype, name=name)
