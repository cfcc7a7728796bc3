"""Public names of arithmetic, reductions and linear algebra."""

from ..functions import clipping, complex, elementwise, linalg, reduce
from ..functions import operators as operators
from ..functions.stitching import setdiff1d
from ..functions.tensordot import tensordot
from ..ops import arithmetic, comparison, exponential, extremes, trigonometry
from ..ops import elementwise as element_ops
from ..ops import reduce as reduce_ops
from ..ops.stitching import dynamic_stitch

_OF_ONE = {
    "exp": exponential.exp, "expm1": exponential.expm1, "log": exponential.log, "log1p": exponential.log1p,
    "tanh": exponential.tanh, "erf": exponential.erf, "erfc": exponential.erfc, "lgamma": exponential.lgamma,
    "digamma": exponential.digamma, "polygamma": exponential.polygamma,
    "sin": trigonometry.sin, "cos": trigonometry.cos, "tan": trigonometry.tan, "asin": trigonometry.asin,
    "acos": trigonometry.acos, "atan": trigonometry.atan, "atan2": trigonometry.atan2, "sinh": trigonometry.sinh,
    "cosh": trigonometry.cosh, "asinh": trigonometry.asinh, "acosh": trigonometry.acosh, "atanh": trigonometry.atanh,
    "square": element_ops.square, "sqrt": element_ops.sqrt, "rsqrt": element_ops.rsqrt, "sign": element_ops.sign,
    "negative": element_ops.neg, "floor": element_ops.floor, "ceil": element_ops.ceil, "rint": element_ops.rint,
    "reciprocal": element_ops.reciprocal, "abs": elementwise.absolute, "round": elementwise.round,
    "is_nan": comparison.is_nan, "is_inf": comparison.is_inf, "is_finite": comparison.is_finite,
    "logical_not": comparison.logical_not, "conj": complex.conj, "real": complex.real, "imag": complex.imag,
    "angle": complex.angle, "log_sigmoid": elementwise.log_sigmoid,
}
_OF_TWO = {
    "add": arithmetic.add, "subtract": elementwise.subtract, "multiply": elementwise.multiply,
    "divide": elementwise.divide, "truediv": elementwise.truediv, "floordiv": elementwise.floordiv,
    "mod": arithmetic.floor_mod, "floormod": arithmetic.floor_mod, "pow": elementwise.pow,
    "maximum": extremes.maximum, "minimum": extremes.minimum, "squared_difference": arithmetic.squared_difference,
    "scalar_mul": elementwise.scalar_mul, "less": comparison.less, "less_equal": comparison.less_equal,
    "greater": comparison.greater, "greater_equal": comparison.greater_equal, "equal": elementwise.equal,
    "not_equal": elementwise.not_equal, "logical_and": comparison.logical_and, "logical_or": comparison.logical_or,
    "logical_xor": elementwise.logical_xor,
}
_REDUCTIONS = {
    "reduce_sum": reduce.reduce_sum, "reduce_mean": reduce.reduce_mean, "reduce_prod": reduce.reduce_prod,
    "reduce_max": reduce.reduce_max, "reduce_min": reduce.reduce_min, "reduce_all": reduce.reduce_all,
    "reduce_any": reduce.reduce_any, "reduce_logsumexp": reduce.reduce_logsumexp,
    "count_nonzero": reduce.count_nonzero, "argmax": reduce.argmax, "argmin": reduce.argmin,
    "cumsum": reduce.cumsum, "cumprod": reduce.cumprod,
}
_SUMS = {"add_n": linalg.add_n, "accumulate_n": linalg.accumulate_n}

NAMES = {
    **{f"{name} math.{name}": value for name, value in (_OF_ONE | _OF_TWO | _REDUCTIONS | _SUMS).items()},
    "sigmoid math.sigmoid nn.sigmoid": exponential.sigmoid,
    "nn.tanh": exponential.tanh,
    "div": elementwise.div,
    "floor_div": arithmetic.floor_div,
    "realdiv": arithmetic.real_div,
    "truncatediv": arithmetic.truncate_div,
    "truncatemod": arithmetic.truncate_mod,
    "div_no_nan math.divide_no_nan": elementwise.div_no_nan,
    "math.multiply_no_nan": elementwise.multiply_no_nan,
    "math.reciprocal_no_nan": elementwise.reciprocal_no_nan,
    "math.polyval": elementwise.polyval,
    "math.reduce_variance": reduce.reduce_variance,
    "math.reduce_std": reduce.reduce_std,
    "arg_max": reduce_ops.arg_max,
    "arg_min": reduce_ops.arg_min,
    "complex dtypes.complex": complex.complex,
    "cast dtypes.cast": elementwise.cast,
    "saturate_cast dtypes.saturate_cast": elementwise.saturate_cast,
    "to_float": elementwise.to_float,
    "to_double": elementwise.to_double,
    "to_int32": elementwise.to_int32,
    "to_int64": elementwise.to_int64,
    "to_bfloat16": elementwise.to_bfloat16,
    "to_complex64": elementwise.to_complex64,
    "to_complex128": elementwise.to_complex128,
    "matmul linalg.matmul": linalg.matmul,
    "linalg.matvec": linalg.matvec,
    "tensordot linalg.tensordot": tensordot,
    "setdiff1d": setdiff1d,
    "dynamic_stitch": dynamic_stitch,
    "norm linalg.norm": linalg.norm,
    "nn.l2_loss": reduce_ops.l2_loss,
    "clip_by_value": clipping.clip_by_value,
    "clip_by_norm": clipping.clip_by_norm,
    "clip_by_average_norm": clipping.clip_by_average_norm,
    "clip_by_global_norm": clipping.clip_by_global_norm,
    "global_norm linalg.global_norm": clipping.global_norm,
}
