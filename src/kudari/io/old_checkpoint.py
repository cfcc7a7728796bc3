"""Checkpoints in TensorFlow's first format: tables whose values are the tensors."""

from __future__ import annotations

import contextlib
import glob
import os
from collections.abc import Iterable
from typing import Any

import numpy as np

from .. import errors
from ..dtypes import DType, as_dtype
from ..graph.tensor_proto import listed_proto, make_ndarray
from ..protos import proto
from ..shape import TensorShape
from .bundle_protos import message
from .bundle_writer import Piece
from .files import mapped, synced
from .slices import Slice, assembled
from .table import Table, write_table


class OldCheckpoint:
    """A checkpoint of the first format to read.

    Args:
      pattern: the path of its file, or a pattern of several.

    Raises:
      NotFoundError: if there is no such file.
      InvalidArgumentError: if there is not even the folder.
      DataLossError: if one is damaged.
    """

    def __init__(self, pattern: str):
        self.prefix = pattern
        paths = sorted(glob.glob(pattern))
        if not paths:
            raise _absent(pattern)
        self._tables = [_opened(path) for path in paths]
        self._kinds: dict[str, tuple[DType, tuple[int, ...]]] = {}
        self._parts: dict[str, list[tuple[Slice, Table]]] = {}
        for table, path in zip(self._tables, paths):
            self._list(table, path)

    def _list(self, table: Table, path: str) -> None:
        try:
            meta = message("SavedTensorSlices").FromString(table.get(b"") or b"").meta
            for tensor in meta.tensor:
                shape = tuple(dim.size for dim in proto("TensorShapeProto").FromString(tensor.shape).dim)
                self._kinds[tensor.name] = as_dtype(tensor.type), shape
                parts = self._parts.setdefault(tensor.name, [])
                parts += [(Slice.of_proto(part), table) for part in tensor.slice]
        except _unreadable() as error:
            raise errors.DataLossError(None, None, f"{path}: the list of tensors is damaged: {error}") from None

    def __enter__(self) -> OldCheckpoint:
        return self

    def __exit__(self, *error: Any) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        self._tables.clear()
        self._parts.clear()

    def names(self) -> list[str]:
        """Return the names of the tensors."""
        return sorted(self._kinds)

    def __contains__(self, name: str) -> bool:
        return name in self._kinds

    def dtype(self, name: str) -> DType:
        """Return the type of a tensor."""
        return self._kind(name)[0]

    def shape(self, name: str) -> tuple[int, ...]:
        """Return the shape of a tensor."""
        return self._kind(name)[1]

    def _kind(self, name: str) -> tuple[DType, tuple[int, ...]]:
        if name not in self._kinds:
            raise errors.NotFoundError(None, None, f"Tensor name \"{name}\" not found in checkpoint files {self.prefix}")
        return self._kinds[name]

    def read(self, name: str, part: Slice | None = None) -> np.ndarray:
        """Return a tensor, or a part of it.

        Raises:
          NotFoundError: if it is not there.
          DataLossError: if it is damaged.
          InvalidArgumentError: if the part is not within it, or not all there.
        """
        dtype, shape = self._kind(name)
        wanted = (part or Slice.whole(len(shape))).within(shape)
        parts = [(stored.within(shape), (stored, table)) for stored, table in self._parts[name]]
        return assembled(f"{self.prefix}: '{name}'", wanted, dtype.as_numpy_dtype, parts,
                         lambda key, place: self._value(name, key, shape)[place])

    def _value(self, name: str, key: tuple[Slice, Table], whole: tuple[int, ...]) -> np.ndarray:
        stored, table = key
        shape = [s.stop - s.start for s in stored.within(whole)]
        contents = table.get(stored.key(name))
        with contextlib.suppress(*_unreadable()):
            if contents is not None:
                saved = proto("TensorProto").FromString(message("SavedTensorSlices").FromString(contents).data.data)
                for size in shape:
                    saved.tensor_shape.dim.add(size=size)
                saved.dtype = self._kinds[name][0].as_datatype_enum
                return make_ndarray(saved).reshape(shape)
        raise errors.DataLossError(None, None, f"{self.prefix}: '{name}' is damaged")


def _absent(pattern: str) -> errors.OpError:
    folder, words = os.path.dirname(pattern) or ".", "Unsuccessful TensorSliceReader constructor: Failed to"
    if os.path.isdir(folder):
        return errors.NotFoundError(None, None, f"{words} find any matching files for {pattern}")
    return errors.InvalidArgumentError(None, None, f"{words} get matching files on {pattern}: Not found: {folder}; No such "
                                       "file or directory")


def _opened(path: str) -> Table:
    try:
        return Table(mapped(path), path)
    except errors.DataLossError as error:
        why = error.message.removeprefix(f"{path}: ")
        raise errors.DataLossError(None, None, f"Unable to open table file {path}: Data loss: {why}: perhaps your file is "
                                   "in a different file format and you need to use a different restore operator?") from None


def _unreadable() -> tuple[type[Exception], ...]:
    """What reading damaged messages raises."""
    from google.protobuf.message import DecodeError
    return DecodeError, ValueError, TypeError


def write_old(path: str, pieces: Iterable[Piece]) -> None:
    """Write a checkpoint of the first format.

    Raises:
      InvalidArgumentError: if two pieces are the same.
    """
    whole = message("SavedTensorSlices")()
    whole.meta.versions = proto("VersionDef")(producer=1).SerializeToString()
    rows: dict[bytes, bytes] = {}
    metas: dict[str, Any] = {}
    for piece in pieces:
        part = piece.part or Slice.whole(piece.value.ndim)
        meta = metas.get(piece.name)
        if meta is None:
            shape = TensorShape(piece.value.shape if piece.shape is None else piece.shape)
            meta = metas[piece.name] = whole.meta.tensor.add(name=piece.name, type=piece.dtype.as_datatype_enum,
                                                             shape=shape.as_proto().SerializeToString())
        meta.slice.append(part.as_proto())
        saved = message("SavedTensorSlices")()
        saved.data.name = piece.name
        saved.data.slice.CopyFrom(part.as_proto())
        saved.data.data = listed_proto(piece.value).SerializeToString()
        key = part.key(piece.name)
        if key in rows:
            raise errors.InvalidArgumentError(None, None, f"Tensor {piece.name} is saved twice")
        rows[key] = saved.SerializeToString()
    rows[b""] = whole.SerializeToString()
    with synced(path) as file:
        write_table(file, iter(sorted(rows.items())))
