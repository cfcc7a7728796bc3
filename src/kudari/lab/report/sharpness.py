"""The largest curvature along the ways that lanes took."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

import kudari as tf

from ..dynamics import Dynamics, dynamics_of
from ..products import Curvature, curvature
from ..spectrum import spectrum
from ..trace import Trace

SMALL = 64  # parameters up to which more points are taken
POINTS = 14  # steps along a way
FEWER_POINTS = 8


@dataclass(frozen=True)
class Sharpness:
    """Curvatures along ways.

    Args:
      lanes: whose.
      steps: where they were taken.
      values: for each lane and step, the largest curvature as the optimizer sees it; not a number where there is none.
      bound: the rate at which errors stop shrinking is this divided by the curvature.
      is_adaptive: whether the optimizer scales the curvature by what it has seen.
    """

    lanes: list[int]
    steps: list[int]
    values: np.ndarray
    bound: float
    is_adaptive: bool


def sharpness(trace: Trace) -> Sharpness | None:
    """Take the curvature on the first batch at some of the points where the whole lanes were kept.

    Returns:
      `None` if there is no loss.

    Raises:
      LookupError: if the loss cannot be differentiated.
    """
    if trace.loss is None or not trace.states:
        return None
    size = sum(int(np.prod(v.shape.as_list())) for v in trace.variables)
    wanted = min(len(trace.states), POINTS if size <= SMALL else FEWER_POINTS)
    chosen = np.unique(np.linspace(0, len(trace.states) - 1, wanted).round().astype(int))
    values = np.full((len(trace.kept_lanes), len(chosen)), np.nan)
    bound, is_adaptive = 2.0, False
    with curvature(trace.session, trace.loss, trace.variables, trace.feed_dict) as point:
        for column, place in enumerate(chosen):
            for row in range(len(values)):
                state = {variable: held[row] for variable, held in trace.states[place][1].items()}
                if all(np.isfinite(value).all() for value in state.values() if value.dtype.kind == "f"):
                    for variable, value in state.items():
                        variable.load(value, point.session)
                    dynamics = _dynamics(trace, point)
                    values[row, column] = _largest(point, dynamics)
                    bound, is_adaptive = dynamics.limit(1.0), dynamics.scales is not None
    return Sharpness(trace.kept_lanes.tolist(), [trace.states[i][0] for i in chosen], values, bound, is_adaptive)


def _dynamics(trace: Trace, point: Curvature) -> Dynamics:
    if not isinstance(trace.optimizer, tf.train.Optimizer):
        return Dynamics()
    gradients: Any = point.flat.split(point.gradient())
    return dynamics_of(trace.optimizer, point.session, trace.variables, gradients)


def _largest(point: Curvature, dynamics: Dynamics) -> float:
    scale = np.ones(point.size) if dynamics.scales is None else np.sqrt(point.flat.join(dynamics.scales))
    try:
        return spectrum(lambda vector: scale * point.times(scale * vector), point.size, 1e-3).largest
    except FloatingPointError:
        return float("nan")
