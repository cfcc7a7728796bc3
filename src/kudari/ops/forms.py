"""Python's operators and TensorFlow's small conversions as nodes: what gradient rules are written in.

Op types are found by name, so that the gradients of one family may use the ops of any other without importing it.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from ..dtypes import DType, as_dtype, float32, float64
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..op.definition import lookup
from ..op.scope import scoped

_TRUE_QUOTIENT = {"uint8": float32, "int8": float32, "uint16": float32, "int16": float32,
                  "int32": float64, "int64": float64}
_QUOTIENT_TYPES = {*_TRUE_QUOTIENT, "bfloat16", "float16", "float32", "float64", "complex64", "complex128"}


def node(type_name: str, *args: Any, **kwargs: Any) -> Any:
    """Add a node of the op type `type_name` and return its outputs."""
    return lookup(type_name)(*args, **kwargs)


def after(grad: Any) -> AbstractContextManager[None]:
    """Make the nodes of a gradient wait for the incoming one, so that they do not hold memory before it is there."""
    return get_default_graph().control_dependencies([grad.op])


class Operator:
    """A binary operator of Python, as a function that makes its node.

    Args:
      scope: the name of the scope and of the node.
      build: `build(x, y, name=…)`, given two tensors.
    """

    def __init__(self, scope: str, build: Any):
        self.scope, self.build = scope, build

    def __call__(self, x: Any, y: Any) -> Any:
        """Return `x <operator> y`, where at least one is a tensor."""
        return self.forward(x, y) if isinstance(x, Tensor) else self.reflected(y, x)

    def forward(self, x: Tensor, y: Any) -> Any:
        """Return the result for a tensor on the left; anything on the right becomes a tensor like it if it can."""
        with scoped(None, self.scope, [x, y]) as name:
            if not isinstance(y, Tensor):
                try:
                    y = convert_to_tensor(y, preferred_dtype=x.dtype.base_dtype, name="y")
                except TypeError:
                    if hasattr(type(y), f"__r{self.scope}__"):
                        return NotImplemented
                    raise
            return self.build(x, y, name=name)

    def reflected(self, y: Tensor, x: Any) -> Any:
        """Return the result for a tensor on the right only."""
        with scoped(None, self.scope, [x, y]) as name:
            return self.build(convert_to_tensor(x, dtype=y.dtype.base_dtype, name="x"), y, name=name)


def _builder(type_name: str) -> Any:
    return lambda x, y, name=None: node(type_name, x, y, name=name)


def _add(x: Tensor, y: Tensor, name: str | None = None) -> Tensor:
    return node("Add" if x.dtype.base_dtype.name == "string" else "AddV2", x, y, name=name)


def true_quotient(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Return `x / y`, for integers as floats: 32- and 64-bit ones as float64, smaller ones as float32.

    Raises:
      TypeError: if the types differ or have no quotient.
    """
    with scoped(name, "truediv", [x, y]) as scope:
        x, y = as_true_operands(convert_to_tensor(x, name="x"), convert_to_tensor(y, name="y"))
        return node("RealDiv", x, y, name=scope)


def as_true_operands(x: Tensor, y: Tensor) -> tuple[Tensor, Tensor]:
    """Return two tensors as what Python's `/` divides: integers as floats.

    Raises:
      TypeError: if the types differ or have no quotient.
    """
    dtype = _common_type(x, y)
    if dtype.name not in _QUOTIENT_TYPES:
        raise TypeError(f"Invalid dtype {dtype!r} in __truediv__")
    wider = _TRUE_QUOTIENT.get(dtype.name)
    return (x, y) if wider is None else (cast(x, wider), cast(y, wider))


def old_quotient(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Return `x / y` as Python 2 had it: of integers, rounded down.

    Raises:
      TypeError: if the types differ.
    """
    with scoped(name, "div", [x, y]) as scope:
        x = convert_to_tensor(x, name="x")
        y = convert_to_tensor(y, name="y", dtype=x.dtype.base_dtype)
        dtype = _common_type(x, y)
        return node("RealDiv" if dtype.is_floating or dtype.is_complex else "FloorDiv", x, y, name=scope)


def _common_type(x: Tensor, y: Tensor) -> DType:
    if x.dtype.base_dtype != y.dtype.base_dtype:
        raise TypeError(f"x and y must have the same dtype, got {x.dtype.base_dtype!r} != {y.dtype.base_dtype!r}")
    return x.dtype.base_dtype


def floor_quotient(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Return `x / y` rounded down."""
    with scoped(name, "floordiv", [x, y]) as scope:
        return node("FloorDiv", x, y, name=scope)


def power(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Return `x` to the power of `y`."""
    with scoped(name, "Pow", [x]) as scope:
        return node("Pow", x, y, name=scope)


plus = Operator("add", _add)
minus = Operator("sub", _builder("Sub"))
times = Operator("mul", _builder("Mul"))
over = Operator("truediv", true_quotient)
old_over = Operator("div", old_quotient)
floor_over = Operator("floordiv", floor_quotient)
modulo = Operator("mod", _builder("FloorMod"))
to_power = Operator("pow", power)


def negated(x: Any) -> Tensor:
    """Return `-x`."""
    return node("Neg", x)


def cast(x: Any, dtype: Any, name: str | None = None) -> Tensor:
    """Return `x` with elements of `dtype`: the same tensor, or resource variable, if it has them."""
    wanted = as_dtype(dtype).base_dtype
    if (isinstance(x, Tensor) or hasattr(x, "_as_graph_element")) and x.dtype == wanted:
        return x
    with scoped(name, "Cast", [x]) as scope:
        x = convert_to_tensor(x, name="x")
        return x if x.dtype.base_dtype == wanted else node("Cast", x, DstT=wanted, name=scope)


def conjugate(x: Any, name: str | None = None) -> Tensor:
    """Return the complex conjugate of `x`: the same tensor if it is real.

    Raises:
      TypeError: if it is not of numbers.
    """
    if isinstance(x, Tensor) and (x.dtype.is_floating or x.dtype.is_integer):
        return x
    with scoped(name, "Conj", [x]) as scope:
        x = convert_to_tensor(x, name="x")
        if x.dtype.is_complex:
            return node("Conj", x, name=scope)
        if x.dtype.base_dtype.is_floating or x.dtype.base_dtype.is_integer:
            return x
        raise TypeError(f"Expected numeric or variant tensor, got dtype {x.dtype!r}")
