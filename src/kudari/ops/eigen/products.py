"""Matrix products in the order of TensorFlow 1.3: Eigen's panel kernel, and its two matrix-vector kernels."""

from __future__ import annotations

import jax
from jax import lax

from .blocking import L1_BYTES, gemm_depth, gemv_depth
from .folds import SUM, add_along, halve, packet_size

MATERIALIZE = 1 << 14
"""Up to this many products, all are formed at once and then added; beyond, a loop adds one outer product a turn."""

_LANES = 4


def _products(a: jax.Array, b: jax.Array) -> jax.Array:
    """Return a[..., m, k] * b[..., k, n] as [..., m, k, n]."""
    shape = (*a.shape, b.shape[-1])
    rank = len(shape)
    wide = lax.broadcast_in_dim(a, shape, tuple(range(rank - 1)))
    return wide * lax.broadcast_in_dim(b, shape, (*range(rank - 3), rank - 2, rank - 1))


def _dot(a: jax.Array, b: jax.Array) -> jax.Array:
    """Return the product of [..., m, k] and [..., k, n], adding from 0 in the order of k."""
    depth, rank = a.shape[-1], a.ndim
    if a.size * b.shape[-1] <= MATERIALIZE:
        return add_along(_products(a, b), -2)

    def step(i, total):
        column = lax.dynamic_slice_in_dim(a, i, 1, rank - 1)
        row = lax.dynamic_slice_in_dim(b, i, 1, rank - 2)
        return total + lax.squeeze(_products(column, row), (rank - 1,))

    return lax.fori_loop(0, depth, step, lax.full((*a.shape[:-1], b.shape[-1]), 0, a.dtype))


def _cut(x: jax.Array, axis: int, start: int, stop: int) -> jax.Array:
    return x if (start, stop) == (0, x.shape[axis]) else lax.slice_in_dim(x, start, stop, axis=axis)


def _blocks(k: int, depth: int) -> list[tuple[int, int]]:
    return [(start, min(start + depth, k)) for start in range(0, k, depth)]


def _dot_blocks(a: jax.Array, b: jax.Array, depth: int, dot=_dot) -> jax.Array:
    """Return the product of `a` and `b` as the running sum of the products of blocks of `depth`."""
    k = a.shape[-1]
    total = None
    for start, stop in _blocks(k, depth):
        part = dot(_cut(a, 1, start, stop), _cut(b, 0, start, stop))
        total = part if total is None else total + part
    return total


def _lanes(a: jax.Array, b: jax.Array, count: int) -> jax.Array:
    """Return [m, n, count]: sum number i of the products at k = i mod `count`, over all full rounds."""
    (m, k), n = a.shape, b.shape[-1]
    turns = k // count
    left = lax.transpose(_cut(a, 1, 0, turns * count).reshape(m, turns, count), (2, 0, 1))
    right = lax.transpose(_cut(b, 0, 0, turns * count).reshape(turns, count, n), (1, 0, 2))
    return lax.transpose(_dot(left, right), (1, 2, 0))


def _add_rest(total: jax.Array, a: jax.Array, b: jax.Array, start: int) -> jax.Array:
    for i in range(start, a.shape[-1]):
        total = total + lax.squeeze(_products(_cut(a, 1, i, i + 1), _cut(b, 0, i, i + 1)), (1,))
    return total


def _dot_rows(a: jax.Array, b: jax.Array) -> jax.Array:
    """Return the product as Eigen's row-major matrix-vector kernel forms it: a packet of sums, then the tail."""
    count = packet_size(a.dtype)
    whole = a.shape[-1] // count * count
    if whole == 0:
        return _dot(a, b)
    return _add_rest(halve(SUM, _lanes(a, b, count)), a, b, whole)


def _dot_four(a: jax.Array, b: jax.Array) -> jax.Array:
    """Return the product as Eigen's panel kernel forms columns beyond the last packet: (s0 + s1) + (s2 + s3)."""
    whole = a.shape[-1] // _LANES * _LANES
    if whole == 0:
        return _dot(a, b)
    pairs = _lanes(a, b, _LANES).reshape(a.shape[0], b.shape[-1], 2, 2)
    return _add_rest(add_along(add_along(pairs, -1), -1), a, b, whole)


def _panels(a: jax.Array, b: jax.Array, depth: int) -> jax.Array:
    """Return the product as Eigen's panel kernel forms it; its packets run along the columns of the result."""
    (m, _), n = a.shape, b.shape[-1]
    packet = packet_size(a.dtype)
    rows, columns = m // _LANES * _LANES, n // packet * packet
    if packet != _LANES or columns == n or rows == 0:
        return _dot_blocks(a, b, depth)
    rest = _cut(b, 1, columns, n)
    edge = [_dot_blocks(_cut(a, 0, 0, rows), rest, depth, _dot_four)]
    if rows < m:
        edge.append(_dot_blocks(_cut(a, 0, rows, m), rest, depth))
    edge = lax.concatenate(edge, 0)
    if columns == 0:
        return edge
    return lax.concatenate([_dot_blocks(a, _cut(b, 1, 0, columns), depth), edge], 1)


def matmul(
    a: jax.Array, b: jax.Array, transpose_a: bool = False, transpose_b: bool = False, *, l1: int = L1_BYTES
) -> jax.Array:
    """Return the matrix product of `a` and `b`.

    Args:
      a: a matrix, [m, k], or [k, m] with `transpose_a`.
      b: a matrix of the same dtype, [k, n], or [n, k] with `transpose_b`.
      transpose_a: take `a` transposed.
      transpose_b: take `b` transposed.
      l1: bytes of the level 1 data cache of the machine whose digits are wanted; it matters for k above 504.

    Returns:
      The [m, n] product, added up in the order TensorFlow 1.3 adds on one thread.
    """
    left = lax.transpose(a, (1, 0)) if transpose_a else a
    right = lax.transpose(b, (1, 0)) if transpose_b else b
    (m, k), n = left.shape, right.shape[1]
    if m * n * k == 0:
        return lax.full((m, n), 0, a.dtype)
    if m == 1 and not transpose_b:
        return _dot_blocks(left, right, gemv_depth(n, k, a.dtype))
    if n == 1 and m > 1 and transpose_a:
        return _dot_blocks(left, right, gemv_depth(m, k, a.dtype))
    if m == 1 or n == 1:
        return _dot_rows(left, right)
    return _panels(left, right, gemm_depth(n, m, k, a.dtype, l1))
