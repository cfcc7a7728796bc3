"""Arrays as `TensorProto` messages, in the encoding that TensorFlow 1.15 writes."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from ..dtypes import DType, as_dtype
from ..protos import proto
from ..shape import TensorShape

_FIELDS = {
    "float32": "float_val", "float64": "double_val", "string": "string_val", "bool": "bool_val", "int64": "int64_val",
    "uint32": "uint32_val", "uint64": "uint64_val", "float16": "half_val", "bfloat16": "half_val",
    "complex64": "scomplex_val", "complex128": "dcomplex_val",
    **dict.fromkeys(("int32", "int16", "int8", "uint8", "uint16"), "int_val"),
    **dict.fromkeys(("qint8", "quint8", "qint16", "quint16", "qint32"), "int_val"),
}
_NEVER_RAW = frozenset({"string", "bool", "uint16", "float16", "bfloat16", "complex64", "complex128"})


def array_proto(array: np.ndarray) -> Any:
    """Return the `TensorProto` of `array`.

    One element, or an array that repeats one element (a broadcast view), is written as a number; more as raw bytes,
    but for the types that TensorFlow always lists.

    Raises:
      TypeError: if the element type has no encoding.
      ValueError: if the content is larger than 2 GB.
    """
    dtype = as_dtype(array.dtype)
    if dtype.name not in _FIELDS:
        raise TypeError(f"Element type not supported in TensorProto: {dtype.name}")
    message = proto("TensorProto")(dtype=dtype.as_datatype_enum, tensor_shape=TensorShape(array.shape).as_proto())
    given = array.ravel()[:1] if _repeats_one(array) else array.ravel()
    if given.size > 1 and dtype.name not in _NEVER_RAW:
        if array.nbytes >= 1 << 31:
            raise ValueError("Cannot create a tensor proto whose content is larger than 2GB.")
        message.tensor_content = given.tobytes()
    else:
        getattr(message, _FIELDS[dtype.name]).extend(_numbers(given, dtype))
    return message


def content_proto(array: np.ndarray) -> Any:
    """Return the `TensorProto` of `array` with its values as bytes, texts after their lengths."""
    dtype = as_dtype(array.dtype)
    message = proto("TensorProto")(dtype=dtype.as_datatype_enum, tensor_shape=TensorShape(array.shape).as_proto())
    if dtype.name == "string":
        texts = _numbers(array.ravel(), dtype)
        message.tensor_content = b"".join([*(_varint(len(text)) for text in texts), *texts])
    else:
        message.tensor_content = array.tobytes()
    return message


def _varint(number: int) -> bytes:
    digits = [number >> shift & 127 for shift in range(0, max(number.bit_length(), 1), 7)]
    return bytes([*(digit | 128 for digit in digits[:-1]), digits[-1]])


def _texts(content: bytes, count: int) -> list[bytes]:
    """The texts of which `content` holds first the lengths."""
    lengths, at = [], 0
    for _ in range(count):
        length = shift = 0
        while content[at] & 128:
            length |= (content[at] & 127) << shift
            at, shift = at + 1, shift + 7
        lengths.append(length | content[at] << shift)
        at += 1
    ends = np.cumsum([at, *lengths]).tolist()
    return [content[a:b] for a, b in itertools.pairwise(ends)]


def listed_proto(array: np.ndarray) -> Any:
    """Return the values of `array` one by one in a `TensorProto` without a shape, as old checkpoints hold them."""
    dtype = as_dtype(array.dtype)
    message = proto("TensorProto")()
    getattr(message, _FIELDS[dtype.name]).extend(_numbers(array.ravel(), dtype))
    return message


def _repeats_one(array: np.ndarray) -> bool:
    return array.size > 1 and not any(array.strides)


def _numbers(flat: np.ndarray, dtype: DType) -> list:
    if dtype.name in ("float16", "bfloat16"):
        return flat.view(np.uint16).tolist()
    if dtype.is_complex:
        return flat.view(dtype.real_dtype.as_numpy_dtype).tolist()
    if dtype.is_quantized:
        return flat.view(flat.dtype[0]).tolist()
    if dtype.name == "string":
        return [item.encode() if isinstance(item, str) else item for item in flat.tolist()]
    return flat.tolist()


def proto_array(message: Any) -> np.ndarray:
    """Return the array that a `TensorProto` encodes, read-only; one that repeats a number as a broadcast view.

    Raises:
      TypeError: if the element type has no encoding.
    """
    dtype, shape = as_dtype(message.dtype), tuple(dim.size for dim in message.tensor_shape.dim)
    if dtype.name not in _FIELDS:
        raise TypeError(f"Unsupported tensor type: {message.dtype}")
    if message.tensor_content and dtype.name == "string":
        texts = _texts(message.tensor_content, int(np.prod(shape, dtype=np.int64)))
        return np.array([*texts, None], object)[:-1].reshape(shape)
    if message.tensor_content:
        return np.frombuffer(message.tensor_content, dtype.as_numpy_dtype).reshape(shape)
    flat = _elements(getattr(message, _FIELDS[dtype.name]), dtype)
    size = int(np.prod(shape, dtype=np.int64))
    if flat.size == 0:  # all bytes zero, which TensorFlow need not write
        flat = np.full(1, b"", object) if dtype.name == "string" else np.zeros(1, dtype.as_numpy_dtype)
    if flat.size == 1:
        return np.broadcast_to(flat.reshape(()), shape)
    rest = np.repeat(flat[-1:], max(0, size - flat.size))
    result = np.concatenate([flat, rest]).reshape(shape)
    result.setflags(write=False)
    return result


def _elements(numbers: Any, dtype: DType) -> np.ndarray:
    if dtype.name in ("float16", "bfloat16"):
        return np.array(numbers, np.uint16).view(dtype.as_numpy_dtype)
    if dtype.is_complex:
        return np.array(numbers, dtype.real_dtype.as_numpy_dtype).view(dtype.as_numpy_dtype)
    if dtype.is_quantized:
        structure = np.dtype(dtype.as_numpy_dtype)
        return np.array(numbers, structure[0]).view(structure)
    return np.array(numbers, dtype.as_numpy_dtype)


def make_ndarray(tensor: Any) -> np.ndarray:
    """Return the value of a `TensorProto` as a new array.

    Args:
      tensor: a `TensorProto`.

    Returns:
      A NumPy array of its element type and shape; text as an object array of bytes.

    Raises:
      TypeError: if the element type has no NumPy equivalent.
    """
    return np.array(proto_array(tensor), order="C")
