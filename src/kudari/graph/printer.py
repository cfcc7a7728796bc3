"""Graphs as text for people, one node a line."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..dtypes import DType, as_dtype
from ..shape import shape_text
from .graph import Graph
from .graphdef import input_names
from .operation import Operation

_LARGEST_SHOWN = 8


def print_graph(graph: Graph) -> str:
    """Return the nodes of `graph` in the order they were made: `name = Type(inputs) {attributes} ^control @device`."""
    return "\n".join(map(print_node, graph.get_operations()))


def print_node(op: Operation) -> str:
    """Return `op` as one line of `print_graph`."""
    names = input_names(op)
    data, control = ([n for n in names if n.startswith("^") is wanted] for wanted in (False, True))
    attrs = ", ".join(f"{key}={_shown(value)}" for key, value in sorted(op.attrs.items()))
    parts = [f"{op.name} = {op.type}({', '.join(data)})", f"{{{attrs}}}" if attrs else "", *control,
             f"@{op.device}" if op.device else ""]
    return " ".join(filter(None, parts))


def _shown(value: Any) -> str:
    if isinstance(value, DType):
        return value.name
    if isinstance(value, np.ndarray):
        return _array(value)
    if value is None or isinstance(value, tuple):
        return shape_text(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_shown, value))}]"
    return " ".join(repr(value).split())


def _array(value: np.ndarray) -> str:
    kind = f"{as_dtype(value.dtype).name}{shape_text(value.shape) if value.shape else ''}"
    return f"{kind} {value.tolist()}" if value.size <= _LARGEST_SHOWN else kind
