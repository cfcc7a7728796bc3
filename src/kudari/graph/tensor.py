"""Tensors: the outputs of nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..dtypes import DType
from ..errors import OperatorNotAllowedInGraphError
from ..shape import Shape, TensorShape, merge, shape_tuple
from .stack import default_session

if TYPE_CHECKING:
    from .graph import Graph
    from .operation import Operation


class Tensor:
    """One output of an operation: a value that a session can compute.

    Its element type is `dtype`, its static shape `shape`; what it holds is known only in a session.
    """

    __slots__ = ("__weakref__", "_consumers", "_dtype", "_extras", "_shape", "_shape_object", "op", "value_index")
    __array_priority__ = 100

    if TYPE_CHECKING:  # set when the functions are there that make the nodes
        def __add__(self, other: Any) -> Any: ...
        def __radd__(self, other: Any) -> Any: ...
        def __sub__(self, other: Any) -> Any: ...
        def __rsub__(self, other: Any) -> Any: ...
        def __mul__(self, other: Any) -> Any: ...
        def __rmul__(self, other: Any) -> Any: ...
        def __truediv__(self, other: Any) -> Any: ...
        def __rtruediv__(self, other: Any) -> Any: ...
        def __floordiv__(self, other: Any) -> Any: ...
        def __rfloordiv__(self, other: Any) -> Any: ...
        def __mod__(self, other: Any) -> Any: ...
        def __rmod__(self, other: Any) -> Any: ...
        def __pow__(self, other: Any) -> Any: ...
        def __lt__(self, other: Any) -> Any: ...
        def __le__(self, other: Any) -> Any: ...
        def __gt__(self, other: Any) -> Any: ...
        def __ge__(self, other: Any) -> Any: ...
        def __and__(self, other: Any) -> Any: ...
        def __or__(self, other: Any) -> Any: ...
        def __getitem__(self, other: Any) -> Any: ...
        def __neg__(self) -> Any: ...
        def __invert__(self) -> Any: ...

    def __init__(self, op: Operation, value_index: int, dtype: DType, shape: Shape = None):
        self.op, self.value_index, self._dtype, self._shape = op, value_index, dtype, shape
        self._consumers: list[Operation] = []
        self._shape_object: TensorShape | None = None
        self._extras: dict[str, Any] | None = None

    @property
    def dtype(self) -> DType:
        """The `DType` of the elements; a reference type for a variable's own output."""
        return self._dtype

    @property
    def graph(self) -> Graph:
        """The graph this tensor is in."""
        return self.op.graph

    @property
    def name(self) -> str:
        """`node:index`."""
        return f"{self.op.name}:{self.value_index}"

    @property
    def device(self) -> str:
        """The device recorded for the op that makes this tensor."""
        return self.op.device

    @property
    def shape(self) -> TensorShape:
        """The static shape."""
        if self._shape_object is None:
            self._shape_object = TensorShape(self._shape)  # kept, since unknown dimensions equal only themselves
        return self._shape_object

    @property
    def static_shape(self) -> Shape:
        """The static shape as a tuple with `None` for unknown sizes, or `None` if the rank is unknown."""
        return self._shape

    def get_shape(self) -> TensorShape:
        """Return the static shape."""
        return self.shape

    def set_shape(self, shape: Any) -> None:
        """Add what `shape` says to the static shape.

        Raises:
          ValueError: if it contradicts what is known.
        """
        self.infer_shape(merge(self._shape, shape_tuple(shape)))

    def infer_shape(self, shape: Shape) -> None:
        """Replace the static shape by what inference found."""
        self._shape, self._shape_object = shape, None

    def consumers(self) -> list[Operation]:
        """Return the ops that take this tensor as an input."""
        return list(dict.fromkeys(self._consumers))

    def eval(self, feed_dict: dict | None = None, session: Any = None) -> Any:
        """Compute this tensor in `session`, or in the default session.

        Args:
          feed_dict: from tensors to the values to use for them.
          session: the session; the default session if `None`.

        Returns:
          A NumPy array, or a NumPy scalar for a scalar tensor.

        Raises:
          ValueError: if there is no session, or it runs another graph.
        """
        return default_session(session, self.graph, "evaluate tensor", "eval").run(self, feed_dict)

    def experimental_ref(self) -> TensorReference:
        """Return a hashable reference to this tensor."""
        return TensorReference(self)

    def __bool__(self) -> bool:
        raise OperatorNotAllowedInGraphError("using a `tf.Tensor` as a Python `bool` is not allowed in Graph execution. "
                                             "Use Eager execution or decorate this function with @tf.function.")

    def __iter__(self) -> Any:
        raise OperatorNotAllowedInGraphError("iterating over `tf.Tensor` is not allowed in Graph execution. Use Eager "
                                             "execution or decorate this function with @tf.function.")

    def __len__(self) -> int:
        raise TypeError(f"len is not well defined for symbolic Tensors. ({self.name}) "
                        "Please call `x.shape` rather than `len(x)` for shape information.")

    def __array__(self, *args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError(f"Cannot convert a symbolic Tensor ({self.name}) to a numpy array.")

    def __copy__(self) -> Tensor:
        return self

    def __repr__(self) -> str:
        return f"<tf.Tensor '{self.name}' shape={self.shape} dtype={self._dtype.name}>"

    def __str__(self) -> str:
        shape = f", shape={self.shape}" if self._shape is not None else ""
        device = f", device={self.device}" if self.device else ""
        return f'Tensor("{self.name}"{shape}, dtype={self._dtype.name}{device})'


class TensorReference:
    """A hashable stand-in for a tensor or variable."""

    __slots__ = ("_held",)

    def __init__(self, held: Any):
        self._held = held

    def deref(self) -> Any:
        """Return what this stands for."""
        return self._held

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TensorReference) and other._held is self._held

    def __hash__(self) -> int:
        return id(self._held)
