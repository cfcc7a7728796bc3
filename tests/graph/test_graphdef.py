"""GraphDefs equal those that TensorFlow 1.15 wrote for the same programs, and go in again."""

import importlib.util
import pathlib
import sys

import numpy as np
import pytest
from google.protobuf import text_format

import kudari as tf

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from graphdef_programs import PROGRAMS

GOLDEN = pathlib.Path(__file__).parent.parent / "golden" / "graphdefs"


def golden(name):
    return text_format.Parse((GOLDEN / f"{name}.pbtxt").read_text(), tf.GraphDef())


def built(name):
    build, add_shapes = PROGRAMS[name]
    with tf.Graph().as_default() as graph:
        build(tf)
    return graph.as_graph_def(add_shapes=add_shapes)


def content(message):
    return message.SerializeToString(deterministic=True)


@pytest.mark.parametrize("name", PROGRAMS)
def test_nodes_are_tensorflows(name):
    ours, theirs = built(name), golden(name)
    assert [node.name for node in ours.node] == [node.name for node in theirs.node]
    for mine, other in zip(ours.node, theirs.node):
        assert content(mine) == content(other), f"{mine}\n!=\n{other}"
    assert content(ours) == content(theirs)


@pytest.mark.parametrize("name", PROGRAMS)
def test_import_gives_the_graph_back(name):
    written = golden(name)
    with tf.Graph().as_default() as graph:
        tf.import_graph_def(written, name="")
    assert content(graph.as_graph_def(add_shapes=PROGRAMS[name][1])) == content(written)


def test_nodes_that_leave_defaults_out_get_them():
    written = text_format.Parse('node { name: "p" op: "Placeholder" attr { key: "dtype" value { type: DT_INT32 } } }',
                                tf.GraphDef())
    with tf.Graph().as_default():
        p, = tf.import_graph_def(written, return_elements=["p:0"])
    assert p.name == "import/p:0" and p.dtype == tf.int32
    assert p.op.node_def.attr["shape"].shape.unknown_rank


def test_from_version_leaves_out_the_first_nodes():
    with tf.Graph().as_default() as graph:
        tf.constant(1, name="a")
        version = graph.version
        tf.constant(2, name="b")
    assert [node.name for node in graph.as_graph_def(from_version=version).node] == ["b"]


def test_get_attr_speaks_protobuf():
    with tf.Graph().as_default() as graph:
        with graph.device("/cpu:0"):
            v = tf.Variable([1.0, 2.0], name="v")
        assign, ref = v.initializer, graph.get_operation_by_name("v")
        squeezed = tf.squeeze(tf.constant([[1]]), [0]).op
        bare = tf.squeeze(tf.constant([[1]])).op
    assert ref.get_attr("dtype") is tf.float32
    assert ref.get_attr("container") == b""
    assert [d.size for d in ref.get_attr("shape").dim] == [2]
    assert assign.get_attr("_class") == [b"loc:@v"]
    assert assign.get_attr("validate_shape") is True
    assert squeezed.get_attr("squeeze_dims") == [0]
    assert bare.get_attr("squeeze_dims") == []
    assert tf.make_ndarray(graph.get_operation_by_name("v/initial_value").get_attr("value")).tolist() == [1.0, 2.0]
    with pytest.raises(ValueError, match=r"^Operation 'v' has no attr named 'nope'\.$"):
        ref.get_attr("nope")


def test_an_attribute_set_as_a_message_is_kept():
    with tf.Graph().as_default():
        op = tf.constant(1.0).op
    op._set_attr("_note", tf.AttrValue(s=b"x"))
    assert op.get_attr("_note") == b"x" and op.node_def.attr["_note"].s == b"x"


def test_op_def_describes_the_op():
    with tf.Graph().as_default():
        x = tf.placeholder(tf.float32, [2, 2])
        matmul, variable, add_n = tf.matmul(x, x).op, tf.Variable(1.0).initializer, tf.add_n([x, x]).op
    assert [(a.name, a.type_attr) for a in matmul.op_def.input_arg] == [("a", "T"), ("b", "T")]
    attrs = {attr.name: attr for attr in matmul.op_def.attr}
    assert attrs["transpose_a"].type == "bool" and attrs["transpose_a"].HasField("default_value")
    assert tf.float32.as_datatype_enum in attrs["T"].allowed_values.list.type
    assert not attrs["T"].HasField("default_value")
    assert variable.op_def.input_arg[0].is_ref and not variable.op_def.input_arg[1].is_ref
    assert add_n.op_def.input_arg[0].number_attr == "N"


def test_a_constant_is_not_changed_by_its_source():
    source = np.array([1.0, 2.0], np.float32)
    with tf.Graph().as_default():
        value = tf.constant(source)
    source[0] = 5.0
    assert tf.make_ndarray(value.op.get_attr("value")).tolist() == [1.0, 2.0]


def build_recorded(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    with tf.Graph().as_default() as graph:
        module.build(tf)
    return graph.as_graph_def()


@pytest.mark.parametrize("path", sorted((GOLDEN.parent / "graphs").glob("*.py")), ids=lambda path: path.stem)
def test_recorded_programs_go_out_and_in(path):
    written = build_recorded(path)
    with tf.Graph().as_default() as graph:
        tf.import_graph_def(written, name="")
    assert by_name(graph.as_graph_def()) == by_name(written)


def by_name(graph_def):
    """The nodes, wherever they stand: an op in a branch is made before its switches, and imported after them.

    One that is colocated is imported to the device of what it is colocated with, so its own is not compared.
    """
    for node in graph_def.node:
        if "_class" in node.attr:
            node.device = ""
    return {node.name: content(node) for node in graph_def.node}
