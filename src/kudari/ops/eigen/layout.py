"""The two floating-point formats as the C library's bit tests see them."""

from __future__ import annotations

from typing import NamedTuple

import jax
import numpy as np
from jax import lax


class Layout(NamedTuple):
    """A format: its scalar type, the integers of its width, and where its exponent lies.

    The library looks at the upper word only (`low` bits below it are ignored); `bias` and `fraction` describe that word.
    """

    real: type
    integer: type
    low: int
    fraction: int
    bias: int

    def high(self, x: jax.Array) -> jax.Array:
        """Return the upper word of each number, signed."""
        word = lax.bitcast_convert_type(x, self.integer)
        return lax.convert_element_type(word >> self.integer(self.low), np.int32) if self.low else word

    def scaled(self, x: jax.Array, k: jax.Array) -> jax.Array:
        """Return x * 2**k by adding `k` to the exponent."""
        word = lax.bitcast_convert_type(x, self.integer)
        moved = word + (lax.convert_element_type(k, self.integer) << self.integer(self.low + self.fraction))
        return lax.bitcast_convert_type(moved, self.real)

    def with_exponent(self, x: jax.Array, exponent: jax.Array) -> jax.Array:
        """Return `x` with the sign cleared and the biased `exponent` put in."""
        shift = self.low + self.fraction
        word = lax.bitcast_convert_type(x, self.integer) & self.integer((1 << shift) - 1)
        return lax.bitcast_convert_type(word | (lax.convert_element_type(exponent, self.integer) << self.integer(shift)),
                                        self.real)

    def power(self, k: jax.Array) -> jax.Array:
        """Return 2**k."""
        return self.scaled(lax.full(k.shape, 1, self.real), k)

    def number(self, x: jax.Array) -> jax.Array:
        """Return the integers `x` as numbers of this format."""
        return lax.convert_element_type(x, self.real)


SINGLE = Layout(np.float32, np.int32, 0, 23, 127)
DOUBLE = Layout(np.float64, np.int64, 32, 20, 1023)


def layout(x: jax.Array) -> Layout | None:
    """Return the format of `x`, None if the C library has no function for it."""
    return {"float32": SINGLE, "float64": DOUBLE}.get(x.dtype.name)
