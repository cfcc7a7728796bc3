"""How each optimizer moves along one direction of constant curvature, and from which rate on it runs away.

With its preconditioner held at its current value, each optimizer here is gradient descent with momentum in scaled
coordinates: along an eigenvector of the scaled Hessian with the eigenvalue c, an error follows a recurrence of two steps
whose characteristic polynomial says by which factor a step multiplies it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

import kudari as tf


@dataclass(frozen=True)
class Dynamics:
    """An optimizer's linearised dynamics.

    Args:
      momentum: how much of a step the next one repeats.
      share: what part of the rate moves a variable at once: 1 minus the momentum where the optimizer averages gradients.
      looks_ahead: whether the momentum is Nesterov's.
      scales: for each variable, what its gradient is multiplied by; `None` where that is 1.
    """

    momentum: float = 0.0
    share: float = 1.0
    looks_ahead: bool = False
    scales: list[np.ndarray] | None = None

    def limit(self, curvature: float) -> float:
        """Return the rate at which errors along the greatest curvature stop shrinking, infinity if nothing curves up."""
        if curvature <= 0:
            return float("inf")
        bound = 2 * (1 + self.momentum) / (1 + 2 * self.momentum if self.looks_ahead else 1)
        return bound / (self.share * curvature)

    def factor(self, rate: float, curvature: float) -> float:
        """Return by how much a step multiplies an error along a direction of this curvature, in the long run."""
        pull = rate * self.share * curvature
        if self.looks_ahead:
            kept = 1 - pull
            return float(max(abs(np.roots([1, -(1 + self.momentum) * kept, self.momentum * kept]))))
        if not self.momentum:
            return abs(1 - pull)
        return float(max(abs(np.roots([1, -(1 + self.momentum - pull), self.momentum]))))


def dynamics_of(optimizer: tf.train.Optimizer, session: tf.Session, variables: Sequence[Any],
                gradients: Sequence[np.ndarray]) -> Dynamics:
    """Return the dynamics of `optimizer` with its current slots.

    Args:
      optimizer: of a class that there is a formula for; a class derived from one may move otherwise.
      session: that holds its slots.
      variables: that it moves.
      gradients: of the loss by these.

    Raises:
      ValueError: if there is no formula for this optimizer.
    """
    rule = _RULES.get(type(optimizer))
    if rule is not None:
        return rule(_Reader(optimizer, session, variables, gradients))
    known = ", ".join(kind.__name__.removesuffix("Optimizer") for kind in _RULES)
    raise ValueError(f"there is no formula for the limit of {type(optimizer).__name__}; there is one for {known}: train "
                     "with one of these, or compare rates by a study or a range test, which need no formula")


class _Reader:
    """The hyperparameters and slots of an optimizer, as numbers."""

    def __init__(self, optimizer: Any, session: tf.Session, variables: Sequence[Any], gradients: Sequence[np.ndarray]):
        self.optimizer, self.session, self.variables, self.gradients = optimizer, session, variables, gradients

    def number(self, name: str) -> float:
        value = getattr(self.optimizer, name)
        value = value() if callable(value) else value
        return float(self.session.run(value) if isinstance(value, tf.Tensor | tf.Variable) else value)

    def slots(self, name: str) -> list[np.ndarray] | None:
        """The slots of all variables, `None` if there are none yet: nothing has been minimized."""
        slots = [self.optimizer.get_slot(variable, name) for variable in self.variables]
        return None if None in slots else [np.asarray(v, np.float64) for v in self.session.run(slots)]


def _gradient_descent(reader: _Reader) -> Dynamics:
    return Dynamics()


def _momentum(reader: _Reader) -> Dynamics:
    return Dynamics(reader.number("_momentum"), looks_ahead=bool(reader.optimizer._use_nesterov))


def _adam(reader: _Reader) -> Dynamics:
    """Adam averages the gradient, and divides by the root of the averaged square without its bias to zero."""
    first, second, epsilon = map(reader.number, ("_beta1", "_beta2", "_epsilon"))
    squares, steps_left = reader.slots("v"), 1.0
    if squares is not None:
        steps_left = 1 - reader.session.run(reader.optimizer._get_beta_accumulators()[1]) / second
    if squares is None or steps_left <= 0 or not any(v.any() for v in squares):
        squares, steps_left = [np.square(g) for g in reader.gradients], 1.0  # before the first step: what it will see
    scales = [1 / (np.sqrt(v / steps_left) + epsilon) for v in squares]
    return Dynamics(first, 1 - first, scales=scales)


def _rmsprop(reader: _Reader) -> Dynamics:
    epsilon, momentum = reader.number("_epsilon"), reader.number("_momentum")
    squares = reader.slots("rms") or [np.ones_like(g) for g in reader.gradients]
    if reader.optimizer._centered:
        means = reader.slots("mg") or [np.zeros_like(g) for g in reader.gradients]
        squares = [square - np.square(mean) for square, mean in zip(squares, means)]
    return Dynamics(momentum, scales=[1 / np.sqrt(square + epsilon) for square in squares])


def _adagrad(reader: _Reader) -> Dynamics:
    start = reader.number("_initial_accumulator_value")
    sums = reader.slots("accumulator") or [np.full_like(g, start) for g in reader.gradients]
    return Dynamics(scales=[1 / np.sqrt(total) for total in sums])


_RULES: dict[type, Callable[[_Reader], Dynamics]] = {
    tf.train.GradientDescentOptimizer: _gradient_descent,
    tf.train.MomentumOptimizer: _momentum,
    tf.train.AdamOptimizer: _adam,
    tf.train.RMSPropOptimizer: _rmsprop,
    tf.train.AdagradOptimizer: _adagrad,
}
