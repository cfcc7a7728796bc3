"""Importing GraphDefs: names, surroundings and errors as TensorFlow 1.15 has them."""

import pytest
from google.protobuf import text_format

import kudari as tf
from kudari.protos import proto

CONST = ('node { name: "c" op: "Const" attr { key: "dtype" value { type: DT_FLOAT } } '
         'attr { key: "value" value { tensor { dtype: DT_FLOAT tensor_shape { } float_val: 1 } } } }')
INT = CONST.replace('"c"', '"n"').replace("DT_FLOAT", "DT_INT32").replace("float_val", "int_val")
T = 'attr { key: "T" value { type: DT_FLOAT } }'
IDENTITY = f'node {{ name: "i" op: "Identity" input: "c" {T} }}'


def parsed(text):
    return text_format.Parse(text, tf.GraphDef())


def imported(text, **options):
    """The nodes that importing `text` into an empty graph makes, with what was returned."""
    with tf.Graph().as_default() as graph:
        result = tf.import_graph_def(parsed(text), **options)
    return nodes(graph), result


def nodes(graph):
    return [(op.name, [t.name for t in op.inputs], [c.name for c in op.control_inputs])
            for op in graph.get_operations()]


@pytest.mark.parametrize("name, prefix", [(None, "import/"), ("", ""), ("foo/bar", "foo/bar/"), ("foo/", "foo/")])
def test_names_go_below_the_scope(name, prefix):
    assert imported(CONST + IDENTITY, name=name)[0] == [(f"{prefix}c", [], []), (f"{prefix}i", [f"{prefix}c:0"], [])]


def test_nodes_come_in_any_order():
    text = ('node { name: "b" op: "NoOp" input: "^z" input: "^y" } node { name: "a" op: "NoOp" } '
            'node { name: "z" op: "NoOp" input: "^a" } node { name: "y" op: "NoOp" }')
    assert imported(text)[0] == [("import/a", [], []), ("import/z", [], ["import/a"]), ("import/y", [], []),
                                 ("import/b", [], ["import/y", "import/z"])]


def test_return_elements_are_operations_and_tensors():
    _, (op, tensor) = imported(CONST + IDENTITY, return_elements=["i", "c:0"])
    assert isinstance(op, tf.Operation) and op.name == "import/i"
    assert isinstance(tensor, tf.Tensor) and tensor.name == "import/c:0" and tensor.shape.as_list() == []


@pytest.mark.parametrize("key", ["c", "c:0", b"c:0"])
def test_input_map_replaces_a_tensor(key):
    made, (mapped, op) = imported(CONST + IDENTITY, input_map={key: 3.0}, return_elements=["c:0", "c"])
    assert made == [("import/_inputs/Const", [], []), ("import/c", [], []),
                    ("import/i", ["import/_inputs/Const:0"], [])]
    assert mapped.name == "import/_inputs/Const:0" and op.name == "import/c"


def test_input_map_replaces_a_control_input():
    text = 'node { name: "a" op: "NoOp" } node { name: "b" op: "NoOp" input: "^a" }'
    with tf.Graph().as_default() as graph:
        tf.import_graph_def(parsed(text), {"^a": tf.constant(1.0, name="mine")})
    assert nodes(graph)[-1] == ("import/b", [], ["mine"])


def test_what_is_replaced_need_not_be_there():
    made, (mapped,) = imported(IDENTITY, input_map={"c": 3.0}, return_elements=["c:0"])
    assert made == [("import/_inputs/Const", [], []), ("import/i", ["import/_inputs/Const:0"], [])]
    assert mapped.name == "import/_inputs/Const:0"


def test_taken_names_get_numbers():
    with tf.Graph().as_default() as graph:
        tf.constant(1.0, name="import/c")
        for name in (None, None, "", ""):
            tf.import_graph_def(parsed(CONST + IDENTITY), name=name)
    assert [op.name for op in graph.get_operations()] == [
        "import/c", "import/c_1", "import/i", "import_1/c", "import_1/i", "c", "i", "c_1", "i_1"]
    with graph.as_default():
        assert tf.constant(1, name="c_1").name == "c_1_1:0"


def test_colocation_follows_the_new_names():
    group = 'attr { key: "_class" value { list { s: "loc:@c" s: "other" } } }'
    _, (op,) = imported(CONST + IDENTITY.replace(T, T + group), return_elements=["i"])
    assert op.get_attr("_class") == [b"loc:@import/c", b"other"]


def test_surroundings_apply_to_imported_nodes():
    with tf.Graph().as_default() as graph:
        first = tf.constant(1.0, name="first")
        with tf.device("/job:worker/cpu:0"), tf.control_dependencies([first]), tf.name_scope("outer"):
            ops = tf.import_graph_def(parsed(CONST + IDENTITY.replace(T, T + ' device: "/device:GPU:1"')),
                                      return_elements=["c", "i"])
    assert [op.name for op in ops] == ["outer/import/c", "outer/import/i"]
    assert [op.device for op in ops] == ["/job:worker/device:CPU:0", "/job:worker/device:GPU:1"]
    assert [op.control_inputs for op in ops] == [[first.op], [first.op]]
    assert graph.version == 3


def test_attributes_only_the_producer_knows_are_left_out_at_their_default():
    ops = text_format.Parse('op { name: "Identity" attr { name: "new" type: "int" default_value { i: 3 } } }',
                            proto("OpList")())
    text = CONST + IDENTITY.replace(T, T + 'attr { key: "new" value { i: 3 } }')
    graph_def = parsed(text)
    with tf.Graph().as_default():
        op, = tf.import_graph_def(graph_def, return_elements=["i"], producer_op_list=ops)
    assert "new" not in op.node_def.attr and "new" in graph_def.node[1].attr
    with pytest.raises(ValueError, match="NodeDef mentions attr 'new' not in Op<name=Identity;"):
        imported(text)


IDENTITY_OP = r"Op<name=Identity; signature=input:T -> output:T; attr=T:type>; NodeDef: {{node import/i}}"
WRONG = {
    "unknown input": (IDENTITY, "Node 'i': Unknown input node 'c'"),
    "unknown control input": ('node { name: "n" op: "NoOp" input: "^z" }', "Node 'n': Unknown input node '^z'"),
    "no name": ('node { op: "NoOp" }', "Node '': Node name contains invalid characters"),
    "bad name": ('node { name: "a b" op: "NoOp" }', "Node 'a b': Node name contains invalid characters"),
    "no op": ('node { name: "a" }', "Node 'a' does not specify an operation"),
    "twice": ('node { name: "a" op: "NoOp" }' * 2, "Node 'a' is not unique"),
    "no such output": (CONST + IDENTITY.replace('"c"', '"c:1"'),
                       "Node 'i': Connecting to invalid output 1 of source node c which has 1 outputs."),
    "no outputs": ('node { name: "c" op: "NoOp" }' + IDENTITY,
                   "Node 'i': Connecting to invalid output 0 of source node c which has 0 outputs."),
    "too many inputs": (CONST + IDENTITY.replace('input: "c"', 'input: "c" input: "c"'),
                        f"NodeDef expected inputs 'float' do not match 2 inputs specified; {IDENTITY_OP}"),
    "too few inputs": (CONST + IDENTITY.replace('input: "c"', ""),
                       f"NodeDef expected inputs 'float' do not match 0 inputs specified; {IDENTITY_OP}"),
    "other type": (INT + IDENTITY.replace('"c"', '"n"'),
                   "Input 0 of node import/i was passed int32 from import/n:0 incompatible with expected float."),
    "not a variable": (CONST + f'node {{ name: "i" op: "Assign" input: "c" input: "c" {T} }}',
                       "Input 0 of node import/i was passed float from import/c:0 incompatible with expected "
                       "float_ref."),
    "attribute missing": (CONST + IDENTITY.replace(T, ""), "NodeDef missing attr 'T' from " + IDENTITY_OP),
    "attribute unknown": (CONST + IDENTITY.replace(T, T + 'attr { key: "foo" value { i: 1 } }'),
                          f"NodeDef mentions attr 'foo' not in {IDENTITY_OP}. (Check whether your "
                          "GraphDef-interpreting binary is up to date with your GraphDef-generating binary.)."),
    "attribute of another kind": (
        CONST + IDENTITY.replace("type: DT_FLOAT", "i: 1"),
        "AttrValue had value with type 'int' when 'type' expected\n\t for attr 'T'\n\t; NodeDef: {{node import/i}}; "
        "Op<name=Identity; signature=input:T -> output:T; attr=T:type>"),
    "control first": (CONST + IDENTITY.replace('input: "c"', 'input: "^c" input: "c"'),
                      "Node 'i': Control dependencies must come after regular dependencies"),
    "cycle": ('node { name: "a" op: "NoOp" input: "^b" } node { name: "b" op: "NoOp" input: "^a" }',
              "2 nodes in a cycle"),
    "colocated with nothing": (
        CONST + IDENTITY.replace(T, T + 'attr { key: "_class" value { list { s: "loc:@zz" } } }'),
        "Node 'i' expects to be colocated with unknown node 'zz'"),
    "other shape": (
        CONST + IDENTITY.replace(T, T + 'attr { key: "_output_shapes" value { list { shape { dim { size: 2 } } } } }'),
        "Node 'import/i' has an _output_shapes attribute inconsistent with the GraphDef for output #0: Shapes must be "
        "equal rank, but are 0 and 1"),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_graphs_are_refused(case):
    text, words = WRONG[case]
    with tf.Graph().as_default() as graph, pytest.raises(ValueError) as caught:
        tf.import_graph_def(parsed(text))
    assert str(caught.value) == words
    assert graph.version == 0


def test_a_later_format_is_refused():
    with pytest.raises(ValueError, match=r"^GraphDef min consumer version 9999 above current version 134"):
        imported("versions { min_consumer: 9999 }")


def test_an_unknown_op_is_named():
    with pytest.raises(tf.errors.NotFoundError, match=r"^Op type not registered 'Foo' in binary running on .*node 'i'"):
        imported('node { name: "i" op: "Foo" }')


@pytest.mark.parametrize("elements, error, words", [
    (["zz"], ValueError, "Requested return node 'zz' not found in graph def"),
    (["c:3"], ValueError, "Invalid return output 3 of node 'c', which has 1 output(s)"),
    (["c:x"], ValueError, "Cannot convert 'c:x' to a tensor name."),
    ([3], TypeError, "return_elements must be a list of strings."),
    (5, TypeError, "'int' object is not iterable"),
])
def test_wrong_return_elements(elements, error, words):
    with pytest.raises(error) as caught:
        imported(CONST, return_elements=elements)
    assert str(caught.value) == words


@pytest.mark.parametrize("input_map, name, error, words", [
    ({"q": 3.0}, None, ValueError, "Attempted to map inputs that were not found in graph_def: [q:0]"),
    ({"c:1": 3.0}, None, ValueError, "Attempted to map inputs that were not found in graph_def: [c:1]"),
    ({"c": 3}, None, ValueError,
     "Input 0 of node import/i was passed int32 from import/_inputs/Const:0 incompatible with expected float."),
    ({"c": 3.0}, "", ValueError,
     "tf.import_graph_def() requires a non-empty `name` if `input_map` contains non-Tensor values. Try calling "
     "tf.convert_to_tensor() on `input_map` values before calling tf.import_graph_def()."),
    ([1], None, TypeError, "input_map must be a dictionary mapping strings to Tensor objects."),
    ({1: 3.0}, None, TypeError, "input_map must be a dictionary mapping strings to Tensor objects."),
])
def test_wrong_input_maps(input_map, name, error, words):
    with pytest.raises(error) as caught:
        imported(CONST + IDENTITY, input_map=input_map, name=name)
    assert str(caught.value) == words


def test_a_tensor_of_another_graph_is_refused():
    with tf.Graph().as_default():
        foreign = tf.constant(1.0)
    with pytest.raises(ValueError, match="must be from the default graph"):
        imported(CONST + IDENTITY, input_map={"c": foreign})


@pytest.mark.parametrize("value", [3, "x", None, [1]])
def test_only_a_graph_def_is_imported(value):
    with pytest.raises(TypeError, match=r"^graph_def must be a GraphDef proto\.$"):
        tf.import_graph_def(value)
