"""Public names of the optimizers of `tf.contrib`."""

from .. import contrib  # noqa: F401 - a package that is also the namespace

_OPTIMIZERS = {
    "adamax": "AdaMaxOptimizer",
    "external": "ExternalOptimizerInterface ScipyOptimizerInterface",
    "ggt": "GGTOptimizer",
    "lars": "LARSOptimizer",
    "lazy_adam": "LazyAdamOptimizer",
    "moving_average": "MovingAverageOptimizer",
    "multitask": "MultitaskOptimizerWrapper clip_gradients_by_global_norm",
    "nadam": "NadamOptimizer",
    "shampoo": "ShampooOptimizer",
    "sign_optimizers": "AddSignOptimizer PowerSignOptimizer",
    "variable_clipping": "VariableClippingOptimizer",
    "weight_decay": "AdamWOptimizer DecoupledWeightDecayExtension MomentumWOptimizer extend_with_decoupled_weight_decay",
}

PATHS = {
    **{f"contrib.opt.{name}": f"contrib.optimizers.{module}.{name}"
       for module, names in _OPTIMIZERS.items() for name in names.split()},
    **{f"contrib.layers.{name}": f"contrib.optimize_loss.{name}"
       for name in ("OPTIMIZER_CLS_NAMES", "OPTIMIZER_SUMMARIES", "optimize_loss")},
}
