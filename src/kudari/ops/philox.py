"""TensorFlow's generator of random numbers, Philox 4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3").

A generator is three 64-bit numbers: the low and the high half of a counter, and a key. Each counter gives a block of four
32-bit words that has nothing to do with its neighbours, so that any part of a stream can be computed by itself.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any

import jax.numpy as jnp
import numpy as np
from jax import lax

from ..graph.operation import Operation

_TURN = 1024  # blocks computed together: few enough to stay in the processor's cache
_ROUNDS = 10
_MULTIPLIERS = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_KEY_STEPS = np.uint32(0x9E3779B9), np.uint32(0xBB67AE85)

Words = tuple[Any, Any, Any, Any]


def seeded(op: Operation) -> np.ndarray:
    """The generator that a node starts with: the one its seeds name, or any one if both are zero."""
    return seeded_by(op["seed"], op["seed2"])


def seeded_by(seed: int, seed2: int) -> np.ndarray:
    """The generator with the key `seed` whose counter begins at `seed2` times 2**64, or any one if both are zero."""
    if seed == 0 and seed2 == 0:
        seed, seed2 = np.frombuffer(os.urandom(16), np.int64).tolist()
    return np.array([0, seed2, seed], np.int64).view(np.uint64)


def skipped(generator: Any, blocks: Any) -> Any:
    """Return the generator `blocks` later."""
    low = generator[0] + jnp.asarray(blocks, jnp.uint64)
    return jnp.stack([low, generator[1] + (low < generator[0]).astype(jnp.uint64), generator[2]])


def words(generator: Any, places: Any) -> Words:
    """Return the words of the blocks at `places`, an array of counts from the generator's place on: four arrays."""
    low = generator[0] + places
    high = generator[1] + (low < generator[0]).astype(jnp.uint64)
    block = (*_halves(low), *_halves(high))
    return lax.fori_loop(0, _ROUNDS, lambda _, held: _round(*held), (block, _halves(generator[2])))[0]


def _halves(value: Any) -> tuple[Any, Any]:
    return value.astype(jnp.uint32), (value >> np.uint64(32)).astype(jnp.uint32)


def _round(block: Words, key: tuple[Any, Any]) -> tuple[Words, tuple[Any, Any]]:
    low0, high0 = _halves(block[0].astype(jnp.uint64) * _MULTIPLIERS[0])
    low1, high1 = _halves(block[2].astype(jnp.uint64) * _MULTIPLIERS[1])
    mixed = (high1 ^ block[1] ^ key[0], low1, high0 ^ block[3] ^ key[1], low0)
    return mixed, (key[0] + _KEY_STEPS[0], key[1] + _KEY_STEPS[1])


def in_turns(count: int, draw: Callable[[Any], Any]) -> Any:
    """Return `draw(places)`, an array with a row for each place, for the places up to `count`, a part of them at a time."""
    if count <= _TURN:
        return draw(jnp.arange(count, dtype=jnp.uint64))
    starts = jnp.arange(0, count, _TURN, dtype=jnp.uint64)
    rows = lax.map(lambda start: draw(start + jnp.arange(_TURN, dtype=jnp.uint64)), starts)
    return rows.reshape(-1, *rows.shape[2:])[:count]


def side_by_side(columns: Sequence[Any]) -> Any:
    """Return a matrix of these columns."""
    return jnp.stack(columns, axis=-1)


def unit16(word: Any, dtype: Any) -> Any:
    """Return numbers in [0, 1) of a type of 16 bits, made of the last bits of words."""
    bits, one = (10, 15 << 10) if dtype == jnp.float16 else (7, 127 << 7)
    pattern = (word.astype(jnp.uint16) & np.uint16((1 << bits) - 1)) | np.uint16(one)
    return lax.bitcast_convert_type(pattern, dtype) - jnp.ones((), dtype)


def unit32(word: Any) -> Any:
    """Return float32 numbers in [0, 1): the last 23 bits of words."""
    pattern = (word & np.uint32(0x7FFFFF)) | np.uint32(127 << 23)
    return lax.bitcast_convert_type(pattern, jnp.float32) - np.float32(1)


def unit64(high: Any, low: Any) -> Any:
    """Return float64 numbers in [0, 1): 20 bits of one word and 32 of another."""
    bits = ((high & np.uint32(0xFFFFF)).astype(jnp.uint64) << np.uint64(32)) | low.astype(jnp.uint64)
    return lax.bitcast_convert_type(bits | np.uint64(1023 << 52), jnp.float64) - np.float64(1)


def normals32(first: Any, second: Any) -> tuple[Any, Any]:
    """Return two normal float32 numbers for each two words, after Box and Muller: the sine first."""
    radius = jnp.sqrt(np.float32(-2) * jnp.log(jnp.maximum(unit32(first), np.float32(1e-7))))
    angle = (np.float64(2 * np.pi) * unit32(second).astype(jnp.float64)).astype(jnp.float32)
    return jnp.sin(angle) * radius, jnp.cos(angle) * radius


def normals64(block: Words) -> tuple[Any, Any]:
    """Return two normal float64 numbers for each block."""
    radius = jnp.sqrt(-2.0 * jnp.log(jnp.maximum(unit64(*block[:2]), 1e-7)))
    angle = 2 * np.pi * unit64(*block[2:])
    return jnp.sin(angle) * radius, jnp.cos(angle) * radius
