"""Public names of variables: their scopes, initial values and updates."""

PATHS = {
    **{name: f"functions.scatter.{name}" for name in (
        "batch_scatter_update", "count_up_to", "scatter_div", "scatter_max", "scatter_min", "scatter_mul",
        "scatter_nd_add", "scatter_nd_sub", "scatter_nd_update",
    )},
    "VariableAggregation": "variables.modes.VariableAggregation",
    "VariableSynchronization": "variables.modes.VariableSynchronization",
    "disable_resource_variables": "variables.current.disable_resource_variables",
    "enable_resource_variables": "variables.current.enable_resource_variables",
    "resource_variables_enabled": "variables.current.resource_variables_enabled",
}
