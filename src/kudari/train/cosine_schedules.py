"""Learning rates that fall along a cosine."""

from __future__ import annotations

import math
from typing import Any

from ..functions.conditionals import cond
from ..functions.random import random_normal
from ..graph.tensor import Tensor
from ..op.constant import constant
from ..ops.forms import node, power
from .schedules import of_type, scope_of, starting


def _half_wave(height: Any, fraction: Any) -> Any:
    """From `2 * height` to zero and back, while `fraction` goes from 0 to 2."""
    return height * (1.0 + node("Cos", constant(math.pi) * fraction))  # type: ignore[operator]


def cosine_decay(learning_rate: Any, global_step: Any, decay_steps: Any, alpha: Any = 0.0,
                 name: str | None = None) -> Tensor:
    """Return a rate that falls along half a cosine in `decay_steps` steps, and stays at its end.

    Loshchilov, Hutter: SGDR: Stochastic gradient descent with warm restarts, 2016 (arXiv:1608.03983).

    Args:
      learning_rate: a float or a scalar floating-point tensor, which gives the type of the result.
      global_step: the number of steps taken, a scalar integer variable, tensor or number.
      decay_steps: the number of steps until the end, likewise.
      alpha: the rate at the end as a part of that at the beginning.
      name: of the scope of the nodes.

    Returns:
      A scalar tensor.

    Raises:
      ValueError: if `global_step` is `None`.
    """
    with scope_of(name, "CosineDecay"):
        rate = starting(learning_rate)
        steps, step = of_type(rate.dtype, decay_steps, global_step)
        done = node("Minimum", step, steps) / steps
        decayed = (1 - alpha) * _half_wave(0.5, done) + alpha
        return node("Mul", rate, decayed)


def cosine_decay_restarts(learning_rate: Any, global_step: Any, first_decay_steps: Any, t_mul: Any = 2.0,
                          m_mul: Any = 1.0, alpha: Any = 0.0, name: str | None = None) -> Tensor:
    """Return a rate that falls along half a cosine again and again.

    Loshchilov, Hutter: SGDR: Stochastic gradient descent with warm restarts, 2016 (arXiv:1608.03983).

    Args:
      learning_rate: a float or a scalar floating-point tensor, which gives the type of the result.
      global_step: the number of steps taken, a scalar integer variable, tensor or number.
      first_decay_steps: the number of steps of the first fall, likewise.
      t_mul: how many times as long as the one before each next fall is.
      m_mul: what the height is multiplied by at each restart.
      alpha: the lowest rate as a part of that at the beginning.
      name: of the result.

    Returns:
      A scalar tensor.

    Raises:
      ValueError: if `global_step` is `None`.
    """
    with scope_of(name, "SGDRDecay") as scope:
        rate = starting(learning_rate)
        first, lowest, longer, lower, step = of_type(rate.dtype, first_decay_steps, alpha, t_mul, m_mul, global_step)
        done: Any = step / first  # type: ignore[operator]
        restarts, done = cond(node("Equal", longer, 1.0), lambda: _equal_falls(done), lambda: _growing_falls(done, longer))
        height = lower**restarts  # type: ignore[operator]
        wave = _half_wave(0.5 * height, done)
        decayed = (1 - lowest) * wave + lowest  # type: ignore[operator]
        return node("Mul", rate, decayed, name=scope)


def _equal_falls(done: Any) -> tuple[Any, Any]:
    """How many falls are over, and the part that is over of this one."""
    over = node("Floor", done)
    return over, done - over


def _growing_falls(done: Any, longer: Any) -> tuple[Any, Any]:
    """The same where each fall is `longer` times the one before, and `done` is counted in first falls."""
    over: Any = node("Floor", node("Log", 1.0 - done * (1.0 - longer)) / node("Log", longer))
    before = (1.0 - longer**over) / (1.0 - longer)
    return over, (done - before) / longer**over


def linear_cosine_decay(learning_rate: Any, global_step: Any, decay_steps: Any, num_periods: Any = 0.5, alpha: Any = 0.0,
                        beta: Any = 0.001, name: str | None = None) -> Tensor:
    """Return a rate that falls along the product of a line and a cosine.

    Bello and others: Neural optimizer search with reinforcement learning, 2017 (arXiv:1709.07417).

    Args:
      learning_rate: a float or a scalar floating-point tensor, which gives the type of the result.
      global_step: the number of steps taken, a scalar integer variable, tensor or number.
      decay_steps: the number of steps until the end, likewise.
      num_periods: of the cosine.
      alpha: added to the line.
      beta: added to the product.
      name: of the result.

    Returns:
      A scalar tensor.

    Raises:
      ValueError: if `global_step` is `None`.
    """
    with scope_of(name, "LinearCosineDecay") as scope:
        rate = starting(learning_rate)
        steps, periods, alpha, beta, step = of_type(rate.dtype, decay_steps, num_periods, alpha, beta, global_step)
        step = node("Minimum", step, steps)
        left: Any = (steps - step) / steps  # type: ignore[operator]
        wave = _wave(periods, step, steps)
        return node("Mul", rate, (alpha + left) * wave + beta, name=scope)


def _wave(periods: Any, step: Any, steps: Any) -> Any:
    done = step / steps
    return _half_wave(0.5, 2.0 * periods * done)


def noisy_linear_cosine_decay(learning_rate: Any, global_step: Any, decay_steps: Any, initial_variance: Any = 1.0,
                              variance_decay: Any = 0.55, num_periods: Any = 0.5, alpha: Any = 0.0, beta: Any = 0.001,
                              name: str | None = None) -> Tensor:
    """Return a rate that falls along the product of a line with noise and a cosine.

    Bello and others: Neural optimizer search with reinforcement learning, 2017 (arXiv:1709.07417).

    Args:
      learning_rate: a float or a scalar floating-point tensor, which gives the type of the result.
      global_step: the number of steps taken, a scalar integer variable, tensor or number.
      decay_steps: the number of steps until the end, likewise.
      initial_variance: of the normal noise at the first step.
      variance_decay: the variance is divided by the number of the step to this power.
      num_periods: of the cosine.
      alpha: added to the line.
      beta: added to the product.
      name: of the result.

    Returns:
      A scalar tensor.

    Raises:
      ValueError: if `global_step` is `None`.
    """
    with scope_of(name, "NoisyLinearCosineDecay") as scope:
        rate = starting(learning_rate)
        steps, variance, fading, periods, alpha, beta, step = of_type(
            rate.dtype, decay_steps, initial_variance, variance_decay, num_periods, alpha, beta, global_step)
        step = node("Minimum", step, steps)
        left: Any = (steps - step) / steps  # type: ignore[operator]
        deviation = node("Sqrt", variance / power(1.0 + step, fading))  # type: ignore[operator]
        left = left + random_normal(left.shape, stddev=deviation)
        wave = _wave(periods, step, steps)
        return node("Mul", rate, (alpha + left) * wave + beta, name=scope)
