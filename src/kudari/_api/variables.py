"""Public names of variables: their scopes, initial values and updates."""

PATHS = {
    **{name: f"functions.scatter.{name}" for name in (
        "batch_scatter_update", "count_up_to", "scatter_div", "scatter_max", "scatter_min", "scatter_mul",
        "scatter_nd_add", "scatter_nd_sub", "scatter_nd_update",
    )},
    **{name: f"variables.scope.{name}" for name in (
        "AUTO_REUSE", "VariableScope", "get_local_variable", "get_variable", "get_variable_scope", "no_regularizer",
        "variable_creator_scope", "variable_op_scope", "variable_scope",
    )},
    **{name: f"variables.partitioners.{name}" for name in (
        "create_partitioned_variables", "fixed_size_partitioner", "min_max_variable_partitioner",
        "variable_axis_size_partitioner",
    )},
    **{name: f"variables.current.{name}" for name in (
        "disable_resource_variables", "enable_resource_variables", "resource_variables_enabled",
    )},
    **{name: f"variables.uninitialized.{name}" for name in (
        "assert_variables_initialized", "report_uninitialized_variables",
    )},
    "init_scope": "functions.core.init_scope",
    "custom_gradient": "functions.custom_gradient.custom_gradient",
    "test.compute_gradient": "functions.gradient_checker.compute_gradient",
    "test.compute_gradient_error": "functions.gradient_checker.compute_gradient_error",
    "make_template": "variables.template.make_template",
    "VariableAggregation": "variables.modes.VariableAggregation",
    "VariableSynchronization": "variables.modes.VariableSynchronization",
    "zeros_initializer initializers.zeros keras.initializers.Zeros keras.initializers.zeros": "variables.initializers.Zeros",
    "ones_initializer initializers.ones keras.initializers.Ones keras.initializers.ones": "variables.initializers.Ones",
    "constant_initializer initializers.constant keras.initializers.Constant keras.initializers.constant":
        "variables.initializers.Constant",
    "random_uniform_initializer initializers.random_uniform": "variables.initializers.RandomUniform",
    "random_normal_initializer initializers.random_normal": "variables.initializers.RandomNormal",
    "truncated_normal_initializer initializers.truncated_normal": "variables.initializers.TruncatedNormal",
    "uniform_unit_scaling_initializer initializers.uniform_unit_scaling": "variables.initializers.UniformUnitScaling",
    "variance_scaling_initializer initializers.variance_scaling keras.initializers.VarianceScaling":
        "variables.initializers.VarianceScaling",
    "glorot_uniform_initializer initializers.glorot_uniform keras.initializers.glorot_uniform":
        "variables.initializers.GlorotUniform",
    "glorot_normal_initializer initializers.glorot_normal keras.initializers.glorot_normal":
        "variables.initializers.GlorotNormal",
    "orthogonal_initializer initializers.orthogonal keras.initializers.Orthogonal keras.initializers.orthogonal":
        "variables.initializers.Orthogonal",
    "initializers.identity keras.initializers.Identity keras.initializers.identity": "variables.initializers.Identity",
    **{f"initializers.{name} keras.initializers.{name}": f"variables.initializers.{name}" for name in (
        "he_normal", "he_uniform", "lecun_normal", "lecun_uniform",
    )},
}
