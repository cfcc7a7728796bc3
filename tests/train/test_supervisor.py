"""Supervisors train, save, restore, retry and pass errors on."""

import os

import pytest

import kudari as tf


@pytest.fixture(autouse=True)
def graph():
    with tf.Graph().as_default() as graph:
        yield graph


def model():
    step = tf.train.get_or_create_global_step()
    value = tf.Variable(0.0, name="value")
    tf.summary.scalar("two", 2.0)
    return tf.group(value.assign_add(1.0), tf.assign_add(step, 1))


def test_a_model_is_trained_saved_and_restored(tmp_path):
    for round_ in range(2):
        with tf.Graph().as_default():
            train = model()
            supervisor = tf.train.Supervisor(logdir=tmp_path, save_summaries_secs=0.01, save_model_secs=0.05)
            with supervisor.managed_session() as session:
                assert session.run("value:0") == session.run("global_step:0")
                assert (session.run("value:0") > 0) == bool(round_)
                for _ in range(20):
                    session.run(train)
                supervisor.saver.save(session, supervisor.save_path, global_step=supervisor.global_step)
    assert {"checkpoint", "graph.pbtxt"} < set(os.listdir(tmp_path))
    assert tf.train.load_variable(str(tmp_path), "value") == 40.0
    kinds = {value.tag for name in os.listdir(tmp_path) if "tfevents" in name
             for event in events(tmp_path / name) for value in event.summary.value}
    assert kinds >= {"two", "global_step/sec"}


def events(path):
    from tensorboard.backend.event_processing.event_file_loader import LegacyEventFileLoader
    return LegacyEventFileLoader(str(path)).Load()


def test_a_step_that_raises_ends_it():
    model()
    supervisor = tf.train.Supervisor()
    with pytest.raises(KeyError, match="wrong"), supervisor.managed_session():
        raise KeyError("wrong")
    with supervisor.managed_session():
        raise tf.errors.OutOfRangeError(None, None, "the end of the input")


def test_a_lost_session_is_made_again():
    train, seen = model(), []

    def step(session, limit):
        seen.append(int(session.run("global_step:0")))
        session.run(train)
        if len(seen) == 2:
            raise tf.errors.AbortedError(None, None, "lost")
        if len(seen) == limit:
            supervisor.request_stop()

    supervisor = tf.train.Supervisor()
    tf.train.basic_train_loop(supervisor, step, args=(4,))
    assert seen == [0, 1, 0, 1]


def test_what_is_given_is_taken(tmp_path):
    value = tf.Variable(1.0)
    supervisor = tf.train.Supervisor(init_op=value.assign(5.0).op, summary_op=None, saver=None, global_step=None,
                                     init_fn=lambda session: session.run(value.op), logdir=tmp_path, summary_writer=None)
    session = supervisor.PrepareSession()
    assert session.run(value) == 5.0 and supervisor.saver is None and supervisor.summary_writer is None
    with pytest.raises(RuntimeError, match="requires a summary writer"):
        supervisor.SummaryComputed(session, b"")
    ticks = []
    looper = supervisor.Loop(None, lambda: (ticks.append(1), supervisor.RequestStop()))
    supervisor.WaitForStop()
    supervisor.Stop([looper])
    assert ticks and supervisor.ShouldStop()


def test_a_worker_needs_devices():
    tf.Variable(1.0)
    with pytest.raises(ValueError, match="all Variables must have their device set"):
        tf.train.Supervisor(is_chief=False)
