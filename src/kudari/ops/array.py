"""The array family in one place: every op that shapes, fills, joins, cuts, repeats or picks elements."""

from __future__ import annotations

from .filling import diag, diag_part, fill, lin_space, matrix_band_part, one_hot, ones_like, range, zeros_like
from .joining import concat_offset, concat_v2, pack, split, split_v, unpack
from .padding import (
    broadcast_args,
    broadcast_gradient_args,
    broadcast_to,
    mirror_pad,
    mirror_pad_grad,
    pad,
    pad_v2,
    reverse_sequence,
    reverse_v2,
    tile,
)
from .passing import (
    ensure_shape,
    identity,
    identity_n,
    placeholder,
    placeholder_with_default,
    prevent_gradient,
    stop_gradient,
)
from .picking import bitcast, gather_nd, gather_v2, scatter_nd, select, where
from .shaping import (
    conjugate_transpose,
    expand_dims,
    invert_permutation,
    rank,
    reshape,
    shape,
    shape_n,
    size,
    squeeze,
    transpose,
)
from .slicing import slice, strided_slice, strided_slice_grad

__all__ = [
    "bitcast", "broadcast_args", "broadcast_gradient_args", "broadcast_to", "concat_offset", "concat_v2",
    "conjugate_transpose", "diag", "diag_part", "ensure_shape", "expand_dims", "fill", "gather_nd", "gather_v2",
    "identity", "identity_n", "invert_permutation", "lin_space", "matrix_band_part", "mirror_pad",
    "mirror_pad_grad", "one_hot", "ones_like", "pack", "pad", "pad_v2", "placeholder", "placeholder_with_default",
    "prevent_gradient", "range", "rank", "reshape", "reverse_sequence", "reverse_v2", "scatter_nd", "select",
    "shape", "shape_n", "size", "slice", "split", "split_v", "squeeze", "stop_gradient", "strided_slice",
    "strided_slice_grad", "tile", "transpose", "unpack", "where", "zeros_like",
]
