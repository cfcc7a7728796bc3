"""Element types: `tf.DType`, its constants, and the named sets of types that op signatures refer to."""

from __future__ import annotations

import builtins
from dataclasses import dataclass, replace
from typing import Any

import ml_dtypes
import numpy as np

_REF = 100  # the enum of a reference type is that of its base type plus this

_QINT8 = np.dtype([("qint8", np.int8)])
_QUINT8 = np.dtype([("quint8", np.uint8)])
_QINT16 = np.dtype([("qint16", np.int16)])
_QUINT16 = np.dtype([("quint16", np.uint16)])
_QINT32 = np.dtype([("qint32", np.int32)])

# enum of types.proto: name, NumPy type (None: NumPy has none)
_BASE_TYPES: dict[int, tuple[str, Any]] = {
    1: ("float32", np.float32),
    2: ("float64", np.float64),
    3: ("int32", np.int32),
    4: ("uint8", np.uint8),
    5: ("int16", np.int16),
    6: ("int8", np.int8),
    7: ("string", np.object_),
    8: ("complex64", np.complex64),
    9: ("int64", np.int64),
    10: ("bool", np.bool_),
    11: ("qint8", _QINT8),
    12: ("quint8", _QUINT8),
    13: ("qint32", _QINT32),
    14: ("bfloat16", ml_dtypes.bfloat16),
    15: ("qint16", _QINT16),
    16: ("quint16", _QUINT16),
    17: ("uint16", np.uint16),
    18: ("complex128", np.complex128),
    19: ("float16", np.float16),
    20: ("resource", None),
    21: ("variant", None),
    22: ("uint32", np.uint32),
    23: ("uint64", np.uint64),
}
_SIGNED = frozenset({"int8", "int16", "int32", "int64"})
_UNSIGNED = frozenset({"uint8", "uint16", "uint32", "uint64"})
_FLOATING = frozenset({"bfloat16", "float16", "float32", "float64"})
_COMPLEX = {"complex64": 1, "complex128": 2}  # to the enum of the real part
_QUANTIZED = frozenset({"qint8", "quint8", "qint16", "quint16", "qint32"})

_INTERNED: dict[int, DType] = {}


class DType:
    """The type of a tensor's elements; there is one object for each type.

    Args:
      type_enum: the value of the type in TensorFlow's `DataType` enum. `tf.as_dtype` takes more forms.

    Raises:
      TypeError: if the enum has no such value.
    """

    __slots__ = ("__weakref__", "_base_name", "_name", "_numpy_type", "_type_enum")

    _base_name: str
    _name: str
    _numpy_type: Any
    _type_enum: int

    def __new__(cls, type_enum: Any) -> DType:
        """Return the one object of the type."""
        enum = int(type_enum)
        known = _INTERNED.get(enum)
        if known is not None:
            return known
        base = _BASE_TYPES.get(enum - _REF if enum > _REF else enum)
        if base is None:
            raise TypeError(f"type_enum is not a valid types_pb2.DataType: {enum}")
        self = super().__new__(cls)
        self._type_enum = enum
        self._base_name, self._numpy_type = base
        self._name = f"{self._base_name}_ref" if enum > _REF else self._base_name
        return _INTERNED.setdefault(enum, self)

    @property
    def name(self) -> str:
        """The name, such as "float32" or, for a reference, "float32_ref"."""
        return self._name

    @property
    def as_datatype_enum(self) -> int:
        """The value in the `DataType` enum of `types.proto`."""
        return self._type_enum

    @property
    def as_numpy_dtype(self) -> Any:
        """The NumPy type: a scalar class, or a structured `np.dtype` for a quantized type.

        Raises:
          KeyError: for `resource` and `variant`, which NumPy cannot hold.
        """
        if self._numpy_type is None:
            raise KeyError(self._type_enum)
        return self._numpy_type

    @property
    def _is_ref_dtype(self) -> builtins.bool:
        return self._type_enum > _REF

    @property
    def _as_ref(self) -> DType:
        return self if self._type_enum > _REF else _INTERNED[self._type_enum + _REF]

    @property
    def base_dtype(self) -> DType:
        """The type that is not a reference."""
        return _INTERNED[self._type_enum - _REF] if self._type_enum > _REF else self

    @property
    def real_dtype(self) -> DType:
        """The type of the real part of a complex number; other types are their own."""
        part = _COMPLEX.get(self._base_name)
        return self if part is None else _INTERNED[part]

    @property
    def is_numpy_compatible(self) -> builtins.bool:
        """Whether NumPy has an array type for it."""
        return self._numpy_type is not None

    @property
    def is_bool(self) -> builtins.bool:
        """Whether this is the Boolean type."""
        return self._base_name == "bool"

    @property
    def is_integer(self) -> builtins.bool:
        """Whether this is an integer type that is not quantized."""
        return self._base_name in _SIGNED or self._base_name in _UNSIGNED

    @property
    def is_floating(self) -> builtins.bool:
        """Whether this is a real floating-point type."""
        return self._base_name in _FLOATING

    @property
    def is_complex(self) -> builtins.bool:
        """Whether this is a complex type."""
        return self._base_name in _COMPLEX

    @property
    def is_quantized(self) -> builtins.bool:
        """Whether this is a quantized type."""
        return self._base_name in _QUANTIZED

    @property
    def is_unsigned(self) -> builtins.bool:
        """Whether this is an unsigned integer type that is not quantized."""
        return self._base_name in _UNSIGNED

    @property
    def min(self) -> Any:
        """The smallest finite value.

        Raises:
          TypeError: for types without an order, and quantized ones.
        """
        return self._finite_range("minimum").min

    @property
    def max(self) -> Any:
        """The largest finite value.

        Raises:
          TypeError: for types without an order, and quantized ones.
        """
        return self._finite_range("maximum").max

    def _finite_range(self, which: str) -> Any:
        if self.is_integer:
            return np.iinfo(self._numpy_type)
        if self.is_floating:
            return ml_dtypes.finfo(self._numpy_type)
        raise TypeError(f"Cannot find {which} value of {self}.")

    @property
    def limits(self) -> tuple[Any, Any]:
        """The range of intensities an image of this type has, negative values cut off: `(0, largest)`.

        Raises:
          KeyError: for types that images do not have.
        """
        if self.is_integer:
            return 0, int(np.iinfo(self._numpy_type).max)
        if self._base_name in ("float32", "float64"):
            return 0, 1
        raise KeyError(self.as_numpy_dtype)

    @property
    def size(self) -> int:
        """Bytes per element; 1 for `resource` and `variant`."""
        return 1 if self._type_enum in (20, 21) else np.dtype(self.as_numpy_dtype).itemsize

    def is_compatible_with(self, other: Any) -> builtins.bool:
        """Return whether a tensor of type `other` can stand where this type is asked for.

        Args:
          other: anything `tf.as_dtype` takes.

        Returns:
          True if both are the same type, or `other` is a reference to this one.

        Raises:
          TypeError: if `other` is not a type.
        """
        other = as_dtype(other)
        return self is other or self is other.base_dtype

    def __eq__(self, other: object) -> builtins.bool:
        if self is other:
            return True
        if isinstance(other, DType) or other is None:
            return False
        try:
            return self is as_dtype(other)
        except TypeError:
            return False

    def __ne__(self, other: object) -> builtins.bool:
        return not self.__eq__(other)

    def __hash__(self) -> int:
        return self._type_enum

    def __reduce__(self) -> tuple:
        return as_dtype, (self._name,)

    def __repr__(self) -> str:
        return f"tf.{self._name}"

    def __str__(self) -> str:
        return f"<dtype: {self._name!r}>"


float32 = DType(1)
float64 = double = DType(2)
int32 = DType(3)
uint8 = DType(4)
int16 = DType(5)
int8 = DType(6)
string = DType(7)
complex64 = DType(8)
int64 = DType(9)
bool = DType(10)  # the public name; this module says `builtins.bool` for the Python type
qint8 = DType(11)
quint8 = DType(12)
qint32 = DType(13)
bfloat16 = DType(14)
qint16 = DType(15)
quint16 = DType(16)
uint16 = DType(17)
complex128 = DType(18)
float16 = half = DType(19)
resource = DType(20)
variant = DType(21)
uint32 = DType(22)
uint64 = DType(23)

float32_ref = DType(101)
float64_ref = double_ref = DType(102)
int32_ref = DType(103)
uint8_ref = DType(104)
int16_ref = DType(105)
int8_ref = DType(106)
string_ref = DType(107)
complex64_ref = DType(108)
int64_ref = DType(109)
bool_ref = DType(110)
qint8_ref = DType(111)
quint8_ref = DType(112)
qint32_ref = DType(113)
bfloat16_ref = DType(114)
qint16_ref = DType(115)
quint16_ref = DType(116)
uint16_ref = DType(117)
complex128_ref = DType(118)
float16_ref = half_ref = DType(119)
resource_ref = DType(120)
variant_ref = DType(121)
uint32_ref = DType(122)
uint64_ref = DType(123)

QUANTIZED_DTYPES = frozenset(dtype for dtype in _INTERNED.values() if dtype.is_quantized)

_FROM_NAME: dict[str, DType] = {dtype._name: dtype for dtype in _INTERNED.values()}
# `intc`, `longlong` and their like are classes of their own on some platforms.
_PLATFORM_INTEGERS = (np.intc, np.uintc, np.int_, np.uint, np.longlong, np.ulonglong)
_FROM_NUMPY: dict[Any, DType] = {
    **{integer: _FROM_NAME[np.dtype(integer).name] for integer in _PLATFORM_INTEGERS},
    **{held: _FROM_NAME[name] for name, held in _BASE_TYPES.values() if held is not None},
    np.str_: string,
    np.bytes_: string,
}
_FROM_ANY: dict[Any, DType] = {
    **_INTERNED,
    **_FROM_NAME,
    **_FROM_NUMPY,
    "half": float16,
    "half_ref": float16_ref,
    "float": float32,
    "float_ref": float32_ref,
    "double": float64,
    "double_ref": float64_ref,
    builtins.float: float32,
    builtins.bool: bool,
    builtins.object: string,
}


def as_dtype(type_value: Any) -> DType:
    """Return the `DType` that a value stands for.

    Args:
      type_value: a `DType`, a value of the `DataType` enum, a name such as "float32" or "float32_ref", a NumPy
        type or `np.dtype`, or Python's `float`, `bool` or `object`. Python's `int` is not among them.

    Returns:
      The `DType`.

    Raises:
      TypeError: if the value stands for no type.
    """
    if isinstance(type_value, DType):
        return type_value
    if isinstance(type_value, np.dtype):
        found = _FROM_NUMPY.get(type_value.type)
        if found is not None:
            return found
    found = _FROM_ANY.get(type_value)
    if found is None:
        raise TypeError(f"Cannot convert value {type_value!r} to a TensorFlow DType.")
    return found


@dataclass(frozen=True)
class TypeSet:
    """The types that a type attribute of an op allows, and the one it takes when nothing else decides.

    Args:
      allowed: the types, in the order in which TensorFlow's messages list them.
      default: one of them, or None when the inputs must decide.

    Raises:
      ValueError: if the default is not allowed.
    """

    allowed: tuple[DType, ...]
    default: DType | None = None

    def __post_init__(self):
        object.__setattr__(self, "_members", frozenset(self.allowed))
        if self.default is not None and self.default not in self:
            raise ValueError(f"The default {self.default!r} is not among the allowed types {self}; add it there.")

    def with_default(self, dtype: DType) -> TypeSet:
        """Return the same set with another default."""
        return replace(self, default=dtype)

    def __contains__(self, dtype: object) -> builtins.bool:
        return dtype in self._members  # type: ignore[attr-defined]

    def __str__(self) -> str:
        return ", ".join(dtype.name for dtype in self.allowed)


NUMBER = TypeSet((
    float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32, bfloat16, uint16, complex128,
    float16, uint32, uint64,
))
REALNUMBER = TypeSet((float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16, uint32, uint64))
FLOATING = TypeSet((bfloat16, float16, float32, float64))
# The same types in the order in which the ops of `tf.nn` and the random ops register them.
NN_FLOATING = TypeSet((float16, bfloat16, float32, float64))
FLOAT_OR_COMPLEX = TypeSet((bfloat16, float16, float32, float64, complex64, complex128))
INTEGER = TypeSet((int8, int16, int32, int64, uint8, uint16, uint32, uint64))
TINDEX = TypeSet((int32, int64))
INDEX = TINDEX.with_default(int32)
ANY = TypeSet(tuple(dtype for dtype in _INTERNED.values() if not dtype._is_ref_dtype))
