"""`tf.complex` and the parts of complex tensors."""

from __future__ import annotations

from typing import Any

from ..dtypes import complex64, complex128
from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops import casting
from ..ops.forms import conjugate
from ..ops.shapes import zeros_like


def complex(real: Any, imag: Any, name: str | None = None) -> Tensor:
    """Return complex numbers of their two parts.

    Args:
      real: a tensor of float32 or float64.
      imag: another of the same type.
      name: of the node.

    Returns:
      A complex64 or complex128 tensor.

    Raises:
      TypeError: if the parts have other types or differ.
    """
    real, imag = convert_to_tensor(real, name="real"), convert_to_tensor(imag, name="imag")
    with scoped(name, "Complex", [real, imag]) as scope:
        names = real.dtype.base_dtype.name, imag.dtype.base_dtype.name
        result = {("float64", "float64"): complex128, ("float32", "float32"): complex64}.get(names)
        if result is None:
            raise TypeError(f"real and imag have incorrect types: {names[0]} {names[1]}")
        return casting.complex_of_parts(real, imag, Tout=result, name=scope)


def real(input: Any, name: str | None = None) -> Tensor:
    """Return the real part of each element: `input` itself if it is real.

    Args:
      input: a tensor of numbers.
      name: of the node.
    """
    return _part("Real", casting.real_part, input, name, lambda x: x)


def imag(input: Any, name: str | None = None) -> Tensor:
    """Return the imaginary part of each element: zeros if `input` is real.

    Args:
      input: a tensor of numbers.
      name: of the node.
    """
    return _part("Imag", casting.imaginary_part, input, name, zeros_like)


def angle(input: Any, name: str | None = None) -> Tensor:
    """Return the argument of each complex element: zeros if `input` is real.

    Args:
      input: a tensor of numbers.
      name: of the node.
    """
    return _part("Angle", casting.angle, input, name, zeros_like)


def _part(scope_name: str, definition: Any, x: Any, name: str | None, of_real: Any) -> Tensor:
    with scoped(name, scope_name, [x]) as scope:
        x = convert_to_tensor(x, name="input")
        if x.dtype.is_complex:
            return definition(x, Tout=x.dtype.base_dtype.real_dtype, name=scope)
        return of_real(x)


def conj(x: Any, name: str | None = None) -> Tensor:
    """Return the complex conjugate of each element: `x` itself if it is real.

    Args:
      x: a tensor of numbers.
      name: of the node.

    Raises:
      TypeError: if `x` is not of numbers.
    """
    return conjugate(x, name)
