"""Sparse tensors: those elements that are not zero, and where they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ..dtypes import DType, as_dtype, int64
from ..graph.stack import default_session
from ..graph.tensor import Tensor
from ..shape import TensorShape
from .constant import constant_value_as_shape
from .convert import convert_to_tensor
from .scope import scoped

if TYPE_CHECKING:
    from ..graph.graph import Graph
    from ..graph.operation import Operation


class SparseTensorValue(NamedTuple):
    """What a session returns for a `SparseTensor`, and may be fed: its indices, its values and its whole shape."""

    indices: Any
    values: Any
    dense_shape: Any


class SparseTensor:
    """A tensor given by some of its elements: the one at `indices[i]` is `values[i]`, all others are zero.

    Args:
      indices: int64, of shape `[n, rank]`; most ops want them in row-major order.
      values: of shape `[n]` and any type.
      dense_shape: int64, of shape `[rank]`.

    Raises:
      ValueError: if the shapes of the three do not fit each other.
    """

    __array_priority__ = 101  # so that `array * sparse` asks this class, as it does for tensors

    def __init__(self, indices: Any, values: Any, dense_shape: Any):
        with scoped(None, "SparseTensor", [indices, values, dense_shape]):
            self._indices = convert_to_tensor(indices, dtype=int64, name="indices")
            self._values = convert_to_tensor(values, name="values")
            self._dense_shape = convert_to_tensor(dense_shape, dtype=int64, name="dense_shape")
        places = self._indices.shape.with_rank(2)
        places[0].merge_with(self._values.shape.with_rank(1)[0])
        places[1].merge_with(self._dense_shape.shape.with_rank(1)[0])

    @classmethod
    def from_value(cls, sparse_tensor_value: Any) -> SparseTensor:
        """Return a `SparseTensor` of the parts of a `SparseTensorValue` or `SparseTensor`.

        Raises:
          TypeError: if it is neither.
        """
        if not is_sparse(sparse_tensor_value):
            raise TypeError(f"Neither a SparseTensor nor SparseTensorValue: {sparse_tensor_value}.")
        return cls(*parts(sparse_tensor_value))

    @property
    def indices(self) -> Tensor:
        """Where the elements are, one row for each."""
        return self._indices

    @property
    def values(self) -> Tensor:
        """The elements."""
        return self._values

    @property
    def dense_shape(self) -> Tensor:
        """The shape of the whole as a vector."""
        return self._dense_shape

    @property
    def op(self) -> Operation:
        """The op that makes `values`."""
        return self._values.op

    @property
    def dtype(self) -> DType:
        """The type of `values`."""
        return self._values.dtype

    @property
    def graph(self) -> Graph:
        """The graph of the three tensors."""
        return self._indices.graph

    @property
    def shape(self) -> TensorShape:
        """The static shape of the whole."""
        return TensorShape(constant_value_as_shape(self._dense_shape))

    def get_shape(self) -> TensorShape:
        """Return the static shape of the whole."""
        return self.shape

    def consumers(self) -> list[Operation]:
        """Return the ops that take one of the three tensors as an input."""
        return list(dict.fromkeys(op for part in parts(self) for op in part.consumers()))

    def eval(self, feed_dict: dict | None = None, session: Any = None) -> SparseTensorValue:
        """Compute this tensor in `session`, or in the default session.

        Args:
          feed_dict: from tensors to the values to use for them.
          session: the session; the default session if `None`.

        Raises:
          ValueError: if there is no session, or it runs another graph.
        """
        return default_session(session, self.graph, "evaluate tensor", "eval").run(self, feed_dict)

    def __str__(self) -> str:
        return f"SparseTensor(indices={self._indices}, values={self._values}, dense_shape={self._dense_shape})"


def parts(sparse: Any) -> tuple:
    """Return the indices, the values and the shape of a `SparseTensor` or `SparseTensorValue`."""
    return sparse.indices, sparse.values, sparse.dense_shape


def is_sparse(x: Any) -> bool:
    """Return whether `x` is a `SparseTensor` or `SparseTensorValue`."""
    return isinstance(x, SparseTensor | SparseTensorValue)


def as_sparse(value: Any) -> SparseTensor:
    """Return a `SparseTensor` or `SparseTensorValue` as the former.

    Raises:
      TypeError: if it is neither.
    """
    if isinstance(value, SparseTensorValue):
        return SparseTensor.from_value(value)
    if not isinstance(value, SparseTensor):
        raise TypeError("Input must be a SparseTensor.")
    return value


def convert_to_tensor_or_sparse_tensor(value: Any, dtype: Any = None, name: str | None = None) -> Any:
    """Return `value` as a `SparseTensor` if it is sparse, else as a tensor.

    Args:
      value: a `SparseTensor`, `SparseTensorValue`, or what `tf.convert_to_tensor` takes.
      dtype: the element type it must have; found from the value if `None`.
      name: of the node, if one is made.

    Raises:
      RuntimeError: if it is sparse and of another type.
    """
    if not is_sparse(value):
        return convert_to_tensor(value, dtype=dtype, name=name)
    sparse = as_sparse(value)
    if dtype is not None and not as_dtype(dtype).is_compatible_with(sparse.dtype):
        raise RuntimeError(f"Sparse dtype: requested = {as_dtype(dtype).name}, actual = {sparse.dtype.name}")
    return sparse
