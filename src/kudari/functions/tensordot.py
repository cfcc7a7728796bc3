"""`tf.tensordot`: a product over any axes, as one product of matrices."""

from __future__ import annotations

import math
from typing import Any

from ..dtypes import int32
from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops.forms import minus, node, plus
from ..ops.linalg import matmul
from ..ops.shapes import counting, rank_of, reduction, shape_of
from ..shape import Shape, is_defined


def tensordot(a: Any, b: Any, axes: Any, name: str | None = None) -> Tensor:
    """Return the sum of the products of `a` and `b` over pairs of axes.

    Args:
      a: a tensor of numbers.
      b: another of the same type.
      axes: how many of the last axes of `a` go with as many first ones of `b`; or two lists of axes; or a tensor of
        shape [2, n].
      name: of the last node.

    Returns:
      A tensor with the other axes of `a`, then those of `b`.

    Raises:
      ValueError: if `axes` is negative, too large, or of two different lengths.
    """
    with scoped(name, "Tensordot", [a, b, axes]) as scope:
        a, b = convert_to_tensor(a, name="a"), convert_to_tensor(b, name="b")
        axes_a, axes_b = _axes(a, axes)
        matrix_a, free_a, known_a = _as_matrix(a, axes_a, summed_first=False)
        matrix_b, free_b, known_b = _as_matrix(b, axes_b, summed_first=True)
        product = matmul(matrix_a, matrix_b)
        if isinstance(free_a, list) and isinstance(free_b, list):
            return node("Reshape", product, free_a + free_b, name=scope)
        free = [convert_to_tensor(sizes, dtype=int32) for sizes in (free_a, free_b)]
        result = node("Reshape", product, node("ConcatV2", free, 0, name="concat"), name=scope)
        if known_a is not None and known_b is not None:
            result.set_shape(known_a + known_b)
        return result


def _axes(a: Tensor, axes: Any) -> tuple[Any, Any]:
    if isinstance(axes, int):
        return _last_axes(a, axes)
    if not isinstance(axes, list | tuple):
        axes = convert_to_tensor(axes, name="axes", dtype=int32)
        return axes[0], axes[1]
    if len(axes) != 2:
        raise ValueError("'axes' must be an integer or have length 2.")
    first, second = axes
    if isinstance(first, int) and isinstance(second, int):
        return [first], [second]
    if len(first) != len(second):
        raise ValueError(f"Different number of contraction axes 'a' and 'b', {len(first)} != {len(second)}.")
    return first, second


def _last_axes(a: Tensor, count: int) -> tuple[Any, Any]:
    if count < 0:
        raise ValueError("'axes' must be at least 0.")
    if a.static_shape is None:
        size = rank_of(a)
        return counting(minus(size, count), size), counting(0, count)
    rank = len(a.static_shape)
    if count > rank:
        raise ValueError(f"'axes' must not be larger than the number of dimensions of tensor {a}.")
    return list(range(rank - count, rank)), list(range(count))


def _as_matrix(x: Tensor, axes: Any, summed_first: bool) -> tuple[Tensor, Any, Shape]:
    """`x` as a matrix of its summed and its other axes, the sizes of the others, and what is known of those."""
    if is_defined(x.static_shape) and isinstance(axes, list | tuple):
        return _as_known_matrix(x, list(axes), summed_first)
    sizes, axes, free, known = _open_axes(x, axes)
    free_sizes = node("GatherV2", sizes, free, 0)
    summed_sizes = node("GatherV2", sizes, axes, 0)
    free_count, summed_count = reduction("Prod", free_sizes), reduction("Prod", summed_sizes)
    order = node("ConcatV2", [axes, free] if summed_first else [free, axes], 0, name="concat")
    counts = [summed_count, free_count] if summed_first else [free_count, summed_count]
    shape = node("Pack", counts, name="stack")
    return node("Reshape", node("Transpose", x, order, name="transpose"), shape), free_sizes, known


def _as_known_matrix(x: Tensor, axes: list[int], summed_first: bool) -> tuple[Tensor, list[int], Shape]:
    sizes = x.static_shape or ()
    axes, free = _split(axes, len(sizes))
    free_sizes = [sizes[i] for i in free]
    counts = [math.prod(free_sizes), math.prod(sizes[i] for i in axes)]  # type: ignore[arg-type, misc]
    order = axes + free if summed_first else free + axes
    turned = node("Transpose", x, order, name="transpose")
    return node("Reshape", turned, counts[::-1] if summed_first else counts), free_sizes, tuple(free_sizes)  # type: ignore[return-value]


def _split(axes: list[int], rank: int) -> tuple[list[int], list[int]]:
    axes = [axis if axis >= 0 else axis + rank for axis in axes]
    return axes, [i for i in range(rank) if i not in axes]


def _open_axes(x: Tensor, axes: Any) -> tuple[Tensor, Tensor, Tensor, Shape]:
    shape = x.static_shape
    if shape is not None and isinstance(axes, list | tuple):
        axes, free = _split(list(axes), len(shape))
        known = tuple(shape[i] for i in free)
        axes = convert_to_tensor(axes, dtype=int32, name="axes")
        free_axes = convert_to_tensor(free, dtype=int32, name="free")
        return shape_of(x), axes, free_axes, known
    sizes, rank = shape_of(x), rank_of(x)
    axes = convert_to_tensor(axes, dtype=int32, name="axes")
    counted_from_front = node("GreaterEqual", axes, 0)
    axes = node("Select", counted_from_front, axes, plus(axes, rank))
    free_axes, _ = node("ListDiff", counting(0, rank), axes)
    return sizes, axes, free_axes, None
