"""A study from Python: one training step at many values of something."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

import kudari as tf

from ..runtime.lanes import Lanes
from .points import Points
from .products import ancestors
from .range_test import batches_of
from .study import Study
from .swept import swept_tensors
from .trace import Trace


def sweep(fetches: Any, train_op: Any, over: dict[Any, Sequence[float]], feed_dict: dict | None = None, *,
          feeds: Iterable[dict] | None = None, steps: int = 100, every: int = 10, seeds: int | None = None,
          session: tf.Session | None = None, traces: bool = False) -> Study:
    """Train copies of a model, one at each value of something, by one program.

    The session is only read: the copies begin with its variables and random states.

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
      ValueError: if there is no session, nothing to sweep, or the step has nothing of that name.
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
    trained = [v.op for v in session.graph.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES)]
    batches, lost_at = batches_of(feed_dict, feeds), np.zeros(len(points), np.int64)
    records: list[tuple[int, dict[str, np.ndarray]]] = []

    def record(step: int, batch: dict) -> None:
        found = lanes.look(list(named.values()), batch)
        records.append((step, dict(zip(named, found))))

    batch = next(batches)
    trace = _trace(session, lanes, next(iter(named.values()))) if traces else None
    if trace is not None:
        trace.begin(batch)
    record(0, batch)
    done = 0
    while done < steps:
        count = min(every - done % every, steps - done)
        if trace is not None:
            count = min(count, trace.room(done))
        if feeds is None:
            lost = lanes.repeat(train_op, count, batch, lane_feeds)
            fresh = (lost_at == 0) & (lost > 0)
            lost_at[fresh] = done + lost[fresh]
        else:
            for step in range(count):
                lanes.run(train_op, batch, lane_feeds)
                lost_at[(lost_at == 0) & ~lanes.are_finite(trained)] = done + step + 1
                batch = next(batches)
        done += count
        if trace is not None:
            trace.take(done, batch)
        if done % every == 0 or done == steps:
            record(done, batch)
    if trace is not None:
        trace.end(done, batch)
    first = next(iter(named))
    losses = [(step, found[first].reshape(len(points), -1).mean(1)) for step, found in records]
    return Study(points, steps, records, losses, lost_at, trace=trace)


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
