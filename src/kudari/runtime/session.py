"""Sessions: run a graph and keep its variables."""

from __future__ import annotations

import contextlib
import threading
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..graph.graph import Graph
from ..graph.operation import Operation
from ..graph.stack import get_default_graph, sessions
from ..graph.tensor import Tensor
from ..op.waiting import at_most
from .deferred import Deferred, can_defer, is_small
from .executor import check_initialized, execute
from .feeds import Feeder, Repeat
from .fetches import Fetches
from .options import session_options
from .partial import PartialRun
from .plan import Plan
from .step_trace import StepTrace, asks_to_watch, partition_graph
from .store import VariableStore

MOST_PLANS = 1024
# What runs beside new sessions: makes, for each, something whose `run(fetches, feed_dict, options, run_metadata)` stands
# before the session's own; `None` for nothing.
beside: Callable[[BaseSession], Any] | None = None


@dataclass
class Prepared:
    """What runs with the same fetches and the same feed keys share.

    Args:
      structure: of the fetches.
      feeder: for the feeds.
      plan: known after the first such run.
    """

    structure: Fetches
    feeder: Feeder
    plan: Plan | None = None


class BaseSession:
    """What `Session` and `InteractiveSession` share.

    Args:
      target: must be empty: the session runs in this process.
      graph: to run; the default graph if `None`.
      config: a `tf.ConfigProto` or `SessionOptions`.

    Raises:
      TypeError: if `graph` is not a graph or `config` not a config.
    """

    def __init__(self, target: str = "", graph: Graph | None = None, config: Any = None):
        if graph is not None and not isinstance(graph, Graph):
            raise TypeError(f"graph must be a tf.Graph, but got {type(graph)}")
        if target and not isinstance(target, str | bytes):
            raise TypeError(f"target must be a string, but got {type(target)}")
        self._graph = get_default_graph() if graph is None else graph
        self._target = target
        self._options = session_options(config)
        self._lock = threading.RLock()
        self._state = VariableStore()
        self._prepared: dict[Any, Prepared] = {}
        self._plans: dict[Any, Plan] = {}
        self._deferred: Deferred | None = None
        self._partial_runs: dict[str, PartialRun] = {}
        self._closed = False
        self._beside = None if beside is None else beside(self)

    @property
    def graph(self) -> Graph:
        """The graph this session runs."""
        return self._graph

    @property
    def graph_def(self) -> Any:
        """The graph as a `GraphDef`."""
        return self._graph.as_graph_def()

    @property
    def sess_str(self) -> str:
        """The target, as TensorFlow's sessions tell it."""
        return self._target

    def run(self, fetches: Any, feed_dict: dict | None = None, options: Any = None, run_metadata: Any = None) -> Any:
        """Compute `fetches`.

        A run that returns nothing may be executed later, together with others like it, but always before anything can
        tell the difference.

        Args:
          fetches: a tensor, operation, variable or name of one, or a list, tuple, named tuple or mapping of such,
            nested at will.
          feed_dict: from tensors (or names) to the values to use for them: numbers, lists or arrays.
          options: a `tf.RunOptions`; its `timeout_in_ms` bounds the wait for queues and datasets.
          run_metadata: a `tf.RunMetadata`.

        Returns:
          The same structure with values: NumPy arrays, NumPy scalars for scalar tensors, `None` for operations.

        Raises:
          RuntimeError: if the session is closed or the graph empty.
          TypeError: if a fetch or a feed is of the wrong kind.
          ValueError: if a fetch or feed is not of this graph, or a value does not fit its tensor.
          tf.errors.OpError: if an op fails, as `FailedPreconditionError` for a variable without a value.
        """
        if self._beside is not None:
            return self._beside.run(fetches, feed_dict, options, run_metadata)
        return self.run_alone(fetches, feed_dict, options, run_metadata)

    def run_alone(self, fetches: Any, feed_dict: dict | None = None, options: Any = None, run_metadata: Any = None) -> Any:
        """Run, whatever may run beside this session."""
        trace = None
        with self._lock:
            deferred = self._deferred
            if deferred is not None:
                if not asks_to_watch(options) and deferred.takes(fetches, feed_dict):
                    return None if isinstance(fetches, Operation) else type(fetches)([None] * len(fetches))
                self._flush()
            if not isinstance(feed_dict, dict | None):
                raise TypeError("input must be a dictionary")
            if options is not None:
                options.SerializeToString()  # what is not a message fails here, as in TensorFlow
            if run_metadata is not None:
                run_metadata.Clear()
            prepared = self._prepare(fetches, feed_dict)
            feeds = prepared.feeder.convert(feed_dict) if feed_dict else {}
            plan = prepared.plan
            if plan is None:
                plan = prepared.plan = self._plan(prepared.structure, feeds)
            if run_metadata is not None and asks_to_watch(options):
                if options.output_partition_graphs:
                    run_metadata.partition_graphs.append(partition_graph(plan))
                trace = StepTrace() if options.trace_level else None
            elif plan.is_deferrable and self._defer(plan, fetches, feed_dict, feeds):
                return prepared.structure.build([None] * len(plan.elements))
        limit = (0 if options is None else options.timeout_in_ms) or self._options.time_limit
        with at_most(limit / 1000) if limit > 0 else contextlib.nullcontext():
            results = execute(plan, feeds, self._state, self._options, self._lock, trace)
        if trace is not None:
            trace.write_to(run_metadata)
        return prepared.structure.build(results)

    def _prepare(self, fetches: Any, feed_dict: dict | None) -> Prepared:
        """Return what is known of runs with these fetches and feed keys."""
        self._check_usable()
        key: Any = (type(fetches), *fetches) if isinstance(fetches, list | tuple) else (fetches,)
        key = (self._graph.edits, *key, None, *feed_dict) if feed_dict else (self._graph.edits, *key)
        try:
            found = self._prepared.get(key)
        except TypeError:  # a dictionary, or a list in a list
            key = (self._graph.edits, _nested_key(fetches), *(feed_dict or ()))
            try:
                found = self._prepared.get(key)
            except TypeError:  # an object without a hash: its parts are looked at again each time
                return self._new_prepared(fetches, feed_dict)
        if found is None:
            found = self._new_prepared(fetches, feed_dict)
            _keep(self._prepared, key, found)
        return found

    def _new_prepared(self, fetches: Any, feed_dict: dict | None) -> Prepared:
        return Prepared(Fetches(self._graph, fetches), Feeder(self._graph, feed_dict or ()))

    def _defer(self, plan: Plan, fetches: Any, feed_dict: dict | None, feeds: dict[Tensor, np.ndarray]) -> bool:
        if not self._options.defer or self._options.interpret or not can_defer(plan, fetches):
            return False
        repeat = Repeat(feed_dict)
        if not repeat.is_possible:
            return False
        check_initialized(plan.segments[0], self._state)
        if not is_small(plan, self._state, feeds):
            return False
        self._deferred = Deferred(plan, fetches, repeat, feeds)
        return True

    def _flush(self) -> None:
        """Run the steps held back."""
        deferred, self._deferred = self._deferred, None
        if deferred is not None:
            deferred.execute(self._options.numerics, self._state)

    def _check_usable(self) -> None:
        if self._closed:
            raise RuntimeError("Attempted to use a closed Session.")
        if self._graph.version == 0:
            raise RuntimeError("The Session graph is empty.  Add operations to the graph before calling run().")

    def _plan(self, structure: Fetches, feeds: dict[Tensor, np.ndarray]) -> Plan:
        key = (tuple(structure.elements), tuple(feeds), self._graph.edits)
        plan = self._plans.get(key)
        if plan is None:
            plan = Plan(structure.elements, feeds)
            _keep(self._plans, key, plan)
        return plan

    def make_callable(self, fetches: Any, feed_list: list | None = None, accept_options: bool = False) -> Callable:
        """Return a function that runs `fetches`, with the values of `feed_list` as its arguments.

        Args:
          fetches: as in `run`.
          feed_list: tensors to feed, in the order of the arguments.
          accept_options: whether the function also takes `options` and `run_metadata`.
        """
        self._check_usable()
        keys = [self._graph.as_graph_element(key, allow_operation=False) for key in feed_list or ()]
        Fetches(self._graph, fetches)

        def call(*args: Any, options: Any = None, run_metadata: Any = None) -> Any:
            if len(args) > len(keys):
                raise TypeError(f"This callable takes {len(keys)} values to feed, got {len(args)}.")
            return self.run(fetches, dict(zip(keys, args)), options, run_metadata)

        return call if accept_options else lambda *args: call(*args)

    def partial_run_setup(self, fetches: Any, feeds: list | None = None) -> str:
        """Begin a run in parts.

        Args:
          fetches: everything the parts will fetch.
          feeds: every tensor the parts will feed.

        Returns:
          A handle for `partial_run`.
        """
        with self._lock:
            self._flush()
            self._check_usable()
            handle = f"partial_run_{len(self._partial_runs)}"
            fed = [self._graph.as_graph_element(key, allow_operation=False) for key in feeds or ()]
            self._partial_runs[handle] = PartialRun(Fetches(self._graph, fetches).elements, fed)
            return handle

    def partial_run(self, handle: str, fetches: Any, feed_dict: dict | None = None) -> Any:
        """Compute the next part of a run in parts; nothing that ran before runs again.

        Args:
          handle: from `partial_run_setup`.
          fetches: some of those named there.
          feed_dict: values of some tensors named there.

        Returns:
          The structure of `fetches` with values.

        Raises:
          InvalidArgumentError: for a fetch or feed that was not named, or given before.
        """
        with self._lock:
            self._flush()
            self._check_usable()
            structure = Fetches(self._graph, fetches)
            feeds = Feeder(self._graph, feed_dict or ()).convert(feed_dict)
            values = self._partial_runs[handle].run(structure.elements, feeds, self._state)
            return structure.build(values)

    def as_default(self) -> contextlib.AbstractContextManager:
        """Make this the default session inside the block; the session stays open."""
        return sessions.entered(self)

    def close(self) -> None:
        """Run what was held back, and free the variables."""
        with self._lock:
            if not self._closed:
                try:
                    self._flush()
                finally:
                    self._closed = True
                    _release(self._state)
                    self._state.clear()
                    self._plans, self._prepared = {}, {}

    def fork(self) -> Session:
        """Return a session that goes on by itself from here: the same graph, copies of the variables and random states.

        What it runs changes nothing in this one; only tables, queues and dataset iterators are shared.
        """
        with self._lock:
            self._flush()
            self._check_usable()
            other = Session.__new__(Session)
            other.__dict__.update(self.__dict__)
            other._lock, other._state, other._partial_runs = threading.RLock(), self._state.copy(), {}
            other._beside = None
            return other

    def list_devices(self) -> list:
        """Return the names of the devices of this process."""
        import jax
        return [f"/job:localhost/replica:0/task:0/device:{d.platform.upper()}:{d.id}" for d in jax.devices()]


def _release(state: VariableStore) -> None:
    """Let go of what nodes keep that has threads of its own, or that threads wait for."""
    for held in list(state.values()):
        for part in held.values() if isinstance(held, dict) else ():
            if hasattr(part, "release"):
                part.release()


def _nested_key(fetches: Any) -> Any:
    """Return what tells a nested structure of fetches from others."""
    if isinstance(fetches, dict):
        return type(fetches), tuple(fetches), tuple(map(_nested_key, fetches.values()))
    return (type(fetches), *map(_nested_key, fetches)) if isinstance(fetches, list | tuple) else fetches


def _keep(cache: dict, key: Any, value: Any) -> None:
    if len(cache) >= MOST_PLANS:
        cache.pop(next(iter(cache)))
    cache[key] = value


class Session(BaseSession):
    """Runs operations of a graph, and keeps the values of its variables.

    As a context manager it is the default session and its graph the default graph; it is closed at the end.
    """

    def __enter__(self) -> Session:
        self._entered = contextlib.ExitStack()
        self._entered.enter_context(self._graph.as_default())
        self._entered.enter_context(self.as_default())
        return self

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        try:
            self._entered.__exit__(kind, error, trace)
        finally:
            self.close()

    @staticmethod
    def reset(target: str, containers: list | None = None, config: Any = None) -> None:
        """Do nothing: in this process variables belong to a session and go with it."""


class InteractiveSession(BaseSession):
    """A session that makes itself the default when it is made, until it is closed."""

    _open = 0

    def __init__(self, target: str = "", graph: Graph | None = None, config: Any = None):
        super().__init__(target, graph, config)
        if InteractiveSession._open:
            warnings.warn("An interactive session is already active. This can cause out-of-memory errors in some cases. "
                          "You must explicitly call `InteractiveSession.close()` to release resources held by the other "
                          "session(s).", stacklevel=2)
        InteractiveSession._open += 1
        self._entered = contextlib.ExitStack()
        sessions.enforce_nesting = False
        if graph is not None:
            self._entered.enter_context(graph.as_default())
        self._entered.enter_context(self.as_default())

    def close(self) -> None:
        """Close the session, and let the default be what it was."""
        if not self._closed:
            InteractiveSession._open -= 1
            self._entered.close()
        super().close()
