"""The nodes that save variables to a checkpoint and restore them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from ..dtypes import string
from ..functions.array import placeholder_with_default
from ..functions.control import group
from ..functions.strings import string_join
from ..graph.device import DeviceSpec, canonical_name
from ..graph.operation import Operation
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..op.constant import constant
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops.control import with_dependencies
from ..ops.forms import node
from ..ops.shapes import shape_of
from ..protos import proto
from ..variables.partitioned import PartitionedVariable
from .saveables import ResourceVariableSaveable, SaveSpec, saveables_of
from .saveables import SaveableObject as Saveable


def _on_cpu(device: str) -> str:
    spec = DeviceSpec.from_string(device)
    return DeviceSpec(job=spec.job, replica=spec.replica, task=spec.task, device_type="CPU", device_index=0).to_string()


class BaseSaverBuilder:
    """Builds the nodes of a saver; a subclass may save or restore by other ops.

    Args:
      write_version: the format: `tf.train.SaverDef.V1` or `V2`.
    """

    SaveSpec = SaveSpec
    SaveableObject = Saveable
    ResourceVariableSaveable = ResourceVariableSaveable

    def __init__(self, write_version: int | None = None):
        self._write_version = proto("SaverDef").V2 if write_version is None else write_version

    def save_op(self, filename_tensor: Tensor, saveables: Sequence[Saveable]) -> Operation:
        """Return the op that writes a file of everything.

        Raises:
          RuntimeError: if the format is none.
        """
        specs = [spec for saveable in saveables for spec in saveable.specs]
        names, slices = [spec.name for spec in specs], [spec.slice_spec for spec in specs]
        tensors = [spec.tensor for spec in specs]
        if self._write_version == proto("SaverDef").V1:
            return node("SaveSlices", filename_tensor, names, slices, tensors, name="save")
        if self._write_version == proto("SaverDef").V2:
            return node("SaveV2", filename_tensor, names, slices, tensors)
        raise RuntimeError(f"Unexpected write_version: {self._write_version}")

    def bulk_restore(self, filename_tensor: Tensor, saveables: Sequence[Saveable], preferred_shard: int,
                     restore_sequentially: bool) -> list[Tensor]:
        """Return the tensors of everything, read one by one."""
        found: list[Tensor] = []
        for saveable in saveables:
            with get_default_graph().device(_on_cpu(saveable.device) if saveable.device else None):
                found.extend(self.restore_op(filename_tensor, saveable, preferred_shard))
        return found

    def restore_op(self, filename_tensor: Tensor, saveable: Saveable, preferred_shard: int) -> list[Tensor]:
        """Return the tensors of one thing."""
        return [_restored(filename_tensor, [spec])[0] for spec in saveable.specs]

    def sharded_filename(self, filename_tensor: Tensor, shard: int, num_shards: Tensor) -> Tensor:
        """Return the name of one file of several."""
        return node("ShardedFilename", filename_tensor, shard, num_shards)

    def _add_save_ops(self, filename_tensor: Tensor, saveables: Sequence[Saveable]) -> Tensor:
        return with_dependencies([self.save_op(filename_tensor, saveables)], filename_tensor)

    def _add_sharded_save_ops(self, prefix: Tensor, per_device: list[tuple[str, list[Saveable]]]) -> Tensor:
        """Save what each device has to files of its own, and make one checkpoint of them."""
        graph, is_new = get_default_graph(), self._write_version == proto("SaverDef").V2
        parts = string_join([prefix, f"_temp_{uuid.uuid4().hex}/part"]) if is_new else prefix
        count = constant(len(per_device), name="num_shards")
        names, saves = [], []
        for shard, (device, saveables) in enumerate(per_device):
            with graph.device(_on_cpu(device) if is_new else device):
                names.append(self.sharded_filename(parts, shard, count))
                saves.append(self._add_save_ops(names[-1], saveables))
        with graph.control_dependencies([saved.op for saved in saves]):
            if not is_new:
                return node("ShardedFilespec", prefix, count)
            with graph.device(_on_cpu(per_device[-1][0])):
                merged = node("MergeV2Checkpoints", names, prefix, delete_old_dirs=True)
                with graph.control_dependencies([merged]):
                    return node("Identity", prefix)

    def _add_restore_ops(self, filename_tensor: Tensor, saveables: Sequence[Saveable], restore_sequentially: bool,
                         reshape: bool, preferred_shard: int = -1, name: str = "restore_all") -> Operation:
        values = iter(self.bulk_restore(filename_tensor, saveables, preferred_shard, restore_sequentially))
        assigned = []
        for saveable in saveables:
            shapes = [_shape(spec.tensor) for spec in saveable.specs] if reshape else None
            assigned.append(saveable.restore([next(values) for _ in saveable.specs], shapes))
        return group(*assigned, name=name)

    def _add_sharded_restore_ops(self, filename_tensor: Tensor, per_device: list[tuple[str, list[Saveable]]],
                                 restore_sequentially: bool, reshape: bool) -> Operation:
        restored = []
        for shard, (device, saveables) in enumerate(per_device):
            with get_default_graph().device(device):
                restored.append(self._add_restore_ops(filename_tensor, saveables, restore_sequentially, reshape, shard,
                                                      name="restore_shard"))
        return group(*restored, name="restore_all")

    def build(self, names_to_saveables: Any, reshape: bool = False, sharded: bool = False, max_to_keep: int | None = 5,
              keep_checkpoint_every_n_hours: float = 10000.0, name: str | None = None, restore_sequentially: bool = False,
              filename: str | None = "model") -> Any:
        """Add the nodes that save and restore, and return a `SaverDef` that names them.

        Args:
          names_to_saveables: what to save, a list or a dict by name.
          reshape: whether to reshape what is read to the shape of its variable.
          sharded: whether to write a file for each device.
          max_to_keep: how many checkpoints a saver keeps.
          keep_checkpoint_every_n_hours: how often it keeps one for good.
          name: of the scope.
          restore_sequentially: kept for callers; what is read is assigned when it is there.
          filename: the default of the file's name.

        Raises:
          TypeError: if something cannot be saved.
          ValueError: if two things have one name, or one thing is on two devices.
        """
        saveables = saveables_of(names_to_saveables)
        with scoped(name, "save", [s.op for s in saveables]):
            path = placeholder_with_default(convert_to_tensor(filename or "model", string, name="filename/input"), [],
                                            name="filename")
            path = placeholder_with_default(path, [], name="Const")
            if sharded:
                per_device = _by_device(saveables)
                saved = self._add_sharded_save_ops(path, per_device)
                restored = self._add_sharded_restore_ops(path, per_device, restore_sequentially, reshape)
            else:
                saved = self._add_save_ops(path, saveables)
                restored = self._add_restore_ops(path, saveables, restore_sequentially, reshape)
        _join_partitioned()
        return proto("SaverDef")(
            filename_tensor_name=path.name, save_tensor_name=saved.name, restore_op_name=restored.name,
            max_to_keep=max_to_keep or 0, sharded=sharded, keep_checkpoint_every_n_hours=keep_checkpoint_every_n_hours,
            version=self._write_version)


class BulkSaverBuilder(BaseSaverBuilder):
    """Reads everything by one op."""

    def bulk_restore(self, filename_tensor: Tensor, saveables: Sequence[Saveable], preferred_shard: int,
                     restore_sequentially: bool) -> list[Tensor]:
        """Return the tensors of everything."""
        with get_default_graph().device("cpu:0"):
            return _restored(filename_tensor, [spec for saveable in saveables for spec in saveable.specs])


def _restored(filename_tensor: Tensor, specs: list[SaveSpec]) -> list[Tensor]:
    names, slices = [spec.name for spec in specs], [spec.slice_spec for spec in specs]
    return node("RestoreV2", filename_tensor, names, slices, [spec.dtype.base_dtype for spec in specs])


def _shape(tensor: Any) -> Any:
    shape = tensor.get_shape()
    return shape if shape.is_fully_defined() else shape_of(convert_to_tensor(tensor))


def _by_device(saveables: list[Saveable]) -> list[tuple[str, list[Saveable]]]:
    found: dict[str, list[Saveable]] = {}
    for saveable in saveables:
        devices = {canonical_name(spec.tensor.device) for spec in saveable.specs}
        if len(devices) != 1:
            raise ValueError(f"All tensors of a saveable object must be on the same device: {saveable.name}")
        found.setdefault(devices.pop(), []).append(saveable)
    return sorted(found.items())


def _join_partitioned() -> None:
    """Have a node under the name of each partitioned variable that a collection holds, which a reader will look up."""
    graph = get_default_graph()
    for key in graph.get_all_collection_keys():
        for item in graph.get_collection(key):
            if isinstance(item, PartitionedVariable):
                try:
                    graph.get_operation_by_name(item.name)
                except KeyError:
                    item.as_tensor()
