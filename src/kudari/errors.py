"""The exceptions of `tf.errors`, and the status codes they stand for.

    Exception
    └── OpError                          any code
        ├── CancelledError               1   the step or operation was cancelled
        ├── UnknownError                 2   nothing better is known
        ├── InvalidArgumentError         3   a value or shape the operation cannot take
        ├── DeadlineExceededError        4   time ran out first
        ├── NotFoundError                5   a file, key or entity is not there
        ├── AlreadyExistsError           6   what should be made is there already
        ├── PermissionDeniedError        7   the caller may not do this
        ├── ResourceExhaustedError       8   memory, disk or quota is used up
        ├── FailedPreconditionError      9   the state does not allow it (an uninitialised variable)
        ├── AbortedError                10   given up because of something concurrent
        ├── OutOfRangeError             11   past the end of the input
        ├── UnimplementedError          12   a valid request that is not supported
        ├── InternalError               13   an invariant of the engine is broken
        ├── UnavailableError            14   the service cannot be reached now
        ├── DataLossError               15   stored data is corrupt or truncated
        └── UnauthenticatedError        16   credentials are missing or wrong
    ValueError
    └── InaccessibleTensorError              a tensor used outside the function that made it
    TypeError
    └── OperatorNotAllowedInGraphError       Python needed the value of a tensor that has none yet
"""

from __future__ import annotations

import os
import traceback
import warnings
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

OK = 0
CANCELLED = 1
UNKNOWN = 2
INVALID_ARGUMENT = 3
DEADLINE_EXCEEDED = 4
NOT_FOUND = 5
ALREADY_EXISTS = 6
PERMISSION_DENIED = 7
RESOURCE_EXHAUSTED = 8
FAILED_PRECONDITION = 9
ABORTED = 10
OUT_OF_RANGE = 11
UNIMPLEMENTED = 12
INTERNAL = 13
UNAVAILABLE = 14
DATA_LOSS = 15
UNAUTHENTICATED = 16


class InaccessibleTensorError(ValueError):
    """A tensor was used outside the function or loop body that made it."""


class OperatorNotAllowedInGraphError(TypeError):
    """Python asked for the value of a symbolic tensor, as in `if tensor:` or `for x in tensor:`."""


class OpError(Exception):
    """An operation failed while a graph ran; the subclasses say how.

    Args:
      node_def: the `NodeDef` of the operation, or None when not known.
      op: the `Operation` that failed, or None when not known.
      message: what went wrong.
      error_code: the status code, one of the integers of this module.
    """

    def __init__(self, node_def: Any = None, op: Any = None, message: str = "", error_code: int | None = UNKNOWN):
        # TensorFlow leaves `args` empty, so programs that print `repr(error)` see `InternalError()`.
        super().__init__()
        self._node_def = node_def
        self._op = op
        self._message = message
        self._error_code = error_code

    def __reduce__(self) -> tuple:
        return type(self), (self._node_def, self._op, self._message, self._error_code)

    @property
    def node_def(self) -> Any:
        """The `NodeDef` of the operation that failed, or None."""
        return self._node_def

    @property
    def op(self) -> Any:
        """The `Operation` that failed, or None."""
        return self._op

    @property
    def message(self) -> str:
        """What went wrong, without the place where the operation was made."""
        return self._message

    @property
    def error_code(self) -> int | None:
        """The status code as an integer."""
        return self._error_code

    def __str__(self) -> str:
        return self._message if self._op is None else "".join(_message_with_origin(self._message, self._op))


class _StatusError(OpError):
    """An `OpError` whose class decides its code."""

    _code: ClassVar[int]

    def __init__(self, node_def: Any = None, op: Any = None, message: str = ""):
        super().__init__(node_def, op, message, self._code)

    def __reduce__(self) -> tuple:
        return type(self), (self._node_def, self._op, self._message)


class CancelledError(_StatusError):
    """The step or the operation was cancelled, for example because its queue or session was closed."""

    _code = CANCELLED


class UnknownError(OpError):
    """An error of which nothing more specific is known."""


class InvalidArgumentError(_StatusError):
    """An operation got a value, shape or type that it cannot take."""

    _code = INVALID_ARGUMENT


class DeadlineExceededError(_StatusError):
    """The time allowed ran out before the operation was done."""

    _code = DEADLINE_EXCEEDED


class NotFoundError(_StatusError):
    """A file, a checkpoint key or another entity is not there."""

    _code = NOT_FOUND


class AlreadyExistsError(_StatusError):
    """An entity that should be made is there already."""

    _code = ALREADY_EXISTS


class PermissionDeniedError(_StatusError):
    """The caller may not do this, for example read that file."""

    _code = PERMISSION_DENIED


class UnauthenticatedError(_StatusError):
    """The request has no valid credentials."""

    _code = UNAUTHENTICATED


class ResourceExhaustedError(_StatusError):
    """Memory, disk space or a quota is used up."""

    _code = RESOURCE_EXHAUSTED


class FailedPreconditionError(_StatusError):
    """The state does not allow the operation, for example because a variable is not initialised."""

    _code = FAILED_PRECONDITION


class AbortedError(_StatusError):
    """The operation was given up, usually because of something concurrent."""

    _code = ABORTED


class OutOfRangeError(_StatusError):
    """The input has ended: a data set or a closed queue has no more elements."""

    _code = OUT_OF_RANGE


class UnimplementedError(_StatusError):
    """The arguments are valid, but the operation does not support them."""

    _code = UNIMPLEMENTED


class InternalError(_StatusError):
    """An invariant of the engine is broken."""

    _code = INTERNAL


class UnavailableError(_StatusError):
    """The service cannot be reached at the moment."""

    _code = UNAVAILABLE


class DataLossError(_StatusError):
    """Stored data is corrupt or truncated."""

    _code = DATA_LOSS


_CLASS_OF_CODE: dict[int, type[OpError]] = {
    UNKNOWN: UnknownError,
    **{subclass._code: subclass for subclass in _StatusError.__subclasses__()},
}
_CODE_OF_CLASS = {error_class: code for code, error_class in _CLASS_OF_CODE.items()}


def exception_type_from_error_code(error_code: int) -> type[OpError]:
    """Return the exception class of a status code.

    Args:
      error_code: an integer such as `INVALID_ARGUMENT`.

    Returns:
      The class, such as `InvalidArgumentError`.

    Raises:
      KeyError: if no class stands for the code; `OK` has none.
    """
    return _CLASS_OF_CODE[error_code]


def error_code_from_exception_type(cls: type) -> int | UnknownError:
    """Return the status code of an exception class.

    Args:
      cls: one of the classes of this module.

    Returns:
      The code; for any other class, after a warning, an `UnknownError` object as TensorFlow 1 does.
    """
    try:
        return _CODE_OF_CLASS[cls]
    except KeyError:
        warnings.warn("Unknown class exception", stacklevel=2)
        return UnknownError(None, None, "Unknown class exception", None)


def _message_with_origin(message: str, op: Any) -> Iterator[str]:
    yield f"{message}\n\nOriginal stack trace for {op.name!r}:\n"
    lines = _stack_lines(op)
    yield from lines
    while (op := op._original_op) is not None:
        yield f"\n...which was originally created as op {op.name!r}, defined at:\n"
        lines, previous = _stack_lines(op), lines
        yield from _new_lines(lines, previous)


def _stack_lines(op: Any) -> list[str]:
    frames = [tuple(frame)[:4] for frame in op.traceback]
    shared_folder = _shared_folder(file for file, *_ in frames)
    return traceback.format_list([(file.removeprefix(shared_folder), *rest) for file, *rest in frames])


def _shared_folder(files: Iterable[str]) -> str:
    # `commonpath` refuses to compare "<stdin>" with an absolute path.
    shared = os.path.commonprefix([file for file in files if "<embedded" not in file])  # noqa: RUF071
    return os.path.split(shared)[0]


def _new_lines(lines: list[str], previous: list[str]) -> Iterator[str]:
    """The lines of a stack, each run that the previous stack shares cut to its first and last line."""
    shared: list[str] = []
    for line, line_before in zip(lines, previous):
        if line == line_before:
            shared.append(line)
            continue
        yield from _ends_of(shared)
        shared = []
        yield line
    # TensorFlow leaves out the tail of a run that reaches the end.
    yield from shared[:1]


def _ends_of(run: list[str]) -> list[str]:
    if len(run) < 2:
        return run
    return [run[0], f"[elided {len(run) - 2} identical lines from previous traceback]\n", run[-1]]
