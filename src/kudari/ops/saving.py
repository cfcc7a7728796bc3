"""Ops that write checkpoints and read them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import numpy as np

from .. import errors
from ..dtypes import DType
from ..graph.operation import Operation
from ..graph.tensor import Tensor
from ..io.bundle_writer import Piece, merge_bundles, write_bundle
from ..io.checkpoint import open_checkpoint
from ..io.old_checkpoint import OldCheckpoint, write_old
from ..io.slices import Slice
from ..op.constant import constant_value
from ..op.definition import op
from ..op.rules import brackets, fail, merge_shapes, scalar, with_rank
from ..op.signature import Attr, required, types
from ..op.summary import type_name
from ..shape import Shape


def _text(value: np.ndarray) -> str:
    item = value.item()
    return os.fsdecode(item) if isinstance(item, bytes) else item


def _texts(values: np.ndarray) -> list[str]:
    return [os.fsdecode(item) if isinstance(item, bytes) else item for item in values.ravel().tolist()]


def _parsed(spec: str) -> tuple[tuple[int, ...], Slice]:
    """The shape of a whole tensor and the part of it that a text such as `5 2 0,3:-` means."""
    *sizes, part = spec.split(" ")
    if not sizes:
        raise errors.InvalidArgumentError(None, None, f"Need least two elements in shape_and_slice specification: {spec}")
    try:
        return tuple(map(int, sizes)), Slice.parsed(part)
    except ValueError:
        raise errors.InvalidArgumentError(None, None, f"Non numerical dimension in shape_and_slice: {spec}") from None


def _one_name(op: Operation) -> list[Shape]:
    with_rank(op, op.inputs[0], 0)
    return scalar(op)


def _saved(op: Operation) -> list[Shape]:
    with_rank(op, op.inputs[0], 0)
    for tensor in op.inputs[1:3]:
        _must_be_one_for_each(op, tensor, op["dtypes"])
    return []


def _must_be_one_for_each(op: Operation, names: Tensor, dtypes: Sequence[DType]) -> None:
    (count,) = with_rank(op, names, 1)
    if count is not None and count != len(dtypes):
        fail(op, f"Dimension must be {len(dtypes)} but is {count}", known=())


def _restored(op: Operation) -> list[Shape]:
    with_rank(op, op.inputs[0], 0)
    merge_shapes(op, with_rank(op, op.inputs[1], 1), with_rank(op, op.inputs[2], 1))
    specs = constant_value(op.inputs[2])
    if specs is None:
        return [None] * len(op["dtypes"])
    if specs.size != len(op["dtypes"]):
        fail(op, "The number of shape_and_slice doesn't match tensor outputs.", known=(2,))
    return [_restored_shape(op, spec) for spec in _texts(specs)]


def _restored_shape(op: Operation, spec: str) -> Shape:
    if not spec:
        return None
    try:
        shape, part = _parsed(spec)
        return tuple(s.stop - s.start for s in part.within(shape))
    except errors.InvalidArgumentError as error:
        fail(op, error.message, known=(2,))


def _pieces(names: Sequence[str], specs: Sequence[str], dtypes: Sequence[DType], values: Sequence[Any]) -> list[Piece]:
    pieces = []
    for name, spec, dtype, value in zip(names, specs, dtypes, values):
        array = np.asarray(value)
        if not spec:
            pieces.append(Piece(name, dtype, array))
            continue
        shape, part = _parsed(spec)
        if array.shape != tuple(s.stop - s.start for s in part.within(shape)):
            raise errors.InvalidArgumentError(None, None, "Slice in shape_and_slice specification does not match the shape "
                                              f"of the tensor to  save: {spec}, tensor: {brackets(array.shape)}")
        pieces.append(Piece(name, dtype, array, shape, part))
    return pieces


@op("SaveV2", "prefix: string, tensor_names: string, shape_and_slices: string, tensors: dtypes[] ->", _saved, host=True,
    stateful=True, dtypes=types())
def save_v2(prefix, tensor_names, shape_and_slices, tensors, *, dtypes):
    """Write tensors, or parts of some, as a checkpoint."""
    write_bundle(_text(prefix), _pieces(_texts(tensor_names), _texts(shape_and_slices), dtypes, tensors))


@op("RestoreV2", "prefix: string, tensor_names: string, shape_and_slices: string -> tensors: dtypes[]", _restored, host=True,
    stateful=True, dtypes=types())
def restore_v2(prefix, tensor_names, shape_and_slices, *, dtypes):
    """Tensors, or parts of them, from a checkpoint of either format."""
    with open_checkpoint(_text(prefix)) as checkpoint:
        return tuple(_read(checkpoint, name, spec, dtype)
                     for name, spec, dtype in zip(_texts(tensor_names), _texts(shape_and_slices), dtypes))


_OTHER_TYPE = {
    False: "tensor_name = {name}; expected dtype {wanted} does not equal original dtype {found}",
    True: "Expected to restore a tensor of type {wanted}, got a tensor of type {found} instead: tensor_name = {name}",
}


def _read(checkpoint: Any, name: str, spec: str, dtype: DType) -> np.ndarray:
    part = None
    if spec:
        shape, part = _parsed(spec)
        if shape != checkpoint.shape(name):
            raise errors.InvalidArgumentError(
                None, None, f"tensor_name = {name}; shape in shape_and_slice spec {brackets(shape)} does not match the "
                f"shape stored in checkpoint: {brackets(checkpoint.shape(name))}")
    found = checkpoint.dtype(name)
    if found != dtype:
        words = _OTHER_TYPE[isinstance(checkpoint, OldCheckpoint)]
        said = words.format(name=name, wanted=type_name(dtype), found=type_name(found))
        raise errors.InvalidArgumentError(None, None, said)
    return checkpoint.read(name, part)


@op("MergeV2Checkpoints", "checkpoint_prefixes: string, destination_prefix: string ->", None, host=True, stateful=True,
    delete_old_dirs=True)
def merge_v2_checkpoints(checkpoint_prefixes, destination_prefix, *, delete_old_dirs):
    """Make one checkpoint of several that hold parts of one model."""
    merge_bundles(_texts(checkpoint_prefixes), _text(destination_prefix), delete_old_dirs)


@op("ShardedFilename", "basename: string, shard: int32, num_shards: int32 -> filename: string", scalar, host=True)
def sharded_filename(basename, shard, num_shards):
    """The name of one file of several."""
    return np.array(b"%s-%05d-of-%05d" % (os.fsencode(_text(basename)), shard, num_shards), object)


@op("ShardedFilespec", "basename: string, num_shards: int32 -> filename: string", scalar, host=True)
def sharded_filespec(basename, num_shards):
    """The pattern of the names of several files."""
    return np.array(b"%s-?????-of-%05d" % (os.fsencode(_text(basename)), num_shards), object)


def _sliced(op: Operation) -> list[Shape]:
    spec = constant_value(op.inputs[2])
    return [None if spec is None else _restored_shape(op, _text(spec))]


def _unknown(op: Operation) -> list[Shape]:
    return [None]


def _saved_old(op: Operation) -> list[Shape]:
    with_rank(op, op.inputs[0], 0)
    _must_be_one_for_each(op, op.inputs[1], op["T"])
    return []


@op("Save", "filename: string, tensor_names: string, data: T[] ->", _saved_old, host=True, stateful=True, T=types())
def save(filename, tensor_names, data, *, T):
    """Write tensors as a checkpoint of the first format."""
    names = _texts(tensor_names)
    write_old(_text(filename), _pieces(names, [""] * len(names), T, data))


@op("SaveSlices", "filename: string, tensor_names: string, shapes_and_slices: string, data: T[] ->", _saved_old, host=True,
    stateful=True, T=types())
def save_slices(filename, tensor_names, shapes_and_slices, data, *, T):
    """Write tensors, or parts of some, as a checkpoint of the first format."""
    write_old(_text(filename), _pieces(_texts(tensor_names), _texts(shapes_and_slices), T, data))


_SHARD = {"dt": required("type"), "preferred_shard": Attr("int", -1)}


@op("Restore", "file_pattern: string, tensor_name: string -> tensor: dt", _unknown, host=True, stateful=True, **_SHARD)
def restore(file_pattern, tensor_name, *, dt):
    """A tensor from a checkpoint of the first format."""
    with OldCheckpoint(_text(file_pattern)) as checkpoint:
        return _read(checkpoint, _text(tensor_name), "", dt)


@op("RestoreSlice", "file_pattern: string, tensor_name: string, shape_and_slice: string -> tensor: dt", _sliced, host=True,
    stateful=True, **_SHARD)
def restore_slice(file_pattern, tensor_name, shape_and_slice, *, dt):
    """A part of a tensor from a checkpoint of the first format."""
    with OldCheckpoint(_text(file_pattern)) as checkpoint:
        return _read(checkpoint, _text(tensor_name), _text(shape_and_slice), dt)
