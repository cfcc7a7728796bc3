"""Branches that are known while the graph is built are not made."""

import pytest

import kudari as tf

smart_cond = tf.contrib.framework.smart_cond


def made(pred):
    with tf.Graph().as_default() as graph, tf.Session() as session:
        value = smart_cond(pred(), lambda: tf.constant(1, name="one"), lambda: tf.constant(2, name="two"))
        names = {op.name for op in graph.get_operations()}
        return session.run(value), "one" in names, "two" in names


@pytest.mark.parametrize(("pred", "wanted"), [
    (lambda: True, (1, True, False)), (lambda: 0, (2, False, True)), (lambda: tf.constant(True), (1, True, False))])
def test_only_one_is_made(pred, wanted):
    assert made(pred) == wanted


def test_both_are_made_where_a_step_decides():
    with tf.Graph().as_default(), tf.Session() as session:
        pred = tf.placeholder(tf.bool, [])
        value = smart_cond(pred, lambda: tf.constant(1), lambda: tf.constant(2))
        assert [session.run(value, {pred: known}) for known in (True, False)] == [1, 2]


@pytest.mark.parametrize(("arguments", "words"), [
    ((True, 1, lambda: 1), "`true_fn` must be callable"), ((True, lambda: 1, 1), "`false_fn` must be callable"),
    (("yes", lambda: 1, lambda: 1), "`pred` must be a Tensor, or a Python bool, or 1 or 0")])
def test_wrong_calls(arguments, words):
    with pytest.raises(TypeError, match=words):
        smart_cond(*arguments)
