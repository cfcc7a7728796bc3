"""By how much a loss is scaled, so that gradients of few bits do not vanish."""

from __future__ import annotations

import abc
from typing import Any

from ..dtypes import float32, int64
from ..functions.conditionals import cond
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..nest import flatten
from ..op.convert import convert_to_tensor
from ..ops.control import group_nodes, no_op
from ..ops.forms import node, over, plus, times
from ..ops.shapes import reduction
from ..variables.resource import ResourceVariable
from .trackable import Trackable


class LossScale(Trackable, metaclass=abc.ABCMeta):
    """A factor of the loss, which may change as training goes on."""

    def __init__(self) -> None:
        self._weights: dict[tuple, ResourceVariable] = {}

    @abc.abstractmethod
    def __call__(self) -> Tensor:
        """Return the factor, a float32 scalar."""

    @abc.abstractmethod
    def update(self, grads: Any) -> tuple[Any, Any]:
        """Return an op that changes the factor after a step, and whether the step may be taken.

        Args:
          grads: the gradients of the loss, not scaled any more; a structure of tensors, some of them `None`.
        """

    @abc.abstractmethod
    def get_config(self) -> dict[str, Any]:
        """Return the arguments that make such a factor."""

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        """Return what `get_config` described."""
        return cls(**config)

    def _add_weight(self, name: str, initial_value: Any, dtype: Any = None) -> ResourceVariable:
        """Return a variable that is saved with this.

        Raises:
          RuntimeError: if there is one of that name.
        """
        key = (name, get_default_graph())
        if key in self._weights:
            raise RuntimeError(f"Duplicate variables detected. {key}")
        self._weights[key] = ResourceVariable(initial_value, name=name, dtype=dtype, trainable=False)
        return self._weights[key]

    def tracked(self) -> list[tuple[str, Any]]:
        """Return the variables of the default graph, by name."""
        graph = get_default_graph()
        return [*super().tracked(), *sorted((name, v) for (name, owner), v in self._weights.items() if owner is graph)]


class FixedLossScale(LossScale):
    """A factor that stays the same.

    Args:
      loss_scale_value: the factor, a number of 1 at least.

    Raises:
      ValueError: if it is no such number.
    """

    def __init__(self, loss_scale_value: float):
        super().__init__()
        if not isinstance(loss_scale_value, int | float):
            raise ValueError("loss_scale_value must be a Python int or float.")
        if loss_scale_value < 1:
            raise ValueError("loss_scale_value must be at least 1.")
        self._loss_scale_value = float(loss_scale_value)

    def __call__(self) -> Tensor:
        """Return the factor, a float32 scalar."""
        return convert_to_tensor(self._loss_scale_value)

    def update(self, grads: Any) -> tuple[Any, Any]:
        """Return an op that does nothing, and `True`."""
        return no_op(), True

    def __repr__(self) -> str:
        return f"FixedLossScale({self._loss_scale_value})"

    def get_config(self) -> dict[str, Any]:
        """Return the factor."""
        return {"loss_scale_value": self._loss_scale_value}


class DynamicLossScale(LossScale):
    """A factor that grows as long as all gradients are finite, and shrinks when one is not.

    Args:
      initial_loss_scale: what it begins with.
      increment_period: how many steps in a row must be finite before it grows.
      multiplier: by what it grows and shrinks.
    """

    def __init__(self, initial_loss_scale: float = 2 ** 15, increment_period: int = 2000, multiplier: float = 2.0):
        super().__init__()
        self._initial_loss_scale, self._increment_period = float(initial_loss_scale), int(increment_period)
        self._multiplier = float(multiplier)
        self._current_loss_scale = self._add_weight("current_loss_scale", self._initial_loss_scale, float32)
        self._num_good_steps = self._add_weight("good_steps", 0, int64)

    @property
    def initial_loss_scale(self) -> float:
        """What it begins with."""
        return self._initial_loss_scale

    @property
    def increment_period(self) -> int:
        """How many steps in a row must be finite before it grows."""
        return self._increment_period

    @property
    def multiplier(self) -> float:
        """By what it grows and shrinks."""
        return self._multiplier

    def __call__(self) -> Tensor:
        """Return the factor now, a float32 scalar."""
        return convert_to_tensor(self._current_loss_scale)

    def update(self, grads: Any) -> tuple[Any, Any]:
        """Return an op that changes the factor, and whether all gradients are finite."""
        each = [reduction("All", node("IsFinite", grad)) for grad in flatten(grads) if grad is not None]
        is_finite = reduction("All", convert_to_tensor(each))
        return cond(is_finite, self._after_good, self._after_bad), is_finite

    def _after_good(self) -> Any:
        enough = node("GreaterEqual", plus(self._num_good_steps.value(), 1), self._increment_period)
        return cond(enough, self._grow, lambda: self._num_good_steps.assign_add(1).op)

    def _grow(self) -> Any:
        larger = times(self._current_loss_scale.value(), self._multiplier)
        grown = cond(node("IsFinite", larger), lambda: self._current_loss_scale.assign(larger).op, no_op)
        return group_nodes([grown, self._num_good_steps.assign(0).op], None)

    def _after_bad(self) -> Any:
        smaller = node("Maximum", over(self._current_loss_scale.value(), self._multiplier), 1.0)
        return group_nodes([self._num_good_steps.assign(0).op, self._current_loss_scale.assign(smaller).op], None)

    def __repr__(self) -> str:
        return (f"DynamicLossScale(initial_loss_scale={self.initial_loss_scale}, "
                f"increment_period={self.increment_period}, multiplier={self.multiplier})")

    def get_config(self) -> dict[str, Any]:
        """Return what it was made with."""
        return {"initial_loss_scale": self.initial_loss_scale, "increment_period": self.increment_period,
                "multiplier": self.multiplier}


def loss_scale_of(given: Any) -> LossScale:
    """Return the factor that a number, `"dynamic"` or a `LossScale` stands for.

    Raises:
      ValueError: if it is none of these.
    """
    if isinstance(given, LossScale):
        return given
    if isinstance(given, int | float):
        return FixedLossScale(given)
    if given == "dynamic":
        return DynamicLossScale()
    raise ValueError(f"Could not interpret loss scale identifier: {given}")
