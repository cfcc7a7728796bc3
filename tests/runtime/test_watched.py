"""Steps whose values are looked at while they run: what fails, what is kept, and what it costs."""

import numpy as np
import pytest

import kudari as tf
from kudari.runtime.plan import Plan
from kudari.runtime.stats import stats


def test_the_error_names_the_op_and_its_line():
    x = tf.placeholder(tf.float32, [1])
    checked = tf.check_numerics(tf.log(x), "logarithm", name="checked")  # this line
    with tf.Session() as session, pytest.raises(tf.errors.InvalidArgumentError) as caught:
        session.run(checked, {x: [0.0]})
    assert caught.value.op is checked.op
    assert str(caught.value).startswith("logarithm : Tensor had Inf values\n")
    assert "test_watched.py:" in str(caught.value)


def test_what_waits_for_a_failed_check_does_not_happen():
    v = tf.Variable([1.0, 2.0])
    x = tf.placeholder(tf.float32, [2])
    with tf.control_dependencies([tf.check_numerics(x, "x")]):
        update = tf.assign_add(v, x)
    with tf.Session() as session:
        session.run(v.initializer)
        session.run(update.op, {x: [1.0, 1.0]})
        with pytest.raises(tf.errors.InvalidArgumentError, match="x : Tensor had NaN values"):
            session.run(update.op, {x: [1.0, np.nan]})
        np.testing.assert_array_equal(session.run(v), [2.0, 3.0])


def test_what_comes_before_a_failed_check_has_happened():
    v = tf.Variable(1.0)
    update = tf.assign_add(v, 1.0)
    with tf.control_dependencies([update]):
        checked = tf.check_numerics(tf.constant(np.inf), "always")
    with tf.Session() as session:
        session.run(v.initializer)
        with pytest.raises(tf.errors.InvalidArgumentError, match="always"):
            session.run(checked)
        assert session.run(v) == 2.0


def test_a_check_is_compiled_into_the_step_and_the_step_is_not_held_back():
    v = tf.Variable(1.0)
    with tf.control_dependencies([tf.check_numerics(v, "v")]):
        update = tf.assign(v, v * 10.0)
    with tf.Session() as session:
        session.run(v.initializer)
        before = stats.compilations
        with pytest.raises(tf.errors.InvalidArgumentError):
            for _ in range(100):
                session.run(update.op)
        assert stats.compilations == before + 1
        assert session._deferred is None


def test_an_assertion_with_texts_stays_in_the_compiled_step():
    x = tf.placeholder(tf.float32, [])
    from kudari.ops.control import check
    with tf.control_dependencies([check(x > 0.0, [tf.constant("x is"), x], summarize=3)]):
        root = tf.sqrt(x)
    with tf.Session() as session:
        assert session.run(root, {x: 4.0}) == 2.0
        plan, = session._plans.values()
        assert [segment.on_host for segment in plan.segments] == [False]
        with pytest.raises(tf.errors.InvalidArgumentError, match=r"assertion failed: \[x is\] \[-4"):
            session.run(root, {x: -4.0})


@pytest.mark.parametrize("value", [1.0, 20.0])
@pytest.mark.parametrize("where", ["body", "condition", "branch", "branch_of_body", "after"])
def test_an_assertion_inside_of_loops_and_branches_fails(where, value):
    x = tf.placeholder(tf.float32, [])

    def checked(v, limit):
        with tf.control_dependencies([tf.Assert(v < limit, [v], name="small")]):
            return tf.identity(v)

    def branch(v):
        return tf.cond(v > 5.0, lambda: checked(v, 10.0), lambda: v)

    made = {
        "body": lambda: tf.while_loop(lambda v: v > 0.0, lambda v: checked(v, 10.0) - 3.0, [x]),
        "condition": lambda: tf.while_loop(lambda v: checked(v, 10.0) < 5.0, lambda v: v + 1.0, [x]),
        "branch": lambda: branch(x),
        "branch_of_body": lambda: tf.while_loop(lambda v: v > 0.0, lambda v: branch(v) - 3.0, [x]),
        "after": lambda: tf.while_loop(lambda v: v < 5.0, lambda v: v + 1.0, [checked(x, 10.0)]),
    }[where]()
    with tf.Session() as session:
        if value < 10.0:
            session.run(made, {x: value})
        else:
            with pytest.raises(tf.errors.InvalidArgumentError, match=r"assertion failed: \[20"):
                session.run(made, {x: value})
        assert all(segment.is_traceable for plan in session._plans.values() for segment in plan.segments)


def test_a_loop_that_would_not_end_stops_at_a_failed_assertion():
    x = tf.placeholder(tf.float32, [])

    def body(v):
        with tf.control_dependencies([tf.Assert(v < 10.0, [v])]):
            return v + 1.0

    endless = tf.while_loop(lambda v: v > 0.0, body, [x])
    with tf.control_dependencies([tf.Assert(x > 0.0, [x])]):
        step = tf.identity(x)
    guarded = tf.while_loop(lambda v: v < 5.0, lambda v: v + step, [step])
    with tf.Session() as session:
        with pytest.raises(tf.errors.InvalidArgumentError, match=r"assertion failed: \[10"):
            session.run(endless, {x: 1.0})
        with pytest.raises(tf.errors.InvalidArgumentError, match=r"assertion failed: \[0"):
            session.run(guarded, {x: 0.0})


def is_watched(fetch, fed):
    return any(segment.is_watched for segment in Plan([fetch], {fed}).segments)


def test_rows_added_at_places_that_do_not_exist_change_nothing():
    ids, total = tf.placeholder(tf.int32, [None]), tf.Variable(tf.zeros([3]))
    step = tf.assign_add(total, tf.unsorted_segment_sum(tf.ones_like(ids, tf.float32), ids, 3))
    with tf.Session() as session:
        session.run(total.initializer)
        session.run(step, {ids: [0, 2, 2]})
        with pytest.raises(tf.errors.InvalidArgumentError, match=r"segment_ids\[1\] = 3 is out of range \[0, 3\)"):
            session.run(step, {ids: [1, 3]})
        assert session.run(total).tolist() == [1, 0, 2]


def test_places_that_cannot_be_wrong_are_not_watched():
    ids, table = tf.placeholder(tf.int32, [None]), tf.Variable(tf.ones([5, 2]))
    loss = tf.reduce_sum(tf.square(tf.gather(table, ids)))
    rest = tf.reduce_sum(tf.gather(table * 2, tf.reshape(ids, [-1, 1])))
    steps = [tf.train.AdamOptimizer().minimize(loss), tf.train.GradientDescentOptimizer(0.1).minimize(loss + rest)]
    assert not any(is_watched(step, ids) for step in steps)
    assert is_watched(tf.unsorted_segment_sum(tf.ones([2]), ids, 6), ids)
