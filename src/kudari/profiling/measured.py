"""The nodes of a graph with what is known of them: types, sizes, operations, lines, and what steps took."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

from ..graph.graph import Graph
from ..graph.operation import Operation
from ..protos import proto
from ..shape import Shape
from .op_log import merged_log, shapes_of

TIMES = ("exec_micros", "accelerator_exec_micros", "cpu_exec_micros")
BYTES = ("requested_bytes", "peak_bytes", "residual_bytes", "output_bytes")
COUNTED = (*TIMES, *BYTES, "parameters", "float_ops")

_KERNELS = re.compile(r".*/stream:all")
_DEVICE = re.compile(r".*/(device:)?(gpu|cpu|sycl|tpu|cuda|rocm):\d+")
_Step = dict[str, int]


class Node:
    """A node of the graph.

    Args:
      op: the node.
      shape: that it says it has: of a variable or placeholder, otherwise `None`.
      input_shapes: of its inputs.
    """

    def __init__(self, op: Operation, shape: Shape, input_shapes: list[Shape]):
        self.name, self.op = op.name, op
        self.types = {op.type}
        self.shape = None if shape is None else _listed(shape)
        self.input_shapes = [_listed(each) for each in input_shapes]
        self.device = ""
        self.devices: set[str] = set()
        self.float_ops = 0
        self.trace: list[str] = []
        self.steps: dict[int, _Step] = {}

    @property
    def parameters(self) -> int:
        """How many numbers its shape has, 0 if it has none or one that is open."""
        return math.prod(self.shape) if self.shape and min(self.shape) >= 0 else 0

    def add_times(self, step: int, device: str, stats: Any) -> None:
        """Add what a step says of this node; one node may run several times in a step."""
        found = self.steps.setdefault(step, dict.fromkeys((*TIMES, *BYTES, "run_count"), 0))
        micros = max(stats.op_end_rel_micros, 1) if stats.all_start_micros else 0
        if _KERNELS.fullmatch(device):
            found["accelerator_exec_micros"] += micros
            return
        if not _DEVICE.fullmatch(device):
            return
        self.device = device
        self.devices.add(device)
        found["run_count"] += 1
        found["cpu_exec_micros"] += micros
        for memory in stats.memory:
            found["requested_bytes"] += memory.total_bytes
            found["peak_bytes"] += memory.peak_bytes
            found["residual_bytes"] += memory.live_bytes
        for output in stats.output:
            allocation = output.tensor_description.allocation_description
            found["output_bytes"] += max(allocation.allocated_bytes, allocation.requested_bytes)

    def counts(self, step: int) -> dict[str, int]:
        """What it counts in a step, or, if that is -1, in all on average."""
        chosen = list(self.steps.values()) if step < 0 else [self.steps[step]] if step in self.steps else []
        found = {key: sum(each[key] for each in chosen) // max(len(chosen), 1) for key in (*TIMES, *BYTES, "run_count")}
        found["exec_micros"] = found["accelerator_exec_micros"] + found["cpu_exec_micros"]
        found["parameters"] = self.parameters
        found["float_ops"] = self.float_ops * max(found["run_count"], 1)
        return found


def _listed(shape: Shape) -> list[int]:
    """A shape as profiles have it: -1 where it is open, `[1]` for a scalar, nothing if even the rank is not known."""
    if shape is None:
        return []
    return [-1 if size is None else size for size in shape] or [1]


class Profile:
    """A graph, and what steps of it took.

    Args:
      graph: the graph.
      op_log: an `OpLogProto` with types and numbers of the user's own, or `None`.
      run_meta: the `RunMetadata` of a step, or `None`.
      add_trace: whether to keep the lines that made the nodes.
    """

    def __init__(self, graph: Graph, op_log: Any = None, run_meta: Any = None, add_trace: bool = True):
        self._graph = graph
        self.nodes: dict[str, Node] = {}
        self.steps: dict[int, Any] = {}
        self._ids: dict[int, str] = {}
        self.update(op_log, run_meta, add_trace)

    def update(self, op_log: Any, run_meta: Any, add_trace: bool = True) -> None:
        """Take in the nodes that the graph has now."""
        shape_of = shapes_of(self._graph, run_meta)
        for op in self._graph.get_operations():
            input_shapes = [shape_of(tensor) for tensor in op.inputs]
            if op.name not in self.nodes:
                shape = op.attrs.get("shape") if _is_shape(op) else None
                self.nodes[op.name] = Node(op, shape, input_shapes)
            else:
                self.nodes[op.name].input_shapes = [_listed(each) for each in input_shapes]
        log = merged_log(self._graph, op_log, run_meta, add_trace)
        for entry in log.log_entries:
            node = self.nodes.get(entry.name)
            if node is not None:
                node.float_ops = entry.float_ops or node.float_ops
                node.types.update(entry.types)
                node.trace = list(_lines(entry.code_def, log.id_to_string)) or node.trace

    def add_step(self, step: int, run_meta: Any) -> None:
        """Add the measurements of a step."""
        self.steps[step] = run_meta
        for device in run_meta.step_stats.dev_stats:
            for stats in device.node_stats:
                node = self.nodes.get(stats.node_name.partition(":")[0])
                if node is not None:
                    node.add_times(step, device.device.lower(), stats)

    @property
    def coverage(self) -> float:
        """Which part of the nodes has been seen in a step."""
        return sum(bool(node.steps) for node in self.nodes.values()) / max(len(self.nodes), 1)

    def as_message(self) -> Any:
        """Return all of it as a `ProfileProto`."""
        found = proto("ProfileProto")(has_trace=any(node.trace for node in self.nodes.values()), steps=sorted(self.steps))
        numbers = {name: i for i, name in enumerate(self.nodes)}
        for name, node in self.nodes.items():
            _describe(found.nodes[numbers[name]], node, numbers)
        return found


def _is_shape(op: Operation) -> bool:
    declared = op.definition.attrs.get("shape")
    return declared is not None and declared.kind == "shape"


def _lines(code: Any, texts: Any) -> Iterator[str]:
    for trace in code.traces:
        file = texts[trace.file_id].rpartition("/")[2]
        yield f"{_short(file)}:{trace.lineno}:{_short(texts[trace.function_id])}"


def _short(text: str) -> str:
    return text if len(text) <= 20 else f"{text[:17]}..."


def _describe(entry: Any, node: Node, numbers: dict[str, int]) -> None:
    entry.name, entry.op, entry.id = node.name, node.op.type, numbers[node.name]
    entry.op_types.extend(sorted(node.types))
    entry.shape.extend(node.shape or ())
    entry.canonical_device, entry.float_ops = node.device, node.float_ops
    for i, tensor in enumerate(node.op.inputs):
        entry.inputs[i] = numbers[tensor.op.name]
        entry.input_shapes[i].int64_values.extend(node.input_shapes[i])
    for i, tensor in enumerate(node.op.outputs):
        entry.output_shapes[i].int64_values.extend(_listed(tensor.static_shape))
    for step, counts in node.steps.items():
        run = entry.execs[step]
        run.run_count = counts["run_count"]
        run.devices.extend(sorted(node.devices))
        run.cpu_execs[node.device].times.add().int64_values.extend([0, counts["cpu_exec_micros"]])
        run.memory_execs.add(**{key: counts[key] for key in BYTES})
