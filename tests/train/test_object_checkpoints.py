"""Checkpoints of objects: what TensorFlow wrote is restored and trained on, and what is written is what it would write."""

import pathlib

import numpy as np
import pytest

import kudari as tf
from kudari.protos import proto

# Written by TensorFlow 1.15 after three steps of `Model`; two steps later it had w = AFTER_TWO[0] and b = AFTER_TWO[1].
WRITTEN = str(pathlib.Path(__file__).parents[1] / "golden" / "object_checkpoints" / "object-2")
SAVED = [0.70193636, 1.7008137], 0.20115623
AFTER_TWO = [0.5099042, 1.5039005], 0.005658552


@pytest.fixture(autouse=True)
def graph():
    with tf.Graph().as_default() as graph:
        yield graph


class Model:
    """Two variables trained by Adam, and a checkpoint of all there is."""

    def __init__(self):
        self.w, self.b = tf.Variable([1.0, 2.0], name="w"), tf.Variable(0.5, name="b")
        extra = tf.Variable([3, 4], name="extra")
        step = tf.train.get_or_create_global_step()
        optimizer = tf.train.AdamOptimizer(0.1)
        self.train = optimizer.minimize(tf.reduce_sum(tf.square(self.w * 3.0 + self.b)), global_step=step)
        self.checkpoint = tf.train.Checkpoint(opt=optimizer, w=self.w, inner=tf.train.Checkpoint(b=self.b), step=step)
        self.checkpoint.listed = [extra, self.b]
        self.checkpoint.named = {"e": extra}


def saved_graph(path):
    return proto("TrackableObjectGraph").FromString(tf.train.load_variable(path, "_CHECKPOINTABLE_OBJECT_GRAPH"))


def test_what_tensorflow_wrote_trains_on_as_there():
    model = Model()
    with tf.Session() as session:
        status = model.checkpoint.restore(WRITTEN)
        status.assert_consumed().initialize_or_restore()
        np.testing.assert_array_equal(session.run(model.w), np.float32(SAVED[0]))
        for _ in range(2):
            session.run(model.train)
        for found, wanted in zip(session.run([model.w, model.b]), AFTER_TWO):
            np.testing.assert_allclose(found, wanted, rtol=1e-6)
        assert session.run([model.checkpoint.step, model.checkpoint.save_counter]) == [5, 2]


def test_the_object_graph_is_tensorflows(tmp_path):
    model = Model()
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        model.checkpoint.save(tmp_path / "object")
        path = model.checkpoint.save(tmp_path / "object")
    assert path == str(tmp_path / "object-2") == tf.train.latest_checkpoint(tmp_path)
    assert saved_graph(path) == saved_graph(WRITTEN)
    assert tf.train.list_variables(path) == tf.train.list_variables(WRITTEN)


def test_variables_may_have_other_names_and_the_graph_other_parts():
    w, new = tf.Variable([0.0, 0.0], name="another"), tf.Variable(3.0, name="new")
    checkpoint = tf.train.Checkpoint(w=w, new=new)
    with tf.Session() as session:
        status = checkpoint.restore(WRITTEN)
        with pytest.raises(AssertionError, match="Unresolved object in checkpoint"):
            status.assert_consumed()
        with pytest.raises(AssertionError, match="not bound to checkpointed values"):
            status.assert_existing_objects_matched()
        status.assert_nontrivial_match().expect_partial().initialize_or_restore()
        np.testing.assert_array_equal(session.run(w), np.float32(SAVED[0]))
        assert session.run(new) == 3.0


def test_what_is_made_after_restore_is_restored_too():
    checkpoint = tf.train.Checkpoint()
    status = checkpoint.restore(WRITTEN)
    checkpoint.w = tf.Variable([0.0, 0.0])
    with tf.Session() as session:
        status.initialize_or_restore()
        np.testing.assert_array_equal(session.run(checkpoint.w), np.float32(SAVED[0]))


def test_a_savers_checkpoint_is_restored_by_names(tmp_path):
    w = tf.Variable([1.0, 2.0], name="w")
    saver = tf.train.Saver()
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        path = saver.save(session, str(tmp_path / "named"))
        session.run(w.assign([7.0, 7.0]))
        checkpoint = tf.train.Checkpoint(anything=w)
        checkpoint.restore(path).initialize_or_restore()
        assert session.run(w).tolist() == [1.0, 2.0]


@pytest.mark.parametrize(("act", "kind", "words"), [
    (lambda: tf.train.Checkpoint(x=3), ValueError, "was expecting a trackable object"),
    (lambda: tf.train.Checkpoint().restore("no-such"), tf.errors.NotFoundError, "Failed to find any matching files"),
    (lambda: tf.train.Checkpoint().restore(None).assert_consumed(), AssertionError, "nothing is being restored"),
    (lambda: tf.train.Checkpoint().restore(None).run_restore_ops(), AssertionError, "no restore ops are available"),
    (lambda: tf.train.Checkpoint().save("nowhere"), ValueError, "There is no session"),
    (lambda: tf.train.CheckpointManager(tf.train.Checkpoint(), "nowhere", 0), ValueError, "Expected a positive integer"),
])
def test_wrong_calls(act, kind, words):
    with pytest.raises(kind, match=words):
        act()


def test_another_shape_is_an_error():
    checkpoint = tf.train.Checkpoint(w=tf.Variable([1.0, 2.0, 3.0]))
    with tf.Session(), pytest.raises(tf.errors.InvalidArgumentError, match=r"lhs shape= \[3\] rhs shape= \[2\].*w/.ATTR"):
        checkpoint.restore(WRITTEN).initialize_or_restore()


def test_a_manager_keeps_the_newest(tmp_path):
    checkpoint = tf.train.Checkpoint(w=tf.Variable(1.0))
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        manager = tf.train.CheckpointManager(checkpoint, tmp_path, max_to_keep=2)
        paths = [manager.save() for _ in range(3)]
        assert paths == [str(tmp_path / f"ckpt-{n}") for n in (1, 2, 3)]
        assert manager.checkpoints == paths[1:] and manager.latest_checkpoint == paths[2]
        assert not tf.train.checkpoint_exists(paths[0]) and tf.train.checkpoint_exists(paths[1])
        assert manager.save(checkpoint_number=77) == str(tmp_path / "ckpt-77")
        assert tf.train.CheckpointManager(checkpoint, tmp_path, max_to_keep=2).checkpoints == manager.checkpoints
        keeps = tf.train.CheckpointManager(checkpoint, tmp_path / "all", 1, keep_checkpoint_every_n_hours=1e-9)
        first = keeps.save()
        keeps.save()
        assert keeps.checkpoints != [first] and tf.train.checkpoint_exists(first)


def test_new_checkpoints_are_given_one_after_the_other(tmp_path):
    checkpoint = tf.train.Checkpoint(w=tf.Variable(1.0))
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        first = checkpoint.save(tmp_path / "c")
        found = []
        for path in tf.train.checkpoints_iterator(tmp_path, timeout=0):
            found.append(path)
            if len(found) < 2:
                second = checkpoint.save(tmp_path / "c")
        assert found == [first, second]
        asked = []
        assert list(tf.train.checkpoints_iterator(tmp_path / "none", timeout=0,
                                                  timeout_fn=lambda: asked.append(1) or len(asked) == 2)) == []
        assert len(asked) == 2


class Position(tf.train.experimental.PythonState):
    """How far a reader has read."""

    def __init__(self, lines):
        self.lines = lines

    def serialize(self):
        return str(self.lines)

    def deserialize(self, string_value):
        self.lines = int(string_value)


def test_state_of_python_is_saved_and_restored_at_once(tmp_path):
    position = Position(7)
    checkpoint = tf.train.Checkpoint(inner=tf.train.Checkpoint(position=position), w=tf.Variable(1.0))
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        path = checkpoint.write(tmp_path / "state")
        assert tf.train.load_variable(path, "inner/position/.ATTRIBUTES/py_state") == b"7"
        position.lines = 0
        checkpoint.restore(path).assert_nontrivial_match()
        assert position.lines == 7
    with pytest.raises(TypeError, match="abstract"):
        tf.train.experimental.PythonState()
