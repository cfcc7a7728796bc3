"""Public names of gradients and training."""

from ..autodiff.aggregate import AggregationMethod
from ..autodiff.gradients import UnconnectedGradients, gradients
from ..autodiff.registry import RegisterGradient, not_differentiable_type
from ..train.global_step import (
    assert_global_step,
    create_global_step,
    get_global_step,
    get_or_create_global_step,
    global_step,
)
from ..train.gradient_descent import GradientDescentOptimizer
from ..train.optimizer import Optimizer

NAMES = {
    "gradients": gradients,
    "AggregationMethod": AggregationMethod,
    "UnconnectedGradients": UnconnectedGradients,
    "RegisterGradient": RegisterGradient,
    "NotDifferentiable NoGradient no_gradient": not_differentiable_type,
    "train.Optimizer": Optimizer,
    "train.GradientDescentOptimizer": GradientDescentOptimizer,
    "train.global_step": global_step,
    "train.get_global_step": get_global_step,
    "train.create_global_step": create_global_step,
    "train.get_or_create_global_step": get_or_create_global_step,
    "train.assert_global_step": assert_global_step,
}
