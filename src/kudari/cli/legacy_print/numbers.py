"""How NumPy 1.13 wrote one float or complex number of an array: C's printf on the double, in a column of one width."""

from collections.abc import Callable
from typing import Any, Literal

import numpy as np

Column = Callable[[Any], str]

_FIXED_LIMIT = 1e8
_SMALLEST_FIXED = 1e-4
_WIDEST_RATIO = 1000.0


def real_column(
    data: np.ndarray, precision: int, floatmode: str, suppress: bool, sign: bool | str = False, *, legacy: int
) -> Column:
    """Return the function that writes one element of `data`, a real array of any width and rank.

    The arguments are those of NumPy's own formatter; `floatmode` came after 1.13 and means nothing here.
    """
    plus = sign in (True, "+")
    if issubclass(data.dtype.type, np.longdouble):
        return _LongColumn(precision, plus)
    return _Column(data, precision, suppress, plus)


def complex_column(
    data: np.ndarray, precision: int, floatmode: str, suppress: bool, sign: bool | str = False, *, legacy: int
) -> Column:
    """Return the function that writes one element of `data`, a complex array of any width and rank."""
    if issubclass(data.dtype.type, np.clongdouble):
        real, imag = _LongColumn(precision, False), _LongColumn(precision, True)
        return lambda x: real(x.real) + imag(x.imag) + "j"
    return _ComplexColumn(data, precision, suppress)


class _Column:
    """Real numbers in fixed or exponent form, decided by the largest and smallest finite ones."""

    def __init__(self, data: np.ndarray, precision: int, suppress: bool, plus: bool) -> None:
        self.plus = "+" if plus else ""
        finite = data[np.isfinite(data)]
        nonzero = np.absolute(finite[finite != 0])
        largest, smallest, ratio = _extent(nonzero)
        self.exponent = largest >= _FIXED_LIMIT or (
            not suppress and largest > 0 and (smallest < _SMALLEST_FIXED or ratio > _WIDEST_RATIO)
        )
        if self.exponent:
            self.three_digits = 0 < smallest < 1e-99 or largest >= 1e100
            self.width = 8 + precision + self.three_digits
            self.format = f"%{self.plus}{self.width}.{precision}e"
        else:
            decimals = max((_decimals(x, precision) for x in nonzero), default=0)
            self.width = len(str(int(largest))) + decimals + 2
            if finite.size != data.size:
                self.width = max(self.width, len(_option("nanstr")), len(_option("infstr")) + 1)
            self.format = f"%#{self.plus}{self.width}.{decimals}f"

    def __call__(self, x: Any) -> str:
        text = self.padded(x)
        if self.exponent or not np.isfinite(x):
            return text
        return text.rstrip("0").ljust(len(text))

    def padded(self, x: Any) -> str:
        """Write `x` with its trailing zeros."""
        if not np.isfinite(x):
            return _special(x, self.plus).rjust(self.width)
        text = self.format % x
        if self.exponent and self.three_digits and text[-3] in "+-":
            text = text[1:-2] + "0" + text[-2:]
        return text


class _ComplexColumn:
    """A real and a signed imaginary column side by side, with the `j` before the padding."""

    def __init__(self, data: np.ndarray, precision: int, suppress: bool) -> None:
        self.real = _Column(data.real, precision, suppress, False)
        self.imag = _Column(data.imag, precision, suppress, True)

    def __call__(self, x: Any) -> str:
        imag = self.imag.padded(x.imag)
        digits = imag if self.imag.exponent else imag.rstrip("0")
        return self.real.padded(x.real) + digits + "j" + " " * (len(imag) - len(digits))


class _LongColumn:
    """Long doubles, which 1.13 wrote with `%Lg`, each as wide as it is."""

    def __init__(self, precision: int, plus: bool) -> None:
        self.precision = precision
        self.plus = "+" if plus else " "

    def __call__(self, x: Any) -> str:
        if not np.isfinite(x):
            return _special(x, self.plus)
        return ("" if x < 0 else self.plus) + self._general(x)

    def _general(self, x: Any) -> str:
        digits = max(self.precision, 1)
        mantissa, exponent = np.format_float_scientific(x, digits - 1, unique=False, exp_digits=2).split("e")
        if not -4 <= int(exponent) < digits:
            return _without_zeros(mantissa) + "e" + exponent
        fixed = _without_zeros(np.format_float_positional(x, digits - 1 - int(exponent), unique=False))
        return fixed if "." in fixed else fixed + ".0"


def _extent(magnitudes: np.ndarray) -> tuple[float, float, float]:
    if magnitudes.size == 0:
        return 0.0, 0.0, 1.0
    largest, smallest = magnitudes.max(), magnitudes.min()
    with np.errstate(all="ignore"):
        return float(largest), float(smallest), float(largest / smallest)


def _decimals(x: Any, precision: int) -> int:
    text = f"%.{precision}f" % x
    return precision - (len(text) - len(text.rstrip("0"))) if precision > 0 else 0


def _without_zeros(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _special(x: Any, plus: str) -> str:
    if np.isnan(x):
        return plus + _option("nanstr")
    return ("-" if x < 0 else plus) + _option("infstr")


def _option(name: Literal["nanstr", "infstr"]) -> str:
    return str(np.get_printoptions()[name])
