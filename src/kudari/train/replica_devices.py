"""The devices of the nodes of a model that is trained by several workers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ..graph.device import DeviceSpec
from ..platform import logging
from .cluster import ClusterSpec

STANDARD_PS_OPS = (
    "Variable", "VariableV2", "AutoReloadVariable", "MutableHashTable", "MutableHashTableV2", "MutableHashTableOfTensors",
    "MutableHashTableOfTensorsV2", "MutableDenseHashTable", "MutableDenseHashTableV2", "VarHandleOp",
    "BoostedTreesEnsembleResourceHandleOp", "BoostedTreesQuantileStreamResourceHandleOp", "ResourceConditionalAccumulator")


def replica_device_setter(ps_tasks: int = 0, ps_device: str = "/job:ps", worker_device: str = "/job:worker",
                          merge_devices: bool = True, cluster: Any = None, ps_ops: Sequence[str] | None = None,
                          ps_strategy: Callable | None = None) -> Callable[[Any], str] | None:
    """Return what to give to `tf.device`: it puts variables on the parameter servers in turn, all else on the worker.

    Devices are recorded in the graph; they decide nothing where there is one process.

    Args:
      ps_tasks: how many parameter servers there are, if there is no `cluster`.
      ps_device: the device of the parameter servers.
      worker_device: the device of the worker.
      merge_devices: whether devices given inside are joined with these, or take their place.
      cluster: a `ClusterSpec`, or what one is made of.
      ps_ops: the types of nodes that go to the parameter servers; those of variables and tables if `None`.
      ps_strategy: which server a node goes to, by its number; each in turn if `None`.

    Returns:
      A function of a node; `None` if there are no parameter servers.

    Raises:
      TypeError: if `cluster` is none, or `ps_strategy` cannot be called.
    """
    if cluster is not None:
        tasks = ClusterSpec(cluster).as_dict()
        job = DeviceSpec.from_string(ps_device).job
        if job not in tasks:
            return None
        ps_tasks = len(tasks[job])
    if ps_tasks == 0:
        return None
    if not merge_devices:
        logging.warning("DEPRECATION: It is recommended to set merge_devices=true in replica_device_setter")
    choose = _in_turn(ps_tasks) if ps_strategy is None else ps_strategy
    if not callable(choose):
        raise TypeError("ps_strategy must be callable")
    moved = STANDARD_PS_OPS if ps_ops is None else ps_ops

    def device_of(op: Any) -> str:
        if not merge_devices and op.device:
            return op.device
        own = DeviceSpec.from_string(op.device or "")
        place = DeviceSpec.from_string(worker_device or "")
        if ps_device and (op.op if hasattr(op, "op") else op.type) in moved:
            place = DeviceSpec.from_string(ps_device)
            if place.job and own.job in (None, place.job):
                place = place.replace(task=choose(op))
        return place.make_merged_spec(own).to_string()

    return device_of


def _in_turn(count: int) -> Callable[[Any], int]:
    number = -1

    def choose(op: Any) -> int:
        nonlocal number
        number = (number + 1) % count
        return number

    return choose
