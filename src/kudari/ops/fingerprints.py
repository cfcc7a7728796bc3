"""FarmHash's fingerprints of texts (farmhash.cc by Google, `farmhashna::Hash64` and `farmhashcc::Fingerprint128`)."""

from __future__ import annotations

ALL_BITS = (1 << 64) - 1
_K0, _K1, _K2 = 0xC3A5C85C97CB3127, 0xB492B66FBE98F273, 0x9AE16A3B2F90404F


def word(data: bytes, at: int, size: int = 8) -> int:
    """Return `size` bytes of `data` from `at` on as a number."""
    return int.from_bytes(data[at:at + size], "little")


def rotated(value: int, by: int) -> int:
    """Return the bits of `value` moved right, those that fall off coming back on the left."""
    return (value >> by | value << (64 - by)) & ALL_BITS


def mixed(value: int) -> int:
    """Return `value` with its upper bits folded into its lower ones."""
    return value ^ value >> 47


def combined(u: int, v: int, mul: int = 0x9DDFEA08EB382D69) -> int:
    """Return one number of two."""
    a = mixed((u ^ v) * mul & ALL_BITS)
    return mixed((v ^ a) * mul & ALL_BITS) * mul & ALL_BITS


def fingerprint64(data: bytes) -> int:
    """Return FarmHash's 64-bit fingerprint."""
    n = len(data)
    if n <= 16:
        return _up_to_16(data, n)
    if n <= 32:
        return _up_to_32(data, n)
    return _up_to_64(data, n) if n <= 64 else _longer(data, n)


def _up_to_16(data: bytes, n: int) -> int:
    mul = _K2 + n * 2 & ALL_BITS
    if n >= 8:
        a, b = word(data, 0) + _K2 & ALL_BITS, word(data, n - 8)
        return combined((rotated(b, 37) * mul + a) & ALL_BITS, (rotated(a, 25) + b) * mul & ALL_BITS, mul)
    if n >= 4:
        return combined(n + (word(data, 0, 4) << 3) & ALL_BITS, word(data, n - 4, 4), mul)
    if n:
        y, z = data[0] + (data[n >> 1] << 8), n + (data[n - 1] << 2)
        return mixed((y * _K2 ^ z * _K0) & ALL_BITS) * _K2 & ALL_BITS
    return _K2


def _up_to_32(data: bytes, n: int) -> int:
    mul = _K2 + n * 2 & ALL_BITS
    a, b = word(data, 0) * _K1 & ALL_BITS, word(data, 8)
    c, d = word(data, n - 8) * mul & ALL_BITS, word(data, n - 16) * _K2 & ALL_BITS
    return combined((rotated(a + b & ALL_BITS, 43) + rotated(c, 30) + d) & ALL_BITS,
                     (a + rotated(b + _K2 & ALL_BITS, 18) + c) & ALL_BITS, mul)


def _up_to_64(data: bytes, n: int) -> int:
    mul = _K2 + n * 2 & ALL_BITS
    a, b = word(data, 0) * _K2 & ALL_BITS, word(data, 8)
    c, d = word(data, n - 8) * mul & ALL_BITS, word(data, n - 16) * _K2 & ALL_BITS
    y = (rotated(a + b & ALL_BITS, 43) + rotated(c, 30) + d) & ALL_BITS
    z = combined(y, (a + rotated(b + _K2 & ALL_BITS, 18) + c) & ALL_BITS, mul)
    e, f = word(data, 16) * mul & ALL_BITS, word(data, 24)
    g, h = (y + word(data, n - 32)) * mul & ALL_BITS, (z + word(data, n - 24)) * mul & ALL_BITS
    return combined((rotated(e + f & ALL_BITS, 43) + rotated(g, 30) + h) & ALL_BITS,
                     (e + rotated(f + a & ALL_BITS, 18) + g) & ALL_BITS, mul)


def _weak(data: bytes, at: int, a: int, b: int) -> tuple[int, int]:
    w, x, y, z = (word(data, at + 8 * i) for i in range(4))
    a = a + w & ALL_BITS
    b = rotated(b + a + z & ALL_BITS, 21)
    c = a
    a = a + x + y & ALL_BITS
    b = b + rotated(a, 44) & ALL_BITS
    return a + z & ALL_BITS, b + c & ALL_BITS


def _stirred(data: bytes, at: int, x: int, y: int, z: int, v: tuple[int, int], w: tuple[int, int]) -> tuple:
    """The state after the 64 bytes from `at` on."""
    x = rotated(x + y + v[0] + word(data, at + 8) & ALL_BITS, 37) * _K1 & ALL_BITS
    y = rotated(y + v[1] + word(data, at + 48) & ALL_BITS, 42) * _K1 & ALL_BITS
    x ^= w[1]
    y = y + v[0] + word(data, at + 40) & ALL_BITS
    z = rotated(z + w[0] & ALL_BITS, 33) * _K1 & ALL_BITS
    v = _weak(data, at, v[1] * _K1 & ALL_BITS, x + w[0] & ALL_BITS)
    w = _weak(data, at + 32, z + w[1] & ALL_BITS, y + word(data, at + 16) & ALL_BITS)
    return z, y, x, v, w


def _longer(data: bytes, n: int) -> int:
    x, y = 81, (81 * _K1 + 113) & ALL_BITS
    z = mixed(y * _K2 + 113 & ALL_BITS) * _K2 & ALL_BITS
    v, w = (0, 0), (0, 0)
    x = (x * _K2 + word(data, 0)) & ALL_BITS
    for at in range(0, (n - 1) // 64 * 64, 64):
        x, y, z, v, w = _stirred(data, at, x, y, z, v, w)
    mul = _K1 + ((z & 0xFF) << 1) & ALL_BITS
    at = n - 64
    w = (w[0] + ((n - 1) & 63) & ALL_BITS, w[1])
    v = (v[0] + w[0] & ALL_BITS, v[1])
    w = (w[0] + v[0] & ALL_BITS, w[1])
    x = rotated(x + y + v[0] + word(data, at + 8) & ALL_BITS, 37) * mul & ALL_BITS
    y = rotated(y + v[1] + word(data, at + 48) & ALL_BITS, 42) * mul & ALL_BITS
    x ^= w[1] * 9 & ALL_BITS
    y = y + v[0] * 9 + word(data, at + 40) & ALL_BITS
    z = rotated(z + w[0] & ALL_BITS, 33) * mul & ALL_BITS
    v = _weak(data, at, v[1] * mul & ALL_BITS, x + w[0] & ALL_BITS)
    w = _weak(data, at + 32, z + w[1] & ALL_BITS, y + word(data, at + 16) & ALL_BITS)
    z, x = x, z
    return combined(combined(v[0], w[0], mul) + mixed(y) * _K0 + z & ALL_BITS, combined(v[1], w[1], mul) + x & ALL_BITS, mul)


def fingerprint128(data: bytes) -> tuple[int, int]:
    """Return FarmHash's 128-bit fingerprint, its lower half first."""
    if len(data) >= 16:
        return _seeded(data[16:], word(data, 0), word(data, 8) + _K0 & ALL_BITS)
    return _seeded(data, _K0, _K1)


def _seeded(data: bytes, a: int, b: int) -> tuple[int, int]:
    return _murmur(data, a, b) if len(data) < 128 else _long_seeded(data, a, b)


def _murmur(data: bytes, a: int, b: int) -> tuple[int, int]:
    n = len(data)
    if n <= 16:
        a = mixed(a * _K1 & ALL_BITS) * _K1 & ALL_BITS
        c = b * _K1 + _up_to_16(data, n) & ALL_BITS
        d = mixed(a + (word(data, 0) if n >= 8 else c) & ALL_BITS)
    else:
        c = combined(word(data, n - 8) + _K1 & ALL_BITS, a)
        d = combined(b + n & ALL_BITS, c + word(data, n - 16) & ALL_BITS)
        a = a + d & ALL_BITS
        for at in range(0, n - 16, 16):
            a = (a ^ mixed(word(data, at) * _K1 & ALL_BITS) * _K1) * _K1 & ALL_BITS
            b ^= a
            c = (c ^ mixed(word(data, at + 8) * _K1 & ALL_BITS) * _K1) * _K1 & ALL_BITS
            d ^= c
    a, b = combined(a, c), combined(d, b)
    return a ^ b, combined(b, a)


def _long_seeded(data: bytes, x: int, y: int) -> tuple[int, int]:
    n = len(data)
    z = n * _K1 & ALL_BITS
    first = rotated(y ^ _K1, 49) * _K1 + word(data, 0) & ALL_BITS
    v = first, rotated(first, 42) * _K1 + word(data, 8) & ALL_BITS
    w = rotated(y + z & ALL_BITS, 35) * _K1 + x & ALL_BITS, rotated(x + word(data, 88) & ALL_BITS, 53) * _K1 & ALL_BITS
    whole = n // 128 * 128
    for at in range(0, whole, 64):
        x, y, z, v, w = _stirred(data, at, x, y, z, v, w)
    x = x + rotated(v[0] + z & ALL_BITS, 49) * _K0 & ALL_BITS
    y = y * _K0 + rotated(w[1], 37) & ALL_BITS
    z = z * _K0 + rotated(w[0], 27) & ALL_BITS
    w, v = (w[0] * 9 & ALL_BITS, w[1]), (v[0] * _K0 & ALL_BITS, v[1])
    for at in range(n - 32, whole - 32, -32):
        y = rotated(x + y & ALL_BITS, 42) * _K0 + v[1] & ALL_BITS
        w = w[0] + word(data, at + 16) & ALL_BITS, w[1]
        x = x * _K0 + w[0] & ALL_BITS
        z = z + w[1] + word(data, at) & ALL_BITS
        w = w[0], w[1] + v[0] & ALL_BITS
        v = _weak(data, at, v[0] + z & ALL_BITS, v[1])
        v = v[0] * _K0 & ALL_BITS, v[1]
    x, y = combined(x, v[0]), combined(y + z & ALL_BITS, w[0])
    return combined(x + v[1] & ALL_BITS, w[1]) + y & ALL_BITS, combined(x + w[1] & ALL_BITS, y + v[1] & ALL_BITS)
