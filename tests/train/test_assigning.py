"""`tf.contrib.framework`: variables set from arrays and from checkpoints."""

import numpy as np
import pytest

import kudari as tf

framework = tf.contrib.framework


@pytest.fixture
def checkpoint(tmp_path):
    with tf.Graph().as_default(), tf.Session() as session:
        tf.get_variable("old/w", initializer=[1.0, 2.0, 3.0])
        tf.get_variable("b", initializer=3.0)
        session.run(tf.global_variables_initializer())
        return tf.train.Saver().save(session, str(tmp_path / "model"))


@pytest.fixture
def model():
    with tf.Graph().as_default(), tf.Session() as session:
        w, b, c = (tf.get_variable(name, initializer=value) for name, value in (("w", [0.0] * 3), ("b", 0.0), ("c", 7.0)))
        session.run(tf.global_variables_initializer())
        yield w, b, c, session


def test_from_a_checkpoint(checkpoint, model):
    w, b, _, session = model
    op, feeds = framework.assign_from_checkpoint(checkpoint, {"old/w": w, "b": [b]})
    session.run(op, feeds)
    assert session.run([w, b])[0].tolist() == [1.0, 2.0, 3.0] and session.run(b) == 3.0
    assert sorted(tensor.name for tensor in feeds) == ["placeholder/b:0", "placeholder/w:0"]


def test_parts_from_a_checkpoint(checkpoint):
    with tf.Graph().as_default(), tf.Session() as session:
        w = tf.get_variable("w", [3], initializer=tf.zeros_initializer(), partitioner=tf.fixed_size_partitioner(2))
        session.run(*framework.assign_from_checkpoint(checkpoint, {"old/w": list(w)}))
        assert session.run(tf.convert_to_tensor(w)).tolist() == [1.0, 2.0, 3.0]


def test_missing_variables(checkpoint, model):
    _, b, c, session = model
    with pytest.raises(ValueError, match=r"Checkpoint is missing variable \[c\]"):
        framework.assign_from_checkpoint(checkpoint, [b, c])
    session.run(*framework.assign_from_checkpoint(checkpoint, [b, c], ignore_missing_vars=True))
    assert session.run([b, c]) == [3.0, 7.0]
    with pytest.raises(ValueError, match="Total size of new array must be unchanged for old/w"):
        framework.assign_from_checkpoint(checkpoint, {"old/w": c})


def test_a_function_restores(checkpoint, model):
    _, b, c, session = model
    framework.assign_from_checkpoint_fn(checkpoint, [b, c], ignore_missing_vars=True)(session)
    assert session.run([b, c]) == [3.0, 7.0]
    reshaped = tf.get_variable("column", [3, 1], initializer=tf.zeros_initializer())
    framework.assign_from_checkpoint_fn(checkpoint, {"old/w": reshaped}, reshape_variables=True)(session)
    assert session.run(reshaped).tolist() == [[1.0], [2.0], [3.0]]
    assert framework.assign_from_checkpoint_fn(checkpoint, [c], ignore_missing_vars=True) is None
    with pytest.raises(ValueError, match="var_list cannot be empty"):
        framework.assign_from_checkpoint_fn(checkpoint, [])


def test_from_values(model):
    w, b, _, session = model
    framework.assign_from_values_fn({"w": np.ones([3, 1]), "b": np.array(2.0)})(session)
    assert session.run(w).tolist() == [1.0, 1.0, 1.0] and session.run(b) == 2.0
    with pytest.raises(ValueError, match="Variable nobody wasn't found"):
        framework.assign_from_values({"nobody": np.ones([])})


def test_devices_of_variables_go_round():
    chooser = framework.VariableDeviceChooser(num_tasks=2)
    assert [chooser(None) for _ in range(3)] == [f"/job:ps/task:{i}/device:CPU:0" for i in (0, 1, 0)]
    assert framework.VariableDeviceChooser()(None) == "/device:CPU:0"


def test_what_is_a_tensor(model):
    assert framework.is_tensor(model[0]) and framework.is_tensor(tf.constant(1)) and not framework.is_tensor([1.0])
