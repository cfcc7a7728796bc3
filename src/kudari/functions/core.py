"""`tf.*` functions that act on the default graph."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from ..graph.stack import get_default_graph
from ..op.bind import graph_of

DEFAULT_GRAPH_SEED = 87654321
_LARGEST_SEED = 2**31 - 1


class name_scope:  # noqa: N801 - TensorFlow's name
    """Puts the nodes made inside under a name.

    Args:
      name: of the scope; `default_name` if `None`.
      default_name: used when `name` is `None`.
      values: tensors that must be in one graph, whose scope it then is.

    Raises:
      TypeError: if `values` are given without a name.
    """

    def __init__(self, name: str | None, default_name: str | None = None, values: Any = None):
        if not isinstance(default_name, type(None) | str):
            raise TypeError(f"`default_name` type ({type(default_name)}) is not a string type. You likely meant to pass "
                            "this into the `values` kwarg.")
        self._name = default_name if name is None else name
        if self._name is None and values is not None:
            raise ValueError(f"At least one of name ({name}) and default_name ({default_name}) must be provided.")
        self._values = [] if values is None else list(values)

    @property
    def name(self) -> str | None:
        """The name asked for."""
        return self._name

    def __enter__(self) -> str:
        graph = graph_of(self._values)
        self._entered = contextlib.ExitStack()
        self._entered.enter_context(graph.as_default())
        return self._entered.enter_context(graph.name_scope(self._name))

    def __exit__(self, kind: Any, error: Any, trace: Any) -> Any:
        return self._entered.__exit__(kind, error, trace)


@contextlib.contextmanager
def op_scope(values: Any, name: str | None, default_name: str | None = None) -> Iterator[str]:
    """Enter `name_scope` with its arguments in the old order."""
    with name_scope(name, default_name, values) as scope:
        yield scope


def control_dependencies(control_inputs: Any) -> Any:
    """Make the nodes created inside run after `control_inputs`: ops, tensors or variables; `None` for none at all."""
    return get_default_graph().control_dependencies(control_inputs)


@contextlib.contextmanager
def init_scope() -> Iterator[None]:
    """Make the nodes created inside apart from the control dependencies, conditionals and loops around."""
    with get_default_graph().control_dependencies(None):
        yield


def device(device_name_or_function: Any) -> Any:
    """Record a device for the nodes created inside: its name, or a function from an op to one."""
    return get_default_graph().device(device_name_or_function)


def colocate_with(op: Any, ignore_existing: bool = False) -> Any:
    """Record that the nodes created inside live where `op` lives."""
    return get_default_graph().colocate_with(op, ignore_existing)


def container(container_name: str) -> Any:
    """Record a resource container for the nodes created inside."""
    return get_default_graph().container(container_name)


def add_to_collection(name: Any, value: Any) -> None:
    """Append `value` to the collection `name` of the default graph."""
    get_default_graph().add_to_collection(name, value)


def add_to_collections(names: Any, value: Any) -> None:
    """Append `value` to each of the collections `names` of the default graph."""
    get_default_graph().add_to_collections(names, value)


def get_collection(key: Any, scope: str | None = None) -> list:
    """Return a copy of the collection `key` of the default graph, of items whose name matches `scope` if given."""
    return get_default_graph().get_collection(key, scope)


def get_collection_ref(key: Any) -> list:
    """Return the list itself that holds the collection `key` of the default graph."""
    return get_default_graph().get_collection_ref(key)


def set_random_seed(seed: int) -> None:
    """Set the random seed of the default graph."""
    get_default_graph().seed = seed


def get_seed(op_seed: int | None) -> tuple[int | None, int | None]:
    """Return the graph seed and op seed a random op gets.

    Args:
      op_seed: the seed asked for, or `None`.

    Returns:
      Two ints, or two `None` if neither the graph nor the op has a seed.
    """
    graph = get_default_graph()
    if graph.seed is None and op_seed is None:
        return None, None
    graph_seed = DEFAULT_GRAPH_SEED if graph.seed is None else graph.seed
    seeds = (graph_seed % _LARGEST_SEED, (graph.version if op_seed is None else op_seed) % _LARGEST_SEED)
    return (0, _LARGEST_SEED) if seeds == (0, 0) else seeds
