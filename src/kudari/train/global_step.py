"""The variable that counts training steps."""

from __future__ import annotations

import logging
from typing import Any

from ..dtypes import int64
from ..graph.collections import GraphKeys
from ..graph.graph import Graph
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..op.constant import constant
from ..variables.variable import Variable

_log = logging.getLogger("kudari")


def global_step(sess: Any, global_step_tensor: Any) -> int:
    """Return the value the global step has in a session.

    Args:
      sess: the session.
      global_step_tensor: the variable, a tensor, or the name of one.
    """
    return int(sess.run(global_step_tensor))


def get_global_step(graph: Graph | None = None) -> Any:
    """Return the global step of a graph: the one in its collection, or the tensor `global_step:0`; `None` without one.

    Args:
      graph: the default graph if `None`.

    Raises:
      TypeError: if what is there is not an integer scalar.
    """
    graph = graph or get_default_graph()
    found = graph.get_collection(GraphKeys.GLOBAL_STEP)
    if len(found) > 1:
        _log.error("Multiple tensors in global_step collection.")
        return None
    step = found[0] if found else _named(graph)
    if step is not None:
        assert_global_step(step)
    return step


def _named(graph: Graph) -> Tensor | None:
    try:
        return graph.get_tensor_by_name(f"{GraphKeys.GLOBAL_STEP}:0")
    except KeyError:
        return None


def create_global_step(graph: Graph | None = None) -> Variable:
    """Add the global step to a graph: an int64 variable that starts from 0 and is not trained.

    Args:
      graph: the default graph if `None`.

    Raises:
      ValueError: if the graph has one already.
    """
    graph = graph or get_default_graph()
    if get_global_step(graph) is not None:
        raise ValueError('"global_step" already exists.')
    with graph.as_default(), graph.name_scope(None):
        return Variable(lambda: constant(0, int64, shape=[], name="zeros"), dtype=int64, trainable=False,
                        name=GraphKeys.GLOBAL_STEP, collections=[GraphKeys.GLOBAL_VARIABLES, GraphKeys.GLOBAL_STEP])


def get_or_create_global_step(graph: Graph | None = None) -> Any:
    """Return the global step of a graph, added if there is none.

    Args:
      graph: the default graph if `None`.
    """
    graph = graph or get_default_graph()
    step = get_global_step(graph)
    return create_global_step(graph) if step is None else step


def assert_global_step(global_step_tensor: Any) -> None:
    """Check that a variable or tensor can count steps.

    Args:
      global_step_tensor: the variable or tensor.

    Raises:
      TypeError: if it is not an integer scalar variable or tensor.
    """
    if not isinstance(global_step_tensor, Variable | Tensor):
        raise TypeError(f'Existing "global_step" must be a Variable or Tensor: {global_step_tensor}.')
    if not global_step_tensor.dtype.base_dtype.is_integer:
        raise TypeError(f'Existing "global_step" does not have integer type: {global_step_tensor.dtype}')
    shape = global_step_tensor.get_shape()
    if shape.ndims != 0 and shape.is_fully_defined():
        raise TypeError(f'Existing "global_step" is not scalar: {shape}')
