"""Normalizing by the mean and variance of a batch."""

from __future__ import annotations

from typing import Any

from ..graph.tensor import Tensor
from ..op.constant import constant
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops.batch_normalization import fused_batch_norm_v3
from ..ops.elementwise import rsqrt
from ..ops.forms import cast, negated, plus, times
from .arguments import renamed


def batch_normalization(x: Any, mean: Any, variance: Any, offset: Any, scale: Any, variance_epsilon: float,
                        name: str | None = None) -> Tensor:
    """Return `x` with `mean` taken away and divided by the root of `variance`, then scaled and moved.

    Ioffe and Szegedy, 2015, https://arxiv.org/abs/1502.03167.

    Args:
      x: a floating-point tensor.
      mean: of a shape that broadcasts against `x`, as all that follow.
      variance: likewise.
      offset: what the result is moved by, the paper's beta; `None` for nothing.
      scale: what it is multiplied by, the paper's gamma; `None` for nothing.
      variance_epsilon: a small number added to `variance`.
      name: of the scope.

    Returns:
      A tensor of the shape and type of `x`.
    """
    with scoped(name, "batchnorm", [x, mean, variance, scale, offset]):
        inverse = rsqrt(plus(variance, variance_epsilon))
        if scale is not None:
            inverse = times(inverse, scale)
        scaled = times(x, cast(inverse, x.dtype))
        moved = negated(mean) if offset is None else times(mean, inverse)
        moved = times(moved, inverse) if offset is None else offset - moved
        return plus(scaled, cast(moved, x.dtype))


def fused_batch_norm(x: Any, scale: Any, offset: Any, mean: Any = None, variance: Any = None, epsilon: float = 0.001,
                     data_format: str = "NHWC", is_training: bool = True,
                     name: str | None = None) -> tuple[Tensor, Tensor, Tensor]:
    """Return `x` normalized over all but its channels, scaled and moved, in one node.

    Ioffe and Szegedy, 2015, https://arxiv.org/abs/1502.03167.

    Args:
      x: a tensor of four dimensions, float16, bfloat16 or float32.
      scale: float32, one number for each channel.
      offset: likewise.
      mean: of the population, likewise, when not training; the batch's own is taken in training.
      variance: likewise.
      epsilon: a small number added to the variance, at least 1.001e-5.
      data_format: `NHWC` or `NCHW`.
      is_training: whether to normalize by the batch's own mean and variance.
      name: of the node.

    Returns:
      The normalized tensor, and the mean and the (unbiased) variance it was normalized by, one number for each channel.

    Raises:
      ValueError: if a mean or a variance is given in training.
    """
    x, scale, offset = (convert_to_tensor(value, name=label)
                        for value, label in ((x, "input"), (scale, "scale"), (offset, "offset")))
    if is_training and (mean is not None or variance is not None):
        raise ValueError("Both 'mean' and 'variance' must be None if is_training is True.")
    mean = constant([]) if mean is None else mean
    variance = constant([]) if variance is None else variance
    return tuple(fused_batch_norm_v3(x, scale, offset, mean, variance, epsilon=max(epsilon, 1.001e-5),
                                     data_format=data_format, is_training=is_training, name=name)[:3])


def batch_norm_with_global_normalization(t: Any = None, m: Any = None, v: Any = None, beta: Any = None, gamma: Any = None,
                                         variance_epsilon: float | None = None,
                                         scale_after_normalization: bool | None = None, name: str | None = None,
                                         input: Any = None, mean: Any = None, variance: Any = None) -> Tensor:
    """Deprecated: `batch_normalization` by other names.

    Args:
      t: a floating-point tensor `[batch, height, width, channels]`.
      m: mean of each channel.
      v: variance of each channel.
      beta: what the result is moved by.
      gamma: what it is multiplied by, if `scale_after_normalization`.
      variance_epsilon: a small number added to the variance.
      scale_after_normalization: whether `gamma` is used.
      name: of the scope.
      input: `t` by another name.
      mean: `m` by another name.
      variance: `v` by another name.
    """
    t, m, v = renamed("input", input, "t", t), renamed("mean", mean, "m", m), renamed("variance", variance, "v", v)
    return batch_normalization(t, m, v, beta, gamma if scale_after_normalization else None, variance_epsilon, name)
