"""Ops of a sparse tensor with a dense one."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np
from jax import lax

from ..dtypes import ANY, NUMBER, TINDEX, int64
from ..graph.operation import Operation
from ..op.constant import constant, constant_value_as_shape
from ..op.definition import op
from ..op.rules import brackets, fail, merge_shapes, with_rank
from ..op.scope import scoped
from ..op.sparse_tensor import SparseTensor
from ..shape import Shape
from .forms import cast, floor_over, minus, negated, node, over, times
from .indexing import item
from .joining import concat
from .shapes import reduction, shape_of, size_of, zeros_like


def sparse_rank(op: Operation, first: int = 0) -> tuple[int | None, int | None]:
    """Return the number of elements and the rank of the sparse tensor whose indices are input `first`.

    Raises:
      ValueError: if indices, values and shape, three inputs in a row, do not fit each other.
    """
    indices = with_rank(op, op.inputs[first], 2)
    count, = merge_shapes(op, with_rank(op, op.inputs[first + 1], 1), indices[:1]) or (None,)
    rank, = merge_shapes(op, with_rank(op, op.inputs[first + 2], 1), indices[1:]) or (None,)
    return count, rank


def _product_shape(op: Operation) -> list[Shape]:
    with_rank(op, op.inputs[0], 2)
    with_rank(op, op.inputs[1], 1)
    sizes = constant_value_as_shape(op.inputs[2])
    if sizes is not None and len(sizes) != 2:
        fail(op, f"Shape must be rank 2 but is rank {len(sizes)}", known=(), as_shapes=(2,))
    rows, depth = _turned(sizes or (None, None), op["adjoint_a"])
    depth_b, columns = _turned(with_rank(op, op.inputs[3], 2), op["adjoint_b"])
    if depth is not None and depth_b is not None and depth != depth_b:
        fail(op, f"Dimensions must be equal, but are {depth} and {depth_b}", known=(), as_shapes=(2,))
    return [(rows, columns)]


def _turned(pair: Any, is_turned: bool) -> Any:
    return tuple(reversed(pair)) if is_turned else tuple(pair)


@op("SparseTensorDenseMatMul", "a_indices: Tindices, a_values: T, a_shape: Static(int64), b: T -> product: T",
    _product_shape, T=ANY, Tindices=TINDEX.with_default(int64), adjoint_a=False, adjoint_b=False)
def sparse_tensor_dense_mat_mul(a_indices, a_values, a_shape, b, *, adjoint_a, adjoint_b):
    """Product of a sparse and a dense matrix, either of which may be taken conjugated and transposed."""
    rows, columns = a_indices[:, 0], a_indices[:, 1]
    if adjoint_a:
        rows, columns, a_values = columns, rows, jnp.conj(a_values)
    right = jnp.conj(b).T if adjoint_b else b
    sums = jnp.zeros((int(a_shape[1 if adjoint_a else 0]), right.shape[1]), right.dtype)
    return sums.at[rows].add(a_values[:, None] * right[columns])


@sparse_tensor_dense_mat_mul.fold
def _(a_indices, a_values, a_shape, b, *, adjoint_a, adjoint_b):
    from scipy.sparse import coo_matrix  # not needed to import this module

    for size, places in zip(a_shape, a_indices.T):
        if len(places) and not 0 <= places.min() <= places.max() < size:
            raise ValueError(f"indices out of bounds: {places.min()} to {places.max()} in a dimension of size {size}")
    left = coo_matrix((a_values, (a_indices[:, 0], a_indices[:, 1])), shape=tuple(a_shape)).tocsr()
    return (left.conj().T if adjoint_a else left) @ (np.conj(b).T if adjoint_b else b)


@sparse_tensor_dense_mat_mul.check
def _(op, a_indices, a_values, a_shape, b):
    if np.shape(a_shape) != (2,):
        raise ValueError(f"Tensor 'a_shape' must have 2 elements, but has {np.size(a_shape)}")
    if np.ndim(b) != 2:
        raise ValueError("Tensor 'b' is not a matrix")
    depth, depth_b = a_shape[0 if op["adjoint_a"] else 1], np.shape(b)[1 if op["adjoint_b"] else 0]
    if depth != depth_b:
        raise ValueError(f"Cannot multiply A and B because inner dimension does not match: {depth} vs. {depth_b}.  Did "
                         f"you forget a transpose?  Dimensions of A: [{a_shape[0]}, {a_shape[1]}).  Dimensions of B: "
                         f"{brackets(np.shape(b))}")


@sparse_tensor_dense_mat_mul.watch
def _(op, inputs, outputs):
    places, _, sizes, _ = inputs
    wrong = (places < 0) | (places >= jnp.asarray(sizes, places.dtype))

    def words():
        entry, axis = (int(i) for i in np.argwhere(np.asarray(wrong))[0])
        name = "km"[axis] if op["adjoint_a"] else "mk"[axis]
        return f"{name} ({int(places[entry, axis])}) from index[{entry},{axis}] out of bounds (>={int(sizes[axis])})"

    return wrong.any(), words


@sparse_tensor_dense_mat_mul.gradient
def _(op, grad):
    indices, values, shape, b = op.inputs
    adjoint_a, adjoint_b = op["adjoint_a"], op["adjoint_b"]
    if values.dtype.is_complex:
        raise NotImplementedError("SparseTensorDenseMatMul op does not support complex gradients.")
    b_grad = sparse_tensor_dense_mat_mul(indices, values, shape, grad, adjoint_a=not adjoint_a)
    if adjoint_b:
        b_grad = transposed(b_grad)
    rows, columns = _turned([item(indices, (slice(None), i)) for i in (0, 1)], adjoint_a)
    left = node("GatherV2", grad, rows, 0)
    right = node("GatherV2", transposed(b) if adjoint_b else b, columns, 0)
    return None, reduction("Sum", times(left, right), axis=1), None, b_grad


def transposed(x: Any) -> Any:
    """Return `x` with its dimensions in reverse order, as `tf.transpose` makes it."""
    with scoped(None, "transpose", [x]) as scope:
        if x.static_shape:
            return node("Transpose", x, np.arange(len(x.static_shape))[::-1].astype(np.int32), name=scope)
        rank = node("Rank", x)
        return node("Transpose", x, minus(minus(rank, 1), node("Range", 0, rank, 1)), name=scope)


def _values_shape(op: Operation) -> list[Shape]:
    return [(sparse_rank(op)[0],)]


_CWISE = "sp_indices: int64, sp_values: T, sp_shape: Static(int64), dense: T -> output: T"


def _at_places(dense: Any, indices: Any) -> Any:
    """The elements of `dense`, broadcast to the shape of a sparse tensor, at the indices of the latter."""
    columns = range(indices.shape[1] - dense.ndim, indices.shape[1])
    return dense[tuple(indices[:, c] if size != 1 else 0 for c, size in zip(columns, dense.shape))]


def _must_broadcast(op, sp_indices, sp_values, sp_shape, dense):
    sizes, whole = np.shape(dense), tuple(int(size) for size in sp_shape)
    tail = whole[len(whole) - len(sizes):]
    if len(sizes) > len(whole) or any(d not in (1, s) for d, s in zip(sizes, tail)):
        raise ValueError("SparseDenseBinaryOpShared broadcasts dense to sparse only; got incompatible shapes: "
                         f"{brackets(whole)} vs. {brackets(sizes)}")


@op("SparseDenseCwiseAdd", _CWISE, _values_shape, T=NUMBER)
def sparse_dense_cwise_add(sp_indices, sp_values, sp_shape, dense):
    """The values of a sparse tensor plus what a dense one, broadcast to its shape, has there."""
    return sp_values + _at_places(dense, sp_indices)


@op("SparseDenseCwiseMul", _CWISE, _values_shape, T=NUMBER)
def sparse_dense_cwise_mul(sp_indices, sp_values, sp_shape, dense):
    """The values of a sparse tensor times what a dense one, broadcast to its shape, has there."""
    return sp_values * _at_places(dense, sp_indices)


@op("SparseDenseCwiseDiv", _CWISE, _values_shape, T=NUMBER)
def sparse_dense_cwise_div(sp_indices, sp_values, sp_shape, dense):
    """The values of a sparse tensor divided by what a dense one, broadcast to its shape, has there."""
    return lax.div(jnp.asarray(sp_values), jnp.broadcast_to(_at_places(dense, sp_indices), sp_values.shape))


@sparse_dense_cwise_mul.fold
def _(sp_indices, sp_values, sp_shape, dense):
    return sp_values * np.broadcast_to(dense, tuple(sp_shape))[tuple(sp_indices.T)]


for _definition in (sparse_dense_cwise_add, sparse_dense_cwise_mul, sparse_dense_cwise_div):
    _definition.check(_must_broadcast)


@sparse_dense_cwise_add.gradient
def _(op, grad):
    raise NotImplementedError("Gradient for SparseDenseCwiseAdd is currently not implemented yet.")


def _scaled_indices(op: Operation) -> tuple[Any, Any]:
    """The shape of the dense input, and the places in it that the sparse input meets."""
    indices, _, shape, dense = op.inputs
    dense_shape = cast(shape_of(dense), int64)
    added = node("ExpandDims", minus(size_of(shape), size_of(dense_shape)), 0)
    scaling = floor_over(shape, concat([_ones(added), dense_shape], 0))
    return dense_shape, node("Slice", floor_over(indices, scaling), concat([[0], added], 0), [-1, -1])


def _ones(count: Any) -> Any:
    with scoped(None, "ones", [count]) as scope:
        return node("Fill", count, constant(1, int64), name=scope)


def _dense_gradient(op: Operation, places: Any, values: Any, shape: Any) -> Any:
    sparse = SparseTensor(places, values, shape)
    return node("SparseTensorDenseAdd", sparse.indices, sparse.values, sparse.dense_shape, zeros_like(op.inputs[3]))


@sparse_dense_cwise_mul.gradient
def _(op, grad):
    shape, places = _scaled_indices(op)
    met = node("GatherNd", op.inputs[3], places)
    return None, times(grad, met), None, _dense_gradient(op, places, times(grad, op.inputs[1]), shape)


@sparse_dense_cwise_div.gradient
def _(op, grad):
    shape, places = _scaled_indices(op)
    met = node("GatherNd", op.inputs[3], places)
    quotient = over(grad, met)
    slope = times(grad, over(negated(op.inputs[1]), node("Square", met)))
    return None, quotient, None, _dense_gradient(op, places, slope, shape)


def _densely_added(op: Operation) -> list[Shape]:
    return [op.inputs[3].static_shape]


@op("SparseTensorDenseAdd", "a_indices: Tindices, a_values: T, a_shape: Tindices, b: T -> output: T", _densely_added,
    T=NUMBER, Tindices=TINDEX)
def sparse_tensor_dense_add(a_indices, a_values, a_shape, b):
    """A dense tensor with the elements of a sparse one added; those at the same place add up."""
    return jnp.asarray(b).at[tuple(a_indices[:, i] for i in range(b.ndim))].add(a_values)


@sparse_tensor_dense_add.gradient
def _(op, grad):
    return None, node("GatherNd", grad, op.inputs[0]), None, grad
