"""Products of matrices."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from ..graph.operation import Operation
from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..op.definition import op
from ..op.rules import brackets, fail, fit, merge_shapes, with_rank
from ..op.scope import scoped
from ..shape import Shape, broadcast, is_defined
from .broadcasting import Operand
from .forms import conjugate, node
from .shapes import all_but_last, shape_of
from .typesets import MULTIPLIABLE

_BATCH = "x: T, y: T -> output: T"


def _product_shape(op: Operation) -> list[Shape]:
    a, b = (with_rank(op, tensor, 2) for tensor in op.inputs)
    return [_matrix(op, a, b, op["transpose_a"], op["transpose_b"])]


def _matrix(op: Operation, a: Any, b: Any, turn_a: bool, turn_b: bool) -> tuple[int | None, int | None]:
    rows, depth = a[::-1] if turn_a else a
    depth_b, columns = b[::-1] if turn_b else b
    if depth is not None and depth_b is not None and depth != depth_b:
        fail(op, f"Dimensions must be equal, but are {depth} and {depth_b}")
    return rows, columns


@op("MatMul", "a: T, b: T -> product: T", _product_shape, T=MULTIPLIABLE, transpose_a=False, transpose_b=False)
def mat_mul(a, b, *, transpose_a, transpose_b):
    """Product of two matrices, either of which may be taken transposed."""
    return jnp.matmul(a.T if transpose_a else a, b.T if transpose_b else b)


@mat_mul.check
def _(op, a, b):
    for i, shape in enumerate((np.shape(a), np.shape(b))):
        if len(shape) != 2:
            raise ValueError(f"In[{i}] is not a matrix. Instead it has shape {brackets(shape)}")
    if np.shape(a)[0 if op["transpose_a"] else 1] != np.shape(b)[1 if op["transpose_b"] else 0]:
        raise ValueError(f"Matrix size-incompatible: In[0]: {brackets(np.shape(a))}, In[1]: {brackets(np.shape(b))}")


@mat_mul.gradient
def _(op, dy):
    a, b = conjugate(op.inputs[0]), conjugate(op.inputs[1])
    match op["transpose_a"], op["transpose_b"]:
        case False, False:
            return mat_mul(dy, b, transpose_b=True), mat_mul(a, dy, transpose_a=True)
        case False, True:
            return mat_mul(dy, b), mat_mul(dy, a, transpose_a=True)
        case True, False:
            return mat_mul(b, dy, transpose_b=True), mat_mul(a, dy)
        case _:
            both = {"transpose_a": True, "transpose_b": True}
            return mat_mul(b, dy, **both), mat_mul(dy, a, **both)


def _batch_shape(op: Operation, batches: Any) -> list[Shape]:
    x, y = (tensor.static_shape for tensor in op.inputs)
    for shape in (x, y):
        if shape is not None and len(shape) < 2:
            fail(op, f"Shape must be at least rank 2 but is rank {len(shape)}")
    if x is None or y is None:
        return [None]
    matrix = _matrix(op, x[-2:], y[-2:], op["adj_x"], op["adj_y"])
    return [(*batches(op, x[:-2], y[:-2]), *matrix)]


def _broadcast_batches(op: Operation, x: Any, y: Any) -> Any:
    try:
        return broadcast(x, y)
    except ValueError as error:
        fail(op, str(error))


def _same_batches(op: Operation) -> list[Shape]:
    return _batch_shape(op, merge_shapes)


def _any_batches(op: Operation) -> list[Shape]:
    return _batch_shape(op, _broadcast_batches)


def _adjoint(x, wanted):
    return jnp.conj(jnp.swapaxes(x, -1, -2)) if wanted else x


@op("BatchMatMul", _BATCH, _same_batches, T=MULTIPLIABLE, adj_x=False, adj_y=False)
def batch_mat_mul(x, y, *, adj_x, adj_y):
    """Products of matrices in two stacks of one shape, either of which may be taken adjoint."""
    return jnp.matmul(_adjoint(x, adj_x), _adjoint(y, adj_y))


@op("BatchMatMulV2", _BATCH, _any_batches, T=MULTIPLIABLE, adj_x=False, adj_y=False)
def batch_mat_mul_v2(x, y, *, adj_x, adj_y):
    """Products of matrices in two stacks that broadcast, either of which may be taken adjoint."""
    return jnp.matmul(_adjoint(x, adj_x), _adjoint(y, adj_y))


@batch_mat_mul.check
@batch_mat_mul_v2.check
def _(op, x, y):
    x, y = np.shape(x), np.shape(y)
    for i, shape in enumerate((x, y)):
        if len(shape) < 2:
            raise ValueError(f"In[{i}] ndims must be >= 2: {len(shape)}")
    if not fit(x[:-2], y[:-2]):
        raise ValueError(f"In[0] and In[1] must have compatible batch dimensions: {brackets(x)} vs. {brackets(y)}")
    depth, depth_y = x[-2 if op["adj_x"] else -1], y[-1 if op["adj_y"] else -2]
    if depth != depth_y:
        raise ValueError(f"In[0] mismatch In[1] shape: {depth} vs. {depth_y}: {brackets(x)} {brackets(y)} "
                         f"{op['adj_x']:d} {op['adj_y']:d}")


def _batch_gradient(op: Operation, dy: Tensor) -> tuple[Tensor, Tensor]:
    x, y = op.inputs
    match op["adj_x"], op["adj_y"]:
        case False, False:
            return matmul(dy, y, adjoint_b=True), matmul(x, dy, adjoint_a=True)
        case False, True:
            return matmul(dy, y), matmul(dy, x, adjoint_a=True)
        case True, False:
            return matmul(y, dy, adjoint_b=True), matmul(x, dy)
        case _:
            return matmul(y, dy, adjoint_a=True, adjoint_b=True), matmul(dy, x, adjoint_a=True, adjoint_b=True)


@batch_mat_mul.gradient
def _(op, dy):
    return _batch_gradient(op, dy)


@batch_mat_mul_v2.gradient
def _(op, dy):
    dx, dy = _batch_gradient(op, dy)
    x, y = op.inputs
    if is_defined(x.static_shape) and x.static_shape == y.static_shape:
        return dx, dy
    sizes_x, sizes_y = shape_of(x), shape_of(y)
    axes_x, axes_y = node("BroadcastGradientArgs", all_but_last(sizes_x, 2), all_but_last(sizes_y, 2))
    dx = Operand(sizes_x, axes_x).reduce(dx)
    return dx, Operand(sizes_y, axes_y).reduce(dy)


def matmul(a: Any, b: Any, transpose_a: bool = False, transpose_b: bool = False, adjoint_a: bool = False,
           adjoint_b: bool = False, name: str | None = None) -> Tensor:
    """Return the matrix product of `a` and `b`, or of the matrices in their last two dimensions.

    Raises:
      ValueError: if a matrix is to be both transposed and adjoint, or shapes do not fit.
    """
    with scoped(name, "MatMul", [a, b]) as scope:
        if transpose_a and adjoint_a:
            raise ValueError("Only one of transpose_a and adjoint_a can be True.")
        if transpose_b and adjoint_b:
            raise ValueError("Only one of transpose_b and adjoint_b can be True.")
        a, b = convert_to_tensor(a, name="a"), convert_to_tensor(b, name="b")
        if _may_be_stack(a) or _may_be_stack(b):
            a, b = conjugate(a) if transpose_a else a, conjugate(b) if transpose_b else b
            return batch_mat_mul_v2(a, b, adj_x=adjoint_a or transpose_a, adj_y=adjoint_b or transpose_b, name=scope)
        a, b = conjugate(a) if adjoint_a else a, conjugate(b) if adjoint_b else b
        return mat_mul(a, b, transpose_a=transpose_a or adjoint_a, transpose_b=transpose_b or adjoint_b, name=scope)


def _may_be_stack(x: Tensor) -> bool:
    return x.static_shape is None or len(x.static_shape) > 2
