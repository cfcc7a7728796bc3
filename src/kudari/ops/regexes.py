"""Ops that match texts with regular expressions."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import numpy as np

from ..graph.operation import Operation
from ..op.definition import not_differentiable, op
from ..op.rules import unchanged, with_rank
from ..op.signature import required
from ..shape import Shape
from .strings import each


@cache
def _compiled(pattern: bytes) -> re.Pattern[bytes]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise ValueError(f"Invalid pattern: {pattern.decode('utf-8', 'backslashreplace')}, error: {error}") from None


def _replaced(input: Any, pattern: bytes, rewrite: bytes, replace_global: bool) -> np.ndarray:
    found = _compiled(pattern)
    # RE2's rewrites know `\0` to `\9` and `\\` only; Python's `\0` would be a character.
    text = re.sub(rb"\\([0-9\\])", lambda m: rb"\\" if m[1] == b"\\" else rb"\g<" + m[1] + b">", rewrite)
    return each(lambda item: found.sub(text, item, count=0 if replace_global else 1), input)


def _with_scalars(op: Operation) -> list[Shape]:
    for tensor in op.inputs[1:]:
        with_rank(op, tensor, 0)
    return unchanged(op)


@op("RegexReplace", "input: string, pattern: string, rewrite: string -> output: string", _with_scalars, host=True,
    replace_global=True)
def regex_replace(input, pattern, rewrite, *, replace_global):
    """Texts with what matches a pattern rewritten, each time or only the first."""
    return _replaced(input, pattern.item(), rewrite.item(), replace_global)


@op("StaticRegexReplace", "input: string -> output: string", unchanged, host=True, pattern=required("string"),
    rewrite=required("string"), replace_global=True)
def static_regex_replace(input, *, pattern, rewrite, replace_global):
    """Texts with what matches a pattern rewritten, each time or only the first."""
    return _replaced(input, pattern.encode(), rewrite.encode(), replace_global)


@op("RegexFullMatch", "input: string, pattern: string -> output: bool", _with_scalars, host=True)
def regex_full_match(input, pattern):
    """Whether texts match a pattern from end to end."""
    found = _compiled(pattern.item())
    return each(lambda item: found.fullmatch(item) is not None, input).astype(bool)


@op("StaticRegexFullMatch", "input: string -> output: bool", unchanged, host=True, pattern=required("string"))
def static_regex_full_match(input, *, pattern):
    """Whether texts match a pattern from end to end."""
    found = _compiled(pattern.encode())
    return each(lambda item: found.fullmatch(item) is not None, input).astype(bool)


not_differentiable(regex_replace, static_regex_replace)
