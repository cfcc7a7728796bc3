"""The messages in the index of a checkpoint; shapes, versions and tensors in them are kept serialized."""

from __future__ import annotations

from functools import cache
from typing import Any

from ..declared_protos import Fields, declared

_MESSAGES: dict[str, Fields] = {
    "TensorSliceExtent": [("start", "int64", "one"), ("length", "int64", "kind")],
    "TensorSliceProto": [("extent", "TensorSliceExtent", "repeated")],
    "BundleHeaderProto": [("num_shards", "int32", "one"), ("endianness", "int32", "one"), ("version", "bytes", "one")],
    "BundleEntryProto": [("dtype", "int32", "one"), ("shape", "bytes", "one"), ("shard_id", "int32", "one"),
                         ("offset", "int64", "one"), ("size", "int64", "one"), ("crc32c", "fixed32", "one"),
                         ("slices", "TensorSliceProto", "repeated")],
    "SavedSliceMeta": [("name", "string", "one"), ("shape", "bytes", "one"), ("type", "int32", "one"),
                       ("slice", "TensorSliceProto", "repeated")],
    "SavedTensorSliceMeta": [("tensor", "SavedSliceMeta", "repeated"), ("versions", "bytes", "one")],
    "SavedSlice": [("name", "string", "one"), ("slice", "TensorSliceProto", "one"), ("data", "bytes", "one")],
    "SavedTensorSlices": [("meta", "SavedTensorSliceMeta", "one"), ("data", "SavedSlice", "one")],
}


@cache
def _classes() -> dict[str, Any]:
    return declared("tensorflow/core/protobuf/tensor_bundle.proto", _MESSAGES)


def message(name: str) -> Any:
    """Return the message class `name`."""
    return _classes()[name]
