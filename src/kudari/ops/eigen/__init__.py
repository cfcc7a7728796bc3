"""Arithmetic in the order and rounding of TensorFlow 1.3.0's CPU kernels (Eigen with SSE, one thread).

Programs that use these functions must be compiled with `COMPILER_OPTIONS` (or `compiler_options(elements)`): under
XLA's ordinary options the same operations are contracted and reordered.
"""

from .activations import elu, relu, relu6
from .cross_entropy import softmax_cross_entropy, sparse_softmax_cross_entropy
from .error_function import erf
from .exp_near_one import expm1
from .exponential import exp, sigmoid
from .hyperbolic import tanh
from .log_near_one import log1p
from .logarithm import log, softplus
from .options import COMPILER_OPTIONS, COMPILER_OPTIONS_LARGE, compiler_options, with_wrapped_kernels
from .powers import pow
from .products import matmul
from .reductions import max, mean, min, prod, sum
from .roots import rsqrt, sqrt
from .rows import log_softmax, softmax
from .sums import add_n, bias_add_grad, cumprod, cumsum, l2_loss
from .table import EXACT
from .trigonometry import cos, sin

__all__ = [
    "COMPILER_OPTIONS",
    "COMPILER_OPTIONS_LARGE",
    "EXACT",
    "add_n",
    "bias_add_grad",
    "compiler_options",
    "cos",
    "cumprod",
    "cumsum",
    "elu",
    "erf",
    "exp",
    "expm1",
    "l2_loss",
    "log",
    "log1p",
    "log_softmax",
    "matmul",
    "max",
    "mean",
    "min",
    "pow",
    "prod",
    "relu",
    "relu6",
    "rsqrt",
    "sigmoid",
    "sin",
    "softmax",
    "softmax_cross_entropy",
    "softplus",
    "sparse_softmax_cross_entropy",
    "sqrt",
    "sum",
    "tanh",
    "with_wrapped_kernels",
]
