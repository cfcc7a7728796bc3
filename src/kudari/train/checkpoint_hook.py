"""A hook that saves checkpoints."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from ..graph.collections import GraphKeys
from ..graph.graphdef import graph_def
from ..graph.stack import get_default_graph
from ..platform import logging
from ..protos import proto
from ..summary.writer import FileWriterCache
from .meta_graph import create_meta_graph_def
from .session_run_hook import SessionRunArgs, SessionRunContext, SessionRunHook, SessionRunValues
from .step_read import global_step_read
from .timer import SecondOrStepTimer
from .write_graph import write_graph


class CheckpointSaverListener:
    """Does something before and after each checkpoint; a subclass overrides what it needs."""

    def begin(self) -> None:
        """Add nodes, before the graph is finalized."""

    def before_save(self, session: Any, global_step_value: int) -> None:
        """Do what comes before a checkpoint."""

    def after_save(self, session: Any, global_step_value: int) -> bool | None:
        """Do what comes after a checkpoint; true asks for an end."""
        return None

    def end(self, session: Any, global_step_value: int) -> None:
        """Do what comes last."""


class CheckpointSaverHook(SessionRunHook):
    """Saves a checkpoint at the start, every so many steps or seconds, and at the end.

    Args:
      checkpoint_dir: the folder.
      save_secs: how often, in seconds; or
      save_steps: in steps.
      saver: that saves; that of the scaffold, or the one in its collection, if `None`.
      checkpoint_basename: the name of the checkpoints, before the step.
      scaffold: has the saver.
      listeners: told of each checkpoint.

    Raises:
      ValueError: if both a saver and a scaffold are given, or not exactly one of `save_secs` and `save_steps`.
    """

    def __init__(self, checkpoint_dir: Any, save_secs: float | None = None, save_steps: int | None = None, saver: Any = None,
                 checkpoint_basename: str = "model.ckpt", scaffold: Any = None,
                 listeners: Sequence[CheckpointSaverListener] | None = None):
        logging.info("Create CheckpointSaverHook.")
        if saver is not None and scaffold is not None:
            raise ValueError("You cannot provide both saver and scaffold.")
        self._saver, self._scaffold = saver, scaffold
        self._checkpoint_dir = os.fspath(checkpoint_dir)
        self._save_path = os.path.join(self._checkpoint_dir, checkpoint_basename)
        self._timer = SecondOrStepTimer(every_secs=save_secs, every_steps=save_steps)
        self._listeners = list(listeners or [])
        self._steps_per_run = 1

    def begin(self) -> None:
        """Find the global step, and open the event file."""
        self._summary_writer = FileWriterCache.get(self._checkpoint_dir)
        self._step = global_step_read("CheckpointSaverHook")
        for listener in self._listeners:
            listener.begin()

    def after_create_session(self, session: Any, coord: Any) -> None:
        """Write the graph and the first checkpoint."""
        step, graph = session.run(self._step), get_default_graph()
        nodes = graph_def(graph, add_shapes=True)
        write_graph(nodes, self._checkpoint_dir, "graph.pbtxt")
        self._summary_writer.add_graph(graph)
        self._summary_writer.add_meta_graph(create_meta_graph_def(graph_def=nodes, saver_def=self._get_saver().saver_def))
        self._save(session, step)
        self._timer.update_last_triggered_step(step)

    def before_run(self, run_context: SessionRunContext) -> SessionRunArgs:
        """Fetch the step."""
        return SessionRunArgs(self._step)

    def after_run(self, run_context: SessionRunContext, run_values: SessionRunValues) -> None:
        """Save if it is time; what was fetched may be older than what was updated, so look again."""
        if self._timer.should_trigger_for_step(run_values.results + self._steps_per_run):
            step = run_context.session.run(self._step)
            if self._timer.should_trigger_for_step(step):
                self._timer.update_last_triggered_step(step)
                if self._save(run_context.session, step):
                    run_context.request_stop()

    def end(self, session: Any) -> None:
        """Save what has not been saved."""
        step = session.run(self._step)
        if step != self._timer.last_triggered_step():
            self._save(session, step)
        for listener in self._listeners:
            listener.end(session, step)

    def _save(self, session: Any, step: int) -> bool:
        logging.info("Saving checkpoints for %d into %s.", step, self._save_path)
        for listener in self._listeners:
            listener.before_save(session, step)
        self._get_saver().save(session, self._save_path, global_step=step)
        log = proto("SessionLog")
        self._summary_writer.add_session_log(log(status=log.CHECKPOINT, checkpoint_path=self._save_path), step)
        should_stop = False
        for listener in self._listeners:
            if listener.after_save(session, step):
                logging.info("A CheckpointSaverListener requested that training be stopped. listener: %s", listener)
                should_stop = True
        return should_stop

    def _get_saver(self) -> Any:
        if self._saver is None and self._scaffold is not None:
            return self._scaffold.saver
        if self._saver is None:
            savers = get_default_graph().get_collection(GraphKeys.SAVERS)
            if not savers:
                raise RuntimeError(f"No items in collection {GraphKeys.SAVERS}. Please add a saver to the collection or "
                                   "provide a saver or scaffold.")
            if len(savers) > 1:
                raise RuntimeError(f"More than one item in collection {GraphKeys.SAVERS}. Please indicate which one to use "
                                   "by passing it to the constructor.")
            self._saver = savers[0]
        return self._saver
