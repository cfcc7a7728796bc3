"""The ends of the spectrum of a symmetric matrix that is known only by its products with vectors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

DENSE = 512  # up to this size the matrix is formed
MOST_STEPS = 120


@dataclass(frozen=True)
class Spectrum:
    """The ends of a spectrum.

    Args:
      largest: the largest eigenvalue.
      smallest: the smallest, which may be negative.
      direction: a unit vector of the largest.
      error: how far `largest` may be from an eigenvalue: the norm of what is left over of its vector.
    """

    largest: float
    smallest: float
    direction: np.ndarray
    error: float


def spectrum(times: Callable[[np.ndarray], np.ndarray], size: int, tolerance: float = 1e-4) -> Spectrum:
    """Return the ends of the spectrum of a symmetric matrix.

    Args:
      times: the matrix times a vector.
      size: of the vectors.
      tolerance: relative to the largest eigenvalue in size, where Lanczos' method may stop.

    Raises:
      FloatingPointError: if a product is not finite.
    """
    return _dense(times, size) if size <= DENSE else _lanczos(times, size, tolerance)


def _dense(times: Callable, size: int) -> Spectrum:
    matrix = np.stack([_finite(times(unit)) for unit in np.eye(size)])
    values, vectors = np.linalg.eigh((matrix + matrix.T) / 2)
    direction = vectors[:, -1]
    return Spectrum(float(values[-1]), float(values[0]), direction, _leftover(matrix, values[-1], direction))


def _leftover(matrix: np.ndarray, value: float, vector: np.ndarray) -> float:
    return float(np.linalg.norm(matrix @ vector - value * vector))


def _lanczos(times: Callable, size: int, tolerance: float) -> Spectrum:
    """Lanczos' method with full orthogonalization, which a hundred vectors can afford and rounding makes needed."""
    vector = np.random.default_rng(0).standard_normal(size)
    basis, diagonal = [vector / np.linalg.norm(vector)], []
    beside: list[float] = []
    while True:
        product = _finite(times(basis[-1]))
        diagonal.append(float(basis[-1] @ product))
        for _ in range(2):
            for other in basis:
                product -= (other @ product) * other
        rest = float(np.linalg.norm(product))
        values, vectors = np.linalg.eigh(np.diag(diagonal) + np.diag(beside, 1) + np.diag(beside, -1))
        errors = rest * np.abs(vectors[-1])
        scale = max(abs(values[0]), abs(values[-1]))
        done = max(errors[0], errors[-1]) <= tolerance * scale or len(diagonal) == min(size, MOST_STEPS)
        if done or rest <= 1e-12 * scale:
            return Spectrum(float(values[-1]), float(values[0]), np.array(basis).T @ vectors[:, -1], float(errors[-1]))
        beside.append(rest)
        basis.append(product / rest)


def _finite(product: np.ndarray) -> np.ndarray:
    if not np.isfinite(product).all():
        raise FloatingPointError("the curvature of the loss is not finite at this point: a value in the model overflows or "
                                 "is NaN there already, so no learning rate can be told")
    return product
