"""`tf.Print`, `tf.print` and `tf.strings.format`: values as text."""

from __future__ import annotations

import os
import pprint
import random
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from ..graph.operation import Operation
from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..op.sparse_tensor import SparseTensor, parts
from ..ops.forms import node

_LEVELS = {"info": "log(info)", "warn": "log(warning)", "warning": "log(warning)", "error": "log(error)"}
_LEVEL_NUMBERS = {20: "log(info)", 30: "log(warning)", 40: "log(error)"}


def print_and_pass(input_: Any, data: Any, message: str | None = None, first_n: int | None = None,
                   summarize: int | None = None, name: str | None = None) -> Tensor:
    """Return `input_`, and print `data` on standard error whenever it is computed.

    Args:
      input_: a tensor.
      data: the tensors to print.
      message: printed before them.
      first_n: how often to print in a session; always if `None`.
      summarize: how many elements of each tensor to print, all if negative; 3 if `None`.
      name: of the node.

    Returns:
      A tensor of the type and value of `input_`.
    """
    return node("Print", input_, data, message=message, first_n=first_n, summarize=summarize, name=name)


def string_format(template: Any, inputs: Any, placeholder: str = "{}", summarize: int = 3,
                  name: str | None = None) -> Tensor:
    """Return a text with each placeholder replaced by the next input.

    Args:
      template: the text with its placeholders.
      inputs: a tensor or a list of them, as many as there are placeholders.
      placeholder: what stands for an input.
      summarize: how many elements to show at both ends of each dimension; all if -1.
      name: of the node.

    Raises:
      ValueError: if there are more or fewer placeholders than inputs.
    """
    if isinstance(inputs, Tensor) or not isinstance(inputs, list | tuple):
        inputs = [inputs]
    if template.count(placeholder) != len(inputs):
        raise ValueError(f"{template.count(placeholder)} placeholder(s) in template does not match {len(inputs)} "
                         "tensor(s) provided as input")
    return node("StringFormat", inputs, template=template, placeholder=placeholder, summarize=summarize, name=name)


def print_op(*inputs: Any, **kwargs: Any) -> Operation:
    """Return an op that prints `inputs` when it runs.

    Args:
      *inputs: tensors, sparse tensors, other objects, and nested structures of them.
      **kwargs: `output_stream` (`sys.stderr`, `sys.stdout`, a function or level of `tf.logging`, or `"file://path"`),
        `summarize` (how many elements to show at both ends of each dimension, all if -1; 3 by default), `sep` (a space),
        `end` (a new line) and `name`.

    Raises:
      ValueError: for another keyword, or a stream of another kind.
    """
    stream, name = kwargs.pop("output_stream", sys.stderr), kwargs.pop("name", None)
    summarize, sep, end = kwargs.pop("summarize", 3), kwargs.pop("sep", " "), kwargs.pop("end", os.linesep)
    if kwargs:
        raise ValueError(f"Unrecognized keyword arguments for tf.print: {kwargs}")
    target = _stream_name(stream)
    if len(inputs) == 1 and _is_text(inputs[0]):
        text = inputs[0]
    else:
        template, tensors, placeholder = _template(inputs, sep)
        text = string_format(template, tensors, placeholder, summarize, name and f"{name}_format")
    return node("PrintV2", text, output_stream=target, name=name, end=end)


def _is_text(value: Any) -> bool:
    return isinstance(value, Tensor) and value.static_shape == () and value.dtype.base_dtype.name == "string"


def _stream_name(stream: Any) -> str:
    if isinstance(stream, str) and stream.startswith("file://"):
        return stream
    if stream is sys.stdout or stream is sys.stderr:
        return "stdout" if stream is sys.stdout else "stderr"
    if isinstance(stream, int) and stream in _LEVEL_NUMBERS:
        return _LEVEL_NUMBERS[stream]
    if callable(stream) and getattr(stream, "__name__", None) in _LEVELS:
        return _LEVELS[stream.__name__]
    raise ValueError(f"Unsupported output stream, logging level, or file.{stream}. Supported streams are sys.stdout, "
                     "sys.stderr, tf.logging.info, tf.logging.warning, tf.logging.error. File needs to be in the form of "
                     "'file://<filepath>'.")


def _template(inputs: tuple, sep: str) -> tuple[str, list[Tensor], str]:
    """The text around the tensors among `inputs`, the tensors, and what stands for them in the text."""
    placeholder = _placeholder(" ".join(pprint.pformat(part) for part in _replaced(inputs, lambda _: "")))
    tensors: list[Tensor] = []
    for tensor in _tensors_in(inputs):
        tensors.extend(parts(tensor) if isinstance(tensor, SparseTensor) else [convert_to_tensor(tensor)])

    def stand_in(tensor: Any) -> str:
        if isinstance(tensor, SparseTensor):
            return f"SparseTensor(indices={placeholder}, values={placeholder}, shape={placeholder})"
        return placeholder

    texts = [part if isinstance(part, str) else pprint.pformat(_replaced(part, stand_in)) for part in inputs]
    return sep.join(texts).replace(f"'{placeholder}'", placeholder), tensors, placeholder


def _placeholder(text: str) -> str:
    """Braces, with digits added until they do not occur in the text."""
    placeholder, digits = "{}", random.Random(5)
    while placeholder in text:
        placeholder += str(digits.randint(0, 9))
    return placeholder


def _is_tensor(value: Any) -> bool:
    return isinstance(value, Tensor | SparseTensor) or hasattr(value, "_as_graph_element")


def _replaced(value: Any, replace: Any) -> Any:
    if _is_tensor(value):
        return replace(value)
    if isinstance(value, Mapping):
        return {key: _replaced(value[key], replace) for key in value}
    if isinstance(value, list | tuple):
        items = [_replaced(item, replace) for item in value]
        return type(value)(*items) if hasattr(value, "_fields") else type(value)(items)
    return value


def _tensors_in(value: Any) -> Iterator[Any]:
    if _is_tensor(value):
        yield value
    elif isinstance(value, Mapping):
        for key in sorted(value):
            yield from _tensors_in(value[key])
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _tensors_in(item)
