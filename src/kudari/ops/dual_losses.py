"""The losses that dual coordinate ascent knows, each with the step of one dual variable that is best for it.

Shalev-Shwartz, Zhang: Accelerated proximal stochastic dual coordinate ascent, arXiv 1309.2375; for several partitions of
the examples Ma et al.: Adding vs. averaging in distributed primal-dual optimization, arXiv 1502.03508.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

_NEWTON_STEPS = 10
_FORBIDDEN = float(np.finfo(np.float64).max)


class Loss:
    """A loss of one example. `prediction` is w · x, `scale` the squared norm of x, weighted, over the regularization."""

    smoothness: float

    def label(self, label: float) -> float:
        """The label as the formulas take it."""
        return label

    def best_dual(self, label: float, dual: float, prediction: float, scale: float) -> float:
        """The dual variable that raises the dual objective most while the others stay."""
        raise NotImplementedError

    def primal(self, prediction: float, label: float) -> float:
        """The loss."""
        raise NotImplementedError

    def dual(self, dual: float, label: float) -> float:
        """Its conjugate at the negative dual variable."""
        raise NotImplementedError

    def slope(self, prediction: float, label: float) -> float:
        """The derivative of the loss."""
        raise NotImplementedError


class _Squared(Loss):
    """Half the squared error."""

    smoothness = 1.0

    def best_dual(self, label, dual, prediction, scale):
        return dual + (label - dual - prediction) / (1 + scale)

    def primal(self, prediction, label):
        return 0.5 * (prediction - label) ** 2

    def dual(self, dual, label):
        return dual * (0.5 * dual - label)

    def slope(self, prediction, label):
        return prediction - label


class _OfTwoClasses(Loss):
    """A loss of labels 0 and 1, which the formulas take as -1 and 1."""

    def label(self, label):
        if label not in (0, 1):
            raise ValueError(f"Only labels of 0.0 or 1.0 are supported right now. Found example with label: {label:g}")
        return 1.0 if label else -1.0


class _Logistic(_OfTwoClasses):
    """log(1 + exp(-y w · x))."""

    smoothness = 4.0

    def best_dual(self, label, dual, prediction, scale):
        x = 0.0
        for _ in range(_NEWTON_STEPS):
            slope = math.tanh(x)
            excess = -2 * label * x - prediction - scale * (0.5 * (1 + slope) / label - dual)
            x -= excess / (-2 * label - scale * (1 - slope * slope) * 0.5 / label)
        return 0.5 * (1 + math.tanh(x)) / label

    def primal(self, prediction, label):
        return float(np.logaddexp(0, -label * prediction))

    def dual(self, dual, label):
        return _entropy(dual * label) + _entropy(1 - dual * label)

    def slope(self, prediction, label):
        return -label * float(np.exp(-np.logaddexp(0, label * prediction)))


def _entropy(share: float) -> float:
    return share * math.log(share) if share > 0 else 0.0


class _Hinge(_OfTwoClasses):
    """max(0, 1 - y w · x)."""

    smoothness = 0.0

    def best_dual(self, label, dual, prediction, scale):
        return _clipped(dual + _divided(label - prediction, scale), label)

    def primal(self, prediction, label):
        return max(0.0, 1 - label * prediction)

    def dual(self, dual, label):
        return -dual * label if 0 <= dual * label <= 1 else _FORBIDDEN

    def slope(self, prediction, label):
        return -label if label * prediction < 1 else 0.0


class _SmoothHinge(_OfTwoClasses):
    """The hinge, rounded by a parabola over the last unit."""

    smoothness = 1.0

    def best_dual(self, label, dual, prediction, scale):
        return _clipped(dual + (label - prediction - dual) / (scale + 1), label)

    def primal(self, prediction, label):
        margin = 1 - label * prediction
        return 0.0 if margin <= 0 else margin - 0.5 if margin >= 1 else 0.5 * margin * margin

    def dual(self, dual, label):
        return -dual * label + 0.5 * dual * dual if 0 <= dual * label <= 1 else _FORBIDDEN

    def slope(self, prediction, label):
        return -label * min(max(1 - label * prediction, 0.0), 1.0)


def _clipped(dual: float, label: float) -> float:
    return 0.0 if label * dual < 0 else label if label * dual > 1 else dual


def _divided(a: float, b: float) -> float:
    return a / b if b else math.copysign(math.inf, a) if a else 0.0


class _Poisson(Loss):
    """exp(w · x) - y w · x."""

    smoothness = 1.0

    def label(self, label):
        if label < 0:
            raise ValueError("Only non-negative labels can be used with the Poisson log loss. Found example with label: "
                             f"{label:g}")
        return label

    def best_dual(self, label, dual, prediction, scale):
        x = math.log(label - dual) if label > dual else 0.0
        for _ in range(_NEWTON_STEPS):
            rate = math.exp(x)
            x -= (x - prediction - scale * (label - dual - rate)) / (1 + scale * rate)
        return label - math.exp(x)

    def primal(self, prediction, label):
        return math.exp(prediction) - prediction * label

    def dual(self, dual, label):
        rest = label - dual
        return _FORBIDDEN if rest < 0 else rest * (math.log(rest) - 1) if rest else 0.0

    def slope(self, prediction, label):
        return math.exp(prediction) - label


LOSSES: dict[str, Any] = {"logistic_loss": _Logistic(), "squared_loss": _Squared(), "hinge_loss": _Hinge(),
                          "smooth_hinge_loss": _SmoothHinge(), "poisson_loss": _Poisson()}
