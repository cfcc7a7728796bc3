"""The rows of all families, and ways to run one."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from typing import Any

import jax.numpy as jnp
import numpy as np

import kudari  # noqa: F401 - defines every op
from kudari.graph.graph import Graph
from kudari.graph.operation import Operation
from kudari.graph.tensor import Tensor
from kudari.op.constant import constant
from kudari.op.definition import OpDef, lookup
from kudari.op.signature import Arg
from kudari.ops.passing import placeholder
from kudari.variables.variable import Variable

from . import cases
from .case import Case


def all_cases() -> list[Case]:
    """Every row of `tests/ops/cases/*.py`."""
    modules = [importlib.import_module(f"{cases.__name__}.{m.name}") for m in pkgutil.iter_modules(cases.__path__)]
    return [case for module in modules for case in module.CASES]


def flat_inputs(case: Case) -> list[tuple[Arg, np.ndarray]]:
    """The input arrays of a row, each with the argument it belongs to."""
    pairs = []
    for arg, value in zip(lookup(case.type).inputs, case.inputs, strict=True):
        pairs.extend((arg, _array(item)) for item in (value if arg.is_list else [value]))
    return pairs


def _array(value: Any) -> np.ndarray:
    if isinstance(value, str | bytes):
        return np.array(value.encode() if isinstance(value, str) else value, object)
    array = np.asarray(value)
    if array.dtype.kind in "US":
        return np.array([v.encode() if isinstance(v, str) else v for v in array.ravel()], object).reshape(array.shape)
    if isinstance(value, np.ndarray | np.generic):
        return array
    return array.astype({"float64": np.float32, "int64": np.int32}.get(array.dtype.name, array.dtype))


def in_double(case: Case) -> Case:
    """The row with float64 where it has floats."""
    def widen(value):
        array = _array(value)
        return array.astype(np.float64) if array.dtype.kind == "f" else array

    args = lookup(case.type).inputs
    inputs = [[widen(v) for v in value] if arg.is_list else widen(value) for arg, value in zip(args, case.inputs)]
    attrs = {k: "float64" if str(v) in ("float32", "<dtype: 'float32'>") else v for k, v in case.attrs.items()}
    return Case(case.type, inputs, attrs, case.differentiable, case.id, case.vague)


class Node:
    """A row as a node of a graph of its own: placeholders and variables as inputs, constants for what is static.

    Args:
      case: the row.
      open_shape: from a known shape to the one the placeholder declares.
    """

    def __init__(self, case: Case, open_shape: Callable[[tuple], Any] = lambda shape: shape):
        self.case, self.definition = case, lookup(case.type)
        self.graph = Graph()
        self.tensors: list[Any] = []
        self.feeds: dict[Tensor, np.ndarray] = {}
        self.variables: list[Variable] = []
        with self.graph.as_default():
            for arg, array in flat_inputs(case):
                self._add(arg, array, open_shape)
            grouped = _grouped(self.definition, case, self.tensors)
            self.op: Operation = self.definition.node(*grouped, **case.attrs)

    def _add(self, arg: Arg, array: np.ndarray, open_shape: Callable[[tuple], Any]) -> None:
        if arg.is_handle or arg.type == "resource":
            held = Variable(array, name=arg.name, use_resource=True)
            self.variables.append(held)
            self.tensors.append(held.handle)
        elif arg.is_ref:
            variable = Variable(array, name=arg.name)
            self.variables.append(variable)
            self.tensors.append(variable)
        elif arg.is_static:
            self.tensors.append(constant(array))
        else:
            tensor = placeholder(dtype=_dtype(array), shape=open_shape(array.shape))
            self.feeds[tensor] = array
            self.tensors.append(tensor)


def _dtype(array: np.ndarray) -> Any:
    return "string" if array.dtype == object else array.dtype


def _grouped(definition: OpDef, case: Case, flat: list[Any]) -> list[Any]:
    rest, grouped = iter(flat), []
    for arg, value in zip(definition.inputs, case.inputs):
        grouped.append([next(rest) for _ in value] if arg.is_list else next(rest))
    return grouped


def lower(node: Node, arrays: list[Any]) -> tuple:
    """Run the lowering of a row on arrays."""
    definition = node.definition
    args = [array if arg.is_static or definition.host or array.dtype == object else jnp.asarray(array)
            for (arg, _), array in zip(flat_inputs(node.case), arrays)]
    held = [] if definition.state is None else [definition.state(node.op)]
    result = definition.lower(*held, *_grouped(definition, node.case, args), **definition.keyword_values(node.op))
    if held:
        *result, _ = result
    return tuple(result) if isinstance(result, tuple | list) else (result,)
