"""Where two arrays differ, in the words of TensorFlow's test cases."""

from __future__ import annotations

from typing import Any

import numpy as np


def locate(a: np.ndarray, b: np.ndarray, differ: Any) -> tuple:
    """Return the elements of `a` and of `b` that differ, and, unless they are scalars, their places."""
    return (a, b) if not a.ndim else (a[np.where(differ)], b[np.where(differ)], np.where(differ))


def explain(words: list[str], relation: str, where: list, x: Any, y: Any, more: list[str]) -> str:
    """Return a message about elements `x` of one array that do not have `relation` to those of the other."""
    places = [f"not {relation} where = {place}" for place in where]
    return "\n".join([*words, *places, f"not {relation} lhs = {x}", f"not {relation} rhs = {y}", *more])
