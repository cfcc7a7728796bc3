"""How variables of many processes would be kept alike: recorded, since here is one process."""

from __future__ import annotations

import enum
from typing import Any


class VariableSynchronization(enum.Enum):
    """When copies of a variable would be brought together."""

    AUTO = 0
    NONE = 1
    ON_WRITE = 2
    ON_READ = 3


class VariableAggregation(enum.Enum):
    """How copies of a variable would be brought together."""

    NONE = 0
    SUM = 1
    MEAN = 2
    ONLY_FIRST_REPLICA = 3
    ONLY_FIRST_TOWER = 3

    def __hash__(self) -> int:
        return hash(self.value)


def checked_modes(synchronization: Any, aggregation: Any, trainable: bool | None,
                  name: str | None) -> tuple[VariableSynchronization, VariableAggregation, bool]:
    """Return the modes of the variable `name`, and whether it is trained, with defaults for `None`.

    Raises:
      ValueError: if there is no such mode.
    """
    try:
        kept = VariableAggregation(0 if aggregation is None else aggregation)
    except ValueError:
        raise ValueError(f"Invalid variable aggregation mode: {aggregation} for variable: {name}") from None
    try:
        when = VariableSynchronization(0 if synchronization is None else synchronization)
    except ValueError:
        raise ValueError(f"Invalid variable synchronization mode: {synchronization} for variable: {name}") from None
    return when, kept, when is not VariableSynchronization.ON_READ if trainable is None else trainable
