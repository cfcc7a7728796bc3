"""`tf.flags`: absl's flags, read from the command line when a value is first asked for."""

from __future__ import annotations

import functools
import logging
import sys
from typing import Any

from absl import flags as _absl
from absl.flags import *  # noqa: F403 - what absl has is what `tf.flags` has

disclaim_key_flags()  # noqa: F405 - the flags are the program's, not this module's

_OLD_NAMES = {"flag_name": "name", "default_value": "default", "docstring": "help"}


def _with_old_names(define: Any) -> Any:
    """Let a `DEFINE_*` take the keywords that TensorFlow had before it used absl."""
    @functools.wraps(define)
    def defining(*args: Any, **kwargs: Any) -> Any:
        if not _OLD_NAMES.keys().isdisjoint(kwargs):
            kwargs = {_OLD_NAMES.get(key, key): value for key, value in kwargs.items()}
            logging.warning("Use of the keyword argument names (flag_name, default_value, docstring) is deprecated, please "
                            "use (name, default, help) instead.")
        return define(*args, **kwargs)

    return defining


class _ParsingFlagValues:
    """absl's `FLAGS`, which reads `sys.argv` by itself when a flag is asked for before."""

    def __init__(self, values: Any):
        self.__dict__["__wrapped"] = values

    def __getattribute__(self, name: str) -> Any:
        if name in ("__dict__", "__class__", "_parse_flags"):
            return super().__getattribute__(name)
        return self.__dict__["__wrapped"].__getattribute__(name)

    def __getattr__(self, name: str) -> Any:
        values = self.__dict__["__wrapped"]
        if name in values and not values.is_parsed():
            values(sys.argv)
        return values.__getattr__(name)

    def _parse_flags(self, args: list[str] | None = None) -> None:
        """Read the command line, as programs asked for before TensorFlow 1.5."""
        self.__dict__["__wrapped"](sys.argv if args is None else [sys.argv[0], *args])

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self.__dict__["__wrapped"], name, value)

    def __delattr__(self, name: str) -> None:
        delattr(self.__dict__["__wrapped"], name)

    def __dir__(self) -> Any:
        return dir(self.__dict__["__wrapped"])

    def __getitem__(self, name: str) -> Any:
        return self.__dict__["__wrapped"][name]

    def __setitem__(self, name: str, flag: Any) -> None:
        self.__dict__["__wrapped"][name] = flag

    def __contains__(self, name: str) -> bool:
        return name in self.__dict__["__wrapped"]

    def __len__(self) -> int:
        return len(self.__dict__["__wrapped"])

    def __iter__(self) -> Any:
        return iter(self.__dict__["__wrapped"])

    def __str__(self) -> str:
        return str(self.__dict__["__wrapped"])

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.__dict__["__wrapped"](*args, **kwargs)


DEFINE_string = _with_old_names(_absl.DEFINE_string)
DEFINE_boolean = DEFINE_bool = _with_old_names(_absl.DEFINE_boolean)
DEFINE_float = _with_old_names(_absl.DEFINE_float)
DEFINE_integer = _with_old_names(_absl.DEFINE_integer)
FLAGS = _ParsingFlagValues(_absl.FLAGS)  # type: ignore[assignment]
