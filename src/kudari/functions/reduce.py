"""`tf.reduce_*`, the places of extremes, and running sums."""

from __future__ import annotations

from typing import Any

from ..dtypes import int64
from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops import scan
from ..ops.comparison import is_finite, not_equal
from ..ops.elementwise import sqrt, square
from ..ops.exponential import exp, log
from ..ops.forms import cast, minus, node
from ..ops.reduce import arg_max, arg_min
from ..ops.shapes import reduction, shape_of, zeros, zeros_like
from ..shape import is_defined
from .arguments import renamed


def _reducer(type_name: str, function_name: str, what: str) -> Any:
    def reduce(input_tensor: Any, axis: Any = None, keepdims: Any = None, name: str | None = None,
               reduction_indices: Any = None, keep_dims: Any = None) -> Tensor:
        axis = renamed("axis", axis, "reduction_indices", reduction_indices)
        keepdims = renamed("keepdims", keepdims, "keep_dims", keep_dims)
        return reduction(type_name, input_tensor, axis, keepdims, name)

    reduce.__name__ = reduce.__qualname__ = function_name
    reduce.__doc__ = f"""Return {what} of the elements along axes.

    Args:
      input_tensor: a tensor.
      axis: an axis or a list of them, negative ones counted from the end; all if `None`.
      keepdims: whether the reduced axes stay, with size 1.
      name: of the node.
      reduction_indices: the old name of `axis`.
      keep_dims: the old name of `keepdims`.

    Returns:
      A tensor of the type of `input_tensor`.

    Raises:
      ValueError: if an argument is given under both names, or an axis is not there.
    """
    return reduce


reduce_sum = _reducer("Sum", "reduce_sum", "the sum")
reduce_mean = _reducer("Mean", "reduce_mean", "the mean (of integers, rounded toward zero)")
reduce_prod = _reducer("Prod", "reduce_prod", "the product")
reduce_max = _reducer("Max", "reduce_max", "the greatest")
reduce_min = _reducer("Min", "reduce_min", "the least")
reduce_all = _reducer("All", "reduce_all", "whether all hold")
reduce_any = _reducer("Any", "reduce_any", "whether any holds")


def reduce_logsumexp(input_tensor: Any, axis: Any = None, keepdims: Any = None, name: str | None = None,
                     reduction_indices: Any = None, keep_dims: Any = None) -> Tensor:
    """Return the logarithm of the sum of the exponentials of the elements along axes, without overflow.

    Args:
      input_tensor: a tensor of floats.
      axis: an axis or a list of them; all if `None`.
      keepdims: whether the reduced axes stay, with size 1.
      name: of the scope.
      reduction_indices: the old name of `axis`.
      keep_dims: the old name of `keepdims`.

    Raises:
      ValueError: if an argument is given under both names, or an axis is not there.
    """
    axis = renamed("axis", axis, "reduction_indices", reduction_indices)
    keepdims = bool(renamed("keepdims", keepdims, "keep_dims", keep_dims))
    x = convert_to_tensor(input_tensor)
    with scoped(name, "ReduceLogSumExp", [x]):
        greatest = reduction("Max", x, axis, True)
        finite = is_finite(greatest)
        shift = node("StopGradient", node("Select", finite, greatest, zeros_like(greatest)))
        result = log(reduction("Sum", exp(node("Sub", x, shift)), axis, keepdims))
        if not keepdims:
            shift = node("Reshape", shift, shape_of(result))
        return _scalar_if_all(node("Add", result, shift), axis, keepdims)


def _scalar_if_all(result: Tensor, axis: Any, keepdims: bool) -> Tensor:
    if axis is None and not keepdims and not is_defined(result.static_shape):
        result.set_shape(())
    return result


def reduce_variance(input_tensor: Any, axis: Any = None, keepdims: bool = False, name: str | None = None) -> Tensor:
    """Return the variance of the elements along axes.

    Args:
      input_tensor: a tensor of floats.
      axis: an axis or a list of them; all if `None`.
      keepdims: whether the reduced axes stay, with size 1.
      name: of the scope.
    """
    with scoped(name or "reduce_variance", "reduce_variance"):
        means = reduction("Mean", input_tensor, axis, True)
        deviations = square(minus(input_tensor, means))
        return reduction("Mean", deviations, axis, keepdims)


def reduce_std(input_tensor: Any, axis: Any = None, keepdims: bool = False, name: str | None = None) -> Tensor:
    """Return the standard deviation of the elements along axes.

    Args:
      input_tensor: a tensor of floats.
      axis: an axis or a list of them; all if `None`.
      keepdims: whether the reduced axes stay, with size 1.
      name: of the scope.
    """
    with scoped(name or "reduce_std", "reduce_std"):
        return sqrt(reduce_variance(input_tensor, axis, keepdims))


def count_nonzero(input_tensor: Any = None, axis: Any = None, keepdims: Any = None, dtype: Any = int64,
                  name: str | None = None, reduction_indices: Any = None, keep_dims: Any = None,
                  input: Any = None) -> Tensor:
    """Return how many elements along axes are not zero.

    Args:
      input_tensor: a tensor of numbers, Booleans or text.
      axis: an axis or a list of them; all if `None`.
      keepdims: whether the reduced axes stay, with size 1.
      dtype: of the result.
      name: of the scope.
      reduction_indices: the old name of `axis`.
      keep_dims: the old name of `keepdims`.
      input: the new name of `input_tensor`.

    Raises:
      ValueError: if an argument is given under both names, or an axis is not there.
    """
    keepdims = bool(renamed("keepdims", keepdims, "keep_dims", keep_dims))
    x = renamed("input", input, "input_tensor", input_tensor)
    axis = renamed("axis", axis, "reduction_indices", reduction_indices)
    with scoped(name, "count_nonzero", [x]):
        x = convert_to_tensor(x, name="input")
        zero = zeros((), x.dtype)
        counted = cast(not_equal(x, zero), int64)
        return cast(reduction("Sum", counted, axis, keepdims), dtype)


def argmax(input: Any, axis: Any = None, name: str | None = None, dimension: Any = None,
           output_type: Any = int64) -> Tensor:
    """Return the place of the greatest element along an axis, the first of several.

    Args:
      input: a tensor of numbers.
      axis: the axis; the first if `None`.
      name: of the node.
      dimension: the old name of `axis`.
      output_type: int32 or int64.

    Raises:
      ValueError: if the axis is given under both names, or is not there.
    """
    axis = renamed("axis", axis, "dimension", dimension)
    return arg_max(input, 0 if axis is None else axis, name=name, output_type=output_type)


def argmin(input: Any, axis: Any = None, name: str | None = None, dimension: Any = None,
           output_type: Any = int64) -> Tensor:
    """Return the place of the least element along an axis, the first of several.

    Args:
      input: a tensor of numbers.
      axis: the axis; the first if `None`.
      name: of the node.
      dimension: the old name of `axis`.
      output_type: int32 or int64.

    Raises:
      ValueError: if the axis is given under both names, or is not there.
    """
    axis = renamed("axis", axis, "dimension", dimension)
    return arg_min(input, 0 if axis is None else axis, name=name, output_type=output_type)


def cumsum(x: Any, axis: Any = 0, exclusive: bool = False, reverse: bool = False, name: str | None = None) -> Tensor:
    """Return the running sum of `x` along an axis.

    Args:
      x: a tensor of numbers.
      axis: the axis.
      exclusive: whether each sum leaves out its own element.
      reverse: whether to run from the end.
      name: of the node.
    """
    return scan.cumsum(x, axis, exclusive=exclusive, reverse=reverse, name=name)


def cumprod(x: Any, axis: Any = 0, exclusive: bool = False, reverse: bool = False, name: str | None = None) -> Tensor:
    """Return the running product of `x` along an axis.

    Args:
      x: a tensor of numbers.
      axis: the axis.
      exclusive: whether each product leaves out its own element.
      reverse: whether to run from the end.
      name: of the node.
    """
    return scan.cumprod(x, axis, exclusive=exclusive, reverse=reverse, name=name)
