"""Savers: variables kept in checkpoints, and the older of these deleted."""

from __future__ import annotations

import os
import time
from typing import Any

import numpy as np

from .. import errors
from ..graph.collections import GraphKeys
from ..graph.graph import Graph
from ..graph.names import under, without
from ..graph.proto_functions import register_proto_function
from ..graph.stack import get_default_graph
from ..platform import logging
from ..protos import proto
from ..runtime.session import BaseSession
from .checkpoint_state import (
    checkpoint_exists,
    get_checkpoint_mtimes,
    meta_graph_filename,
    remove_checkpoint,
    write_state,
)
from .global_step import global_step as step_of
from .meta_graph import export_scoped_meta_graph, import_scoped_meta_graph, read_meta_graph_file
from .object_graph import key_by_full_name
from .saveables import saveables_of
from .saver_builder import BulkSaverBuilder

_V1_WORDS = (
    "*" * 55, "TensorFlow's V1 checkpoint format has been deprecated.",
    "Consider switching to the more efficient V2 format:", "   `tf.train.Saver(write_version=tf.train.SaverDef.V2)`",
    "now on by default.", "*" * 55)


def saveable_variables(scope: str | None = None) -> list[Any]:
    """Return what a saver saves if it is told nothing: the global variables and the other saveable objects."""
    graph = get_default_graph()
    return graph.get_collection(GraphKeys.GLOBAL_VARIABLES, scope) + graph.get_collection(GraphKeys.SAVEABLE_OBJECTS, scope)


class Saver:
    """Saves variables to checkpoints and restores them; the newest checkpoints are kept, others deleted.

    Args:
      var_list: what to save: variables and `SaveableObject`s in a list, or in a dict by the names they get in the
        checkpoint; the global variables if `None`.
      reshape: whether to reshape what is restored to the shape of its variable.
      sharded: whether to write a file for each device.
      max_to_keep: how many of the newest checkpoints to keep; all if `None` or 0.
      keep_checkpoint_every_n_hours: how often to keep one for good, in hours.
      name: of the scope of the nodes.
      restore_sequentially: accepted; variables are restored when they have been read.
      saver_def: the nodes of a saver that are in the graph already.
      builder: makes the nodes, a `BaseSaverBuilder`.
      defer_build: whether `build` is called later.
      allow_empty: whether there may be nothing to save.
      write_version: the format, `tf.train.SaverDef.V2` or `V1`; both are read.
      pad_step_number: whether steps in file names have eight digits.
      save_relative_paths: whether the state file names checkpoints relative to its folder.
      filename: the default of the nodes' file name.

    Raises:
      TypeError: if something cannot be saved.
      ValueError: if there is nothing to save, or two things have one name.
    """

    def __init__(self, var_list: Any = None, reshape: bool = False, sharded: bool = False, max_to_keep: int | None = 5,
                 keep_checkpoint_every_n_hours: float = 10000.0, name: str | None = None, restore_sequentially: bool = False,
                 saver_def: Any = None, builder: Any = None, defer_build: bool = False, allow_empty: bool = False,
                 write_version: int = 2, pad_step_number: bool = False, save_relative_paths: bool = False,
                 filename: str | None = None):
        if defer_build and var_list:
            raise ValueError("If `var_list` is provided then build cannot be deferred. Either set defer_build=False or "
                             "var_list=None.")
        self._var_list, self._reshape, self._sharded = var_list, reshape, sharded
        self._max_to_keep, self._keep_every = max_to_keep, keep_checkpoint_every_n_hours
        self._name, self._restore_sequentially = name, restore_sequentially
        self.saver_def, self._builder = saver_def, builder
        self._is_built, self._allow_empty, self._is_empty = False, allow_empty, False
        self._write_version, self._pad_step_number, self._filename = write_version, pad_step_number, filename
        self._save_relative_paths = save_relative_paths
        self._last_checkpoints: list[tuple[str, float]] = []
        self._to_be_deleted: list[tuple[str, float]] = []
        self._object_saver: Saver | None = None
        if not defer_build:
            self.build()
        if self.saver_def:
            self._check_saver_def()
            self._write_version = self.saver_def.version

    def build(self) -> None:
        """Add the nodes, unless they are there."""
        if self._is_built:
            return
        self._is_built = True
        if self.saver_def is None:
            self._builder = self._builder or BulkSaverBuilder(self._write_version)
            if self._var_list is None:
                self._var_list = saveable_variables()
            if not self._var_list:
                if not self._allow_empty:
                    raise ValueError("No variables to save")
                self._is_empty = True
                return
            self.saver_def = self._builder.build(
                self._var_list, reshape=self._reshape, sharded=self._sharded, max_to_keep=self._max_to_keep,
                keep_checkpoint_every_n_hours=self._keep_every, name=self._name,
                restore_sequentially=self._restore_sequentially, filename=self._filename)
        elif self._name:
            for field in ("filename_tensor_name", "save_tensor_name", "restore_op_name"):
                setattr(self.saver_def, field, under(getattr(self.saver_def, field), self._name))
        self._check_saver_def()
        self._next_kept = time.time() + self.saver_def.keep_checkpoint_every_n_hours * 3600

    def _check_saver_def(self) -> None:
        if not isinstance(self.saver_def, proto("SaverDef")):
            raise ValueError(f"saver_def must be a saver_pb2.SaverDef: {self.saver_def}")
        for field in ("save_tensor_name", "restore_op_name"):
            if not getattr(self.saver_def, field):
                raise ValueError(f"saver_def must specify the {field}: {self.saver_def}")

    def as_saver_def(self) -> Any:
        """Return the `SaverDef` that names the nodes."""
        return self.saver_def

    def to_proto(self, export_scope: str | None = None) -> Any:
        """Return the `SaverDef`, `None` if the nodes are not in the scope `export_scope`."""
        if export_scope is None:
            return self.saver_def
        fields = ("filename_tensor_name", "save_tensor_name", "restore_op_name")
        if not all(getattr(self.saver_def, field).startswith(export_scope) for field in fields):
            return None
        made = proto("SaverDef")()
        made.CopyFrom(self.saver_def)
        for field in fields:
            setattr(made, field, without(getattr(made, field), export_scope))
        return made

    @staticmethod
    def from_proto(saver_def: Any, import_scope: str | None = None) -> Saver:
        """Return a saver whose nodes are in the graph already, in the scope `import_scope`."""
        return Saver(saver_def=saver_def, name=import_scope)

    @property
    def last_checkpoints(self) -> list[str]:
        """The checkpoints not deleted yet, the oldest first; for `recover_last_checkpoints` of another saver."""
        return [path for path, _ in self._last_checkpoints]

    def set_last_checkpoints(self, last_checkpoints: list[str]) -> None:
        """Take over checkpoints to delete in time; deprecated for `set_last_checkpoints_with_time`."""
        assert isinstance(last_checkpoints, list)
        self._last_checkpoints = [(path, np.inf) for path in last_checkpoints]

    def set_last_checkpoints_with_time(self, last_checkpoints_with_time: list[tuple[str, float]]) -> None:
        """Take over checkpoints to delete in time: paths, and when they were written, the oldest first."""
        assert isinstance(last_checkpoints_with_time, list)
        self._last_checkpoints = last_checkpoints_with_time

    def recover_last_checkpoints(self, checkpoint_paths: list[str]) -> None:
        """Take over checkpoints to delete in time, those that are there."""
        found = [(path, times[0]) for path in checkpoint_paths if (times := get_checkpoint_mtimes([path]))]
        self.set_last_checkpoints_with_time(found)

    def save(self, sess: Any, save_path: Any, global_step: Any = None, latest_filename: str | None = None,
             meta_graph_suffix: str = "meta", write_meta_graph: bool = True, write_state: bool = True,
             strip_default_attrs: bool = False, save_debug_info: bool = False) -> str | None:
        """Write a checkpoint, note it in the state file, and delete what is too old.

        A checkpoint has its name only when all of it is on the disk.

        Args:
          sess: the session that holds the variables.
          save_path: the prefix of the files' names; the folder is made if it is missing but its parent is there.
          global_step: a number, tensor or variable to add to the name.
          latest_filename: the name of the state file, `checkpoint` if `None`.
          meta_graph_suffix: what the name of the file with the graph ends with.
          write_meta_graph: whether to write the graph beside it.
          write_state: whether to update the state file.
          strip_default_attrs: whether the graph leaves out attributes that are at their defaults.
          save_debug_info: must be false.

        Returns:
          The path to give to `restore`; `None` if the saver saves nothing.

        Raises:
          TypeError: if `sess` is no session.
          ValueError: if the state file would be where the checkpoint goes, or its folder is not there.
          RuntimeError: if the saver is not built.
        """
        if not self._is_built:
            raise RuntimeError("`build()` should be called before save if defer_build==True")
        save_path, latest_filename = os.fspath(save_path), latest_filename or "checkpoint"
        if self._write_version != proto("SaverDef").V2:
            for line in _V1_WORDS:
                logging.warning(line)
        if os.path.split(latest_filename)[0]:
            raise ValueError("'latest_filename' must not contain path components")
        checkpoint_file = self._numbered(sess, save_path, global_step, latest_filename)
        session = as_session(sess)
        path = None
        if not self._is_empty:
            path = self._write(session, checkpoint_file, save_path)
            if write_state:
                self._note(path, os.path.dirname(save_path), latest_filename, meta_graph_suffix)
        if write_meta_graph:
            with session.graph.as_default():
                self.export_meta_graph(meta_graph_filename(checkpoint_file, meta_graph_suffix),
                                       strip_default_attrs=strip_default_attrs, save_debug_info=save_debug_info)
        return path

    def _numbered(self, sess: Any, save_path: str, global_step: Any, latest_filename: str) -> str:
        if global_step is None:
            if os.path.basename(save_path) == latest_filename and not self._sharded:
                raise ValueError(f"'latest_filename' collides with 'save_path': '{latest_filename}' and '{save_path}'")
            return save_path
        number = int(global_step if isinstance(global_step, int | np.integer) else step_of(sess, global_step))
        return f"{save_path}-{number:08d}" if self._pad_step_number else f"{save_path}-{number}"

    def _write(self, session: Any, checkpoint_file: str, save_path: str) -> str:
        folder = os.path.dirname(save_path)
        if folder and not os.path.isdir(folder) and not os.path.isdir(os.path.dirname(folder) or "."):
            raise ValueError(f"Parent directory of {save_path} doesn't exist, can't save.")
        return os.fsdecode(session.run(self.saver_def.save_tensor_name,
                                       {self.saver_def.filename_tensor_name: checkpoint_file}))

    def _note(self, path: str, folder: str, latest_filename: str, meta_graph_suffix: str) -> None:
        """Put a checkpoint on the list, write the state file, and only then delete what fell off the list."""
        if self.saver_def.max_to_keep:
            self._last_checkpoints = [kept for kept in self._last_checkpoints if kept[0] != path] + [(path, time.time())]
            if len(self._last_checkpoints) > self.saver_def.max_to_keep:
                self._to_be_deleted.append(self._last_checkpoints.pop(0))
        write_state(folder, path, self.last_checkpoints, latest_filename, self._save_relative_paths)
        if self._to_be_deleted:
            old, written = self._to_be_deleted.pop(0)
            if written > self._next_kept:
                self._next_kept += self.saver_def.keep_checkpoint_every_n_hours * 3600
                return
            try:
                remove_checkpoint(old, self.saver_def.version, meta_graph_suffix)
            except (OSError, errors.OpError) as error:
                logging.warning("Ignoring: %s", error)

    def export_meta_graph(self, filename: str | None = None, collection_list: Any = None, as_text: bool = False,
                          export_scope: str | None = None, clear_devices: bool = False,
                          clear_extraneous_savers: bool = False, strip_default_attrs: bool = False,
                          save_debug_info: bool = False) -> Any:
        """Return the default graph with this saver as a `MetaGraphDef`, and write it if there is a file name."""
        return export_meta_graph(filename=filename, saver_def=self.saver_def, collection_list=collection_list,
                                 as_text=as_text, export_scope=export_scope, clear_devices=clear_devices,
                                 clear_extraneous_savers=clear_extraneous_savers, strip_default_attrs=strip_default_attrs,
                                 save_debug_info=save_debug_info)

    def restore(self, sess: Any, save_path: Any) -> None:
        """Set the variables to what a checkpoint holds; they need not be initialized.

        Args:
          sess: the session to set them in.
          save_path: what `save` returned, or `tf.train.latest_checkpoint`.

        Raises:
          ValueError: if there is no checkpoint of this path.
          NotFoundError: if a variable is not in it.
          InvalidArgumentError: if one has another shape or type there.
          DataLossError: if it is damaged.
        """
        if self._is_empty:
            return
        if save_path is None:
            raise ValueError("Can't load save_path when it is None.")
        path = os.fspath(save_path)
        if not checkpoint_exists(path):
            raise ValueError(f"The passed save_path is not a valid checkpoint: {path}")
        logging.info("Restoring parameters from %s", path)
        session = as_session(sess)
        try:
            session.run(self.saver_def.restore_op_name, {self.saver_def.filename_tensor_name: path})
        except errors.NotFoundError as error:
            keys = key_by_full_name(path)
            if keys is None:
                raise _explained(error, "a Variable name or other graph key that is missing") from error
            self._restore_objects(session, path, keys)
        except errors.InvalidArgumentError as error:
            raise _explained(error, "a mismatch between the current graph and the graph") from error

    def _restore_objects(self, session: Any, path: str, keys: dict[str, str]) -> None:
        logging.warning("Restoring an object-based checkpoint using a name-based saver. This may be somewhat fragile, and "
                        "will re-build the Saver. Instead, consider loading object-based checkpoints using "
                        "tf.train.Checkpoint().")
        if self._object_saver is None:
            with session.graph.as_default():
                saveables = saveables_of(saveable_variables() if self._var_list is None else self._var_list)
                specs = [spec for saveable in saveables for spec in saveable.specs]
                missing = sorted({spec.name for spec in specs} - set(keys))
                if missing:
                    extra = sorted(set(keys) - {spec.name for spec in specs})
                    raise errors.NotFoundError(
                        None, None, f"\n\nExisting variables not in the checkpoint: {', '.join(missing)}\n\nVariables names "
                        f"when this checkpoint was written which don't exist now: {', '.join(extra)}\n\n"
                        f"({len(specs) - len(missing)} variable name(s) did match)")
                for spec in specs:
                    spec.name = keys[spec.name]
                self._object_saver = Saver(saveables)
        self._object_saver.restore(session, path)


def as_session(sess: Any) -> Any:
    """Return the session that `sess` is or wraps.

    Raises:
      TypeError: if it is none.
    """
    inner = sess
    while not isinstance(inner, BaseSession) and hasattr(inner, "_sess"):
        inner = inner._sess
    if not isinstance(inner, BaseSession):
        raise TypeError(f"'sess' must be a Session; {sess}")
    return inner


def _explained(error: errors.OpError, what: str) -> errors.OpError:
    words = (f"Restoring from checkpoint failed. This is most likely due to {what} from the checkpoint. Please ensure that "
             f"you have not altered the graph expected based on the checkpoint. Original error:\n\n{error.message}")
    return type(error)(error.node_def, error.op, words)


def export_meta_graph(filename: str | None = None, meta_info_def: Any = None, graph_def: Any = None, saver_def: Any = None,
                      collection_list: Any = None, as_text: bool = False, graph: Graph | None = None,
                      export_scope: str | None = None, clear_devices: bool = False, clear_extraneous_savers: bool = False,
                      strip_default_attrs: bool = False, save_debug_info: bool = False, **kwargs: Any) -> Any:
    """Return a graph with its collections as a `MetaGraphDef`, and write it if there is a file name.

    Args:
      filename: to write to.
      meta_info_def: what is said of the graph.
      graph_def: the nodes; all of `graph` if `None`.
      saver_def: the saver that belongs to it.
      collection_list: the names of the collections to keep; all if `None`.
      as_text: whether to write the text form.
      graph: the default graph if `None`.
      export_scope: keep only what is in this scope.
      clear_devices: whether to leave out where nodes run.
      clear_extraneous_savers: whether to leave out the nodes of other savers.
      strip_default_attrs: whether to leave out attributes that are at their defaults.
      save_debug_info: must be false.
      **kwargs: further arguments of `tf.train.export_meta_graph`.
    """
    return export_scoped_meta_graph(
        filename=filename, meta_info_def=meta_info_def, graph_def=graph_def, saver_def=saver_def,
        collection_list=collection_list, as_text=as_text, graph=graph, export_scope=export_scope,
        clear_devices=clear_devices, clear_extraneous_savers=clear_extraneous_savers,
        strip_default_attrs=strip_default_attrs, save_debug_info=save_debug_info, **kwargs)[0]


def import_meta_graph(meta_graph_or_file: Any, clear_devices: bool = False, import_scope: str | None = None,
                      **kwargs: Any) -> Saver | None:
    """Add the nodes and collections of a `MetaGraphDef` to the default graph, and return its saver.

    Args:
      meta_graph_or_file: the message, or the path of a file with one.
      clear_devices: whether to forget where nodes ran.
      import_scope: the scope to add them in.
      **kwargs: `input_map`, `return_elements` and the like.

    Returns:
      A saver for its variables, `None` if it has none.

    Raises:
      OSError: if the file cannot be read.
    """
    is_message = isinstance(meta_graph_or_file, proto("MetaGraphDef"))
    meta = meta_graph_or_file if is_message else read_meta_graph_file(meta_graph_or_file)
    variables, _ = import_scoped_meta_graph(meta, clear_devices, import_scope=import_scope, **kwargs)
    if meta.HasField("saver_def"):
        scope = import_scope
        if variables:
            key, variable = next(iter(variables.items()))
            scope = variable.name[:-len(key)]
        return Saver(saver_def=meta.saver_def, name=scope)
    if saveable_variables(import_scope):
        return Saver()
    logging.info("Saver not created because there are no variables in the graph to restore")
    return None


register_proto_function(GraphKeys.SAVERS, proto("SaverDef"), Saver.to_proto, Saver.from_proto)
