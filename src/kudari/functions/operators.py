"""Python's operators on tensors, and on the objects that stand for one."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..op.sparse_tensor import SparseTensor, parts
from ..ops.comparison import greater, greater_equal, less, less_equal, logical_and, logical_not, logical_or
from ..ops.elementwise import neg
from ..ops.forms import (
    Operator,
    as_true_operands,
    floor_over,
    minus,
    modulo,
    node,
    old_over,
    over,
    plus,
    times,
    to_power,
)
from ..ops.linalg import matmul
from .elementwise import absolute, logical_xor

_BINARY = {
    "add": plus, "sub": minus, "mul": times, "div": old_over, "truediv": over, "floordiv": floor_over, "mod": modulo,
    "pow": to_power, "and": Operator("and", logical_and), "or": Operator("or", logical_or),
    "xor": Operator("xor", logical_xor), "matmul": Operator("matmul", matmul),
}
_OTHERS: dict[str, Callable] = {
    "__neg__": neg, "__abs__": absolute, "__invert__": logical_not,
    "__lt__": less, "__le__": less_equal, "__gt__": greater, "__ge__": greater_equal,
}


def _method(name: str, operate: Callable) -> Callable:
    def method(self: Any, *others: Any) -> Any:
        if others and isinstance(others[0], SparseTensor):
            return NotImplemented  # so that Python asks the sparse tensor
        return operate(self, *others)

    method.__name__ = name
    method.__qualname__ = f"Tensor.{name}"
    method.__doc__ = operate.__doc__
    return method


def _methods() -> dict[str, Callable]:
    methods = {name: _method(name, operate) for name, operate in _OTHERS.items()}
    for name, operator in _BINARY.items():
        methods[f"__{name}__"] = _method(f"__{name}__", operator.forward)
        methods[f"__r{name}__"] = _method(f"__r{name}__", operator.reflected)
    return methods


_METHODS = _methods()

for _name, _function in _METHODS.items():
    setattr(Tensor, _name, _function)


def overload_operators(cls: type) -> None:
    """Give `cls`, whose `value()` is a tensor, the operators of tensors, all but indexing."""
    for name, method in _METHODS.items():
        setattr(cls, name, _on_value(method))


def _on_value(method: Callable) -> Callable:
    @wraps(method)
    def on_value(self: Any, *others: Any) -> Any:
        return method(self.value(), *others)

    return on_value


def _sparse_method(scope: str, type_name: str) -> Callable:
    def method(sparse: SparseTensor, dense: Any) -> SparseTensor:
        with scoped(None, scope, [*parts(sparse), dense]) as name:
            dense = convert_to_tensor(dense, dtype=sparse.dtype.base_dtype, name="y")
            values = node(type_name, *parts(sparse), dense, name=name)
            return SparseTensor(sparse.indices, values, sparse.dense_shape)

    return method


def _sparse_quotient(sparse: SparseTensor, dense: Any) -> SparseTensor:
    with scoped(None, "truediv", [*parts(sparse), dense]) as outer:
        dense = convert_to_tensor(dense, dtype=sparse.dtype.base_dtype, name="y")
        with scoped(outer, "truediv") as name:
            values, dense = as_true_operands(sparse.values, dense)
            values = node("SparseDenseCwiseDiv", sparse.indices, values, sparse.dense_shape, dense, name=name)
        return SparseTensor(sparse.indices, values, sparse.dense_shape)


for _name, _function in {"mul": _sparse_method("mul", "SparseDenseCwiseMul"), "truediv": _sparse_quotient,
                         "rmul": _sparse_method("mul", "SparseDenseCwiseMul"),
                         "div": _sparse_method("div", "SparseDenseCwiseDiv")}.items():
    setattr(SparseTensor, f"__{_name}__", _function)
