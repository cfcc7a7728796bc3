"""Summary nodes."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator
from typing import Any

from ..dtypes import float32, string
from ..graph.collections import GraphKeys
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops.forms import node
from ..platform.logging import info
from ..protos import proto

_NOT_IN_A_TAG = re.compile(r"[^-/\w\.]")


def scalar(name: str, tensor: Any, collections: Iterable[str] | None = None, family: str | None = None) -> Tensor:
    """Add a summary of one number.

    Args:
      name: of the node; with the scopes around it, the tag that TensorBoard shows.
      tensor: a real number.
      collections: the summary joins; `GraphKeys.SUMMARIES` if `None`.
      family: put before the tag.

    Returns:
      A string scalar, the serialized `Summary`.
    """
    with tagged(name, family, None, [tensor]) as (tag, scope):
        return _joined(node("ScalarSummary", tag, tensor, name=scope), collections, [GraphKeys.SUMMARIES])


def histogram(name: str, values: Any, collections: Iterable[str] | None = None, family: str | None = None) -> Tensor:
    """Add a summary of how values are distributed.

    Args:
      name: of the node; with the scopes around it, the tag that TensorBoard shows.
      values: real numbers of any shape, finite when run.
      collections: the summary joins; `GraphKeys.SUMMARIES` if `None`.
      family: put before the tag.

    Returns:
      A string scalar, the serialized `Summary`.
    """
    with tagged(name, family, "HistogramSummary", [values]) as (tag, scope):
        return _joined(node("HistogramSummary", tag, values, name=scope), collections, [GraphKeys.SUMMARIES])


def image(name: str, tensor: Any, max_outputs: int = 3, collections: Iterable[str] | None = None,
          family: str | None = None) -> Tensor:
    """Add a summary of images.

    Args:
      name: of the node; with the scopes around it and `/image`, the tag that TensorBoard shows.
      tensor: `[batch, height, width, channels]` with 1 (gray), 3 (RGB) or 4 (RGBA) channels; uint8, or floats, which are
        scaled, each image by itself: the largest becomes 255, or, if some are negative, zero 128 and the farthest from it
        1 or 255. A pixel that is not finite is red.
      max_outputs: how many images of the batch to take.
      collections: the summary joins; `GraphKeys.SUMMARIES` if `None`.
      family: put before the tag.

    Returns:
      A string scalar, the serialized `Summary`.
    """
    with tagged(name, family, None, [tensor]) as (tag, scope):
        made = node("ImageSummary", tag=tag, tensor=tensor, max_images=max_outputs, name=scope)
        return _joined(made, collections, [GraphKeys.SUMMARIES])


def audio(name: str, tensor: Any, sample_rate: Any, max_outputs: int = 3, collections: Iterable[str] | None = None,
          family: str | None = None) -> Tensor:
    """Add a summary of sounds.

    Args:
      name: of the node; with the scopes around it and `/audio`, the tag that TensorBoard shows.
      tensor: float32 `[batch, frames]` or `[batch, frames, channels]`, within -1 and 1.
      sample_rate: frames a second, a float32 scalar.
      max_outputs: how many sounds of the batch to take.
      collections: the summary joins; `GraphKeys.SUMMARIES` if `None`.
      family: put before the tag.

    Returns:
      A string scalar, the serialized `Summary`.
    """
    with tagged(name, family, None, [tensor]) as (tag, scope):
        sample_rate = convert_to_tensor(sample_rate, dtype=float32, name="sample_rate")
        made = node("AudioSummaryV2", tag=tag, tensor=tensor, max_outputs=max_outputs, sample_rate=sample_rate, name=scope)
        return _joined(made, collections, [GraphKeys.SUMMARIES])


def text(name: str, tensor: Any, collections: Iterable[str] | None = None) -> Tensor:
    """Add a summary of texts, which TensorBoard reads as Markdown; a vector or matrix of them as a table.

    Args:
      name: of the node; with the scopes around it, the tag that TensorBoard shows.
      tensor: strings.
      collections: the summary joins; `GraphKeys.SUMMARIES` if `None`.

    Returns:
      A string scalar, the serialized `Summary`.

    Raises:
      ValueError: if `tensor` holds no strings.
    """
    if tensor.dtype != string:
        raise ValueError(f"Expected tensor {tensor.name} to have dtype string, got {tensor.dtype}")
    metadata = proto("SummaryMetadata")
    return tensor_summary(name=name, tensor=tensor, collections=collections,
                          summary_metadata=metadata(plugin_data=metadata.PluginData(plugin_name="text")))


def tensor_summary(name: str, tensor: Any, summary_description: str | None = None, collections: Iterable[str] | None = None,
                   summary_metadata: Any = None, family: str | None = None, display_name: str | None = None) -> Tensor:
    """Add a summary of a tensor as it is.

    Args:
      name: of the node; with the scopes around it, the tag.
      tensor: of any type and shape.
      summary_description: Markdown that says what it is.
      collections: the summary joins; `GraphKeys.SUMMARIES` if `None`.
      summary_metadata: a `SummaryMetadata` that says which plugin of TensorBoard shows it.
      family: put before the tag.
      display_name: that TensorBoard shows instead of the tag.

    Returns:
      A string scalar, the serialized `Summary`.
    """
    metadata = proto("SummaryMetadata")() if summary_metadata is None else summary_metadata
    if summary_description is not None:
        metadata.summary_description = summary_description
    if display_name is not None:
        metadata.display_name = display_name
    with tagged(name, family, None, [tensor]) as (tag, scope):
        made = node("TensorSummaryV2", tensor=tensor, tag=tag, name=scope,
                    serialized_summary_metadata=metadata.SerializeToString())
        return _joined(made, collections, [GraphKeys.SUMMARIES])


def get_summary_description(node_def: Any) -> Any:
    """Return the `SummaryDescription` that a node of type `TensorSummary` carries.

    Args:
      node_def: a `NodeDef`.

    Raises:
      ValueError: if it is of another type.
    """
    from google.protobuf import json_format

    if node_def.op != "TensorSummary":
        raise ValueError(f"Can't get_summary_description on {node_def.op}")
    return json_format.Parse(node_def.attr["description"].s.decode(), proto("SummaryDescription")())


def merge(inputs: Any, collections: Iterable[str] | None = None, name: str | None = None) -> Tensor:
    """Add a node that puts summaries together in one.

    Args:
      inputs: string scalars, serialized summaries whose tags differ.
      collections: it joins; none if `None`.
      name: of the node.

    Returns:
      A string scalar, the serialized `Summary`.
    """
    name = _as_tag(name)
    with scoped(name, "Merge", inputs):
        return _joined(node("MergeSummary", inputs, name=name), collections, [])


def merge_all(key: str = GraphKeys.SUMMARIES, scope: str | None = None, name: str | None = None) -> Tensor | None:
    """Add a node that puts together all summaries of a collection of the default graph; `None` if there are none.

    Args:
      key: the name of the collection.
      scope: a regular expression that the names of those taken start with.
      name: of the node.
    """
    found = get_default_graph().get_collection(key, scope)
    return merge(found, name=name) if found else None


@contextlib.contextmanager
def tagged(name: str, family: str | None, default: str | None, values: list) -> Iterator[tuple[str, str]]:
    """Put the nodes made inside into a scope of their own; yield the tag and the name of the summary.

    Args:
      name: of the summary, cleaned of what no name may have.
      family: put before the tag.
      default: the name if there is none.
      values: what it takes.
    """
    cleaned, family = _as_tag(name), _as_tag(family)
    base = cleaned if family is None else f"{family}/{cleaned}"
    with scoped(base, default or "", values) as scope:
        yield scope.rstrip("/") if family is None else f"{family}/{scope.rstrip('/')}", scope


def _as_tag(name: str | None) -> Any:
    if name is None:
        return None
    cleaned = _NOT_IN_A_TAG.sub("_", name).lstrip("/")
    if cleaned != name:
        info("Summary name %s is illegal; using %s instead.", name, cleaned)
    return cleaned


def _joined(summary: Tensor, collections: Iterable[str] | None, default: list[str]) -> Tensor:
    for key in default if collections is None else collections:
        get_default_graph().add_to_collection(key, summary)
    return summary
