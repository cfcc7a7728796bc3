"""How to cut large variables into parts: functions from a shape and a type to the number of parts along each dimension."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from ..dtypes import DType, float32, string
from ..shape import TensorShape
from .scope import get_variable_scope, variable_scope


def _element_size(dtype: DType, bytes_per_text: int) -> int:
    return bytes_per_text if dtype.base_dtype == string else dtype.size


def fixed_size_partitioner(num_shards: int, axis: int = 0) -> Callable:
    """Return a partitioner that cuts along `axis` into `num_shards` parts.

    Args:
      num_shards: how many parts; fewer if the dimension is smaller.
      axis: the dimension.
    """
    def partitions(shape: TensorShape, **unused: Any) -> list[int]:
        sizes: list[Any] = shape.as_list()
        return [min(num_shards, size) if i == axis % len(sizes) else 1 for i, size in enumerate(sizes)]

    return partitions


def variable_axis_size_partitioner(max_shard_bytes: int, axis: int = 0, bytes_per_string_element: int = 16,
                                   max_shards: int | None = None) -> Callable:
    """Return a partitioner that cuts along `axis` into parts of at most `max_shard_bytes`.

    Args:
      max_shard_bytes: of a part, if one slice is not larger.
      axis: the dimension.
      bytes_per_string_element: what a text counts for.
      max_shards: how many parts at most.

    Raises:
      ValueError: if a number is not positive.
    """
    if max_shard_bytes < 1 or bytes_per_string_element < 1:
        raise ValueError("Both max_shard_bytes and bytes_per_string_element must be positive.")
    if max_shards and max_shards < 1:
        raise ValueError("max_shards must be positive.")

    def partitions(shape: TensorShape, dtype: DType) -> list[int]:
        if not isinstance(shape, TensorShape):
            raise ValueError(f"shape is not a TensorShape: {shape}")
        if not shape.is_fully_defined():
            raise ValueError(f"shape is not fully defined: {shape}")
        if not isinstance(dtype, DType):
            raise ValueError(f"dtype is not a DType: {dtype}")
        sizes: list[Any] = shape.as_list()
        slice_bytes = math.prod(sizes) / sizes[axis] * _element_size(dtype, bytes_per_string_element)
        slices = max(1, math.floor(max_shard_bytes / slice_bytes))
        count = math.ceil(sizes[axis] / slices)
        found: list[int] = [1] * len(sizes)
        found[axis] = min(max_shards, count) if max_shards else count
        return found

    return partitions


def min_max_variable_partitioner(max_partitions: int = 1, axis: int = 0, min_slice_size: int = 256 << 10,
                                 bytes_per_string_element: int = 16) -> Callable:
    """Return a partitioner that cuts along `axis` into parts of at least `min_slice_size` bytes.

    Args:
      max_partitions: how many parts at most.
      axis: the dimension.
      min_slice_size: of a part, in bytes.
      bytes_per_string_element: what a text counts for.
    """
    def partitions(shape: TensorShape, dtype: DType) -> list[int]:
        sizes: list[Any] = shape.as_list()
        if axis >= len(sizes):
            raise ValueError(f"Can not partition variable along axis {axis} when shape is only {shape}")
        whole = math.prod(sizes) * _element_size(dtype, bytes_per_string_element)
        found: list[int] = [1] * len(sizes)
        found[axis] = max(1, min(sizes[axis], max_partitions, math.ceil(whole / min_slice_size)))
        return found

    return partitions


def create_partitioned_variables(shape: Any, slicing: Any, initializer: Any, dtype: Any = float32, trainable: bool = True,
                                 collections: Any = None, name: str | None = None, reuse: Any = None) -> list:
    """Return the parts of a new variable.

    Args:
      shape: of the whole.
      slicing: how many parts along each dimension; more than one along one of them only.
      initializer: function from a shape to an initial value, or the whole initial value.
      dtype: of the elements.
      trainable: whether optimizers train them.
      collections: names of the collections they join.
      name: of the whole.
      reuse: whether they are found instead, as in `tf.variable_scope`.

    Raises:
      ValueError: if `shape` and `slicing` do not fit each other.
    """
    if len(shape) != len(slicing):
        raise ValueError("The 'shape' and 'slicing' of a partitioned Variable must have the length: "
                         f"shape: {shape}, slicing: {slicing}")
    if len(shape) < 1:
        raise ValueError(f"A partitioned Variable must have rank at least 1: shape: {shape}")
    with variable_scope(name, "PartitionedVariable", reuse=reuse):
        return list(get_variable_scope().partitioned(shape, dtype, initializer, trainable, lambda **unused: slicing,
                                                     collections))
