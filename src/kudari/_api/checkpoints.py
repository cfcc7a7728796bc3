"""Public names of checkpoints, savers and meta graphs."""

from .. import io as io  # so that the namespace is the package itself

_STATE = ("checkpoint_exists", "generate_checkpoint_state_proto", "get_checkpoint_mtimes", "get_checkpoint_state",
          "latest_checkpoint", "remove_checkpoint", "update_checkpoint_state")
_READERS = ("list_variables", "load_checkpoint", "load_variable")

PATHS = {
    "train.Saver": "train.saver.Saver",
    "train.Checkpoint": "train.object_checkpoint.Checkpoint",
    "train.experimental.PythonState": "train.trackable.PythonState",
    "train.CheckpointManager": "train.checkpoint_manager.CheckpointManager",
    "train.checkpoints_iterator": "train.checkpoint_manager.checkpoints_iterator",
    "train.export_meta_graph": "train.saver.export_meta_graph",
    "train.import_meta_graph": "train.saver.import_meta_graph",
    "train.init_from_checkpoint": "train.initial_checkpoint.init_from_checkpoint",
    "train.NewCheckpointReader": "train.checkpoint_reader.new_checkpoint_reader",
    **{f"train.{name}": f"train.checkpoint_reader.{name}" for name in _READERS},
    **{f"contrib.framework.{name}": f"contrib.checkpoint_readers.{name}" for name in _READERS},
    **{f"train.{name}": f"train.checkpoint_state.{name}" for name in _STATE},
}
