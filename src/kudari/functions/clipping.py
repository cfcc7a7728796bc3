"""`tf.clip_by_*` and the norm of a list of tensors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..dtypes import float32
from ..graph.indexed_slices import IndexedSlices
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..op.constant import constant
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops.comparison import greater, is_finite
from ..ops.forms import cast, node, over, times
from ..ops.reduce import l2_loss
from ..ops.shapes import counting, ones_like, rank_of, reduction, size_of


def _values(t: Any, name: str = "t") -> Tensor:
    return convert_to_tensor(t.values if isinstance(t, IndexedSlices) else t, name=name)


def _like(t: Any, values: Tensor) -> Any:
    return IndexedSlices(values, t.indices, t.dense_shape) if isinstance(t, IndexedSlices) else values


def clip_by_value(t: Any, clip_value_min: Any, clip_value_max: Any, name: str | None = None) -> Any:
    """Return `t` with each element outside an interval moved to the nearer end of it.

    Args:
      t: a tensor or `IndexedSlices`, which stays one.
      clip_value_min: the lower end, a scalar or a tensor of the shape of `t`.
      clip_value_max: the upper end, likewise.
      name: of the last node.

    Raises:
      ValueError: if an end would broadcast `t`.
    """
    with scoped(name, "clip_by_value", [_tensor(t), clip_value_min, clip_value_max]) as scope:
        values = _values(t)
        below = node("Minimum", values, clip_value_max)
        values.shape.merge_with(below.shape)
        clipped = node("Maximum", below, clip_value_min, name=scope)
        values.shape.merge_with(clipped.shape)
        return _like(t, clipped)


def _tensor(t: Any) -> Any:
    return t.values if isinstance(t, IndexedSlices) else t


def clip_by_norm(t: Any, clip_norm: Any, axes: Any = None, name: str | None = None) -> Any:
    """Return `t` scaled down so that its Euclidean norm is at most `clip_norm`.

    Args:
      t: a tensor or `IndexedSlices`, which stays one.
      clip_norm: the greatest norm, a positive scalar.
      axes: the axes whose elements make up one norm; all if `None`.
      name: of the last node.
    """
    with scoped(name, "clip_by_norm", [_tensor(t), clip_norm]) as scope:
        values = _values(t)
        squares = reduction("Sum", times(values, values), axes, True)
        positive = greater(squares, 0)
        safe = node("Select", positive, squares, ones_like(squares))
        length = node("Select", positive, node("Sqrt", safe), squares)
        scaled = times(values, clip_norm)
        values.shape.merge_with(scaled.shape)
        return _like(t, node("Identity", over(scaled, node("Maximum", length, clip_norm)), name=scope))


def global_norm(t_list: Any, name: str | None = None) -> Tensor:
    """Return the Euclidean norm of all elements of several tensors.

    Args:
      t_list: tensors, `IndexedSlices`, or `None`, which counts nothing.
      name: of the scope.

    Raises:
      TypeError: if `t_list` is not a sequence.
    """
    _check_sequence(t_list)
    with scoped(name, "global_norm", map(_tensor, t_list)):
        values = [None if t is None else _values(t, f"t_{i}") for i, t in enumerate(t_list)]
        halves = [_half_square(v) for v in values if v is not None]
        total = reduction("Sum", node("Pack", halves, name="stack"))
        doubled = times(total, constant(2.0, total.dtype))
        return node("Sqrt", doubled, name="global_norm")


def _half_square(values: Tensor) -> Tensor:
    with get_default_graph().colocate_with(values):
        return l2_loss(values)


def _check_sequence(t_list: Any) -> None:
    if not isinstance(t_list, Sequence) or isinstance(t_list, str):
        raise TypeError("t_list should be a sequence")


def clip_by_global_norm(t_list: Any, clip_norm: Any, use_norm: Any = None,
                        name: str | None = None) -> tuple[list, Tensor]:
    """Return several tensors, scaled down together so that the norm of all is at most `clip_norm`.

    Args:
      t_list: tensors, `IndexedSlices`, or `None`, each of which stays what it is.
      clip_norm: the greatest norm, a positive scalar.
      use_norm: the norm of all, if it is computed already.
      name: of the scope.

    Returns:
      The list of tensors, all NaN if the norm is not finite, and the norm.

    Raises:
      TypeError: if `t_list` is not a sequence.
    """
    _check_sequence(t_list)
    if use_norm is None:
        use_norm = global_norm(t_list, name)
    with scoped(name, "clip_by_global_norm", [*map(_tensor, t_list), clip_norm]) as scope:
        scale = _global_scale(clip_norm, use_norm)
        values = [None if t is None else _values(t, f"t_{i}") for i, t in enumerate(t_list)]
        clipped = [None if v is None else _scaled(v, scale, f"{scope}_{i}") for i, v in enumerate(values)]
        return [None if v is None else _like(t, v) for t, v in zip(t_list, clipped)], use_norm


def _global_scale(clip_norm: Any, use_norm: Tensor) -> Tensor:
    inverse = over(1.0, use_norm)
    bound = node("Minimum", inverse, over(constant(1.0, use_norm.dtype), clip_norm))
    finite_scale = times(clip_norm, bound)
    finite = is_finite(use_norm)
    return node("Select", finite, finite_scale, constant(float("nan"), use_norm.dtype))


def _scaled(values: Tensor, scale: Tensor, name: str) -> Tensor:
    with get_default_graph().colocate_with(values):
        return node("Identity", times(values, scale), name=name)


def clip_by_average_norm(t: Any, clip_norm: Any, name: str | None = None) -> Tensor:
    """Return `t` scaled down so that its Euclidean norm by element is at most `clip_norm`.

    Args:
      t: a float32 tensor.
      clip_norm: the greatest norm by element, a positive scalar.
      name: of the last node.
    """
    with scoped(name, "clip_by_average_norm", [t, clip_norm]) as scope:
        t = convert_to_tensor(t, name="t")
        elements = cast(size_of(t), float32)
        squares = times(t, t)
        inverse = node("Rsqrt", reduction("Sum", squares, counting(0, rank_of(t))))
        scaled = times(t, clip_norm)
        bound = node("Minimum", times(inverse, elements), over(constant(1.0), clip_norm))
        return node("Identity", times(scaled, bound), name=scope)
