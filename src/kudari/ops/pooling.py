"""The arithmetic of pooling over windows of any number of axes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import jax.numpy as jnp
import numpy as np
from jax import lax

from .windows import paddings

_MOST_OFFSETS = 36  # of larger windows, the elements are not looked at one by one


def _around(sizes: Sequence[int], window: Sequence[int], strides: Sequence[int], padding: str) -> tuple:
    return paddings(sizes, window, strides, padding)


def lowest(dtype: Any) -> Any:
    """Return what no element of `dtype` is less than."""
    return dtype.type(-np.inf) if jnp.issubdtype(dtype, jnp.floating) else np.iinfo(dtype).min


def max_pool(x: Any, window: Sequence[int], strides: Sequence[int], padding: str) -> Any:
    """Return the greatest element of each window; `window` and `strides` have a value for each axis."""
    pairs = _around(x.shape, window, strides, padding)
    return lax.reduce_window(x, jnp.asarray(lowest(x.dtype), x.dtype), lax.max, tuple(window), tuple(strides), pairs)


def max_pool_gradient(x: Any, y: Any, grad: Any, window: Sequence[int], strides: Sequence[int], padding: str) -> Any:
    """Return `grad` at the place of the first greatest element of each window, zeros elsewhere.

    XLA's own way (select and scatter) is slow on CPUs; comparing each offset of the window with the greatest fuses.
    """
    pairs = _around(x.shape, window, strides, padding)
    if math.prod(window) > _MOST_OFFSETS:
        return _scattered(x, grad, window, strides, pairs)
    full = [max(n + sum(pair), m * s) for n, pair, m, s in zip(x.shape, pairs, y.shape, strides)]
    before = [low for low, _ in pairs]
    after = [m - n - low for m, n, low in zip(full, x.shape, before)]
    padded = lax.pad(x, jnp.asarray(lowest(x.dtype), x.dtype), [(*pair, 0) for pair in zip(before, after)])
    first = _first(padded, y, window, strides)
    spread = _interleaved if tuple(window) == tuple(strides) else _overlapped
    total = spread(first, grad, window, strides, full)
    return lax.slice(total, before, [low + n for n, low in zip(x.shape, before)])


def _first(padded: Any, y: Any, window: Sequence[int], strides: Sequence[int]) -> Any:
    """The number, in the window, of the first element that equals the greatest; -1 where none does."""
    number = jnp.full(y.shape, -1, jnp.int32)
    for i, offset in reversed(list(enumerate(np.ndindex(*window)))):
        ends = [o + (n - 1) * s + 1 for o, n, s in zip(offset, y.shape, strides)]
        number = jnp.where(lax.slice(padded, offset, ends, strides) == y, jnp.int32(i), number)
    return number


def _interleaved(first: Any, grad: Any, window: Sequence[int], strides: Sequence[int], full: Sequence[int]) -> Any:
    """`grad` at the first greatest elements of windows that do not overlap, in an array of the sizes `full`."""
    sizes = [n for pair in zip(grad.shape, window) for n in pair]
    of_window = tuple(range(1, 2 * grad.ndim, 2))
    numbers = lax.broadcast_in_dim(jnp.arange(math.prod(window), dtype=jnp.int32).reshape(window), sizes, of_window)
    of_output = tuple(range(0, 2 * grad.ndim, 2))
    is_first = lax.broadcast_in_dim(first, sizes, of_output) == numbers
    zero = jnp.zeros((), grad.dtype)
    covered = [n * k for n, k in zip(grad.shape, window)]
    spread = jnp.where(is_first, lax.broadcast_in_dim(grad, sizes, of_output), zero).reshape(covered)
    return lax.pad(spread, zero, [(0, n - m, 0) for n, m in zip(full, covered)])


def _overlapped(first: Any, grad: Any, window: Sequence[int], strides: Sequence[int], full: Sequence[int]) -> Any:
    """The sum, over the offsets in the window, of `grad` where the first greatest element is there."""
    zero = jnp.zeros((), grad.dtype)
    total = jnp.zeros(full, grad.dtype)
    for i, offset in enumerate(np.ndindex(*window)):
        spread = [(o, m - o - (n - 1) * s - 1, s - 1) for o, m, n, s in zip(offset, full, grad.shape, strides)]
        total = total + lax.pad(jnp.where(first == i, grad, zero), zero, spread)
    return total


def _scattered(x: Any, grad: Any, window: Sequence[int], strides: Sequence[int], pairs: Any) -> Any:
    _, places = max_pool_places(x, window, strides, pairs)
    return jnp.zeros(x.size, grad.dtype).at[places.ravel()].add(grad.ravel()).reshape(x.shape)


def max_pool_places(x: Any, window: Sequence[int], strides: Sequence[int], pairs: Any) -> tuple[Any, Any]:
    """Return the greatest element of each window and the place of the first of them in the flat array."""
    places = lax.iota(jnp.int64, x.size).reshape(x.shape)

    def first_greatest(a: Any, b: Any) -> Any:
        keep = (a[0] > b[0]) | ((a[0] == b[0]) & (a[1] <= b[1]))
        return lax.select(keep, a[0], b[0]), lax.select(keep, a[1], b[1])

    start = jnp.asarray(lowest(x.dtype), x.dtype), jnp.asarray(x.size, jnp.int64)
    return lax.reduce_window((x, places), start, first_greatest, tuple(window), tuple(strides), tuple(pairs))


def max_pool_second(x: Any, y: Any, grad: Any, window: Sequence[int], strides: Sequence[int], padding: str) -> Any:
    """Return, for each window, the element of `grad` at the place of the first greatest element of `x`."""
    pairs = _around(x.shape, window, strides, padding)
    _, places = max_pool_places(x, window, strides, pairs)
    return grad.ravel()[places]


def average_pool(x: Any, window: Sequence[int], strides: Sequence[int], padding: str) -> Any:
    """Return the mean of each window, padding left out."""
    pairs = _around(x.shape, window, strides, padding)
    total = lax.reduce_window(x, jnp.zeros((), x.dtype), lax.add, tuple(window), tuple(strides), pairs)
    return total / _counts(x.shape, total.shape, window, strides, pairs).astype(x.dtype)


def _counts(sizes: Sequence[int], outputs: Sequence[int], window: Sequence[int], strides: Sequence[int],
            pairs: Any) -> np.ndarray:
    """How many elements each window has that are no padding."""
    counts = np.ones([1] * len(sizes), np.int64)
    for axis, (n, m, k, s, (low, _)) in enumerate(zip(sizes, outputs, window, strides, pairs)):
        begins = np.arange(m) * s - low
        inside = np.minimum(begins + k, n) - np.maximum(begins, 0)
        counts = counts * inside.reshape([-1 if i == axis else 1 for i in range(len(sizes))])
    return counts


def average_pool_gradient(sizes: Sequence[int], grad: Any, window: Sequence[int], strides: Sequence[int],
                          padding: str) -> Any:
    """Return `grad` spread evenly over the windows of an array of the given sizes."""
    pairs = _around(sizes, window, strides, padding)
    shares = grad / _counts(sizes, grad.shape, window, strides, pairs).astype(grad.dtype)
    before = [k - 1 - low for k, (low, _) in zip(window, pairs)]
    after = [n - (m - 1) * s - 1 - b + k - 1 for n, m, s, b, k in zip(sizes, grad.shape, strides, before, window)]
    spread = lax.pad(shares, jnp.zeros((), grad.dtype), [(b, a, s - 1) for b, a, s in zip(before, after, strides)])
    return lax.reduce_window(spread, jnp.zeros((), grad.dtype), lax.add, tuple(window), (1,) * grad.ndim, "VALID")
