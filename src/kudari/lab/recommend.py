"""One learning rate for a model, with its reasons and its doubts."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

import kudari as tf

from .interrupts import Interrupted
from .progress import Progress
from .range_test import RangeTest, forked, range_test
from .rates import rate_tensor, spaced
from .schedules import Schedules, compared
from .stability import Stability, stability
from .trial import Trial, Trials

MARGIN = 0.7  # of the limit: the fastest rate on a quadratic is at 0.98 of it, where the next batch may break it
BELOW = 1000.0  # the part of the limit at which the range test begins at the latest
APART = 0.5  # of the lowest rate that broke
SETTLED = 4  # the part of a short training, one in so many steps, that the slots of an adaptive optimizer get to settle
GOOD = 0.99  # of what the best rate took off the loss: what counts as good, too


@dataclass(frozen=True)
class Recommendation:
    """A learning rate.

    Args:
      learning_rate: the rate to take; `None` if none can be told.
      low: the lowest rate that is about as good.
      high: the highest.
      reasons: why, in sentences.
      doubts: what might be wrong with it, in sentences.
      stability: the limit that curvature sets, if there is a formula for the optimizer.
      ramp: the range test; `None` if the search was interrupted before.
      trials: the short trainings at constant rates.
      schedules: how decaying rates did against the constant one.
    """

    learning_rate: float | None
    low: float | None
    high: float | None
    reasons: list[str]
    doubts: list[str]
    stability: Stability | None
    ramp: RangeTest | None
    trials: list[Trial]
    schedules: Schedules | None

    def explain(self) -> list[str]:
        """Return the rate, the reasons and the doubts, in sentences."""
        if self.learning_rate is None:
            first = "No learning rate can be recommended."
        else:
            first = (f"Take the learning rate {self.learning_rate:.3g}; from {self.low:.3g} to {self.high:.3g} is about as "
                     "good.")
        return [first, *self.reasons, *self.doubts]


def recommend(loss: tf.Tensor, train_op: Any, optimizer: Any, feed_dict: dict | None = None, *,
              feeds: Iterable[dict] | None = None, steps: int = 200, low: float = 1e-6, high: float = 10.0,
              session: tf.Session | None = None, progress: Progress | None = None) -> Recommendation:
    """Return the learning rate to train with.

    A range test finds where the loss falls and where it breaks, the curvature of the loss says up to where steps are
    stable, and short trainings at the rates between tell which is best. The session's weights, slots and random states are
    never touched.

    Args:
      loss: a scalar tensor.
      train_op: what takes a step.
      optimizer: that made it; or the tensor that holds the rate, and then there is no limit from curvature.
      feed_dict: what each step is fed.
      feeds: batches to feed, besides: the first `steps` of them are used.
      steps: of each short training.
      low: the lowest rate to look at, unless the limit lies near it or below.
      high: the highest.
      session: that holds the variables; the default session if `None`.
      progress: where it is told how many steps were taken.

    Raises:
      Interrupted: if Ctrl-C came; its `found` holds what was measured until then, without a rate.
      ValueError: if there is no session, no rate to feed, or nothing to train.
      FloatingPointError: if the loss is not finite even at the lowest rate.
    """
    fixed = dict(feed_dict or {})
    batches = [{**fixed, **batch} for batch in itertools.islice([{}] if feeds is None else feeds, steps)]
    tensor = rate_tensor(optimizer, train_op)
    with forked(session) as start:
        trials = Trials(start, loss, train_op, tensor, batches, steps, progress)
        search = _Search(trials, optimizer, low, high)
        try:
            return search.result()
        except KeyboardInterrupt as error:
            raise Interrupted("interrupted while a rate was looked for", search.so_far(error)) from None


class _Search:
    """The way from what was measured to one rate."""

    def __init__(self, trials: Trials, optimizer: Any, low: float, high: float):
        self.trials, self.optimizer = trials, optimizer
        self.stability: Stability | None = None
        self.limit = float("inf")
        self.reasons: list[str] = []
        self.doubts: list[str] = []
        self.done: dict[float, Trial] = {}
        self.low, self.high = low, high
        self.ramp: RangeTest | None = None

    def result(self) -> Recommendation:
        """Return the recommendation."""
        self._find_limit(self.trials.session)
        low, trials = min(self.low, self.limit / BELOW), self.trials
        self.ramp = range_test(trials.loss, trials.train_op, trials.rate, feeds=trials.batches, low=low, high=self.high,
                               session=trials.session)
        is_adaptive = self.stability is not None and self.stability.is_adaptive
        if is_adaptive:
            self.limit = float("inf")  # told when the slots have settled
        self._try(self._grid(self.ramp))
        best = self._best()
        if is_adaptive and best is not None:
            settling = best.rate
            with self.trials.trained(lambda _: settling, self.trials.steps // SETTLED) as later:
                self._find_limit(later)
            best = self._best() or best
        self.reasons += [] if self.stability is None else self.stability.explain()
        self.reasons += self.ramp.explain()
        if best is None:
            self.doubts.append("No rate that was tried makes the loss clearly smaller in so few steps: it is flat here, "
                               "already trained, or all noise; train longer, or with larger batches.")
            return self._recommendation(None, None, None, None)
        self._try(np.geomspace(best.rate / 1.8, min(best.rate * 1.8, self._cap()), 5)[1:-1])
        best = self._best() or best
        rate = min(best.rate, self._cap())
        good = [t.rate for t in self._sound() if t.before - t.after >= GOOD * (best.before - best.after)]
        low, high = min([*good, rate]), max([*good, rate])
        self._say(best, rate)
        return self._recommendation(rate, low, high, compared(self.trials, rate))

    def so_far(self, interrupt: KeyboardInterrupt) -> Recommendation:
        """Return what was measured until an interrupt, without a rate."""
        if isinstance(interrupt, Interrupted):
            self.ramp = interrupt.found
        reasons = [] if self.stability is None else self.stability.explain()
        self.reasons = reasons + ([] if self.ramp is None else self.ramp.explain())
        sound = min(self._sound(), key=lambda t: t.after, default=None)
        if sound is not None:
            self.reasons.append(f"Of {len(self.done)} rates tried until then for {self.trials.steps} steps each, "
                                f"{sound.rate:.3g} left the smallest loss, {sound.after:.4g} from {sound.before:.4g}.")
        self.doubts.append("The search was interrupted before a rate could be chosen.")
        return self._recommendation(None, None, None, None)

    def _find_limit(self, session: tf.Session) -> None:
        """Find the limit, by up to five batches, or say why there is none."""
        if not isinstance(self.optimizer, tf.train.Optimizer):
            self.doubts.append("Only the tensor of the rate was given, not the optimizer, so no limit could be computed.")
            return
        batches = self.trials.batches
        apart = max(len(batches) // 5, 1)
        try:
            self.stability = stability(self.trials.loss, self.optimizer, batches[0], feeds=batches[apart::apart][:4],
                                       session=session)
        except (ValueError, FloatingPointError) as error:
            self.doubts.append(f"No limit could be computed: {error}.")
            return
        self.limit = float(np.median(self.stability.limits))

    def _grid(self, ramp: RangeTest) -> np.ndarray:
        """Rates to try: below the limit and below where the ramp broke, over three decades."""
        ceiling = min(MARGIN * self.limit, ramp.rates[-1] if ramp.breaks_at is None else ramp.breaks_at)
        ceiling = max(ceiling, ramp.rates[0] * 10)
        return spaced(max(ceiling / 1000, ramp.rates[0]), ceiling, 10)

    def _try(self, rates: Iterable[float]) -> None:
        for rate in map(float, rates):
            if rate not in self.done:
                self.done[rate] = self.trials.at(rate)

    def _sound(self) -> list[Trial]:
        return [t for t in self.done.values() if not t.is_broken and t.rate <= self._cap() * (1 + 1e-9)]

    def _best(self) -> Trial | None:
        best = min(self._sound(), key=lambda t: t.after, default=None)
        return best if best is not None and best.has_learned else None

    def _cap(self) -> float:
        broken = [t.rate for t in self.done.values() if t.is_broken]
        return min([MARGIN * self.limit, *(APART * rate for rate in broken)])

    def _say(self, best: Trial, rate: float) -> None:
        self.reasons.append(f"Of {len(self.done)} rates tried for {self.trials.steps} steps each, {best.rate:.3g} left the "
                            f"smallest loss, {best.after:.4g} from {best.before:.4g}.")
        broken = sorted(t.rate for t in self.done.values() if t.is_broken)
        if broken:
            self.reasons.append(f"At {broken[0]:.3g} the training broke; the rate stays at or below half of that.")
        if np.isfinite(self.limit):
            self.reasons.append(f"The rate is {rate / self.limit:.0%} of the limit; above {MARGIN:.0%} another batch or a "
                                "sharper region could break it.")
        if best.rate == min(self.done):
            self.doubts.append("It is the lowest rate that was tried: a still lower one may be better.")

    def _recommendation(self, rate: float | None, low: float | None, high: float | None,
                        schedules: Schedules | None) -> Recommendation:
        if schedules is not None:
            self.reasons.append(schedules.explain())
        trials = [self.done[rate] for rate in sorted(self.done)]
        return Recommendation(rate, low, high, self.reasons, self.doubts, self.stability, self.ramp, trials, schedules)
