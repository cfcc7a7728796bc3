"""Elementwise kernels: whole packets by Eigen's vector code, the elements beyond them by the scalar code."""

from __future__ import annotations

from collections.abc import Callable

import jax
import numpy as np
from jax import lax

from .folds import packet_size

Elementwise = Callable[..., jax.Array]


def along_rows(packet: Elementwise, scalar: Elementwise, *arrays: jax.Array) -> jax.Array:
    """Apply `packet` to the whole packets of every row (last axis) and `scalar` to what is left of it."""
    size = arrays[0].shape[-1]
    whole = size // packet_size(arrays[0].dtype) * packet_size(arrays[0].dtype)
    if whole in (0, size):
        return (packet if whole else scalar)(*arrays)
    axis = arrays[0].ndim - 1
    parts = [
        function(*(lax.slice_in_dim(a, start, stop, axis=axis) for a in arrays))
        for function, start, stop in ((packet, 0, whole), (scalar, whole, size))
    ]
    return lax.concatenate(parts, axis)


def over_all(packet: Elementwise, scalar: Elementwise, *arrays: jax.Array) -> jax.Array:
    """Apply `packet` and `scalar` as Eigen does to tensors stored in one piece: only the very last elements are left."""
    shape = arrays[0].shape
    return along_rows(packet, scalar, *(a.reshape(-1) for a in arrays)).reshape(shape)


def bits(x: jax.Array) -> jax.Array:
    """Return the bit patterns of `x` as signed integers."""
    return lax.bitcast_convert_type(x, np.int32 if x.dtype == np.float32 else np.int64)


def from_bits(x: jax.Array) -> jax.Array:
    """Return the floating-point numbers whose bit patterns are `x`."""
    return lax.bitcast_convert_type(x, np.float32 if x.dtype == np.int32 else np.float64)


def horner(x: jax.Array, *coefficients: float) -> jax.Array:
    """Return the polynomial with `coefficients`, highest first, rounding after every operation."""
    number = x.dtype.type
    total = x * number(coefficients[0]) + number(coefficients[1])
    for c in coefficients[2:]:
        total = total * x + number(c)
    return total
