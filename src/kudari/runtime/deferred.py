"""Steps nobody looks at: runs that return nothing, counted now and executed together when it matters."""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from ..graph.operation import Operation
from ..graph.tensor import Tensor
from .compiled import program_for
from .feeds import Repeat
from .plan import Plan
from .stats import stats
from .store import VariableStore

WORK_AHEAD = 0.02  # seconds of work held back at most, so that a program never waits long at a fetch or at Ctrl-C
MOST_STEPS = 100_000
MOST_OPS, MOST_ELEMENTS = 1000, 1 << 17  # of a step worth deferring
PATIENCE = 4  # steps in a row that came alone before a plan is no longer deferred


class Deferred:
    """Consecutive runs of one plan with equal feeds, not executed yet.

    Args:
      plan: a deferrable plan.
      fetches: what the program passed to `run`.
      repeat: test for equal feeds.
      feeds: their values.
    """

    __slots__ = ("_fetches", "_matches", "_snapshot", "count", "feeds", "plan")

    def __init__(self, plan: Plan, fetches: Any, repeat: Repeat, feeds: dict[Tensor, np.ndarray]):
        self.plan, self.feeds, self.count = plan, feeds, 1
        self._fetches = fetches
        self._snapshot = None if isinstance(fetches, Operation) else _snapshot(fetches)
        self._matches = repeat.matches

    def takes(self, fetches: Any, feed_dict: dict | None) -> bool:
        """Count one more run if it is the same as these and there is room; return whether it was."""
        if self.count >= self.plan.limit or not self._fetches_same(fetches) or not self._matches(feed_dict):
            return False
        self.count += 1
        return True

    def _fetches_same(self, fetches: Any) -> bool:
        if self._snapshot is None:
            return fetches is self._fetches
        return type(fetches) is type(self._fetches) and tuple(fetches) == self._snapshot

    def execute(self, mode: str, state: VariableStore) -> None:
        """Run the counted steps."""
        segment = self.plan.segments[0]
        inputs = [self.feeds[t] for t in segment.inputs]
        program = program_for(segment, mode, state, inputs, loop=True)
        started = time.perf_counter()
        program.repeat(self.count, state, inputs)
        self._learn(time.perf_counter() - started)
        stats.steps += self.count
        stats.deferred += self.count

    def _learn(self, seconds: float) -> None:
        plan = self.plan
        plan.limit = max(1, min(MOST_STEPS, int(WORK_AHEAD * self.count / max(seconds, 1e-9))))
        plan.useless_deferrals = plan.useless_deferrals + 1 if self.count == 1 else 0
        if plan.limit == 1 or plan.useless_deferrals >= PATIENCE:
            plan.is_deferrable = False


def _snapshot(fetches: Any) -> Any:
    return tuple(fetches) if isinstance(fetches, list | tuple) else None


def is_small(plan: Plan, state: VariableStore, feeds: dict[Tensor, np.ndarray]) -> bool:
    """Return whether a step is so small that the time between steps matters, and a second program for it costs little."""
    segment = plan.segments[0]
    elements = sum(state[v].size for v in segment.reads) + sum(value.size for value in feeds.values())
    return len(segment.ops) <= MOST_OPS and elements <= MOST_ELEMENTS


def can_defer(plan: Plan, fetches: Any) -> bool:
    """Return whether a run of `plan` may wait, and its fetches can be recognised when they come again."""
    return plan.is_deferrable and (isinstance(fetches, Operation) or (
        isinstance(fetches, list | tuple) and all(isinstance(f, Operation) for f in fetches)))
