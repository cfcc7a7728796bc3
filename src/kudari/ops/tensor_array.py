"""Arrays of tensors: what loops read from and write to, an element at a time."""

from __future__ import annotations

from typing import NoReturn

from ..dtypes import ANY
from ..graph.operation import Operation
from ..graph.tensor import Tensor
from ..op.definition import not_differentiable, op
from ..op.signature import Attr, required
from ..shape import Shape
from .array_handle import TensorArray
from .stacks import handle


def _held() -> NoReturn:
    raise AssertionError("held by the executor")


def _flow(op: Operation) -> list[Shape]:
    return [()]


@op("TensorArrayV3", "size: Static(int32) -> handle: resource, flow: float32", handle, stateful=True,
    dtype=required("type"), element_shape=Attr("shape", None), dynamic_size=False, clear_after_read=True,
    identical_element_shapes=False, tensor_array_name="")
def tensor_array_v3(size):
    """An array of which no element has been written."""
    _held()


@op("TensorArrayGradV3", "handle: resource, flow_in: float32 -> grad_handle: resource, flow_out: float32", handle,
    stateful=True, source=required("string"))
def tensor_array_grad_v3(handle, flow_in):
    """The array that adds up the gradients of the elements of another."""
    _held()


@op("TensorArrayGradWithShape", "handle: resource, flow_in: float32, shape_to_prepend: int32 -> grad_handle: resource, "
    "flow_out: float32", handle, stateful=True, source=required("string"), host=True)
def tensor_array_grad_with_shape(handle, flow_in, shape_to_prepend):
    """The array of gradients whose elements have more dimensions than those of the other."""
    _held()


@op("TensorArrayWriteV3", "handle: resource, index: int32, value: T, flow_in: float32 -> flow_out: float32", _flow,
    stateful=True, T=ANY)
def tensor_array_write_v3(handle, index, value, flow_in):
    """Write an element."""
    _held()


@op("TensorArrayReadV3", "handle: resource, index: int32, flow_in: float32 -> value: dtype", None, stateful=True,
    dtype=ANY)
def tensor_array_read_v3(handle, index, flow_in):
    """Read an element."""
    _held()


def _gathered(op: Operation) -> list[Shape]:
    return [None]


@op("TensorArrayGatherV3", "handle: resource, indices: int32, flow_in: float32 -> value: dtype", _gathered,
    stateful=True, dtype=ANY, element_shape=Attr("shape", None))
def tensor_array_gather_v3(handle, indices, flow_in):
    """Read several elements and stack them."""
    _held()


@op("TensorArrayScatterV3", "handle: resource, indices: int32, value: T, flow_in: float32 -> flow_out: float32", _flow,
    stateful=True, T=ANY)
def tensor_array_scatter_v3(handle, indices, value, flow_in):
    """Write the rows of a tensor to several elements."""
    _held()


@op("TensorArrayConcatV3", "handle: resource, flow_in: float32 -> value: dtype, lengths: int64",
    lambda op: [None, (None,)], stateful=True, dtype=ANY, element_shape_except0=Attr("shape", None))
def tensor_array_concat_v3(handle, flow_in):
    """Read all elements, one after the other along their first dimension."""
    _held()


@op("TensorArraySplitV3", "handle: resource, value: T, lengths: Static(int64), flow_in: float32 -> flow_out: float32",
    _flow, stateful=True, T=ANY)
def tensor_array_split_v3(handle, value, lengths, flow_in):
    """Write parts of a tensor to the elements."""
    _held()


@op("TensorArraySizeV3", "handle: resource, flow_in: float32 -> size: int32", _flow, stateful=True)
def tensor_array_size_v3(handle, flow_in):
    """The number of elements."""
    _held()


@op("TensorArrayCloseV3", "handle: resource ->", None, stateful=True)
def tensor_array_close_v3(handle):
    """Throw an array away."""
    _held()


not_differentiable(tensor_array_v3, tensor_array_grad_v3, tensor_array_grad_with_shape, tensor_array_size_v3,
                   tensor_array_close_v3)


def _array(op: Operation, dtype: str, grad: Tensor, flow: Tensor) -> TensorArray:
    """The array of the gradients of the elements that `op` reads or writes."""
    forward = TensorArray(op[dtype], handle=op.inputs[0], flow=flow, colocate_with_first_write_call=False)
    return forward.grad(_source(grad), flow)


def _source(grad: Tensor) -> str:
    """The differentiation that `grad` belongs to, by its scope: each has arrays of its own."""
    parts = grad.name.split("/")
    places = [i for i, part in enumerate(parts) if part.startswith("gradients")]
    if not places:
        raise ValueError(f"Expected op/tensor name to start with gradients (excluding scope), got: {grad.name}. Give "
                         "tf.gradients a `name` that starts with 'gradients' to differentiate through a TensorArray.")
    return "/".join(parts[:places[-1] + 1])


@tensor_array_read_v3.gradient
def _(op, grad):
    _, index, flow = op.inputs
    return None, None, _array(op, "dtype", grad, flow).write(index, grad).flow


@tensor_array_write_v3.gradient
def _(op, flow):
    return None, None, _array(op, "T", flow, flow).read(op.inputs[1]), flow


@tensor_array_gather_v3.gradient
def _(op, grad):
    _, indices, flow = op.inputs
    return None, None, _array(op, "dtype", grad, flow).scatter(indices, grad).flow


@tensor_array_scatter_v3.gradient
def _(op, flow):
    return None, None, _array(op, "T", flow, flow).gather(op.inputs[1]), flow


@tensor_array_concat_v3.gradient
def _(op, grad, _):
    return None, _array(op, "dtype", grad, op.inputs[1]).split(grad, op.outputs[1]).flow


@tensor_array_split_v3.gradient
def _(op, flow):
    return None, _array(op, "T", flow, flow).concat(), None, flow
