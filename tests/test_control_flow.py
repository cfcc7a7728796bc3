"""Conditionals and loops at run time: what does not run, what both executors give, graphs without contexts."""

from pathlib import Path

import numpy as np
import pytest

import kudari as tf
from kudari.runtime.options import SessionOptions
from kudari.runtime.plan import Plan

from .test_node_lists import program, recorded, same

GOLDEN = [Path(__file__).parent / "golden" / "graphs" / f"{name}.py"
          for name in ("conditionals", "cases", "loops", "tensor_arrays", "over_elements")]
every_golden = pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)


def results(made, graph, built, **options):
    with tf.Session(graph=graph, config=SessionOptions(**options)) as session:
        return [session.run([built.get(name, name) for name in fetches], feeds) for fetches, feeds in made.STEPS]


@every_golden
def test_interpreted_equals_tensorflow(path):
    made = program(path)
    with tf.Graph().as_default() as graph:
        built = made.build(tf) or {}
    same(results(made, graph, built, interpret=True), recorded(path)["results"])


def names_of(structure):
    if isinstance(structure, list | tuple):
        return [names_of(part) for part in structure]
    return structure.name


@every_golden
def test_an_imported_graph_runs_from_its_nodes_alone(path):
    made = program(path)
    with tf.Graph().as_default() as graph:
        built = {key: names_of(value) for key, value in (made.build(tf) or {}).items()}
    with tf.Graph().as_default() as copy:
        tf.import_graph_def(graph.as_graph_def(), name="")
    nodes, copied = ({node.name: node for node in g.as_graph_def().node} for g in (graph, copy))
    assert copied == nodes
    same(results(made, copy, built), recorded(path)["results"])


@pytest.fixture
def session():
    with tf.Graph().as_default(), tf.Session() as session:
        yield session


def segments(session):
    return [(segment.on_host, segment.is_traceable) for plan in session._plans.values() for segment in plan.segments]


def guess(session):
    (plan,) = session._plans.values()
    return plan.segments[0].guess


def test_the_other_branch_does_nothing(session):
    x = tf.placeholder(tf.float32, [2])
    p = tf.placeholder(tf.bool, [])
    w = tf.Variable([1.0, 2.0])
    calls = []
    session.run(w.initializer)

    def seen(value):
        calls.append(value)
        return value

    y = tf.cond(p, lambda: tf.py_func(seen, [x], tf.float32), lambda: w.assign_add(x))
    assert list(session.run(y, {x: [1.0, 2.0], p: True})) == [1.0, 2.0]
    assert len(calls) == 1
    assert list(session.run(w)) == [1.0, 2.0]
    assert list(session.run(y, {x: [1.0, 2.0], p: False})) == [2.0, 4.0]
    assert len(calls) == 1


def test_a_gradient_does_not_see_the_nan_of_the_other_branch(session):
    x = tf.placeholder(tf.float32, [])
    y = tf.cond(x > 0.0, lambda: tf.log(x), lambda: x * 2.0)
    assert session.run(tf.gradients(y, x), {x: -1.0}) == [2.0]
    assert segments(session) == [(False, True)]


def test_a_loop_changes_a_variable_in_every_iteration(session):
    total = tf.Variable(0.0)
    session.run(total.initializer)

    def body(i):
        with tf.control_dependencies([total.assign_add(tf.cast(i, tf.float32))]):
            return i + 1

    loop = tf.while_loop(lambda i: i < 5, body, [tf.constant(0)])
    assert session.run(loop) == 5
    assert session.run(total) == 10.0


def test_a_loop_with_a_python_function_runs_in_python(session):
    def add_one(v):
        return np.int32(v + 1)

    loop = tf.while_loop(lambda i: i < 4, lambda i: tf.ensure_shape(i + tf.py_func(add_one, [i], tf.int32), []),
                         [tf.constant(0)])
    assert session.run(loop) == 7
    assert segments(session)[-1] == (True, True)


@pytest.mark.parametrize("n", [0, 1, 16, 17, 100, 3])
def test_the_gradient_of_a_loop_makes_room_for_what_it_finds(session, n):
    x = tf.placeholder(tf.float32, [])
    limit = tf.placeholder(tf.float32, [])
    y = tf.while_loop(lambda v, i: i < limit, lambda v, i: (tf.sin(v) + x, i + 1.0), [x, 0.0])[0]
    g = tf.gradients(y, x)[0]
    value, slope = 0.5, 1.0
    for _ in range(n):
        value, slope = np.sin(value) + 0.5, np.cos(value) * slope + 1.0
    found = session.run([y, g], {x: 0.5, limit: n})
    np.testing.assert_allclose(found, [value, slope], rtol=1e-4)
    assert segments(session) == [(False, True)]
    assert guess(session) == max(16, 1 << max(n - 1, 0).bit_length())


def test_a_loop_ends_though_the_stacks_before_it_overflowed(session):
    x, limit = tf.placeholder(tf.float32, []), tf.placeholder(tf.float32, [])
    y = tf.while_loop(lambda v, i: i < limit, lambda v, i: (v + x * i, i + 1.0), [0.0, 0.0])[0]
    g = tf.gradients(y, x)[0]
    # The gradient is another while there is room for 16 values only, and this would go on for ever.
    steps = tf.while_loop(lambda i: tf.not_equal(g, 780.0), lambda i: i + 1, [0])
    found = session.run([g, steps], {x: 1.0, limit: 40.0})
    np.testing.assert_allclose(found, [780.0, 0])
    assert guess(session) == 64


def test_a_known_number_of_iterations_gives_the_room(session):
    x = tf.placeholder(tf.float32, [40])
    y = tf.while_loop(lambda i, v: i < tf.shape(x)[0], lambda i, v: (i + 1, tf.tanh(v) + x[i]), [0, 0.0])[1]
    g = tf.gradients(y, x)[0]
    session.run(g, {x: np.ones(40)})
    assert guess(session) == 16


def test_values_cross_from_a_loop_to_its_gradient_over_a_host_op(session):
    x = tf.placeholder(tf.float32, [3])
    y = tf.while_loop(lambda i, v: i < 3, lambda i, v: (i + 1, tf.tanh(v) * x), [0, x])[1]
    loss = tf.reduce_sum(tf.boolean_mask(y, y > 0.0))
    g = tf.gradients(loss, x)[0]
    data = np.array([0.5, -0.25, 1.5])

    def f(v):
        out = v
        for _ in range(3):
            out = np.tanh(out) * v
        return out[out > 0].sum()

    slope = [(f(data + d) - f(data - d)) / 2e-4 for d in np.eye(3) * 1e-4]
    np.testing.assert_allclose(session.run(g, {x: data}), slope, rtol=1e-3, atol=1e-4)
    assert all(is_traceable for _, is_traceable in segments(session))


def test_an_embedding_looked_up_in_a_loop_has_slices_as_gradient(session):
    w = tf.Variable(np.arange(6.0).reshape(3, 2), dtype=tf.float32)
    ids = tf.placeholder(tf.int32, [4])
    session.run(w.initializer)
    y = tf.while_loop(lambda i, s: i < 4, lambda i, s: (i + 1, s + tf.reduce_sum(tf.gather(w, ids[i]) ** 2)), [0, 0.0])[1]
    g = tf.gradients(y, w)[0]
    assert isinstance(g, tf.IndexedSlices)
    found = session.run(tf.convert_to_tensor(g), {ids: [0, 2, 2, 1]})
    np.testing.assert_allclose(found, [[0, 2], [4, 6], [16, 20]])


@pytest.mark.parametrize("what", ["fetch", "feed"])
def test_the_inside_of_a_loop_is_out_of_reach(session, what):
    inside = []
    tf.while_loop(lambda i: i < 3, lambda i: inside.append(i + 1) or inside[0], [tf.constant(0)])
    if what == "fetch":
        with pytest.raises(ValueError, match="has been marked as not fetchable"):
            session.run(inside[0])
    else:
        with pytest.raises(ValueError, match="may not be fed"):
            session.run(tf.constant(1), {inside[0]: 3})


def test_a_plan_without_control_flow_has_no_guards():
    with tf.Graph().as_default():
        plan = Plan([tf.constant(1.0) + 2.0], [])
    assert not plan.segments[0].guards
    assert not plan.stores


def test_a_side_that_a_rank_rules_out_need_not_make_sense(monkeypatch):
    x, weight = tf.placeholder(tf.float32), tf.Variable(2.0)
    total = tf.cond(tf.equal(tf.rank(x), 2), lambda: tf.reduce_sum(tf.matmul(x * weight, x, transpose_b=True)),
                    lambda: tf.reduce_sum(x * weight))
    labels, predicted = tf.placeholder(tf.int32), tf.placeholder(tf.int32)
    counts = tf.confusion_matrix(labels, predicted, num_classes=2)
    monkeypatch.setattr("kudari.runtime.executor.run_interpreted", None)  # it runs compiled
    with tf.Session() as session:
        session.run(weight.initializer)
        assert session.run(total, {x: [1.0, 2.0]}) == 6.0
        assert session.run(total, {x: [[1.0, 2.0]]}) == 10.0
        for columns in ([0, 1, 1], [[0], [1], [1]]):
            assert session.run(counts, {labels: columns, predicted: [1, 1, 1]}).tolist() == [[0, 1], [0, 2]]
