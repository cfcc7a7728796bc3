"""Public names of `tf.graph_util`."""

PATHS = {f"graph_util.{name}": f"functions.graph_util.{name}" for name in (
    "convert_variables_to_constants", "extract_sub_graph", "must_run_on_cpu", "remove_training_nodes",
    "tensor_shape_from_node_def_name")}
