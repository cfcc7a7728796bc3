"""The points of a study: a value of everything that is swept, for each lane."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from .rates import checked_rates
from .swept import RATE

SEED = "seed"


class Points:
    """For each lane a value of everything that is swept.

    Args:
      columns: by name an array with an entry for each lane; the first is what a chart shows along its axis. `seed` is what
        is added to the program's seed, all others are hyperparameters, constants or placeholders.
    """

    def __init__(self, columns: Mapping[str, Any]):
        self.columns = {name: np.asarray(column, np.int64 if name == SEED else np.float64)
                        for name, column in columns.items()}

    @staticmethod
    def crossed(over: Mapping[str, Sequence[float]], seeds: int | None = None) -> Points:
        """Return every choice of one value of each entry of `over`, each with `seeds` seeds if that is not `None`.

        Raises:
          ValueError: if nothing is swept, a learning rate is not a positive finite number, or there is not one seed.
        """
        if seeds is not None and seeds < 1:
            raise ValueError(f"there must be one seed at least, not {seeds}")
        values = {name: checked_rates(given) if name == RATE else np.array(given, np.float64)
                  for name, given in over.items()}
        if seeds is not None:
            values[SEED] = np.arange(seeds)
        if not values:
            raise ValueError("there is nothing to sweep: give rates, or the values of something else")
        rows = list(itertools.product(*values.values()))
        return Points({name: [row[i] for row in rows] for i, name in enumerate(values)})

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    @property
    def name(self) -> str:
        """What is swept first."""
        return next(iter(self.columns))

    @property
    def values(self) -> np.ndarray:
        """The values of what is swept first."""
        return self.columns[self.name]

    @property
    def swept(self) -> dict[str, np.ndarray]:
        """The columns without the seeds."""
        return {name: column for name, column in self.columns.items() if name != SEED}

    @property
    def streams(self) -> Any:
        """For each lane what is added to the program's seed; `None` if all draw the same."""
        return self.columns.get(SEED)

    def of(self, lane: int) -> dict[str, Any]:
        """Return what a lane has for a value of everything."""
        return {name: column[lane].item() for name, column in self.columns.items()}

    def label(self, lane: int) -> str:
        """Return a lane's values as a text: the value alone, if one thing is swept."""
        if len(self.columns) == 1:
            return f"{self.values[lane]:g}"
        return ", ".join(f"{name} {column[lane]:g}" for name, column in self.columns.items())

    def alike(self) -> dict[tuple, list[int]]:
        """Return the lanes that differ in their seed only, by the values they share."""
        groups: dict[tuple, list[int]] = {}
        for lane in range(len(self)):
            groups.setdefault(tuple(column[lane].item() for column in self.swept.values()), []).append(lane)
        return groups
