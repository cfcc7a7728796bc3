"""Public names of `tf.saved_model`."""

_MODELS = "train.saved_model"
_CONSTANTS = "train.saved_model_constants"
_SIGNATURES = "train.signature_defs"
_OPERATIONS = "train.saved_model_main_op"

# The module of each function and constant, which `tf.saved_model` has, too.
_IN_MODULES = {
    "constants": (_CONSTANTS, "ASSETS_DIRECTORY ASSETS_KEY LEGACY_INIT_OP_KEY MAIN_OP_KEY SAVED_MODEL_FILENAME_PB "
                              "SAVED_MODEL_FILENAME_PBTXT SAVED_MODEL_SCHEMA_VERSION VARIABLES_DIRECTORY "
                              "VARIABLES_FILENAME"),
    "signature_constants": (_CONSTANTS, "CLASSIFY_INPUTS CLASSIFY_METHOD_NAME CLASSIFY_OUTPUT_CLASSES "
                                        "CLASSIFY_OUTPUT_SCORES DEFAULT_SERVING_SIGNATURE_DEF_KEY PREDICT_INPUTS "
                                        "PREDICT_METHOD_NAME PREDICT_OUTPUTS REGRESS_INPUTS "
                                        "REGRESS_METHOD_NAME REGRESS_OUTPUTS"),
    "tag_constants": (_CONSTANTS, "GPU SERVING TPU TRAINING"),
    "signature_def_utils": (_SIGNATURES, "build_signature_def classification_signature_def is_valid_signature "
                                         "predict_signature_def regression_signature_def"),
    "utils": (_SIGNATURES, "build_tensor_info get_tensor_from_tensor_info"),
    "loader": (_MODELS, "load maybe_saved_model_directory"),
}

PATHS = {
    "saved_model.Builder saved_model.builder.SavedModelBuilder": f"{_MODELS}.SavedModelBuilder",
    "saved_model.contains_saved_model": f"{_MODELS}.maybe_saved_model_directory",
    "saved_model.simple_save": f"{_MODELS}.simple_save",
    "saved_model.main_op.main_op": f"{_OPERATIONS}.main_op",
    "saved_model.main_op_with_restore saved_model.main_op.main_op_with_restore": f"{_OPERATIONS}.main_op_with_restore",
    **{f"saved_model.{name} saved_model.{module}.{name}": f"{place}.{name}"
       for module, (place, names) in _IN_MODULES.items() for name in names.split()},
}
