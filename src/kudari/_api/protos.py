"""Public names of protocol buffer messages, and of what makes and reads them."""

from __future__ import annotations

from functools import partial

from ..example_protos import NAMES as EXAMPLES
from ..graph.tensor_proto import make_ndarray
from ..op import create_op  # noqa: F401 - a method of graphs
from ..op.import_graph import import_graph_def
from ..op.tensor_proto import make_tensor_proto
from ..protos import proto
from ..train.write_graph import write_graph

NAMES = {
    "import_graph_def graph_util.import_graph_def": import_graph_def,
    "io.write_graph train.write_graph": write_graph,
    "make_ndarray contrib.util.make_ndarray": make_ndarray,
    "make_tensor_proto contrib.util.make_tensor_proto": make_tensor_proto,
}

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
    **{name: f"train.{name}" for name in EXAMPLES},
}

# Each value is a function that imports the message class: importing the classes here would cost every program that
# never looks at one.
LAZY_NAMES = {paths: partial(proto, name) for name, paths in _PATHS.items()}
