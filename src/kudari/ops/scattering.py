"""Ops that move elements to other places: rolled along axes, scattered into a tensor, shared out among several."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from ..dtypes import ANY, INDEX, NUMBER, TINDEX, TypeSet
from ..dtypes import bool as boolean
from ..graph.operation import Operation
from ..op.convert import convert_to_tensor
from ..op.definition import op
from ..op.rules import brackets, fail, merge_shapes, with_rank
from ..op.scope import scoped
from ..op.signature import required
from ..shape import Shape
from .forms import negated, node
from .matrices import same_sizes
from .shapes import reduction, shape_of, zeros_like

_SCATTER = "tensor: T, indices: Tindices, updates: T -> output: T"


def _rolled_shape(op: Operation) -> list[Shape]:
    input, shift, axis = (t.static_shape for t in op.inputs)
    if input is not None and not input:
        fail(op, "Shape must be at least rank 1 but is rank 0", known=())
    for shape in (shift, axis):
        if shape is not None and len(shape) > 1:
            fail(op, f"Shape must be at most rank 1 but is rank {len(shape)}", known=())
    merge_shapes(op, shift, axis)
    return [input]


@op("Roll", "input: T, shift: Tshift, axis: Taxis -> output: T", _rolled_shape, T=ANY, Tshift=TINDEX, Taxis=TINDEX)
def roll(input, shift, axis):
    """`input` with its elements moved on by `shift` along axes, round the end to the beginning."""
    steps, axes = shift.reshape(-1), axis.reshape(-1)
    for i in range(steps.size):
        input = _rolled(input, steps[i], axes[i])
    return input


def _rolled(x: Any, shift: Any, axis: Any) -> Any:
    moved = [jnp.roll(x, jnp.where(axis % x.ndim == d, shift, 0), d) for d in range(x.ndim)]
    chosen = x
    for d, candidate in enumerate(moved):
        chosen = jnp.where(axis % x.ndim == d, candidate, chosen)
    return chosen


@roll.check
def _(op, input, shift, axis):
    if not np.ndim(input):
        raise ValueError("input must be 1-D or higher")
    if np.ndim(shift) > 1:
        raise ValueError(f"shift must be a scalar or a 1-D vector. Found: {brackets(np.shape(shift))}")
    if np.ndim(axis) > 1:
        raise ValueError(f"axis must be a scalar or a 1-D vector. Found: {brackets(np.shape(axis))}")
    if np.shape(shift) != np.shape(axis):
        raise ValueError("shift and axis must have the same size")


@roll.gradient
def _(op, grad):
    return node("Roll", grad, negated(op.inputs[1]), op.inputs[2]), None, None


def _scattered(op: Operation) -> list[Shape]:
    tensor, indices, updates = (t.static_shape for t in op.inputs)
    if tensor is not None and not tensor:
        fail(op, "Shape must be at least rank 1 but is rank 0", known=())
    if tensor is not None and indices is not None and updates is not None and indices and indices[-1] is not None:
        outer = len(indices) - 1
        merge_shapes(op, indices[:-1], updates[:outer])
        merge_shapes(op, tensor[indices[-1]:], updates[outer:])
    return [tensor]


def _places(tensor: Any, indices: Any) -> tuple:
    """The indices for JAX, those outside put where they are dropped."""
    sizes = np.array(tensor.shape[:indices.shape[-1]], indices.dtype)
    is_inside = jnp.all((indices >= 0) & (indices < sizes), axis=-1, keepdims=True)
    return tuple(jnp.moveaxis(jnp.where(is_inside, indices, sizes), -1, 0))


@op("TensorScatterUpdate", _SCATTER, _scattered, T=ANY, Tindices=TINDEX)
def tensor_scatter_update(tensor, indices, updates):
    """`tensor` with each of `updates` put in the place of the elements its row of `indices` names."""
    return tensor.at[_places(tensor, indices)].set(updates, mode="drop")


@op("TensorScatterAdd", _SCATTER, _scattered, T=ANY, Tindices=TINDEX)
def tensor_scatter_add(tensor, indices, updates):
    """`tensor` with each of `updates` added to the elements its row of `indices` names."""
    return tensor.at[_places(tensor, indices)].add(updates, mode="drop")


@op("TensorScatterSub", _SCATTER, _scattered, T=ANY, Tindices=TINDEX)
def tensor_scatter_sub(tensor, indices, updates):
    """`tensor` with each of `updates` subtracted from the elements its row of `indices` names."""
    return tensor.at[_places(tensor, indices)].add(-updates, mode="drop")


@op("ScatterNdNonAliasingAdd", "input: T, indices: Tindices, updates: T -> output: T", _scattered,
    T=TypeSet((*NUMBER.allowed, boolean)), Tindices=TINDEX)
def scatter_nd_non_aliasing_add(input, indices, updates):
    """`input` with each of `updates` added to the elements its row of `indices` names."""
    return input.at[_places(input, indices)].add(updates, mode="drop")


def _outside(op: Operation, inputs: tuple, outputs: tuple) -> Any:
    tensor, indices = inputs[:2]
    sizes = np.array(tensor.shape[:indices.shape[-1]], indices.dtype)
    is_outside = ((indices < 0) | (indices >= sizes)).any(-1)

    def words() -> str:
        rows = np.asarray(indices).reshape(-1, indices.shape[-1])
        first = int(np.flatnonzero(np.asarray(is_outside))[0])
        row = ", ".join(map(str, rows[first]))
        at = "" if indices.ndim == 1 else ", ".join(map(str, np.unravel_index(first, indices.shape[:-1])))
        return f"indices[{at}] = [{row}] does not index into shape {brackets(tensor.shape)}"

    return is_outside.any(), words


for _definition in (tensor_scatter_update, tensor_scatter_add, tensor_scatter_sub):
    _definition.watch(_outside)


@tensor_scatter_update.gradient
def _(op, grad):
    indices = op.inputs[1]
    updates = node("GatherNd", grad, indices)
    kept = node("TensorScatterUpdate", node("Identity", grad), indices, zeros_like(op.inputs[2], grad.dtype))
    return kept, None, updates


@tensor_scatter_add.gradient
def _(op, grad):
    updates = node("GatherNd", grad, op.inputs[1])
    return node("Identity", grad), None, updates


@tensor_scatter_sub.gradient
def _(op, grad):
    updates = node("GatherNd", grad, op.inputs[1])
    kept = node("Identity", grad)
    return kept, None, negated(updates)


@scatter_nd_non_aliasing_add.gradient
def _(op, grad):
    return grad, None, node("GatherNd", grad, op.inputs[1])


def _shared_out(op: Operation) -> list[Shape]:
    data, partitions = op.inputs[0].static_shape, op.inputs[1].static_shape
    if data is None or partitions is None:
        return [None] * op["num_partitions"]
    if len(partitions) > len(data):
        fail(op, f"Shape must be at least rank {len(partitions)} but is rank {len(data)}", known=())
    same_sizes(op, data, partitions)
    return [(None, *data[len(partitions):])] * op["num_partitions"]


@op("DynamicPartition", "data: T, partitions: int32 -> outputs: num_partitions*T", _shared_out, host=True,
    num_partitions=required("int"), T=ANY)
def dynamic_partition(data, partitions, *, num_partitions):
    """The slices of `data` shared out among tensors by the number in `partitions` that goes with each."""
    flat = partitions.reshape(-1)
    for i in np.flatnonzero((flat < 0) | (flat >= num_partitions))[:1]:
        at = ", ".join(map(str, np.unravel_index(int(i), partitions.shape)))
        raise ValueError(f"partitions[{at}] = {flat[i]} is not in [0, {num_partitions})")
    rows = data.reshape(flat.size, *data.shape[partitions.ndim:])
    return [rows[flat == part] for part in range(num_partitions)]


@dynamic_partition.check
def _(op, data, partitions):
    if np.shape(data)[:np.ndim(partitions)] != np.shape(partitions):
        raise ValueError("data.shape must start with partitions.shape, got data.shape = "
                         f"{brackets(np.shape(data))}, partitions.shape = {brackets(np.shape(partitions))}")


@dynamic_partition.gradient
def _(op, *grads):
    data, partitions = op.inputs
    shape = shape_of(partitions)
    count = reduction("Prod", shape)
    with scoped("range", "Range") as scope:
        start, step = (convert_to_tensor(n, name=name) for n, name in ((0, "start"), (1, "delta")))
        counted = node("Range", start, count, step, name=scope)
    places = node("DynamicPartition", node("Reshape", counted, shape), partitions, op["num_partitions"])
    merged = node("DynamicStitch", places, list(grads))
    return node("Reshape", merged, shape_of(data)), None


def _coordinates(op: Operation) -> list[Shape]:
    indices = op.inputs[0].static_shape
    count = with_rank(op, op.inputs[1], 1)[0]
    if indices is None:
        return [None]
    if len(indices) > 1:
        fail(op, f"Shape must be at most rank 1 but is rank {len(indices)}", known=())
    return [(count, *indices)]


@op("UnravelIndex", "indices: Tidx, dims: Tidx -> output: Tidx", _coordinates, Tidx=INDEX)
def unravel_index(indices, dims):
    """The coordinates, one row for each axis, of places counted along a tensor of sizes `dims`."""
    strides = jnp.flip(jnp.cumprod(jnp.concatenate([jnp.ones(1, dims.dtype), jnp.flip(dims)[:-1]])))
    spread = (slice(None),) + (None,) * indices.ndim
    return (indices[None] // strides[spread] % dims[spread]).astype(indices.dtype)


@op("ParallelConcat", "values: N*T -> output: T", lambda op: [op["shape"]], T=ANY, shape=required("shape"))
def parallel_concat(values):
    """Tensors joined along the first axis, along which each has size 1."""
    return jnp.concatenate(values)

