"""Summary nodes."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator
from typing import Any

from ..graph.collections import GraphKeys
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..op.scope import scoped
from ..ops.forms import node
from ..platform.logging import info

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
    with _tagged(name, family, None, [tensor]) as (tag, scope):
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
    with _tagged(name, family, "HistogramSummary", [values]) as (tag, scope):
        return _joined(node("HistogramSummary", tag, values, name=scope), collections, [GraphKeys.SUMMARIES])


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
def _tagged(name: str, family: str | None, default: str | None, values: list) -> Iterator[tuple[str, str]]:
    """Put the nodes made inside into a scope of their own; yield the tag and the name of the summary."""
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
