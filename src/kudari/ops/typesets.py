"""The sets of element types that arithmetic ops allow, in the order TensorFlow lists them."""

from __future__ import annotations

from ..dtypes import (
    FLOATING,
    TypeSet,
    bfloat16,
    bool,
    complex64,
    complex128,
    float16,
    float32,
    float64,
    int8,
    int16,
    int32,
    int64,
    qint8,
    qint32,
    quint8,
    string,
    uint8,
    uint16,
)

_FLOATS = FLOATING.allowed
_COMPLEX = (complex64, complex128)

SIGNED = TypeSet((*_FLOATS, int32, int64, *_COMPLEX))
SIGNED_REAL = TypeSet((*_FLOATS, int8, int16, int32, int64))
ORDERED = TypeSet((*_FLOATS, int32, int64))
ARITHMETIC = TypeSet((*_FLOATS, uint8, int8, uint16, int16, int32, int64, *_COMPLEX))
SUMMABLE = TypeSet((*_FLOATS, uint8, int8, int16, int32, int64, *_COMPLEX))
SUMMABLE_OR_TEXT = TypeSet((*SUMMABLE.allowed, string))
DIVISIBLE = TypeSet((int32, int64, *_FLOATS))
OLD_DIVISIBLE = TypeSet((int32, int64, float16, float16, bfloat16, float32, float64))
POWERS = TypeSet((bfloat16, float32, float16, float64, int32, int64, *_COMPLEX))
EQUATABLE = TypeSet((*_FLOATS, uint8, int8, int16, int32, int64, complex64, quint8, qint8, qint32, string, bool,
                     complex128))
NO_NAN = TypeSet((float16, float32, float64, *_COMPLEX))
MULTIPLIABLE = SIGNED
SINGLE_OR_DOUBLE = TypeSet((float32, float64))
