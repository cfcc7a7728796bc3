"""Steps watched node by node: what `RunOptions(trace_level=...)` asks for, written into a `RunMetadata`."""

from __future__ import annotations

import threading
import time
from typing import Any

import jax
import numpy as np

from ..graph.graphdef import input_names, node_def, versions
from ..graph.operation import Operation
from ..protos import proto
from .compiled import choose, split_reads
from .frames import all_ops
from .interpret import Interpreter
from .plan import Plan, Segment, variables_written
from .store import VariableStore
from .stores import OPS as STORE_OPS
from .traced import UntraceableError

_HOST = "/job:localhost/replica:0/task:0/device:CPU:0"
_MISSING = object()
_ONCE = {*STORE_OPS, "DestroyResourceOp"}  # what they do in Python cannot be undone


def asks_to_watch(options: Any) -> bool:
    """Whether `RunOptions` ask for anything that a compiled step does not tell."""
    return options is not None and bool(options.trace_level or options.output_partition_graphs)


class StepTrace:
    """Gathers what each node of one step takes.

    The nodes run one after the other. What runs on a device is run twice, and the second time counts: the first compiles.
    Memory is that of the outputs; what XLA needs besides while it computes them is not known.
    """

    def __init__(self) -> None:
        self._devices: dict[str, Any] = {}

    def add(self, op: Operation, started: int, ended: int, outputs: list[tuple[int, Any]], device: str) -> None:
        """Note that `op` ran.

        Args:
          op: that ran.
          started: when, in nanoseconds of the clock.
          ended: when its outputs were there.
          outputs: their numbers and arrays.
          device: that it ran on.
        """
        nanos = ended - started
        label = f"{op.name} = {op.type}({', '.join(input_names(op))})"
        stats = self._devices.setdefault(device, proto("DeviceStepStats")(device=device)).node_stats.add(
            node_name=op.name, all_start_micros=started // 1000, op_end_rel_micros=nanos // 1000,
            all_end_rel_micros=nanos // 1000, scheduled_micros=started // 1000, all_start_nanos=started,
            op_end_rel_nanos=nanos, all_end_rel_nanos=nanos, scheduled_nanos=started,
            thread_id=threading.get_ident() % (1 << 32), timeline_label=label)
        allocator = "cpu" if device == _HOST else device.rpartition("device:")[2]
        for slot, value in outputs:
            description = stats.output.add(slot=slot).tensor_description
            description.dtype = op.outputs[slot].dtype.base_dtype.as_datatype_enum
            for size in np.shape(value):
                description.shape.dim.add(size=size)
            description.allocation_description.requested_bytes = value.nbytes
            description.allocation_description.allocator_name = allocator
        if outputs:
            total = sum(value.nbytes for _, value in outputs)
            stats.memory.add(allocator_name=allocator, total_bytes=total, peak_bytes=total)

    def write_to(self, run_metadata: Any) -> None:
        """Put what was gathered into `run_metadata`."""
        for device in sorted(self._devices):
            run_metadata.step_stats.dev_stats.append(self._devices[device])


class Watcher(Interpreter):
    """An interpreter that tells a `StepTrace` when each op ran.

    Args:
      trace: to be told.
      overrides: lowerings to use instead of the definitions', by op type.
      *args: those of `Interpreter`.
      **kwargs: likewise.
    """

    def __init__(self, trace: StepTrace, overrides: dict[str, Any], *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self._trace, self.overrides = trace, overrides
        self._device = device_name()

    def run(self, unit: Any) -> None:
        """Run an op, and tell how long it took; a loop runs its ops so."""
        if not isinstance(unit, Operation):
            super().run(unit)
            return
        is_hosted = unit.definition.host or self._folds or unit.type in _ONCE
        if not is_hosted and self._runs(unit):
            self._warm_up(unit)
        started = time.time_ns()
        super().run(unit)
        outputs = self._finished(unit)
        ended = time.time_ns()
        if unit not in self._dead:
            self._trace.add(unit, started, ended, outputs, _HOST if is_hosted else self._device)

    def _warm_up(self, op: Operation) -> None:
        """Run an op whose effects are undone."""
        before = {v: self.state.get(v, _MISSING) for v in variables_written(op)}
        super().run(op)
        self._finished(op)
        for variable, value in before.items():
            if value is _MISSING:
                self.state.pop(variable, None)
            else:
                self.state[variable] = value
        for tensor in op.outputs:
            self.values.pop(tensor, None)

    def _finished(self, op: Operation) -> list[tuple[int, Any]]:
        """The output arrays of `op` with their numbers, when they are computed, as are the variables it sets."""
        jax.block_until_ready([self.state[v] for v in variables_written(op) if isinstance(self.state.get(v), jax.Array)])
        found = [(slot, self.values.get(tensor)) for slot, tensor in enumerate(op.outputs)]
        return [(slot, jax.block_until_ready(value)) for slot, value in found if hasattr(value, "nbytes")]


def device_name() -> str:
    """The device that compiled programs run on, as TensorFlow names devices."""
    device = jax.devices()[0]
    return f"/job:localhost/replica:0/task:0/device:{device.platform.upper()}:{device.id}"


def overrides_of(segment: Segment, mode: str, state: VariableStore, inputs: list[Any]) -> dict[str, Any]:
    """Return the lowerings that a segment is compiled with instead of the definitions', so that a watched step gives what
    another does."""
    if segment.on_host or not segment.is_traceable:
        return {}
    try:
        args = (*(tuple(state[v] for v in part) for part in split_reads(segment)), tuple(inputs))
        statics = {t: np.asarray(inputs[segment.inputs.index(t)]) for t in segment.static_inputs}
        return choose(segment, mode, statics, args)[1]
    except UntraceableError:
        return {}


def partition_graph(plan: Plan) -> Any:
    """Return what a plan runs as a `GraphDef`: its nodes in the order of their making, after those of the fed tensors."""
    fed = {t.op for t in plan.fed}
    ops = sorted({*all_ops(plan.ops), *fed}, key=lambda op: op._id)
    names = {op.name for op in ops}
    nodes = [node_def(op) for op in ops]
    for op, node in zip(ops, nodes):
        if op in fed:  # what it would be computed from is not there
            kept = [name for name in node.input if name.lstrip("^").partition(":")[0] in names]
            del node.input[:]
            node.input.extend(kept)
    return proto("GraphDef")(node=nodes, versions=versions())
