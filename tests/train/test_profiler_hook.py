"""`tf.train.ProfilerHook` writes the times of some steps."""

import json

import kudari as tf


def test_every_second_step_is_drawn(tmp_path):
    with tf.Graph().as_default():
        step = tf.train.get_or_create_global_step()
        w = tf.Variable(1.0, name="w")
        train = tf.train.GradientDescentOptimizer(0.1).minimize(w * w, step)
        hook = tf.train.ProfilerHook(save_steps=2, output_dir=str(tmp_path), show_memory=True)
        with tf.train.SingularMonitoredSession([hook]) as session:
            for _ in range(5):
                session.run(train)
    tf.summary.FileWriterCache.clear()
    drawn = sorted(tmp_path.glob("timeline-*.json"))
    assert [path.name for path in drawn] == ["timeline-2.json", "timeline-4.json"]
    events = json.loads(drawn[0].read_text())["traceEvents"]
    assert any(event["name"] == "ApplyGradientDescent" and event["dur"] >= 0 for event in events)
    (log,) = tmp_path.glob("events.*")
    tags = [event.tagged_run_metadata.tag for event in tf.train.summary_iterator(log)]
    assert [tag for tag in tags if tag] == ["step_2", "step_4"]
