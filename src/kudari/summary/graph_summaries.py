"""Ops that write summaries while the graph runs: `tf.contrib.summary`.

Each goes to the writer that is the default where it is made, at the step given or the global step, if summaries are to be
recorded then. It returns a boolean tensor, whether it wrote, which must be run; without a default writer an op that does
nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..dtypes import int64, string
from ..functions.conditionals import cond
from ..graph.collections import GraphKeys
from ..graph.graph import Graph
from ..graph.stack import get_default_graph, get_default_session
from ..graph.tensor import Tensor
from ..op.constant import constant, constant_value
from ..op.convert import convert_to_tensor
from ..ops.control import no_op
from ..ops.forms import node
from ..ops.passing import placeholder
from ..train.global_step import get_or_create_global_step
from .graph_writers import summary_writer_initializer_op
from .recording import should_record_summaries, surroundings
from .summaries import tagged

_RED = np.array([255, 0, 0, 255], np.uint8)


def _written(name: str, tensor: Any, family: str | None, write: Callable[[str, str], Any]) -> Any:
    """Add the op that `write(tag, scope)` makes, to run when summaries are recorded."""
    graph = get_default_graph()
    outer = graph.get_name_scope()

    def record() -> Tensor:
        with graph.name_scope(outer and outer + "/"), tagged(name, family, None, [tensor]) as (tag, scope), \
                graph.control_dependencies([write(tag, scope)]):
            return constant(True)

    if surroundings.writer is None:
        return no_op()
    with graph.device("cpu:0"):
        wanted = should_record_summaries()
        known = constant_value(wanted)
        if known is not None:
            made = record() if known else constant(False)
        else:
            made = cond(wanted, record, lambda: constant(False), name="")
        graph.add_to_collection(GraphKeys._SUMMARY_COLLECTION, made)
    return made


def _step(step: Any) -> Any:
    if step is None:
        return get_or_create_global_step()
    return step if isinstance(step, Tensor) else convert_to_tensor(step, dtype=int64)


def _writer() -> Tensor:
    return surroundings.writer._resource


def generic(name: str, tensor: Any, metadata: Any = None, family: str | None = None, step: Any = None) -> Any:
    """Write a tensor as it is.

    Args:
      name: with the scopes around it, the tag.
      tensor: of any type and shape.
      metadata: a `SummaryMetadata`, or one serialized, that says what TensorBoard makes of it.
      family: put before the tag.
      step: an int64 scalar; the global step if `None`.
    """
    def write(tag: str, scope: str) -> Any:
        given = constant("") if metadata is None else metadata
        if hasattr(given, "SerializeToString"):
            given = constant(given.SerializeToString())
        return node("WriteSummary", _writer(), _step(step), node("Identity", tensor), tag, given, name=scope)

    return _written(name, tensor, family, write)


def scalar(name: str, tensor: Any, family: str | None = None, step: Any = None) -> Any:
    """Write a number.

    Args:
      name: with the scopes around it, the tag that TensorBoard shows.
      tensor: a real scalar.
      family: put before the tag.
      step: an int64 scalar; the global step if `None`.
    """
    return _written(name, tensor, family, lambda tag, scope: node(
        "WriteScalarSummary", _writer(), _step(step), tag, node("Identity", tensor), name=scope))


def histogram(name: str, tensor: Any, family: str | None = None, step: Any = None) -> Any:
    """Write how values are distributed.

    Args:
      name: with the scopes around it, the tag that TensorBoard shows.
      tensor: real numbers of any shape, finite when run.
      family: put before the tag.
      step: an int64 scalar; the global step if `None`.
    """
    return _written(name, tensor, family, lambda tag, scope: node(
        "WriteHistogramSummary", _writer(), _step(step), tag, node("Identity", tensor), name=scope))


def image(name: str, tensor: Any, bad_color: Any = None, max_images: int = 3, family: str | None = None,
          step: Any = None) -> Any:
    """Write images, as `tf.summary.image` shows them.

    Args:
      name: with the scopes around it, the tag that TensorBoard shows.
      tensor: uint8, float32 or float16 `[batch, height, width, channels]` with 1, 3 or 4 channels.
      bad_color: uint8 `[channels]`, of pixels that are not finite; red if `None`.
      max_images: how many images of the batch to take.
      family: put before the tag.
      step: an int64 scalar; the global step if `None`.
    """
    def write(tag: str, scope: str) -> Any:
        color = constant(_RED) if bad_color is None else bad_color
        return node("WriteImageSummary", _writer(), _step(step), tag, node("Identity", tensor), color,
                    max_images=max_images, name=scope)

    return _written(name, tensor, family, write)


def audio(name: str, tensor: Any, sample_rate: Any, max_outputs: int, family: str | None = None, step: Any = None) -> Any:
    """Write sounds.

    Args:
      name: with the scopes around it, the tag that TensorBoard shows.
      tensor: float32 `[batch, frames]` or `[batch, frames, channels]`, within -1 and 1.
      sample_rate: frames a second, a float32 scalar.
      max_outputs: how many sounds of the batch to take.
      family: put before the tag.
      step: an int64 scalar; the global step if `None`.
    """
    return _written(name, tensor, family, lambda tag, scope: node(
        "WriteAudioSummary", _writer(), _step(step), tag, node("Identity", tensor), sample_rate=sample_rate,
        max_outputs=max_outputs, name=scope))


def graph(param: Any, step: Any = None, name: str | None = None) -> Any:
    """Write a graph, whether summaries are recorded or not.

    Args:
      param: a string scalar tensor, the serialized `GraphDef`.
      step: an int64 scalar; the global step if `None`.
      name: of the op.

    Raises:
      TypeError: if `param` is no tensor.
    """
    if not isinstance(param, Tensor):
        raise TypeError(f"graph() needs a tf.Tensor (e.g. tf.placeholder) in graph mode, but was: {type(param)}")
    if surroundings.writer is None:
        return no_op()
    with get_default_graph().device("cpu:0"):
        tensor = node("Identity", param)
        return node("WriteGraphSummary", _writer(), _step(step), tensor, name=name)


def import_event(tensor: Any, name: str | None = None) -> Any:
    """Write an event, whether summaries are recorded or not.

    Args:
      tensor: a string scalar, the serialized `Event`.
      name: of the op.
    """
    return node("ImportEvent", _writer(), tensor, name=name)


def initialize(graph: Any = None, session: Any = None) -> None:
    """Open all writers of the default graph.

    Args:
      graph: a `Graph` or `GraphDef` to write into the default one, as of step 0.
      session: that keeps the writers; the default session if `None`.

    Raises:
      RuntimeError: if there is no default writer.
      ValueError: if there is no session.
    """
    if surroundings.writer is None:
        raise RuntimeError("No default tf.contrib.summary.SummaryWriter found")
    session = get_default_session() if session is None else session
    if session is None:
        raise ValueError("session must be passed if no default session exists")
    session.run(summary_writer_initializer_op())
    if graph is not None:
        nodes = graph.as_graph_def(add_shapes=True) if isinstance(graph, Graph) else graph
        x = placeholder(string)
        session.run(_write_graph(x, 0), feed_dict={x: nodes.SerializeToString()})


_write_graph = graph  # for functions with an argument of that name


def all_v2_summary_ops() -> list:
    """Return what writes summaries in the default graph while it runs, without graphs and events."""
    return get_default_graph().get_collection(GraphKeys._SUMMARY_COLLECTION)
