"""Summaries that the graph writes itself get into event files."""

import numpy as np
import pytest

import kudari as tf

summary = tf.contrib.summary


def events(folder):
    """(step, tag, what it holds) of each value in the event files of a folder."""
    values = [(event.step, value) for path in sorted(folder.glob("events.*"))
              for event in tf.train.summary_iterator(str(path)) for value in event.summary.value]
    return [(step, value.tag, getattr(value, value.WhichOneof("value"))) for step, value in values]


@pytest.fixture(autouse=True)
def graph():
    with tf.Graph().as_default() as made:
        yield made


def test_they_are_written_when_the_step_says_so(tmp_path):
    step = tf.train.create_global_step()
    writer = summary.create_file_writer(str(tmp_path))
    with writer.as_default(), summary.record_summaries_every_n_global_steps(2), tf.name_scope("model"):
        loss = summary.scalar("loss", tf.cast(step, tf.float32) * 2)
        summary.histogram("spread", tf.stack([step, -step]), family="all")
    with tf.control_dependencies(summary.all_summary_ops()):
        train = tf.assign_add(step, 1)
    with tf.Session() as session:
        session.run([tf.global_variables_initializer(), summary.summary_writer_initializer_op()])
        assert [session.run([loss, train])[0] for _ in range(4)] == [True, False, True, False]
        session.run(writer.flush())
        found = events(tmp_path)
        assert [(step, tag, value) for step, tag, value in found if tag == "model/loss"] == [
            (0, "model/loss", 0.0), (2, "model/loss", 4.0)]
        spreads = [(step, value.num, value.max) for step, tag, value in found if tag == "all/model/all/spread"]
        assert spreads == [(0, 2, 0), (2, 2, 2)]


def test_every_kind_is_written(tmp_path):
    writer = summary.create_file_writer(str(tmp_path / "new"), filename_suffix=".end")
    with writer.as_default(), summary.always_record_summaries():
        metadata = tf.SummaryMetadata(display_name="shown")
        ops = [summary.generic("whole", tf.constant([1, 2]), metadata, step=5),
               summary.image("picture", tf.ones([4, 2, 3, 1]), max_images=2, step=5),
               summary.audio("sound", tf.zeros([1, 4]), 8000.0, 1, step=5)]
        with tf.Session() as session:
            summary_graph = tf.GraphDef(node=[tf.NodeDef(name="n", op="NoOp")])
            tf.summary.initialize(graph=summary_graph, session=session)
            session.run(ops)
    (path,) = (tmp_path / "new").glob("events.*.end")
    whole, *pictures, sound = sorted(events(tmp_path / "new"), key=lambda event: (event[1] != "whole", event[1]))
    assert whole[2].int_val == [] and np.frombuffer(whole[2].tensor_content, np.int32).tolist() == [1, 2]
    assert [(tag, value.width) for _, tag, value in pictures] == [("picture/image/0", 3), ("picture/image/1", 3)]
    assert (sound[0], sound[1], sound[2].length_frames) == (5, "sound/audio", 4)
    (nodes,) = [event.graph_def for event in tf.train.summary_iterator(str(path)) if event.graph_def]
    assert tf.GraphDef.FromString(nodes) == summary_graph


def test_writers_of_one_name_are_one_and_are_closed_once(tmp_path):
    one, other = (summary.create_file_writer(str(tmp_path)) for _ in range(2))
    with other.as_default(), summary.always_record_summaries():
        write = summary.scalar("x", 1, step=0)
    with tf.Session() as session:
        with pytest.raises(tf.errors.NotFoundError, match=f"Resource localhost/logdir:{tmp_path}/N10tensorflow22Summary"):
            session.run(write)
        session.run(one.init())
        session.run([other.init(), write])
        session.run(one.close())
        with pytest.raises(tf.errors.NotFoundError):
            session.run(other.close())
    assert [tag for _, tag, _ in events(tmp_path)] == ["x"] and len(list(tmp_path.iterdir())) == 1


def test_a_session_that_closes_closes_what_it_keeps(tmp_path):
    writer = summary.create_file_writer(str(tmp_path))
    with writer.as_default(), summary.always_record_summaries():
        write = summary.scalar("x", 1, step=0)
    with tf.Session() as session:
        session.run(writer.init())
        session.run(write)
    assert [tag for _, tag, _ in events(tmp_path)] == ["x"]


def test_without_a_writer_nothing_is_made(tmp_path):
    with summary.always_record_summaries():
        assert summary.scalar("x", 1).type == "NoOp"
    with summary.create_file_writer(None).as_default() as writer:
        assert writer is None and summary.scalar("x", 1).type == "NoOp"
    with pytest.raises(RuntimeError, match=r"No default tf\.contrib\.summary\.SummaryWriter found"):
        tf.summary.initialize()
    with summary.create_file_writer(str(tmp_path)).as_default():
        with pytest.raises(ValueError, match="session must be passed if no default session exists"):
            tf.summary.initialize()
        with pytest.raises(TypeError, match=r"graph\(\) needs a tf.Tensor"):
            summary.graph("x")
    with pytest.raises(NotImplementedError, match="create_db_writer"):
        summary.create_db_writer("file:x")
    assert summary.eval_dir("a", "b") == "a/eval_b"


@pytest.mark.parametrize("kind, word", [("graph", "GraphDef"), ("import_event", "Event")])
def test_what_is_no_message_is_refused(tmp_path, kind, word):
    tf.train.create_global_step()
    writer = summary.create_file_writer(str(tmp_path))
    with writer.as_default():
        write = getattr(summary, kind)(tf.constant("zz"))
    with tf.Session() as session:
        session.run([tf.global_variables_initializer(), writer.init()])
        with pytest.raises(tf.errors.DataLossError, match=f"Bad tf.{word} binary proto tensor string"):
            session.run(write)


def test_a_file_writer_with_a_session_shares_its_file(tmp_path):
    with summary.create_file_writer(str(tmp_path)).as_default(), summary.always_record_summaries():
        write = summary.scalar("of the graph", 1, step=3)
    with tf.Session() as session:
        writer = tf.summary.FileWriter(str(tmp_path), session.graph, session=session)
        writer.add_summary(tf.Summary(value=[tf.Summary.Value(tag="by hand", simple_value=2)]), 4)
        session.run(write)
        writer.close()
        writer.reopen()
        writer.add_summary(tf.Summary(value=[tf.Summary.Value(tag="later", simple_value=3)]), 5)
        writer.close()
        writer.close()
    assert sorted(step for step, _, _ in events(tmp_path)) == [3, 4, 5]
    tags = [tag for _, tag, _ in events(tmp_path)]
    assert sorted(tags) == ["by hand", "later", "of_the_graph"]
    assert any(event.graph_def for path in tmp_path.iterdir() for event in tf.train.summary_iterator(str(path)))
