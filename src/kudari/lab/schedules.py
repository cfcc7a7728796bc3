"""Whether a rate that decays does better than a constant one."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from .trial import Trials

CLEARLY = 0.9  # a loss below this share of the constant rate's is better

SHAPES: dict[str, Callable[[float], float]] = {
    "tf.train.exponential_decay": lambda done: 0.01 ** done,
    "tf.train.polynomial_decay": lambda done: 1 - 0.99 * done,
    "tf.train.cosine_decay": lambda done: 0.5 * (1 + math.cos(math.pi * done)),
}


@dataclass(frozen=True)
class Schedules:
    """Losses after the same steps at the same first rate.

    Args:
      constant: the loss that the constant rate ended with.
      decaying: for each schedule, by its name in TensorFlow, the loss it ended with.
    """

    constant: float
    decaying: dict[str, float]

    @property
    def best(self) -> str | None:
        """The schedule that clearly did better than the constant rate, if one did."""
        name = min(self.decaying, key=self.decaying.__getitem__)
        return name if self.decaying[name] < self.constant - (1 - CLEARLY) * abs(self.constant) else None

    def explain(self) -> str:
        """Return which did best, in a sentence."""
        if self.best is None:
            return "No decay did better than the constant rate in so many steps."
        ended = self.decaying[self.best]
        return f"From the same rate {self.best} ended lower, at {ended:.4g} instead of {self.constant:.4g}."


def compared(trials: Trials, rate: float) -> Schedules:
    """Return how decaying from `rate` to a hundredth of it did against keeping it."""
    last = max(trials.steps - 1, 1)

    def decayed(shape: Callable[[float], float]) -> float:
        return trials.run(lambda step: rate * shape(step / last)).after

    return Schedules(trials.at(rate).after, {name: decayed(shape) for name, shape in SHAPES.items()})
