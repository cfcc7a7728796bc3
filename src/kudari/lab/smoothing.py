"""What is left of a noisy series of losses when noise and spikes are taken away."""

from __future__ import annotations

import numpy as np


def smoothed(losses: np.ndarray, width: int) -> np.ndarray:
    """Return running medians, which no spike shorter than half the width moves, averaged over the same width.

    Args:
      losses: a series; what is not finite counts as larger than all else.
      width: of the window, in values; an odd number.
    """
    values = np.where(np.isfinite(losses), losses, np.inf)
    medians = _windows(values, width, np.median)
    finite = np.where(np.isfinite(medians), medians, np.nan)
    means = _windows(finite, width, lambda rows, axis: np.nanmean(rows, axis))
    return np.where(np.isfinite(medians), means, np.inf)


def _windows(values: np.ndarray, width: int, reduce: object) -> np.ndarray:
    """`reduce` of the window around each value, smaller at the ends so that it stays centred."""
    assert callable(reduce)
    half = width // 2
    result = np.empty(len(values))
    for i in range(len(values)):
        reach = min(half, i, len(values) - 1 - i)
        window = values[i - reach:i + reach + 1]
        result[i] = reduce(window, 0) if np.isfinite(values[i]) or not np.isnan(window).all() else np.nan
    return result


def noise(losses: np.ndarray) -> float:
    """Return the standard deviation of what a series does from one value to the next, spikes left out."""
    steps = np.diff(losses[np.isfinite(losses)])
    return float(1.4826 * np.median(np.abs(steps - np.median(steps))) / np.sqrt(2)) if len(steps) > 1 else 0.0
