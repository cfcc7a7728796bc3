"""The assertions on ranks, shapes and types: mostly answered while the graph is built."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from ..dtypes import as_dtype, float32, int32
from ..graph.operation import Operation
from ..graph.tensor import Tensor
from ..op.constant import constant_value
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..op.sparse_tensor import SparseTensor
from ..ops.control import group_nodes, with_dependencies
from ..ops.control import no_op as no_op_node
from ..ops.forms import node
from ..ops.indexing import item
from ..ops.shapes import rank_of, shape_of
from .conditionals import assert_that
from .core import control_dependencies

_NUMERIC = frozenset({"float32", "float64", "int8", "int16", "int32", "int64", "uint8", "qint8", "qint32", "quint8",
                      "complex64"})


class _RankDiffersError(ValueError):
    """The static rank is not what it must be."""


def _check_ranks(x: Tensor, ranks: Sequence[Tensor], static: Callable, dynamic: Callable, data: Any,
                 summarize: int | None) -> Operation:
    for rank in ranks:
        assert_type(rank, int32)
    known = [constant_value(rank) for rank in ranks]
    if all(value is not None for value in known):
        if any(np.ndim(value) for value in known):
            raise ValueError("Rank must be a scalar.")
        if x.static_shape is not None:
            if not static(len(x.static_shape), known):
                raise _RankDiffersError
            return no_op_node(name="static_checks_determined_all_ok")
    condition = dynamic(rank_of(x), ranks)
    for rank, value in zip(ranks, known):
        if value is None:
            is_scalar = assert_rank(rank, 0, data=["Rank must be a scalar. Received rank: ", rank])
            condition = with_dependencies([is_scalar], condition)
    return assert_that(condition, data, summarize=summarize)


def _rank_text(ranks: Sequence[Tensor]) -> Any:
    return int(constant_value(ranks[0]))  # type: ignore[arg-type]


def _assert_ranks(x: Any, ranks: Sequence[Any], words: str, static: Callable, dynamic: Callable, data: Any,
                  summarize: int | None, message: str | None, text_of: Callable = _rank_text) -> Operation:
    x = convert_to_tensor(x, name="x")
    tensors = [convert_to_tensor(rank, name="rank") for rank in ranks]
    if data is None:
        data = [message or "", f"Tensor {x.name} must have rank{words}", *tensors, "Received shape: ", shape_of(x)]
    try:
        return _check_ranks(x, tensors, static, dynamic, data, summarize)
    except _RankDiffersError:
        raise ValueError(f"{message or ''}.  Tensor {x.name} must have rank{words} {text_of(tensors)}.  Received rank "
                         f"{x.shape.ndims}, shape {x.shape}") from None


def assert_rank(x: Any, rank: Any, data: Any = None, summarize: int | None = None, message: str | None = None,
                name: str | None = None) -> Operation:
    """Return an op that stops the step unless `x` has `rank` dimensions.

    Args:
      x: a tensor.
      rank: an int32 scalar.
      data: what to tell; both if `None`.
      summarize: how many elements of each to tell; 3 if `None`.
      message: told before them.
      name: of the scope.

    Raises:
      ValueError: at once, if the rank is known already and is another.
    """
    with scoped(name, "assert_rank", [x, rank, *(data or ())]):
        return _assert_ranks(x, [rank], "", lambda actual, wanted: actual == wanted[0],
                             lambda actual, wanted: node("Equal", actual, wanted[0]), data, summarize, message)


def assert_rank_at_least(x: Any, rank: Any, data: Any = None, summarize: int | None = None, message: str | None = None,
                         name: str | None = None) -> Operation:
    """Return an op that stops the step unless `x` has `rank` dimensions or more; see `assert_rank`."""
    with scoped(name, "assert_rank_at_least", [x, rank, *(data or ())]):
        return _assert_ranks(x, [rank], " at least", lambda actual, wanted: actual >= wanted[0],
                             lambda actual, wanted: node("GreaterEqual", actual, wanted[0]), data, summarize, message)


def assert_rank_in(x: Any, ranks: Any, data: Any = None, summarize: int | None = None, message: str | None = None,
                   name: str | None = None) -> Operation:
    """Return an op that stops the step unless `x` has one of `ranks` for its number of dimensions; see `assert_rank`."""
    def text(tensors: Sequence[Tensor]) -> str:
        return str(tuple(constant_value(rank) for rank in tensors))

    with scoped(name, "assert_rank_in", [x, *ranks, *(data or ())]):
        return _assert_ranks(x, list(ranks), " in", lambda actual, wanted: actual in wanted, _is_among, data, summarize,
                             message, text)


def _is_among(actual: Tensor, ranks: Sequence[Tensor]) -> Tensor:
    if not ranks:
        return convert_to_tensor(False)
    found = node("Equal", ranks[0], actual)
    for rank in ranks[1:]:
        found = node("LogicalOr", found, node("Equal", rank, actual))
    return found


def assert_integer(x: Any, message: str | None = None, name: str | None = None) -> Operation:
    """Return an op that does nothing, after checking that `x` holds integers.

    Raises:
      TypeError: if it does not.
    """
    with scoped(name, "assert_integer", [x]):
        x = convert_to_tensor(x, name="x")
        if not x.dtype.is_integer:
            raise TypeError(f'{message or ""}  Expected "x" to be integer type.  Found: {x.name} of dtype {x.dtype}')
        return no_op_node(name="statically_determined_was_integer")


def assert_type(tensor: Any, tf_type: Any, message: str | None = None, name: str | None = None) -> Operation:
    """Return an op that does nothing, after checking that `tensor` is of the type `tf_type`.

    Raises:
      TypeError: if it is not.
    """
    with scoped(name, "assert_type", [tensor]):
        tensor = convert_to_tensor(tensor, name="tensor")
        if tensor.dtype != as_dtype(tf_type):
            raise TypeError(f"{message or ''}  {tensor.name} must be of type {tf_type}")
        return no_op_node(name="statically_determined_correct_type")


def assert_scalar(tensor: Any, name: str | None = None, message: str | None = None) -> Tensor:
    """Return `tensor` as a tensor, after checking that it is a scalar.

    Raises:
      ValueError: if it is not.
    """
    with scoped(name, "assert_scalar", [tensor]) as scope:
        tensor = convert_to_tensor(tensor, name=scope)
        if tensor.static_shape != ():
            raise ValueError(f"{message or ''}Expected scalar shape for {tensor.name}, saw shape: {tensor.shape}.")
        return tensor


def assert_same_float_dtype(tensors: Any = None, dtype: Any = None) -> Any:
    """Return the one type that `tensors` have, `dtype` if given, float32 if there are none.

    Raises:
      ValueError: if the types differ, or are not of floats.
    """
    first = None
    for tensor in [t for t in tensors or () if t is not None]:
        found = tensor.dtype.base_dtype
        if dtype is None:
            dtype, first = found, getattr(tensor, "name", str(tensor))
        elif dtype != found:
            likeness = f" as {first}" if first else ""
            raise ValueError(f"{getattr(tensor, 'name', str(tensor))}, type={found}, must be of the same type "
                             f"({dtype}){likeness}.")
    if dtype is None:
        return float32
    if not dtype.is_floating:
        raise ValueError(f"Expected floating point type, got {dtype}.")
    return dtype


def assert_proper_iterable(values: Any) -> None:
    """Check that `values` holds several values, and is not one that only happens to be iterable.

    Raises:
      TypeError: if it is a tensor, an array, a text, or not iterable.
    """
    if isinstance(values, Tensor | SparseTensor | np.ndarray | str | bytes):
        raise TypeError(f'Expected argument "values" to be a "proper" iterable.  Found: {type(values)}')
    if not hasattr(values, "__iter__"):
        raise TypeError(f'Expected argument "values" to be iterable.  Found: {type(values)}')


def is_numeric_tensor(tensor: Any) -> bool:
    """Return whether `tensor` is a tensor of numbers."""
    return isinstance(tensor, Tensor) and tensor.dtype.name in _NUMERIC


def assert_shapes(shapes: Any, data: Any = None, summarize: int | None = None, message: str | None = None,
                  name: str | None = None) -> Operation:
    """Return an op that stops the step unless tensors have the shapes described, each name standing for one size.

    Args:
      shapes: pairs of a tensor and its shape (or a mapping): a sequence of sizes, names, `None` or `"."` for any size;
        `"*"` or `...` as the first for any number of further dimensions.
      data: what to tell.
      summarize: how many elements of each to tell; 3 if `None`.
      message: told before them.
      name: of the scope.

    Raises:
      ValueError: at once, if what is known already does not fit.
    """
    pairs = list(shapes.items() if isinstance(shapes, Mapping) else shapes)
    with scoped(name, "assert_shapes", [x for x, _ in pairs]):
        checker = _Shapes(data, summarize, message or "", name)
        constraints = [(convert_to_tensor(x), shape) for x, shape in pairs if shape is not None]
        specified = [checker.specified(tensor, shape) for tensor, shape in constraints]
        ranks = [op for entry in specified if (op := checker.rank(*entry)) is not None]
        sizes = [op for entry in specified for op in checker.sizes(*entry)]
        with control_dependencies(ranks):
            return group_nodes(sizes)


class _Shapes:
    """Compares shapes with descriptions that share names of sizes."""

    def __init__(self, data: Any, summarize: int | None, message: str, name: str | None):
        self.data, self.summarize, self.message, self.name = data, summarize, message, name
        self.known: dict[Any, tuple] = {}

    def specified(self, tensor: Tensor, shape: Any) -> tuple[Tensor, list, bool, Any]:
        if not hasattr(shape, "__iter__") and not hasattr(shape, "__getitem__"):
            raise ValueError(f"{self.message}.  Tensor {tensor.name}.  Specified shape must be an iterable.  An iterable "
                             f"has the attribute `__iter__` or `__getitem__`.  Received specified shape: {shape}")
        entries = list(shape)
        for i, entry in enumerate(entries):
            if entry in (Ellipsis, "*") and i:
                raise ValueError(
                    f"{self.message}.  Tensor {tensor.name} specified shape index {i}.  Symbol `...` or `*` for a variable "
                    "number of unspecified dimensions is only allowed as the first entry")
        is_open = bool(entries) and entries[0] in (Ellipsis, "*")
        return tensor, (entries[1:] if is_open else entries) or [1], is_open, _sizes_of(tensor)

    def rank(self, tensor: Tensor, entries: list, is_open: bool, sizes: Any) -> Operation | None:
        others = {"data": self.data, "summarize": self.summarize, "message": self.message, "name": self.name}
        rank = len(entries)
        if is_open:
            return None if rank < 2 else assert_rank_at_least(tensor, rank, **others)
        return assert_rank_in(tensor, [0, 1], **others) if rank < 2 else assert_rank(tensor, rank, **others)

    def sizes(self, tensor: Tensor, entries: list, is_open: bool, sizes: Any) -> list[Operation]:
        made = []
        for i, entry in enumerate(entries):
            if entry in (None, "."):
                continue
            at = i - len(entries) if is_open else i
            if entry not in self.known and not _is_number(entry):
                self.known[entry] = (sizes[at], tensor, at)
                continue
            op = self._compare(tensor, at, sizes[at], entry)
            if op is not None:
                made.append(op)
        return made

    def _compare(self, tensor: Tensor, at: int, actual: Any, entry: Any) -> Operation | None:
        if _is_number(entry):
            wanted, reason = int(entry), "Specified explicitly"
        else:
            wanted, by, by_at = self.known[entry]
            reason = f"Specified by tensor {by.name} dimension {by_at}"
        if _is_number(actual) and _is_number(wanted):
            if int(actual) != int(wanted):
                raise ValueError(f"{self.message}.  {reason}.  Tensor {tensor.name} dimension {at} must have size "
                                 f"{wanted}.  Received size {actual}, shape {tensor.shape}")
            return None
        condition = node("Equal", convert_to_tensor(actual), convert_to_tensor(wanted))
        data = self.data
        if data is None:
            data = [self.message, reason, f"Tensor {tensor.name} dimension", at, "must have size", wanted,
                    "Received shape: ", shape_of(tensor)]
        return assert_that(condition, data, summarize=self.summarize)


def _is_number(size: Any) -> bool:
    try:
        int(size)
    except (TypeError, ValueError):
        return False
    return True


def _sizes_of(tensor: Tensor) -> Any:
    shape = shape_of(tensor)
    if tensor.static_shape is None:
        raise ValueError(f"tf.debugging.assert_shapes needs to know the rank of {tensor.name}; give it with set_shape.")
    if not tensor.static_shape:
        return [1]
    return [item(shape, i) if size is None else size for i, size in enumerate(tensor.static_shape)]
