"""Several arrays as one vector, and back."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


class Flat:
    """How arrays of given shapes and types lie in one vector of float64.

    Args:
      arrays: one of each shape and type.
    """

    def __init__(self, arrays: Sequence[np.ndarray]):
        self._shapes = [np.shape(a) for a in arrays]
        self._dtypes = [np.asarray(a).dtype for a in arrays]
        self._ends = np.cumsum([int(np.prod(shape)) for shape in self._shapes], dtype=int)
        self.size = int(self._ends[-1]) if len(self._ends) else 0

    def join(self, arrays: Sequence[np.ndarray]) -> np.ndarray:
        """Return the arrays as one vector."""
        return np.concatenate([np.ravel(a).astype(np.float64) for a in arrays])

    def split(self, vector: np.ndarray) -> list[np.ndarray]:
        """Return the arrays that lie in `vector`, each of its own shape and type."""
        parts = np.split(vector, self._ends[:-1])
        return [part.reshape(shape).astype(dtype) for part, shape, dtype in zip(parts, self._shapes, self._dtypes)]
