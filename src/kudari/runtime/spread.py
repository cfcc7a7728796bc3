"""Rows of lanes spread over devices: each of them, in all processes, holds and advances equally many."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax.experimental import multihost_utils
from jax.sharding import Mesh, NamedSharding, PartitionSpec

_LANES, _SHARED = PartitionSpec("lanes"), PartitionSpec()


class Spread:
    """Where the lanes of a study are.

    With one device they are as they are. With several the lanes are filled up with copies of the last one to a number that
    the devices divide; `count` lanes then take `rows` rows, `local` on each device.
    """

    def __init__(self, count: int):
        devices = jax.devices()
        self.count, self.local = count, -(-count // len(devices))
        self.rows = self.local * len(devices)
        self._mesh = Mesh(np.array(devices), ("lanes",)) if len(devices) > 1 else None

    def copies(self, value: Any) -> Any:
        """Return a row of `value` for each lane."""
        if self._mesh is None:
            return jnp.broadcast_to(jnp.asarray(value), (self.rows, *np.shape(value)))
        return self._place(np.broadcast_to(np.asarray(value), (self.rows, *np.shape(value))), _LANES)

    def place(self, value: Any, is_apart: bool) -> Any:
        """Return a value for a program: what has a row for each lane, or what all share."""
        if self._mesh is None or isinstance(value, jax.Array):
            return value
        value = np.asarray(value)
        if is_apart:
            value = np.concatenate([value, np.repeat(value[-1:], self.rows - self.count, 0)])
        return self._place(value, _LANES if is_apart else _SHARED)

    def _place(self, value: np.ndarray, spec: PartitionSpec) -> Any:
        assert self._mesh is not None
        return jax.make_array_from_callback(value.shape, NamedSharding(self._mesh, spec), value.__getitem__)

    def gather(self, rows: Any) -> np.ndarray:
        """Return as one array what the lanes hold, those of other processes included."""
        if isinstance(rows, jax.Array) and not rows.is_fully_addressable:
            rows = multihost_utils.process_allgather(rows, tiled=True)
        return np.asarray(rows)[:self.count]

    def program(self, body: Callable, are_apart: Any) -> Callable:
        """Return `body`, which works on the rows of one device, for the rows of all.

        Args:
          body: takes arrays and returns arrays with a row for each lane.
          are_apart: whether its arguments have such rows, in their structure or a prefix of it.
        """
        if self._mesh is None:
            return body
        specs = jax.tree.map(lambda is_apart: _LANES if is_apart else _SHARED, are_apart)
        return jax.shard_map(body, mesh=self._mesh, in_specs=specs, out_specs=_LANES, check_vma=False)
