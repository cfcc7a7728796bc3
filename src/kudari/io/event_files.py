"""The writer of event files, which is TensorBoard's."""

from __future__ import annotations

import sys
import types
from typing import Any

_SAYS_NO = "tensorboard.compat.notf"


def event_file_writer(logdir: str, max_queue: int, flush_secs: float, suffix: str) -> Any:
    """Return TensorBoard's `EventFileWriter`, which reaches files by itself.

    Without being told, it would reach them through whatever module is called `tensorflow`: Kudari's own while it runs a
    script, and TensorFlow's where that is installed.
    """
    sys.modules.setdefault(_SAYS_NO, types.ModuleType(_SAYS_NO))
    from tensorboard.summary.writer.event_file_writer import EventFileWriter
    return EventFileWriter(logdir, max_queue, flush_secs, suffix)
