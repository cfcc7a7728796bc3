"""The operations that a monitored session needs of a graph, made where the program gave none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..functions.control import group
from ..functions.joining import concat
from ..functions.lookup import tables_initializer
from ..graph.collections import GraphKeys
from ..graph.operation import Operation
from ..graph.stack import get_default_graph
from ..platform import logging
from ..summary.summaries import merge_all
from ..variables import resources
from ..variables.listing import global_variables, global_variables_initializer, local_variables_initializer
from ..variables.uninitialized import report_uninitialized_variables
from .saver import Saver

_FIELDS = ("init_op", "init_feed_dict", "ready_op", "ready_for_local_init_op", "local_init_op", "summary_op", "saver")


class Scaffold:
    """What prepares, checks, saves and summarizes a model.

    Args:
      init_op: initializes the variables; all global ones if `None`.
      init_feed_dict: what `init_op` is fed.
      init_fn: `init_fn(scaffold, session)`, called after `init_op`.
      ready_op: gives the names of what is not initialized, an empty vector when all is.
      ready_for_local_init_op: likewise, for what `local_init_op` needs.
      local_init_op: run in each new session; local variables and tables if `None`.
      summary_op: gives the summaries to write; all merged if `None`.
      saver: for checkpoints; one of everything if `None`.
      copy_from_scaffold: has what is not given.

    Raises:
      TypeError: if `copy_from_scaffold` is no scaffold.
    """

    def __init__(self, init_op: Any = None, init_feed_dict: Any = None, init_fn: Callable | None = None,
                 ready_op: Any = None, ready_for_local_init_op: Any = None, local_init_op: Any = None,
                 summary_op: Any = None, saver: Any = None, copy_from_scaffold: Scaffold | None = None):
        given = dict(zip(_FIELDS, (init_op, init_feed_dict, ready_op, ready_for_local_init_op, local_init_op, summary_op,
                                   saver)))
        if copy_from_scaffold is not None:
            if not isinstance(copy_from_scaffold, Scaffold):
                raise TypeError("copy_from_scaffold is not a Scaffold instance.")
            given = {field: getattr(copy_from_scaffold, field) if value is None else value
                     for field, value in given.items()}
            init_fn = copy_from_scaffold._user_init_fn if init_fn is None else init_fn
        self._user_init_fn: Callable | None = init_fn
        self._given = given

    def finalize(self) -> Scaffold:
        """Make what is missing, and finalize the graph."""
        made: dict[str, tuple[str, Callable[[], Any]]] = {
            "init_op": (GraphKeys.INIT_OP, _initialize),
            "ready_op": (GraphKeys.READY_OP, _report),
            "ready_for_local_init_op": (GraphKeys.READY_FOR_LOCAL_INIT_OP, _report_shared),
            "local_init_op": (GraphKeys.LOCAL_INIT_OP, Scaffold.default_local_init_op),
            "summary_op": (GraphKeys.SUMMARY_OP, merge_all),
        }
        for field, (key, default) in made.items():
            if self._given[field] is None:
                self._given[field] = Scaffold.get_or_default(field, key, default)
        if self._given["saver"] is None:
            self._given["saver"] = saver_or_default()
        self.saver.build()
        get_default_graph().finalize()
        logging.info("Graph was finalized.")
        return self

    @property
    def init_fn(self) -> Callable | None:
        """What is called after `init_op`, with the session."""
        user = self._user_init_fn
        return None if user is None else lambda session: user(self, session)

    @property
    def init_op(self) -> Any:
        """What initializes the variables."""
        return self._given["init_op"]

    @property
    def ready_op(self) -> Any:
        """What gives the names of what is not initialized."""
        return self._given["ready_op"]

    @property
    def ready_for_local_init_op(self) -> Any:
        """What gives the names of what `local_init_op` needs and is not initialized."""
        return self._given["ready_for_local_init_op"]

    @property
    def local_init_op(self) -> Any:
        """What each new session runs."""
        return self._given["local_init_op"]

    @property
    def summary_op(self) -> Any:
        """What gives the summaries."""
        return self._given["summary_op"]

    @property
    def saver(self) -> Any:
        """What saves the model."""
        return self._given["saver"]

    @property
    def init_feed_dict(self) -> Any:
        """What `init_op` is fed."""
        return self._given["init_feed_dict"]

    @staticmethod
    def get_or_default(arg_name: str, collection_key: str, default_constructor: Callable[[], Any]) -> Any:
        """Return the one item of a collection; if there is none, what the function makes, put there.

        Raises:
          RuntimeError: if there are several.
        """
        graph = get_default_graph()
        items = graph.get_collection(collection_key)
        if len(items) > 1:
            raise RuntimeError(f'More than one item in the collection "{collection_key}". Please indicate which one to use '
                               f"by passing it to the tf.Scaffold constructor as:  tf.Scaffold({arg_name}=item to use)")
        if items:
            return items[0]
        made = default_constructor()
        if made is not None:
            graph.add_to_collection(collection_key, made)
        return made

    @staticmethod
    def default_local_init_op() -> Operation:
        """Return an operation that initializes local variables, tables and resources."""
        return group(local_variables_initializer(), tables_initializer(),
                     resources.initialize_resources(resources.local_resources()))


def _initialize() -> Operation:
    return group(global_variables_initializer(), resources.initialize_resources(resources.shared_resources()))


def _report() -> Any:
    return concat([report_uninitialized_variables(), resources.report_uninitialized_resources()], 0)


def _report_shared() -> Any:
    return concat([report_uninitialized_variables(global_variables()),
                   resources.report_uninitialized_resources(resources.shared_resources())], 0)


def saver_or_default() -> Saver:
    """Return the one saver of the graph, made and put in its collection if there is none.

    Raises:
      RuntimeError: if there are several.
    """
    graph = get_default_graph()
    savers = graph.get_collection(GraphKeys.SAVERS)
    if len(savers) > 1:
        raise RuntimeError(f"More than one item in collection {GraphKeys.SAVERS}. Please indicate which one to use by "
                           "passing it to the constructor.")
    if savers:
        return savers[0]
    made = Saver(sharded=True, allow_empty=True)
    graph.add_to_collection(GraphKeys.SAVERS, made)
    return made
