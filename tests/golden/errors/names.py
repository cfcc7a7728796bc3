"""Names, lookups, scopes, devices, control dependencies and whole graphs."""


def lookup(tf, method, *args):
    tf.constant(1.0, name="x")
    return getattr(tf.get_default_graph(), method)(*args)


def elsewhere(tf):
    with tf.Graph().as_default():
        return tf.constant(1.0, name="elsewhere")


def enter(context):
    with context:
        pass


def finalized(tf):
    tf.get_default_graph().finalize()
    tf.constant(1.0)


def device(tf, value):
    with tf.device(value):
        tf.constant(1.0)


def two_graphs(tf):
    tf.add(tf.constant(1.0, name="here"), elsewhere(tf))


def reset_inside(tf):
    with tf.Graph().as_default():
        tf.reset_default_graph()


CASES = {
    "tensor_by_operation_name": lambda tf: lookup(tf, "get_tensor_by_name", "x"),
    "tensor_of_missing_output": lambda tf: lookup(tf, "get_tensor_by_name", "x:3"),
    "missing_tensor": lambda tf: lookup(tf, "get_tensor_by_name", "nope:0"),
    "tensor_name_of_two_colons": lambda tf: lookup(tf, "get_tensor_by_name", "x:0:0"),
    "tensor_name_without_number": lambda tf: lookup(tf, "get_tensor_by_name", "x:y"),
    "tensor_by_number": lambda tf: lookup(tf, "get_tensor_by_name", 3),
    "operation_by_tensor_name": lambda tf: lookup(tf, "get_operation_by_name", "x:0"),
    "missing_operation": lambda tf: lookup(tf, "get_operation_by_name", "nope"),
    "operation_by_number": lambda tf: lookup(tf, "get_operation_by_name", 3),
    "element_of_missing_name": lambda tf: lookup(tf, "as_graph_element", "nope"),
    "element_of_a_number": lambda tf: lookup(tf, "as_graph_element", 3),
    "element_of_another_graph": lambda tf: lookup(tf, "as_graph_element", elsewhere(tf)),
    "operation_of_another_graph": lambda tf: lookup(tf, "as_graph_element", elsewhere(tf).op),
    "element_of_neither_kind": lambda tf: lookup(tf, "as_graph_element", "x", False, False),
    "operation_where_a_tensor_is_due": lambda tf: lookup(tf, "as_graph_element", elsewhere(tf).op, True, False),
    "name_with_a_space": lambda tf: tf.constant(1.0, name="a b"),
    "name_with_an_underscore_first": lambda tf: tf.constant(1.0, name="_a"),
    "name_with_a_colon": lambda tf: tf.placeholder(tf.float32, name="x:0"),
    "variable_name_with_a_space": lambda tf: tf.Variable(1.0, name="a b"),
    "scope_with_a_space": lambda tf: enter(tf.name_scope("a b")),
    "scope_with_an_underscore_first": lambda tf: enter(tf.name_scope("_a")),
    "scope_of_a_number": lambda tf: enter(tf.name_scope(3)),
    "finalized": finalized,
    "device_of_unknown_part": lambda tf: device(tf, "/nonsense:0"),
    "device_of_nonsense": lambda tf: device(tf, "nonsense"),
    "device_of_two_kinds": lambda tf: device(tf, "/cpu:0/gpu:0"),
    "device_of_a_number": lambda tf: device(tf, 3),
    "control_dependency_on_a_number": lambda tf: enter(tf.control_dependencies([3])),
    "control_dependency_on_a_missing_name": lambda tf: enter(tf.control_dependencies(["nope"])),
    "control_dependency_on_another_graph": lambda tf: enter(tf.control_dependencies([elsewhere(tf)])),
    "colocation_with_nothing": lambda tf: enter(tf.colocate_with(None)),
    "group_of_a_number": lambda tf: tf.group(3),
    "group_with_an_unknown_keyword": lambda tf: tf.group(tf.no_op(), device="/cpu:0"),
    "tuple_of_nothing": lambda tf: tf.tuple([None]),
    "two_graphs": two_graphs,
    "collection_of_another_graph": lambda tf: tf.Graph().get_tensor_by_name("x:0"),
    "reset_inside": reset_inside,
    "import_of_a_number": lambda tf: tf.import_graph_def(3),
    "import_with_a_missing_output": lambda tf: tf.import_graph_def(
        elsewhere(tf).graph.as_graph_def(), return_elements=["nope:0"]),
    "import_with_an_unused_mapping": lambda tf: tf.import_graph_def(
        elsewhere(tf).graph.as_graph_def(), input_map={"nope:0": tf.constant(1.0)}),
}
