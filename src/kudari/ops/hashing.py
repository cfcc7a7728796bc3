"""Ops that put texts into buckets by hash: FarmHash's fingerprint, keyed SipHash, and TensorFlow's own 64-bit hash."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..op.definition import not_differentiable, op
from ..op.rules import unchanged
from ..op.signature import required
from .strings import each

_ALL = (1 << 64) - 1
_K0, _K1, _K2 = 0xC3A5C85C97CB3127, 0xB492B66FBE98F273, 0x9AE16A3B2F90404F


def _word(data: bytes, at: int, size: int = 8) -> int:
    return int.from_bytes(data[at:at + size], "little")


def _rotated(value: int, by: int) -> int:
    return (value >> by | value << (64 - by)) & _ALL


def _mixed(value: int) -> int:
    return value ^ value >> 47


def _combined(u: int, v: int, mul: int = 0x9DDFEA08EB382D69) -> int:
    a = _mixed((u ^ v) * mul & _ALL)
    return _mixed((v ^ a) * mul & _ALL) * mul & _ALL


def fingerprint64(data: bytes) -> int:
    """Return FarmHash's 64-bit fingerprint (farmhash.cc by Google, `farmhashna::Hash64`)."""
    n = len(data)
    if n <= 16:
        return _up_to_16(data, n)
    if n <= 32:
        return _up_to_32(data, n)
    return _up_to_64(data, n) if n <= 64 else _longer(data, n)


def _up_to_16(data: bytes, n: int) -> int:
    mul = _K2 + n * 2 & _ALL
    if n >= 8:
        a, b = _word(data, 0) + _K2 & _ALL, _word(data, n - 8)
        return _combined((_rotated(b, 37) * mul + a) & _ALL, (_rotated(a, 25) + b) * mul & _ALL, mul)
    if n >= 4:
        return _combined(n + (_word(data, 0, 4) << 3) & _ALL, _word(data, n - 4, 4), mul)
    if n:
        y, z = data[0] + (data[n >> 1] << 8), n + (data[n - 1] << 2)
        return _mixed((y * _K2 ^ z * _K0) & _ALL) * _K2 & _ALL
    return _K2


def _up_to_32(data: bytes, n: int) -> int:
    mul = _K2 + n * 2 & _ALL
    a, b = _word(data, 0) * _K1 & _ALL, _word(data, 8)
    c, d = _word(data, n - 8) * mul & _ALL, _word(data, n - 16) * _K2 & _ALL
    return _combined((_rotated(a + b & _ALL, 43) + _rotated(c, 30) + d) & _ALL,
                     (a + _rotated(b + _K2 & _ALL, 18) + c) & _ALL, mul)


def _up_to_64(data: bytes, n: int) -> int:
    mul = _K2 + n * 2 & _ALL
    a, b = _word(data, 0) * _K2 & _ALL, _word(data, 8)
    c, d = _word(data, n - 8) * mul & _ALL, _word(data, n - 16) * _K2 & _ALL
    y = (_rotated(a + b & _ALL, 43) + _rotated(c, 30) + d) & _ALL
    z = _combined(y, (a + _rotated(b + _K2 & _ALL, 18) + c) & _ALL, mul)
    e, f = _word(data, 16) * mul & _ALL, _word(data, 24)
    g, h = (y + _word(data, n - 32)) * mul & _ALL, (z + _word(data, n - 24)) * mul & _ALL
    return _combined((_rotated(e + f & _ALL, 43) + _rotated(g, 30) + h) & _ALL,
                     (e + _rotated(f + a & _ALL, 18) + g) & _ALL, mul)


def _weak(data: bytes, at: int, a: int, b: int) -> tuple[int, int]:
    w, x, y, z = (_word(data, at + 8 * i) for i in range(4))
    a = a + w & _ALL
    b = _rotated(b + a + z & _ALL, 21)
    c = a
    a = a + x + y & _ALL
    b = b + _rotated(a, 44) & _ALL
    return a + z & _ALL, b + c & _ALL


def _longer(data: bytes, n: int) -> int:
    x, y = 81, (81 * _K1 + 113) & _ALL
    z = _mixed(y * _K2 + 113 & _ALL) * _K2 & _ALL
    v, w = (0, 0), (0, 0)
    x = (x * _K2 + _word(data, 0)) & _ALL
    for at in range(0, (n - 1) // 64 * 64, 64):
        x = _rotated(x + y + v[0] + _word(data, at + 8) & _ALL, 37) * _K1 & _ALL
        y = _rotated(y + v[1] + _word(data, at + 48) & _ALL, 42) * _K1 & _ALL
        x ^= w[1]
        y = y + v[0] + _word(data, at + 40) & _ALL
        z = _rotated(z + w[0] & _ALL, 33) * _K1 & _ALL
        v = _weak(data, at, v[1] * _K1 & _ALL, x + w[0] & _ALL)
        w = _weak(data, at + 32, z + w[1] & _ALL, y + _word(data, at + 16) & _ALL)
        z, x = x, z
    mul = _K1 + ((z & 0xFF) << 1) & _ALL
    at = n - 64
    w = (w[0] + ((n - 1) & 63) & _ALL, w[1])
    v = (v[0] + w[0] & _ALL, v[1])
    w = (w[0] + v[0] & _ALL, w[1])
    x = _rotated(x + y + v[0] + _word(data, at + 8) & _ALL, 37) * mul & _ALL
    y = _rotated(y + v[1] + _word(data, at + 48) & _ALL, 42) * mul & _ALL
    x ^= w[1] * 9 & _ALL
    y = y + v[0] * 9 + _word(data, at + 40) & _ALL
    z = _rotated(z + w[0] & _ALL, 33) * mul & _ALL
    v = _weak(data, at, v[1] * mul & _ALL, x + w[0] & _ALL)
    w = _weak(data, at + 32, z + w[1] & _ALL, y + _word(data, at + 16) & _ALL)
    z, x = x, z
    return _combined(_combined(v[0], w[0], mul) + _mixed(y) * _K0 + z & _ALL, _combined(v[1], w[1], mul) + x & _ALL, mul)


def siphash(key: tuple[int, int], data: bytes) -> int:
    """Return SipHash-2-4 of `data` (Aumasson and Bernstein, 2012)."""
    v = [key[0] ^ 0x736F6D6570736575, key[1] ^ 0x646F72616E646F6D, key[0] ^ 0x6C7967656E657261, key[1] ^ 0x7465646279746573]
    whole = len(data) // 8 * 8
    words = [_word(data, at) for at in range(0, whole, 8)] + [_word(data, whole) | (len(data) & 0xFF) << 56]
    for word in words:
        v[3] ^= word
        _siphash_rounds(v, 2)
        v[0] ^= word
    v[2] ^= 0xFF
    _siphash_rounds(v, 4)
    return v[0] ^ v[1] ^ v[2] ^ v[3]


def _siphash_rounds(v: list[int], count: int) -> None:
    for _ in range(count):
        v[0] = v[0] + v[1] & _ALL
        v[1] = _rotated(v[1], 51) ^ v[0]
        v[0] = _rotated(v[0], 32)
        v[2] = v[2] + v[3] & _ALL
        v[3] = _rotated(v[3], 48) ^ v[2]
        v[0] = v[0] + v[3] & _ALL
        v[3] = _rotated(v[3], 43) ^ v[0]
        v[2] = v[2] + v[1] & _ALL
        v[1] = _rotated(v[1], 47) ^ v[2]
        v[2] = _rotated(v[2], 32)


def hash64(data: bytes, seed: int = 0xDECAFCAFFE) -> int:
    """Return TensorFlow's `Hash64`, which is MurmurHash64A (Appleby)."""
    m = 0xC6A4A7935BD1E995
    h = seed ^ len(data) * m & _ALL
    whole = len(data) // 8 * 8
    for at in range(0, whole, 8):
        k = _word(data, at) * m & _ALL
        h = (h ^ (k ^ k >> 47) * m & _ALL) * m & _ALL
    if len(data) > whole:
        h = (h ^ _word(data, whole)) * m & _ALL
    h = (h ^ h >> 47) * m & _ALL
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
    return _buckets(input, lambda item: siphash((key[0] & _ALL, key[1] & _ALL), item), num_buckets)


@op("StringToHashBucket", "string_tensor: string -> output: int64", unchanged, host=True, num_buckets=required("int"))
def string_to_hash_bucket(string_tensor, *, num_buckets):
    """Buckets by TensorFlow's own hash, which may change between releases."""
    return _buckets(string_tensor, hash64, num_buckets)


not_differentiable(string_to_hash_bucket, string_to_hash_bucket_fast, string_to_hash_bucket_strong)
