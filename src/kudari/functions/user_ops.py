"""`tf.user_ops`: the example of an op of one's own that TensorFlow came with."""

from __future__ import annotations

from ..graph.tensor import Tensor
from ..ops.forms import node


def my_fact() -> Tensor:
    """Return a scalar text, a fact of mathematics."""
    return node("Fact")
