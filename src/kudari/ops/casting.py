"""Changing element types: `Cast`, and complex numbers to and from their parts."""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np
from jax import lax

from ..dtypes import ANY, TypeSet, complex64, complex128, float32, float64, variant
from ..errors import UnimplementedError
from ..op.constant import constant
from ..op.definition import op
from ..op.rules import broadcasting, unchanged
from .broadcasting import operands
from .forms import after, cast, conjugate, negated, node, times
from .shapes import zeros_like

_REAL = TypeSet((float32, float64)).with_default(float32)
_COMPLEX = TypeSet((complex64, complex128)).with_default(complex64)
_CONJUGABLE = TypeSet((complex64, complex128, variant)).with_default(complex64)
_PART = "input: T -> output: Tout"
_KERNEL_NAMES = {"float32": "float", "float64": "double", "float16": "half"}
_WIDER = {"float32": complex64, "float64": complex128}


@op("Cast", "x: SrcT -> y: DstT", unchanged, SrcT=ANY, DstT=ANY, Truncate=False)
def cast_elements(x, *, DstT):
    """Each element in another type; a float becomes an integer by cutting off its fraction."""
    if jnp.issubdtype(x.dtype, jnp.complexfloating) and not DstT.is_complex:
        x = jnp.real(x)
    if DstT.is_integer and jnp.issubdtype(x.dtype, jnp.floating):
        return _whole(x, np.dtype(DstT.as_numpy_dtype))
    return x.astype(DstT.as_numpy_dtype)


@cast_elements.check
def _(op, x):
    source, wanted = op.inputs[0].dtype.base_dtype.name, op["DstT"].base_dtype.name
    if (source == "string") != (wanted == "string"):
        names = [_KERNEL_NAMES.get(name, name) for name in (source, wanted)]
        raise UnimplementedError(op.node_def, op, "Cast {} to {} is not supported".format(*names)
                                 + f"\n\t [[node {op.name} (defined at {op.made_at}) ]]")


def _whole(x, dtype):
    """As the processor does it, and so TensorFlow: what does not fit is the least of the wide integers, then cut off."""
    is_wide = dtype.itemsize > 4 or dtype == np.uint32
    least = np.iinfo(np.int64 if is_wide else np.int32).min
    x = x.astype(np.float32) if x.dtype.itemsize < 4 else x
    fits = (x >= least) & (x < -float(least))
    whole = jnp.where(fits, x, 0).astype(np.int64 if is_wide else np.int32)
    return jnp.where(fits, whole, least).astype(dtype)


@cast_elements.fold
def _(x, *, DstT):
    with np.errstate(all="ignore"):
        real = np.real(x) if np.iscomplexobj(x) and not DstT.is_complex else x
        return np.asarray(real).astype(DstT.as_numpy_dtype)


@cast_elements.gradient
def _(op, dy):
    source, result = op.inputs[0].dtype.base_dtype, dy.dtype.base_dtype
    flows = all(dtype.is_floating or dtype.is_complex for dtype in (source, result))
    return cast(dy, source) if flows else None


@op("Complex", "real: T, imag: T -> out: Tout", broadcasting, T=_REAL, Tout=_COMPLEX)
def complex_of_parts(real, imag):
    """Complex number of its two parts, elementwise."""
    return lax.complex(*jnp.broadcast_arrays(real, imag))


@complex_of_parts.gradient
def _(op, dout):
    left, right = operands(*op.inputs)
    part = op.inputs[0].dtype.base_dtype
    d_real = left.reduce(real_part(dout, Tout=part))
    return d_real, right.reduce(imaginary_part(dout, Tout=part))


def _as_complex(real, imag):
    return complex_of_parts(real, imag, Tout=_WIDER[real.dtype.base_dtype.name])


@op("Real", _PART, unchanged, T=_COMPLEX, Tout=_REAL)
def real_part(input):
    """Real part of each element."""
    return jnp.real(input)


@real_part.gradient
def _(op, dout):
    return _as_complex(dout, constant(0, dout.dtype))


@op("Imag", _PART, unchanged, T=_COMPLEX, Tout=_REAL)
def imaginary_part(input):
    """Imaginary part of each element."""
    return jnp.imag(input)


@imaginary_part.gradient
def _(op, dout):
    return _as_complex(constant(0, dout.dtype), dout)


@op("Conj", "input: T -> output: T", unchanged, T=_CONJUGABLE)
def conj(input):
    """Complex conjugate of each element."""
    return jnp.conj(input)


@conj.gradient
def _(op, dout):
    return conjugate(dout)


@op("Angle", _PART, unchanged, T=_COMPLEX, Tout=_REAL)
def angle(input):
    """Argument of each element."""
    return jnp.angle(input)


@angle.gradient
def _(op, dout):
    x, part = op.inputs[0], dout.dtype.base_dtype
    with after(dout):
        real = real_part(x, Tout=part)
        turned = node("Reciprocal", _as_complex(imaginary_part(x, Tout=part), real))
        return times(negated(_as_complex(dout, constant(0, dout.dtype))), turned)


@op("ComplexAbs", "x: T -> y: Tout", unchanged, T=_COMPLEX, Tout=_REAL)
def complex_abs(x):
    """Absolute value of each complex element."""
    return jnp.abs(x)


@complex_abs.gradient
def _(op, dy):
    x, y = op.inputs[0], op.outputs[0]
    direction = times(_as_complex(dy, zeros_like(dy)), x)
    return node("DivNoNan", direction, _as_complex(y, zeros_like(y)), name="div_no_nan")
