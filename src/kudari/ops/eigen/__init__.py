"""Arithmetic in the order and rounding of TensorFlow 1.3.0's CPU kernels (Eigen with SSE, one thread).

Programs that use these functions must be compiled with `COMPILER_OPTIONS` (or `compiler_options(elements)`): under
XLA's ordinary options the same operations are contracted and reordered.
"""

from .options import COMPILER_OPTIONS, COMPILER_OPTIONS_LARGE, compiler_options
from .products import matmul
from .reductions import max, mean, min, prod, sum
from .table import EXACT

__all__ = [
    "COMPILER_OPTIONS",
    "COMPILER_OPTIONS_LARGE",
    "EXACT",
    "compiler_options",
    "matmul",
    "max",
    "mean",
    "min",
    "prod",
    "sum",
]
