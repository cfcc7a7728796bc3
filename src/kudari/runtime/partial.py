"""Runs in parts: values stay between the parts, so nothing runs twice."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..errors import InvalidArgumentError
from ..graph.tensor import Tensor
from .executor import check_initialized, result_of
from .interpret import Interpreter
from .plan import Plan
from .store import VariableStore


class PartialRun:
    """One run whose feeds and fetches come in parts.

    Args:
      elements: everything that may be fetched.
      fed: everything that may be fed.
    """

    def __init__(self, elements: list[Any], fed: list[Tensor]):
        self._plan = Plan(elements, fed)
        self._to_fetch, self._to_feed = set(elements), set(fed)
        self._used: set[Any] = set()
        self._values: dict[Tensor, Any] = {}
        self._done: set[int] = set()

    def run(self, elements: list[Any], feeds: dict[Tensor, np.ndarray], state: VariableStore) -> list[Any]:
        """Run what `elements` still need, and return their values.

        Raises:
          InvalidArgumentError: for an element or feed that was not named in the set-up, or was used before.
        """
        self._take(elements, feeds)
        self._values.update(feeds)
        interpreter = Interpreter(self._values, state)
        part = Plan(elements, self._values)
        for segment in part.segments:
            check_initialized(segment, state)
        for unit in part.ops:
            if unit._id not in self._done:
                interpreter.run(unit)
                self._done.add(unit._id)
        return [result_of(source, self._values, state) for source in part.results]

    def _take(self, elements: list[Any], feeds: dict[Tensor, np.ndarray]) -> None:
        for wanted, allowed, what in ((elements, self._to_fetch, "fetch"), (feeds, self._to_feed, "feed")):
            for item in wanted:
                if item not in allowed:
                    problem = "has already been used" if item in self._used else "was not specified in partial_run_setup"
                    raise InvalidArgumentError(None, None, f"The {what} {item.name} {problem}.")
                allowed.discard(item)
                self._used.add(item)
