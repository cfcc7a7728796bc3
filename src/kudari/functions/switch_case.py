"""`tf.switch_case`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from ..graph.tensor import Tensor
from ..op.scope import scoped
from ..ops.forms import node
from .conditionals import cond


def switch_case(branch_index: Any, branch_fns: Any, default: Callable | None = None, name: str = "switch_case") -> Any:
    """Return what the function that a number names returns.

    The graph has nested conditionals where TensorFlow 1.15 has one node with functions.

    Args:
      branch_index: a scalar tensor of integers.
      branch_fns: functions, by their places in a list, or in pairs or a dictionary with the numbers from 0 on.
      default: what is called for any other number; the last function if `None`.
      name: of the scope.

    Returns:
      The structure all functions return, with tensors for its leaves.

    Raises:
      TypeError: if the number is no tensor of integers, or a function cannot be called.
      ValueError: if there are no functions, or their numbers do not run from 0 on.
    """
    if not isinstance(branch_index, Tensor):
        raise TypeError(f"branch_index must a Tensor, got {type(branch_index)}")
    if not branch_index.dtype.is_integer:
        raise TypeError(f"branch_index must an integer Tensor, got {branch_index.dtype}")
    actions = _in_order(branch_fns)
    *others, last = actions if default is None else [*actions, default]
    with scoped(name, "case", [branch_index]):
        function = last
        for number, action in reversed(list(enumerate(others))):
            is_it = node("Equal", branch_index, number)
            function = partial(cond, is_it, true_fn=action, false_fn=function)
        return function()


def _in_order(given: Any) -> list[Callable]:
    if not given:
        raise ValueError("Must provide at least one item in branch_fns")
    if not isinstance(given, list | tuple | dict):
        raise TypeError("branch_fns must be a list, tuple, or dict")
    pairs = list(given.items()) if isinstance(given, dict) else list(given)
    if all(callable(action) for action in pairs):
        pairs = list(enumerate(pairs))
    for pair in pairs:
        if not isinstance(pair, tuple) or len(pair) != 2:
            raise TypeError("Each entry in branch_fns must be a 2-tuple")
        key, action = pair
        if not isinstance(key, int):
            raise TypeError(f"key must be a Python `int`, got {type(key)}")
        if not callable(action):
            raise TypeError(f"fn for key {key} must be callable.")
    keys = sorted(key for key, _ in pairs)
    if keys != list(range(len(keys))):
        raise ValueError(f"branch indices (keys) must form contiguous range of [0 to {len(keys)}) but found "
                         f"{{{','.join(map(str, keys))}}}")
    return [action for _, action in sorted(pairs, key=lambda pair: pair[0])]
