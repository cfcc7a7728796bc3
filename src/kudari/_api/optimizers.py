"""Public names of the optimizers beyond gradient descent."""

PATHS = {
    "train.AdadeltaOptimizer": "train.adadelta.AdadeltaOptimizer",
    "train.AdagradDAOptimizer": "train.adagrad_da.AdagradDAOptimizer",
    "train.AdagradOptimizer": "train.adagrad.AdagradOptimizer",
    "train.AdamOptimizer": "train.adam.AdamOptimizer",
    "train.FtrlOptimizer": "train.ftrl.FtrlOptimizer",
    "train.MomentumOptimizer": "train.momentum.MomentumOptimizer",
    "train.ProximalAdagradOptimizer": "train.proximal_adagrad.ProximalAdagradOptimizer",
    "train.ProximalGradientDescentOptimizer": "train.proximal_gradient_descent.ProximalGradientDescentOptimizer",
    **{f"train.experimental.{name}": f"train.loss_scale.{name}" for name in ("DynamicLossScale", "FixedLossScale",
                                                                              "LossScale")},
    "train.experimental.MixedPrecisionLossScaleOptimizer":
        "train.loss_scale_optimizer.MixedPrecisionLossScaleOptimizer",
    **{f"train.experimental.{name}": f"train.mixed_precision.{name}" for name in (
        "disable_mixed_precision_graph_rewrite", "enable_mixed_precision_graph_rewrite")},
    "train.SyncReplicasOptimizer": "train.sync_replicas_optimizer.SyncReplicasOptimizer",
    "train.RMSPropOptimizer": "train.rmsprop.RMSPropOptimizer",
}
