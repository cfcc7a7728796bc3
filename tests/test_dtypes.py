"""`tf.DType` and the type sets of op signatures; the facts were recorded from TensorFlow 1.15.5."""

import copy
import pickle

import ml_dtypes
import numpy as np
import pytest

from kudari import dtypes
from kudari.dtypes import DType, TypeSet, as_dtype

# enum, name, NumPy type, bytes, kind
BASE_TYPES = [
    (1, "float32", np.float32, 4, "floating"),
    (2, "float64", np.float64, 8, "floating"),
    (3, "int32", np.int32, 4, "integer"),
    (4, "uint8", np.uint8, 1, "unsigned"),
    (5, "int16", np.int16, 2, "integer"),
    (6, "int8", np.int8, 1, "integer"),
    (7, "string", np.object_, 8, None),
    (8, "complex64", np.complex64, 8, "complex"),
    (9, "int64", np.int64, 8, "integer"),
    (10, "bool", np.bool_, 1, "bool"),
    (11, "qint8", np.dtype([("qint8", "i1")]), 1, "quantized"),
    (12, "quint8", np.dtype([("quint8", "u1")]), 1, "quantized"),
    (13, "qint32", np.dtype([("qint32", "<i4")]), 4, "quantized"),
    (14, "bfloat16", ml_dtypes.bfloat16, 2, "floating"),
    (15, "qint16", np.dtype([("qint16", "<i2")]), 2, "quantized"),
    (16, "quint16", np.dtype([("quint16", "<u2")]), 2, "quantized"),
    (17, "uint16", np.uint16, 2, "unsigned"),
    (18, "complex128", np.complex128, 16, "complex"),
    (19, "float16", np.float16, 2, "floating"),
    (22, "uint32", np.uint32, 4, "unsigned"),
    (23, "uint64", np.uint64, 8, "unsigned"),
]
HANDLES = [(20, "resource"), (21, "variant")]
NAMES = [(enum, name) for enum, name, *_ in BASE_TYPES] + HANDLES
KINDS = ("bool", "integer", "unsigned", "floating", "complex", "quantized")


@pytest.mark.parametrize(("enum", "name"), NAMES)
@pytest.mark.parametrize("suffix", ["", "_ref"])
def test_each_type_is_one_object(enum, name, suffix):
    enum = enum + 100 if suffix else enum
    dtype = getattr(dtypes, name + suffix)
    assert dtype is DType(enum) is as_dtype(enum) is as_dtype(name + suffix) is as_dtype(dtype)
    assert dtype is pickle.loads(pickle.dumps(dtype)) is copy.deepcopy(dtype)
    assert (dtype.name, dtype.as_datatype_enum, hash(dtype)) == (name + suffix, enum, enum)
    assert (repr(dtype), str(dtype)) == (f"tf.{name}{suffix}", f"<dtype: '{name}{suffix}'>")


@pytest.mark.parametrize("name", [name for _, name in NAMES])
def test_reference_and_base_lead_to_each_other(name):
    base, ref = getattr(dtypes, name), getattr(dtypes, f"{name}_ref")
    assert base.base_dtype is ref.base_dtype is base
    assert base._as_ref is ref._as_ref is ref
    assert (base._is_ref_dtype, ref._is_ref_dtype) == (False, True)
    assert base != ref
    assert base.is_compatible_with(ref)
    assert not ref.is_compatible_with(base)
    assert ref.is_compatible_with(ref)


@pytest.mark.parametrize(("enum", "name", "numpy_type", "size", "kind"), BASE_TYPES)
@pytest.mark.parametrize("ref", [0, 100])
def test_facts_of_types_that_numpy_holds(enum, name, numpy_type, size, kind, ref):
    dtype = DType(enum + ref)
    assert dtype.as_numpy_dtype is numpy_type or dtype.as_numpy_dtype == numpy_type
    assert dtype.is_numpy_compatible
    assert dtype.size == size
    kinds = {kind, "integer"} if kind == "unsigned" else {kind}
    assert {k for k in KINDS if getattr(dtype, f"is_{k}")} == kinds - {None}
    assert (dtype in dtypes.QUANTIZED_DTYPES) == (kind == "quantized")
    if not ref:
        assert as_dtype(numpy_type) is as_dtype(np.dtype(numpy_type)) is dtype


@pytest.mark.parametrize(("enum", "name"), HANDLES)
def test_facts_of_types_that_numpy_does_not_hold(enum, name):
    dtype = DType(enum)
    assert not dtype.is_numpy_compatible
    assert not any(getattr(dtype, f"is_{kind}") for kind in KINDS)
    assert dtype.size == 1
    with pytest.raises(KeyError, match=str(enum)):
        _ = dtype.as_numpy_dtype


@pytest.mark.parametrize(("name", "real"), [
    ("complex64", "float32"), ("complex128", "float64"), ("complex64_ref", "float32"),
    ("float32_ref", "float32_ref"), ("int8", "int8"), ("variant", "variant"),
])
def test_real_dtype(name, real):
    assert as_dtype(name).real_dtype is as_dtype(real)


@pytest.mark.parametrize(("name", "low", "high"), [
    ("float32", -3.4028234663852886e38, 3.4028234663852886e38),
    ("float64", -1.7976931348623157e308, 1.7976931348623157e308),
    ("float16", -65504, 65504),
    ("bfloat16", -float.fromhex("0x1.FEp127"), float.fromhex("0x1.FEp127")),
    ("int8", -128, 127),
    ("uint64", 0, 2**64 - 1),
    ("int32_ref", -(2**31), 2**31 - 1),
])
def test_range(name, low, high):
    dtype = as_dtype(name)
    assert (float(dtype.min), float(dtype.max)) == (float(low), float(high))
    assert dtype.is_integer or type(dtype.max) is dtype.as_numpy_dtype


@pytest.mark.parametrize("name", ["bool", "string", "complex64_ref", "qint8", "resource"])
def test_types_without_range(name):
    for word, end in (("minimum", "min"), ("maximum", "max")):
        with pytest.raises(TypeError, match=f"^Cannot find {word} value of <dtype: '{name}'>.$"):
            getattr(as_dtype(name), end)


def test_limits_of_image_types():
    assert dtypes.uint8.limits == (0, 255)
    assert dtypes.int16.limits == (0, 32767)
    assert dtypes.float32.limits == (0, 1)
    for dtype in (dtypes.float16, dtypes.bool, dtypes.string, dtypes.variant):
        with pytest.raises(KeyError):
            _ = dtype.limits


@pytest.mark.parametrize(("value", "name"), [
    (float, "float32"), (bool, "bool"), (object, "string"),
    ("float", "float32"), ("half", "float16"), ("double_ref", "float64_ref"),
    (np.dtype("S3"), "string"), (np.dtype("U3"), "string"), (np.str_, "string"), (np.bytes_, "string"),
    (np.dtype(">f4"), "float32"), (np.intc, "int32"), (np.longlong, "int64"), (np.ulonglong, "uint64"),
    (True, "float32"), (3.0, "int32"), (np.int32(1), "float32"),
])
def test_values_that_stand_for_a_type(value, name):
    assert as_dtype(value) is getattr(dtypes, name)


@pytest.mark.parametrize("value", [
    int, str, bytes, complex, None, 0, 24, 124, "f4", "int", "Float", b"float32", (1, 2), np.generic, np.void,
    np.dtype("M8[s]"), np.dtype([("a", np.int8)]), np.longdouble,
], ids=repr)
def test_values_that_stand_for_no_type(value):
    with pytest.raises(TypeError) as raised:
        as_dtype(value)
    assert str(raised.value) == f"Cannot convert value {value!r} to a TensorFlow DType."
    assert (dtypes.float32 == value) is False
    assert (dtypes.float32 != value) is True


def test_unhashable_values_stand_for_no_type():
    with pytest.raises(TypeError, match="unhashable type: 'list'"):
        as_dtype([])
    assert dtypes.float32 != []


def test_a_type_equals_all_that_stands_for_it():
    for value in (1, "float32", "float", float, np.float32, np.dtype("f4")):
        assert dtypes.float32 == value
        assert value == dtypes.float32
    assert {dtypes.float32: "x"}[1] == "x"


@pytest.mark.parametrize("enum", [0, -1, 24, 100, 124, 200])
def test_enums_that_are_no_type(enum):
    with pytest.raises(TypeError, match=f"^type_enum is not a valid types_pb2.DataType: {enum}$"):
        DType(enum)


def test_enums_agree_with_the_protobuf():
    types_pb2 = pytest.importorskip("tensorboard.compat.proto.types_pb2")
    proto_names = {"float32": "FLOAT", "float64": "DOUBLE", "float16": "HALF"}
    for enum, name in NAMES:
        assert types_pb2.DataType.Value(f"DT_{proto_names.get(name, name.upper())}") == enum


# The allowed values of type attributes in TensorFlow's op registry, in its order.
REGISTERED = {
    "NUMBER": "float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32, bfloat16, uint16, "
    "complex128, float16, uint32, uint64",
    "REALNUMBER": "float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16, uint32, uint64",
    "FLOATING": "bfloat16, float16, float32, float64",
    "NN_FLOATING": "float16, bfloat16, float32, float64",
    "FLOAT_OR_COMPLEX": "bfloat16, float16, float32, float64, complex64, complex128",
    "INTEGER": "int8, int16, int32, int64, uint8, uint16, uint32, uint64",
    "TINDEX": "int32, int64",
    "INDEX": "int32, int64",
}


@pytest.mark.parametrize("name", REGISTERED)
def test_named_sets_are_those_of_the_registry(name):
    assert str(getattr(dtypes, name)) == REGISTERED[name]


def test_any_holds_every_type_but_references():
    assert {dtype.as_datatype_enum for dtype in dtypes.ANY.allowed} == set(range(1, 24))
    assert dtypes.float32_ref not in dtypes.ANY


def test_type_set_defaults():
    assert dtypes.INDEX.default is dtypes.int32
    assert dtypes.TINDEX.default is None
    assert dtypes.TINDEX.with_default(dtypes.int64) == TypeSet((dtypes.int32, dtypes.int64), dtypes.int64)
    assert dtypes.INDEX != dtypes.TINDEX
    with pytest.raises(ValueError, match=r"tf\.float32 is not among the allowed types int32, int64"):
        dtypes.INDEX.with_default(dtypes.float32)


def test_type_set_membership():
    assert dtypes.int32 in dtypes.INDEX
    assert dtypes.float32 not in dtypes.INDEX
    assert "int32" not in dtypes.INDEX  # only a `DType` is a member; a name goes through `as_dtype` first
