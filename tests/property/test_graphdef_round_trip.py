"""A graph written as a GraphDef and read again is the same graph."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

import kudari as tf
from kudari.graph.tensor_proto import array_proto, make_ndarray

DTYPES = ["float16", "float32", "float64", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64",
          "bool", "complex64", "complex128", "bfloat16"]
STEPS = ["placeholder", "constant", "variable", "add", "identity", "cast", "stack", "unstack", "no_op", "squeeze"]


@st.composite
def programs(draw):
    """Steps of a random program: what to add, where, and on which of the tensors there are."""
    step = st.tuples(st.sampled_from(STEPS), st.sampled_from(["", "a", "b/c"]), st.integers(0, 99), st.integers(0, 99),
                     st.booleans(), st.sampled_from([None, "/cpu:0", "/job:w/task:1"]))
    return draw(st.lists(step, min_size=1, max_size=14))


def build(program):
    with tf.Graph().as_default() as graph:
        tensors = [tf.constant([[1.0, 2.0]])]
        for kind, scope, first, second, waits, device in program:
            before = [tensors[second % len(tensors)]] if waits else []
            with graph.name_scope(scope or None), tf.control_dependencies(before), graph.device(device or ""):
                tensors.extend(add(kind, tensors[first % len(tensors)], tensors[second % len(tensors)], first))
    return graph


def add(kind, x, y, number):
    """The tensors that one step makes."""
    if kind == "placeholder":
        return [tf.placeholder(tf.float32, [None, [None, 2, 1], [], [3]][number % 4] if number % 4 else None)]
    if kind == "constant":
        return [tf.constant(number, tf.float32, shape=[[], [2], [0, 2], [1, 1]][number % 4])]
    if kind == "variable":
        return [tf.Variable(float(number)).value()]
    if kind == "add":
        return [tf.add_n([x, x])]
    if kind == "cast":
        return [tf.cast(tf.cast(x, tf.int32), tf.float32)]
    if kind == "stack":
        return [tf.stack([x, x], axis=0)]
    if kind == "unstack":
        return tf.unstack(tf.stack([x, x, x]), num=3)
    if kind == "squeeze":
        return [tf.squeeze(tf.expand_dims(x, 0), [0] if number % 2 else None)]
    if kind == "no_op":
        tf.no_op()
        return []
    return [tf.identity(x)]


def content(graph_def):
    return graph_def.SerializeToString(deterministic=True)


@settings(max_examples=60, deadline=None)
@given(programs())
def test_written_and_read_a_graph_is_the_same(program):
    written = build(program).as_graph_def(add_shapes=True)
    with tf.Graph().as_default() as graph:
        tf.import_graph_def(written, name="")
    assert content(graph.as_graph_def(add_shapes=True)) == content(written)


@settings(max_examples=30, deadline=None)
@given(programs(), st.randoms(use_true_random=False))
def test_nodes_may_come_in_any_order(program, random):
    written = build(program).as_graph_def()
    shuffled = list(written.node)
    random.shuffle(shuffled)
    with tf.Graph().as_default() as graph:
        tf.import_graph_def(tf.GraphDef(node=shuffled, versions=written.versions), name="")
    assert sorted(map(content, graph.as_graph_def().node)) == sorted(map(content, written.node))


@given(st.sampled_from(DTYPES), st.lists(st.integers(0, 3), max_size=3), st.integers(0, 2**32 - 1))
def test_arrays_come_back_bit_for_bit(name, shape, seed):
    dtype = np.dtype(tf.as_dtype(name).as_numpy_dtype)
    raw = np.random.default_rng(seed).bytes(dtype.itemsize * int(np.prod(shape)))
    value = np.frombuffer(raw, np.uint8).reshape(*shape, dtype.itemsize) % 2 if name == "bool" else None
    array = (value.astype(bool).reshape(shape) if name == "bool" else np.frombuffer(raw, dtype).reshape(shape))
    back = make_ndarray(array_proto(array))
    assert back.dtype == array.dtype and back.shape == array.shape
    assert same_bits(back, array)


def same_bits(a, b):
    """Equal bytes, but for what a float written as a number loses: which NaN it was."""
    if a.tobytes() == b.tobytes():
        return True
    wide = [array.astype(np.complex128) for array in (a, b) if array.dtype.kind in "fcV"]
    return len(wide) == 2 and np.array_equal(*wide, equal_nan=True)


@given(st.lists(st.one_of(st.binary(max_size=5), st.text(max_size=5)), min_size=1, max_size=4))
def test_text_comes_back_as_bytes(texts):
    expected = [text.encode() if isinstance(text, str) else text for text in texts]
    assert make_ndarray(tf.make_tensor_proto(texts)).tolist() == expected
