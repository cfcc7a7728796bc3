"""`tf.contrib.layers.optimize_loss`: a training op with decay, clipping, noise and summaries, by one call."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ..functions.clipping import clip_by_global_norm, global_norm
from ..functions.random import truncated_normal
from ..functions.shape_checks import assert_scalar
from ..graph.collections import GraphKeys
from ..graph.indexed_slices import IndexedSlices
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..ops.control import with_dependencies
from ..ops.forms import cast
from ..summary.summaries import histogram, scalar
from ..train.adagrad import AdagradOptimizer
from ..train.adam import AdamOptimizer
from ..train.ftrl import FtrlOptimizer
from ..train.global_step import assert_global_step, get_global_step
from ..train.gradient_descent import GradientDescentOptimizer
from ..train.momentum import MomentumOptimizer
from ..train.optimizer import Optimizer
from ..train.rmsprop import RMSPropOptimizer
from ..variables.initializers import Constant
from ..variables.listing import trainable_variables
from ..variables.scope import get_variable, variable_scope

Pairs = list[tuple[Any, Any]]


def _momentum(learning_rate: Any) -> Optimizer:
    return MomentumOptimizer(learning_rate, momentum=0.9)


OPTIMIZER_CLS_NAMES: dict[str, Callable[..., Optimizer]] = {
    "Adagrad": AdagradOptimizer, "Adam": AdamOptimizer, "Ftrl": FtrlOptimizer, "Momentum": _momentum,
    "RMSProp": RMSPropOptimizer, "SGD": GradientDescentOptimizer,
}
OPTIMIZER_SUMMARIES = ["learning_rate", "loss", "gradients", "gradient_norm", "global_gradient_norm"]


def optimize_loss(loss: Any, global_step: Any, learning_rate: Any, optimizer: Any, gradient_noise_scale: float | None = None,
                  gradient_multipliers: Mapping[Any, Any] | None = None, clip_gradients: Any = None,
                  learning_rate_decay_fn: Callable[[Any, Any], Any] | None = None,
                  update_ops: Iterable[Any] | None = None, variables: Any = None, name: str | None = None,
                  summaries: Sequence[str] | None = None, colocate_gradients_with_ops: bool = False,
                  increment_global_step: bool = True) -> Tensor:
    """Return the value of `loss` that, when it is computed, takes a training step.

    Args:
      loss: a scalar tensor.
      global_step: the variable that counts the steps; the graph's, if there is one, for `None`.
      learning_rate: a float, which becomes a variable, a scalar tensor, or `None`.
      optimizer: a name of `OPTIMIZER_CLS_NAMES`, a class of optimizers, an optimizer, or a function that returns one, from
        the learning rate if there is one.
      gradient_noise_scale: times how much of truncated normal noise is added to the gradients, if any.
      gradient_multipliers: for variables, or their names, what their gradients are multiplied by.
      clip_gradients: the greatest common norm, a float, or a function from pairs of gradient and variable to new ones.
      learning_rate_decay_fn: from the learning rate and the global step to the rate of the step.
      update_ops: what runs before the loss is computed; the graph's collection `UPDATE_OPS` if `None`.
      variables: those to train; the trainable ones if `None`.
      name: of the variable scope.
      summaries: which of `OPTIMIZER_SUMMARIES` are written; the loss, the rate and the norm of all gradients if `None`.
      colocate_gradients_with_ops: whether gradients are recorded to live where the ops live.
      increment_global_step: whether the step is counted.

    Raises:
      ValueError: if an argument is of none of these forms, or a rate is needed and missing.
    """
    loss = convert_to_tensor(loss)
    assert_scalar(loss)
    if global_step is None:
        global_step = get_global_step()
    else:
        assert_global_step(global_step)
    with variable_scope(name, "OptimizeLoss", [loss, global_step]):
        if update_ops is None:
            update_ops = set(get_default_graph().get_collection(GraphKeys.UPDATE_OPS))
        if update_ops:
            loss = with_dependencies(list(update_ops), loss)
        rate = _as_rate(learning_rate)
        shown = _checked_summaries(summaries)
        if rate is not None and learning_rate_decay_fn is not None:
            if global_step is None:
                raise ValueError("global_step is required for learning_rate_decay_fn.")
            rate = learning_rate_decay_fn(rate, global_step)
            if "learning_rate" in shown:
                scalar("learning_rate", rate)
        chosen = _as_optimizer(optimizer, rate)
        gradients = chosen.compute_gradients(loss, trainable_variables() if variables is None else variables,
                                             colocate_gradients_with_ops=colocate_gradients_with_ops)
        if gradient_noise_scale is not None:
            gradients = _noisy(gradients, gradient_noise_scale)
        if gradient_multipliers is not None:
            gradients = _multiplied(gradients, gradient_multipliers)
            if not gradients:
                raise ValueError("Empty list of (gradient, var) pairs encountered. This is most likely to be caused by an "
                                 "improper value of gradient_multipliers.")
        shows_norm = "global_gradient_norm" in shown or "gradient_norm" in shown
        if shows_norm:
            scalar("global_norm/gradient_norm", _norm_of(gradients))
        gradients = _clipped(gradients, clip_gradients)
        _summarize(loss, gradients, shown)
        if clip_gradients is not None and shows_norm:
            scalar("global_norm/clipped_gradient_norm", _norm_of(gradients))
        step = chosen.apply_gradients(gradients, global_step=global_step if increment_global_step else None, name="train")
        return with_dependencies([step], loss)


def _as_rate(learning_rate: Any) -> Any:
    if learning_rate is None:
        return None
    if isinstance(learning_rate, Tensor) and learning_rate.get_shape().ndims == 0:
        return learning_rate
    if not isinstance(learning_rate, float):
        raise ValueError(f"Learning rate should be 0d Tensor or float. Got {learning_rate} of type {type(learning_rate)}")
    if learning_rate < 0.0:
        raise ValueError(f"Invalid learning_rate {learning_rate}.")
    return get_variable("learning_rate", [], trainable=False, initializer=Constant(learning_rate))


def _checked_summaries(summaries: Sequence[str] | None) -> Sequence[str]:
    if summaries is None:
        return ["loss", "learning_rate", "global_gradient_norm"]
    for name in summaries:
        if name not in OPTIMIZER_SUMMARIES:
            raise ValueError(f"Summaries should be one of [{', '.join(OPTIMIZER_SUMMARIES)}], you provided {name}.")
    return summaries


def _as_optimizer(optimizer: Any, rate: Any) -> Optimizer:
    if isinstance(optimizer, str):
        if rate is None:
            raise ValueError(f"Learning rate is None, but should be specified if optimizer is string ({optimizer}).")
        if optimizer not in OPTIMIZER_CLS_NAMES:
            raise ValueError(f"Optimizer name should be one of [{', '.join(OPTIMIZER_CLS_NAMES)}], you provided "
                             f"{optimizer}.")
        return OPTIMIZER_CLS_NAMES[optimizer](learning_rate=rate)
    if isinstance(optimizer, type) and issubclass(optimizer, Optimizer):
        if rate is None:
            raise ValueError(f"Learning rate is None, but should be specified if optimizer is class ({optimizer}).")
        return optimizer(learning_rate=rate)  # type: ignore[call-arg]
    if isinstance(optimizer, Optimizer):
        return optimizer
    if not callable(optimizer):
        raise ValueError("Unrecognized optimizer: should be string, subclass of Optimizer, instance of subclass of "
                         f"Optimizer or function with one argument. Got {optimizer}.")
    made = optimizer() if rate is None else optimizer(rate)
    if not isinstance(made, Optimizer):
        raise ValueError(f"Unrecognized optimizer: function should return subclass of Optimizer. Got {made}.")
    return made


def _norm_of(gradients: Pairs) -> Tensor:
    return global_norm([grad for grad, _ in gradients])


def _clipped(gradients: Pairs, clip_gradients: Any) -> Pairs:
    if clip_gradients is None:
        return gradients
    if isinstance(clip_gradients, float):
        grads, variables = zip(*gradients)
        clipped, _ = clip_by_global_norm(grads, clip_gradients)
        return list(zip(clipped, variables))
    if callable(clip_gradients):
        return clip_gradients(gradients)
    raise ValueError(f"Unknown type {type(clip_gradients)} for clip_gradients")


def _summarize(loss: Tensor, gradients: Pairs, shown: Sequence[str]) -> None:
    if "loss" in shown:
        scalar("loss", loss)
    for grad, var in gradients:
        values = grad.values if isinstance(grad, IndexedSlices) else grad
        if values is None:
            continue
        name = var.name.replace(":", "_")
        if "gradients" in shown:
            histogram(f"gradients/{name}", values)
        if "gradient_norm" in shown:
            scalar(f"gradient_norm/{name}", global_norm([values]))


def _noisy(gradients: Pairs, scale: float) -> Pairs:
    def with_noise(grad: Any) -> Any:
        if grad is None:
            return None
        sizes = grad.dense_shape if isinstance(grad, IndexedSlices) else grad.get_shape()
        return convert_to_tensor(grad) + truncated_normal(sizes) * scale  # type: ignore[operator]

    return [(with_noise(grad), var) for grad, var in gradients]


def _times(grad: Any, factor: Any) -> Any:
    if isinstance(grad, IndexedSlices):
        return IndexedSlices(grad.values * factor, grad.indices, grad.dense_shape)
    return None if grad is None else grad * factor


def _multiplied(gradients: Pairs, multipliers: Mapping[Any, Any]) -> Pairs:
    def multiplied(grad: Any, var: Any) -> Any:
        if grad is None or not (var in multipliers or var.name in multipliers):
            return grad
        factor = multipliers[var if var in multipliers else var.name]
        return _times(grad, factor if isinstance(grad, IndexedSlices) else cast(factor, grad.dtype))

    return [(multiplied(grad, var), var) for grad, var in gradients]
