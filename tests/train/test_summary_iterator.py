"""Event files are read back as they were written."""

import pytest

import kudari as tf


def test_what_was_written_is_read(tmp_path):
    with tf.Graph().as_default() as graph, tf.Session() as session:
        value = session.run(tf.summary.scalar("loss", 2.5))
        with tf.summary.FileWriter(tmp_path, graph) as writer:
            writer.add_summary(value, 7)
    (path,) = tmp_path.iterdir()
    events = list(tf.train.summary_iterator(str(path)))
    assert events[0].file_version == "brain.Event:2" and any(event.graph_def for event in events)
    assert [(e.step, v.tag, v.simple_value) for e in events for v in e.summary.value] == [(7, "loss", 2.5)]
    with pytest.raises(tf.errors.NotFoundError, match="No such file or directory"):
        list(tf.train.summary_iterator(str(tmp_path / "none")))
    path.write_bytes(path.read_bytes()[:-3])
    with pytest.raises(tf.errors.DataLossError, match="truncated record"):
        list(tf.train.summary_iterator(str(path)))
