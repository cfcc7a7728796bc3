"""Where lanes went while they trained: some of their parameters, the loss, and now and then all they held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

import kudari as tf

from ..runtime.lanes import Lanes

TRACKED = 64  # parameters whose way is kept
EACH_STEP = 32  # up to this step each is kept, then one in so many more
APART = 1.03  # factor between steps kept later
STATES_APART = 1.5  # factor between steps at which everything is kept
STATE_LANES = 6
MOST_KEPT = 2**28  # bytes of what is kept of all variables


@dataclass(frozen=True)
class Parameter:
    """One number of a trainable variable.

    Args:
      variable: the variable.
      index: of the number, in the flat variable.
    """

    variable: Any
    index: int

    @property
    def name(self) -> str:
        """The variable's name, with the place in it where it holds several numbers."""
        shape = self.variable.shape.as_list()
        if np.prod(shape) == 1:
            return self.variable.op.name
        return f"{self.variable.op.name}[{', '.join(map(str, np.unravel_index(self.index, shape)))}]"


@dataclass
class Trace:
    """What is kept of lanes while they train.

    Of models of more than 64 parameters it follows those 64 that the first step moves furthest.

    Args:
      lanes: what trains.
      session: that the lanes began with.
      loss: what they make small, if known.
      optimizer: what makes it small, if known.
      variables: the trainable variables of the lanes.

    `steps`, `places` and `losses` hold the steps kept, the parameters of all lanes there and their losses; `states` the
    steps at which everything was kept, each with the arrays of the lanes `kept_lanes` by variable.
    """

    lanes: Lanes
    session: tf.Session
    loss: tf.Tensor | None
    optimizer: Any
    variables: Sequence[Any]
    parameters: list[Parameter] = field(default_factory=list)
    steps: list[int] = field(default_factory=list)
    places: list[np.ndarray] = field(default_factory=list)
    losses: list[np.ndarray] = field(default_factory=list)
    states: list[tuple[int, dict[Any, np.ndarray]]] = field(default_factory=list)
    kept_lanes: np.ndarray = field(default_factory=lambda: np.zeros(0, int))
    feed_dict: dict | None = None
    _kept: int = 0

    def begin(self, feed_dict: dict | None) -> None:
        """Keep where the lanes are before the first step, and the batch that it is fed."""
        self.feed_dict = {key: np.array(value) for key, value in (feed_dict or {}).items()}
        self.variables = [v for v in self.variables if v.op in self.lanes.state and v.dtype.is_floating]
        count = self.lanes.count
        self.kept_lanes = np.unique(np.linspace(0, count - 1, min(count, STATE_LANES)).round().astype(int))
        self._start = {v: self._held(v)[0].copy() for v in self.variables}
        self.losses.append(self._losses(feed_dict))
        self._keep_state(0)
        if sum(value.size for value in self._start.values()) <= TRACKED:
            self._begin_at_start([Parameter(v, i) for v, value in self._start.items() for i in range(value.size)])

    def room(self, step: int) -> int:
        """Return how many steps may be taken after `step` until the next one is kept."""
        return 1 if step < EACH_STEP else int(np.ceil(self.steps[-1] * APART)) - step

    def take(self, step: int, feed_dict: dict | None) -> None:
        """Keep what the lanes hold after `step` steps, if that is one to keep."""
        if not self.parameters:
            self._begin_at_start(self._moved_furthest())
        if step <= EACH_STEP or step >= self.steps[-1] * APART:
            self._keep(step, feed_dict)

    def end(self, step: int, feed_dict: dict | None) -> None:
        """Keep what the lanes hold after the last step."""
        if self.steps and self.steps[-1] != step:
            self._keep(step, feed_dict)
        if self.states and self.states[-1][0] != step:
            self._keep_state(step)

    def _begin_at_start(self, parameters: list[Parameter]) -> None:
        self.parameters = parameters
        self.steps.append(0)
        start = [self._start[p.variable][p.index] for p in parameters]
        self.places.append(np.broadcast_to(np.array(start, np.float64), (self.lanes.count, len(start))))

    def _moved_furthest(self) -> list[Parameter]:
        moved = [np.abs(self._held(v) - self._start[v]) for v in self.variables]
        far = np.concatenate([np.where(np.isfinite(part), part, 0).max(0) for part in moved])
        ends = np.cumsum([0, *(part.shape[1] for part in moved)])
        found = []
        for place in sorted(np.argsort(-far, kind="stable")[:TRACKED]):
            which = int(np.searchsorted(ends, place, side="right")) - 1
            found.append(Parameter(self.variables[which], int(place - ends[which])))
        return found

    def _held(self, variable: Any) -> np.ndarray:
        return self.lanes.held(variable.op).reshape(self.lanes.count, -1)

    def _places(self) -> np.ndarray:
        held = {v: self._held(v) for v in dict.fromkeys(p.variable for p in self.parameters)}
        return np.stack([held[p.variable][:, p.index] for p in self.parameters], 1).astype(np.float64)

    def _keep(self, step: int, feed_dict: dict | None) -> None:
        self.steps.append(step)
        self.places.append(self._places())
        self.losses.append(self._losses(feed_dict))
        if not self.states or step >= self.states[-1][0] * STATES_APART:
            self._keep_state(step)

    def _losses(self, feed_dict: dict | None) -> np.ndarray:
        """The losses of all lanes; not a number where taking them would take something out of a queue, or the like."""
        if self.loss is None or any(part.on_host for part in self.lanes.prepare(self.loss, feed_dict, {}).segments):
            return np.full(self.lanes.count, np.nan)
        return np.asarray(self.lanes.look(self.loss, feed_dict), np.float64).reshape(self.lanes.count, -1).mean(1)

    def _keep_state(self, step: int) -> None:
        with self.session.graph.as_default():
            variables = [v for v in tf.global_variables() if v.op in self.lanes.state]
        held = {v: self.lanes.held(v.op)[self.kept_lanes] for v in variables}
        self._kept += sum(value.nbytes for value in held.values())
        if self._kept <= MOST_KEPT:
            self.states.append((step, held))
