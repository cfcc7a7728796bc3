"""The steps of the optimizers for resource variables: as those for references, by handles, and without an output."""

from __future__ import annotations

from ..op.definition import not_differentiable, op
from .adadelta import apply_adadelta, sparse_apply_adadelta
from .adagrad import apply_adagrad, sparse_apply_adagrad
from .adagrad_da import apply_adagrad_da, sparse_apply_adagrad_da
from .adam import apply_adam
from .adamax import apply_ada_max
from .ftrl import apply_ftrl, apply_ftrl_v2, sparse_apply_ftrl, sparse_apply_ftrl_v2
from .momentum import apply_momentum, sparse_apply_momentum
from .proximal import (
    apply_proximal_adagrad,
    apply_proximal_gradient_descent,
    sparse_apply_proximal_adagrad,
    sparse_apply_proximal_gradient_descent,
)
from .rmsprop import apply_centered_rms_prop, apply_rms_prop, sparse_apply_centered_rms_prop, sparse_apply_rms_prop
from .sign_steps import apply_add_sign, apply_power_sign
from .steps import of_handles, step_shape
from .training import apply_gradient_descent

resource_apply_adadelta = op(
    "ResourceApplyAdadelta", of_handles(apply_adadelta), step_shape, stateful=True,
    **apply_adadelta.attrs)(apply_adadelta.lower)
resource_sparse_apply_adadelta = op(
    "ResourceSparseApplyAdadelta", of_handles(sparse_apply_adadelta), step_shape, stateful=True,
    **sparse_apply_adadelta.attrs)(sparse_apply_adadelta.lower)
resource_apply_adagrad = op(
    "ResourceApplyAdagrad", of_handles(apply_adagrad), step_shape, stateful=True,
    **apply_adagrad.attrs)(apply_adagrad.lower)
resource_sparse_apply_adagrad = op(
    "ResourceSparseApplyAdagrad", of_handles(sparse_apply_adagrad), step_shape, stateful=True,
    **sparse_apply_adagrad.attrs)(sparse_apply_adagrad.lower)
resource_apply_adagrad_da = op(
    "ResourceApplyAdagradDA", of_handles(apply_adagrad_da), step_shape, stateful=True,
    **apply_adagrad_da.attrs)(apply_adagrad_da.lower)
resource_sparse_apply_adagrad_da = op(
    "ResourceSparseApplyAdagradDA", of_handles(sparse_apply_adagrad_da), step_shape, stateful=True,
    **sparse_apply_adagrad_da.attrs)(sparse_apply_adagrad_da.lower)
resource_apply_adam = op(
    "ResourceApplyAdam", of_handles(apply_adam), step_shape, stateful=True,
    **apply_adam.attrs)(apply_adam.lower)
resource_apply_ada_max = op(
    "ResourceApplyAdaMax", of_handles(apply_ada_max), step_shape, stateful=True,
    **apply_ada_max.attrs)(apply_ada_max.lower)
resource_apply_add_sign = op(
    "ResourceApplyAddSign", of_handles(apply_add_sign), step_shape, stateful=True,
    **apply_add_sign.attrs)(apply_add_sign.lower)
resource_apply_power_sign = op(
    "ResourceApplyPowerSign", of_handles(apply_power_sign), step_shape, stateful=True,
    **apply_power_sign.attrs)(apply_power_sign.lower)
resource_apply_ftrl = op(
    "ResourceApplyFtrl", of_handles(apply_ftrl), step_shape, stateful=True,
    **apply_ftrl.attrs)(apply_ftrl.lower)
resource_apply_ftrl_v2 = op(
    "ResourceApplyFtrlV2", of_handles(apply_ftrl_v2), step_shape, stateful=True,
    **apply_ftrl_v2.attrs)(apply_ftrl_v2.lower)
resource_sparse_apply_ftrl = op(
    "ResourceSparseApplyFtrl", of_handles(sparse_apply_ftrl), step_shape, stateful=True,
    **sparse_apply_ftrl.attrs)(sparse_apply_ftrl.lower)
resource_sparse_apply_ftrl_v2 = op(
    "ResourceSparseApplyFtrlV2", of_handles(sparse_apply_ftrl_v2), step_shape, stateful=True,
    **sparse_apply_ftrl_v2.attrs)(sparse_apply_ftrl_v2.lower)
resource_apply_momentum = op(
    "ResourceApplyMomentum", of_handles(apply_momentum), step_shape, stateful=True,
    **apply_momentum.attrs)(apply_momentum.lower)
resource_sparse_apply_momentum = op(
    "ResourceSparseApplyMomentum", of_handles(sparse_apply_momentum), step_shape, stateful=True,
    **sparse_apply_momentum.attrs)(sparse_apply_momentum.lower)
resource_apply_proximal_adagrad = op(
    "ResourceApplyProximalAdagrad", of_handles(apply_proximal_adagrad), step_shape, stateful=True,
    **apply_proximal_adagrad.attrs)(apply_proximal_adagrad.lower)
resource_apply_proximal_gradient_descent = op(
    "ResourceApplyProximalGradientDescent", of_handles(apply_proximal_gradient_descent), step_shape, stateful=True,
    **apply_proximal_gradient_descent.attrs)(apply_proximal_gradient_descent.lower)
resource_sparse_apply_proximal_adagrad = op(
    "ResourceSparseApplyProximalAdagrad", of_handles(sparse_apply_proximal_adagrad), step_shape, stateful=True,
    **sparse_apply_proximal_adagrad.attrs)(sparse_apply_proximal_adagrad.lower)
resource_sparse_apply_proximal_gradient_descent = op(
    "ResourceSparseApplyProximalGradientDescent", of_handles(sparse_apply_proximal_gradient_descent), step_shape,
    stateful=True,
    **sparse_apply_proximal_gradient_descent.attrs)(sparse_apply_proximal_gradient_descent.lower)
resource_apply_centered_rms_prop = op(
    "ResourceApplyCenteredRMSProp", of_handles(apply_centered_rms_prop), step_shape, stateful=True,
    **apply_centered_rms_prop.attrs)(apply_centered_rms_prop.lower)
resource_apply_rms_prop = op(
    "ResourceApplyRMSProp", of_handles(apply_rms_prop), step_shape, stateful=True,
    **apply_rms_prop.attrs)(apply_rms_prop.lower)
resource_sparse_apply_centered_rms_prop = op(
    "ResourceSparseApplyCenteredRMSProp", of_handles(sparse_apply_centered_rms_prop), step_shape, stateful=True,
    **sparse_apply_centered_rms_prop.attrs)(sparse_apply_centered_rms_prop.lower)
resource_sparse_apply_rms_prop = op(
    "ResourceSparseApplyRMSProp", of_handles(sparse_apply_rms_prop), step_shape, stateful=True,
    **sparse_apply_rms_prop.attrs)(sparse_apply_rms_prop.lower)
resource_apply_gradient_descent = op(
    "ResourceApplyGradientDescent", of_handles(apply_gradient_descent), step_shape, stateful=True,
    **apply_gradient_descent.attrs)(apply_gradient_descent.lower)

not_differentiable(resource_apply_adadelta, resource_sparse_apply_adadelta, resource_apply_adagrad,
                   resource_sparse_apply_adagrad, resource_apply_adagrad_da, resource_sparse_apply_adagrad_da,
                   resource_apply_adam, resource_apply_ada_max, resource_apply_add_sign,
                   resource_apply_power_sign, resource_apply_ftrl, resource_apply_ftrl_v2, resource_sparse_apply_ftrl,
                   resource_sparse_apply_ftrl_v2, resource_apply_momentum, resource_sparse_apply_momentum,
                   resource_apply_proximal_adagrad, resource_apply_proximal_gradient_descent,
                   resource_sparse_apply_proximal_adagrad, resource_sparse_apply_proximal_gradient_descent,
                   resource_apply_centered_rms_prop, resource_apply_rms_prop, resource_sparse_apply_centered_rms_prop,
                   resource_sparse_apply_rms_prop, resource_apply_gradient_descent)
