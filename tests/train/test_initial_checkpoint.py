"""Variables that start from a checkpoint, and graphs of constants instead; facts recorded from TensorFlow 1.15."""

import numpy as np
import pytest

import kudari as tf

READING = ["prefix", "tensor_names", "shape_and_slices"]


@pytest.fixture
def folder(tmp_path):
    with tf.variable_scope("old"):
        tf.get_variable("a", initializer=[1.0, 2.0])
        tf.get_variable("b", initializer=[3.0])
        tf.get_variable("w", initializer=np.arange(6, dtype=np.float32).reshape(3, 2))
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        tf.train.Saver().save(session, tmp_path / "model")
    with tf.Graph().as_default():
        yield str(tmp_path)


def new_variables():
    with tf.variable_scope("new"):
        return (tf.get_variable("a", [2]), tf.get_variable("b", [1], use_resource=True),
                tf.get_variable("w", [3, 2], partitioner=tf.fixed_size_partitioner(2)))


def initialized():
    session = tf.Session()
    session.run(tf.global_variables_initializer())
    return session


def test_a_scope_starts_from_another_with_the_nodes_of_tensorflow(folder):
    a, b, w = new_variables()
    graph = tf.get_default_graph()
    before = len(graph.get_operations())
    tf.train.init_from_checkpoint(folder, {"old/": "new/"})
    wanted = []
    for number, assigned in enumerate((["Assign"], ["Identity", "AssignVariableOp"], ["Assign_1"], ["Assign_2"])):
        name = f"checkpoint_initializer_{number}" if number else "checkpoint_initializer"
        wanted += [f"{name}/{part}" for part in READING] + [name, *assigned]
    made = graph.get_operations()[before:]
    assert [op.name for op in made] == wanted
    assert {op.device for op in made if "checkpoint" in op.name} == {"/device:CPU:0"}
    values = initialized().run([a, b, *w])
    assert [value.tolist() for value in values] == [[1, 2], [3], [[0, 1], [2, 3]], [[4, 5]]]


@pytest.mark.parametrize("choose", [lambda a, w: {"old/a": a, "old/w": list(w)},
                                    lambda a, w: {"old/a": "new/a", "old/w": "new/w"}], ids=["variables", "names"])
def test_single_variables_start_from_tensors(folder, choose):
    a, _, w = new_variables()
    tf.train.init_from_checkpoint(folder, choose(a, w))
    values = initialized().run([a, w.as_tensor()])
    assert [value.tolist() for value in values] == [[1, 2], [[0, 1], [2, 3], [4, 5]]]


@pytest.mark.parametrize("mapping, words", [
    ({"zz": "new/a"}, "Tensor zz is not found in {folder} checkpoint {{'old/a': [2], 'old/b': [1], 'old/w': [3, 2]}}"),
    ({"old/a": "new/b"}, "Shape of variable new/b:0 ((1,)) doesn't match with shape of tensor old/a ([2]) from checkpoint "
                         "reader."),
    ({"old/a": "new/"}, "Assignment map with scope only name new should map to scope only old/a. Should be 'scope/': "
                        "'other_scope/'."),
    ({"nope/": "new/"}, "Tensor nope/a (a in nope/) is not found in {folder} checkpoint"),
])
def test_what_does_not_fit_is_refused(folder, mapping, words):
    new_variables()
    with pytest.raises(ValueError) as caught:
        tf.train.init_from_checkpoint(folder, mapping)
    assert str(caught.value) == words.format(folder=folder)


def frozen():
    a = tf.get_variable("a", initializer=[1.0, 2.0])
    b = tf.get_variable("b", initializer=[3.0], use_resource=True)
    tf.identity(a, name="out")
    tf.identity(b, name="out2")
    tf.gather(b, [0], name="emb")
    with initialized() as session:
        return tf.graph_util.convert_variables_to_constants(
            session, tf.get_default_graph().as_graph_def(), ["out", "out2", "emb"])


def nodes(graph_def):
    return [(node.op, node.name, list(node.input)) for node in graph_def.node]


def test_variables_become_constants_as_in_tensorflow():
    made = frozen()
    gathered = [("Const", "emb/indices", []), ("Const", "emb/axis", []),
                ("GatherV2", "emb", ["b", "emb/indices", "emb/axis"])]
    assert nodes(made) == [
        ("Const", "a", []), ("Identity", "a/read", ["a"]), ("Const", "b", []), ("Identity", "out", ["a/read"]),
        ("Identity", "out2/ReadVariableOp", ["b"]), ("Identity", "out2", ["out2/ReadVariableOp"]), *gathered]
    smaller = tf.graph_util.remove_training_nodes(made, ["out", "out2"])
    assert nodes(smaller) == [
        ("Const", "a", []), ("Const", "b", []), ("Identity", "out", ["a"]), ("Identity", "out2", ["b"]), *gathered]
    for graph_def in (made, smaller):
        with tf.Graph().as_default(), tf.Session() as session:
            fetched = tf.import_graph_def(graph_def, name="", return_elements=["out:0", "out2:0", "emb:0"])
            assert [value.tolist() for value in session.run(fetched)] == [[1, 2], [3], [3]]


def test_chosen_variables_stay():
    a, b = tf.get_variable("a", initializer=[1.0]), tf.get_variable("b", initializer=[2.0])
    tf.add(a, b, name="sum")
    with initialized() as session:
        for choice in ({"variable_names_whitelist": ["a"]}, {"variable_names_blacklist": ["b"]}):
            made = tf.graph_util.convert_variables_to_constants(session, session.graph_def, ["sum"], **choice)
            assert {node.name: node.op for node in made.node if node.name in "ab"} == {"a": "Const", "b": "VariableV2"}


def test_parts_of_graphs():
    x = tf.placeholder(tf.float32, [3], name="x")
    with tf.control_dependencies([tf.no_op("first")]):
        tf.negative(x, name="y")
    tf.square(x, name="other")
    graph = tf.get_default_graph()
    part = tf.graph_util.extract_sub_graph(graph.as_graph_def(), ["y"])
    assert [node.name for node in part.node] == ["x", "first", "y"] and part.versions.producer == 134
    assert tf.graph_util.tensor_shape_from_node_def_name(graph, "y").as_list() == [3]
    with pytest.raises(AssertionError, match="zz is not in graph"):
        tf.graph_util.extract_sub_graph(graph.as_graph_def(), ["zz"])
    with pytest.raises(TypeError, match="dest_nodes must be a list"):
        tf.graph_util.extract_sub_graph(graph.as_graph_def(), "y")


def test_where_nodes_must_run():
    must = tf.graph_util.must_run_on_cpu
    assert must(tf.constant(1).op) and must(tf.constant("text").op.node_def) and not must(tf.constant(1.0).op)
    assert must(tf.cast(tf.constant(1), tf.float32).op)
    variable = tf.Variable(1.0)
    assert must(variable.op, pin_variables_on_cpu=True) and not must(variable.op)
