"""`tf.contrib.tensorboard.plugins.projector`: which embeddings TensorBoard is to show, and under which labels."""

from __future__ import annotations

import os
from typing import Any


def projector_message(name: str) -> Any:
    """Return the message class `name`, of those that TensorBoard's projector is told by."""
    from tensorboard.plugins.projector import projector_config_pb2
    return getattr(projector_config_pb2, name)


def visualize_embeddings(summary_writer: Any, config: Any) -> None:
    """Write which embeddings TensorBoard is to show, as `projector_config.pbtxt` in the folder of a writer.

    Args:
      summary_writer: a `tf.summary.FileWriter`.
      config: a `ProjectorConfig`.

    Raises:
      ValueError: if the writer has no folder.
    """
    from google.protobuf import text_format

    folder = summary_writer.get_logdir()
    if folder is None:
        raise ValueError("Summary writer must have a logdir")
    with open(os.path.join(folder, "projector_config.pbtxt"), "w", encoding="utf-8") as file:
        file.write(text_format.MessageToString(config))
