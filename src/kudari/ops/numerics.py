"""Checks of numbers while a step runs."""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np

from ..dtypes import FLOATING
from ..op.definition import op
from ..op.rules import unchanged
from ..op.signature import required
from .forms import node


@op("CheckNumerics", "tensor: T -> output: T", unchanged, T=FLOATING, message=required("string"))
def check_numerics(tensor):
    """The tensor itself, unless it holds NaN or an infinity: then the step fails with `message`."""
    return tensor


@check_numerics.watch
def _(op, inputs, outputs):
    tensor = inputs[0]
    return ~jnp.isfinite(tensor).all(), lambda: f"{op['message']} : Tensor had {_faults(np.asarray(tensor))} values"


def _faults(tensor):
    found = {"Inf": np.isinf(tensor).any(), "NaN": np.isnan(tensor).any()}
    return " and ".join(kind for kind, is_there in found.items() if is_there)


@check_numerics.gradient
def _(op, grad):
    # TensorFlow 1.15 shows the bytes of the message as Python writes them.
    problem = f"Not a number (NaN) or infinity (Inf) values detected in gradient. {op['message'].encode()}"
    return (node("CheckNumerics", grad, message=problem),)
