"""Public names of protocol buffer messages."""

from __future__ import annotations

from functools import partial

from ..protos import proto

_PATHS = {
    "AttrValue": "AttrValue",
    "ClusterDef": "train.ClusterDef",
    "ConfigProto": "ConfigProto",
    "Event": "Event summary.Event",
    "GPUOptions": "GPUOptions",
    "GraphDef": "GraphDef",
    "GraphOptions": "GraphOptions",
    "HistogramProto": "HistogramProto",
    "JobDef": "train.JobDef",
    "LogMessage": "LogMessage",
    "MetaGraphDef": "MetaGraphDef",
    "NameAttrList": "NameAttrList",
    "NodeDef": "NodeDef",
    "OpLogProto": "profiler.OpLogProto",
    "OptimizerOptions": "OptimizerOptions",
    "RunMetadata": "RunMetadata",
    "RunOptions": "RunOptions",
    "SaverDef": "train.SaverDef",
    "SessionLog": "SessionLog summary.SessionLog",
    "Summary": "Summary summary.Summary",
    "SummaryDescription": "summary.SummaryDescription",
    "SummaryMetadata": "SummaryMetadata",
    "TaggedRunMetadata": "summary.TaggedRunMetadata",
    "TensorInfo": "TensorInfo",
}

# Each value is a function that imports the message class: importing the classes here would cost every program that
# never looks at one.
LAZY_NAMES = {paths: partial(proto, name) for name, paths in _PATHS.items()}
