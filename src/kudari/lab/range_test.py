"""A learning-rate range test: one short training in which the rate rises, and what the loss says of each rate."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

import kudari as tf

from .interrupts import Interrupted
from .rates import rate_tensor, spaced
from .smoothing import noise, smoothed

WORSE = 1.5  # a loss that stays above this many times its start, noise aside, has broken
FEW = 10  # rates of which nothing can be said yet
CLEAR = 4.0  # so many standard deviations of the noise count as a change


@dataclass(frozen=True)
class RangeTest:
    """What a range test saw.

    Args:
      rates: one a step, rising.
      losses: before each step, on its batch.
      smooth: the losses without noise and spikes.
      noise: the standard deviation of the losses from one step to the next.
      falls_from: the first rate at which the loss clearly falls; `None` if it never does.
      steepest: the rate at which it falls fastest.
      breaks_at: the rate from which on it only gets worse, or is not finite; `None` if it never does.
    """

    rates: np.ndarray
    losses: np.ndarray
    smooth: np.ndarray
    noise: float
    falls_from: float | None
    steepest: float | None
    breaks_at: float | None

    def explain(self) -> list[str]:
        """Return what was seen, in sentences."""
        span = f"between the rates {self.rates[0]:.3g} and {self.rates[-1]:.3g}"
        lines = []
        if self.falls_from is None:
            lines.append(f"The loss does not clearly fall anywhere {span}: it is flat, already trained, or all noise.")
        else:
            lines.append(f"The loss begins to fall at the rate {self.falls_from:.3g} and falls fastest at "
                         f"{self.steepest:.3g}.")
        if self.breaks_at is None:
            lines.append(f"It breaks at no rate {span}.")
        else:
            lines.append(f"From the rate {self.breaks_at:.3g} on it only gets worse.")
        return lines


def range_test(loss: tf.Tensor, train_op: Any, learning_rate: Any, feed_dict: dict | None = None, *,
               feeds: Iterable[dict] | None = None, low: float = 1e-6, high: float = 10.0, steps: int = 150,
               burn_in: int = 10, session: tf.Session | None = None) -> RangeTest:
    """Train a copy of the model at rates that rise from `low` to `high`, and return what the loss did.

    The weights, slots, steps and random states of the session are never touched.

    Args:
      loss: a scalar tensor.
      train_op: what takes a step.
      learning_rate: the optimizer, or the tensor that holds its rate.
      feed_dict: what each step is fed.
      feeds: batches to feed, besides; taken again from the start when they run out.
      low: the rate to begin with, at which the noise is measured.
      high: the rate to end with.
      steps: how many rates.
      burn_in: steps at `low` before.
      session: that holds the variables; the default session if `None`.

    Raises:
      Interrupted: if Ctrl-C came; its `found` is what the rates until then say, `None` if they are too few.
      ValueError: if the rates make no range, or there is no session or no rate to feed.
      FloatingPointError: if the loss is not finite even at the lowest rate.
    """
    rates = np.concatenate([np.full(burn_in, low), spaced(low, high, steps)])
    tensor, batches = rate_tensor(learning_rate, train_op), batches_of(feed_dict, feeds)
    losses = np.full(len(rates), np.nan)
    done = 0
    try:
        with forked(session) as copy:
            for i, rate in enumerate(rates):
                losses[i], _ = copy.run([loss, train_op], {**next(batches), tensor: rate})
                done = i + 1
                if not np.isfinite(losses[max(i - 2, 0):i + 1]).any() and i >= burn_in:
                    break
    except KeyboardInterrupt:
        is_enough = done - burn_in >= FEW and np.isfinite(losses[:burn_in]).all()
        found = judged(rates[burn_in:done], losses[burn_in:done], losses[:burn_in]) if is_enough else None
        raise Interrupted("interrupted in the range test", found) from None
    if not np.isfinite(losses[:burn_in]).all():
        raise FloatingPointError(f"{loss.name} is {losses[0]} already at the rate {low:g}: the model or its data overflow "
                                 "or hold a NaN, and no rate cures that")
    return judged(rates[burn_in:], losses[burn_in:], losses[:burn_in])


def judged(rates: np.ndarray, losses: np.ndarray, before: np.ndarray) -> RangeTest:
    """Return what a series of losses at rising rates says.

    Args:
      rates: one a step.
      losses: at these; NaN from where training stopped.
      before: losses at the lowest rate.
    """
    width = max(5, len(rates) // 20) | 1
    smooth = smoothed(losses, width)
    jitter, start = noise(np.concatenate([before, losses[:len(losses) // 4]])), float(np.median(before))
    doubt = CLEAR * jitter / np.sqrt(width) + 1e-3 * abs(start)
    best = np.minimum.accumulate(smooth)
    broken = ~(smooth <= np.maximum(WORSE * np.abs(start), np.abs(start) + doubt))
    last_good = int(np.flatnonzero(~broken)[-1]) if (~broken).any() else -1
    breaks_at = float(rates[last_good + 1]) if last_good + 1 < len(rates) else None
    fallen = np.flatnonzero(best < start - doubt)
    falls_from = steepest = None
    if len(fallen) and fallen[0] <= last_good:
        falls_from = float(rates[fallen[0]])
        lowest = int(np.argmin(smooth[:last_good + 1]))
        slopes = np.diff(smooth[:lowest + 1]) / np.diff(np.log(rates[:lowest + 1]))
        steepest = float(rates[int(np.argmin(slopes))]) if len(slopes) else falls_from
        falls_from = min(falls_from, steepest)
    return RangeTest(rates, losses, smooth, jitter, falls_from, steepest, breaks_at)


def batches_of(feed_dict: dict | None, feeds: Iterable[dict] | None) -> Iterator[dict]:
    """Return an endless series of batches: each of `feeds`, over and over, with `feed_dict` besides."""
    fixed = dict(feed_dict or {})
    return ({**fixed, **batch} for batch in itertools.cycle([{}] if feeds is None else feeds))


def forked(session: tf.Session | None) -> tf.Session:
    """Return a copy of `session`, or of the default one, to be closed after use.

    Raises:
      ValueError: if there is none.
    """
    session = session or tf.get_default_session()
    if session is None:
        raise ValueError("there is no session to take the variables from: give one as session=, or call this inside "
                         "`with session.as_default():`")
    return session.fork()
