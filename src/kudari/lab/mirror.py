"""A training program run as it is, while lanes beside it take the same steps at values of their own."""

from __future__ import annotations

import time
from typing import Any

import numpy as np

import kudari as tf

from ..runtime.feeds import Repeat
from ..runtime.lanes import Lanes
from .bursts import Bursts
from .interrupts import Interrupts
from .points import Points
from .progress import Progress
from .reading import read_by_graph
from .swept import swept_tensors
from .trace import Trace

SEEN_EVERY = 50  # steps between looks at the loss, when each is fed something else
LARGEST = 16  # elements of a fetched value that is recorded
KEPT_FEEDS = 256  # batches kept, for what is asked of the model afterwards
BEHIND = 0.5  # seconds that the lanes stay behind the program at most, while it takes the same step again and again


class Mirror:
    """What runs beside a session: the lanes, and what they gave.

    Args:
      session: of the program.
      points: a value of everything that is swept, for each lane.
      traces: whether to keep where the lanes go, for a report.
      progress: where it is told how far they are.
      interrupts: that leave no step half taken.

    `steps` counts the runs that moved a trainable variable; `records` holds, for each run that fetched numbers, the steps
    before it and by name the arrays of all lanes; `losses` the loss of all lanes, likewise; `lost_at` the step after which a
    lane first held something not finite, 0 if it never did; `missing` what no run had yet of all that is swept; and `own` by
    name the program's own values of that, not a number where it changes them as it goes.
    """

    def __init__(self, session: tf.Session, points: Points, traces: bool = False, progress: Progress | None = None,
                 interrupts: Interrupts | None = None):
        self.session, self.points = session, points
        self.lanes = Lanes(session, len(points), points.streams)
        self.steps = 0
        self.records: list[tuple[int, dict[str, np.ndarray]]] = []
        self.losses: list[tuple[int, np.ndarray]] = []
        self.lost_at = np.zeros(len(points), np.int64)
        self.start: tf.Session | None = None
        self.train_fetches: Any = None
        self.feeds: list[dict] = []
        self.missing = set(points.swept)
        self.trace: Trace | None = None
        self.own: dict[str, float] = {}
        self._traces, self._progress, self._interrupts = traces, progress or Progress(), interrupts or Interrupts()
        self._bursts = Bursts()
        self._sources: dict[str, tf.Tensor] = {}
        self._pending: tuple[Any, Repeat, dict | None, dict] | None = None
        self._count, self._since = 0, 0.0
        self._fed: Repeat | None = None
        self._known: dict[Any, tuple[dict, bool, list[tf.Tensor]]] = {}

    def run(self, fetches: Any, feed_dict: dict | None, options: Any, run_metadata: Any) -> Any:
        """Run for the program, and in all lanes."""
        if self._pending is not None:
            if self._takes(fetches, feed_dict):
                self._count += 1
                if time.perf_counter() - self._since > BEHIND:
                    self._catch_up()
                return self.session.run_alone(fetches, feed_dict, options, run_metadata)
            self.flush()
        lane_feeds, trains, read = self._look(fetches, feed_dict)
        if trains and self.start is None:
            self.start, self.train_fetches = self.session.fork(), fetches
        if read:  # batches that the graph reads itself: the lanes get the program's
            result, values = self.session.run_alone([fetches, read], feed_dict, options, run_metadata)
            feed_dict = {**(feed_dict or {}), **dict(zip(read, values))}
        if trains:
            self._note_training(feed_dict)
        if not read:
            result = self.session.run_alone(fetches, feed_dict, options, run_metadata)
        repeat = Repeat(feed_dict)
        if isinstance(fetches, tf.Operation) and trains and not read and repeat.is_possible:
            held = {key: np.array(value) for key, value in (feed_dict or {}).items()}
            self._pending, self._count = (fetches, repeat, held, lane_feeds), 1
            self._since = time.perf_counter()
        else:
            with self._interrupts.held():
                self._step(fetches, feed_dict, lane_feeds, trains)
        return result

    def _step(self, fetches: Any, feed_dict: dict | None, lane_feeds: dict, trains: bool) -> None:
        self._record(self.lanes.run(fetches, feed_dict, lane_feeds), fetches)
        if trains:
            self.steps += 1
            if self.steps & (self.steps - 1) == 0 or self.steps % SEEN_EVERY == 0:
                self.see_loss(feed_dict)
            self._lose(~self.lanes.are_finite([v.op for v in tf_variables(self.session.graph)]))
            self._tell()
            if self.trace is not None:
                self.trace.take(self.steps, feed_dict)

    def _takes(self, fetches: Any, feed_dict: dict | None) -> bool:
        assert self._pending is not None
        return fetches is self._pending[0] and self._pending[1].matches(feed_dict)

    def flush(self) -> None:
        """Take the steps that wait, and see what they made of the loss."""
        if self._pending is not None:
            feeds = self._pending[2]
            self._catch_up()
            self._pending = None
            with self._interrupts.held():
                self.see_loss(feeds)

    def drop(self) -> None:
        """Leave the steps that wait, and see what those before made of the loss."""
        self._pending, self._count = None, 0
        if self.steps and self.losses[-1][0] != self.steps:
            self.see_loss(self.feeds[-1])

    def _catch_up(self) -> None:
        assert self._pending is not None
        fetches, _, feeds, lane_feeds = self._pending
        for burst in self._bursts.of(self._count):
            while burst:
                part = burst if self.trace is None else min(burst, self.trace.room(self.steps))
                with self._interrupts.held():
                    lost = self.lanes.repeat(fetches, part, feeds, lane_feeds)
                    fresh = (self.lost_at == 0) & (lost > 0)
                    self.lost_at[fresh] = self.steps + lost[fresh]
                    self.steps += part
                    self._count -= part
                    self._tell()
                    if self.trace is not None:
                        self.trace.take(self.steps, feeds)
                burst -= part
        self._since = time.perf_counter()

    def _tell(self) -> None:
        self._progress.steps, self._progress.lost_at = self.steps, self.lost_at

    @property
    def minimized(self) -> tuple[Any, Any] | None:
        """The loss that the program trains on, and its optimizer."""
        pairs = [pair for pair in self.session.graph.minimized if isinstance(pair[0], tf.Tensor)]
        return pairs[0] if pairs else None

    def see_loss(self, feed_dict: dict | None) -> None:
        """Record the loss of all lanes on a batch."""
        if self.minimized is not None:
            value = self.lanes.look(self.minimized[0], feed_dict)
            self.losses.append((self.steps, value.reshape(len(self.points), -1).mean(1)))

    def _lose(self, are_lost: np.ndarray) -> None:
        self.lost_at[(self.lost_at == 0) & are_lost] = self.steps

    def _look(self, fetches: Any, feed_dict: dict | None) -> tuple[dict, bool, list[tf.Tensor]]:
        """What the lanes are fed in such a run, whether it trains, and what of its batches the graph reads itself."""
        key = (fetches, *(feed_dict or {})) if isinstance(fetches, tf.Operation | tf.Tensor) else None
        if key is not None and key in self._known:
            return self._known[key]
        plan = self.lanes.prepare(fetches, feed_dict, {})
        ops = [op for unit in plan.ops for op in _ops(unit)]
        lane_feeds = {}
        for name, column in self.points.swept.items():
            tensors = swept_tensors(ops, name)
            lane_feeds.update(dict.fromkeys(tensors, column))
            if tensors:
                self.missing.discard(name)
                self._sources[name] = tensors[0]
        trained = {v.op for v in tf_variables(self.session.graph)}
        trains = any(trained.intersection(segment.reads, segment.writes) for segment in plan.segments)
        self.lanes.prepare(fetches, feed_dict, lane_feeds)
        read = read_by_graph(plan.segments, set(lane_feeds))
        if key is not None:
            self._known[key] = lane_feeds, trains, read
        return lane_feeds, trains, read

    def _note_training(self, feed_dict: dict | None) -> None:
        if not self.feeds:
            self.see_loss(feed_dict)
            if self._traces:
                loss, optimizer = self.minimized or (None, None)
                self.trace = Trace(self.lanes, self.start, loss, optimizer, tf_variables(self.session.graph))
                self.trace.begin(feed_dict)
        self._note_own(feed_dict)
        is_new = self._fed is None or not self._fed.is_possible or not self._fed.matches(feed_dict)
        self._fed = Repeat(feed_dict)
        if is_new and len(self.feeds) < KEPT_FEEDS:
            self.feeds.append({key: np.array(value) for key, value in (feed_dict or {}).items()})

    def _note_own(self, feed_dict: dict | None) -> None:
        """See what the program trains with itself."""
        fed = {self.session.graph.as_graph_element(key): value for key, value in (feed_dict or {}).items()}
        for name, tensor in self._sources.items():
            if tensor in fed:
                value = float(np.ravel(fed[tensor])[0])
            elif name in self.own:
                continue
            else:
                assert self.start is not None
                value = float(self.start.run(tensor))
            self.own[name] = value if self.own.get(name, value) == value else float("nan")

    def _record(self, results: Any, fetches: Any) -> None:
        found: dict[str, np.ndarray] = {}
        for fetch, value in zip(_flat(fetches), _flat(results)):
            if isinstance(value, np.ndarray) and value.dtype.kind in "fiu" and value[0].size <= LARGEST:
                element = fetch if isinstance(fetch, str) else getattr(fetch, "op", fetch).name
                found[element.removesuffix(":0")] = value
        if found:
            self.records.append((self.steps, found))


def tf_variables(graph: tf.Graph) -> list[Any]:
    """Return the trainable variables of a graph."""
    with graph.as_default():
        return tf.trainable_variables()


def _ops(unit: Any) -> list[tf.Operation]:
    return [unit] if isinstance(unit, tf.Operation) else list(unit.all_ops())


def _flat(structure: Any) -> list[Any]:
    if isinstance(structure, dict):
        return [leaf for key in sorted(structure, key=str) for leaf in _flat(structure[key])]
    if isinstance(structure, list | tuple):
        return [leaf for item in structure for leaf in _flat(item)]
    return [structure]
