"""Sessions whose model is initialized, restored, or waited for."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from .. import errors
from ..graph.graph import Graph
from ..graph.stack import get_default_graph
from ..platform import logging
from ..runtime.session import Session
from .checkpoint_state import get_checkpoint_state


class SessionManager:
    """Makes sessions that are ready to train.

    Args:
      local_init_op: run in each new session.
      ready_op: gives the names of what is not initialized, an empty vector when all is.
      ready_for_local_init_op: likewise, for what `local_init_op` needs.
      graph: the default graph if `None`.
      recovery_wait_secs: how long to wait between looks for a checkpoint or a ready model, in seconds.
      local_init_run_options: `RunOptions` for `local_init_op`.

    Raises:
      ValueError: if there is a `ready_for_local_init_op` but no `local_init_op`.
    """

    def __init__(self, local_init_op: Any = None, ready_op: Any = None, ready_for_local_init_op: Any = None,
                 graph: Graph | None = None, recovery_wait_secs: float = 30, local_init_run_options: Any = None):
        if ready_for_local_init_op is not None and local_init_op is None:
            raise ValueError("If you pass a ready_for_local_init_op you must also pass a local_init_op , "
                             f"ready_for_local_init_op [{ready_for_local_init_op}]")
        self._local_init_op, self._ready_op = local_init_op, ready_op
        self._ready_for_local_init_op = ready_for_local_init_op
        self._graph = get_default_graph() if graph is None else graph
        self._recovery_wait_secs, self._local_init_run_options = recovery_wait_secs, local_init_run_options

    def prepare_session(self, master: str, init_op: Any = None, saver: Any = None, checkpoint_dir: Any = None,
                        checkpoint_filename_with_path: Any = None, wait_for_checkpoint: bool = False,
                        max_wait_secs: float = 7200, config: Any = None, init_feed_dict: Any = None,
                        init_fn: Callable | None = None) -> Session:
        """Return a session whose model is restored from a checkpoint or, if there is none, initialized.

        Args:
          master: the target of the session.
          init_op: initializes the model.
          saver: restores it.
          checkpoint_dir: the folder to look for the latest checkpoint in.
          checkpoint_filename_with_path: the checkpoint itself.
          wait_for_checkpoint: whether to wait for one.
          max_wait_secs: how long, in seconds.
          config: of the session.
          init_feed_dict: what `init_op` is fed.
          init_fn: called with the session after it.

        Raises:
          RuntimeError: if the model cannot be initialized, or is not ready after that.
        """
        session, is_restored = self._restored(master, saver, checkpoint_dir, checkpoint_filename_with_path,
                                              wait_for_checkpoint, max_wait_secs, config)
        if not is_restored:
            if init_op is None and init_fn is None and self._local_init_op is None:
                raise RuntimeError("Model is not initialized and no init_op or init_fn or local_init_op was given")
            if init_op is not None:
                session.run(init_op, feed_dict=init_feed_dict)
            if init_fn is not None:
                init_fn(session)
        done, problem = self._try_local_init(session)
        if not done:
            raise RuntimeError("Init operations did not make model ready for local_init.  Init op: "
                               f"{_name(init_op)}, init fn: {init_fn}, error: {problem}")
        done, problem = is_ready_op(self._ready_op, session, "Model not ready")
        if not done:
            raise RuntimeError(f"Init operations did not make model ready.  Init op: {_name(init_op)}, init fn: {init_fn}, "
                               f"local_init_op: {self._local_init_op}, error: {problem}")
        return session

    def recover_session(self, master: str, saver: Any = None, checkpoint_dir: Any = None,
                        checkpoint_filename_with_path: Any = None, wait_for_checkpoint: bool = False,
                        max_wait_secs: float = 7200, config: Any = None) -> tuple[Session, bool]:
        """Return a session, and whether its model was restored from a checkpoint and is ready.

        Args:
          master: the target of the session.
          saver: restores the model.
          checkpoint_dir: the folder to look for the latest checkpoint in.
          checkpoint_filename_with_path: the checkpoint itself.
          wait_for_checkpoint: whether to wait for one.
          max_wait_secs: how long, in seconds.
          config: of the session.

        Raises:
          ValueError: if both a folder and a checkpoint are given.
        """
        session, is_restored = self._restored(master, saver, checkpoint_dir, checkpoint_filename_with_path,
                                              wait_for_checkpoint, max_wait_secs, config)
        done, problem = self._try_local_init(session)
        if not is_restored:
            return session, False
        place = checkpoint_dir or checkpoint_filename_with_path
        if not done:
            logging.info("Restoring model from %s did not make model ready for local init: %s", place, problem)
            return session, False
        done, problem = is_ready_op(self._ready_op, session, "Model not ready")
        if not done:
            logging.info("Restoring model from %s did not make model ready: %s", place, problem)
            return session, False
        logging.info("Restored model from %s", place)
        return session, True

    def wait_for_session(self, master: str, config: Any = None, max_wait_secs: float | None = float("Inf")) -> Session:
        """Return a session whose model someone else has initialized, after waiting for that.

        Args:
          master: the target of the session.
          config: of the session.
          max_wait_secs: how long to wait, in seconds.

        Raises:
          DeadlineExceededError: if that took too long.
        """
        longest = float("Inf") if max_wait_secs is None else max_wait_secs
        started = time.time()
        while True:
            session = Session(master, graph=self._graph, config=config)
            done, local_problem = self._try_local_init(session)
            problem = None
            if done:
                is_ready, problem = is_ready_op(self._ready_op, session, "Model not ready")
                if is_ready:
                    return session
            with contextlib.suppress(Exception):
                session.close()
            if max(0.0, longest - (time.time() - started)) < self._recovery_wait_secs:
                raise errors.DeadlineExceededError(None, None, f"Session was not ready after waiting {longest:.0f} secs.")
            logging.info("Waiting for model to be ready.  Ready_for_local_init_op:  %s, ready: %s", local_problem, problem)
            time.sleep(self._recovery_wait_secs)

    def _restored(self, master: str, saver: Any, folder: Any, path: Any, waits: bool, max_wait_secs: float,
                  config: Any) -> tuple[Session, bool]:
        session = Session(master, graph=self._graph, config=config)
        if folder and path:
            raise ValueError("Can not provide both checkpoint_dir and checkpoint_filename_with_path.")
        if not saver or not (folder or path):
            return session, False
        if path:
            saver.restore(session, path)
            return session, True
        waited, state = 0.0, get_checkpoint_state(folder)
        while not state or not state.model_checkpoint_path:
            if not waits or waited >= max_wait_secs:
                return session, False
            logging.info("Waiting for checkpoint to be available.")
            time.sleep(self._recovery_wait_secs)
            waited += self._recovery_wait_secs
            state = get_checkpoint_state(folder)
        saver.restore(session, state.model_checkpoint_path)
        saver.recover_last_checkpoints(list(state.all_model_checkpoint_paths))
        return session, True

    def _try_local_init(self, session: Session) -> tuple[bool, str | None]:
        if self._local_init_op is None:
            return True, None
        is_ready, problem = is_ready_op(self._ready_for_local_init_op, session, "Model not ready for local init")
        if is_ready:
            logging.info("Running local_init_op.")
            session.run(self._local_init_op, options=self._local_init_run_options)
            logging.info("Done running local_init_op.")
        return is_ready, problem


def is_ready_op(op: Any, session: Session, words: str) -> tuple[bool, str | None]:
    """Return whether `op`, which names what is not ready, names nothing, and a text that says what it names.

    Args:
      op: gives the names, an empty vector when all is ready; `None` if nothing needs to be.
      session: to run it in.
      words: what the log says if it cannot run yet.
    """
    if op is None:
        return True, None
    try:
        value = session.run(op)
    except errors.FailedPreconditionError as error:
        if "uninitialized" not in str(error):
            logging.warning("%s : error [%s]", words, error)
            raise
        return False, str(error)
    if value is None or value.dtype == np.int32 or value.size == 0:
        return True, None
    return False, "Variables not initialized: " + ", ".join(name.decode() for name in value)


def _name(item: Any) -> str | None:
    return getattr(item, "name", None) or (None if item is None else repr(item))
