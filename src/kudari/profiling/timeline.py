"""Steps as traces that Chrome shows (`chrome://tracing`)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

_LABEL = re.compile(r"(.*) = (.*)\((.*)\)")


class AllocationMaximum(NamedTuple):
    """When an allocator held most.

    Args:
      timestamp: in microseconds.
      num_bytes: that it held then.
      tensors: their names.
    """

    timestamp: int
    num_bytes: int
    tensors: set[str]


class StepStatsAnalysis(NamedTuple):
    """What is found in the statistics of a step.

    Args:
      chrome_trace: has `format_to_string(pretty=False)`.
      allocator_maximums: an `AllocationMaximum` by allocator.
    """

    chrome_trace: ChromeTrace
    allocator_maximums: dict[str, AllocationMaximum]


class ChromeTrace:
    """Events as Chrome reads them."""

    def __init__(self) -> None:
        self.processes: list[dict] = []
        self.events: list[dict] = []

    def add(self, phase: str, category: str, name: str, pid: int, tid: int, timestamp: int, **more: Any) -> None:
        """Add an event; `phase` is the letter of its kind, `timestamp` in microseconds."""
        self.events.append({"ph": phase, "cat": category, "name": name, "pid": pid, "tid": tid, "ts": timestamp, **more})

    def process(self, name: str) -> int:
        """Add a process, and return its number."""
        pid = len(self.processes)
        self.processes.append({"name": "process_name", "ph": "M", "pid": pid, "args": {"name": name}})
        return pid

    def format_to_string(self, pretty: bool = False) -> str:
        """Return the trace as JSON, indented if `pretty`."""
        trace = {"traceEvents": self.processes + self.events}
        return json.dumps(trace, indent=4, separators=(",", ": ")) if pretty else json.dumps(trace, separators=(",", ":"))


class _Tensor:
    """A tensor while it is used."""

    def __init__(self, number: int, stats: Any, size: int, allocator: str, compute_pid: int, pid: int):
        self.number, self.size, self.allocator, self.pid = number, size, allocator, pid
        self.made, self.last_use = stats.all_start_micros, _end(stats)
        self.origin = (self.last_use, compute_pid, stats.thread_id)


class Timeline:
    """Draws what `RunOptions(trace_level=RunOptions.FULL_TRACE)` measured.

    Args:
      step_stats: a `StepStats`, as in `run_metadata.step_stats`.
      graph: that was run; what the statistics say is enough.
    """

    def __init__(self, step_stats: Any, graph: Any = None):
        self._step_stats = step_stats
        self._trace = ChromeTrace()
        self._pids: dict[str, tuple[int, int]] = {}
        self._tensors: dict[str, _Tensor] = {}
        self._flows = 0

    def generate_chrome_trace_format(self, show_dataflow: bool = True, show_memory: bool = False) -> str:
        """Return the trace as JSON.

        Args:
          show_dataflow: whether arrows go from the node that made a tensor to those that take it.
          show_memory: whether it shows the tensors, and how much memory they take together.
        """
        analysis = self.analyze_step_stats(show_dataflow=show_dataflow, show_memory=show_memory)
        return analysis.chrome_trace.format_to_string(pretty=True)

    def analyze_step_stats(self, show_dataflow: bool = True, show_memory: bool = True) -> StepStatsAnalysis:
        """Return the trace, and when each allocator held most.

        Args:
          show_dataflow: as in `generate_chrome_trace_format`.
          show_memory: likewise; without it no maxima are found.
        """
        self._allocators = self._trace.process("Allocators")
        for device in self._step_stats.dev_stats:
            self._pids[device.device] = (self._trace.process(device.device + " Compute"),
                                         self._trace.process(device.device + " Tensors"))
            _assign_lanes(device.node_stats)
        for device in self._step_stats.dev_stats:
            for stats in device.node_stats:
                self._add_tensors(stats, *self._pids[device.device], show_memory)
        for device in self._step_stats.dev_stats:
            for stats in device.node_stats:
                self._add_node(stats, device.device, show_dataflow)
        return StepStatsAnalysis(self._trace, self._add_memory() if show_memory else {})

    def _add_tensors(self, stats: Any, compute_pid: int, pid: int, show_memory: bool) -> None:
        for index, output in enumerate(stats.output):
            name = f"{stats.node_name}:{index}" if index else stats.node_name
            allocation = output.tensor_description.allocation_description
            tensor = self._tensors[name] = _Tensor(len(self._tensors), stats, allocation.requested_bytes,
                                                   allocation.allocator_name, compute_pid, pid)
            if show_memory:
                snapshot = {"tensor_description": str(output.tensor_description).replace('"', "")}
                where = ("Tensor", name, pid, stats.thread_id)
                self._trace.add("N", *where, stats.all_start_micros, id=tensor.number)
                self._trace.add("O", *where, _end(stats) - 1, id=tensor.number, args={"snapshot": snapshot})

    def _add_node(self, stats: Any, device: str, show_dataflow: bool) -> None:
        is_kernel = "/stream:" in device or "/memcpy" in device
        name, kind, inputs = _described(stats, is_kernel)
        pid, tid = self._pids[device][0], stats.thread_id
        arguments = {"name": name, "op": kind, **{f"input{i}": source for i, source in enumerate(inputs)}}
        self._trace.add("X", "Op", kind, pid, tid, stats.all_start_micros, dur=stats.all_end_rel_micros, args=arguments)
        for source, tensor in () if is_kernel else self._sources(inputs):
            tensor.last_use = max(tensor.last_use, _end(stats) - 1)
            made, from_pid, from_tid = tensor.origin
            if show_dataflow and (from_pid, from_tid) != (pid, tid):
                self._trace.add("s", "DataFlow", source, from_pid, from_tid, made, id=self._flows)
                self._trace.add("t", "DataFlow", source, pid, tid, stats.all_start_micros, id=self._flows)
                self._flows += 1

    def _sources(self, inputs: list[str]) -> Iterator[tuple[str, _Tensor]]:
        for name in inputs:
            if name not in self._tensors and name.rfind("/_") > 0:  # came through a transfer between devices
                name = name[:name.rfind("/_")]
            if name in self._tensors:
                yield name, self._tensors[name]

    def _add_memory(self) -> dict[str, AllocationMaximum]:
        changes: dict[str, list[tuple[int, int, str]]] = {}
        for name, tensor in self._tensors.items():
            self._trace.add("D", "Tensor", name, tensor.pid, 0, tensor.last_use, id=tensor.number)
            changes.setdefault(tensor.allocator, []).extend([(tensor.made, tensor.size, name),
                                                             (tensor.last_use, -tensor.size, name)])
        return {allocator: self._add_counter(allocator, sorted(listed)) for allocator, listed in changes.items()}

    def _add_counter(self, allocator: str, changes: list[tuple[int, int, str]]) -> AllocationMaximum:
        held: set[str] = set()
        most, total = AllocationMaximum(0, 0, set()), 0
        for moment, size, name in changes:
            total += size
            (held.discard if size < 0 else held.add)(name)
            if total > most.num_bytes:
                most = AllocationMaximum(moment, total, set(held))
            self._trace.add("C", "Memory", allocator, self._allocators, 0, moment, args={allocator: total})
        return most


def _end(stats: Any) -> int:
    return stats.all_start_micros + stats.all_end_rel_micros


def _assign_lanes(nodes: Any) -> None:
    """Give nodes that run at the same time different thread numbers."""
    ends = [0]
    for stats in nodes:
        lane = next((i for i, end in enumerate(ends) if stats.all_start_micros > end), len(ends))
        ends[lane:lane + 1] = [_end(stats)]
        stats.thread_id = lane


def _described(stats: Any, is_kernel: bool) -> tuple[str, str, list[str]]:
    """The name of the node, its type, and the names of its inputs."""
    if is_kernel:
        name, kind = [*stats.node_name.split(":"), "unknown"][:2]
        return name, kind, []
    if stats.node_name == "RecvTensor":
        return stats.node_name, "RecvTensor", []
    match = _LABEL.match(stats.timeline_label)
    if match is None:
        return stats.node_name, "unknown", []
    return stats.node_name, match[2], match[3].split(", ") if match[3] else []
