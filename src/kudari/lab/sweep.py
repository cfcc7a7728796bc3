"""A study from Python: one training step at many values of something."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

import kudari as tf

from ..runtime.lanes import Lanes
from .bursts import Bursts
from .interrupts import Interrupted
from .points import Points
from .products import ancestors
from .range_test import batches_of
from .reading import read_by_graph
from .study import Study
from .swept import swept_tensors
from .trace import Trace


def sweep(fetches: Any, train_op: Any, over: dict[Any, Sequence[float]], feed_dict: dict | None = None, *,
          feeds: Iterable[dict] | None = None, steps: int = 100, every: int = 10, seeds: int | None = None,
          session: tf.Session | None = None, traces: bool = False) -> Study:
    """Train copies of a model, one at each value of something, by one program.

    The session is only read: the copies begin with its variables and random states. What the graph reads itself, from data
    sets, queues or Python functions, is taken once a step for all copies, from where the session stands; if that comes to
    its end, so does the training.

    Args:
      fetches: a tensor, or a list or dict of tensors by name, to record; the first one is taken for the loss.
      train_op: what takes a step.
      over: what is swept and its values: `"learning_rate"`, a hyperparameter of the optimizer, the name of a constant or
        placeholder, or a scalar tensor. There is a copy for every choice of one value of each.
      feed_dict: what each step is fed.
      feeds: batches to feed, besides; taken again from the start when they run out.
      steps: how many each copy takes.
      every: how many lie between two records; the state before the first step and after the last is recorded, too.
      seeds: how many random streams each choice is trained with; all copies draw the same numbers if `None`.
      session: that holds the variables; the default session if `None`.
      traces: whether to keep where the copies go, for `Study.report`.

    Returns:
      A `Study`, a lane for each choice.

    Raises:
      Interrupted: if Ctrl-C came; its `found` is the study until then.
      ValueError: if there is no session, no batch, nothing to sweep, or the step has nothing of that name.
    """
    session = session or tf.get_default_session()
    if session is None:
        raise ValueError("there is no session to take the variables from: give one as session=, or call this inside "
                         "`with session.as_default():`")
    points = Points.crossed({_name(what): given for what, given in over.items()}, seeds)
    named = _by_name(fetches)
    lane_feeds = {tensor: points.columns[_name(what)] for what in over for tensor in _tensors(what, train_op)}
    lanes = Lanes(session, len(points), points.streams)
    lanes.take_all()
    batches, is_fixed = _batches(lanes, [train_op, *named.values()], lane_feeds, feed_dict, feeds)
    first = next(batches, None)
    if first is None:
        raise ValueError("there is no batch to train on: the data come to their end before the first step")
    found = Study(points, 0, [], [], np.zeros(len(points), np.int64),
                  trace=_trace(session, lanes, next(iter(named.values()))) if traces else None)
    training = _Training(found, lanes, named, train_op, lane_feeds)
    try:
        training.begin(first)
        if is_fixed:
            training.repeat(steps, every)
        else:
            training.run(batches, steps, every)
    except KeyboardInterrupt:
        found.interrupted = f"Interrupted after step {found.steps}: this is what was recorded until then."
        raise Interrupted("interrupted in the sweep", found) from None
    if found.steps < steps:
        found.notes.append(f"The data came to their end after {found.steps} of {steps} steps.")
    return found


class _Training:
    """Lanes that train, and what is recorded of them.

    Args:
      found: where it is recorded.
      lanes: what trains.
      named: what is fetched, by name; the first is the loss.
      train_op: what takes a step.
      lane_feeds: what each lane is fed a value of its own for.
    """

    def __init__(self, found: Study, lanes: Lanes, named: dict[str, tf.Tensor], train_op: Any, lane_feeds: dict):
        self.found, self.lanes, self.named, self.train_op, self.lane_feeds = found, lanes, named, train_op, lane_feeds
        self.batch: dict = {}

    def begin(self, batch: dict) -> None:
        """Record what holds before the first step, of the batch that it is fed."""
        self.batch = batch
        if self.found.trace is not None:
            self.found.trace.begin(batch)
        self._record()

    def repeat(self, steps: int, every: int) -> None:
        """Take all steps on the first batch."""
        found, bursts = self.found, Bursts()
        while found.steps < steps:
            count = min(every - found.steps % every, steps - found.steps)
            if found.trace is not None:
                count = min(count, found.trace.room(found.steps))
            for part in bursts.of(count):
                lost = self.lanes.repeat(self.train_op, part, self.batch, self.lane_feeds)
                fresh = (found.lost_at == 0) & (lost > 0)
                found.lost_at[fresh] = found.steps + lost[fresh]
                found.steps += part
            self._look(found.steps % every == 0 or found.steps == steps)
        self._end()

    def run(self, batches: Iterator[dict], steps: int, every: int) -> None:
        """Take each step on the next batch, until there is none."""
        found, is_more = self.found, True
        trained = [v.op for v in self.lanes.session.graph.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES)]
        while is_more and found.steps < steps:
            self.lanes.run(self.train_op, self.batch, self.lane_feeds)
            found.steps += 1
            found.lost_at[(found.lost_at == 0) & ~self.lanes.are_finite(trained)] = found.steps
            following = next(batches, None) if found.steps < steps else None
            if following is None:
                is_more = False
            else:
                self.batch = following
            self._look(found.steps % every == 0 or not is_more)
        self._end()

    def _look(self, is_due: bool) -> None:
        if self.found.trace is not None:
            self.found.trace.take(self.found.steps, self.batch)
        if is_due:
            self._record()

    def _record(self) -> None:
        values = dict(zip(self.named, self.lanes.look(list(self.named.values()), self.batch)))
        loss = values[next(iter(self.named))]
        self.found.records.append((self.found.steps, values))
        self.found.losses.append((self.found.steps, loss.reshape(len(self.found.points), -1).mean(1)))

    def _end(self) -> None:
        if self.found.trace is not None:
            self.found.trace.end(self.found.steps, self.batch)


def _batches(lanes: Lanes, fetches: list, lane_feeds: dict, feed_dict: dict | None,
             feeds: Iterable[dict] | None) -> tuple[Iterator[dict], bool]:
    """Return what each step is fed, what the graph reads itself included, and whether it is always the same."""
    batches = batches_of(feed_dict, feeds)
    first = next(batches)
    read = read_by_graph(lanes.prepare(fetches, first, lane_feeds).segments, set(lane_feeds))

    def complete() -> Iterator[dict]:
        for batch in itertools.chain([first], batches):
            try:
                values = lanes.session.run_alone(read, batch)
            except tf.errors.OutOfRangeError:
                return
            yield {**batch, **dict(zip(read, values))}

    return (complete() if read else itertools.chain([first], batches)), feeds is None and not read


def _trace(session: tf.Session, lanes: Lanes, loss: tf.Tensor) -> Trace:
    optimizers = [optimizer for minimized, optimizer in session.graph.minimized if minimized is loss]
    with session.graph.as_default():
        variables = tf.trainable_variables()
    return Trace(lanes, session.fork(), loss, next(iter(optimizers), None), variables)


def _name(what: Any) -> str:
    return what if isinstance(what, str) else what.op.name


def _by_name(fetches: Any) -> dict[str, tf.Tensor]:
    if isinstance(fetches, dict):
        return dict(fetches)
    items = fetches if isinstance(fetches, list | tuple) else [fetches]
    return {tf.convert_to_tensor(item).op.name: item for item in items}


def _tensors(what: Any, train_op: Any) -> list[tf.Tensor]:
    if isinstance(what, tf.Tensor):
        return [what]
    steps = train_op if isinstance(train_op, list | tuple) else [train_op]
    found = swept_tensors([op for step in steps for op in ancestors(step)], what)
    if not found:
        raise ValueError(f"the training step has no {what}: give the name of one of its optimizer's hyperparameters, of a "
                         "constant or of a placeholder, or a tensor")
    return found
