"""Variables kept in parts: one variable for each slice of a large one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ..functions.joining import split
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..op.convert import register_tensor_conversion_function
from ..ops.forms import node
from ..shape import TensorShape


class PartitionInfo:
    """Which part of a variable an initializer fills.

    Args:
      full_shape: of the whole variable, a list of sizes.
      var_offset: where the part begins along each dimension.

    Raises:
      TypeError: if one of them is not a sequence.
      ValueError: if they do not fit each other.
    """

    def __init__(self, full_shape: Any, var_offset: Any):
        for name, value in (("full_shape", full_shape), ("var_offset", var_offset)):
            if not isinstance(value, Sequence) or isinstance(value, str):
                raise TypeError(f"`{name}` must be a sequence (like tuple or list) instead of {type(value).__name__}")
        if len(var_offset) != len(full_shape):
            raise ValueError(f"Expected equal length, but `var_offset` is of length {len(var_offset)} while full_shape is "
                             f"of length {len(full_shape)}.")
        for offset, size in zip(var_offset, full_shape):
            if not 0 <= offset < size:
                raise ValueError(f"Expected 0 <= offset < shape but found offset={offset}, shape={size} for "
                                 f"var_offset={var_offset}, full_shape={full_shape}")
        self.full_shape, self.var_offset = full_shape, var_offset

    def single_offset(self, shape: Sequence[int]) -> int:
        """Return where a part of `shape` begins along the one dimension that is cut; 0 if none is."""
        axis = self.single_slice_dim(shape)
        return 0 if axis is None else self.var_offset[axis]

    def single_slice_dim(self, shape: Sequence[int]) -> int | None:
        """Return the one dimension along which a part of `shape` is cut, `None` if it is the whole.

        Raises:
          ValueError: if the part is not inside, or cut along several dimensions.
        """
        if len(shape) != len(self.full_shape):
            raise ValueError(f"Expected equal length, but received shape={shape} of length {len(shape)} while "
                             f"self.full_shape={self.full_shape} is of length {len(self.full_shape)}.")
        for i, size in enumerate(shape):
            if self.var_offset[i] + size > self.full_shape[i]:
                raise ValueError(f"With self.var_offset={self.var_offset}, a partition of shape={shape} would exceed "
                                 f"self.full_shape={self.full_shape} in dimension {i}.")
        cut = [i for i, size in enumerate(shape) if size != self.full_shape[i]]
        if len(cut) > 1:
            raise ValueError(f"Cannot use single_slice_dim() with shape={shape} and self.full_shape={self.full_shape} "
                             f"since slice dim could be either dimension {cut[0]} or {cut[1]}.")
        return cut[0] if cut else None


class PartitionedVariable:
    """The parts of a variable, which as a tensor is all of them together.

    Args:
      name: of the whole.
      shape: of the whole.
      dtype: of the elements.
      variable_list: the parts, which know their places.
      partitions: how many parts along each dimension.

    Raises:
      TypeError: if `variable_list` or `partitions` is no list.
      ValueError: if they do not fit each other.
    """

    def __init__(self, name: str, shape: Any, dtype: Any, variable_list: Any, partitions: Any):
        if not isinstance(variable_list, list | tuple):
            raise TypeError(f"variable_list is not a list or tuple: {variable_list}")
        if not isinstance(partitions, list | tuple):
            raise TypeError(f"partitions is not a list or tuple: {partitions}")
        if not all(p >= 1 for p in partitions):
            raise ValueError(f"partition values must be positive: {partitions}")
        if not variable_list:
            raise ValueError("variable_list may not be empty")
        if any(v._get_save_slice_info() is None for v in variable_list):
            raise ValueError("All variables must have a save_slice_info available: "
                             f"{[v.name for v in variable_list]}")
        if len(shape) != len(partitions):
            raise ValueError(f"len(shape) != len(partitions): {shape} vs. {partitions}")
        self._variable_list = sorted(variable_list, key=lambda v: v._get_save_slice_info().var_offset)
        self._name, self._shape, self._dtype, self._partitions = name, shape, dtype, partitions

    def __iter__(self) -> Iterator[Any]:
        return iter(self._variable_list)

    def __len__(self) -> int:
        axes = self._partition_axes()
        if len(axes) > 1:
            raise ValueError(f"Cannot get a length for {len(axes)} > 1 partition axes")
        return len(self._variable_list)

    def _partition_axes(self) -> list[int]:
        return [i for i, parts in enumerate(self._partitions) if parts > 1] or [0]

    def _axis(self, action: str) -> int:
        axes = self._partition_axes()
        if len(axes) > 1:
            raise NotImplementedError(f"Cannot {action} along more than one dimension: {axes}.")
        return axes[0]

    def as_tensor(self) -> Tensor:
        """Return the whole value."""
        graph = get_default_graph()
        with graph.control_dependencies(None):
            if len(self._variable_list) == 1:
                with graph.name_scope(None):
                    return node("Identity", self._variable_list[0], name=self._name)
            axis = self._axis("concatenate")
            with graph.name_scope(self._name + "/ConcatPartitions/"):
                whole = node("ConcatV2", self._variable_list, axis, name="concat")
            with graph.name_scope(None):
                return node("Identity", whole, name=self._name)

    @property
    def name(self) -> str:
        """The name of the whole."""
        return self._name

    @property
    def dtype(self) -> Any:
        """The type of the elements."""
        return self._dtype

    @property
    def shape(self) -> TensorShape:
        """The shape of the whole."""
        return self._shape

    def get_shape(self) -> TensorShape:
        """Return the shape of the whole."""
        return self._shape

    def _get_variable_list(self) -> list:
        return self._variable_list

    def _get_partitions(self) -> Any:
        return self._partitions

    def assign(self, value: Any, use_locking: bool = False, name: str | None = None, read_value: bool = True) -> list:
        """Add ops that set the parts; return their outputs, or the ops if `read_value` is false."""
        return self._each("assign", value, use_locking, name, read_value)

    def assign_add(self, value: Any, use_locking: bool = False, name: str | None = None, read_value: bool = True) -> list:
        """Add ops that add to the parts; return their outputs, or the ops if `read_value` is false."""
        return self._each("assign_add", value, use_locking, name, read_value)

    def assign_sub(self, value: Any, use_locking: bool = False, name: str | None = None, read_value: bool = True) -> list:
        """Add ops that subtract from the parts; return their outputs, or the ops if `read_value` is false."""
        return self._each("assign_sub", value, use_locking, name, read_value)

    def _each(self, method: str, value: Any, use_locking: bool, name: str | None, read_value: bool) -> list:
        axis = self._axis("do assign action")
        if isinstance(value, list):
            parts = value
        elif isinstance(value, PartitionedVariable):
            parts = list(value)
        else:
            sizes = [var.shape.as_list()[axis] for var in self._variable_list]
            parts = split(value, sizes, axis=axis)
        return [getattr(var, method)(part, use_locking=use_locking, name=name, read_value=read_value)
                for var, part in zip(self._variable_list, parts, strict=True)]


def _convert(value: PartitionedVariable, dtype: Any = None, name: str | None = None, as_ref: bool = False) -> Tensor:
    if dtype is not None and not dtype.is_compatible_with(value.dtype):
        raise ValueError(f"Incompatible type conversion requested to type '{dtype.name}' for variable of type "
                         f"'{value.dtype.name}'")
    if as_ref:
        raise NotImplementedError("PartitionedVariable doesn't support being used as a reference.")
    return value.as_tensor()


register_tensor_conversion_function(PartitionedVariable, _convert)


def partitions_of(partitioner: Callable, shape: TensorShape, dtype: Any) -> Sequence[int]:
    """Return how many parts `partitioner` cuts a variable into along each dimension.

    Raises:
      ValueError: if the shape is not known, or what the partitioner returns does not fit it.
    """
    if not shape.is_fully_defined():
        raise ValueError(f"Shape of a new partitioned variable must be fully defined, but instead was {shape}.")
    rank = len(shape.as_list())
    if rank < 1:
        raise ValueError(f"A partitioned Variable must have rank at least 1, shape: {shape}")
    slicing = partitioner(shape=shape, dtype=dtype)
    if not isinstance(slicing, Sequence):
        raise ValueError(f"Partitioner must return a sequence, but saw: {slicing}")
    if len(slicing) != rank:
        raise ValueError("Partitioner returned a partition list that does not match the Variable's rank: "
                         f"{slicing} vs. {shape}")
    if any(parts < 1 for parts in slicing):
        raise ValueError(f"Partitioner returned zero partitions for some axes: {slicing}")
    if sum(parts > 1 for parts in slicing) > 1:
        raise ValueError(f"Can only slice a variable along one dimension: shape: {shape}, partitioning: {slicing}")
    return slicing


def places(full_shape: list[int], slicing: Sequence[int]) -> Iterator[tuple[list[int], list[int]]]:
    """Go through the parts: where each begins, and its shape. The first ones are longer if it does not come out even."""
    axis = next((i for i, parts in enumerate(slicing) if parts > 1), 0)
    least, longer = divmod(full_shape[axis], slicing[axis])
    offset = [0] * len(full_shape)
    for i in range(slicing[axis]):
        shape = list(full_shape)
        shape[axis] = least + (i < longer)
        yield list(offset), shape
        offset[axis] += shape[axis]
