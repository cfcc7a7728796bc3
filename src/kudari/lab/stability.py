"""Up to which learning rate training is stable: the curvature of a loss, and what an optimizer makes of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

import kudari as tf

from .dynamics import Dynamics, dynamics_of
from .inputs import Meeting, meetings
from .products import Curvature, ancestors, curvature
from .spectrum import Spectrum, spectrum

WORTH_SCALING = 2.0  # from this factor on a limit counts as held down by the scale of the data


@dataclass(frozen=True)
class Scaling:
    """Data whose scale sets the limit.

    Args:
      variable: the name of the variable that meets it.
      data: the name of its tensor.
      feature: which column of it, if it has several.
      mean: of that feature in this batch.
      deviation: its standard deviation.
      limit: what the limit would be if each feature had mean 0 and standard deviation 1.
    """

    variable: str
    data: str
    feature: int | None
    mean: float
    deviation: float
    limit: float


@dataclass(frozen=True)
class Stability:
    """Up to which rate an optimizer's linearised dynamics contract, at one point, on given batches.

    Args:
      optimizer: the name of its class.
      lambda_max: the largest eigenvalue of the Hessian of the loss.
      lambda_min: the smallest.
      sharpness: the largest eigenvalue as the optimizer sees it: of the Hessian scaled by its preconditioner.
      flattest: the smallest of these.
      limit: the rate from which on an error grows; infinity if the loss curves up nowhere.
      limits: the limit on each batch.
      shares: for each variable, by name, what part of the sharpest direction lies in it.
      scaling: the data whose scale sets the limit, if standardizing it would at least double the limit.
      dynamics: the optimizer's.
      is_quadratic: whether a step along the sharpest direction leaves the curvature the same, so that the limit holds
        everywhere and not just here.
    """

    optimizer: str
    lambda_max: float
    lambda_min: float
    sharpness: float
    flattest: float
    limit: float
    limits: list[float]
    shares: dict[str, float]
    scaling: Scaling | None
    is_quadratic: bool
    dynamics: Dynamics = field(repr=False)

    @property
    def is_adaptive(self) -> bool:
        """Whether the optimizer scales gradients by what it has seen, so that the limit moves with its slots."""
        return self.dynamics.scales is not None

    def factor(self, learning_rate: float) -> float:
        """Return by how much a step multiplies the largest error at this rate; the loss grows by its square."""
        return max(self.dynamics.factor(learning_rate, c) for c in (self.sharpness, max(self.flattest, 0.0)))

    def growth(self, learning_rate: float, steps: int) -> float:
        """Return by how much `steps` steps multiply the part of the loss in the sharpest direction at this rate."""
        with np.errstate(over="ignore"):
            return float(np.float64(self.dynamics.factor(learning_rate, self.sharpness)) ** (2 * steps))

    def explain(self) -> list[str]:
        """Return what was found, in sentences."""
        if not np.isfinite(self.limit):
            return ["The loss curves up in no direction here, so no rate makes these steps grow: the curvature gives no "
                    "limit."]
        name, share = max(self.shares.items(), key=lambda item: item[1])
        lines = [f"Along its sharpest direction the loss has the curvature {self.lambda_max:.4g}; with "
                 f"{self.optimizer.removesuffix('Optimizer')} errors there grow from the rate {self.limit:.4g} on.",
                 f"{share:.0%} of that direction lies in the variable {name}."]
        if self.scaling is not None:
            lines.append(self._scaling_words(self.scaling))
        if not self.is_quadratic:
            lines.append("The curvature changes as the weights move: the limit holds near this point and for this batch.")
        if self.is_adaptive:
            lines.append("It also moves with what the optimizer has seen: this is the limit with its present slots.")
        if len(self.limits) > 1:
            low, high = min(self.limits), max(self.limits)
            lines.append(f"Over {len(self.limits)} batches it lies between {low:.4g} and {high:.4g}.")
        return lines

    def _scaling_words(self, scaling: Scaling) -> str:
        data = scaling.data if scaling.feature is None else f"column {scaling.feature} of {scaling.data}"
        return (f"The scale of the data holds the limit down: {scaling.variable} is multiplied by {data}, whose mean is "
                f"{scaling.mean:.4g} and whose standard deviation is {scaling.deviation:.4g}. Standardized (mean 0, "
                f"deviation 1), the limit would be {scaling.limit:.4g}, {scaling.limit / self.limit:.3g} times as high.")


def stability(loss: tf.Tensor, optimizer: tf.train.Optimizer, feed_dict: dict | None = None, *,
              session: tf.Session | None = None, var_list: Sequence[Any] | None = None,
              feeds: Iterable[dict] | None = None) -> Stability:
    """Return up to which learning rate training is stable here.

    Nothing changes: neither the variables nor the random states of the session, nor the graph.

    Args:
      loss: a scalar tensor.
      optimizer: what trains it; its current slots count.
      feed_dict: the batch that the curvature is taken on.
      session: that holds the variables; the default session if `None`.
      var_list: the variables that are trained; those of the graph's trainable ones that the loss needs if `None`.
      feeds: batches to take it on besides, to see how much the limit depends on the batch.

    Raises:
      ValueError: if the loss is no scalar or needs no variable, if there is no formula for the optimizer, or if there is no
        session.
      FloatingPointError: if the curvature is not finite.
    """
    session = session or tf.get_default_session()
    if session is None:
        raise ValueError("there is no session to take the variables from: give one as session=, or call this inside "
                         "`with session.as_default():`")
    variables = trained(loss, var_list)
    first, *others = [feed_dict, *(feeds or ())] if feed_dict is not None or feeds is None else list(feeds)
    with curvature(session, loss, variables, first) as point:
        gradients = point.flat.split(point.gradient())
        dynamics = dynamics_of(optimizer, session, variables, gradients)
        scale = _scale(dynamics, point)
        plain = spectrum(point.times, point.size)
        seen = plain if dynamics.scales is None else _scaled(point, scale)
        direction = point.flat.split(seen.direction * scale)
        limit = dynamics.limit(seen.largest)
        limits = [limit]
        for batch in others:
            point.feed_dict = dict(batch or {})
            limits.append(dynamics.limit(_scaled(point, scale).largest))
        point.feed_dict = dict(first or {})
        scaling = _scaling(session, loss, variables, point, dynamics, scale, direction)
        is_quadratic = point.is_constant_along(plain.direction)
    weights = [float(np.square(part).sum()) for part in direction]
    shares = {variable.op.name: weight / sum(weights) for variable, weight in zip(variables, weights)}
    return Stability(type(optimizer).__name__, plain.largest, plain.smallest, seen.largest, seen.smallest, limit, limits,
                     shares, scaling, is_quadratic, dynamics)


def trained(loss: tf.Tensor, var_list: Sequence[Any] | None = None) -> list[Any]:
    """Return the variables that training `loss` moves.

    Raises:
      ValueError: if the loss is no scalar of floats, or needs none of the variables.
    """
    if not isinstance(loss, tf.Tensor) or not loss.dtype.is_floating:
        raise ValueError(f"the loss must be a tensor of floats, but is {loss!r}")
    if loss.shape.ndims != 0:
        raise ValueError(f"the loss must be a scalar, but {loss.name} has the shape {loss.shape}: take tf.reduce_mean or "
                         "tf.reduce_sum of it")
    with loss.graph.as_default():
        needed = set(ancestors(loss))
        found = [v for v in (tf.trainable_variables() if var_list is None else var_list) if v.op in needed]
    if not found:
        raise ValueError(f"{loss.name} depends on no trainable variable, so there is nothing to train: is it the loss?")
    return found


def _scale(dynamics: Dynamics, point: Curvature) -> np.ndarray:
    """The square root of the preconditioner: curvature is taken in coordinates where it is 1."""
    return np.ones(point.size) if dynamics.scales is None else np.sqrt(point.flat.join(dynamics.scales))


def _scaled(point: Curvature, scale: np.ndarray) -> Spectrum:
    return spectrum(lambda vector: scale * point.times(scale * vector), point.size)


def _scaling(session: tf.Session, loss: tf.Tensor, variables: Sequence[Any], point: Curvature, dynamics: Dynamics,
             scale: np.ndarray, direction: list[np.ndarray]) -> Scaling | None:
    """What standardizing the data would do that the variable of the sharpest direction meets."""
    batch = dict(point.feed_dict)
    sharpest = int(np.argmax([np.square(part).sum() for part in direction]))
    own = [m for m in meetings(session, loss, variables, batch) if m.variable == sharpest]
    before = dynamics.limit(_scaled(point, scale).largest)
    best: tuple[float, Meeting] | None = None
    for meeting in own:
        point.feed_dict = {**batch, meeting.tensor: meeting.standardized()}
        limit = dynamics.limit(_scaled(point, scale).largest)
        if limit >= WORTH_SCALING * before and np.isfinite(limit) and (best is None or limit > best[0]):
            best = limit, meeting
    point.feed_dict = batch
    if best is None:
        return None
    limit, meeting = best
    feature = meeting.feature(direction[sharpest])
    value = meeting.value if feature is None else meeting.value[..., feature]
    return Scaling(variables[sharpest].op.name, meeting.tensor.op.name, feature, float(value.mean()), float(value.std()),
                   limit)
