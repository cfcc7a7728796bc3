"""Constants: Python values as nodes, and the values of nodes that can be known while building."""

from __future__ import annotations

from itertools import takewhile
from typing import Any

import numpy as np

from ..dtypes import ANY, DType, as_dtype, string
from ..graph.operation import Operation
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..shape import Dimension, Shape, TensorShape, shape_tuple
from .bind import add_node
from .convert import register_tensor_conversion_function
from .definition import op
from .signature import required


@op("Const", "-> output: dtype", lambda op: [op["value"].shape], value=required("tensor"), dtype=ANY)
def const_op(*, value):
    """A fixed value."""
    return value


@const_op.fold
def _(*, value):
    return value



def make_array(value: Any, dtype: Any = None, shape: Any = None) -> np.ndarray:
    """Return `value` as the array a constant of it holds.

    Python ints become int32 (int64 where needed), floats float32, text bytes; arrays keep their type.

    Args:
      value: a number, text, array or nested list.
      dtype: the element type it must have.
      shape: the shape it must have; a single element fills it.

    Raises:
      TypeError: if an element is not of that type.
      ValueError: if the list is ragged or has too many elements.
    """
    wanted = None if dtype is None else as_dtype(dtype).base_dtype
    if shape is not None and 0 in (shape_tuple(shape) or ()) and not isinstance(value, np.ndarray | np.generic):
        return np.empty(shape_tuple(shape), np.float32 if wanted is None else wanted.as_numpy_dtype)
    array = _as_array(value, wanted)
    return array if shape is None else _in_shape(array, shape_tuple(shape))


def _as_array(value: Any, wanted: DType | None) -> np.ndarray:
    if isinstance(value, np.ndarray | np.generic):
        return _typed_array(np.array(value), wanted)  # a copy: what the program does to its array later changes nothing
    if value is None:
        raise ValueError("None values not supported.")
    if isinstance(value, TensorShape):
        value = value.as_list()
    value = _plain(value, wanted)
    _check_elements(value, wanted)
    try:
        array = _text_array(value) if _starts_with_text(value) else np.array(value)
    except ValueError:
        raise _not_dense(value, _common_sizes(value)) from None
    if isinstance(value, list) and list(array.shape) != _first_sizes(value):
        raise _not_dense(value, list(array.shape))
    if wanted is not None and isinstance(value, list) and not array.size:
        return np.empty(array.shape, wanted.as_numpy_dtype)
    mixed = array.dtype.kind in "US" and not _holds_arrays(value)  # NumPy would spell out the numbers
    if mixed or (array.dtype == object and not all(isinstance(item, str | bytes) for item in array.flat)):
        raise TypeError(f"Failed to convert object of type {type(value)} to Tensor. Contents: {value}. Consider casting "
                        "elements to a supported type.")
    if wanted is None:
        array = _default_type(array)
    return _typed_array(array, wanted)


def _not_dense(value: Any, sizes: list[int]) -> ValueError:
    return ValueError(f"Argument must be a dense tensor: {value} - got shape {sizes}, but wanted {_first_sizes(value)}.")


def _first_sizes(value: Any) -> list[int]:
    """The sizes of nested lists, by the first item of each; arrays inside do not count, as in TensorFlow."""
    if not isinstance(value, list):
        return []
    return [len(value), *(_first_sizes(value[0]) if value else [])]


def _common_sizes(value: Any) -> list[int]:
    """The sizes that nested lists have in common."""
    if not isinstance(value, list):
        return []
    inner = [_common_sizes(item) for item in value]
    same = takewhile(lambda sizes: len(set(sizes)) == 1, zip(*inner))
    return [len(value), *(sizes[0] for sizes in same)]


def _starts_with_text(value: Any) -> bool:
    while isinstance(value, list | tuple) and value:
        value = value[0]
    return isinstance(value, str | bytes)


def _text_array(value: Any) -> np.ndarray:
    """Text as objects: NumPy's own text types drop zero bytes at the end."""
    array = np.array(value, object)
    if any(isinstance(item, list | tuple) for item in array.flat):
        raise ValueError("ragged")
    return array


def _plain(value: Any, wanted: DType | None) -> Any:
    """`value` with lists for tuples and ranges, and numbers for the sizes of shapes, which only integers admit."""
    if hasattr(value, "_as_graph_element") or isinstance(value, Tensor):
        raise TypeError("List of Tensors when single Tensor expected")
    if isinstance(value, Dimension):
        return value.value
    if isinstance(value, range):
        return list(value)
    if isinstance(value, list | tuple):
        if wanted is None and any(isinstance(item, Dimension) for item in value):
            raise TypeError(f"Failed to convert object of type {type(value)} to Tensor. Contents: {value}. Consider "
                            "casting elements to a supported type.")
        return [_plain(item, wanted) for item in value]
    return value


def _default_type(array: np.ndarray) -> np.ndarray:
    if array.dtype == np.float64:
        return array.astype(np.float32)
    if array.dtype == np.int64 and (array.size == 0 or (array.min() >= -2**31 and array.max() < 2**31)):
        return array.astype(np.int32) if array.size or array.dtype == np.int64 else array.astype(np.float32)
    return array


def _holds_arrays(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return bool(value) and _holds_arrays(value[0])
    return isinstance(value, np.ndarray | np.generic)


def _check_elements(value: Any, wanted: DType | None) -> None:
    """Refuse an element that the wanted type does not hold: TensorFlow never converts floats to ints or to text."""
    if isinstance(value, list | tuple):
        for item in value:
            _check_elements(item, wanted)
    elif wanted is not None and not _fits(value, wanted):
        raise TypeError(f"Expected {_expected(wanted)}, got {value!r} of type '{type(value).__name__}' instead.")


def _expected(wanted: DType) -> str:
    return "bool" if wanted.name == "bool" else wanted.name


def _fits(value: Any, wanted: DType) -> bool:
    if isinstance(value, np.ndarray):
        return True
    if wanted == string:
        return isinstance(value, str | bytes)
    if wanted.is_bool:
        return isinstance(value, bool | np.bool_)
    if isinstance(value, str | bytes):
        return False
    if wanted.is_integer or wanted.is_quantized:
        return isinstance(value, int | np.integer) and not isinstance(value, bool | np.bool_)
    if wanted.is_floating:
        return isinstance(value, int | float | np.integer | np.floating) and not isinstance(value, bool | np.bool_)
    return True


def _typed_array(array: np.ndarray, wanted: DType | None) -> np.ndarray:
    if array.dtype.kind in "USO":
        if wanted is not None and wanted != string:
            raise TypeError(f"Expected {wanted.name}, got {array.tolist()!r} of type 'str' instead.")
        return _bytes_array(array)
    if wanted is None:
        return array
    if wanted == string:
        raise TypeError(f"Expected string, got {array.tolist()!r} of type '{array.dtype}' instead.")
    return array.astype(wanted.as_numpy_dtype, copy=False)


def _bytes_array(array: np.ndarray) -> np.ndarray:
    flat = [item.encode() if isinstance(item, str) else item for item in array.ravel().tolist()]
    result = np.empty(len(flat), object)
    result[:] = flat
    return result.reshape(array.shape)


def _in_shape(array: np.ndarray, shape: Shape) -> np.ndarray:
    if shape is None or any(size is None for size in shape):
        raise ValueError(f"The shape of a constant must be fully known, got {TensorShape(shape)}.")
    size = int(np.prod(shape, dtype=np.int64))
    if array.size > size:
        raise ValueError(f"Too many elements provided. Needed at most {size}, but received {array.size}")
    if array.size == size:
        return array.reshape(shape)
    if array.size == 1:  # a view, so that the NodeDef says the number once, as TensorFlow's does
        return np.broadcast_to(array.reshape(()), shape)
    flat = np.empty(size, array.dtype)
    flat[: array.size] = array.ravel()
    flat[array.size:] = array.ravel()[-1] if array.size else 0
    return flat.reshape(shape)


def constant(value: Any, dtype: Any = None, shape: Any = None, name: str = "Const", verify_shape: bool = False) -> Tensor:
    """Return a tensor that holds `value`.

    Args:
      value: a number, text, array or nested list.
      dtype: of the elements; found from the value if `None`.
      shape: of the tensor; that of the value if `None`. A shorter value is continued with its last element.
      name: of the node.
      verify_shape: whether the value must have exactly that shape.

    Raises:
      TypeError: if an element is not of that type.
      ValueError: if there are too many elements, or the shape differs with `verify_shape`.
    """
    array = make_array(value, dtype, None if verify_shape else shape)
    if verify_shape and shape is not None and array.shape != shape_tuple(shape):
        raise TypeError(f"Expected Tensor's shape: {tuple(shape_tuple(shape) or ())}, got {array.shape}.")
    array.setflags(write=False)
    attrs = {"value": array, "dtype": as_dtype(array.dtype)}
    return add_node(get_default_graph(), const_op, [], attrs, name).outputs[0]


def _convert_constant(value: Any, dtype: Any = None, name: str | None = None, as_ref: bool = False) -> Tensor:
    return constant(value, dtype, name=name or "Const")


def _convert_shape(value: Any, dtype: Any = None, name: str | None = None, as_ref: bool = False) -> Tensor:
    shape = value if isinstance(value, TensorShape) else TensorShape([value])
    if not shape.is_fully_defined():
        raise ValueError(f"Cannot convert a partially known TensorShape to a Tensor: {value}")
    sizes = shape.as_list() if isinstance(value, TensorShape) else shape.as_list()[0]
    return constant(sizes, dtype or "int32", name=name or "shape_as_tensor")


register_tensor_conversion_function((list, tuple, range), _convert_constant, 100)
register_tensor_conversion_function((TensorShape, Dimension), _convert_shape, 100)
register_tensor_conversion_function(object, _convert_constant, 200)


def constant_value(tensor: Tensor, partial: bool = False) -> np.ndarray | None:
    """Return the value of `tensor` if it can be known while building, else `None`."""
    return _folded(tensor, {})


def _folded(tensor: Tensor, known: dict[Operation, Any]) -> np.ndarray | None:
    op = tensor.op
    if op not in known:
        known[op] = _fold(op, known)
    values = known[op]
    return None if values is None else values[tensor.value_index]


def _fold(op: Operation, known: dict[Operation, Any]) -> tuple | None:
    rule = op.definition.fold_rule
    if op.type in ("Shape", "Size", "Rank", "ShapeN"):
        return _fold_shape(op)
    if rule is None or any(t.dtype._is_ref_dtype for t in op.inputs):
        return None
    inputs = []
    for tensor in op.inputs:
        inputs.append(_folded(tensor, known))
        if inputs[-1] is None:
            return None
    return fold_values(op, inputs)


def fold_values(op: Operation, inputs: list[np.ndarray]) -> tuple:
    """Compute `op` on NumPy arrays by its fold rule; return its outputs in their element types."""
    result = op.definition.fold_rule(*op.definition.group(op, inputs), **op.definition.keyword_values(op))
    results = result if isinstance(result, tuple | list) else (result,)
    return tuple(np.asarray(r, t.dtype.as_numpy_dtype) for r, t in zip(results, op.outputs))


def _fold_shape(op: Operation) -> tuple | None:
    shapes = [t.static_shape for t in op.inputs]
    if op.type == "Rank":
        return None if shapes[0] is None else (np.int32(len(shapes[0])),)
    if any(s is None or None in s for s in shapes):
        return None
    dtype = op["out_type"].as_numpy_dtype
    if op.type == "Size":
        return (np.asarray(np.prod(shapes[0], dtype=np.int64), dtype),)
    return tuple(np.asarray(s, dtype) for s in shapes)


def constant_value_as_shape(tensor: Tensor) -> Shape:
    """Return the shape that the vector `tensor` holds, as far as it can be known while building."""
    value = constant_value(tensor)
    if value is not None:
        return tuple(None if size < 0 else int(size) for size in value)
    if tensor.op.type == "ShapeN" and (shape := tensor.op.inputs[tensor.value_index].static_shape) is not None:
        return shape
    partial = _PARTIAL.get(tensor.op.type, lambda op: NotImplemented)(tensor.op)
    if partial is not NotImplemented:
        return partial
    rank = tensor.static_shape
    return None if rank is None or rank[0] is None else (None,) * rank[0]


def _size(tensor: Tensor) -> int | None:
    value = constant_value(tensor)
    return None if value is None or value < 0 else int(value)


def _pack_as_shape(op: Operation) -> Any:
    return tuple(_size(t) for t in op.inputs)


def _concat_as_shape(op: Operation) -> Any:
    parts = [constant_value_as_shape(t) if t.static_shape != () else NotImplemented for t in op.inputs[:-1]]
    if any(p is None or p is NotImplemented for p in parts):
        return NotImplemented
    return tuple(size for part in parts for size in part)


def _slice_as_shape(op: Operation) -> Any:
    begin, end, stride = (constant_value(t) for t in op.inputs[1:4])
    source = constant_value_as_shape(op.inputs[0])
    masks = [op[m] for m in ("ellipsis_mask", "new_axis_mask", "shrink_axis_mask")]
    if source is None or begin is None or end is None or stride is None or any(masks) or len(begin) != 1:
        return NotImplemented
    first = None if op["begin_mask"] & 1 else int(begin[0])
    last = None if op["end_mask"] & 1 else int(end[0])
    return source[first:last:int(stride[0])]


_PARTIAL = {
    "Shape": lambda op: op.inputs[0].static_shape if op.inputs[0].static_shape is not None else NotImplemented,
    "Pack": _pack_as_shape,
    "ConcatV2": _concat_as_shape,
    "StridedSlice": _slice_as_shape,
}

