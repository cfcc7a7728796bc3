"""Monitored sessions call hooks, stop, recover and fail as TensorFlow 1.15's were recorded to."""

import json
import logging
import os
import pathlib
import shutil
import tempfile

import pytest

import kudari as tf
from tests.golden.sessions import programs

ORDER = json.loads((pathlib.Path(programs.__file__).parent / "order.json").read_text())


@pytest.fixture(autouse=True)
def closed_writers():
    yield
    tf.summary.FileWriterCache.clear()


@pytest.mark.parametrize("program", programs.PROGRAMS, ids=lambda program: program.__name__)
def test_things_happen_in_tensorflows_order(program):
    folder = tempfile.mkdtemp()
    try:
        assert programs.run(tf, program, folder) == ORDER[program.__name__]
    finally:
        tf.summary.FileWriterCache.clear()
        shutil.rmtree(folder)


@pytest.fixture
def lines():
    """What is logged to the logger named tensorflow."""
    found = []

    class Kept(logging.Handler):
        def emit(self, record):
            found.append(record.getMessage())

    handler, logger = Kept(), logging.getLogger("tensorflow")
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield found
    logger.removeHandler(handler)
    logger.setLevel(before)


def test_tensors_are_logged(lines):
    with tf.Graph().as_default():
        train = programs.model(tf)
        hooks = [tf.train.LoggingTensorHook({"v": "value:0"}, every_n_iter=2, at_end=True),
                 tf.train.LoggingTensorHook(["value"], every_n_iter=3, formatter=lambda values: f"all: {values['value']}"),
                 tf.train.StopAtStepHook(4)]
        with tf.train.SingularMonitoredSession(hooks=hooks) as session:
            while not session.should_stop():
                session.run(train)
    ours = [line for line in lines if line.startswith(("v =", "all"))]
    assert [line.split(" (")[0] for line in ours] in (
        ["v = 0.0", "all: 0.0", "v = 2.0", "all: 3.0", "v = 4.0"], ["v = 1.0", "all: 1.0", "v = 3.0", "all: 4.0", "v = 4.0"])
    assert "sec)" in ours[2] and "Graph was finalized." in lines and "Running local_init_op." in lines


def test_summaries_and_speed_are_written(tmp_path, lines):
    from tensorboard.backend.event_processing.event_file_loader import LegacyEventFileLoader
    with tf.Graph().as_default():
        train = programs.model(tf)
        tf.summary.scalar("two", 2.0)
        with tf.train.MonitoredTrainingSession(checkpoint_dir=tmp_path, hooks=[tf.train.StopAtStepHook(7)],
                                               save_summaries_steps=3, log_step_count_steps=2) as session:
            while not session.should_stop():
                session.run(train)
        tf.summary.FileWriterCache.clear()
    (path,) = [name for name in os.listdir(tmp_path) if "tfevents" in name]
    events = list(LegacyEventFileLoader(str(tmp_path / path)).Load())
    values = {(event.step, value.tag): value.simple_value for event in events for value in event.summary.value}
    assert [step for step, tag in values if tag == "two"] == [1, 4, 7]
    assert any(tag == "global_step/sec" for _, tag in values) and any(event.graph_def for event in events)
    assert any("global_step/sec" in line for line in lines)
    assert {event.session_log.status for event in events if event.HasField("session_log")} == {
        tf.SessionLog.START, tf.SessionLog.CHECKPOINT}


def test_scaffolds_are_copied_and_used():
    with tf.Graph().as_default():
        value = tf.Variable(0.0)
        fed, calls = tf.placeholder(tf.float32, []), []
        scaffold = tf.train.Scaffold(init_op=value.assign(fed), init_feed_dict={fed: 3.0},
                                     init_fn=lambda scaffold, session: calls.append(session.run(value)))
        with tf.train.SingularMonitoredSession(scaffold=tf.train.Scaffold(copy_from_scaffold=scaffold)) as session:
            assert session.run(value) == 3.0 and calls == [3.0]
            assert session.graph is tf.get_default_graph()
        assert session.graph is None


def test_a_worker_waits_for_the_model():
    with tf.Graph().as_default():
        programs.model(tf)
        creator = tf.train.WorkerSessionCreator(max_wait_secs=0)
        with pytest.raises(tf.errors.DeadlineExceededError, match="Session was not ready after waiting 0 secs"):
            tf.train.MonitoredSession(creator)
