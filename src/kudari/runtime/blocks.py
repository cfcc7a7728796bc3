"""Lanes in blocks: how many of them one vmapped step takes at once, and which it no longer has to take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from ..graph.graph import Graph
from ..graph.operation import Operation
from .frames import all_ops
from .plan import Segment, variables_written

# Bytes that the values of a block's step may take together: what the caches of a processor hold, or a part of the memory
# of another device.
BLOCK_BYTES = {"cpu": 2**23}
OTHER_BLOCK_BYTES = 2**30
# Updates that leave nothing but NaN of a variable that is nothing but NaN.
_KEEPS_NAN = {f"{prefix}{name}" for prefix in ("Apply", "ResourceApply") for name in (
    "GradientDescent", "Momentum", "KerasMomentum", "Adam", "RMSProp", "CenteredRMSProp", "Adagrad", "Adadelta")}
TRAINABLE = "trainable_variables"


def lanes_at_once(bytes_each: int) -> int:
    """Return how many lanes a block has at most, if the values of one lane's step take so many bytes."""
    return max(1, BLOCK_BYTES.get(jax.default_backend(), OTHER_BLOCK_BYTES) // max(bytes_each, 1))


def in_blocks(body: Callable, rows: int, most: int) -> Callable:
    """Return `body` for `rows` rows, taken in equal blocks of at most `most`, one after another.

    Args:
      body: `body(parts, count)` of a tree of arrays with `count` rows; returns such a tree.
      rows: how many there are; to the last block copies of the last row are added.
      most: how many `body` takes.
    """
    blocks = -(-rows // most)
    each = -(-rows // blocks)

    def cut(leaf: Any) -> Any:
        missing = blocks * each - rows
        if missing:
            leaf = jnp.concatenate([leaf, jnp.repeat(leaf[-1:], missing, 0)])
        return leaf.reshape(blocks, each, *leaf.shape[1:])

    def whole(parts: Any) -> Any:
        if blocks == 1 or not jax.tree.leaves(parts):
            return body(parts, rows)
        found = lax.map(lambda part: body(part, each), jax.tree.map(cut, parts))
        return jax.tree.map(lambda leaf: leaf.reshape(blocks * each, *leaf.shape[2:])[:rows], found)

    return whole


def mortal(segment: Segment, changed: Sequence[Operation], graph: Graph) -> list[int]:
    """Return which variables tell that a lane is lost for good: it is when they hold nothing but NaN.

    These are the trainable ones that the segment trains; none, if it changes any in a way that could make numbers of NaN.
    """
    trainable = {v.op for v in graph.get_collection(TRAINABLE)}
    for op in all_ops(segment.ops):
        if trainable.intersection(variables_written(op)) and op.type not in _KEEPS_NAN:
            return []
    return [i for i, variable in enumerate(changed) if variable in trainable and variable.outputs[0].dtype.is_floating]


def are_lost(values: Sequence[Any]) -> Any:
    """Whether all lanes of a block hold nothing but NaN; most often the first number of each tells that they do not."""
    flat = [value.reshape(len(value), -1) for value in values if value.size]
    if not flat:
        return jnp.bool_(False)
    first = jnp.stack([jnp.isnan(value[:, 0]).all() for value in flat]).all()
    return lax.cond(first, lambda: jnp.stack([jnp.isnan(value).all() for value in flat]).all(), lambda: jnp.bool_(False))


def are_finite(values: Any, count: int) -> Any:
    """For each lane whether all floats in some arrays are finite."""
    found = jnp.ones(count, bool)
    for leaf in jax.tree.leaves(values):
        if jnp.issubdtype(leaf.dtype, jnp.floating):
            found &= jnp.isfinite(leaf).reshape(count, -1).all(1)
    return found


def nothing(shapes: Any) -> Any:
    """NaN in place of results of such shapes."""
    return jax.tree.map(lambda of: jnp.full(of.shape, np.nan, of.dtype), shapes)
