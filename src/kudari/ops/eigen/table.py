"""Which op types have a lowering that keeps TensorFlow 1.3's digits.

An op that is not here either rounds the same in any lowering (`Add`, `Mul`, `Square`, `Relu`, every data movement) or
is not reproduced (docs/numerics.md names those).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from .. import adadelta, adagrad, adagrad_da, adam, ftrl, proximal, rmsprop
from ..steps import Roots
from . import (
    activations,
    cross_entropy,
    error_function,
    exp_near_one,
    exponential,
    gradients,
    hyperbolic,
    log_near_one,
    logarithm,
    powers,
    products,
    reductions,
    roots,
    rows,
    sums,
    trigonometry,
)


def _plain(function: Callable) -> Callable:
    def lowering(*inputs: jax.Array, **_: Any) -> Any:
        return function(*inputs)

    return lowering


def _reduction(function: Callable) -> Callable:
    def lowering(input: jax.Array, reduction_indices: np.ndarray, *, keep_dims: bool = False, **_: Any) -> jax.Array:
        return function(input, tuple(np.ravel(reduction_indices).tolist()), keep_dims)

    return lowering


def _scan(function: Callable) -> Callable:
    def lowering(
        x: jax.Array, axis: np.ndarray, *, exclusive: bool = False, reverse: bool = False, **_: Any
    ) -> jax.Array:
        return function(x, int(axis), exclusive, reverse)

    return lowering


def _matmul(
    a: jax.Array, b: jax.Array, *, transpose_a: bool = False, transpose_b: bool = False, **_: Any
) -> jax.Array:
    return products.matmul(a, b, transpose_a, transpose_b)


def _bias_add_grad(out_backprop: jax.Array, *, data_format: str | bytes = "NHWC", **_: Any) -> jax.Array:
    return sums.bias_add_grad(out_backprop, -3 if data_format in ("NCHW", b"NCHW") else -1)


def _cross_entropy(features: jax.Array, labels: jax.Array, **_: Any) -> tuple[jax.Array, jax.Array]:
    return cross_entropy.softmax_cross_entropy(*jnp.broadcast_arrays(features, labels))


_REDUCTIONS = {name.capitalize(): _reduction(getattr(reductions, name)) for name in ("sum", "mean", "prod", "max", "min")}

_SCANS = {"Cumsum": _scan(sums.cumsum), "Cumprod": _scan(sums.cumprod)}

_ELEMENTWISE = {
    "Exp": exponential.exp,
    "Sigmoid": exponential.sigmoid,
    "Log": logarithm.log,
    "Softplus": logarithm.softplus,
    "Log1p": log_near_one.log1p,
    "Expm1": exp_near_one.expm1,
    "Tanh": hyperbolic.tanh,
    "Erf": error_function.erf,
    "Sqrt": roots.sqrt,
    "Rsqrt": roots.rsqrt,
    "Sin": trigonometry.sin,
    "Cos": trigonometry.cos,
    "Pow": powers.pow,
    "Relu": activations.relu,
    "Relu6": activations.relu6,
    "Elu": activations.elu,
    "TanhGrad": gradients.tanh_grad,
    "SigmoidGrad": gradients.sigmoid_grad,
    "ReciprocalGrad": gradients.reciprocal_grad,
    "InvGrad": gradients.reciprocal_grad,
    "SqrtGrad": gradients.sqrt_grad,
    "RsqrtGrad": gradients.rsqrt_grad,
    "SoftplusGrad": gradients.softplus_grad,
}

_ROWS = {
    "Softmax": rows.softmax,
    "LogSoftmax": rows.log_softmax,
    "SparseSoftmaxCrossEntropyWithLogits": cross_entropy.sparse_softmax_cross_entropy,
    "AddN": sums.add_n,
    "L2Loss": sums.l2_loss,
}

_ROOTS = Roots(roots.sqrt, roots.rsqrt)
_ROOTS_OF_ROWS = Roots(jax.vmap(roots.sqrt), jax.vmap(roots.rsqrt))

_STEPS = {
    "ApplyAdam": partial(adam.adam, _ROOTS),
    "ApplyRMSProp": partial(rmsprop.rmsprop, _ROOTS),
    "ApplyCenteredRMSProp": partial(rmsprop.centered, _ROOTS),
    "ApplyAdagrad": partial(adagrad.adagrad, _ROOTS),
    "ApplyAdadelta": partial(adadelta.adadelta, _ROOTS),
    "ApplyAdagradDA": partial(adagrad_da.adagrad_da, _ROOTS),
    "ApplyFtrl": partial(ftrl.ftrl, _ROOTS),
    "ApplyFtrlV2": partial(ftrl.ftrl_with_shrinkage, _ROOTS),
    "ApplyProximalAdagrad": partial(proximal.proximal_adagrad, _ROOTS),
    "SparseApplyRMSProp": partial(rmsprop.sparse_rmsprop, _ROOTS_OF_ROWS),
    "SparseApplyCenteredRMSProp": partial(rmsprop.sparse_centered, _ROOTS_OF_ROWS),
    "SparseApplyAdagrad": partial(adagrad.sparse_adagrad, _ROOTS_OF_ROWS),
    "SparseApplyAdadelta": partial(adadelta.sparse_adadelta, _ROOTS_OF_ROWS),
    "SparseApplyAdagradDA": partial(adagrad_da.sparse_adagrad_da, _ROOTS_OF_ROWS),
    "SparseApplyFtrl": partial(ftrl.sparse_ftrl, _ROOTS_OF_ROWS),
    "SparseApplyFtrlV2": partial(ftrl.sparse_ftrl_with_shrinkage, _ROOTS_OF_ROWS),
    "SparseApplyProximalAdagrad": partial(proximal.sparse_proximal_adagrad, _ROOTS_OF_ROWS),
}

EXACT: dict[str, Callable[..., Any]] = {
    **_REDUCTIONS,
    **_SCANS,
    **_STEPS,
    **{f"Resource{name}": rule for name, rule in _STEPS.items()},
    **{name: _plain(function) for name, function in (_ELEMENTWISE | _ROWS).items()},
    "MatMul": _matmul,
    "BiasAddGrad": _bias_add_grad,
    "SoftmaxCrossEntropyWithLogits": _cross_entropy,
}
"""Op type to lowering: inputs by position, attributes by their OpDef names; further attributes are let pass."""
