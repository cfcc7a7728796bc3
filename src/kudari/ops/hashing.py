"""Ops that put texts into buckets by hash: FarmHash's fingerprint, keyed SipHash, and TensorFlow's own 64-bit hash."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..op.definition import not_differentiable, op
from ..op.rules import unchanged
from ..op.signature import required
from .fingerprints import ALL_BITS, fingerprint64, rotated, word
from .strings import each


def siphash(key: tuple[int, int], data: bytes) -> int:
    """Return SipHash-2-4 of `data` (Aumasson and Bernstein, 2012)."""
    v = [key[0] ^ 0x736F6D6570736575, key[1] ^ 0x646F72616E646F6D, key[0] ^ 0x6C7967656E657261, key[1] ^ 0x7465646279746573]
    whole = len(data) // 8 * 8
    parts = [word(data, at) for at in range(0, whole, 8)] + [word(data, whole) | (len(data) & 0xFF) << 56]
    for part in parts:
        v[3] ^= part
        _siphash_rounds(v, 2)
        v[0] ^= part
    v[2] ^= 0xFF
    _siphash_rounds(v, 4)
    return v[0] ^ v[1] ^ v[2] ^ v[3]


def _siphash_rounds(v: list[int], count: int) -> None:
    for _ in range(count):
        v[0] = v[0] + v[1] & ALL_BITS
        v[1] = rotated(v[1], 51) ^ v[0]
        v[0] = rotated(v[0], 32)
        v[2] = v[2] + v[3] & ALL_BITS
        v[3] = rotated(v[3], 48) ^ v[2]
        v[0] = v[0] + v[3] & ALL_BITS
        v[3] = rotated(v[3], 43) ^ v[0]
        v[2] = v[2] + v[1] & ALL_BITS
        v[1] = rotated(v[1], 47) ^ v[2]
        v[2] = rotated(v[2], 32)


def hash64(data: bytes, seed: int = 0xDECAFCAFFE) -> int:
    """Return TensorFlow's `Hash64`, which is MurmurHash64A (Appleby)."""
    m = 0xC6A4A7935BD1E995
    h = seed ^ len(data) * m & ALL_BITS
    whole = len(data) // 8 * 8
    for at in range(0, whole, 8):
        k = word(data, at) * m & ALL_BITS
        h = (h ^ (k ^ k >> 47) * m & ALL_BITS) * m & ALL_BITS
    if len(data) > whole:
        h = (h ^ word(data, whole)) * m & ALL_BITS
    h = (h ^ h >> 47) * m & ALL_BITS
    return h ^ h >> 47


def _buckets(input: Any, number: Any, count: int) -> np.ndarray:
    return each(lambda item: number(item) % count, input).astype(np.int64)


@op("StringToHashBucketFast", "input: string -> output: int64", unchanged, host=True, num_buckets=required("int"))
def string_to_hash_bucket_fast(input, *, num_buckets):
    """Buckets by FarmHash's fingerprint."""
    return _buckets(input, fingerprint64, num_buckets)


@op("StringToHashBucketStrong", "input: string -> output: int64", unchanged, host=True, num_buckets=required("int"),
    key=required("list(int)"))
def string_to_hash_bucket_strong(input, *, num_buckets, key):
    """Buckets by a hash with a key, which who does not know it cannot fill on purpose."""
    if len(key) != 2:
        raise ValueError("Key must have 2 elements")
    return _buckets(input, lambda item: siphash((key[0] & ALL_BITS, key[1] & ALL_BITS), item), num_buckets)


@op("StringToHashBucket", "string_tensor: string -> output: int64", unchanged, host=True, num_buckets=required("int"))
def string_to_hash_bucket(string_tensor, *, num_buckets):
    """Buckets by TensorFlow's own hash, which may change between releases."""
    return _buckets(string_tensor, hash64, num_buckets)


not_differentiable(string_to_hash_bucket, string_to_hash_bucket_fast, string_to_hash_bucket_strong)
