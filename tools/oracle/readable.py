"""TensorFlow's protobuf attribute values and arrays as plain JSON values."""

import numpy as np
from tensorflow.python.framework import dtypes, tensor_util

LARGEST_CONSTANT = 64


def number(value):
    """A float32 attribute as its shortest decimal, not as the double that protobuf hands out."""
    return float(str(np.float32(value)))


def text(value):
    return value.decode("utf-8", "backslashreplace")


def dtype_name(value):
    return dtypes.as_dtype(value).name


def shape(proto):
    """`None` for an unknown rank; -1 for an unknown dimension."""
    return None if proto.unknown_rank else [dim.size for dim in proto.dim]


def array(value):
    """dtype, shape and values; float32 as the shortest decimal that reads back to the same bits."""
    value = np.asarray(value)
    return {"dtype": array_dtype(value), "shape": list(value.shape), "values": values(value)}


def array_dtype(value):
    return "string" if value.dtype.kind in "OSU" else value.dtype.name


def values(value):
    if value.dtype == np.float32:
        return [float(str(item)) for item in value.ravel()]
    if value.dtype.kind == "c":  # pairs of the real and the imaginary part
        return [[float(str(item.real)), float(str(item.imag))] for item in value.ravel()]
    if value.dtype.kind in "OSU":
        return [text(item) for item in value.ravel()]
    return value.ravel().tolist()


def tensor(proto):
    """A constant's value; of a large one only dtype and shape."""
    size = int(np.prod(shape(proto.tensor_shape)))
    if size <= LARGEST_CONSTANT:
        return array(tensor_util.MakeNdarray(proto))
    return {"dtype": dtype_name(proto.dtype), "shape": shape(proto.tensor_shape)}


READERS = {
    "s": text, "i": int, "f": number, "b": bool, "type": dtype_name, "shape": shape, "tensor": tensor,
    "func": lambda value: value.name,
}


def attribute(value):
    """An `AttrValue` as a plain value: dtypes by name, shapes and lists as lists."""
    kind = value.WhichOneof("value")
    if kind == "list":
        return [READERS[field.name](item) for field, items in value.list.ListFields() for item in items]
    return None if kind is None else READERS[kind](getattr(value, kind))
