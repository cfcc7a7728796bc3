"""Which writer the ops of `tf.contrib.summary` write to, and at which steps they do."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from typing import Any

from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..ops.forms import node
from ..train.global_step import get_or_create_global_step


class _Surroundings(threading.local):
    writer: Any = None
    recording: Any = None


surroundings = _Surroundings()


@contextlib.contextmanager
def _recording(condition: Any) -> Iterator[None]:
    before, surroundings.recording = surroundings.recording, condition
    try:
        yield
    finally:
        surroundings.recording = before


def record_summaries_every_n_global_steps(n: Any, global_step: Any = None) -> contextlib.AbstractContextManager[None]:
    """Have summaries that are made inside written when the global step is a multiple of `n`.

    Args:
      n: how often.
      global_step: what counts; the global step of the graph if `None`.
    """
    step = get_or_create_global_step() if global_step is None else global_step
    with get_default_graph().device("cpu:0"):
        return _recording(node("Equal", step % n, 0))


def always_record_summaries() -> contextlib.AbstractContextManager[None]:
    """Have summaries that are made inside written at every step they run."""
    return _recording(True)


def never_record_summaries() -> contextlib.AbstractContextManager[None]:
    """Have summaries that are made inside never written."""
    return _recording(False)


def should_record_summaries() -> Tensor:
    """Add a boolean scalar: whether summaries are to be written. They are not if nothing around says so."""
    condition = surroundings.recording
    condition = condition() if callable(condition) else condition
    return node("LogicalAnd", True, False if condition is None else condition)
