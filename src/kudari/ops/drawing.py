"""Numbers of a given distribution and count from a generator, as TensorFlow's kernels draw them on CPU."""

from __future__ import annotations

from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from .philox import Words, in_turns, normals32, normals64, side_by_side, unit16, unit32, unit64, words

BLOCKS_AN_OUTPUT = 256  # set aside for each number, drawn or not


@partial(jax.jit, static_argnums=(1, 2))
def uniform(generator: Any, count: int, dtype: Any) -> Any:
    """Return `count` floating numbers in [0, 1)."""
    rows = _block_rows(dtype)
    return in_turns(-(-count // rows), lambda places: _units(words(generator, places), dtype)).reshape(-1)[:count]


def _block_rows(dtype: Any) -> int:
    """How many numbers a block makes."""
    return 2 if np.dtype(dtype).itemsize == 8 else 4


def _units(block: Words, dtype: Any) -> Any:
    if dtype == np.float64:
        return side_by_side([unit64(*block[:2]), unit64(*block[2:])])
    return side_by_side([unit32(w) if dtype == np.float32 else unit16(w, dtype) for w in block])


@partial(jax.jit, static_argnums=(1, 2))
def integers(generator: Any, count: int, dtype: Any, least: Any, bound: Any) -> Any:
    """Return `count` integers from `least` up to but without `bound`: a word modulo the size of the range."""
    unsigned = np.dtype(dtype.replace("int", "uint"))
    size = bound.astype(unsigned) - least.astype(unsigned)
    drawn = bits(generator, count, unsigned) % jnp.maximum(size, np.ones((), unsigned))
    return (least.astype(unsigned) + drawn).astype(dtype)


@partial(jax.jit, static_argnums=(1, 2))
def bits(generator: Any, count: int, dtype: Any) -> Any:
    """Return `count` unsigned integers, all of the words' bits."""
    rows = _block_rows(dtype)

    def draw(places: Any) -> Any:
        block = words(generator, places)
        if rows == 4:
            return side_by_side(block)
        wide = [word.astype(jnp.uint64) for word in block]
        return side_by_side([wide[0] | wide[1] << np.uint64(32), wide[2] | wide[3] << np.uint64(32)])

    return in_turns(-(-count // rows), draw).reshape(-1)[:count]


@partial(jax.jit, static_argnums=(1, 2))
def normal(generator: Any, count: int, dtype: Any) -> Any:
    """Return `count` normal numbers."""
    rows = _block_rows(dtype)
    return in_turns(-(-count // rows), lambda places: _normals(words(generator, places), dtype)).reshape(-1)[:count]


def _normals(block: Words, dtype: Any) -> Any:
    if dtype == np.float64:
        return side_by_side(normals64(block))
    return side_by_side([*normals32(*block[:2]), *normals32(*block[2:])]).astype(dtype)


@partial(jax.jit, static_argnums=(1, 2))
def truncated_normal(generator: Any, count: int, dtype: Any) -> Any:
    """Return `count` normal numbers less than 2 away from 0."""
    rows = _block_rows(dtype)
    return in_turns(-(-count // rows), lambda places: _within_two(generator, places, rows, dtype)).reshape(-1)[:count]


def _within_two(generator: Any, places: Any, wanted: int, dtype: Any) -> Any:
    """The first `wanted` normal numbers below 2 in magnitude of each place, which has blocks of its own to draw from."""
    firsts = places * np.uint64(wanted * BLOCKS_AN_OUTPUT // 4)
    wide = np.float64 if dtype == np.float64 else np.float32

    def go_on(held: Any) -> Any:
        return jnp.any(held[1] < wanted)

    def draw(held: Any) -> Any:
        turn, found, kept = held
        for value in _normals(words(generator, firsts + turn), wide).T:
            fits = jnp.abs(value) < 2
            kept = [jnp.where(fits & (found == place), value, old) for place, old in enumerate(kept)]
            found = found + fits
        return turn + np.uint64(1), found, kept

    start = jnp.zeros((), jnp.uint64), jnp.zeros(places.shape, jnp.int32), [jnp.zeros(places.shape, wide)] * wanted
    return side_by_side(lax.while_loop(go_on, draw, start)[2]).astype(dtype)
