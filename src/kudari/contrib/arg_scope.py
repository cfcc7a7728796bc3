"""`tf.contrib.framework.arg_scope`: default arguments for the calls in a block."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

_decorated: dict[str, tuple[str, ...]] = {}


class _Stack(threading.local):
    def __init__(self) -> None:
        self.scopes: list[dict[str, dict[str, Any]]] = [{}]


_stack = _Stack()


def current_arg_scope() -> dict[str, dict[str, Any]]:
    """Return the defaults in force: by function, its arguments."""
    return _stack.scopes[-1]


def arg_scope_func_key(op: Callable) -> str:
    """Return what a function is known by in a scope."""
    return getattr(op, "_key_op", str(op))


@contextlib.contextmanager
def arg_scope(list_ops_or_scope: Any, **kwargs: Any) -> Iterator[dict[str, dict[str, Any]]]:
    """Give functions default arguments in the block.

    Args:
      list_ops_or_scope: functions decorated with `add_arg_scope`, or what an earlier `arg_scope` gave, to enter it again.
      **kwargs: the arguments.

    Raises:
      TypeError: if it is neither a list of functions nor a scope.
      ValueError: if a function is not decorated, or arguments are given with a scope.
    """
    if isinstance(list_ops_or_scope, dict):
        if kwargs:
            raise ValueError("When attempting to re-use a scope by suppling adictionary, kwargs must be empty.")
        scope = dict(list_ops_or_scope)
    elif isinstance(list_ops_or_scope, list | tuple):
        scope = dict(current_arg_scope())
        for op in list_ops_or_scope:
            if not has_arg_scope(op):
                raise ValueError("%s is not decorated with @add_arg_scope", (op.__module__, op.__name__))
            key = arg_scope_func_key(op)
            scope[key] = {**scope.get(key, {}), **kwargs}
    else:
        raise TypeError("list_ops_or_scope must either be a list/tuple or reused scope (i.e. dict)")
    _stack.scopes.append(scope)
    try:
        yield scope
    finally:
        _stack.scopes.pop()


def add_arg_scope(func: Callable) -> Callable:
    """Decorate a function so that `arg_scope` can give it default arguments."""
    @wraps(func)
    def with_defaults(*args: Any, **kwargs: Any) -> Any:
        return func(*args, **{**current_arg_scope().get(key, {}), **kwargs})

    key = arg_scope_func_key(func)
    count = len(func.__defaults__ or ())
    _decorated[key] = func.__code__.co_varnames[func.__code__.co_argcount - count:func.__code__.co_argcount]
    with_defaults._key_op = key  # type: ignore[attr-defined]
    return with_defaults


def has_arg_scope(func: Callable) -> bool:
    """Return whether a function is decorated with `add_arg_scope`."""
    return arg_scope_func_key(func) in _decorated


def arg_scoped_arguments(func: Callable) -> tuple[str, ...]:
    """Return the names of the arguments that `arg_scope` can give a decorated function."""
    return _decorated[arg_scope_func_key(func)]
