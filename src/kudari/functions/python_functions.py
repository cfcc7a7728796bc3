"""`tf.py_func` and its kin: the program's own Python functions as nodes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from ..dtypes import as_dtype, string
from ..graph.graph import Graph
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..ops.python_functions import eager_py_func as eager_node
from ..ops.python_functions import functions
from ..ops.python_functions import py_func as stateful_node
from ..ops.python_functions import py_func_stateless as stateless_node

_used_in: WeakKeyDictionary[Graph, list[Callable]] = WeakKeyDictionary()


def py_func(func: Callable, inp: Any, Tout: Any, stateful: bool = True, name: str | None = None) -> Any:
    """Return what a Python function returns when the step runs.

    Args:
      func: called with NumPy arrays (scalars of NumPy for scalars); returns an array or several.
      inp: the tensors to call it with.
      Tout: the type of what it returns, or a list of types.
      stateful: whether it may return something else for the same inputs.
      name: of the node.

    Returns:
      A tensor, or a list of them, of unknown shape; the operation if there is none. No gradient flows through them.

    Raises:
      ValueError: if `func` is not callable.
    """
    if not callable(func):
        raise ValueError(f"Expected func to be callable, got func of type {type(func)}")
    is_list = isinstance(Tout, list | tuple)
    _used_in.setdefault(get_default_graph(), []).append(func)
    make = stateful_node if stateful else stateless_node
    result = make(inp, token=functions.insert(func), Tout=list(Tout) if is_list else [Tout], name=name)
    return result if is_list else result[0]


def numpy_function(func: Callable, inp: Any, Tout: Any, name: str | None = None) -> Any:
    """Return what a Python function returns when the step runs, as `tf.py_func` does.

    Args:
      func: called with NumPy arrays; returns an array or several.
      inp: the tensors to call it with.
      Tout: the type of what it returns, or a list of types.
      name: of the node.
    """
    return py_func(func, inp, Tout, stateful=True, name=name)


def py_function(func: Callable, inp: Any, Tout: Any, name: str | None = None) -> Any:
    """Return what a Python function returns when the step runs.

    Kudari has no eager execution: the function gets arrays that have the method `numpy()`, computes with NumPy, and no
    gradient flows through it.

    Args:
      func: called with arrays; returns an array or several.
      inp: the tensors to call it with.
      Tout: the type of what it returns, or a list of types; what it returns is converted.
      name: of the node.

    Returns:
      A tensor, or a list of them, of unknown shape; the operation if there is none.

    Raises:
      ValueError: if `func` is not callable.
    """
    if not callable(func):
        raise ValueError(f"Expected func to be callable, got func of type {type(func)}")
    is_list = isinstance(Tout, list | tuple)
    types = list(Tout) if is_list else [Tout]

    def called(*args: Any) -> Any:
        result = func(*args)
        values = list(result) if isinstance(result, list | tuple) else [] if result is None else [result]
        if any(isinstance(value, Tensor) for value in values):
            raise NotImplementedError("The function of a tf.py_function returned a tensor of the graph: Kudari has no eager "
                                      "execution, so compute with NumPy there.")
        return [_typed(value, dtype) for value, dtype in zip(values, types)] + values[len(types):]

    _used_in.setdefault(get_default_graph(), []).append(called)
    result = eager_node(inp, token=functions.insert(called), Tout=types, name=name)
    return result if is_list else result[0]


def _typed(value: Any, dtype: Any) -> Any:
    wanted = as_dtype(dtype)
    return value if wanted == string else np.asarray(value).astype(wanted.as_numpy_dtype)
