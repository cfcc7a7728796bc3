"""Lanes: many copies of a session's variables, each with values of its own for some tensors, advanced by one program.

The program is that of a single run, mapped over the lanes by `jax.vmap`, with the same lowerings and the same options for
XLA; so a lane computes what a run at its values alone computes. What all lanes share is fed once, and segments of Python
ops that nothing of a lane reaches run once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from ..errors import UnimplementedError
from ..graph.operation import Operation
from ..graph.tensor import Tensor
from .compiled import build, choose, split_reads, step_function
from .feeds import Feeder
from .fetches import Fetches
from .interpret import run_interpreted
from .plan import Plan, Segment
from .session import BaseSession
from .store import VariableStore


class Lanes:
    """Copies of the variables and random states of a session.

    Args:
      session: whose graph is run, and whose random states the lanes begin with, all with the same.
      count: how many.
      streams: for each lane what is added to the graph's seed, so that lanes draw random numbers of their own; without, all
        draw the same.
    """

    def __init__(self, session: BaseSession, count: int, streams: Sequence[int] | None = None):
        self.session, self.count = session, count
        self._streams = None if streams is None else np.asarray(streams, np.int64).view(np.uint64)
        self.state: dict[Operation, Any] = {}
        self._plans: dict[Any, Plan] = {}
        self._programs: dict[Any, Any] = {}

    def take_all(self) -> None:
        """Begin with everything the session holds."""
        with self.session._lock:
            self.session._flush()
            self.state = {variable: self._spread(value) for variable, value in self.session._state.copy().items()
                          if not isinstance(value, dict)}

    def prepare(self, fetches: Any, feed_dict: dict | None, lane_feeds: dict[Tensor, Any]) -> Plan:
        """Return the plan of a run, and take over from the session what it reads and no lane has yet."""
        fed = [self.session.graph.as_graph_element(key, allow_operation=False) for key in feed_dict or ()]
        elements = Fetches(self.session.graph, fetches).elements
        key = (tuple(elements), *fed, None, *lane_feeds)
        plan = self._plans.get(key)
        if plan is None:
            plan = self._plans[key] = Plan(elements, dict.fromkeys([*fed, *lane_feeds]))
        held = self.session._state
        for variable in (v for segment in plan.segments for v in segment.reads if v not in self.state):
            if variable.definition.state is not None or variable in held:
                self.state[variable] = self._spread(held[variable])
                is_random = variable.definition.state is not None and "seed2" in variable.definition.attrs
                if self._streams is not None and is_random:
                    generators = self.state[variable]  # counter, counter, key: the key is the graph's seed
                    self.state[variable] = generators.at[:, 2].add(self._streams)
        return plan

    def run(self, fetches: Any, feed_dict: dict | None = None, lane_feeds: dict[Tensor, Any] | None = None) -> Any:
        """Run in every lane.

        Args:
          fetches: as `Session.run` takes them.
          feed_dict: what all lanes are fed.
          lane_feeds: from tensors to arrays whose first axis is the lane.

        Returns:
          The structure of `fetches` with arrays whose first axis is the lane, `None` for operations.

        Raises:
          UnimplementedError: if what differs between lanes decides a shape, or fails a check while running.
        """
        lane_feeds = lane_feeds or {}
        plan = self.prepare(fetches, feed_dict, lane_feeds)
        values: dict[Tensor, Any] = Feeder(self.session.graph, feed_dict or ()).convert(feed_dict or {})
        values.update({tensor: np.asarray(value, tensor.dtype.as_numpy_dtype) for tensor, value in lane_feeds.items()})
        apart = set(lane_feeds)
        for segment in plan.segments:
            self._segment(segment, values, apart)
        results = [self._result(source, values, apart) for source in plan.results]
        return Fetches(self.session.graph, fetches).build(results)

    def look(self, fetches: Any, feed_dict: dict | None = None) -> Any:
        """Run in every lane as `run` does, but leave what the lanes hold as it was: no random numbers are used up."""
        self.prepare(fetches, feed_dict, {})
        before = self.state.copy()
        try:
            return self.run(fetches, feed_dict)
        finally:
            self.state = before

    def repeat(self, fetches: Any, steps: int, feed_dict: dict | None, lane_feeds: dict[Tensor, Any]) -> np.ndarray:
        """Run operations `steps` times in every lane.

        Returns:
          For each lane after how many of these steps a variable was first not finite, 0 if all are.
        """
        plan = self.prepare(fetches, feed_dict, lane_feeds)
        segment = plan.segments[0]
        if len(plan.segments) != 1 or segment.on_host or segment.is_watched or set(segment.writes) - set(segment.reads):
            lost = np.zeros(self.count, np.int64)
            for step in range(1, steps + 1):
                self.run(fetches, feed_dict, lane_feeds)
                lost[(lost == 0) & ~self.are_finite(segment.writes)] = step
            return lost
        values = Feeder(self.session.graph, feed_dict or ()).convert(feed_dict or {})
        values.update({t: np.asarray(value, t.dtype.as_numpy_dtype) for t, value in lane_feeds.items()})
        inputs = [values[t] for t in segment.inputs]
        call = self._program(segment, inputs, set(lane_feeds), loop=True)
        changed, kept = self._held(segment)
        written, lost = call(np.int64(steps), changed, kept, tuple(inputs))
        self.state.update(zip(split_reads(segment)[0], written))
        return np.asarray(lost)

    def are_finite(self, variables: Sequence[Operation]) -> np.ndarray:
        """Return for each lane whether all numbers in its copies of some variables are finite."""
        return np.asarray(_finite([self.state[v] for v in variables if v in self.state], self.count))

    def _spread(self, value: Any) -> Any:
        return jax.tree.map(lambda leaf: jnp.broadcast_to(jnp.asarray(leaf), (self.count, *np.shape(leaf))), value)

    def _segment(self, segment: Segment, values: dict[Tensor, Any], apart: set[Tensor]) -> None:
        for tensor in apart.intersection(segment.static_inputs):
            rows = np.asarray(values[tensor])
            if (rows == rows[0]).all():  # a shape, which is that of all lanes
                values[tensor] = rows[0]
                apart.discard(tensor)
        inputs = [values[t] for t in segment.inputs]
        if segment.on_host:
            outputs = self._on_host(segment, inputs, apart)
        else:
            changed, kept = self._held(segment)
            outputs, written, alarm = self._program(segment, inputs, apart)(changed, kept, tuple(inputs))
            if alarm is not None and bool(alarm):
                raise UnimplementedError(None, None, "a check failed in one of the lanes while it ran: run the program at "
                                         "that lane's values alone to see which")
            self.state.update(zip(segment.writes, written))
            apart.update(segment.outputs)
        values.update(zip(segment.outputs, outputs))

    def _held(self, segment: Segment) -> tuple[tuple, tuple]:
        changed, kept = split_reads(segment)
        return tuple(self.state[v] for v in changed), tuple(self.state[v] for v in kept)

    def _on_host(self, segment: Segment, inputs: list[Any], apart: set[Tensor]) -> list[Any]:
        """Run Python ops for each lane; once, if nothing differs between lanes."""
        differ = [t in apart for t in segment.inputs]
        if not any(differ) and not segment.reads and not segment.writes:
            return run_interpreted(segment, VariableStore(), inputs)
        rows = []
        for lane in range(self.count):
            own = VariableStore({v: _lane(self.state[v], lane) for v in segment.reads if v in self.state})
            given = [np.asarray(value)[lane] if is_own else value for value, is_own in zip(inputs, differ)]
            rows.append((run_interpreted(segment, own, given), own))
        for variable in segment.writes:
            self.state[variable] = jax.tree.map(lambda *leaves: jnp.stack(leaves), *[own[variable] for _, own in rows])
        apart.update(segment.outputs)
        return [np.stack([np.asarray(outputs[i]) for outputs, _ in rows]) for i in range(len(segment.outputs))]

    def _program(self, segment: Segment, inputs: list[Any], apart: set[Tensor], loop: bool = False) -> Any:
        axes = tuple(0 if t in apart else None for t in segment.inputs)
        changed, kept = self._held(segment)
        args = (changed, kept, tuple(inputs))
        key = (id(segment), axes, loop, *[(np.shape(leaf), leaf.dtype) for leaf in jax.tree.leaves(args)])
        if key not in self._programs:
            self._programs[key] = self._compile(segment, axes, args, loop)
        return self._programs[key]

    def _compile(self, segment: Segment, axes: tuple, args: tuple, loop: bool) -> Any:
        if any(axes[segment.inputs.index(t)] == 0 for t in segment.static_inputs):
            raise UnimplementedError(None, None, "a shape depends on what differs between the lanes: such a value cannot be "
                                     "swept")
        statics = {t: np.asarray(args[2][segment.inputs.index(t)]) for t in segment.static_inputs}
        alone = _lane(args[:2], 0)
        single = (*alone, tuple(value[0] if axis == 0 else value for value, axis in zip(args[2], axes)))
        _, overrides, options = choose(segment, self.session._options.numerics, statics, single)
        step = jax.vmap(step_function(segment, overrides, statics), in_axes=(0, 0, axes), axis_size=self.count)

        def together(changed: tuple, kept: tuple, inputs: tuple) -> tuple:
            outputs, written, alarm, _ = step(changed, kept, inputs)
            return outputs, written, None if alarm is None else jnp.any(alarm)

        def repeated(steps: Any, changed: tuple, kept: tuple, inputs: tuple) -> tuple:
            reused, _ = split_reads(segment)

            def body(done: Any, carry: tuple) -> tuple:
                held, lost = carry
                written = dict(zip(segment.writes, step(held, kept, inputs)[1]))
                now = tuple(written[v] for v in reused)
                return now, jnp.where((lost == 0) & ~_finite(now, self.count), done + 1, lost)

            return lax.fori_loop(0, steps, body, (changed, jnp.zeros(self.count, jnp.int64)))

        traced = jax.jit(repeated).trace(np.int64(1), *args) if loop else jax.jit(together).trace(*args)
        return build(traced.lower(), options)

    def _result(self, source: Any, values: dict[Tensor, Any], apart: set[Tensor]) -> Any:
        if source is None:
            return None
        if source in values:
            value = np.asarray(values[source])
            return value if source in apart else np.broadcast_to(value, (self.count, *value.shape))
        return np.asarray(self.state[source])


def _lane(values: Any, lane: int) -> Any:
    return jax.tree.map(lambda leaf: leaf[lane], values)


def _finite(values: Any, count: int) -> Any:
    """For each lane whether all floats in some arrays are finite."""
    found = jnp.ones(count, bool)
    for leaf in jax.tree.leaves(values):
        if jnp.issubdtype(leaf.dtype, jnp.floating):
            found &= jnp.isfinite(leaf).reshape(count, -1).all(1)
    return found
