"""The variable that counts steps."""

import pytest

import kudari as tf


def test_it_is_made_once():
    made = tf.train.create_global_step()
    assert tf.train.get_global_step() is made
    assert tf.train.get_or_create_global_step() is made
    assert (made.name, made.dtype.base_dtype, made.shape.as_list()) == ("global_step:0", tf.int64, [])
    with pytest.raises(ValueError, match="already exists"):
        tf.train.create_global_step()


def test_it_is_not_trained_and_is_where_it_is_looked_for():
    made = tf.train.get_or_create_global_step()
    assert tf.trainable_variables() == []
    assert tf.get_collection(tf.GraphKeys.GLOBAL_STEP) == [made]
    assert tf.global_variables() == [made]


def test_it_is_at_the_top_of_its_graph_whatever_the_scope():
    graph = tf.Graph()
    with tf.name_scope("somewhere"):
        made = tf.train.get_or_create_global_step(graph)
    assert made.graph is graph
    assert made.name == "global_step:0"


def test_a_graph_without_one():
    assert tf.train.get_global_step() is None


def test_one_that_has_only_the_name():
    own = tf.Variable(7, trainable=False, name="global_step")
    found = tf.train.get_global_step()
    assert found is own._ref()
    with tf.Session() as session:
        session.run(own.initializer)
        assert tf.train.global_step(session, own) == 7


def test_several_are_none(caplog):
    for _ in range(2):
        tf.add_to_collection(tf.GraphKeys.GLOBAL_STEP, tf.Variable(0))
    assert tf.train.get_global_step() is None
    assert "Multiple tensors in global_step collection." in caplog.text


@pytest.mark.parametrize("make, message", [
    (lambda: 3, 'Existing "global_step" must be a Variable or Tensor: 3.'),
    (lambda: tf.Variable(1.0), "Existing \"global_step\" does not have integer type: <dtype: 'float32_ref'>"),
    (lambda: tf.Variable([1]), 'Existing "global_step" is not scalar: (1,)'),
])
def test_what_cannot_count(make, message):
    with pytest.raises(TypeError) as caught:
        tf.train.assert_global_step(make())
    assert str(caught.value) == message
