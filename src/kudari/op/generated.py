"""The functions that TensorFlow generates from its op definitions, made from ours when asked for."""

from __future__ import annotations

import inspect
from collections import namedtuple
from collections.abc import Callable
from functools import cache
from types import ModuleType
from typing import Any

from .definition import OpDef, definitions, lookup


class Generated:
    """The function of an op type: called like the definition, it returns several outputs as a named tuple."""

    def __init__(self, definition: OpDef):
        self._definition = definition
        self.__name__, self.__doc__ = definition.function_name, definition.__doc__
        fields = [arg.name for arg in definition.outputs]
        self._result: Any = namedtuple(definition.name, fields) if len(fields) > 1 else None  # type: ignore[misc]

    @property
    def __signature__(self) -> inspect.Signature:
        """The arguments a call takes."""
        return self._definition.__signature__

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Add a node and return its output, its outputs by name, or the operation if it has none."""
        if self._result is None:
            return self._definition(*args, **kwargs)
        op = self._definition.node(*args, **kwargs)
        rest, outputs = iter(op.outputs), []
        for arg in self._definition.outputs:
            tensors = [next(rest) for _ in range(self._definition.arg_size(arg, op.attrs))]
            outputs.append(tensors if arg.is_list else tensors[0])
        return self._result(*outputs)

    def __repr__(self) -> str:
        return f"<function {self.__name__}{self.__signature__}>"


@cache
def generated(op_type: str) -> Generated:
    """Return the function of `op_type`.

    Raises:
      LookupError: if Kudari has no such op.
    """
    return Generated(lookup(op_type))


class _RawOps(ModuleType):
    """A function for every op type, under the type's own name, that takes its arguments by keyword only."""

    def __getattr__(self, name: str) -> Callable:
        try:
            function = generated(name)
        except LookupError:
            raise AttributeError(f"Kudari does not have tf.raw_ops.{name} yet.", name=name, obj=self) from None

        def call(**kwargs: Any) -> Any:
            return function(**kwargs)

        call.__name__, call.__doc__ = name, function.__doc__
        call.__signature__ = _by_keyword(function.__signature__)  # type: ignore[attr-defined]
        setattr(self, name, call)
        return call

    def __dir__(self) -> list[str]:
        return sorted(definition.name for definition in definitions())


def _by_keyword(signature: inspect.Signature) -> inspect.Signature:
    return signature.replace(parameters=[p.replace(kind=p.KEYWORD_ONLY) for p in signature.parameters.values()])


raw_ops = _RawOps("raw_ops")
