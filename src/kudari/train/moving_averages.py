"""Averages that follow variables and tensors, the older values fading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..dtypes import FLOATING, float32
from ..functions.control import group
from ..functions.state import assign, assign_sub
from ..graph.collections import GraphKeys
from ..graph.operation import Operation
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops.forms import cast, node
from ..ops.forms import power as raise_to
from ..variables.initializers import Zeros
from ..variables.listing import global_variables, moving_average_variables, trainable_variables
from ..variables.scope import get_variable, get_variable_scope, variable_scope
from ..variables.variable import Variable
from .slot_creator import create_slot, create_zeros_slot

_VARIABLES = ("Variable", "VariableV2", "VarHandleOp")


def assign_moving_average(variable: Any, value: Any, decay: Any, zero_debias: bool = True, name: str | None = None) -> Any:
    """Return an op that moves `variable` to `variable * decay + value * (1 - decay)`.

    Args:
      variable: the average.
      value: of its shape.
      decay: how much of the average is kept, a float or a scalar tensor.
      zero_debias: whether the average began at 0 and is corrected for that, as Adam does; then two more variables are kept.
      name: of the scope.

    Returns:
      The average after the update.
    """
    with scoped(name, "AssignMovingAvg", [variable, value, decay]) as scope:
        rest = cast(convert_to_tensor(1.0 - decay, name="decay"), variable.dtype.base_dtype)
        if zero_debias:
            return _without_bias(variable, value, rest)
        return assign_sub(variable, (variable - value) * rest, name=scope)


def _without_bias(variable: Any, value: Any, rest: Tensor) -> Any:
    scope = variable_scope(variable.name.removesuffix(":0"), values=[variable, value, rest])
    with scope, get_default_graph().colocate_with(variable):
        biased = get_variable(_unused("biased"), shape=variable.get_shape(), dtype=variable.dtype.base_dtype,
                              initializer=Zeros(), trainable=False)
        steps = get_variable(_unused("local_step"), shape=[], dtype=variable.dtype.base_dtype, initializer=Zeros(),
                             trainable=False)
    moved = assign_sub(biased, (biased - value) * rest)
    counted = steps.assign_add(1)
    factor = 1 - raise_to(1.0 - rest, counted)  # type: ignore[operator]
    return assign(variable, moved / factor, name=get_default_graph().get_name_scope() + "/")


def _unused(name: str) -> str:
    """`name`, with a number if the scope has a variable of it; the same one if it is to be used again."""
    scope = get_variable_scope()
    if scope.reuse:
        return name
    taken = {v.op.name for v in scope.global_variables()}
    if f"{scope.name}/{name}" not in taken:
        return name
    number = 1
    while f"{scope.name}/{name}_{number}" in taken:
        number += 1
    return f"{name}_{number}"


def weighted_moving_average(value: Tensor, decay: Any, weight: Tensor, truediv: bool = True,
                            collections: Sequence[str] | None = None, name: str | None = None) -> Tensor:
    """Return the moving average of values that count by their weights.

    Args:
      value: the value now.
      decay: how much of the average is kept.
      weight: how much `value` counts, of a shape that broadcasts against it.
      truediv: whether integers divide to floats.
      collections: that the two variables join; the global variables if `None`.
      name: of the scope.
    """
    kept = [GraphKeys.GLOBAL_VARIABLES] if collections is None else collections
    with variable_scope(name, "WeightedMovingAvg", [value, weight, decay]) as scope:
        total = get_variable("value_x_weight", shape=value.get_shape(), dtype=value.dtype, initializer=Zeros(),
                             trainable=False, collections=kept)
        weights = get_variable("weight", shape=weight.get_shape(), dtype=weight.dtype, initializer=Zeros(), trainable=False,
                               collections=kept)
        product: Any = value * weight  # type: ignore[operator]
        above = assign_moving_average(total, product, decay, zero_debias=False)
        below = assign_moving_average(weights, weight, decay, zero_debias=False)
        return node("RealDiv" if truediv else "Div", above, below, name=scope.name)


class ExponentialMovingAverage:
    """Keeps an average of each of some variables, in which older values fade.

    After an update the average is `average * decay + value * (1 - decay)`.

    Args:
      decay: how much is kept, near 1.
      num_updates: how often averages have been updated; then at most `(1 + n) / (10 + n)` is kept, so that they move faster
        at first.
      zero_debias: whether averages of tensors, which begin at 0, are corrected for that.
      name: of the scope, and of the averages after the names of their variables.
    """

    def __init__(self, decay: Any, num_updates: Any = None, zero_debias: bool = False,
                 name: str = "ExponentialMovingAverage"):
        self._decay, self._num_updates, self._zero_debias, self._name = decay, num_updates, zero_debias, name
        self._averages: dict[int, tuple[Any, Variable]] = {}

    @property
    def name(self) -> str:
        """The name of the averages."""
        return self._name

    def apply(self, var_list: Sequence[Any] | None = None) -> Operation:
        """Return an op that updates the averages, which are made if they are not there.

        Args:
          var_list: variables and tensors of floats; the trainable variables if `None`.

        Raises:
          TypeError: if one is not of floats.
        """
        variables = trainable_variables() if var_list is None else list(var_list)
        corrected = set()
        for variable in variables:
            if variable.dtype.base_dtype not in FLOATING:
                raise TypeError(f"The variables must be half, float, or double: {variable.name}")
            if id(variable) not in self._averages:
                with get_default_graph().control_dependencies(None):
                    self._averages[id(variable)] = variable, self._made(variable)
                if self._zero_debias and not isinstance(variable, Variable):
                    corrected.add(id(variable))
        with scoped(self._name, self._name, []) as scope:
            decay = convert_to_tensor(self._decay, name="decay")
            if self._num_updates is not None:
                updates: Any = cast(self._num_updates, float32, name="num_updates")
                decay = node("Minimum", decay, (1.0 + updates) / (10.0 + updates))
            moved = [assign_moving_average(self._averages[id(v)][1], v, decay, id(v) in corrected) for v in variables]
            return group(*moved, name=scope)

    def _made(self, variable: Any) -> Variable:
        if isinstance(variable, Variable):
            average = create_slot(variable, variable.initialized_value(), self._name, colocate_with_primary=True)
            get_default_graph().add_to_collection(GraphKeys.MOVING_AVERAGE_VARIABLES, variable)
            return average
        return create_zeros_slot(variable, self._name, colocate_with_primary=variable.op.type in _VARIABLES)

    def average(self, var: Any) -> Variable | None:
        """Return the average of a variable, `None` if there is none."""
        return self._averages.get(id(var), (None, None))[1]

    def average_name(self, var: Any) -> str:
        """Return the name of the average of a variable, which it would get if there is none."""
        average = self.average(var)
        if average is not None:
            return average.op.name
        return get_default_graph().unique_name(f"{var.op.name}/{self._name}", mark_as_used=False)

    def variables_to_restore(self, moving_avg_variables: Sequence[Any] | None = None) -> dict[str, Any]:
        """Return what to give a saver that restores averages into the variables themselves.

        Args:
          moving_avg_variables: the variables that get their averages; those that have some, and the trainable ones, if
            `None`.

        Returns:
          Variables by the names to restore them from.
        """
        own = trainable_variables() + moving_average_variables() if moving_avg_variables is None else moving_avg_variables
        names = {self.average_name(v): v for v in own}
        taken = {v.name for v in own}
        for variable in global_variables():
            if variable.name not in taken:
                names.setdefault(variable.op.name, variable)
        return names
