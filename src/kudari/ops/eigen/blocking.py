"""Where Eigen cuts the inner dimension of a matrix product, which decides where a running sum starts anew."""

from __future__ import annotations

import numpy as np

from .folds import packet_size

L1_BYTES = 32 * 1024
"""The data cache of the processors of 2017. Eigen asks the processor at run time, so the cut is the machine's."""

_ACROSS, _PEEL, _NO_BLOCKING_BELOW = 4, 8, 48
_GEMV_SHORT, _GEMV_NEAR_BYTES = 128, 32000


def gemm_depth(m: int, n: int, k: int, dtype: np.dtype, l1: int = L1_BYTES) -> int:
    """Return how many of the `k` products one thread of Eigen adds up before it adds the sum to the result."""
    if max(m, n, k) < _NO_BLOCKING_BELOW:
        return k
    size, down = np.dtype(dtype).itemsize, 2 * packet_size(dtype)
    fits = (l1 - down * _ACROSS * size) // ((down + _ACROSS) * size)
    longest = max(fits // _PEEL * _PEEL, 1)
    if k <= longest:
        return k
    if k % longest == 0:
        return longest
    return longest - _PEEL * ((longest - 1 - k % longest) // (_PEEL * (k // longest + 1)))


def gemv_depth(rows: int, k: int, dtype: np.dtype) -> int:
    """Return how many columns of a column-major `rows` by `k` matrix Eigen takes at once against a vector."""
    if k < _GEMV_SHORT:
        return k
    return 16 if rows * np.dtype(dtype).itemsize < _GEMV_NEAR_BYTES else 4
