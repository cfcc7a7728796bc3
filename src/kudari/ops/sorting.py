"""Ops that order elements, find places in what is ordered, and count."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from ..dtypes import ANY, INDEX, REALNUMBER, TypeSet, float32, float64, int32, int64
from ..graph.operation import Operation
from ..op.constant import constant_value
from ..op.convert import convert_to_tensor
from ..op.definition import op
from ..op.rules import brackets, fail, with_rank
from ..op.scope import scoped
from ..shape import Shape
from .forms import cast, minus, node, plus, times
from .indexing import item
from .packing import stack
from .shapes import reduction, shape_of, size_of, zeros

_COUNTED = TypeSet((int32, int64, float32, float64))


def rows_and_place(op: Operation) -> tuple[Shape, Any]:
    """Return the shape of the rows that `op` orders, and the number that its second input gives, both if known."""
    shape, place = op.inputs[0].static_shape, constant_value(op.inputs[1])
    with_rank(op, op.inputs[1], 0)
    if place is not None and place < 0:
        fail(op, f"Dimension size, given by scalar input 1, must be non-negative but is {place}")
    if shape == ():
        fail(op, "Shape must be at least rank 1 but is rank 0", known=())
    return shape, place


def _top_shapes(op: Operation) -> list[Shape]:
    shape, k = rows_and_place(op)
    if shape is None:
        return [None, None]
    if k is not None and shape[-1] is not None and shape[-1] < k:
        fail(op, f"input must have last dimension >= k = {k} but is {shape[-1]}")
    return [(*shape[:-1], None if k is None else int(k))] * 2


@op("TopKV2", "input: T, k: Static(int32) -> values: T, indices: int32", _top_shapes, sorted=True, T=REALNUMBER)
def top_kv2(input, k):
    """The `k` greatest elements along the last axis, greatest first, and their places; of equals the first comes first."""
    values, places = lax.top_k(input, int(k))
    return values, places.astype(np.int32)


@top_kv2.check
def _(op, input, k):
    shape = np.shape(input)
    if np.ndim(k):
        raise ValueError(f"k must be scalar, got shape {brackets(np.shape(k))}")
    if k < 0:
        raise ValueError(f"Need k >= 0, got {k}")
    if not shape:
        raise ValueError(f"input must be >= 1-D, got shape {brackets(shape)}")
    if shape[-1] < k:
        raise ValueError(f"input must have at least k columns. Had {shape[-1]}, needed {k}")


@top_kv2.gradient
def _(op, grad, _):
    shape, places_shape = shape_of(op.inputs[0]), shape_of(op.outputs[1])
    count = node("GatherV2", cast(places_shape, int64), minus(size_of(places_shape), 1), 0)
    rows_of_places = node("Reshape", op.outputs[1], stack([-1, count]))
    length = node("GatherV2", cast(shape, int64), minus(size_of(shape), 1), 0)
    rows = item(shape_of(rows_of_places), 0)
    starts = _steps(times(cast(rows, int64), length), length)
    starts = cast(node("ExpandDims", starts, -1), int32)
    places = node("Reshape", plus(rows_of_places, starts), [-1])
    places = node("ExpandDims", places, -1)
    spread = node("ScatterNd", places, node("Reshape", grad, [-1]), [reduction("Prod", shape)])
    return node("Reshape", spread, shape), zeros((), int32)


def _steps(limit: Any, step: Any) -> Any:
    with scoped("range", "Range", [limit]) as scope:
        return node("Range", cast(convert_to_tensor(0, name="start"), int64), limit, step, name=scope)


def _bounds(op: Operation) -> list[Shape]:
    with_rank(op, op.inputs[0], 2)
    return [with_rank(op, op.inputs[1], 2)]


def _found(side: str) -> Any:
    return jax.vmap(lambda row, values: jnp.searchsorted(row, values, side=side))


@op("LowerBound", "sorted_inputs: T, values: T -> output: out_type", _bounds, T=ANY, out_type=INDEX)
def lower_bound(sorted_inputs, values, *, out_type):
    """For each of `values` the first place in the sorted row where it could be put."""
    return _found("left")(sorted_inputs, values).astype(out_type.as_numpy_dtype)


@op("UpperBound", "sorted_inputs: T, values: T -> output: out_type", _bounds, T=ANY, out_type=INDEX)
def upper_bound(sorted_inputs, values, *, out_type):
    """For each of `values` the last place in the sorted row where it could be put."""
    return _found("right")(sorted_inputs, values).astype(out_type.as_numpy_dtype)


def _bins(op: Operation) -> list[Shape]:
    with_rank(op, op.inputs[1], 0)
    size = constant_value(op.inputs[1])
    if size is None:
        return [(None,)]
    if size < 0:
        fail(op, f"size ({size}) must be non-negative")
    return [(int(size),)]


@op("Bincount", "arr: int32, size: Static(int32), weights: T -> bins: T", _bins, T=_COUNTED)
def bincount(arr, size, weights):
    """How often each of the numbers below `size` occurs, or the sum of the weights where it does."""
    added = weights.reshape(-1) if weights.size else jnp.ones(arr.size, weights.dtype)
    return jnp.zeros(int(size), weights.dtype).at[arr.reshape(-1)].add(added, mode="drop", wrap_negative_indices=False)


@bincount.check
def _(op, arr, size, weights):
    if np.size(weights) and np.shape(weights) != np.shape(arr):
        raise ValueError(f"If weights are passed, they must have the same shape ({brackets(np.shape(weights))}) as arr "
                         f"({brackets(np.shape(arr))})")
    if size < 0:
        raise ValueError(f"size ({size}) must be non-negative")


@bincount.watch
def _(op, inputs, outputs):
    return (inputs[0] < 0).any(), lambda: "Input arr must be non-negative!"


def _histogram(op: Operation) -> list[Shape]:
    bins = constant_value(op.inputs[2])
    return [(None if bins is None else int(bins),)]


@op("HistogramFixedWidth", "values: T, value_range: T, nbins: Static(int32) -> out: dtype", _histogram, T=_COUNTED,
    dtype=INDEX)
def histogram_fixed_width(values, value_range, nbins, *, dtype):
    """How many of `values` fall into each of `nbins` equal parts of a range; those outside into the first or last."""
    low, count = value_range[0].astype(np.float64), int(nbins)
    step = (value_range[1].astype(np.float64) - low) / count
    places = jnp.floor((values.reshape(-1).astype(np.float64) - low) / step)
    places = jnp.clip(places, 0, count - 1).astype(np.int32)
    return jnp.zeros(count, dtype.as_numpy_dtype).at[places].add(1)


@histogram_fixed_width.watch
def _(op, inputs, outputs):
    low, high = inputs[1]
    return low >= high, lambda: ("value_range should satisfy value_range[0] < value_range[1], but got '"
                                 f"[{float(low):g}, {float(high):g}]'")

