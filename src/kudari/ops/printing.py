"""Ops that print values while a step runs, and that write values into text."""

from __future__ import annotations

import sys

import numpy as np

from ..dtypes import ANY
from ..op.definition import op
from ..op.rules import scalar, unchanged
from ..op.signature import types
from .showing import shown, shown_whole


@op("Print", "input: T, data: U[] -> output: T", unchanged, host=True, stateful=True, T=ANY, U=types(), message="",
    first_n=-1, summarize=3)
def print_and_pass(input, data, *, message, first_n, summarize, kept):
    """`input` itself, after a line with `data` on standard error, the first `first_n` times of a session."""
    count = kept["count"] = kept.get("count", 0) + 1
    if first_n < 0 or count <= first_n:
        print(message + "".join(f"[{shown(np.asarray(value), summarize)}]" for value in data), file=sys.stderr, flush=True)
    return input


@print_and_pass.gradient
def _(op, grad):
    return [grad] + [None] * (len(op.inputs) - 1)


@op("PrintV2", "input: string ->", None, host=True, stateful=True, output_stream="stderr", end="\n")
def print_text(input, *, output_stream, end):
    """Nothing, after printing a text."""
    text = input.item().decode("utf-8", "backslashreplace") + end
    if output_stream.startswith("file://"):
        with open(output_stream.removeprefix("file://"), "a", encoding="utf-8") as file:
            file.write(text)
    else:
        print(text, end="", file=sys.stdout if output_stream == "stdout" else sys.stderr, flush=True)
    return ()


@op("StringFormat", "inputs: T[] -> output: string", scalar, T=types(), template="%s", placeholder="%s", summarize=3)
def string_format(inputs, *, template, placeholder, summarize):
    """A text with each placeholder replaced by the next of the inputs."""
    texts = [shown_whole(np.asarray(value), summarize) for value in inputs]
    first, *rest = template.split(placeholder)
    return np.array("".join([first, *(part for pair in zip(texts, rest) for part in pair)]).encode(), object)
