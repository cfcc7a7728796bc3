"""Turning the arguments of a call into the inputs and attributes of a node."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ..dtypes import DType, as_dtype
from ..graph.graph import Graph
from ..graph.operation import Operation
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..shape import shape_tuple
from .convert import convert_to_tensor
from .signature import REQUIRED, Arg, Attr

if TYPE_CHECKING:
    from .definition import OpDef


def apply(definition: OpDef, args: Sequence[Any], kwargs: dict[str, Any]) -> Operation:
    """Add a node of type `definition` for a call with `args` and `kwargs`."""
    name, given, attrs = _split(definition, args, kwargs)
    graph = graph_of(_flat(definition, given))
    with graph.as_default(), graph.name_scope(name or definition.name) as scope:
        inputs = _bind_inputs(definition, given, attrs, name or definition.name)
        _settle_attrs(definition, attrs)
        refs = [t for (arg, t) in _pairs(definition, inputs, attrs) if arg.is_ref]
        return _add(graph, definition, inputs, attrs, scope, refs)


def _flat(definition: OpDef, given: list[Any]) -> list[Any]:
    lists = (v if arg.is_list and isinstance(v, list | tuple) else (v,) for arg, v in zip(definition.inputs, given))
    return [value for values in lists for value in values]


def _pairs(definition: OpDef, inputs: list[Tensor], attrs: dict[str, Any]) -> list[tuple[Arg, Tensor]]:
    rest = iter(inputs)
    return [(arg, next(rest)) for arg in definition.inputs for _ in range(definition.arg_size(arg, attrs))]


def _add(graph: Graph, definition: OpDef, inputs: list[Tensor], attrs: dict[str, Any], scope: str,
         refs: list[Tensor]) -> Operation:
    if not refs:
        return add_node(graph, definition, inputs, attrs, scope)
    with graph.colocate_with(refs[0].op):
        return _add(graph, definition, inputs, attrs, scope, refs[1:])


def add_node(graph: Graph, definition: OpDef, inputs: list[Tensor], attrs: dict[str, Any], name: str) -> Operation:
    """Add a node whose inputs and attributes are settled, and infer its output shapes.

    Raises:
      ValueError: if the shapes of the inputs do not fit.
    """
    op = graph.add(definition, inputs, attrs, name)
    for arg in definition.outputs:
        for dtype in _arg_dtypes(definition, arg, attrs):
            op.add_output(dtype._as_ref if arg.is_ref else dtype, None)
    if op._control_flow_context is not None:
        op._control_flow_context.add_op(op)
    if definition.shape_rule is not None:
        _infer_shapes(graph, op, definition.shape_rule)
    return op


def _infer_shapes(graph: Graph, op: Operation, rule: Any) -> None:
    try:
        shapes = rule(op)
    except ValueError:
        graph.discard(op)
        raise
    for tensor, shape in zip(op.outputs, shapes):
        tensor.infer_shape(shape)


def _arg_dtypes(definition: OpDef, arg: Arg, attrs: dict[str, Any]) -> list[DType]:
    if arg.is_type_list:
        return list(attrs[arg.type])
    dtype = attrs[arg.type] if arg.type in definition.attrs else as_dtype(arg.type)
    return [dtype] * definition.arg_size(arg, attrs)


def _split(definition: OpDef, args: Sequence[Any], kwargs: dict[str, Any]) -> tuple[str | None, list, dict[str, Any]]:
    names = [arg.name for arg in definition.inputs] + definition.attr_order + ["name"]
    function = definition.function_name
    if len(args) > len(names):
        raise TypeError(f"{function}() takes at most {len(names)} arguments ({len(args)} given)")
    values = dict(zip(names, args))
    for key, value in kwargs.items():
        if key in values:
            raise TypeError(f"{function}() got multiple values for argument '{key}'")
        if key not in names and key not in definition.attrs:
            raise TypeError(f"{function}() got an unexpected keyword argument '{key}'")
        values[key] = value
    missing = [arg.name for arg in definition.inputs if arg.name not in values]
    if missing:
        raise TypeError(f"{function}() missing {len(missing)} required positional argument"
                        f"{'s' if len(missing) > 1 else ''}: {', '.join(map(repr, missing))}")
    name = values.pop("name", None)
    given = [values.pop(arg.name) for arg in definition.inputs]
    return name, given, {key: value for key, value in values.items() if value is not None or _takes_none(definition, key)}


def _takes_none(definition: OpDef, key: str) -> bool:
    return definition.attrs[key].kind == "shape"


def graph_of(values: Sequence[Any]) -> Graph:
    """Return the one graph the tensors among `values` are in, or the default graph; always that of a function being made.

    Raises:
      ValueError: if they are in different graphs.
    """
    if get_default_graph().building_function:
        return get_default_graph()
    first = None
    for value in values:
        element = value if isinstance(value, Tensor | Operation) else getattr(value, "_as_graph_element", lambda: None)()
        if element is None:
            continue
        if first is None:
            first = element
        elif element.graph is not first.graph:
            raise ValueError(f"{element} must be from the same graph as {first}.")
    return get_default_graph() if first is None else first.graph


def _bind_inputs(definition: OpDef, given: list[Any], attrs: dict[str, Any], op_name: str) -> list[Tensor]:
    inputs: list[Tensor] = []
    decided_by: dict[str, str] = {}
    for arg, value in zip(definition.inputs, given):
        if arg.is_list:
            inputs.extend(_bind_list(definition, arg, value, attrs, op_name))
        else:
            inputs.append(_bind_one(definition, arg, value, attrs, decided_by))
    return inputs


def _bind_one(definition: OpDef, arg: Arg, value: Any, attrs: dict[str, Any], decided_by: dict[str, str]) -> Tensor:
    attr = definition.attrs.get(arg.type)
    wanted = as_dtype(arg.type) if attr is None else attrs.get(arg.type)
    default = attr.default if attr is not None and attr.default is not REQUIRED else None
    tensor = _convert(definition, arg, value, wanted, default, decided_by.get(arg.type))
    if attr is not None:
        _admit(arg.name, attr, tensor.dtype.base_dtype)
        attrs[arg.type] = tensor.dtype.base_dtype
        decided_by.setdefault(arg.type, arg.name)
    return tensor


def _convert(definition: OpDef, arg: Arg, value: Any, wanted: DType | None, default: DType | None,
             decided_by: str | None) -> Tensor:
    if isinstance(value, Tensor):
        tensor = value
    else:
        tensor = _converted(definition, arg, value, wanted, default, decided_by)
    if wanted is not None and tensor.dtype.base_dtype != wanted.base_dtype:
        raise _mismatch(definition, arg, tensor.dtype.name, wanted, decided_by)
    _require_mutable(definition, arg, tensor)
    return tensor


def _require_mutable(definition: OpDef, arg: Arg, tensor: Tensor) -> None:
    if arg.is_ref and not tensor.dtype._is_ref_dtype:
        raise TypeError(f"'{definition.name}' Op requires that input '{arg.name}' be a mutable tensor "
                        "(e.g.: a tf.Variable)")


def _converted(definition: OpDef, arg: Arg, value: Any, wanted: DType | None, default: DType | None,
               decided_by: str | None) -> Tensor:
    try:
        return convert_to_tensor(value, dtype=wanted, name=arg.name, preferred_dtype=default, as_ref=arg.is_ref)
    except TypeError as error:
        if wanted is None:
            raise
        raise TypeError(f"Expected {wanted.name} passed to parameter '{arg.name}' of op '{definition.name}', got "
                        f"{value!r} of type '{type(value).__name__}' instead. Error: {error}") from None
    except ValueError as error:
        actual = _type_by_itself(value, arg)
        if actual is None or wanted is None or actual == wanted.name:
            raise ValueError(f"Tried to convert '{arg.name}' to a tensor and failed. Error: {error}") from None
        raise _mismatch(definition, arg, actual, wanted, decided_by) from None


def _type_by_itself(value: Any, arg: Arg) -> str | None:
    """The dtype that `value` has when none is asked for, or `None` if it is no tensor at all."""
    try:
        with Graph().as_default():
            return convert_to_tensor(value, as_ref=arg.is_ref).dtype.name
    except (TypeError, ValueError):
        return None


def _mismatch(definition: OpDef, arg: Arg, actual: str, wanted: DType, decided_by: str | None) -> TypeError:
    prefix = f"Input '{arg.name}' of '{definition.name}' Op has type {actual} that does not match"
    if decided_by is not None:
        return TypeError(f"{prefix} type {wanted.name} of argument '{decided_by}'.")
    return TypeError(f"{prefix} expected type of {wanted.name}.")


def _bind_list(definition: OpDef, arg: Arg, value: Any, attrs: dict[str, Any], op_name: str) -> list[Tensor]:
    if not isinstance(value, list | tuple):
        raise TypeError(f"Expected list for '{arg.name}' argument to '{definition.name}' Op, not {value}.")
    if arg.is_type_list:
        tensors = [convert_to_tensor(v, name=f"{arg.name}_{i}") for i, v in enumerate(value)]
        attrs.setdefault(arg.type, [t.dtype.base_dtype for t in tensors])
        return tensors
    attr = definition.attrs.get(arg.type)
    wanted = as_dtype(arg.type) if attr is None else attrs.get(arg.type)
    if wanted is None:
        tensors_in = (v for v in value if isinstance(v, Tensor) or hasattr(v, "_as_graph_element"))
        wanted = next((v.dtype.base_dtype for v in tensors_in), None)
    default = attr.default if attr is not None and attr.default is not REQUIRED else None
    tensors = _convert_list(definition, arg, value, wanted, default)
    if attr is not None:
        dtype = tensors[0].dtype.base_dtype if tensors else wanted
        if dtype is None:
            raise TypeError(f"Don't know how to infer type variable from empty input list passed to input "
                            f"'{arg.name}' of '{definition.name}' Op.")
        _admit(arg.name, attr, dtype)
        attrs[arg.type] = dtype
    count = attrs.setdefault(str(arg.count), len(tensors))
    if count != len(tensors):
        raise ValueError(f"List argument '{arg.name}' to '{definition.name}' Op with length {len(tensors)} must match "
                         f"length {count} of the arguments before it.")
    return tensors


def _convert_list(definition: OpDef, arg: Arg, values: Sequence[Any], wanted: DType | None,
                  default: DType | None) -> list[Tensor]:
    tensors: list[Tensor] = []
    try:
        for i, value in enumerate(values):
            dtype = None if isinstance(value, Tensor) else wanted
            tensors.append(convert_to_tensor(value, dtype=dtype, name=f"{arg.name}_{i}", preferred_dtype=default,
                                             as_ref=arg.is_ref))
    except (TypeError, ValueError):
        raise _unlike(definition, arg, values) from None
    if len({t.dtype.base_dtype for t in tensors} | ({wanted} if wanted else set())) > 1:
        raise _unlike(definition, arg, tensors)
    for tensor in tensors:
        _require_mutable(definition, arg, tensor)
    return tensors


def _unlike(definition: OpDef, arg: Arg, values: Sequence[Any]) -> TypeError:
    found = ", ".join(map(_own_type, values))
    return TypeError(f"Tensors in list passed to '{arg.name}' of '{definition.name}' Op have types [{found}] that don't "
                     "all match.")


def _own_type(value: Any) -> str:
    try:
        return convert_to_tensor(value).dtype.base_dtype.name
    except (TypeError, ValueError):
        return "<NOT CONVERTIBLE TO TENSOR>"


def _admit(parameter: str, attr: Attr, dtype: DType) -> None:
    if attr.allowed is not None and dtype not in attr.allowed:
        raise TypeError(f"Value passed to parameter '{parameter}' has DataType {dtype.name} not in list of allowed "
                        f"values: {', '.join(d.name for d in attr.allowed.allowed)}")


def _settle_attrs(definition: OpDef, attrs: dict[str, Any]) -> None:
    """Fill in defaults and bring every attribute to the form in which nodes keep it."""
    for key, attr in definition.attrs.items():
        if key not in attrs:
            if attr.default is REQUIRED:
                raise TypeError(f"{definition.function_name}() missing required argument '{key}'")
            attrs[key] = _single(attr.default) if attr.kind == "float" else attr.default
        elif key not in definition.inferred:
            attrs[key] = _settled(definition, key, attr, attrs[key])


def _settled(definition: OpDef, key: str, attr: Attr, value: Any) -> Any:
    if attr.kind.startswith("list("):
        element = Attr(attr.kind[5:-1], attr.default, attr.allowed)
        return [_settled(definition, key, element, item) for item in value]
    try:
        settled = _SETTLE.get(attr.kind, lambda v: v)(value)
    except TypeError:
        if not attr.is_type:
            raise
        raise TypeError(f"Expected DataType for argument '{key}' not {value!r}.") from None
    if attr.kind == "type":
        _admit(key, attr, settled)
    if attr.kind == "string" and attr.allowed is not None and settled not in attr.allowed:
        names = '", "'.join(attr.allowed)
        raise ValueError(f"Attr '{key}' of '{definition.name}' Op passed string '{settled}' not in: \"{names}\".")
    return settled


def _shape(value: Any) -> Any:
    try:
        return shape_tuple(value)
    except (TypeError, ValueError) as error:
        raise type(error)(f"Error converting shape to a TensorShape: {error}.") from None


def _single(value: Any) -> float:
    """A float as nodes keep it: in single precision, which a GraphDef has."""
    return float(np.float32(value))


_SETTLE: dict[str, Callable[[Any], Any]] = {
    "type": lambda v: as_dtype(v).base_dtype, "int": int, "float": _single, "bool": bool, "shape": _shape,
    "string": lambda v: v.decode() if isinstance(v, bytes) else v,
}
