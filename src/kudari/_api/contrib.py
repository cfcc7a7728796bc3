"""Public names of `tf.contrib`: what makes variables and regularizers, hyperparameters, embeddings for TensorBoard."""

from functools import partial

from .. import contrib  # noqa: F401 - a package that is also the namespace
from ..contrib.projector import projector_message

LAZY_NAMES = {f"contrib.tensorboard.plugins.projector.{name}": partial(projector_message, name)
              for name in ("EmbeddingInfo", "ProjectorConfig", "SpriteMetadata")}

_LAYERS = "contrib.layers"
_FRAMEWORK = "contrib.framework"

PATHS = {
    f"{_LAYERS}.variance_scaling_initializer": "contrib.initializers.variance_scaling_initializer",
    f"{_LAYERS}.xavier_initializer {_LAYERS}.xavier_initializer_conv2d": "contrib.initializers.xavier_initializer",
    **{f"{_LAYERS}.{name}": f"contrib.regularizers.{name}" for name in (
        "apply_regularization", "l1_l2_regularizer", "l1_regularizer", "l2_regularizer", "sum_regularizer",
    )},
    "contrib.tensorboard.plugins.projector.visualize_embeddings": "contrib.projector.visualize_embeddings",
    "contrib.training.HParams": "contrib.hparams.HParams",
    "contrib.training.parse_values": "contrib.hparams.parse_values",
    **{f"{_FRAMEWORK}.{name}": f"contrib.arg_scope.{name}" for name in (
        "add_arg_scope", "arg_scope", "arg_scoped_arguments", "current_arg_scope", "has_arg_scope",
    )},
    **{f"{_FRAMEWORK}.{name}": f"contrib.model_variables.{name}" for name in (
        "add_model_variable", "get_local_variables", "get_model_variables", "get_trainable_variables",
        "get_unique_variable", "get_variable_full_name", "get_variables", "get_variables_by_name",
        "get_variables_by_suffix", "get_variables_to_restore", "global_variable", "local_variable", "model_variable",
        "variable",
    )},
    **{f"{_FRAMEWORK}.{name}": f"contrib.assigning.{name}" for name in (
        "assign_from_checkpoint", "assign_from_checkpoint_fn", "assign_from_values", "assign_from_values_fn",
        "filter_variables",
    )},
    **{f"{_FRAMEWORK}.{name}": f"contrib.framework_names.{name}" for name in (
        "VariableDeviceChooser", "argsort", "assert_or_get_global_step", "assert_scalar_int", "get_name_scope",
        "get_placeholders", "init_from_checkpoint", "is_tensor", "prepend_name_scope", "reduce_sum_n",
        "remove_squeezable_dimensions", "sort", "strip_name_scope",
    )},
    **{f"{_FRAMEWORK}.{name}": f"train.remapping_initializers.{name}" for name in (
        "load_and_remap_matrix_initializer", "load_embedding_initializer", "load_linear_multiclass_bias_initializer",
        "load_variable_slot_initializer",
    )},
    **{f"{_FRAMEWORK}.{name}": f"functions.shape_checks.{name}" for name in ("assert_same_float_dtype", "assert_scalar")},
    f"{_FRAMEWORK}.convert_to_tensor_or_sparse_tensor": "op.sparse_tensor.convert_to_tensor_or_sparse_tensor",
    **{f"{_FRAMEWORK}.{name}": f"train.global_step.{name}" for name in (
        "assert_global_step", "create_global_step", "get_global_step", "get_or_create_global_step",
    )},
}
