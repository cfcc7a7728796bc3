"""Variables that begin with what a checkpoint holds, and the message that names a server's task."""

import pytest

import kudari as tf


@pytest.fixture
def checkpoint(tmp_path):
    with tf.Graph().as_default(), tf.Session() as session:
        tf.get_variable("old/w", initializer=[1.0, 2.0])
        tf.get_variable("b", initializer=3.0)
        session.run(tf.global_variables_initializer())
        return tf.train.Saver().save(session, str(tmp_path / "model"))


@pytest.fixture
def model():
    with tf.Graph().as_default():
        yield (tf.get_variable("w", initializer=[0.0, 0.0]), tf.get_variable("b", initializer=0.0),
               tf.get_variable("b_step", initializer=7.0, trainable=False))


def initialized(variables):
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        return [value.tolist() for value in session.run(list(variables))]


def test_all_trainable_variables(checkpoint, model):
    tf.train.warm_start(checkpoint, var_name_to_prev_var_name={"w": "old/w"})
    assert initialized(model) == [[1.0, 2.0], 3.0, 7.0]


@pytest.mark.parametrize("wanted", ["b", ["b:"], "chosen"])
def test_some_variables(checkpoint, model, wanted):
    tf.train.warm_start(checkpoint, [model[1]] if wanted == "chosen" else wanted)
    assert initialized(model) == [[0.0, 0.0], 3.0, 7.0]


def test_wrong_calls(checkpoint, model):
    with pytest.raises(ValueError, match="is not found in"):
        tf.train.warm_start(checkpoint)
    with pytest.raises(ValueError, match="that were not used"):
        tf.train.warm_start(checkpoint, "b", var_name_to_prev_var_name={"nobody": "old/w"})
    info = tf.train.VocabInfo("new", 3, 0, "old")
    with pytest.raises(tf.errors.UnimplementedError, match="does not move rows by vocabularies"):
        tf.train.warm_start(checkpoint, var_name_to_vocab_info={"w": info})


def test_a_server_def_names_the_task():
    cluster = tf.train.ClusterSpec({"worker": ["localhost:2222"]})
    message = tf.train.ServerDef(cluster=cluster.as_cluster_def(), job_name="worker", task_index=0, protocol="grpc")
    assert tf.train.ServerDef.FromString(message.SerializeToString()) == message
    assert tf.train.Server(message).target
