"""Static shapes: the public `TensorShape` and `Dimension`, and the plain tuples the engine reckons with.

`Shape` is a tuple of sizes in which None is a size not known, or None when not even the rank is known. The functions on
it use the words of TensorFlow's shape functions; `TensorShape` rests on them and uses the words of its Python class.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from math import prod
from typing import Any, NoReturn, TypeAlias

from .dtypes import DType

Shape: TypeAlias = tuple[int | None, ...] | None


def shape_tuple(value: Any) -> Shape:
    """Return the plain form of a shape.

    Args:
      value: None, a size, a sequence of sizes (integers, None, `Dimension`), a `TensorShape` or a `TensorShapeProto`.

    Returns:
      A tuple of integers and None, or None when the rank is unknown.

    Raises:
      TypeError: if the value is no shape.
      ValueError: if a size is negative or not whole.
    """
    if value is None:
        return None
    if isinstance(value, TensorShape):
        return value._sizes
    if isinstance(value, (bytes, str)):
        raise TypeError(f"A string has ambiguous TensorShape, please wrap in a list or convert to an int: {value!s}")
    if not isinstance(value, (tuple, list)) and hasattr(value, "unknown_rank"):
        return _from_proto(value)
    try:
        sizes = iter(value)
    except TypeError:
        return (_size(value),)
    return tuple(map(_size, sizes))


def _from_proto(proto: Any) -> Shape:
    if proto.unknown_rank:
        return None
    return tuple(None if dim.size == -1 else _size(dim.size) for dim in proto.dim)


def _size(value: Any) -> int | None:
    """The size a value stands for; None for an unknown one."""
    if value is None or (type(value) is int and value >= 0):
        return value
    if isinstance(value, Dimension):
        return value._value
    if isinstance(value, DType):
        raise TypeError(f"Cannot convert {value} to Dimension")
    size = int(value)
    if size != value and not isinstance(value, (bytes, str)):
        raise ValueError(f"Ambiguous dimension: {value}")
    if size < 0:
        raise ValueError(f"Dimension {size} must be >= 0")
    return size


def shape_text(shape: Shape) -> str:
    """Return a shape as error messages of operations show it, such as "[2,?]"; "?" for an unknown rank."""
    return "?" if shape is None else f"[{','.join('?' if size is None else str(size) for size in shape)}]"


def is_defined(shape: Shape) -> bool:
    """Return whether the rank and every size are known."""
    return shape is not None and None not in shape


def num_elements(shape: Shape) -> int | None:
    """Return the product of the sizes, or None unless all are known."""
    return prod(shape) if is_defined(shape) else None  # type: ignore[arg-type]


def merge(a: Shape, b: Shape) -> Shape:
    """Return what is known about a shape that both `a` and `b` describe.

    Args:
      a: a shape.
      b: another one.

    Returns:
      The shape with every size that either of them knows.

    Raises:
      ValueError: if no shape fits both.
    """
    if a is None or b is None:
        return b if a is None else a
    if len(a) != len(b):
        raise ValueError(f"Shapes must be equal rank, but are {len(a)} and {len(b)}")
    for axis, (m, n) in enumerate(zip(a, b)):
        if not _compatible(m, n):
            raise ValueError(
                f"Dimension {axis} in both shapes must be equal, but are {m} and {n}. "
                f"Shapes are {shape_text(a)} and {shape_text(b)}."
            )
    return tuple(n if m is None else m for m, n in zip(a, b))


def _compatible(m: int | None, n: int | None) -> bool:
    return m is None or n is None or m == n


def broadcast(a: Shape, b: Shape) -> Shape:
    """Return the shape of an elementwise operation on two tensors.

    Args:
      a: the shape of one tensor.
      b: the shape of the other.

    Returns:
      The broadcast shape; an unknown size is trusted to fit a known one above 1, and stays unknown beside a 0 or 1.

    Raises:
      ValueError: if two known sizes differ and neither is 1.
    """
    if a is None or b is None:
        return None
    rank = max(len(a), len(b))
    return tuple(map(_broadcast_size, _padded(a, rank), _padded(b, rank)))


def _padded(shape: tuple[int | None, ...], rank: int) -> tuple[int | None, ...]:
    return (1,) * (rank - len(shape)) + shape


def _broadcast_size(m: int | None, n: int | None) -> int | None:
    if m is None or n is None:
        known = n if m is None else m
        return known if known is not None and known > 1 else None
    if m == n or n == 1:
        return m
    if m == 1:
        return n
    raise ValueError(f"Dimensions must be equal, but are {m} and {n}")


class Dimension:
    """One size of a `TensorShape`, or an unknown one.

    Arithmetic with an unknown size is unknown; a comparison with one is None, neither true nor false.

    Args:
      value: an integer, None, or another `Dimension`.

    Raises:
      TypeError: if the value is no number.
      ValueError: if it is negative or not whole.
    """

    __slots__ = ("__weakref__", "_value")

    def __init__(self, value: Any):
        self._value = _size(value)

    @property
    def value(self) -> int | None:
        """The size, or None when it is unknown."""
        return self._value

    def is_compatible_with(self, other: Any) -> bool:
        """Return whether both can be the same size, an unknown one being any.

        Args:
          other: anything that is a dimension.
        """
        try:
            return _compatible(self._value, _size(other))
        except (TypeError, ValueError):
            return NotImplemented

    def assert_is_compatible_with(self, other: Any) -> None:
        """Raise a `ValueError` unless both can be the same size."""
        if not _compatible(self._value, _size(other)):
            raise ValueError(f"Dimensions {self} and {other} are not compatible")

    def merge_with(self, other: Any) -> Dimension:
        """Return the size that either knows.

        Args:
          other: anything that is a dimension.

        Raises:
          ValueError: if both are known and differ.
        """
        try:
            size = _size(other)
        except (TypeError, ValueError):
            return NotImplemented
        self.assert_is_compatible_with(size)
        return Dimension(size if self._value is None else self._value)

    def _with(self, other: Any, compute: Callable[[int, int], Any]) -> Any:
        """Apply to both sizes; None when one is unknown."""
        size = _size(other)
        return None if self._value is None or size is None else compute(self._value, size)

    def _operate(self, other: Any, compute: Callable[[int, int], Any]) -> Dimension:
        """As `_with`, for operators that leave an unfit operand to the other side."""
        try:
            size = _size(other)
        except (TypeError, ValueError):
            return NotImplemented
        return Dimension(self._with(size, compute))

    def __add__(self, other: Any) -> Dimension:
        return self._operate(other, operator.add)

    def __radd__(self, other: Any) -> Dimension:
        return self + other

    def __sub__(self, other: Any) -> Dimension:
        return self._operate(other, operator.sub)

    def __rsub__(self, other: Any) -> Dimension:
        return as_dimension(other) - self

    def __mul__(self, other: Any) -> Dimension:
        return self._operate(other, operator.mul)

    def __rmul__(self, other: Any) -> Dimension:
        return self * other

    def __floordiv__(self, other: Any) -> Dimension:
        return self._operate(other, operator.floordiv)

    def __rfloordiv__(self, other: Any) -> Dimension:
        return as_dimension(other) // self

    def __mod__(self, other: Any) -> Dimension:
        return Dimension(self._with(other, operator.mod))

    def __rmod__(self, other: Any) -> Dimension:
        return as_dimension(other) % self

    def __truediv__(self, other: Any) -> NoReturn:
        _refuse_true_division("Dimension", type(other).__name__)

    def __rtruediv__(self, other: Any) -> NoReturn:
        _refuse_true_division(type(other).__name__, "Dimension")

    def __eq__(self, other: object) -> Any:
        return self._compare(other, operator.eq)

    def __ne__(self, other: object) -> Any:
        return self._compare(other, operator.ne)

    def _compare(self, other: object, holds: Callable[[int, int], bool]) -> Any:
        try:
            return self._with(other, holds)
        except (TypeError, ValueError):
            return NotImplemented

    def __lt__(self, other: Any) -> Any:
        return self._with(other, operator.lt)

    def __le__(self, other: Any) -> Any:
        return self._with(other, operator.le)

    def __gt__(self, other: Any) -> Any:
        return self._with(other, operator.gt)

    def __ge__(self, other: Any) -> Any:
        return self._with(other, operator.ge)

    # A `Dimension` cannot be a dictionary key, as in TensorFlow: unknown ones are not even equal to themselves.
    __hash__ = None  # type: ignore[assignment]

    def __int__(self) -> int:
        return self._value  # type: ignore[return-value]

    __index__ = __int__

    def __reduce__(self) -> tuple:
        return Dimension, (self._value,)

    def __repr__(self) -> str:
        return f"Dimension({self._value!r})"

    def __str__(self) -> str:
        return "?" if self._value is None else str(self._value)


def _refuse_true_division(left: str, right: str) -> NoReturn:
    raise TypeError(f"unsupported operand type(s) for /: '{left}' and '{right}', please use // instead")


def as_dimension(value: Any) -> Dimension:
    """Return the value itself if it is a `Dimension`, else one made of it."""
    return value if isinstance(value, Dimension) else Dimension(value)


def dimension_value(dimension: Any) -> Any:
    """Return the size of a `Dimension`; anything else, such as an integer or None, as it is."""
    return dimension.value if isinstance(dimension, Dimension) else dimension


def dimension_at_index(shape: TensorShape, index: int) -> Dimension:
    """Return one dimension of a shape, unknown if the rank is.

    Args:
      shape: a `TensorShape`.
      index: the axis, counted from the end if negative.

    Raises:
      AssertionError: if `shape` is no `TensorShape`.
      IndexError: if the shape has no such axis.
    """
    assert isinstance(shape, TensorShape)
    return shape[index]


class TensorShape:
    """What is known about the shape of a tensor: all of it, the rank and some sizes, or nothing.

    Args:
      dims: None for an unknown rank, a size, a sequence of sizes (integers, None, `Dimension`), another
        `TensorShape`, or a `TensorShapeProto`.

    Raises:
      TypeError: if `dims` is no shape.
      ValueError: if a size is negative or not whole.
    """

    __slots__ = ("__weakref__", "_dims", "_sizes")

    def __init__(self, dims: Any):
        # An unknown `Dimension` equals only itself, so the objects given are kept; others are made when asked for.
        self._dims: list[Dimension] | None = None
        if isinstance(dims, TensorShape):
            self._dims = dims.dims
        elif not isinstance(dims, (list, tuple)) and isinstance(dims, Iterator):
            dims = list(dims)
        if isinstance(dims, (list, tuple)) and Dimension in map(type, dims):
            self._dims = [as_dimension(dim) for dim in dims]
        self._sizes = shape_tuple(dims)

    @property
    def rank(self) -> int | None:
        """The number of axes, or None when it is unknown."""
        return None if self._sizes is None else len(self._sizes)

    @property
    def ndims(self) -> int | None:
        """The older name of `rank`."""
        return self.rank

    @property
    def dims(self) -> list[Dimension] | None:
        """A list with a `Dimension` for each axis, or None when the rank is unknown."""
        if self._sizes is None:
            return None
        if self._dims is None:
            self._dims = [Dimension(size) for size in self._sizes]
        return list(self._dims)

    def as_list(self) -> list[int | None]:
        """Return the sizes as integers, None for an unknown one.

        Raises:
          ValueError: if the rank is unknown.
        """
        if self._sizes is None:
            raise ValueError("as_list() is not defined on an unknown TensorShape.")
        return list(self._sizes)

    def as_proto(self) -> Any:
        """Return the shape as a `TensorShapeProto`, -1 for an unknown size."""
        from tensorboard.compat.proto.tensor_shape_pb2 import TensorShapeProto

        if self._sizes is None:
            return TensorShapeProto(unknown_rank=True)
        return TensorShapeProto(dim=[TensorShapeProto.Dim(size=-1 if n is None else n) for n in self._sizes])

    def num_elements(self) -> int | None:
        """Return how many elements a tensor of this shape has, or None unless it is fully defined."""
        return num_elements(self._sizes)

    def is_fully_defined(self) -> bool:
        """Return whether the rank and every size are known."""
        return is_defined(self._sizes)

    def assert_is_fully_defined(self) -> None:
        """Raise a `ValueError` unless the rank and every size are known."""
        if not self.is_fully_defined():
            raise ValueError(f"Shape {self} is not fully defined")

    def is_compatible_with(self, other: Any) -> bool:
        """Return whether one tensor can have both shapes.

        Args:
          other: anything that is a shape.
        """
        mine, theirs = self._sizes, shape_tuple(other)
        if mine is None or theirs is None:
            return True
        return len(mine) == len(theirs) and all(map(_compatible, mine, theirs))

    def assert_is_compatible_with(self, other: Any) -> None:
        """Raise a `ValueError` unless one tensor can have both shapes."""
        if not self.is_compatible_with(other):
            raise ValueError(f"Shapes {self} and {other} are incompatible")

    def merge_with(self, other: Any) -> TensorShape:
        """Return what both shapes together tell.

        Args:
          other: anything that is a shape.

        Raises:
          ValueError: if no tensor can have both shapes.
        """
        other = as_shape(other)
        if self._sizes is None:
            return other
        try:
            return TensorShape(merge(self._sizes, other._sizes))
        except ValueError:
            raise ValueError(f"Shapes {self} and {other} are not compatible") from None

    def most_specific_compatible_shape(self, other: Any) -> TensorShape:
        """Return the most that is true of both shapes: sizes in which they differ are unknown.

        Args:
          other: anything that is a shape.
        """
        mine, theirs = self._sizes, shape_tuple(other)
        if mine is None or theirs is None or len(mine) != len(theirs):
            return TensorShape(None)
        return TensorShape([m if m == n else None for m, n in zip(mine, theirs)])

    def concatenate(self, other: Any) -> TensorShape:
        """Return the axes of this shape followed by those of another; unknown if either rank is.

        Args:
          other: anything that is a shape.
        """
        mine, theirs = self.dims, as_shape(other).dims
        return TensorShape(None if mine is None or theirs is None else mine + theirs)

    __concat__ = concatenate

    def __add__(self, other: Any) -> TensorShape:
        return self.concatenate(other)

    def __radd__(self, other: Any) -> TensorShape:
        return as_shape(other).concatenate(self)

    def assert_same_rank(self, other: Any) -> None:
        """Raise a `ValueError` if both ranks are known and differ."""
        other = as_shape(other)
        if None not in (self.rank, other.rank) and self.rank != other.rank:
            raise ValueError(f"Shapes {self} and {other} must have the same rank")

    def assert_has_rank(self, rank: int) -> None:
        """Raise a `ValueError` if the rank is known and another."""
        if self.rank not in (None, rank):
            raise ValueError(f"Shape {self} must have rank {rank}")

    def with_rank(self, rank: int) -> TensorShape:
        """Return the shape with the rank given; an unknown shape becomes that many unknown sizes.

        Raises:
          ValueError: if the rank is known and another.
        """
        try:
            return self.merge_with(unknown_shape(rank))
        except ValueError:
            raise ValueError(f"Shape {self} must have rank {rank}") from None

    def with_rank_at_least(self, rank: int) -> TensorShape:
        """Return the shape itself.

        Raises:
          ValueError: if the rank is known and smaller.
        """
        if self.rank is not None and self.rank < rank:
            raise ValueError(f"Shape {self} must have rank at least {rank}")
        return self

    def with_rank_at_most(self, rank: int) -> TensorShape:
        """Return the shape itself.

        Raises:
          ValueError: if the rank is known and larger.
        """
        if self.rank is not None and self.rank > rank:
            raise ValueError(f"Shape {self} must have rank at most {rank}")
        return self

    def __len__(self) -> int:
        if self._sizes is None:
            raise ValueError("Cannot take the length of shape with unknown rank.")
        return len(self._sizes)

    def __bool__(self) -> bool:
        return self._sizes is not None

    def __iter__(self) -> Iterator[Dimension]:
        if self.dims is None:
            raise ValueError("Cannot iterate over a shape with unknown rank.")
        return iter(self.dims)

    def __getitem__(self, key: Any) -> Any:
        dims = self.dims
        if dims is None:
            return _slice_of_unknown(key) if isinstance(key, slice) else Dimension(None)
        return TensorShape(dims[key]) if isinstance(key, slice) else dims[key]

    def __eq__(self, other: object) -> bool:
        try:
            other = as_shape(other)
        except TypeError:
            return NotImplemented
        return self.dims == other.dims

    def __ne__(self, other: object) -> bool:
        try:
            other = as_shape(other)
        except TypeError:
            return NotImplemented
        if self.rank is None or other.rank is None:
            raise ValueError("The inequality of unknown TensorShapes is undefined.")
        return self.dims != other.dims

    # Unhashable, as in TensorFlow; the engine keys its tables with plain tuples.
    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple:
        return TensorShape, (self._sizes,)

    def __repr__(self) -> str:
        return f"TensorShape({self.dims!r})"

    def __str__(self) -> str:
        if self._sizes is None:
            return "<unknown>"
        sizes = ", ".join("?" if size is None else str(size) for size in self._sizes)
        return f"({sizes},)" if len(self._sizes) == 1 else f"({sizes})"


def _slice_of_unknown(key: slice) -> TensorShape:
    if key.step is not None:
        raise ValueError("Steps are not yet handled")
    start = 0 if key.start is None else key.start
    if key.stop is None or start < 0 or key.stop < 0:
        return TensorShape(None)
    return unknown_shape(key.stop - start)


def as_shape(shape: Any) -> TensorShape:
    """Return the value itself if it is a `TensorShape`, else one made of it."""
    return shape if isinstance(shape, TensorShape) else TensorShape(shape)


def unknown_shape(rank: int | None = None, **kwargs: Any) -> TensorShape:
    """Return a shape with no known size.

    Args:
      rank: the number of axes, or None if that is unknown too.
      **kwargs: `ndims`, the older name of `rank`.

    Raises:
      TypeError: for any other keyword.
    """
    if rank is None:
        rank = kwargs.pop("ndims", None)
    if kwargs:
        raise TypeError(f"Unknown argument: {kwargs}")
    return TensorShape(None if rank is None else [Dimension(None)] * rank)


def scalar() -> TensorShape:
    """Return the shape without axes."""
    return TensorShape([])


def vector(length: Any) -> TensorShape:
    """Return the shape of a vector of the length given, None for an unknown one."""
    return TensorShape([length])


def matrix(rows: Any, cols: Any) -> TensorShape:
    """Return the shape of a matrix of so many rows and columns, None for an unknown number."""
    return TensorShape([rows, cols])
