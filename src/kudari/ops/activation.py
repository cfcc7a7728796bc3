"""Activation functions, and the ops their gradients are made of."""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np

from ..dtypes import NN_FLOATING, REALNUMBER, TypeSet, float32, qint8
from ..graph.stack import get_default_graph
from ..op.definition import op
from ..op.rules import merged, unchanged
from .forms import negated, node, over, plus, times
from .shapes import shape_of, zeros, zeros_like

_UNARY = "features: T -> activations: T"
_SLOPE = "gradients: T, features: T -> backprops: T"
_SLOPE_BY_OUTPUT = "gradients: T, outputs: T -> backprops: T"
_SELU_SCALE = 1.0507009873554804934193349852946
_SELU_LIMIT = 1.7580993408473768599402175208123  # the scale times alpha
_LEAKY = NN_FLOATING.with_default(float32)


def _number(value, like):
    return jnp.asarray(value, like.dtype)


@op("Relu", _UNARY, unchanged, T=TypeSet((*REALNUMBER.allowed, qint8)))
def relu(features):
    """The positive part."""
    return jnp.maximum(features, _number(0, features))


@op("ReluGrad", _SLOPE, merged, T=REALNUMBER)
def relu_grad(gradients, features):
    """Pass gradients where the feature is positive."""
    return gradients * (features > 0).astype(gradients.dtype)


@relu.gradient
def _(op, grad):
    return relu_grad(grad, op.outputs[0])


@relu_grad.gradient
def _(op, grad):
    return relu_grad(grad, op.inputs[1]), _no_slope(op.inputs[1])


def _no_slope(x):
    return zeros(shape_of(x), x.dtype)


@op("Relu6", _UNARY, unchanged, T=REALNUMBER)
def relu6(features):
    """The positive part, at most 6."""
    return jnp.minimum(jnp.maximum(features, _number(0, features)), _number(6, features))


@op("Relu6Grad", _SLOPE, merged, T=REALNUMBER)
def relu6_grad(gradients, features):
    """Pass gradients where the feature is between 0 and 6."""
    return gradients * ((features > 0) & (features < 6)).astype(gradients.dtype)


@relu6.gradient
def _(op, grad):
    return relu6_grad(grad, op.outputs[0])


@relu6_grad.gradient
def _(op, grad):
    return relu6_grad(grad, op.inputs[1]), _no_slope(op.inputs[1])


@op("LeakyRelu", _UNARY, unchanged, alpha=0.2, T=_LEAKY)
def leaky_relu(features, *, alpha):
    """The feature where it is positive, `alpha` times it elsewhere."""
    return jnp.where(features > 0, features, features * _number(alpha, features))


@op("LeakyReluGrad", _SLOPE, merged, alpha=0.2, T=_LEAKY)
def leaky_relu_grad(gradients, features, *, alpha):
    """Pass gradients where the feature is positive, `alpha` times them elsewhere."""
    return jnp.where(features > 0, gradients, gradients * _number(alpha, gradients))


@leaky_relu.gradient
def _(op, grad):
    return leaky_relu_grad(grad, op.inputs[0], alpha=op["alpha"])


@leaky_relu_grad.gradient
def _(op, grad):
    return leaky_relu_grad(grad, op.inputs[1], alpha=op["alpha"]), _no_slope(op.inputs[1])


@op("Elu", _UNARY, unchanged, T=NN_FLOATING)
def elu(features):
    """`exp(x) - 1` for negative features, the feature itself elsewhere."""
    return jnp.where(features < 0, jnp.exp(features) - _number(1, features), features)


@op("EluGrad", _SLOPE_BY_OUTPUT, merged, T=NN_FLOATING)
def elu_grad(gradients, outputs):
    """Gradients of `Elu`, by its outputs."""
    return jnp.where(outputs < 0, (outputs + _number(1, outputs)) * gradients, gradients)


@elu.gradient
def _(op, grad):
    return elu_grad(grad, op.outputs[0])


@elu_grad.gradient
def _(op, grad):
    first = elu_grad(grad, op.inputs[1])
    return first, _where_negative(op, grad, 0)


def _where_negative(op, grad, zero):
    outputs = op.inputs[1]
    is_negative = node("Less", outputs, zero)
    product = times(grad, op.inputs[0])
    return node("Select", is_negative, product, zeros_like(outputs))


@op("Selu", _UNARY, unchanged, T=NN_FLOATING)
def selu(features):
    """Scaled exponential linear unit (Klambauer et al., 2017)."""
    negative = _number(_SELU_LIMIT, features) * (jnp.exp(features) - _number(1, features))
    return jnp.where(features < 0, negative, _number(_SELU_SCALE, features) * features)


@op("SeluGrad", _SLOPE_BY_OUTPUT, merged, T=NN_FLOATING)
def selu_grad(gradients, outputs):
    """Gradients of `Selu`, by its outputs."""
    negative = gradients * (outputs + _number(_SELU_LIMIT, outputs))
    return jnp.where(outputs < 0, negative, gradients * _number(_SELU_SCALE, outputs))


@selu.gradient
def _(op, grad):
    return selu_grad(grad, op.outputs[0])


@selu_grad.gradient
def _(op, grad):
    first = selu_grad(grad, op.inputs[1])
    return first, _where_negative(op, grad, 0.0)


@op("Softplus", _UNARY, unchanged, T=NN_FLOATING)
def softplus(features):
    """`log(exp(x) + 1)`."""
    # Beyond these limits the sum is its greater term, to the last bit, and the exponential would overflow.
    limit = float(np.log(np.float64(jnp.finfo(features.dtype).eps))) + 2
    exp = jnp.exp(features)
    return jnp.where(features > -limit, features, jnp.where(features < limit, exp, jnp.log1p(exp)))


@op("SoftplusGrad", _SLOPE, merged, T=NN_FLOATING)
def softplus_grad(gradients, features):
    """Gradients of `Softplus`."""
    return gradients / (jnp.exp(-features) + _number(1, features))


@softplus.gradient
def _(op, grad):
    return times(grad, node("Sigmoid", op.inputs[0]))


@softplus_grad.gradient
def _(op, grad):
    dy, x = op.inputs
    with get_default_graph().control_dependencies([grad]):
        first = softplus_grad(grad, x)
        product = times(grad, dy)
        rest = plus(node("Exp", negated(x)), 2.0)
        return first, over(product, plus(rest, node("Exp", x)))


@op("Softsign", _UNARY, unchanged, T=NN_FLOATING)
def softsign(features):
    """`x / (1 + |x|)`."""
    return features / (jnp.abs(features) + _number(1, features))


@op("SoftsignGrad", _SLOPE, merged, T=NN_FLOATING)
def softsign_grad(gradients, features):
    """Gradients of `Softsign`."""
    return gradients / jnp.square(jnp.abs(features) + _number(1, features))


@softsign.gradient
def _(op, grad):
    return softsign_grad(grad, op.inputs[0])
