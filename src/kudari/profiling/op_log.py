"""What a profile knows of nodes besides the graph: their operations on floats, their lines, and types of the user's own."""

from __future__ import annotations

import os
import sys
from typing import Any

from ..graph.collections import GraphKeys
from ..graph.graph import Graph
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..protos import proto
from ..shape import Shape
from .float_ops import ShapeOf, float_ops

TRAINABLE_VARIABLES = "_trainable_variables"


def shapes_of(graph: Graph, run_meta: Any) -> ShapeOf:
    """Return a function from a tensor to its shape: the static one, or if that is open the one that a step had."""
    seen: dict[Tensor, Shape] = {}
    by_name = {op.name: op for op in graph.get_operations()} if run_meta else {}
    for device in run_meta.step_stats.dev_stats if run_meta else ():
        for stats in device.node_stats:
            op = by_name.get(stats.node_name)
            if op is None or len(op.outputs) != len(stats.output):
                continue
            for tensor, output in zip(op.outputs, stats.output):
                seen[tensor] = tuple(dim.size for dim in output.tensor_description.shape.dim)
    return lambda tensor: seen.get(tensor, tensor.static_shape) if _is_open(tensor) else tensor.static_shape


def _is_open(tensor: Tensor) -> bool:
    return tensor.static_shape is None or None in tensor.static_shape


def merged_log(graph: Graph, op_log: Any = None, run_meta: Any = None, add_trace: bool = True) -> Any:
    """Return an `OpLogProto` of what is found in a graph, and of what the user adds.

    Args:
      graph: the graph.
      op_log: the user's; its types join those found, its numbers of operations count where none is found.
      run_meta: a `RunMetadata`, for shapes that only a step tells.
      add_trace: whether to note the lines that made the nodes.
    """
    numbers = {"none": 0}
    log = proto("OpLogProto")(log_entries=_found(graph, run_meta, add_trace, numbers))
    for text, number in numbers.items():
        log.id_to_string[number] = text
    known = {entry.name: entry for entry in log.log_entries}
    for entry in op_log.log_entries if op_log is not None else ():
        if entry.name not in known:
            log.log_entries.append(entry)
            continue
        mine = known[entry.name]
        mine.types.extend(entry.types)
        mine.float_ops = mine.float_ops or entry.float_ops
        if not mine.code_def.traces:
            mine.code_def.MergeFrom(entry.code_def)
    return log


def _found(graph: Graph, run_meta: Any, add_trace: bool, numbers: dict[str, int]) -> list[Any]:
    """An entry for each node there is something to say of; `numbers` gets the texts of their traces."""
    shape_of, missing = shapes_of(graph, run_meta), 0
    trained = {variable.op.name for variable in graph.get_collection(GraphKeys.TRAINABLE_VARIABLES)}
    entries = []
    for op in graph.get_operations():
        entry = proto("OpLogEntry")(name=op.name)
        try:
            entry.float_ops = float_ops(op, shape_of)
        except ValueError:
            missing += 1
        if op.name in trained:
            entry.types.append(TRAINABLE_VARIABLES)
        for file, line, function, text in op.traceback if add_trace else ():
            ids = [numbers.setdefault(each or "none", len(numbers)) for each in (file, function, text)]
            entry.code_def.traces.add(file_id=ids[0], lineno=line, function_id=ids[1], line_id=ids[2])
        if entry.float_ops or entry.types or add_trace:
            entries.append(entry)
    if missing and not run_meta:
        sys.stderr.write(f"{missing} ops no flops stats due to incomplete shapes.\n")
    return entries


def write_op_log(graph: Graph, log_dir: Any, op_log: Any = None, run_meta: Any = None, add_trace: bool = True) -> None:
    """Write what a profile needs besides the graph to the file `tfprof_log` in `log_dir`.

    Args:
      graph: the graph; the default graph if `None`.
      log_dir: an existing folder.
      op_log: an `OpLogProto` with types and numbers of the user's own.
      run_meta: a `RunMetadata`, for shapes that only a step tells.
      add_trace: whether to note the lines that made the nodes.
    """
    log = merged_log(graph or get_default_graph(), op_log, run_meta, add_trace)
    with open(os.path.join(log_dir, "tfprof_log"), "wb") as file:
        file.write(log.SerializeToString())
