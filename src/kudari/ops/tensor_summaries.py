"""Summaries that hold a tensor as it is; what TensorBoard makes of it, their metadata say."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..dtypes import ANY, as_dtype
from ..graph.tensor_proto import array_proto
from ..op.definition import not_differentiable, op
from ..op.rules import scalar
from ..op.signature import Attr
from ..protos import proto
from ..shape import TensorShape
from .summaries import as_message


@op("TensorSummary", "tensor: T -> summary: string", scalar, host=True, T=ANY, description="",
    labels=Attr("list(string)", []), display_name="")
def tensor_summary(tensor, *, node_name):
    """A tensor, by the name of its node; the other attributes are for who reads the graph."""
    return as_message({"node_name": node_name, "tensor": contents(tensor)})


@op("TensorSummaryV2", "tag: string, tensor: T, serialized_summary_metadata: string -> summary: string", scalar, host=True,
    T=ANY)
def tensor_summary_v2(tag, tensor, serialized_summary_metadata):
    """A tensor with a tag."""
    for name, text in (("tag", tag), ("serialized_summary_metadata", serialized_summary_metadata)):
        if text.ndim:
            raise ValueError(f"{name} must be scalar")
    return as_message(tensor_value(tag.item(), tensor, serialized_summary_metadata.item()))


def tensor_value(tag: bytes, tensor: np.ndarray, metadata: bytes) -> dict[str, Any]:
    """Return the summary value of a tensor, with its serialized metadata."""
    return {"tag": tag.decode(), "tensor": contents(tensor), "metadata": proto("SummaryMetadata").FromString(metadata)}


def contents(array: np.ndarray) -> Any:
    """Return the `TensorProto` of an array as kernels write it: all bytes; texts one by one."""
    if array.dtype.hasobject:
        return array_proto(array)
    return proto("TensorProto")(dtype=as_dtype(array.dtype).as_datatype_enum, tensor_content=array.tobytes(),
                                tensor_shape=TensorShape(array.shape).as_proto())


not_differentiable(tensor_summary, tensor_summary_v2)
