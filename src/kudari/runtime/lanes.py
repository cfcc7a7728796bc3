"""Lanes: many copies of a session's variables, each with values of its own for some tensors, advanced by one program.

The program is that of a single run, mapped over the lanes by `jax.vmap`, with the same lowerings and the same options for
XLA; so a lane computes what a run at its values alone computes. What all lanes share is fed once, and segments of Python
ops that nothing of a lane reaches run once. Lanes are spread over all devices, and on each run in blocks that fit its
memory; a block whose lanes all hold nothing but NaN is not run any more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from ..errors import UnimplementedError
from ..graph.operation import Operation
from ..graph.tensor import Tensor
from .blocks import are_finite, are_lost, in_blocks, lanes_at_once, mortal, nothing
from .compiled import build, choose, split_reads, step_function
from .feeds import Feeder
from .fetches import Fetches
from .interpret import run_interpreted
from .numerics import bytes_of
from .plan import Plan, Segment
from .session import BaseSession
from .spread import Spread
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
        self._spread = Spread(count)
        self._streams = None if streams is None else np.asarray(streams, np.int64).view(np.uint64)
        self.state: dict[Operation, Any] = {}
        self._plans: dict[Any, Plan] = {}
        self._programs: dict[Any, Any] = {}

    def take_all(self) -> None:
        """Begin with everything the session holds."""
        with self.session._lock:
            self.session._flush()
            self.state = {variable: self._copies(value) for variable, value in self.session._state.copy().items()
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
                is_random = variable.definition.state is not None and "seed2" in variable.definition.attrs
                if self._streams is not None and is_random:
                    generators = np.tile(np.asarray(held[variable]), (self.count, 1))
                    generators[:, 2] += self._streams  # counter, counter, key: the key is the graph's seed
                    self.hold(variable, generators)
                else:
                    self.state[variable] = self._copies(held[variable])
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
        inputs = self._placed(segment, values, set(lane_feeds))
        call = self._program(segment, inputs, set(lane_feeds), loop=True)
        changed, kept = self._read(segment)
        written, lost = call(self._spread.place(np.int64(steps), False), changed, kept, inputs)
        self.state.update(zip(split_reads(segment)[0], written))
        return self._spread.gather(lost)

    def are_finite(self, variables: Sequence[Operation]) -> np.ndarray:
        """Return for each lane whether all numbers in its copies of some variables are finite."""
        held = [self.state[v] for v in variables if v in self.state]
        return self._spread.gather(_are_finite(held, self._spread.rows))

    def held(self, variable: Operation) -> np.ndarray:
        """Return what the lanes hold of a variable."""
        return self._spread.gather(self.state[variable])

    def hold(self, variable: Operation, rows: np.ndarray) -> None:
        """Let each lane hold a row of an array as its copy of a variable."""
        self.state[variable] = jnp.asarray(self._spread.place(rows, True))

    def _copies(self, value: Any) -> Any:
        return jax.tree.map(self._spread.copies, value)

    def _placed(self, segment: Segment, values: dict[Tensor, Any], apart: set[Tensor]) -> tuple:
        return tuple(self._spread.place(values[t], t in apart) for t in segment.inputs)

    def _segment(self, segment: Segment, values: dict[Tensor, Any], apart: set[Tensor]) -> None:
        for tensor in apart.intersection(segment.static_inputs):
            rows = np.asarray(values[tensor])
            if (rows == rows[0]).all():  # a shape, which is that of all lanes
                values[tensor] = rows[0]
                apart.discard(tensor)
        if segment.on_host:
            outputs = self._on_host(segment, [values[t] for t in segment.inputs], apart)
        else:
            changed, kept = self._read(segment)
            inputs = self._placed(segment, values, apart)
            outputs, written, alarm = self._program(segment, inputs, apart)(
                self._spread.place(np.int64(1), False), changed, kept, inputs)
            if alarm is not None and self._spread.gather(alarm).any():
                raise UnimplementedError(None, None, "a check failed in one of the lanes while it ran: run the program at "
                                         "that lane's values alone to see which")
            self.state.update(zip(segment.writes, written))
            apart.update(segment.outputs)
        values.update(zip(segment.outputs, outputs))

    def _read(self, segment: Segment) -> tuple[tuple, tuple]:
        changed, kept = split_reads(segment)
        return tuple(self.state[v] for v in changed), tuple(self.state[v] for v in kept)

    def _on_host(self, segment: Segment, inputs: list[Any], apart: set[Tensor]) -> list[Any]:
        """Run Python ops for each lane; once, if nothing differs between lanes."""
        differ = [t in apart for t in segment.inputs]
        if not any(differ) and not segment.reads and not segment.writes:
            return run_interpreted(segment, VariableStore(), inputs)
        held = {v: jax.tree.map(self._spread.gather, self.state[v]) for v in segment.reads if v in self.state}
        given = [self._spread.gather(value) if is_own else value for value, is_own in zip(inputs, differ)]
        rows = []
        for lane in range(self.count):
            own = VariableStore({v: _lane(value, lane) for v, value in held.items()})
            mine = [value[lane] if is_own else value for value, is_own in zip(given, differ)]
            rows.append((run_interpreted(segment, own, mine), own))
        for variable in segment.writes:
            stacked = jax.tree.map(lambda *leaves: np.stack(leaves), *[own[variable] for _, own in rows])
            self.state[variable] = jax.tree.map(lambda leaf: jnp.asarray(self._spread.place(leaf, True)), stacked)
        apart.update(segment.outputs)
        return [np.stack([np.asarray(outputs[i]) for outputs, _ in rows]) for i in range(len(segment.outputs))]

    def _program(self, segment: Segment, inputs: tuple, apart: set[Tensor], loop: bool = False) -> Any:
        are_apart = tuple(t in apart for t in segment.inputs)
        changed, kept = self._read(segment)
        args = (changed, kept, inputs)
        key = (id(segment), are_apart, loop, *[(np.shape(leaf), leaf.dtype) for leaf in jax.tree.leaves(args)])
        if key not in self._programs:
            self._programs[key] = self._compile(segment, are_apart, args, loop)
        return self._programs[key]

    def _compile(self, segment: Segment, are_apart: tuple[bool, ...], args: tuple, loop: bool) -> Any:
        if any(are_apart[segment.inputs.index(t)] for t in segment.static_inputs):
            raise UnimplementedError(None, None, "a shape depends on what differs between the lanes: such a value cannot be "
                                     "swept")
        changed, kept, inputs = args
        statics = {t: np.asarray(inputs[segment.inputs.index(t)]) for t in segment.static_inputs}
        single = (*_row((changed, kept)), tuple(_row(v) if is_apart else v for v, is_apart in zip(inputs, are_apart)))
        traced, overrides, options = choose(segment, self.session._options.numerics, statics, single)
        most = lanes_at_once(bytes_of(traced.jaxpr.jaxpr))
        alone = step_function(segment, overrides, statics)
        reused, _ = split_reads(segment)
        mortals = mortal(segment, reused, self.session.graph)

        def vmapped(count: int) -> Callable:
            axes = tuple(0 if is_apart else None for is_apart in are_apart)
            return jax.vmap(lambda *args: alone(*args)[:3], in_axes=(0, 0, axes), axis_size=count)

        def lost(held: tuple) -> Any:
            return are_lost([held[i] for i in mortals])

        def once(held: tuple, kept: tuple, inputs: tuple, count: int, steps: Any) -> tuple:
            step = vmapped(count)
            shapes = jax.eval_shape(step, held, kept, inputs)
            if not mortals or set(segment.writes) - set(reused) or not _may_be_nan(shapes[0]) or shapes[2] is not None:
                return step(held, kept, inputs)
            before = dict(zip(reused, held))
            skipped = tuple(before[v] for v in segment.writes)
            return lax.cond(lost(held), lambda: (nothing(shapes[0]), skipped, None), lambda: step(held, kept, inputs))

        def repeated(held: tuple, kept: tuple, inputs: tuple, count: int, steps: Any) -> tuple:
            step = vmapped(count)

            def body(carry: tuple) -> tuple:
                done, held, lost_at = carry
                written = dict(zip(segment.writes, step(held, kept, inputs)[1]))
                now = tuple(written[v] for v in reused)
                return done + 1, now, jnp.where((lost_at == 0) & ~are_finite(now, count), done + 1, lost_at)

            begun = (np.int64(0), held, jnp.zeros(count, jnp.int64))
            return lax.while_loop(lambda carry: (carry[0] < steps) & ~lost(carry[1]), body, begun)[1:]

        def on_device(steps: Any, changed: tuple, kept: tuple, inputs: tuple) -> Any:
            own = [value for value, is_apart in zip(inputs, are_apart) if is_apart]

            def block(parts: tuple, count: int) -> Any:
                held, kept, own = parts
                rest = iter(own)
                given = tuple(next(rest) if is_apart else value for value, is_apart in zip(inputs, are_apart))
                return (repeated if loop else once)(held, kept, given, count, steps)

            return in_blocks(block, self._spread.local, most)((changed, kept, own))

        program = jax.jit(self._spread.program(on_device, (False, True, True, are_apart)))
        return build(program.trace(self._spread.place(np.int64(1), False), *args).lower(), options)

    def _result(self, source: Any, values: dict[Tensor, Any], apart: set[Tensor]) -> Any:
        if source is None:
            return None
        if source in values:
            if source in apart:
                return self._spread.gather(values[source])
            value = np.asarray(values[source])
            return np.broadcast_to(value, (self.count, *value.shape))
        return self._spread.gather(self.state[source])


def _lane(values: Any, lane: int) -> Any:
    return jax.tree.map(lambda leaf: leaf[lane], values)


def _row(values: Any) -> Any:
    """The shapes and types of one lane's part."""
    return jax.tree.map(lambda leaf: jax.ShapeDtypeStruct(leaf.shape[1:], leaf.dtype), values)


def _may_be_nan(shapes: Any) -> bool:
    return all(jnp.issubdtype(of.dtype, jnp.floating) for of in jax.tree.leaves(shapes))


_are_finite = jax.jit(are_finite, static_argnums=1)
