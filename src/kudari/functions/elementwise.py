"""`tf.*` functions of each element, and of pairs of them, whose arguments are not just those of the op."""

from __future__ import annotations

from typing import Any

from ..dtypes import as_dtype, bfloat16, complex64, complex128, float32, float64, int32, int64
from ..graph.indexed_slices import IndexedSlices
from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops import arithmetic, casting, comparison, elementwise, extremes
from ..ops.forms import cast as cast_tensor
from ..ops.forms import floor_quotient, negated, node, old_quotient, plus, power, times, true_quotient
from ..ops.shapes import scalar_times, zeros_like


def absolute(x: Any, name: str | None = None) -> Tensor:
    """Return the absolute value of each element, real also where `x` is complex.

    Args:
      x: a tensor of numbers.
      name: of the node.

    Returns:
      A tensor of the shape of `x`, and of its type or that of its parts.
    """
    with scoped(name, "Abs", [x]) as scope:
        x = convert_to_tensor(x, name="x")
        if x.dtype.is_complex:
            return casting.complex_abs(x, Tout=x.dtype.base_dtype.real_dtype, name=scope)
        return elementwise.abs(x, name=scope)


def multiply(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Return `x * y`, elementwise and with broadcasting.

    Args:
      x: a tensor of numbers.
      y: another of the same type.
      name: of the node.
    """
    return arithmetic.mul(x, y, name=name)


def subtract(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Return `x - y`, elementwise and with broadcasting.

    Args:
      x: a tensor of numbers.
      y: another of the same type.
      name: of the node.
    """
    return arithmetic.sub(x, y, name=name)


def divide(x: Any, y: Any, name: str | None = None) -> Any:
    """Return `x / y` as Python has it.

    Args:
      x: a tensor or number.
      y: another.
      name: of the node; without one this is the operator itself.

    Raises:
      TypeError: if the types differ.
    """
    return x / y if name is None else true_quotient(x, y, name)


def truediv(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Return `x / y`, for integers as floats: 32- and 64-bit ones as float64, smaller ones as float32.

    Args:
      x: a tensor of numbers.
      y: another of the same type.
      name: of the node.

    Raises:
      TypeError: if the types differ or have no quotient.
    """
    return true_quotient(x, y, name)


def div(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Return `x / y` as Python 2 had it: of integers, rounded down.

    Args:
      x: a tensor of numbers.
      y: another of the same type.
      name: of the node.

    Raises:
      TypeError: if the types differ.
    """
    return old_quotient(x, y, name)


def floordiv(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Return `x / y` rounded down.

    Args:
      x: a tensor of numbers.
      y: another of the same type.
      name: of the node.
    """
    return floor_quotient(x, y, name)


def div_no_nan(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Return `x / y`, and 0 wherever `y` is 0.

    Args:
      x: a tensor of floats.
      y: another of the same type.
      name: of the node.
    """
    return _like_first(arithmetic.div_no_nan, "div_no_nan", x, y, name)


def multiply_no_nan(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Return `x * y`, and 0 wherever `y` is 0, even beside infinities.

    Args:
      x: a tensor of floats.
      y: another of the same type.
      name: of the node.
    """
    return _like_first(arithmetic.mul_no_nan, "multiply_no_nan", x, y, name)


def _like_first(definition: Any, default: str, x: Any, y: Any, name: str | None) -> Tensor:
    with scoped(name, default, [x, y]) as scope:
        x = convert_to_tensor(x, name="x")
        return definition(x, convert_to_tensor(y, name="y", dtype=x.dtype.base_dtype), name=scope)


def pow(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Return `x` to the power of `y`.

    Args:
      x: a tensor of numbers.
      y: another of the same type.
      name: of the node.
    """
    return power(x, y, name)


def scalar_mul(scalar: Any, x: Any, name: str | None = None) -> Any:
    """Return `x` times a scalar.

    Args:
      scalar: a number or scalar tensor.
      x: a tensor, variable or `IndexedSlices`, which stays one.
      name: of the node.

    Raises:
      ValueError: if `scalar` is not one.
    """
    return scalar_times(scalar, x, name)


def round(x: Any, name: str | None = None) -> Tensor:
    """Return the nearest whole number of each element, the even one of two.

    Args:
      x: a tensor of numbers; integers are returned as they are.
      name: of the node.
    """
    x = convert_to_tensor(x, name="x")
    return x if x.dtype.base_dtype.is_integer else elementwise.round(x, name=name)


def equal(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Return whether `x == y`, elementwise and with broadcasting.

    Args:
      x: a tensor.
      y: another of the same type.
      name: of the node.
    """
    return comparison.equal(x, y, name=name)


def not_equal(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Return whether `x != y`, elementwise and with broadcasting.

    Args:
      x: a tensor.
      y: another of the same type.
      name: of the node.
    """
    return comparison.not_equal(x, y, name=name)


def logical_xor(x: Any, y: Any, name: str = "LogicalXor") -> Tensor:
    """Return whether exactly one of `x` and `y` holds, elementwise.

    Args:
      x: a tensor of Booleans.
      y: another.
      name: of the last node.
    """
    either = comparison.logical_or(x, y)
    return comparison.logical_and(either, comparison.logical_not(comparison.logical_and(x, y)), name=name)


def cast(x: Any, dtype: Any, name: str | None = None) -> Any:
    """Return `x` with elements of another type.

    Args:
      x: a tensor or `IndexedSlices`, which stays one.
      dtype: the type; a tensor that has it is returned itself.
      name: of the node.

    Returns:
      A tensor in which floats became integers by cutting off their fractions.

    Raises:
      TypeError: if `dtype` is no type.
    """
    if not isinstance(x, IndexedSlices):
        return cast_tensor(x, dtype, name)
    if as_dtype(dtype).base_dtype == x.dtype:
        return x
    with scoped(name, "Cast", [x.values]) as scope:
        return IndexedSlices(cast_tensor(x.values, dtype, scope), x.indices, x.dense_shape)


def saturate_cast(value: Any, dtype: Any, name: str | None = None) -> Tensor:
    """Return `value` with elements of another type, those out of its range moved to its ends.

    Args:
      value: a tensor of real numbers.
      dtype: the type.
      name: of the node.
    """
    with scoped(name, "saturate_cast", [value]) as scope:
        value = convert_to_tensor(value, name="value")
        dtype = as_dtype(dtype).base_dtype
        if value.dtype.min < dtype.min:
            value = extremes.maximum(value, convert_to_tensor(dtype.min, dtype=value.dtype, name="min"))
        if value.dtype.max > dtype.max:
            value = extremes.minimum(value, convert_to_tensor(dtype.max, dtype=value.dtype, name="max"))
        return cast_tensor(value, dtype, name=scope)


def _to(dtype: Any, function_name: str, default_name: str) -> Any:
    def convert(x: Any, name: str = default_name) -> Any:
        return cast(x, dtype, name=name)

    convert.__name__ = convert.__qualname__ = function_name
    convert.__doc__ = f"""Return `x` with {dtype.name} elements: `tf.cast` under its older name.

    Args:
      x: a tensor or `IndexedSlices`.
      name: of the node.
    """
    return convert


to_float = _to(float32, "to_float", "ToFloat")
to_double = _to(float64, "to_double", "ToDouble")
to_int32 = _to(int32, "to_int32", "ToInt32")
to_int64 = _to(int64, "to_int64", "ToInt64")
to_bfloat16 = _to(bfloat16, "to_bfloat16", "ToBFloat16")
to_complex64 = _to(complex64, "to_complex64", "ToComplex64")
to_complex128 = _to(complex128, "to_complex128", "ToComplex128")


def log_sigmoid(x: Any, name: str | None = None) -> Tensor:
    """Return the logarithm of the logistic function of each element, exact also far from 0.

    Args:
      x: a tensor of floats.
      name: of the node.
    """
    with scoped(name, "LogSigmoid", [x]) as scope:
        x = convert_to_tensor(x, name="x")
        return elementwise.neg(node("Softplus", negated(x)), name=scope)


def polyval(coeffs: Any, x: Any, name: str | None = None) -> Tensor:
    """Return the polynomial with the coefficients `coeffs`, highest first, at `x`.

    Args:
      coeffs: a list of tensors or numbers; none is the zero polynomial.
      x: a tensor.
      name: of the scope.
    """
    with scoped(name, "polyval", [*coeffs, x]) as scope:
        x = convert_to_tensor(x, name="x")
        if len(coeffs) < 1:
            return zeros_like(x, name=scope)
        total, *rest = [convert_to_tensor(c, name=f"coeff_{i}") for i, c in enumerate(coeffs)]
        for coefficient in rest:
            total = plus(coefficient, times(total, x))
        return total


def reciprocal_no_nan(x: Any, name: str | None = None) -> Tensor:
    """Return the reciprocal of each element, and 0 of 0.

    Args:
      x: a tensor of floats.
      name: of the node.
    """
    with scoped(name, "reciprocal_no_nan", [x]) as scope:
        x = convert_to_tensor(x, name="x")
        one = convert_to_tensor(1, dtype=x.dtype.base_dtype, name="one")
        return arithmetic.div_no_nan(one, x, name=scope)
