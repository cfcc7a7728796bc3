"""`tf.train.Checkpoint`: saves and restores objects, by the names that they have in each other."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

import numpy as np

from .. import errors
from ..dtypes import int64, string
from ..graph.stack import get_default_graph, get_default_session
from ..io.bundle_writer import Piece, write_bundle
from ..io.checkpoint import open_checkpoint
from ..protos import proto
from ..variables.resource import ResourceVariable
from ..variables.variable import Variable
from .checkpoint_state import write_state
from .object_graph import OBJECT_GRAPH_KEY
from .trackable import STATE, VALUE, ObjectGraph, PythonState, Trackable, is_trackable

_NOTHING_GIVEN = "No checkpoint specified (save_path=None); nothing is being restored."


class Checkpoint(Trackable):
    """Saves and restores the variables of objects, whatever these variables are called in the graph.

    Args:
      **kwargs: the objects by name: variables, optimizers, checkpoints. More can be set as attributes, also lists and
        dictionaries of them.

    Raises:
      ValueError: if one of them cannot be saved.
    """

    def __init__(self, **kwargs: Any):
        for name, value in sorted(kwargs.items()):
            if not is_trackable(value) or isinstance(value, list | tuple | dict):
                raise ValueError(
                    "`Checkpoint` was expecting a trackable object (an object derived from `TrackableBase`), got "
                    f"{value}. If you believe this object should be trackable (i.e. it is part of the TensorFlow Python "
                    "API and manages state), please open an issue.")
            setattr(self, name, value)
        self._save_counter: Variable | None = None
        self._count: Any = None

    def tracked(self) -> list[tuple[str, Any]]:
        """Return what it depends on, by name, in the order it was set."""
        counter = [] if self._save_counter is None else [("save_counter", self._save_counter)]
        return [*super().tracked(), *counter]

    @property
    def save_counter(self) -> Variable:
        """An int64 variable that counts the calls of `save`; made when first asked for."""
        if self._save_counter is None:
            with get_default_graph().device("/cpu:0"):
                self._save_counter = ResourceVariable(0, name="save_counter", dtype=int64, trainable=False)
        return self._save_counter

    def write(self, file_prefix: Any, session: Any = None) -> str:
        """Write a checkpoint, and count nothing.

        Args:
          file_prefix: the path of the checkpoint.
          session: that holds the variables; the default session if `None`.

        Returns:
          The path.

        Raises:
          ValueError: if there is no session.
        """
        session = _session(session)
        path = os.fspath(file_prefix)
        with session.graph.as_default():
            graph = ObjectGraph(self)
            variables = dict(graph.variables())
            values = session.run([v.value() for v in variables.values()])
        if os.path.dirname(path):
            os.makedirs(os.path.dirname(path), exist_ok=True)
        pieces = [Piece(key, v.dtype.base_dtype, np.asarray(value)) for (key, v), value in zip(variables.items(), values)]
        pieces += [_text(key, state.serialize()) for key, state in graph.states()]
        write_bundle(path, [*pieces, _text(OBJECT_GRAPH_KEY, graph.message().SerializeToString(deterministic=True))])
        return path

    def save(self, file_prefix: Any, session: Any = None) -> str:
        """Write a checkpoint with a number, and name it as the latest in its folder.

        Args:
          file_prefix: the path of the checkpoint, without `-` and the number.
          session: that holds the variables; the default session if `None`.

        Returns:
          The path with the number.

        Raises:
          ValueError: if there is no session.
        """
        session = _session(session)
        prefix = os.fspath(file_prefix)
        path = self.write(f"{prefix}-{self._counted(session)}", session)
        write_state(os.path.dirname(prefix), path, [path], None, True)
        return path

    def _counted(self, session: Any) -> int:
        """Count a call of `save`, and return how many there were."""
        with session.graph.as_default():
            if self._save_counter is None:
                session.run(self.save_counter.initializer)
            if self._count is None:
                with session.graph.colocate_with(self.save_counter):
                    self._count = self.save_counter.assign_add(1)
        return int(session.run(self._count))

    def restore(self, save_path: Any) -> LoadStatus:
        """Have objects that are or will be set restored from a checkpoint, when the returned object is told to.

        `PythonState` that is set is restored at once.

        Args:
          save_path: of the checkpoint, written by `save`, `write` or a `Saver`; `None` to restore nothing.

        Returns:
          What restores them, by `initialize_or_restore` or `run_restore_ops`, and says what it found.

        Raises:
          NotFoundError: if there is no checkpoint.
        """
        status = LoadStatus(self, None if save_path is None else os.fspath(save_path))
        _ = self.save_counter  # which is restored with the others
        status.restore_python_states()
        return status


class LoadStatus:
    """What a checkpoint holds of some objects.

    Args:
      root: the object that depends on the others.
      path: of the checkpoint; `None` for none.
    """

    def __init__(self, root: Checkpoint, path: str | None):
        self._root, self._path = root, path
        self._saved: Any = None
        if path is not None:
            with open_checkpoint(path) as checkpoint:
                if OBJECT_GRAPH_KEY in checkpoint:
                    self._saved = proto("TrackableObjectGraph").FromString(checkpoint.read(OBJECT_GRAPH_KEY).item())

    def _matched(self) -> dict[int, Any]:
        return ObjectGraph(self._root).matched(self._saved) if self._saved is not None else {}

    def _keys(self) -> dict[str, Variable]:
        """The variables to restore, by what the checkpoint holds them under."""
        if self._saved is None:
            with open_checkpoint(self._path) as checkpoint:  # type: ignore[arg-type]
                return {v.op.name: v for _, v in ObjectGraph(self._root).variables() if v.op.name in checkpoint}
        return {attribute.checkpoint_key: value for number, value in self._matched().items() if isinstance(value, Variable)
                for attribute in self._saved.nodes[number].attributes if attribute.name == VALUE}

    def restore_python_states(self) -> None:
        """Give the objects of Python that the checkpoint holds their state."""
        if self._saved is None:
            return
        with open_checkpoint(self._path) as checkpoint:  # type: ignore[arg-type]
            for number, value in self._matched().items():
                for attribute in self._saved.nodes[number].attributes:
                    if isinstance(value, PythonState) and attribute.name == STATE:
                        value.deserialize(checkpoint.read(attribute.checkpoint_key).item())

    def run_restore_ops(self, session: Any = None) -> None:
        """Give the variables that the checkpoint holds their values.

        Args:
          session: that holds the variables; the default session if `None`.

        Raises:
          AssertionError: if there is no checkpoint.
          InvalidArgumentError: if a value has another shape than its variable.
        """
        if self._path is None:
            raise AssertionError("No checkpoint specified, so no restore ops are available (save_path=None to "
                                 "Saver.restore).")
        session = _session(session)
        with session.graph.as_default(), open_checkpoint(self._path) as checkpoint:
            for key, variable in self._keys().items():
                value = checkpoint.read(key)
                if not variable.shape.is_compatible_with(value.shape):
                    raise errors.InvalidArgumentError(
                        variable.op.node_def, variable.op, "Assign requires shapes of both tensors to match. lhs shape= "
                        f"{variable.shape.as_list()} rhs shape= {list(value.shape)}: variable {variable.op.name}, "
                        f"{key} in {self._path}")
                variable.load(value, session)

    def initialize_or_restore(self, session: Any = None) -> None:
        """Give all variables a value: those that the checkpoint does not hold their initial one.

        Args:
          session: that holds the variables; the default session if `None`.
        """
        session = _session(session)
        with session.graph.as_default():
            restored = [] if self._path is None else list(self._keys().values())
            _initialize((v for _, v in ObjectGraph(self._root).variables()), restored, session)
            if self._path is not None:
                self.run_restore_ops(session)

    def assert_consumed(self) -> LoadStatus:
        """Check that everything in the checkpoint and every object found its counterpart; return this.

        Raises:
          AssertionError: if not, or there is no checkpoint.
        """
        self._must_be_there()
        matched = self._matched()
        for number, node in enumerate(self._saved.nodes if self._saved is not None else ()):
            if number not in matched:
                raise AssertionError(f"Unresolved object in checkpoint: {node}")
        return self.assert_existing_objects_matched()

    def assert_existing_objects_matched(self) -> LoadStatus:
        """Check that the checkpoint holds every variable there is; return this.

        Raises:
          AssertionError: if not, or there is no checkpoint.
        """
        self._must_be_there()
        restored = {id(v) for v in self._keys().values()}
        missing = [v for _, v in ObjectGraph(self._root).variables() if id(v) not in restored]
        if missing:
            raise AssertionError("Some Python objects were not bound to checkpointed values, likely due to changes in the "
                                 f"Python program: {missing}")
        return self

    def assert_nontrivial_match(self) -> LoadStatus:
        """Check that the checkpoint holds something of these objects; return this.

        Raises:
          AssertionError: if not, or there is no checkpoint.
        """
        self._must_be_there()
        if not self._keys() and len(self._matched()) < 2:
            raise AssertionError("Nothing but the root object matched a checkpointed value.")
        return self

    def expect_partial(self) -> LoadStatus:
        """Return this; what is not restored is no reason to warn."""
        return self

    def _must_be_there(self) -> None:
        if self._path is None:
            raise AssertionError(_NOTHING_GIVEN)


def _text(key: str, value: str | bytes) -> Piece:
    held = np.empty((), object)
    held[()] = value.encode() if isinstance(value, str) else value
    return Piece(key, string, held)


def _initialize(variables: Iterable[Variable], restored: list[Variable], session: Any) -> None:
    known = {id(v) for v in restored}
    session.run([v.initializer for v in variables if id(v) not in known])


def _session(session: Any) -> Any:
    found = session or get_default_session()
    if found is None:
        raise ValueError("There is no session that holds the variables: give one as session=, or call this inside "
                         "`with session.as_default():`")
    return found
