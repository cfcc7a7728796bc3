"""`tf.make_template`: a function that makes its variables the first time and finds them afterwards."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from functools import partial
from typing import Any

from ..graph.collections import GraphKeys
from ..graph.stack import get_default_graph
from .scope import VariableScope, pure_variable_scope, unique_scope, variable_scope


class Template:
    """A function whose calls share the variables that it gets with `tf.get_variable`.

    Args:
      name: of the variable scope, made unique.
      func: the function.
      create_scope_now: whether the scope is named now rather than at the first call.
      unique_name: of the variable scope, as it is.
      custom_getter: of the variable scope.

    Raises:
      ValueError: without a name.
    """

    def __init__(self, name: str, func: Callable, create_scope_now: bool = False, unique_name: str | None = None,
                 custom_getter: Any = None):
        if name is None:
            raise ValueError("name cannot be None.")
        self._name, self._func, self._unique_name, self._custom_getter = name, func, unique_name, custom_getter
        self._made_at = traceback.format_stack()[:-2]
        self._variable_scope: VariableScope | None = None
        if create_scope_now:
            with pure_variable_scope(unique_name or unique_scope(name), custom_getter=custom_getter) as scope:
                self._variable_scope = scope
        self._was_called = False

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the function in its variable scope."""
        if self._variable_scope is not None:
            with variable_scope(self._variable_scope, reuse=self._was_called):
                return self._call(args, kwargs)
        with variable_scope(self._unique_name, self._name, custom_getter=self._custom_getter) as scope:
            self._variable_scope = scope
            return self._call(args, kwargs)

    def _call(self, args: tuple, kwargs: dict[str, Any]) -> Any:
        graph = get_default_graph()
        trained = graph.get_collection(GraphKeys.TRAINABLE_VARIABLES)
        made = graph.get_collection(GraphKeys.GLOBAL_VARIABLES)
        try:
            result = self._func(*args, **kwargs)
            if self._was_called:
                _refuse_new(graph, len(trained), len(made))
        except Exception as error:
            words = error.args[0] if error.args else ""
            error.args = (f"{words}\n\noriginally defined at:\n{''.join(self._made_at)}", *error.args[1:])
            raise
        self._was_called = True
        return result

    @property
    def name(self) -> str:
        """The name given."""
        return self._name

    @property
    def func(self) -> Callable:
        """The function."""
        return self._func

    @property
    def variable_scope(self) -> VariableScope | None:
        """The variable scope; `None` before the first call, unless it was made at once."""
        return self._variable_scope

    var_scope = variable_scope

    @property
    def variable_scope_name(self) -> str | None:
        """The name of the variable scope with a final slash."""
        return None if self._variable_scope is None else self._variable_scope.name.removesuffix("/") + "/"

    def _collected(self, key: str) -> list:
        return get_default_graph().get_collection(key, self.variable_scope_name) if self._was_called else []

    @property
    def global_variables(self) -> list:
        """The global variables that the function made."""
        return self._collected(GraphKeys.GLOBAL_VARIABLES)

    @property
    def local_variables(self) -> list:
        """The local variables that the function made."""
        return self._collected(GraphKeys.LOCAL_VARIABLES)

    @property
    def variables(self) -> list:
        """The variables that the function made."""
        return self.global_variables + self.local_variables

    @property
    def trainable_variables(self) -> list:
        """Those that are trained."""
        return self._collected(GraphKeys.TRAINABLE_VARIABLES)

    @property
    def non_trainable_variables(self) -> list:
        """The global ones that are not trained."""
        trained = set(self.trainable_variables)
        return [variable for variable in self.global_variables if variable not in trained]

    weights = variables
    trainable_weights = trainable_variables
    non_trainable_weights = non_trainable_variables


def _refuse_new(graph: Any, trained: int, made: int) -> None:
    new = graph.get_collection(GraphKeys.TRAINABLE_VARIABLES)[trained:]
    if new:
        raise ValueError("Trainable variable created when calling a template after the first time, perhaps you used "
                         f"tf.Variable when you meant tf.get_variable: {new}")
    new = graph.get_collection(GraphKeys.GLOBAL_VARIABLES)[made:]
    if new:
        logging.getLogger("kudari").info("New variables created when calling a template after the first time, perhaps "
                                         "you used tf.Variable when you meant tf.get_variable: %s", new)


def make_template(name_: str, func_: Callable, create_scope_now_: bool = False, unique_name_: str | None = None,
                  custom_getter_: Any = None, **kwargs: Any) -> Template:
    """Return `func_` as a function that makes its variables the first time and finds them afterwards.

    Args:
      name_: of the variable scope, made unique.
      func_: the function, which gets its variables with `tf.get_variable`.
      create_scope_now_: whether the scope is named now rather than at the first call.
      unique_name_: of the variable scope, as it is.
      custom_getter_: of the variable scope.
      **kwargs: arguments that every call passes.

    Raises:
      ValueError: without a name.
    """
    return Template(name_, partial(func_, **kwargs) if kwargs else func_, create_scope_now_, unique_name_, custom_getter_)
