"""`tf.nn.swish`, which keeps only its input for the gradient."""

from __future__ import annotations

from typing import Any

from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..ops.forms import after, minus, node, plus, times
from .custom_gradient import custom_gradient


@custom_gradient
def swish(features: Any) -> Any:
    """Return `x * sigmoid(x)`.

    Args:
      features: a tensor of floats.
    """
    features = convert_to_tensor(features, name="features")

    def slope(grad: Tensor) -> Tensor:
        with after(grad):
            sigmoid = node("Sigmoid", features)
        return times(grad, times(sigmoid, plus(1.0, times(features, minus(1.0, sigmoid)))))

    return times(features, node("Sigmoid", features)), slope
