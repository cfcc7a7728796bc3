"""Learning rates that fall with the number of steps."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from ..dtypes import int32, int64
from ..functions.conditionals import case, cond
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..ops.forms import cast, node
from ..ops.forms import power as raise_to


def scope_of(name: str | None, default: str) -> AbstractContextManager[str]:
    """Return the name scope of a schedule; a node made with what it yields has the scope's own name."""
    return get_default_graph().name_scope(name or default)


def starting(learning_rate: Any) -> Tensor:
    """Return the rate that a schedule starts from as a tensor."""
    return convert_to_tensor(learning_rate, name="initial_learning_rate")


def of_type(dtype: Any, *values: Any) -> list[Tensor]:
    """Return numbers and tensors as tensors of one type."""
    return [cast(value, dtype) for value in values]


def exponential_decay(learning_rate: Any, global_step: Any, decay_steps: Any, decay_rate: Any, staircase: bool = False,
                      name: str | None = None) -> Tensor:
    """Return `learning_rate * decay_rate ** (global_step / decay_steps)`.

    Args:
      learning_rate: a float or a scalar floating-point tensor, which gives the type of the result.
      global_step: the number of steps taken, a scalar integer variable, tensor or number.
      decay_steps: after how many steps the rate has been multiplied once, likewise.
      decay_rate: what it is multiplied by, a float or a scalar tensor.
      staircase: whether the exponent is rounded down, so that the rate falls every `decay_steps` steps only.
      name: of the result.

    Returns:
      A scalar tensor.

    Raises:
      ValueError: if `global_step` is `None`.
    """
    with scope_of(name, "ExponentialDecay") as scope:
        rate = starting(learning_rate)
        steps, factor, step = of_type(rate.dtype, decay_steps, decay_rate, global_step)
        return node("Mul", rate, raise_to(factor, _passed(step, steps, staircase)), name=scope)


def _passed(step: Tensor, steps: Any, staircase: bool) -> Tensor:
    """How many times `steps` steps have been taken."""
    passed: Any = step / steps  # type: ignore[operator]
    return node("Floor", passed) if staircase else passed


def natural_exp_decay(learning_rate: Any, global_step: Any, decay_steps: Any, decay_rate: Any, staircase: bool = False,
                      name: str | None = None) -> Tensor:
    """Return `learning_rate * exp(-decay_rate * global_step / decay_steps)`.

    Args:
      learning_rate: a float or a scalar floating-point tensor, which gives the type of the result.
      global_step: the number of steps taken, a scalar integer variable, tensor or number.
      decay_steps: the number of steps that `decay_rate` is for, likewise.
      decay_rate: a float or a scalar tensor.
      staircase: whether `global_step / decay_steps` is rounded down.
      name: of the result.

    Returns:
      A scalar tensor.

    Raises:
      ValueError: if `global_step` is `None`.
    """
    factor = node("Exp", node("Neg", decay_rate))
    return exponential_decay(learning_rate, global_step, decay_steps, factor, staircase, name)


def inverse_time_decay(learning_rate: Any, global_step: Any, decay_steps: Any, decay_rate: Any, staircase: bool = False,
                       name: str | None = None) -> Tensor:
    """Return `learning_rate / (1 + decay_rate * global_step / decay_steps)`.

    Args:
      learning_rate: a float or a scalar floating-point tensor, which gives the type of the result.
      global_step: the number of steps taken, a scalar integer variable, tensor or number.
      decay_steps: the number of steps that `decay_rate` is for, likewise.
      decay_rate: a float or a scalar tensor.
      staircase: whether `global_step / decay_steps` is rounded down.
      name: of the result.

    Returns:
      A scalar tensor.

    Raises:
      ValueError: if `global_step` is `None`.
    """
    with scope_of(name, "InverseTimeDecay") as scope:
        rate = starting(learning_rate)
        steps, factor, step = of_type(rate.dtype, decay_steps, decay_rate, global_step)
        passed = _passed(step, steps, staircase)
        one = cast(convert_to_tensor(1), rate.dtype)
        return node("RealDiv", rate, node("Add", one, node("Mul", factor, passed)), name=scope)


def polynomial_decay(learning_rate: Any, global_step: Any, decay_steps: Any, end_learning_rate: Any = 0.0001,
                     power: Any = 1.0, cycle: bool = False, name: str | None = None) -> Tensor:
    """Return a rate that goes to `end_learning_rate` in `decay_steps` steps, and stays there or starts again.

    It is `(learning_rate - end_learning_rate) * (1 - global_step / decay_steps) ** power + end_learning_rate`.

    Args:
      learning_rate: a float or a scalar floating-point tensor, which gives the type of the result.
      global_step: the number of steps taken, a scalar integer variable, tensor or number.
      decay_steps: the number of steps until the end, likewise.
      end_learning_rate: a float or a scalar tensor.
      power: a float or a scalar tensor; 1 for a straight line.
      cycle: whether the rate rises again after `decay_steps` steps, to fall in the same way over twice as many from the
        first, then three times as many.
      name: of the result.

    Returns:
      A scalar tensor.

    Raises:
      ValueError: if `global_step` is `None`.
    """
    with scope_of(name, "PolynomialDecay") as scope:
        rate = starting(learning_rate)
        end, exponent, step, steps = of_type(rate.dtype, end_learning_rate, power, global_step, decay_steps)
        if cycle:
            steps = node("Mul", steps, _rounds(step, decay_steps))
        else:
            step = node("Minimum", step, decay_steps)
        done: Any = step / steps  # type: ignore[operator]
        height: Any = rate - end  # type: ignore[operator]
        return node("Add", node("Mul", height, raise_to(1 - done, exponent)), end, name=scope)


def _rounds(step: Any, steps: Any) -> Tensor:
    """How many times `steps` have begun, the first at once."""
    return cond(node("Equal", step, 0), lambda: 1.0, lambda: node("Ceil", step / steps))


def piecewise_constant(x: Any, boundaries: Any, values: Any, name: str | None = None) -> Tensor:
    """Return the value of the interval that `x` is in; a boundary belongs to the interval below it.

    Args:
      x: a scalar tensor or variable, such as the global step.
      boundaries: a list of rising numbers or scalar tensors of the type of `x`.
      values: a list of one more number or scalar tensor, of one type.
      name: of the scope of the nodes.

    Returns:
      A scalar tensor.

    Raises:
      ValueError: if the types differ, or the lists do not fit.
    """
    limits, wanted = _tensors(boundaries), _tensors(values)
    position = convert_to_tensor(x)
    limits = [_checked_limit(limit, position.dtype.base_dtype) for limit in limits]
    for value in wanted[1:]:
        if value.dtype.base_dtype != wanted[0].dtype.base_dtype:
            raise ValueError("Values must have elements all with the same dtype "
                             f"(<dtype: '{wanted[0].dtype.base_dtype.name}'> vs <dtype: '{value.dtype.base_dtype.name}'>).")
    if len(limits) != len(wanted) - 1:
        raise ValueError("The length of boundaries should be 1 less than the length of values")
    with scope_of(name, "PiecewiseConstant"):
        return _chosen(convert_to_tensor(x), limits, wanted)


def _tensors(values: Any) -> list[Any]:
    return [convert_to_tensor(value) for value in values]


def _checked_limit(limit: Tensor, dtype: Any) -> Tensor:
    own = limit.dtype.base_dtype
    if own == dtype:
        return limit
    if (own, dtype) != (int32, int64):
        raise ValueError(f"Boundaries ({own}) must have the same dtype as x ({dtype}).")
    return cast(limit, dtype)


def _chosen(position: Any, limits: list[Any], values: list[Any]) -> Tensor:
    def give(value: Any) -> Callable[[], Any]:
        return lambda: value

    pairs = [(position <= limits[0], give(values[0])), (position > limits[-1], give(values[-1]))]
    for low, high, value in zip(limits[:-1], limits[1:], values[1:-1]):
        pairs.append(((position > low) & (position <= high), give(value)))
    return case(pairs, lambda: values[0], exclusive=True)
