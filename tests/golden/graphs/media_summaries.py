"""Summaries of images, sounds, texts and tensors."""

import numpy as np

_RANDOM = np.random.RandomState(3)
_SOUNDS = _RANDOM.uniform(-1.2, 1.2, [2, 7, 2]).astype(np.float32)
_SOUNDS[0, :4, 0] = [0.5 / 32768, 1.5 / 32768, -0.5 / 32768, -2.5 / 32768]
STEPS = [(["sounds:0", "sound/one:0", "old:0", "kind/new:0", "words:0", "described:0"], {"heard:0": _SOUNDS})]


def build(tf):
    heard = tf.placeholder(tf.float32, [None, None, 2], name="heard")
    with tf.name_scope("seen"):
        tf.summary.image("pictures", tf.placeholder(tf.float32, [None, 4, 4, 3], name="pictures_in"))
        tf.summary.image("one (1)", tf.zeros([1, 2, 2, 1], tf.uint8), max_outputs=1, family="of", collections=["c"])
    tf.summary.audio("sounds", heard, 44100.4)
    tf.summary.audio("sound/one", heard, tf.constant(8000.0), max_outputs=1, collections=[])
    values = tf.constant([1.5, 2.5], name="values").op.node_def
    old = tf.NodeDef(name="old", op="TensorSummary", input=["inner/values:0"])
    old.attr["T"].type = 1
    old.attr["description"].s = b'{"typeHint": "x"}'
    values.name = "inner/values"
    tf.import_graph_def(tf.GraphDef(node=[values, old]), name="")
    tf.summary.tensor_summary("new", tf.constant([True, False]), "what it is", family="kind", display_name="shown")
    tf.summary.text("words", tf.constant([["a", "b"]]))
    described = tf.summary.get_summary_description(tf.get_default_graph().get_operation_by_name("old").node_def)
    tf.constant(described.type_hint, name="described")
    tf.summary.merge_all()
