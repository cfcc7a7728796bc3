"""Resource variables as ops: a handle stands for the variable, and is read and written where the graph says so."""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np

from ..dtypes import ANY, INDEX, NUMBER, TINDEX, int32
from ..graph.indexed_slices import IndexedSlices
from ..graph.operation import Operation
from ..graph.tensor import Tensor
from ..op.constant import constant
from ..op.definition import not_differentiable, op
from ..op.rules import brackets, merge_shapes, scalar
from ..op.signature import required
from ..shape import Shape, is_defined
from . import picking, scatter, slicing
from .counting import refuse_past
from .forms import node
from .handles import held_shape
from .indexing import item
from .joining import concat
from .shapes import size_of


def shape_of_held(handle: Tensor, out_type: object = int32) -> Tensor:
    """Return the shape of the variable that `handle` stands for, as a constant if it is known."""
    shape = held_shape(handle)
    return constant(shape, out_type) if is_defined(shape) else node("VariableShape", handle, out_type=out_type)


@op("VarHandleOp", "-> resource: resource", scalar, stateful=True,
    container="", shared_name="", dtype=ANY, shape=required("shape"))
def var_handle_op():
    """A variable of the session, by a handle."""
    raise AssertionError("held by the session")


@op("ReadVariableOp", "resource: Reads(resource) -> value: dtype", lambda op: [held_shape(op.inputs[0])], stateful=True,
    dtype=ANY)
def read_variable_op(resource):
    """The value of a variable."""
    return resource


@read_variable_op.gradient
def _(op, grad):
    return grad


def _merged_with_held(op: Operation) -> list[Shape]:
    merge_shapes(op, held_shape(op.inputs[0]), op.inputs[1].static_shape)
    return []


@op("AssignVariableOp", "resource: Writes(resource), value: dtype ->", _merged_with_held, stateful=True, overwrites=True,
    dtype=ANY)
def assign_variable_op(resource, value):
    """Replace the value of a variable."""
    return value


@op("AssignAddVariableOp", "resource: Writes(resource), value: dtype ->", _merged_with_held, stateful=True, dtype=ANY)
def assign_add_variable_op(resource, value):
    """Add to a variable."""
    return resource + value


@op("AssignSubVariableOp", "resource: Writes(resource), value: dtype ->", _merged_with_held, stateful=True, dtype=ANY)
def assign_sub_variable_op(resource, value):
    """Subtract from a variable."""
    return resource - value


@assign_add_variable_op.check
@assign_sub_variable_op.check
def _(op, resource, value):
    if np.shape(resource) != np.shape(value):
        raise ValueError(f"Cannot update variable with shape {brackets(np.shape(resource))} using a Tensor with shape "
                         f"{brackets(np.shape(value))}, shapes must be equal.")


@op("VarIsInitializedOp", "resource: resource -> is_initialized: bool", scalar, host=True, stateful=True)
def var_is_initialized_op(resource):
    """Whether a variable holds a value yet; the session answers."""
    return resource


@op("DestroyResourceOp", "resource: resource ->", None, host=True, stateful=True, ignore_lookup_error=True)
def destroy_resource_op(resource):
    """Take the value of a variable away; the session does it."""
    raise AssertionError("done by the session")


def _held_rank(op: Operation) -> list[Shape]:
    shape = held_shape(op.inputs[0])
    return [None if shape is None else (len(shape),)]


@op("VariableShape", "input: Reads(resource) -> output: out_type", _held_rank, stateful=True, out_type=INDEX)
def variable_shape(input, *, out_type):
    """The shape of a variable."""
    return jnp.array(np.shape(input), out_type.as_numpy_dtype)


@op("ResourceCountUpTo", "resource: Writes(resource) -> output: T", scalar, host=True, stateful=True,
    limit=required("int"), T=TINDEX)
def resource_count_up_to(resource):
    """Add one to a variable, up to a limit; the value before."""
    return resource + resource.dtype.type(1), resource


@resource_count_up_to.check
def _(op, resource):
    refuse_past(op, resource)


def _gathered(op: Operation) -> list[Shape]:
    params, indices, batch = held_shape(op.inputs[0]), op.inputs[1].static_shape, op["batch_dims"]
    if params is None or indices is None:
        return [None]
    merge_shapes(op, params[:batch], indices[:batch])
    return [indices + params[batch + 1:]]


@op("ResourceGather", "resource: Reads(resource), indices: Tindices -> output: dtype", _gathered, stateful=True,
    batch_dims=0, validate_indices=True, dtype=ANY, Tindices=TINDEX)
def resource_gather(resource, indices, *, batch_dims):
    """The rows of a variable that `indices` name; zeros for an index outside."""
    return picking.gather_v2.lower(resource, indices, batch_dims, batch_dims=batch_dims)


@resource_gather.gradient
def _(op, grad):
    handle, indices = op.inputs
    shape = shape_of_held(handle)
    count = node("ExpandDims", size_of(indices), 0)
    values = node("Reshape", grad, concat([count, item(shape, slice(1, None))], 0))
    return IndexedSlices(values, node("Reshape", indices, count), shape), None


def _nd_gathered(op: Operation) -> list[Shape]:
    params, indices = held_shape(op.inputs[0]), op.inputs[1].static_shape
    if params is None or not indices or indices[-1] is None:
        return [None]
    return [indices[:-1] + params[indices[-1]:]]


@op("ResourceGatherNd", "resource: Reads(resource), indices: Tindices -> output: dtype", _nd_gathered, stateful=True,
    dtype=ANY, Tindices=TINDEX)
def resource_gather_nd(resource, indices):
    """The elements, or slices, of a variable whose index is a row of `indices`; zeros for an index outside."""
    return picking.gather_nd.lower(resource, indices)


@resource_gather_nd.gradient
def _(op, grad):
    handle, indices = op.inputs
    shape, places = shape_of_held(handle, indices.dtype), indices.static_shape
    if places is not None and len(places) == 2 and places[-1] == 1:
        return IndexedSlices(grad, node("Squeeze", indices, squeeze_dims=[-1]), shape), None
    return node("ScatterNd", indices, grad, shape), None


def _rows_fit(op: Operation) -> list[Shape]:
    ref, indices, updates = held_shape(op.inputs[0]), op.inputs[1].static_shape, op.inputs[2].static_shape
    if ref is not None and indices is not None and updates != ():
        merge_shapes(op, updates, indices + ref[1:])
    return []


_SCATTER = "resource: Writes(resource), indices: Tindices, updates: dtype ->"


@op("ResourceScatterUpdate", _SCATTER, _rows_fit, stateful=True, dtype=ANY, Tindices=TINDEX)
def resource_scatter_update(resource, indices, updates):
    """Replace rows."""
    return scatter.scatter_update.lower(resource, indices, updates)


@op("ResourceScatterAdd", _SCATTER, _rows_fit, stateful=True, dtype=NUMBER, Tindices=TINDEX)
def resource_scatter_add(resource, indices, updates):
    """Add to rows."""
    return scatter.scatter_add.lower(resource, indices, updates)


@op("ResourceScatterSub", _SCATTER, _rows_fit, stateful=True, dtype=NUMBER, Tindices=TINDEX)
def resource_scatter_sub(resource, indices, updates):
    """Subtract from rows."""
    return scatter.scatter_sub.lower(resource, indices, updates)


@op("ResourceScatterMul", _SCATTER, _rows_fit, stateful=True, dtype=NUMBER, Tindices=TINDEX)
def resource_scatter_mul(resource, indices, updates):
    """Multiply rows."""
    return scatter.scatter_mul.lower(resource, indices, updates)


@op("ResourceScatterDiv", _SCATTER, _rows_fit, stateful=True, dtype=NUMBER, Tindices=TINDEX)
def resource_scatter_div(resource, indices, updates):
    """Divide rows."""
    return scatter.scatter_div.lower(resource, indices, updates)


@op("ResourceScatterMin", _SCATTER, _rows_fit, stateful=True, dtype=NUMBER, Tindices=TINDEX)
def resource_scatter_min(resource, indices, updates):
    """Take the smaller of rows and updates."""
    return scatter.scatter_min.lower(resource, indices, updates)


@op("ResourceScatterMax", _SCATTER, _rows_fit, stateful=True, dtype=NUMBER, Tindices=TINDEX)
def resource_scatter_max(resource, indices, updates):
    """Take the larger of rows and updates."""
    return scatter.scatter_max.lower(resource, indices, updates)


_SCATTER_ND = "ref: Writes(resource), indices: Tindices, updates: T ->"


@op("ResourceScatterNdUpdate", _SCATTER_ND, None, stateful=True, T=ANY, Tindices=TINDEX, use_locking=True)
def resource_scatter_nd_update(ref, indices, updates):
    """Replace elements or slices."""
    return scatter.scatter_nd_update.lower(ref, indices, updates)


@op("ResourceScatterNdAdd", _SCATTER_ND, None, stateful=True, T=ANY, Tindices=TINDEX, use_locking=True)
def resource_scatter_nd_add(ref, indices, updates):
    """Add to elements or slices."""
    return scatter.scatter_nd_add.lower(ref, indices, updates)


@op("ResourceScatterNdSub", _SCATTER_ND, None, stateful=True, T=ANY, Tindices=TINDEX, use_locking=True)
def resource_scatter_nd_sub(ref, indices, updates):
    """Subtract from elements or slices."""
    return scatter.scatter_nd_sub.lower(ref, indices, updates)


@op("ResourceStridedSliceAssign", "ref: Writes(resource), begin: Static(Index), end: Static(Index), strides: Static(Index), "
    "value: T ->", None, stateful=True, T=ANY, Index=TINDEX, begin_mask=0, end_mask=0, ellipsis_mask=0, new_axis_mask=0,
    shrink_axis_mask=0)
def resource_strided_slice_assign(ref, begin, end, strides, value, *, begin_mask, end_mask, ellipsis_mask, new_axis_mask,
                                  shrink_axis_mask):
    """Set a strided slice of a variable."""
    return slicing.strided_slice_assign.lower(
        ref, begin, end, strides, value, begin_mask=begin_mask, end_mask=end_mask, ellipsis_mask=ellipsis_mask,
        new_axis_mask=new_axis_mask, shrink_axis_mask=shrink_axis_mask)


not_differentiable(var_handle_op, assign_variable_op, assign_add_variable_op, assign_sub_variable_op,
                   var_is_initialized_op, destroy_resource_op, variable_shape, resource_count_up_to,
                   resource_scatter_update, resource_scatter_add, resource_scatter_sub, resource_scatter_mul,
                   resource_scatter_div, resource_scatter_min, resource_scatter_max, resource_scatter_nd_update,
                   resource_scatter_nd_add, resource_scatter_nd_sub, resource_strided_slice_assign)
