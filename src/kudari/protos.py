"""The protocol buffer messages of TensorFlow, imported when they are first used."""

from __future__ import annotations

import importlib
from functools import cache
from typing import Any

from .example_protos import NAMES, message_classes

_MODULES = {
    "attr_value_pb2": "AttrValue NameAttrList",
    "cluster_pb2": "ClusterDef JobDef",
    "config_pb2": "ConfigProto GPUOptions GraphOptions OptimizerOptions RunMetadata RunOptions",
    "cost_graph_pb2": "CostGraphDef",
    "event_pb2": "Event LogMessage SessionLog TaggedRunMetadata",
    "function_pb2": "FunctionDefLibrary",
    "graph_pb2": "GraphDef",
    "histogram_pb2": "HistogramProto",
    "meta_graph_pb2": "AssetFileDef CollectionDef MetaGraphDef SignatureDef TensorInfo",
    "node_def_pb2": "NodeDef",
    "op_def_pb2": "OpDef OpList",
    "saver_pb2": "SaverDef",
    "step_stats_pb2": "DeviceStepStats NodeExecStats StepStats",
    "summary_pb2": "Summary SummaryDescription SummaryMetadata",
    "tensor_pb2": "TensorProto",
    "tensor_shape_pb2": "TensorShapeProto",
    "tfprof_log_pb2": "OpLogEntry OpLogProto ProfileProto",
    "trackable_object_graph_pb2": "TrackableObjectGraph",
    "variable_pb2": "SaveSliceInfoDef VariableDef",
    "versions_pb2": "VersionDef",
}

MODULE_OF = {name: module for module, names in _MODULES.items() for name in names.split()}


@cache
def proto(name: str) -> Any:
    """Return the message class `name`.

    Args:
      name: of a message, such as `"GraphDef"`.

    Raises:
      LookupError: if there is no such message here.
    """
    if name in NAMES:
        return message_classes()[name]
    if name not in MODULE_OF:
        raise LookupError(f"No protocol buffer message '{name}'; there are: {', '.join(sorted(MODULE_OF))}.")
    return getattr(importlib.import_module(f"tensorboard.compat.proto.{MODULE_OF[name]}"), name)
