"""Public names of checkpoints, savers and meta graphs."""

from .. import io as io  # so that the namespace is the package itself

_STATE = ("checkpoint_exists", "generate_checkpoint_state_proto", "get_checkpoint_mtimes", "get_checkpoint_state",
          "latest_checkpoint", "remove_checkpoint", "update_checkpoint_state")

PATHS = {
    "train.Saver": "train.saver.Saver",
    "train.export_meta_graph": "train.saver.export_meta_graph",
    "train.import_meta_graph": "train.saver.import_meta_graph",
    "train.NewCheckpointReader": "train.checkpoint_reader.new_checkpoint_reader",
    "train.load_checkpoint contrib.framework.load_checkpoint": "train.checkpoint_reader.load_checkpoint",
    "train.load_variable contrib.framework.load_variable": "train.checkpoint_reader.load_variable",
    "train.list_variables contrib.framework.list_variables": "train.checkpoint_reader.list_variables",
    **{f"train.{name}": f"train.checkpoint_state.{name}" for name in _STATE},
}
