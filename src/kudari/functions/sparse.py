"""`tf.sparse.*`: functions that make sparse tensors and compute with them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from ..dtypes import float32, int32, int64
from ..graph.indexed_slices import IndexedSlices
from ..graph.tensor import Tensor
from ..op.constant import constant, constant_value, constant_value_as_shape
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..op.sparse_tensor import SparseTensor, as_sparse, is_sparse, parts
from ..ops.control import with_dependencies
from ..ops.forms import cast, minus, node, plus
from ..ops.indexing import item
from ..ops.joining import concat
from ..ops.packing import stack
from ..ops.shapes import counting, reduction, shape_of
from ..shape import TensorShape, broadcast, is_defined
from .arguments import renamed
from .array import placeholder, reshape, transpose
from .checking import assert_equal, assert_less_equal
from .filling import fill, ones, ones_like, zeros
from .filling import range as range_of


def sparse_placeholder(dtype: Any, shape: Any = None, name: str | None = None) -> SparseTensor:
    """Return a sparse tensor whose value must be fed at every step.

    Args:
      dtype: of the elements.
      shape: of the whole; if it is known, a sequence of sizes or a vector, it need not be fed.
      name: of the scope of the placeholders.

    Returns:
      A `SparseTensor`; it may be fed a `SparseTensorValue`, or a tuple `(indices, values, dense_shape)`.
    """
    def below(part: str) -> str | None:
        return None if name is None else f"{name}/{part}"

    rank = None if shape is None else shape.shape[0] if isinstance(shape, Tensor) else len(shape)
    if shape is None or (not isinstance(shape, Tensor) and None in shape):
        dense_shape = placeholder(int64, shape=[rank], name=below("shape"))
    else:
        dense_shape = convert_to_tensor(shape, dtype=int64, name=below("shape"))
    values = placeholder(dtype, shape=[None], name=below("values"))
    return SparseTensor(placeholder(int64, shape=[None, rank], name=below("indices")), values, dense_shape)


def sparse_tensor_dense_matmul(sp_a: Any, b: Any, adjoint_a: bool = False, adjoint_b: bool = False,
                               name: str | None = None) -> Tensor:
    """Return the product of a sparse and a dense matrix.

    Args:
      sp_a: a `SparseTensor` of rank 2.
      b: a matrix of the same type.
      adjoint_a: whether to take `sp_a` conjugated and transposed.
      adjoint_b: whether to take `b` conjugated and transposed.
      name: of the scope.

    Returns:
      A dense matrix.

    Raises:
      TypeError: if `sp_a` is not sparse.
      ValueError: if the sizes do not fit.
    """
    sp_a = as_sparse(sp_a)
    with scoped(name, "SparseTensorDenseMatMul", [sp_a.indices, sp_a.values, b]):
        b = convert_to_tensor(b, name="b")
        return node("SparseTensorDenseMatMul", *parts(sp_a), b, adjoint_a=adjoint_a, adjoint_b=adjoint_b)


def sparse_retain(sp_input: Any, to_retain: Any) -> SparseTensor:
    """Return the elements of a sparse tensor that are wanted.

    Args:
      sp_input: a `SparseTensor` of n elements.
      to_retain: n booleans.

    Raises:
      TypeError: if `sp_input` is not sparse.
      ValueError: if there are not as many booleans as elements.
    """
    sp_input, to_retain = as_sparse(sp_input), convert_to_tensor(to_retain)
    to_retain.shape.assert_has_rank(1)
    if sp_input.values.shape.dims is not None:
        sp_input.values.shape[0].merge_with(to_retain.shape[0] if to_retain.shape.dims is not None else None)
    places = node("Reshape", node("Where", to_retain), [-1])
    indices, values = (node("GatherV2", part, places, 0) for part in (sp_input.indices, sp_input.values))
    return SparseTensor(indices, values, node("Identity", sp_input.dense_shape))


class KeywordRequired:
    """The default of an argument that must not be given: what follows it must be named."""

    def __repr__(self) -> str:
        return "KeywordRequired()"


def from_dense(tensor: Any, name: str | None = None) -> SparseTensor:
    """Return the elements of a dense tensor that are not zero.

    Args:
      tensor: a tensor of numbers.
      name: of the scope.
    """
    with scoped(name, "dense_to_sparse"):
        tensor = convert_to_tensor(tensor)
        indices = node("Where", node("NotEqual", tensor, constant(0, tensor.dtype)))
        values = node("GatherNd", tensor, indices)
        return SparseTensor(indices, values, shape_of(tensor, out_type=int64))


def sparse_eye(num_rows: Any, num_columns: Any = None, dtype: Any = float32, name: str | None = None) -> SparseTensor:
    """Return ones on the diagonal of a matrix.

    Args:
      num_rows: an integer.
      num_columns: an integer; `num_rows` if `None`.
      dtype: of the elements.
      name: of the scope.
    """
    with scoped(name, "eye", [num_rows, num_columns]):
        num_rows = _as_int64(num_rows, "num_rows")
        num_columns = num_rows if num_columns is None else _as_int64(num_columns, "num_columns")
        size = node("Minimum", num_rows, num_columns)
        places = range_of(size, dtype=int64)
        return SparseTensor(stack([places, places], axis=1), ones(size, dtype=dtype), [num_rows, num_columns])


def _as_int64(value: Any, name: str) -> Tensor:
    if isinstance(value, int | np.integer):
        return convert_to_tensor(value, name=name, dtype=int64)
    if not isinstance(value, Tensor):
        raise TypeError(f"{name} must be an integer value")
    return cast(value, int64)


def sparse_expand_dims(sp_input: Any, axis: Any = None, name: str | None = None) -> SparseTensor:
    """Return a sparse tensor with a dimension of size 1 added.

    Args:
      sp_input: a `SparseTensor`.
      axis: where, in `[-rank - 1, rank]`; at the end if `None`.
      name: of the scope.

    Raises:
      TypeError: if `axis` is no integer.
    """
    rank = sp_input.dense_shape.shape[0]
    axis = -1 if axis is None else axis
    with scoped(name, "expand_dims", list(parts(sp_input))):
        if isinstance(axis, int | np.integer):
            axis = convert_to_tensor(axis, name="axis", dtype=int32)
        elif not isinstance(axis, Tensor):
            raise TypeError("axis must be an integer value in range [-rank(sp_input) - 1, rank(sp_input)]")
        axis = node("SelectV2", node("GreaterEqual", axis, 0), axis, plus(plus(axis, rank), 1))
        new_index = zeros([item(shape_of(sp_input.indices), 0), 1], dtype=int64)
        before = node("Slice", sp_input.indices, [0, 0], stack([-1, axis]))
        after = node("Slice", sp_input.indices, stack([0, axis]), [-1, -1])
        indices = concat([before, new_index, after], axis=1)
        sizes_before = node("Slice", sp_input.dense_shape, [0], stack([axis]))
        sizes_after = node("Slice", sp_input.dense_shape, stack([axis]), [-1])
        new_shape = convert_to_tensor([1], name="new_shape", dtype=int64)
        return SparseTensor(indices, sp_input.values, concat([sizes_before, new_shape, sizes_after], axis=0))


def sparse_concat(axis: Any, sp_inputs: Any, name: str | None = None, expand_nonconcat_dim: bool = False,
                  concat_dim: Any = None, expand_nonconcat_dims: Any = None) -> SparseTensor:
    """Return sparse tensors one after the other along a dimension.

    Args:
      axis: the dimension, in `[-rank, rank)`.
      sp_inputs: a list of `SparseTensor`.
      name: of the node.
      expand_nonconcat_dim: whether the other sizes may differ; each becomes the greatest.
      concat_dim: deprecated name of `axis`.
      expand_nonconcat_dims: another name of `expand_nonconcat_dim`.

    Raises:
      TypeError: if `sp_inputs` is no list of sparse tensors.
    """
    if expand_nonconcat_dims is not None:
        expand_nonconcat_dim = expand_nonconcat_dims
    axis = renamed("axis", axis, "concat_dim", concat_dim)
    if not isinstance(sp_inputs, list | tuple):
        raise TypeError("Inputs must be a list or tuple.")
    sparse = [as_sparse(value) for value in sp_inputs]
    if len(sparse) == 1:
        return sparse[0]
    shapes: list[Any] = [value.dense_shape for value in sparse]
    if expand_nonconcat_dim:
        shapes = _widened(shapes, axis)
    indices, values, shape = node("SparseConcat", [value.indices for value in sparse], [value.values for value in sparse],
                                  shapes, axis, name=name)
    known = [constant_value(part) for part in shapes]
    if all(part is not None for part in known):
        whole = np.array(known[0])
        whole[axis] = sum(part[axis] for part in known)  # type: ignore[index]
        shape = convert_to_tensor(whole)
    return SparseTensor(indices, values, shape)


def _widened(shapes: list[Any], axis: int) -> list[Any]:
    """The shapes with the greatest size in all dimensions but one."""
    greatest = reduction("Max", concat([reshape(shape, [1, -1]) for shape in shapes], 0), 0)
    if axis == -1:
        return [concat([item(greatest, slice(None, -1)), item(shape, slice(-1, None)), []], 0) for shape in shapes]
    return [concat([item(greatest, slice(None, axis)), item(shape, slice(axis, axis + 1)),
                    item(greatest, slice(axis + 1, None))], 0) for shape in shapes]


def sparse_add(a: Any, b: Any, threshold: Any = None, thresh: Any = None) -> Any:
    """Return the sum of two tensors, of which one at least is sparse.

    Args:
      a: a `SparseTensor` or a tensor.
      b: another of the same shape.
      threshold: elements of a sparse sum smaller than this are left out; 0 if `None`.
      thresh: deprecated name of `threshold`.

    Returns:
      A `SparseTensor` if both are sparse, else a tensor.

    Raises:
      TypeError: if neither is sparse.
      ValueError: if the shapes are known and differ.
    """
    threshold = renamed("threshold", threshold, "thresh", thresh)
    if not is_sparse(a) and not is_sparse(b):
        raise TypeError("At least one input should be SparseTensor; do you mean to use tf.add()?")
    if not (is_sparse(a) and is_sparse(b)):
        a, b = (b, a) if is_sparse(b) else (a, b)
        return node("SparseTensorDenseAdd", *parts(a), b)
    a, b = as_sparse(a), as_sparse(b)
    threshold = convert_to_tensor(0 if threshold is None else threshold, dtype=a.dtype.real_dtype.base_dtype,
                                  name="threshold")
    indices, values, shape = node("SparseAdd", *parts(a), *parts(b), threshold)
    a.shape.assert_is_compatible_with(b.shape)
    known = broadcast(constant_value_as_shape(a.dense_shape), constant_value_as_shape(b.dense_shape))
    return SparseTensor(indices, values, list(known or ()) if is_defined(known) else shape)


def sparse_reorder(sp_input: Any, name: str | None = None) -> SparseTensor:
    """Return a sparse tensor with its elements in row-major order.

    Args:
      sp_input: a `SparseTensor`.
      name: of the node.

    Raises:
      TypeError: if `sp_input` is not sparse.
    """
    sp_input = as_sparse(sp_input)
    return _in_order(sp_input, sp_input.shape, name)


def _in_order(sp_input: SparseTensor, shape: TensorShape, name: str | None = None) -> SparseTensor:
    """The elements in row-major order, with a constant for the shape of the whole if `shape` is defined."""
    indices, values = node("SparseReorder", *parts(sp_input), name=name)
    dense_shape = shape.as_list() if shape.is_fully_defined() else node("Identity", sp_input.dense_shape)
    return SparseTensor(indices, values, dense_shape)


def sparse_reshape(sp_input: Any, shape: Any, name: str | None = None) -> SparseTensor:
    """Return a sparse tensor in another shape with as many elements.

    Args:
      sp_input: a `SparseTensor`.
      shape: an integer vector; one size may be -1.
      name: of the node.

    Raises:
      ValueError: if the sizes are known and do not fit.
    """
    sp_input, shape = as_sparse(sp_input), cast(shape, int64)
    with scoped(name, "SparseReshape", list(parts(sp_input))) as scope:
        indices, new_shape = node("SparseReshape", sp_input.indices, sp_input.dense_shape, shape, name=scope)
        known = _known_reshape(sp_input.shape, shape)
        if known is not None:
            new_shape = constant(known, int64)
        return SparseTensor(indices, node("Identity", sp_input.values), new_shape)


def _known_reshape(old: TensorShape, shape: Tensor) -> list[int] | None:
    wanted = constant_value_as_shape(shape)
    if wanted is None or not old.is_fully_defined():
        return None
    value = constant_value(shape)
    if value is not None and np.sum(value == -1) > 1:
        raise ValueError(f"At most one dimension can be inferred (-1). Found: {value}")
    if wanted.count(None) > 1:
        return None
    total = old.num_elements() or 0
    rest = int(np.prod([size for size in wanted if size is not None]))
    sizes = [int(total // rest) if size is None else size for size in wanted]
    if np.prod(sizes) != total:
        raise ValueError(f"Cannot reshape a tensor with {total} elements to shape {list(wanted)} "
                         f"({int(np.prod(sizes))} elements).")
    return sizes


def sparse_split(keyword_required: Any = KeywordRequired(), sp_input: Any = None, num_split: int | None = None,  # noqa: B008
                 axis: Any = None, name: str | None = None, split_dim: Any = None) -> list[SparseTensor]:
    """Return a sparse tensor in parts along a dimension.

    Args:
      keyword_required: must not be given: the other arguments must be named.
      sp_input: a `SparseTensor`.
      num_split: how many parts.
      axis: the dimension.
      name: of the node.
      split_dim: deprecated name of `axis`.

    Raises:
      ValueError: if an argument is not named or is missing.
    """
    if not isinstance(keyword_required, KeywordRequired):
        raise ValueError("Keyword arguments are required for this function.")
    if sp_input is None:
        raise ValueError("sp_input is required")
    if num_split is None:
        raise ValueError("num_split is required")
    if axis is None:
        raise ValueError("axis is required")
    axis = renamed("axis", axis, "split_dim", split_dim)
    outputs = node("SparseSplit", axis, *parts(as_sparse(sp_input)), num_split=num_split, name=name)
    return [SparseTensor(*outputs[i::num_split]) for i in range(num_split)]


def sparse_slice(sp_input: Any, start: Any, size: Any, name: str | None = None) -> SparseTensor:
    """Return a part of a sparse tensor.

    Args:
      sp_input: a `SparseTensor`.
      start: where it begins in each dimension.
      size: how long it is in each dimension, at most.
      name: of the node.
    """
    sp_input = as_sparse(sp_input)
    start, size = convert_to_tensor(start, int64), convert_to_tensor(size, int64)
    with scoped(name, "SparseSlice", list(parts(sp_input))) as scope:
        return SparseTensor(*node("SparseSlice", *parts(sp_input), start, size, name=scope))


def sparse_to_dense(sparse_indices: Any, output_shape: Any, sparse_values: Any, default_value: Any = 0,
                    validate_indices: bool = True, name: str | None = None) -> Tensor:
    """Return a dense tensor with values at some places and one value at all others.

    Args:
      sparse_indices: where: a scalar, a vector, or a matrix with a row for each value.
      output_shape: an integer vector.
      sparse_values: a scalar, or a value for each index.
      default_value: a scalar.
      validate_indices: whether indices out of order or repeated are errors.
      name: of the node.
    """
    return node("SparseToDense", sparse_indices, output_shape, sparse_values, default_value,
                validate_indices=validate_indices, name=name)


def sparse_tensor_to_dense(sp_input: Any, default_value: Any = None, validate_indices: bool = True,
                           name: str | None = None) -> Tensor:
    """Return a sparse tensor as a dense one.

    Args:
      sp_input: a `SparseTensor`.
      default_value: the elements it does not have; zero or an empty text if `None`.
      validate_indices: whether indices out of order or repeated are errors.
      name: of the node.

    Raises:
      TypeError: if `sp_input` is not sparse.
    """
    sp_input = as_sparse(sp_input)
    if default_value is None:
        default_value = zeros([], dtype=sp_input.dtype)
    return sparse_to_dense(sp_input.indices, sp_input.dense_shape, sp_input.values, default_value, validate_indices, name)


def _reduced(type_name: str, sp_input: Any, axis: Any, keepdims: Any, reduction_axes: Any, keep_dims: Any) -> Any:
    keepdims = renamed("keepdims", keepdims, "keep_dims", keep_dims)
    axis = renamed("axis", axis, "reduction_axes", reduction_axes)
    if axis is None:
        axis = _all_axes(sp_input)
    return node(type_name, *parts(sp_input), axis, keep_dims=bool(keepdims))


def _all_axes(sp_input: Any) -> Tensor:
    rank = sp_input.dense_shape.static_shape
    if rank is not None and rank[0] is not None:
        return constant(np.arange(rank[0]), int32)
    return counting(0, sparse_rank_of(sp_input))


def sparse_rank_of(sp_input: Any, name: str | None = None) -> Tensor:
    """Return the number of dimensions of a sparse tensor."""
    with scoped(name, "Rank", list(parts(sp_input))) as scope:
        return node("Size", sp_input.dense_shape, name=scope)


def sparse_reduce_sum(sp_input: Any, axis: Any = None, keepdims: bool | None = None, reduction_axes: Any = None,
                      keep_dims: bool | None = None) -> Tensor:
    """Return the sums of a sparse tensor over some dimensions, as a dense tensor.

    Args:
      sp_input: a `SparseTensor`.
      axis: the dimensions; all if `None`.
      keepdims: whether they stay, with size 1.
      reduction_axes: deprecated name of `axis`.
      keep_dims: deprecated name of `keepdims`.
    """
    return _reduced("SparseReduceSum", sp_input, axis, keepdims, reduction_axes, keep_dims)


def sparse_reduce_max(sp_input: Any, axis: Any = None, keepdims: bool | None = None, reduction_axes: Any = None,
                      keep_dims: bool | None = None) -> Tensor:
    """Return the greatest elements over some dimensions, as a dense tensor; see `sparse_reduce_sum`."""
    return _reduced("SparseReduceMax", sp_input, axis, keepdims, reduction_axes, keep_dims)


def sparse_reduce_sum_sparse(sp_input: Any, axis: Any = None, keepdims: bool | None = None, reduction_axes: Any = None,
                             keep_dims: bool | None = None) -> SparseTensor:
    """Return the sums over some dimensions, as a sparse tensor; see `sparse_reduce_sum`."""
    return SparseTensor(*_reduced("SparseReduceSumSparse", sp_input, axis, keepdims, reduction_axes, keep_dims))


def sparse_reduce_max_sparse(sp_input: Any, axis: Any = None, keepdims: bool | None = None, reduction_axes: Any = None,
                             keep_dims: bool | None = None) -> SparseTensor:
    """Return the greatest elements over some dimensions, as a sparse tensor; see `sparse_reduce_sum`."""
    return SparseTensor(*_reduced("SparseReduceMaxSparse", sp_input, axis, keepdims, reduction_axes, keep_dims))


def sparse_softmax(sp_input: Any, name: str | None = None) -> SparseTensor:
    """Return the softmax over the elements there are in each row of the last dimension.

    Args:
      sp_input: a `SparseTensor` of rank 2 or more.
      name: of the scope.
    """
    with scoped(name, "SparseSoftmax", [sp_input.indices, sp_input.values]):
        return SparseTensor(sp_input.indices, node("SparseSoftmax", *parts(sp_input)), sp_input.dense_shape)


def _pairwise(type_name: str, sp_a: Any, sp_b: Any, name: str | None) -> SparseTensor:
    with scoped(name, type_name, [sp_a.indices, sp_a.values, sp_b.indices, sp_b.values]) as scope:
        indices, values = node(type_name, *parts(sp_a), *parts(sp_b), name=scope)
    return SparseTensor(indices, values, sp_a.dense_shape)


def sparse_maximum(sp_a: Any, sp_b: Any, name: str | None = None) -> SparseTensor:
    """Return the greater of the elements of two sparse tensors of one shape, an element that is missing being zero."""
    return _pairwise("SparseSparseMaximum", sp_a, sp_b, name)


def sparse_minimum(sp_a: Any, sp_b: Any, name: str | None = None) -> SparseTensor:
    """Return the smaller of the elements of two sparse tensors of one shape, an element that is missing being zero."""
    return _pairwise("SparseSparseMinimum", sp_a, sp_b, name)


def sparse_transpose(sp_input: Any, perm: Any = None, name: str | None = None) -> SparseTensor:
    """Return a sparse tensor with its dimensions in another order.

    Args:
      sp_input: a `SparseTensor`.
      perm: for each dimension of the result, the one of `sp_input` it is; the reverse order if `None`.
      name: of the scope.
    """
    with scoped(name, "SparseTranspose", list(parts(sp_input))):
        is_reverse = perm is None
        if is_reverse:
            rank = sparse_rank_of(sp_input)
            perm = minus(minus(rank, 1), range_of(0, rank, 1))
        indices = transpose(node("GatherV2", transpose(sp_input.indices), perm, 0))
        order = None if is_reverse else constant_value(convert_to_tensor(perm))
        if order is not None and sp_input.shape.is_fully_defined():
            old = sp_input.shape.as_list()
            shape: Any = [old[place] for place in order]
        else:
            shape = node("GatherV2", sp_input.dense_shape, perm, 0)
        turned = SparseTensor(indices, sp_input.values, shape)
        # TensorFlow cannot tell the shape where it computed the order itself.
        return _in_order(turned, TensorShape(None) if is_reverse else turned.shape)


def sparse_fill_empty_rows(sp_input: Any, default_value: Any, name: str | None = None) -> tuple[SparseTensor, Tensor]:
    """Return a sparse tensor with an element in each row, and which rows had none.

    Args:
      sp_input: a `SparseTensor` of rank 2.
      default_value: the element to put at the start of an empty row.
      name: of the scope.

    Returns:
      The `SparseTensor`, and a boolean for each row.
    """
    sp_input = as_sparse(sp_input)
    with scoped(name, "SparseFillEmptyRows", list(parts(sp_input))):
        default_value = convert_to_tensor(default_value, dtype=sp_input.dtype)
        indices, values, is_empty, _ = node("SparseFillEmptyRows", *parts(sp_input), default_value)
        return SparseTensor(indices, values, sp_input.dense_shape), is_empty


def sparse_reset_shape(sp_input: Any, new_shape: Any = None) -> SparseTensor:
    """Return a sparse tensor with another shape for the whole.

    Args:
      sp_input: a `SparseTensor`.
      new_shape: at least as large in each dimension; the smallest that holds all elements if `None`.

    Raises:
      ValueError: if both shapes are known, and the new one is too small or of another rank.
    """
    sp_input = as_sparse(sp_input)
    indices, values, shape = (node("Identity", part) for part in parts(sp_input))
    if new_shape is None:
        last, zero = reduction("Max", indices, 0), constant(0, int64)
        return SparseTensor(indices, values, node("Maximum", zero, node("Add", last, ones_like(shape))))
    wanted: Any = convert_to_tensor(new_shape)
    wanted.shape.assert_has_rank(1)
    wanted = cast(wanted, int64)
    if wanted.shape.ndims is not None:
        wanted.shape[0].merge_with(shape.shape[0])
    known = constant_value(wanted)
    if known is not None and sp_input.shape.is_fully_defined():
        old = np.array(sp_input.shape.as_list())
        if not np.all(old <= known):
            raise ValueError("Requested new_shape should have dimension sizes >= sp_input.shape.  Found new_shape "
                             f"({old}), sp_input.shape ({known}).")
        wanted = known
    else:
        wanted = with_dependencies([assert_equal(shape_of(shape), shape_of(wanted))], wanted)
        wanted = with_dependencies([assert_less_equal(shape, wanted)], wanted)
    return SparseTensor(indices, values, wanted)


def sparse_merge(sp_ids: Any, sp_values: Any, vocab_size: Any, name: str | None = None,
                 already_sorted: bool = False) -> SparseTensor:
    """Return a sparse tensor whose last index comes from the values of another.

    Args:
      sp_ids: a `SparseTensor` of integers, or a list of them for several dimensions.
      sp_values: a `SparseTensor` of the values, with the same indices.
      vocab_size: the size of the last dimension, or a list of sizes.
      name: of the scope.
      already_sorted: whether the elements come in order.

    Raises:
      TypeError: if an argument is of another kind.
      ValueError: if there are not as many sizes as ids.
    """
    if is_sparse(sp_ids):
        if not isinstance(vocab_size, Tensor | int | np.integer):
            raise TypeError(f"vocab_size has to be a Tensor or Python int. Found {type(vocab_size)}")
        sp_ids, vocab_size = [sp_ids], [vocab_size]
    _check_lists(sp_ids, vocab_size)
    with scoped(name, "SparseMerge", [part for sparse in [*sp_ids, sp_values] for part in parts(sparse)]):
        sp_ids, sp_values = [as_sparse(ids) for ids in sp_ids], as_sparse(sp_values)
        columns = [node("ExpandDims", cast(ids.values, int64), 1) for ids in sp_ids]
        sizes = [cast(size, int64) for size in vocab_size]
        kept = item(sp_ids[0].indices, (slice(None), slice(None, -1)))
        indices = concat([kept, *columns], 1)
        shape = concat([item(sp_ids[0].dense_shape, slice(None, -1)), sizes], 0)
        merged = SparseTensor(indices, sp_values.values, shape)
        if already_sorted:
            return merged
        in_order = sparse_reorder(merged)
        return SparseTensor(in_order.indices, in_order.values, shape)


def _check_lists(sp_ids: Any, vocab_size: Any) -> None:
    if not isinstance(sp_ids, Iterable):
        raise TypeError(f"sp_ids has to be a SparseTensor or list thereof. Found {type(sp_ids)}")
    if not isinstance(vocab_size, Iterable):
        raise TypeError(f"vocab_size has to be a list of Tensors or Python ints. Found {type(vocab_size)}")
    for size in vocab_size:
        if not isinstance(size, Tensor | int | np.integer):
            raise TypeError(f"vocab_size has to be a list of Tensors or Python ints. Found {type(size)}")
    if len(list(sp_ids)) != len(list(vocab_size)):
        raise ValueError("sp_ids and vocab_size have to have equal lengths.")


def sparse_to_indicator(sp_input: Any, vocab_size: Any, name: str | None = None) -> Tensor:
    """Return booleans that tell which ids each row of a sparse tensor has.

    Args:
      sp_input: a `SparseTensor` of integers.
      vocab_size: the size of the last dimension.
      name: of the scope.
    """
    sp_input = as_sparse(sp_input)
    with scoped(name, "SparseToIndicator", list(parts(sp_input))) as scope:
        count = item(shape_of(sp_input.indices), 0)
        held = fill(node("ExpandDims", count, 0), True)
        merged = sparse_merge(sp_input, SparseTensor(sp_input.indices, held, sp_input.dense_shape), vocab_size, scope)
        return sparse_tensor_to_dense(merged, default_value=False, validate_indices=False, name=scope)


def sparse_mask(a: IndexedSlices, mask_indices: Any, name: str | None = None) -> IndexedSlices:
    """Return slices without those of some indices.

    Args:
      a: an `IndexedSlices`.
      mask_indices: a vector of the indices to leave out.
      name: of the scope.
    """
    with scoped(name, "sparse_mask", [a.values, a.indices, mask_indices]) as scope:
        indices, places = node("ListDiff", a.indices, mask_indices)
        return IndexedSlices(node("GatherV2", a.values, places, 0, name=scope), indices, a.dense_shape)
