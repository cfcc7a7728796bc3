"""Batches that a graph reads itself, out of data sets, queues and Python functions."""

from __future__ import annotations

from typing import Any

import kudari as tf


def read_by_graph(segments: list[Any], swept: set[tf.Tensor]) -> list[tf.Tensor]:
    """Return what Python ops that nothing of a lane reaches, such as those of an input pipeline, hand to the device.

    Args:
      segments: of the plan of a run.
      swept: what each lane is fed a value of its own for.
    """
    apart, read = set(swept), {}
    for segment in segments:
        if not segment.on_host or segment.reads or segment.writes or apart.intersection(segment.inputs):
            apart.update(segment.outputs)
        else:
            read.update(dict.fromkeys(segment.outputs))
    needed = {tensor for segment in segments if not segment.on_host for tensor in segment.inputs}
    return [tensor for tensor in read if tensor in needed]
