"""`tf.train.experimental.enable_mixed_precision_graph_rewrite`: losses scaled for arithmetic in half precision."""

from __future__ import annotations

from typing import Any

from ..platform import logging
from .loss_scale_optimizer import MixedPrecisionLossScaleOptimizer
from .optimizer import Optimizer

_state = {"is_enabled": False}


def enable_mixed_precision_graph_rewrite(opt: Optimizer, loss_scale: Any = "dynamic") -> MixedPrecisionLossScaleOptimizer:
    """Return an optimizer that scales the loss for `opt`.

    TensorFlow also has GPUs compute products in half precision from then on. Kudari does not: ops keep their types, and a
    warning says so. XLA computes products of float32 on GPUs with the precision that `jax_default_matmul_precision` says.

    Args:
      opt: applies the gradients.
      loss_scale: a number, `"dynamic"`, or a `tf.train.experimental.LossScale`.

    Raises:
      ValueError: if `opt` scales the loss already, or is no `tf.train.Optimizer`.
    """
    if isinstance(opt, MixedPrecisionLossScaleOptimizer):
        raise ValueError('"opt" must not already be an instance of a MixedPrecisionLossScaleOptimizer. '
                         "`enable_mixed_precision_graph_rewrite` will automatically wrap the optimizer with a "
                         "MixedPrecisionLossScaleOptimizer.")
    if not isinstance(opt, Optimizer):
        raise ValueError('"opt" must be an instance of a tf.train.Optimizer or a tf.keras.optimizers.Optimizer, but got: '
                         f"{opt}")
    logging.warning("enable_mixed_precision_graph_rewrite: the loss is scaled, but ops keep their types.")
    _state["is_enabled"] = True
    return MixedPrecisionLossScaleOptimizer(opt, loss_scale)


def disable_mixed_precision_graph_rewrite() -> None:
    """Undo `enable_mixed_precision_graph_rewrite` for what is built next; optimizers made keep their scaled losses."""
    if not _state["is_enabled"]:
        logging.warning("disable_mixed_precision_graph_rewrite() called when mixed precision is already disabled.")
    _state["is_enabled"] = False
