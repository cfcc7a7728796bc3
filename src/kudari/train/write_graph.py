"""Graphs as files."""

from __future__ import annotations

import os
from typing import Any

from ..graph.graph import Graph


def write_graph(graph_or_graph_def: Any, logdir: Any, name: Any, as_text: bool = True) -> str:
    """Write a graph to the file `name` in `logdir`, which is made if it is not there.

    Args:
      graph_or_graph_def: a `Graph` or a `GraphDef`.
      logdir: the folder.
      name: of the file.
      as_text: whether to write the text form of the message rather than the binary one.

    Returns:
      The path of the file.
    """
    message = graph_or_graph_def
    if isinstance(message, Graph):
        message = message.as_graph_def()
    os.makedirs(logdir, exist_ok=True)
    path = os.path.join(logdir, name)
    _replace(path, _text(message) if as_text else message.SerializeToString())
    return path


def _text(message: Any) -> bytes:
    from google.protobuf import text_format  # a heavy library, loaded only when used
    return text_format.MessageToString(message).encode()


def _replace(path: str, content: bytes) -> None:
    """Write a file that a reader sees in whole or not at all."""
    part = f"{path}.part{os.getpid()}"
    with open(part, "wb") as out:
        out.write(content)
    os.replace(part, path)
