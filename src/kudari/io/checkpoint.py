"""Checkpoints of either format."""

from __future__ import annotations

import os

from .bundle import Bundle, index_path
from .old_checkpoint import OldCheckpoint


def open_checkpoint(prefix: str) -> Bundle | OldCheckpoint:
    """Return a checkpoint to read, of the second format if it has an index, else of the first.

    Raises:
      NotFoundError: if there is neither.
      DataLossError: if it is damaged.
    """
    return Bundle(prefix) if os.path.exists(index_path(prefix)) else OldCheckpoint(prefix)
