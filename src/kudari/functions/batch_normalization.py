"""Normalizing by the mean and variance of a batch."""

from __future__ import annotations

from typing import Any

from ..graph.tensor import Tensor
from ..op.scope import scoped
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
