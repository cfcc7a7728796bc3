"""Plans: cached, bounded, undisturbed by a growing graph, and the same cold as warm."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

import kudari as tf
from kudari.runtime.compiled import MOST_PROGRAMS
from kudari.runtime.session import MOST_PLANS
from kudari.runtime.stats import stats


def test_a_growing_graph_keeps_its_plans():
    x = tf.placeholder(tf.float32, [2])
    y = x * 2.0
    sess = tf.Session()
    sess.run(y, {x: [1, 2]})
    before = stats.compilations, stats.plans
    for _ in range(5):
        y + 1.0
        sess.run(y, {x: [1, 2]})
    assert (stats.compilations, stats.plans) == before


def test_caches_are_bounded():
    x = tf.placeholder(tf.float32, [None])
    y = x + 1.0
    sess = tf.Session()
    for size in range(MOST_PROGRAMS + 20):
        sess.run(y, {x: np.zeros(size)})
    (plan,) = sess._plans.values()
    assert len(plan.segments[0].programs) <= MOST_PROGRAMS
    for i in range(MOST_PLANS + 5):
        sess.run(x, {x: [i]}) if i % 2 else sess.run([x] * (i % 50 + 1), {x: [i]})
    assert len(sess._plans) <= MOST_PLANS and len(sess._prepared) <= MOST_PLANS


def test_an_edited_edge_makes_a_new_plan():
    v = tf.Variable(1.0)
    read = v.read_value()
    sess = tf.Session()
    sess.run(v.initializer)
    assert sess.run(read) == 1
    read.op._add_control_inputs([v.assign_add(1.0).op])
    assert sess.run(read) == 2


@settings(max_examples=25, deadline=None)
@given(st.recursive(st.integers(0, 3), lambda inner: st.lists(inner, max_size=3) | st.tuples(inner, inner)
                    | st.dictionaries(st.sampled_from("abc"), inner, max_size=3), max_leaves=8))
def test_structures_come_back_and_cold_equals_warm(structure):
    tf.reset_default_graph()
    leaves = [tf.constant(10 * i) for i in range(3)] + [tf.no_op()]

    def build(part, leaf):
        if isinstance(part, int):
            return leaf(part)
        if isinstance(part, dict):
            return {key: build(value, leaf) for key, value in part.items()}
        return type(part)([build(value, leaf) for value in part])

    wanted = build(structure, lambda i: None if i == 3 else 10 * i)
    sess = tf.Session()
    cold = sess.run(build(structure, leaves.__getitem__))
    warm = sess.run(build(structure, leaves.__getitem__))
    assert cold == warm == wanted
