"""Public names of the functions on shapes, slices, joins, fills and lookups."""

from typing import Any

from ..functions import array, filling, joining, picking, slicing
from ..ops import matrices
from ..ops.segments import unsorted_segment_sum

NAMES: dict[str, Any] = {name: getattr(array, name) for name in (
    "bitcast", "broadcast_dynamic_shape", "broadcast_static_shape", "convert_to_tensor", "ensure_shape",
    "expand_dims", "identity", "identity_n", "placeholder", "placeholder_with_default", "rank", "shape", "shape_n",
    "size", "squeeze", "stop_gradient", "transpose",
)}
NAMES.update({
    "reshape manip.reshape": array.reshape,
    "matrix_transpose linalg.matrix_transpose linalg.transpose": matrices.matrix_transpose,
    "invert_permutation math.invert_permutation": array.invert_permutation,
    "diag linalg.tensor_diag": filling.diag,
    "diag_part linalg.tensor_diag_part": filling.diag_part,
    "matrix_band_part linalg.band_part": filling.matrix_band_part,
    "linspace lin_space": filling.lin_space,
    "gather_nd manip.gather_nd": picking.gather_nd,
    "scatter_nd manip.scatter_nd": picking.scatter_nd,
    "reverse reverse_v2 manip.reverse": slicing.reverse,
    "tile manip.tile": slicing.tile,
    "unsorted_segment_sum math.unsorted_segment_sum": unsorted_segment_sum,
    "newaxis": None,
})
NAMES.update({name: getattr(filling, name) for name in (
    "fill", "one_hot", "ones", "ones_like", "range", "sequence_mask", "zeros", "zeros_like",
)})
NAMES.update({name: getattr(joining, name) for name in ("concat", "meshgrid", "split", "stack", "unstack")})
NAMES.update({name: getattr(picking, name) for name in ("boolean_mask", "gather", "unique", "where")})
NAMES.update({name: getattr(slicing, name) for name in (
    "broadcast_to", "pad", "reverse_sequence", "slice", "strided_slice",
)})
