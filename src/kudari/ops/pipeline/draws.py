"""Words of TensorFlow's generator one at a time, as its dataset kernels draw them."""

from __future__ import annotations

import os

import numpy as np

_MULTIPLIERS = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_KEY_STEPS = 0x9E3779B9, 0xBB67AE85
_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)
_MASK = 0xFFFFFFFF
_MOST = 1024  # blocks made at once


def blocks(seed: int, seed2: int, first: int, count: int) -> list[int]:
    """Return the words of `count` blocks of Philox 4x32-10, from block `first` on, four a block."""
    places = np.arange(first, first + count, dtype=np.uint64)
    high = seed2 & (2**64 - 1)
    block = [places & _LOW, places >> _HALF, np.full(count, high & _MASK, np.uint64), np.full(count, high >> 32, np.uint64)]
    key = [seed & _MASK, (seed >> 32) & _MASK]
    for _ in range(10):
        one, two = block[0] * _MULTIPLIERS[0], block[2] * _MULTIPLIERS[1]
        block = [(two >> _HALF) ^ block[1] ^ np.uint64(key[0]), two & _LOW,
                 (one >> _HALF) ^ block[3] ^ np.uint64(key[1]), one & _LOW]
        key = [(k + step) & _MASK for k, step in zip(key, _KEY_STEPS)]
    return np.stack(block, 1).ravel().tolist()


class Draws:
    """A stream of 32-bit words.

    Args:
      seed: with `seed2`, names the stream; any one if both are zero.
      seed2: the other half.
    """

    def __init__(self, seed: int, seed2: int):
        if seed == 0 and seed2 == 0:
            seed, seed2 = (int.from_bytes(os.urandom(8), "little") for _ in range(2))
        self._seeds = int(seed), int(seed2)
        self._next_block, self._count = 0, 1
        self._words: list[int] = []

    def word(self) -> int:
        """Return the next word."""
        if not self._words:
            self._words = blocks(*self._seeds, self._next_block, self._count)[::-1]
            self._next_block += self._count
            self._count = min(4 * self._count, _MOST)
        return self._words.pop()
