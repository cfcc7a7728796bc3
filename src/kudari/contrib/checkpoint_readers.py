"""The readers of checkpoints under the argument names of `tf.contrib.framework`."""

from __future__ import annotations

from typing import Any

from ..train import checkpoint_reader


def load_checkpoint(filepattern: Any) -> checkpoint_reader.CheckpointReader:
    """Return a reader of a checkpoint, of the latest one if a folder is given."""
    return checkpoint_reader.load_checkpoint(filepattern)


def load_variable(checkpoint_dir: Any, name: str) -> Any:
    """Return the tensor of a name as an array."""
    return checkpoint_reader.load_variable(checkpoint_dir, name)


def list_variables(checkpoint_dir: Any) -> list[tuple[str, list[int]]]:
    """Return the name and shape of each tensor, by name."""
    return checkpoint_reader.list_variables(checkpoint_dir)
