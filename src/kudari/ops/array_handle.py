"""`tf.TensorArray`: an array of tensors by its handle and its flow."""

from __future__ import annotations

import contextlib
from typing import Any

from ..dtypes import DType, as_dtype, int64
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..op.constant import constant_value
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..shape import TensorShape
from .forms import cast, node
from .indexing import item
from .shapes import counting, shape_of


class TensorArray:
    """An array whose elements are tensors, for loops to read and to write.

    Every write returns a new object with a new flow; what is to see the write must use that.

    Args:
      dtype: of the elements.
      size: how many elements, an int32 scalar.
      dynamic_size: whether a write beyond the end makes the array longer.
      clear_after_read: whether an element is read once at most.
      tensor_array_name: recorded in the node.
      handle: of an array that is there already, instead of `size`.
      flow: what the reads and writes of that wait for.
      infer_shape: whether all elements have one static shape.
      element_shape: the static shape of the elements.
      colocate_with_first_write_call: whether the array is recorded to live where the first value written lives.
      name: of the scope.

    Raises:
      ValueError: if the arguments contradict each other.
      TypeError: if `handle` is not a tensor.
    """

    def __init__(self, dtype: Any, size: Any = None, dynamic_size: bool | None = None, clear_after_read: bool | None = None,
                 tensor_array_name: str | None = None, handle: Any = None, flow: Any = None, infer_shape: bool = True,
                 element_shape: Any = None, colocate_with_first_write_call: bool = True, name: str | None = None):
        _check_arguments(handle, size, dynamic_size, clear_after_read, element_shape, tensor_array_name)
        self._dtype = as_dtype(dtype).base_dtype
        self._dynamic_size, self._infer_shape = bool(dynamic_size), infer_shape
        self._shape = [TensorShape(element_shape)]
        self._place: list[Any] | None = [] if colocate_with_first_write_call else None
        tensors = [v for v in (handle, size, flow) if isinstance(v, Tensor)]
        with scoped(name, "TensorArray", tensors) as scope:
            if handle is not None:
                if flow is None:
                    raise ValueError("flow must not be None if handle is not None.")
                self._handle, self._flow = handle, flow
                return
            graph = get_default_graph()
            with contextlib.ExitStack() as stack:
                if colocate_with_first_write_call:
                    stack.enter_context(graph.device(None))
                    stack.enter_context(graph.colocate_with(None, ignore_existing=True))
                self._handle, self._flow = node(
                    "TensorArrayV3", size, dtype=self._dtype, element_shape=element_shape,
                    identical_element_shapes=infer_shape, dynamic_size=self._dynamic_size,
                    clear_after_read=clear_after_read is None or clear_after_read,
                    tensor_array_name=tensor_array_name or "", name=scope)

    @property
    def flow(self) -> Tensor:
        """What the reads and writes that follow wait for."""
        return self._flow

    @property
    def dtype(self) -> DType:
        """The type of the elements."""
        return self._dtype

    @property
    def handle(self) -> Tensor:
        """The handle of the array."""
        return self._handle

    @property
    def element_shape(self) -> TensorShape:
        """The static shape of the elements."""
        return self._shape[0]

    @property
    def dynamic_size(self) -> bool:
        """Whether a write beyond the end makes the array longer."""
        return self._dynamic_size

    def with_flow(self, flow: Any) -> TensorArray:
        """Return this array as it is after `flow`."""
        array = TensorArray(self._dtype, handle=self._handle, flow=flow, infer_shape=self._infer_shape,
                            colocate_with_first_write_call=self._place is not None)
        array._dynamic_size, array._shape, array._place = self._dynamic_size, self._shape, self._place
        return array

    def _take_shape(self, shape: TensorShape) -> None:
        if not shape.is_compatible_with(self.element_shape):
            raise ValueError(f"Inconsistent shapes: saw {shape} but expected {self.element_shape} ")
        if self._infer_shape:
            self._shape[0] = self.element_shape.merge_with(shape)

    def _where(self, value: Any) -> Any:
        """Put a write where the first one is."""
        if self._place is None:
            return contextlib.nullcontext()
        if not self._place:
            self._place.append(value)
        return get_default_graph().colocate_with(self._place[0])

    def _value(self, value: Any) -> Tensor:
        return convert_to_tensor(value, preferred_dtype=self._dtype, name="value")

    def identity(self) -> TensorArray:
        """Return this array with a copy of its flow."""
        return self.with_flow(node("Identity", self._flow))

    def grad(self, source: str, flow: Any = None, name: str | None = None) -> TensorArray:
        """Return the array of the gradients of the elements.

        Args:
          source: which differentiation they belong to.
          flow: what to wait for; the flow of this array if `None`.
          name: of the scope.
        """
        flow = self.flow if flow is None else flow
        graph = get_default_graph()
        with scoped(name, "TensorArrayGrad", [self._handle]), graph.colocate_with(self._handle):
            handle, _ = node("TensorArrayGradV3", self._handle, flow, source=source, name=name)
            with graph.control_dependencies([handle]):
                flow = node("Identity", flow, name="gradient_flow")
            array = TensorArray(self._dtype, handle=handle, flow=flow, infer_shape=self._infer_shape,
                                colocate_with_first_write_call=False)
            array._shape = self._shape
            return array

    def read(self, index: Any, name: str | None = None) -> Tensor:
        """Return element `index`."""
        value = node("TensorArrayReadV3", self._handle, index, self._flow, dtype=self._dtype, name=name)
        value.set_shape(self.element_shape)
        return value

    def write(self, index: Any, value: Any, name: str | None = None) -> TensorArray:
        """Write `value` to element `index`, and return the array after that.

        Raises:
          ValueError: if the static shape of `value` does not fit.
        """
        with scoped(name, "TensorArrayWrite", [self._handle, *_tensors(index, value)]):
            value = self._value(value)
            self._take_shape(value.shape)
            with self._where(value):
                flow = node("TensorArrayWriteV3", self._handle, index, value, self._flow, name=name)
            return self.with_flow(flow)

    def stack(self, name: str | None = None) -> Tensor:
        """Return all elements as one tensor of shape `[size, …]`."""
        with get_default_graph().colocate_with(self._handle), scoped(name, "TensorArrayStack", [self._handle]):
            return self.gather(counting(0, self.size()), name=name)

    def gather(self, indices: Any, name: str | None = None) -> Tensor:
        """Return the elements `indices` as one tensor."""
        shape = self.element_shape
        value = node("TensorArrayGatherV3", self._handle, indices, self._flow, dtype=self._dtype, name=name,
                     element_shape=shape)
        if shape.ndims is not None:
            value.set_shape([None, *shape.as_list()])
        return value

    def concat(self, name: str | None = None) -> Tensor:
        """Return all elements one after the other along their first dimension."""
        shape = self.element_shape
        rest = TensorShape(None) if shape.ndims is None else TensorShape(shape.as_list()[1:])
        value, _ = node("TensorArrayConcatV3", self._handle, self._flow, dtype=self._dtype, name=name,
                        element_shape_except0=rest)
        if shape.ndims is not None:
            value.set_shape([None, *rest.as_list()])
        return value

    def unstack(self, value: Any, name: str | None = None) -> TensorArray:
        """Write the rows of `value` to the elements in order, and return the array after that."""
        with scoped(name, "TensorArrayUnstack", [self._handle, *_tensors(value)]):
            count = item(shape_of(value), 0)
            return self.scatter(counting(0, count), value, name=name)

    def scatter(self, indices: Any, value: Any, name: str | None = None) -> TensorArray:
        """Write the rows of `value` to the elements `indices`, and return the array after that.

        Raises:
          ValueError: if the static shape of a row does not fit.
        """
        with scoped(name, "TensorArrayScatter", [self._handle, *_tensors(value, indices)]):
            value = self._value(value)
            shape = value.shape
            self._take_shape(TensorShape(None) if shape.ndims is None else TensorShape(shape.as_list()[1:]))
            with self._where(value):
                flow = node("TensorArrayScatterV3", self._handle, indices, value, self._flow, name=name)
            return self.with_flow(flow)

    def split(self, value: Any, lengths: Any, name: str | None = None) -> TensorArray:
        """Write parts of `value`, of the given lengths, to the elements in order; return the array after that."""
        with scoped(name, "TensorArraySplit", [self._handle, *_tensors(value, lengths)]):
            value = convert_to_tensor(value, dtype=self._dtype, name="value")
            with self._where(value):
                sizes = cast(lengths, int64)
                known = constant_value(sizes)
                if value.shape.ndims is not None and known is not None and known.size and known.max() == known.min():
                    self._take_shape(TensorShape([int(known[0]), *value.shape.as_list()[1:]]))
                flow = node("TensorArraySplitV3", self._handle, value, sizes, self._flow, name=name)
            return self.with_flow(flow)

    def size(self, name: str | None = None) -> Tensor:
        """Return the number of elements."""
        return node("TensorArraySizeV3", self._handle, self.flow, name=name)

    def close(self, name: str | None = None) -> Any:
        """Return an op that throws the array away."""
        return node("TensorArrayCloseV3", self._handle, name=name)


def _tensors(*values: Any) -> list[Tensor]:
    return [v for v in values if isinstance(v, Tensor)]


def _check_arguments(handle: Any, size: Any, dynamic_size: Any, clear_after_read: Any, element_shape: Any,
                     tensor_array_name: Any) -> None:
    if handle is None:
        if size is None:
            raise ValueError("Size must be provided if handle is not provided")
        return
    if tensor_array_name:
        raise ValueError("Cannot construct with both handle and tensor_array_name")
    if not isinstance(handle, Tensor):
        raise TypeError("Handle must be a Tensor")
    given = {"size": size, "element_shape": element_shape, "dynamic_size": dynamic_size,
             "clear_after_read": clear_after_read}
    for name, value in given.items():
        if value is not None:
            raise ValueError(f"Cannot provide both a handle and {name} at the same time")
