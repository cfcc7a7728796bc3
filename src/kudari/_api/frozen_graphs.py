"""Public names of what makes other graphs of graphs."""

PATHS = {
    **{f"graph_util.{name}": f"functions.graph_util.{name}" for name in (
        "convert_variables_to_constants", "extract_sub_graph", "must_run_on_cpu", "remove_training_nodes",
        "tensor_shape_from_node_def_name")},
    "train.do_quantize_training_on_graphdef": "train.quantized_training.do_quantize_training_on_graphdef",
}
