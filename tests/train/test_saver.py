"""Savers: what is saved comes back, into the same program and into others, and the old is deleted in time."""

import os
import pathlib
import random
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

import kudari as tf

GOLDEN = pathlib.Path(__file__).parent.parent / "golden" / "checkpoints"


@pytest.fixture(autouse=True)
def graph():
    with tf.Graph().as_default() as graph:
        yield graph


def model(use_resource=False):
    with tf.variable_scope("m", use_resource=use_resource):
        weights = tf.get_variable("weights", initializer=np.arange(6, dtype=np.float32).reshape(2, 3))
        tf.get_variable("parts", [5, 2], partitioner=tf.fixed_size_partitioner(2), initializer=tf.ones_initializer())
        tf.get_variable("texts", initializer=tf.constant([b"a", b"bc"]), trainable=False)
    step = tf.train.get_or_create_global_step()
    loss = tf.add_n([tf.reduce_sum(tf.square(v)) for v in tf.trainable_variables()])
    return tf.train.AdamOptimizer(0.1).minimize(loss, step), weights


def started():
    session = tf.Session()
    session.run(tf.global_variables_initializer())
    return session


def state(session):
    return [value.tolist() for value in session.run(tf.global_variables())]


@pytest.mark.parametrize("options", [{}, {"sharded": True}, {"write_version": tf.train.SaverDef.V1},
                                     {"restore_sequentially": True}, {"reshape": True}], ids=repr)
@pytest.mark.parametrize("use_resource", [False, True])
def test_training_goes_on_as_if_nothing_had_been(use_resource, options, tmp_path):
    train, _ = model(use_resource)
    if "write_version" in options:
        options = {**options, "var_list": [v for v in tf.global_variables() if "texts" not in v.name]}
    saver, session = tf.train.Saver(**options), started()
    session.run(train)
    path = saver.save(session, tmp_path / "model", global_step=tf.train.get_global_step())
    session.run(train)
    wanted = state(session)
    session.run(tf.global_variables_initializer())
    saver.restore(session, path)
    session.run(train)
    assert state(session) == wanted


def test_the_newest_are_kept_and_the_state_file_says_which(tmp_path):
    model()
    saver, session = tf.train.Saver(max_to_keep=2), started()
    paths = [saver.save(session, tmp_path / "model", global_step=i) for i in range(4)]
    assert saver.last_checkpoints == paths[-2:] and tf.train.latest_checkpoint(tmp_path) == paths[-1]
    assert (tmp_path / "checkpoint").read_text() == (
        f'model_checkpoint_path: "{paths[3]}"\nall_model_checkpoint_paths: "{paths[2]}"\n'
        f'all_model_checkpoint_paths: "{paths[3]}"\n')
    assert sorted(p.name for p in tmp_path.iterdir() if p.suffix == ".index") == ["model-2.index", "model-3.index"]
    again = tf.train.Saver(max_to_keep=2)
    again.recover_last_checkpoints(tf.train.get_checkpoint_state(tmp_path).all_model_checkpoint_paths)
    again.save(session, tmp_path / "model", global_step=9)
    assert again.last_checkpoints == [paths[3], str(tmp_path / "model-9")] and not tf.train.checkpoint_exists(paths[2])


def test_some_are_kept_for_good(tmp_path):
    model()
    saver, session = tf.train.Saver(max_to_keep=1, keep_checkpoint_every_n_hours=1e-9), started()
    for i in range(3):
        time.sleep(0.01)
        saver.save(session, tmp_path / "model", global_step=i, write_meta_graph=False)
    assert len(list(tmp_path.glob("*.index"))) == 3


def test_names_of_files(tmp_path):
    model()
    session = started()
    assert tf.train.Saver(pad_step_number=True).save(session, tmp_path / "m", 7).endswith("m-00000007")
    relative = tf.train.Saver(save_relative_paths=True)
    relative.save(session, tmp_path / "r", latest_filename="other")
    assert 'model_checkpoint_path: "r"' in (tmp_path / "other").read_text()
    assert tf.train.latest_checkpoint(tmp_path, "other") == str(tmp_path / "r")
    assert tf.train.latest_checkpoint(tmp_path / "nowhere") is None
    saver = tf.train.Saver()
    saver.save(session, tmp_path / "plain", write_meta_graph=False, write_state=False)
    assert (tmp_path / "plain.index").exists() and saver.last_checkpoints == []


def test_a_graph_comes_back_from_its_file(tmp_path):
    train, _ = model()
    tf.add_to_collection("mine", train)
    tf.add_to_collection("numbers", 5)
    session = started()
    path = tf.train.Saver().save(session, tmp_path / "model")
    session.run(train)
    wanted = state(session)
    for as_text in (False, True):
        tf.train.export_meta_graph(str(tmp_path / "again.meta"), as_text=as_text, saver_def=None)
        with tf.Graph().as_default():
            saver, other = tf.train.import_meta_graph(path + ".meta"), tf.Session()
            saver.restore(other, path)
            other.run(tf.get_collection("mine"))
            assert state(other) == wanted and tf.get_collection("numbers") == [5]
            assert tf.trainable_variables()[0].name == "m/weights:0"
        with tf.Graph().as_default():
            assert isinstance(tf.train.import_meta_graph(str(tmp_path / "again.meta")), tf.train.Saver)


def test_a_scope_moves_to_another(tmp_path):
    model()
    path = tf.train.Saver().save(started(), tmp_path / "model")
    with tf.Graph().as_default():
        saver, session = tf.train.import_meta_graph(path + ".meta", import_scope="copy"), tf.Session()
        saver.restore(session, path)
        assert session.run("copy/m/weights:0").tolist() == [[0, 1, 2], [3, 4, 5]]


@pytest.mark.parametrize("release", sorted(path.name for path in GOLDEN.iterdir()))
def test_tensorflows_graph_and_checkpoint_go_on_here(release):
    saver, session = tf.train.import_meta_graph(str(GOLDEN / release / "model-3.meta")), tf.Session()
    saver.restore(session, str(GOLDEN / release / "model-3"))
    assert session.run("global_step:0") == 3
    session.run("Adam")
    assert session.run("global_step:0") == 4


@pytest.mark.parametrize(("make", "error", "words"), [
    (lambda: tf.train.Saver(), ValueError, "No variables to save"),
    (lambda: tf.train.Saver({1: tf.Variable(1.0)}), TypeError, "Name is not a string: 1"),
    (lambda: tf.train.Saver([tf.constant(1.0)]), TypeError, "Variable to save is not a Variable"),
    (lambda: tf.train.Saver(tf.Variable(1.0)), TypeError, "should be passed in a dict or a list"),
    (lambda: tf.train.Saver([tf.Variable(1.0)] * 2), ValueError, "At least two variables have the same name: Variable"),
    (lambda: tf.train.Saver(dict.fromkeys("ab", tf.Variable(1.0)._ref())), ValueError, "restored with two names: b"),
    (lambda: tf.train.Saver([tf.Variable(1.0)], defer_build=True), ValueError, "build cannot be deferred"),
])
def test_what_cannot_be_saved(make, error, words):
    with pytest.raises(error, match=words):
        make()


def test_what_cannot_be_restored(tmp_path):
    tf.Variable([1.0], name="here")
    session = started()
    saver = tf.train.Saver()
    path = saver.save(session, tmp_path / "m")
    with pytest.raises(ValueError, match="not a valid checkpoint"):
        saver.restore(session, tmp_path / "nowhere")
    with pytest.raises(ValueError, match="Can't load save_path when it is None"):
        saver.restore(session, None)
    with pytest.raises(TypeError, match="'sess' must be a Session"):
        saver.save(5, tmp_path / "m")
    with pytest.raises(ValueError, match="doesn't exist, can't save"):
        saver.save(session, tmp_path / "no" / "where" / "m")
    with pytest.raises(ValueError, match="'latest_filename' collides"):
        saver.save(session, tmp_path / "checkpoint")
    with tf.Graph().as_default():
        tf.Variable([1.0], name="gone")
        with pytest.raises(tf.errors.NotFoundError, match=r"graph key that is missing[^|]*Key gone"):
            tf.train.Saver().restore(tf.Session(), path)
    with tf.Graph().as_default():
        tf.Variable([1.0, 2.0], name="here")
        with pytest.raises(tf.errors.InvalidArgumentError, match=r"a mismatch between the current[^|]*Assign requires"):
            tf.train.Saver().restore(tf.Session(), path)


def test_a_saver_of_nothing(tmp_path):
    saver = tf.train.Saver(allow_empty=True)
    tf.constant(1.0)
    with tf.Session() as session:
        assert saver.save(session, tmp_path / "m") is None
        saver.restore(session, tmp_path / "m")


def test_a_saveable_of_ones_own(tmp_path):
    from kudari.train.saver_builder import BaseSaverBuilder

    value = tf.Variable([1.0, 2.0], name="value")

    class Halved(BaseSaverBuilder.SaveableObject):
        """A variable of which the half is saved."""

        def __init__(self):
            super().__init__(value, [BaseSaverBuilder.SaveSpec(value / 2.0, "", "half")], "half")

        def restore(self, restored_tensors, restored_shapes):
            return value.assign(restored_tensors[0] * 2.0)

    saver, session = tf.train.Saver([Halved()]), started()
    path = saver.save(session, tmp_path / "m")
    session.run(value.assign([0.0, 0.0]))
    saver.restore(session, path)
    assert tf.train.load_variable(path, "half").tolist() == [0.5, 1.0] and session.run(value).tolist() == [1.0, 2.0]


def test_reading_without_a_graph(tmp_path):
    model()
    path = tf.train.Saver().save(started(), tmp_path / "m", 5)
    assert tf.train.load_variable(tmp_path, "m/weights").tolist() == [[0, 1, 2], [3, 4, 5]]
    assert ("m/parts", [5, 2]) in tf.train.list_variables(path)
    reader = tf.train.NewCheckpointReader(path)
    assert reader.has_tensor("m/texts") and reader.get_tensor("m/texts").tolist() == [b"a", b"bc"]
    assert reader.get_tensor("global_step") == 0 and reader.get_variable_to_dtype_map()["m/texts"] == tf.string
    assert b"m/weights (DT_FLOAT) [2,3]" in reader.debug_string()
    with pytest.raises(ValueError, match="Couldn't find 'checkpoint' file"):
        tf.train.load_checkpoint(tmp_path.parent)


KILLED = """
import sys
import numpy as np
import kudari as tf
value = tf.Variable(np.zeros(200_000, np.float32), name="value")
step = tf.train.get_or_create_global_step()
up = tf.group(value.assign_add(np.ones(200_000, np.float32)), step.assign_add(1))
saver, session = tf.train.Saver(max_to_keep=2), tf.Session()
latest = tf.train.latest_checkpoint(sys.argv[1])
session.run(tf.global_variables_initializer())
if latest:
    saver.restore(session, latest)
while True:
    session.run(up)
    saver.save(session, sys.argv[1] + "/model", global_step=step, write_meta_graph=False)
    print(session.run(step), flush=True)
"""


def test_killing_it_loses_nothing(tmp_path, pytestconfig):
    rng, folder, told = random.Random(1), tmp_path / "saved", 0
    folder.mkdir()
    for _ in range(200 if pytestconfig.getoption("--bench") else 4):
        process = subprocess.Popen([sys.executable, "-c", KILLED, str(folder)], stdout=subprocess.PIPE, text=True)
        for _ in range(rng.randrange(1, 6)):
            told = int(process.stdout.readline())
        time.sleep(rng.random() * 0.02)
        process.send_signal(signal.SIGKILL)
        out, _ = process.communicate()
        told = max([told, *map(int, [line for line in out.split("\n")[:-1] if line.isdigit()])])
        latest = tf.train.latest_checkpoint(folder)
        step = int(latest.rpartition("-")[2])
        assert step >= told
        for name in {latest, *tf.train.get_checkpoint_state(folder).all_model_checkpoint_paths}:
            if os.path.exists(name + ".index"):
                number = int(name.rpartition("-")[2])
                assert (tf.train.load_variable(name, "value") == number).all()
                assert tf.train.load_variable(name, "global_step") == number
