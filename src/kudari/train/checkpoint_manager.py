"""`tf.train.CheckpointManager`: keeps the newest checkpoints of a `tf.train.Checkpoint`."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from typing import Any

from ..graph.stack import get_default_session
from ..platform import logging
from .checkpoint_state import get_checkpoint_state, latest_checkpoint, remove_checkpoint, write_state
from .object_checkpoint import Checkpoint


class CheckpointManager:
    """Numbers checkpoints, deletes old ones, and tells which there are.

    Args:
      checkpoint: what is saved.
      directory: where.
      max_to_keep: how many of the newest to keep; all if `None`.
      keep_checkpoint_every_n_hours: how often to keep one for good, in hours.
      checkpoint_name: what files begin with.

    Raises:
      ValueError: if `max_to_keep` is neither `None` nor positive.
    """

    def __init__(self, checkpoint: Checkpoint, directory: Any, max_to_keep: int | None,
                 keep_checkpoint_every_n_hours: float | None = None, checkpoint_name: str = "ckpt"):
        if max_to_keep is not None and max_to_keep <= 0:
            raise ValueError(f"Expected a positive integer or `None` for `max_to_max_to_keep`, got {max_to_keep}.")
        self._checkpoint, self._directory, self._max_to_keep = checkpoint, os.fspath(directory), max_to_keep
        self._keep_every, self._prefix = keep_checkpoint_every_n_hours, os.path.join(self._directory, checkpoint_name)
        self._kept: dict[str, float] = {}  # path -> when it was written
        state = get_checkpoint_state(self._directory)
        self._latest = None if state is None else state.model_checkpoint_path
        self._last_preserved = time.time()
        if state is not None:
            times = list(state.all_model_checkpoint_timestamps) or [time.time()] * len(state.all_model_checkpoint_paths)
            self._kept = dict(zip(state.all_model_checkpoint_paths, times))
            self._last_preserved = state.last_preserved_timestamp or self._last_preserved

    @property
    def latest_checkpoint(self) -> str | None:
        """The path of the newest checkpoint, `None` if there is none."""
        return self._latest

    @property
    def checkpoints(self) -> list[str]:
        """The paths of those not deleted, the oldest first, without those kept for good."""
        return list(self._kept)

    def save(self, checkpoint_number: int | None = None) -> str:
        """Write a checkpoint of the default session, and delete those that are too old.

        Args:
          checkpoint_number: of the checkpoint; how many were saved if `None`.

        Returns:
          The path.

        Raises:
          ValueError: if there is no session.
        """
        session = get_default_session()
        if session is None:
            raise ValueError("There is no default session that holds the variables: call this inside "
                             "`with session.as_default():`")
        count = self._checkpoint._counted(session)
        number = count if checkpoint_number is None else int(checkpoint_number)
        path = self._checkpoint.write(f"{self._prefix}-{number}", session)
        self._kept.pop(path, None)
        self._kept[path] = time.time()
        self._latest = path
        self._record()
        if self._sweep():
            self._record()
        return path

    def _record(self) -> None:
        write_state(self._directory, self._latest or "", list(self._kept), None, True, list(self._kept.values()),
                    self._last_preserved)

    def _sweep(self) -> bool:
        """Delete what is too old; return whether anything changed."""
        changed = False
        while self._max_to_keep is not None and len(self._kept) > self._max_to_keep:
            path = next(iter(self._kept))
            written, changed = self._kept.pop(path), True
            if self._keep_every and written - self._keep_every * 3600 >= self._last_preserved:
                self._last_preserved = written
            else:
                remove_checkpoint(path)
        return changed


def checkpoints_iterator(checkpoint_dir: Any, min_interval_secs: float = 0, timeout: float | None = None,
                         timeout_fn: Callable[[], bool] | None = None) -> Iterator[str]:
    """Give the path of the latest checkpoint in a folder, again and again as there are new ones.

    Args:
      checkpoint_dir: the folder.
      min_interval_secs: seconds that lie between two at least.
      timeout: seconds to wait for a new one; without end if `None`.
      timeout_fn: asked when that is over; returns whether there is no more to come. If `None` there is not.
    """
    path = None
    while True:
        found = _new_checkpoint(checkpoint_dir, path, timeout)
        if found is not None:
            started, path = time.time(), found
            yield found
            time.sleep(max(0.0, started + min_interval_secs - time.time()))
        elif timeout_fn is None:
            logging.info("Timed-out waiting for a checkpoint.")
            return
        elif timeout_fn():
            return


def _new_checkpoint(folder: Any, before: str | None, timeout: float | None) -> str | None:
    logging.info("Waiting for new checkpoint at %s", folder)
    end = None if timeout is None else time.time() + timeout
    while True:
        path = latest_checkpoint(folder)
        if path is not None and path != before:
            logging.info("Found new checkpoint at %s", path)
            return path
        if end is not None and time.time() + 1 > end:
            return None
        time.sleep(1)
