"""Short trainings of copies of a model, each at a rate of its own, on the same batches."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

import kudari as tf

from .progress import Progress

JUDGES = 32  # batches that the losses before and after are taken over


@dataclass(frozen=True)
class Trial:
    """One short training.

    Args:
      rate: the learning rate.
      losses_before: on a few batches, before.
      losses_after: on the same, after.
    """

    rate: float
    losses_before: np.ndarray
    losses_after: np.ndarray

    @property
    def before(self) -> float:
        """The median loss before: a batch that is an outlier decides nothing."""
        return float(np.median(self.losses_before))

    @property
    def after(self) -> float:
        """The median loss after, infinity if one is not finite."""
        return float(np.median(self.losses_after)) if np.isfinite(self.losses_after).all() else float("inf")

    @property
    def has_learned(self) -> bool:
        """Whether the loss fell, by more than the difference between batches explains; outliers decide nothing."""
        gains = self.losses_before - self.losses_after
        if not np.isfinite(gains).all():
            return False
        spread = 1.4826 * np.median(np.abs(gains - np.median(gains)))
        return bool(np.median(gains) > 2.5 * spread / np.sqrt(len(gains)) + 1e-4 * abs(self.before))

    @property
    def is_broken(self) -> bool:
        """Whether the loss ended far above where it began, or was lost."""
        return not np.isfinite(self.after) or self.after > self.before + 0.5 * abs(self.before)


class Trials:
    """Trainings of the same steps from the same point, on the same batches.

    Args:
      session: the point.
      loss: a scalar tensor.
      train_op: what takes a step.
      rate: the tensor that holds the rate.
      batches: what steps are fed, in turn, and then again from the start.
      steps: how many.
      progress: where it is told how many were taken, of all trainings.
    """

    def __init__(self, session: tf.Session, loss: tf.Tensor, train_op: Any, rate: tf.Tensor, batches: Sequence[dict],
                 steps: int, progress: Progress | None = None):
        self.session, self.loss, self.train_op, self.rate = session, loss, train_op, rate
        self.batches, self.steps, self.progress = list(batches), steps, progress or Progress()
        with session.fork() as copy:
            self.before = self._judged(copy)

    def at(self, rate: float) -> Trial:
        """Return a training at a constant rate."""
        return self.run(lambda _: rate)

    def run(self, schedule: Callable[[int], float]) -> Trial:
        """Return a training by a schedule, a function from steps to rates."""
        with self.trained(schedule, self.steps) as copy:
            return Trial(schedule(0), self.before, self._judged(copy))

    def trained(self, schedule: Callable[[int], float], steps: int) -> tf.Session:
        """Return a copy of the session that has trained for some steps by a schedule."""
        copy = self.session.fork()
        for step, batch in zip(range(steps), itertools.cycle(self.batches)):
            copy.run(self.train_op, {**batch, self.rate: schedule(step)})
            self.progress.steps += 1
        return copy

    def _judged(self, session: tf.Session) -> np.ndarray:
        return np.array([session.run(self.loss, batch) for batch in self.batches[:JUDGES]], np.float64)
