"""`tf.logging`: messages to the Python logger named `tensorflow`."""

from __future__ import annotations

import logging
import sys
from collections import Counter
from functools import cache
from logging import DEBUG as DEBUG
from logging import ERROR as ERROR
from logging import FATAL as FATAL
from logging import INFO as INFO
from logging import WARNING as WARN
from typing import Any, NoReturn

_calls: Counter[tuple[str, int]] = Counter()


@cache
def get_logger() -> logging.Logger:
    """Return the logger, which writes to standard error unless the program has set logging up itself."""
    logger = logging.getLogger("tensorflow")
    if not logging.getLogger().handlers:
        is_interactive = hasattr(sys, "ps1") or bool(sys.flags.interactive)
        if is_interactive:
            logger.setLevel(INFO)
        handler = logging.StreamHandler(sys.stdout if is_interactive else sys.stderr)
        handler.setFormatter(logging.Formatter(logging.BASIC_FORMAT))
        logger.addHandler(handler)
    return logger


def _write(level: int, msg: Any, args: tuple, kwargs: dict[str, Any], depth: int = 3) -> None:
    get_logger().log(level, msg, *args, **{"stacklevel": depth, **kwargs})


def log(level: int, msg: Any, *args: Any, **kwargs: Any) -> None:
    """Log `msg % args` at a level."""
    _write(level, msg, args, kwargs)


def vlog(level: int, msg: Any, *args: Any, **kwargs: Any) -> None:
    """Log `msg % args` at a level."""
    _write(level, msg, args, kwargs)


def debug(msg: Any, *args: Any, **kwargs: Any) -> None:
    """Log `msg % args` for who looks for faults."""
    _write(DEBUG, msg, args, kwargs)


def info(msg: Any, *args: Any, **kwargs: Any) -> None:
    """Log `msg % args` as information."""
    _write(INFO, msg, args, kwargs)


def warn(msg: Any, *args: Any, **kwargs: Any) -> None:
    """Log `msg % args` as a warning."""
    _write(WARN, msg, args, kwargs)


def warning(msg: Any, *args: Any, **kwargs: Any) -> None:
    """Log `msg % args` as a warning."""
    _write(WARN, msg, args, kwargs)


def error(msg: Any, *args: Any, **kwargs: Any) -> None:
    """Log `msg % args` as an error."""
    _write(ERROR, msg, args, kwargs)


def fatal(msg: Any, *args: Any, **kwargs: Any) -> None:
    """Log `msg % args` as fatal; the program goes on."""
    _write(FATAL, msg, args, kwargs)


def TaskLevelStatusMessage(msg: Any) -> None:  # noqa: N802 - TensorFlow's name
    """Log `msg` as an error."""
    _write(ERROR, msg, (), {})


def flush() -> NoReturn:
    """Refuse, as TensorFlow does: Python's handlers flush by themselves.

    Raises:
      NotImplementedError: always.
    """
    raise NotImplementedError("tf.logging.flush")


def log_if(level: int, msg: Any, condition: Any, *args: Any) -> None:
    """Log `msg % args` at a level if `condition` holds."""
    if condition:
        _write(level, msg, args, {})


def log_every_n(level: int, msg: Any, n: int, *args: Any) -> None:
    """Log `msg % args` at a level, at the first of every `n` calls from one line of a program."""
    if _count_of_caller() % n == 0:
        _write(level, msg, args, {})


def log_first_n(level: int, msg: Any, n: int, *args: Any) -> None:
    """Log `msg % args` at a level, at the first `n` calls from one line of a program."""
    if _count_of_caller() < n:
        _write(level, msg, args, {})


def _count_of_caller() -> int:
    """How often the line that called the caller has done so before."""
    frame = sys._getframe(2)
    place = frame.f_code.co_filename, frame.f_lineno
    _calls[place] += 1
    return _calls[place] - 1


def get_verbosity() -> int:
    """Return the level below which messages are dropped."""
    return get_logger().getEffectiveLevel()


def set_verbosity(v: Any) -> None:
    """Drop messages below the level `v`."""
    get_logger().setLevel(v)
