"""Summaries that the graph writes itself."""


def build(tf):
    summary = tf.contrib.summary
    step = tf.train.get_or_create_global_step()
    x = tf.constant([1.0, 2.0, 5.0], name="x")
    writer = summary.create_file_writer("/nowhere", name="shared")
    named = summary.create_file_writer("/no/where", max_queue=3, flush_millis=100, filename_suffix="s")
    writer.init()
    summary.scalar("unwritten", 1.0)
    with writer.as_default(), summary.always_record_summaries():
        tf.no_op(name="begin")
        with tf.name_scope("inside"):
            summary.scalar("number", tf.reduce_sum(x))
            summary.histogram("spread", x, family="kind")
        summary.generic("whole", x, step=7)
        summary.image("picture", tf.zeros([1, 2, 2, 1]), max_images=2)
        summary.audio("sound", tf.zeros([1, 4]), 8000.0, 1)
        summary.generic("described", x, tf.SummaryMetadata(display_name="shown"))
        summary.import_event(tf.constant("event"), name="import")
        summary.graph(tf.constant("graph"), name="whole_graph")
        with summary.never_record_summaries():
            summary.scalar("never", 1.0)
    with named.as_default(), summary.record_summaries_every_n_global_steps(2):
        with tf.name_scope("sometimes"):
            tf.group(summary.scalar("number", tf.reduce_max(x), step=step), summary.scalar("other", 3))
        summary.flush(name="flushing")
    named.close()
    tf.group(summary.summary_writer_initializer_op())
    tf.identity_n(summary.all_summary_ops())
