"""`tf.gather_nd` with dimensions that tensors and indices share."""

from __future__ import annotations

from typing import Any

from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops.forms import minus, node
from ..ops.joining import concat
from ..ops.packing import stack
from ..ops.shapes import rank_of, shape_of
from .array import transpose
from .filling import ones
from .joining import meshgrid, unstack


def batch_gather_nd(params: Any, indices: Any, batch_dims: Any, name: str | None = None) -> Tensor:
    """Return elements or slices of each tensor of a stack; arguments as in `tf.gather_nd`, `batch_dims` not 0.

    Raises:
      TypeError: if `batch_dims` is no integer.
      ValueError: if it is negative, or there are not as many dimensions.
    """
    with scoped(name, "BatchGatherND", [params, indices]):
        indices, params = convert_to_tensor(indices, name="indices"), convert_to_tensor(params, name="params")
        if not isinstance(batch_dims, int):
            raise TypeError(f"batch_dims must be an int; got {batch_dims!r}")
        if batch_dims < 0:
            raise ValueError("tf.gather_nd does not allow negative batch_dims.")
        for tensor, word in ((indices, "indices"), (params, "params")):
            rank = tensor.shape.ndims
            if rank is not None and batch_dims >= rank:
                raise ValueError(f"batch_dims = {batch_dims} must be less than rank({word}) = {rank}")
        return _gathered(params, indices, batch_dims)


def _gathered(params: Tensor, indices: Tensor, batch_dims: int) -> Tensor:
    params_shape, indices_shape = shape_of(params), shape_of(indices)
    batch_shape = params_shape[:batch_dims]
    batch_size = node("Prod", batch_shape, [0])
    inner_rank = minus(minus(rank_of(indices), batch_dims), 1)
    inner_shape = indices_shape[batch_dims:-1]
    dtype = indices.dtype.base_dtype
    numbers = [node("Cast", node("Range", 0, size, 1), DstT=dtype) for size in unstack(batch_shape, axis=0)]
    places = [node("Reshape", each, (-1,)) for each in meshgrid(*numbers, indexing="ij")]
    grid = transpose(stack(places, axis=0))
    grid_shape = shape_of(grid)
    grid = node("Reshape", grid, concat([grid_shape[:1], ones(inner_rank, "int32"), grid_shape[1:]], axis=0))
    grid = node("Tile", grid, concat([(1,), inner_shape, (1,)], axis=0))
    flat = node("Reshape", indices, concat([[batch_size], indices_shape[batch_dims:]], axis=0))
    found = node("GatherNd", params, concat([grid, flat], axis=-1))
    return node("Reshape", found, concat([batch_shape, shape_of(found)[1:]], axis=0))
