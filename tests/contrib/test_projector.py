"""Which embeddings TensorBoard shows is written where it looks."""

from google.protobuf import text_format

import kudari as tf


def test_embeddings_are_named_in_the_writers_folder(tmp_path):
    projector = tf.contrib.tensorboard.plugins.projector
    config = projector.ProjectorConfig()
    config.embeddings.add(tensor_name="words:0", metadata_path="labels.tsv")
    with tf.summary.FileWriter(str(tmp_path)) as writer:
        projector.visualize_embeddings(writer, config)
    written = (tmp_path / "projector_config.pbtxt").read_text()
    assert text_format.Parse(written, projector.ProjectorConfig()) == config
