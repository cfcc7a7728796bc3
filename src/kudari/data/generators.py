"""`tf.data.Dataset.from_generator`: what Python generators yield as datasets."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from ..dtypes import as_dtype, int64, string
from ..functions.python_functions import py_func
from ..op.constant import make_array
from ..op.convert import convert_to_tensor
from ..ops.forms import node
from . import nest
from .dataset import Dataset
from .function import Structured
from .structure import TensorElement, flat_shapes, flat_types, from_parts


class _Passes:
    """The passes over a generator that have begun and not ended, by number."""

    def __init__(self, generator: Callable):
        self._generator = generator
        self._numbers = itertools.count()
        self._lock = threading.Lock()
        self._begun: dict[int, Iterator] = {}
        self._arguments: dict[int, tuple] = {}

    def begin(self, *arguments: Any) -> np.int64:
        """Begin a pass; the generator is called when its first element is wanted."""
        with self._lock:
            number = next(self._numbers)
        self._arguments[number] = arguments
        return np.int64(number)

    def following(self, number: int) -> Any:
        """Return the next element."""
        if number not in self._begun:
            self._begun[number] = iter(self._generator(*self._arguments.pop(number)))
        return next(self._begun[number])

    def end(self, number: int) -> np.int64:
        """Forget a pass."""
        self._arguments.pop(int(number), None)
        self._begun.pop(int(number), None)
        return np.int64(0)


def from_generator(generator: Callable, output_types: Any, output_shapes: Any, args: Any) -> Dataset:
    """Return a dataset of what `generator` yields; see `Dataset.from_generator`."""
    if not callable(generator):
        raise TypeError("`generator` must be callable.")
    arguments = () if args is None else tuple(convert_to_tensor(arg, name=f"args_{i}") for i, arg in enumerate(args))
    element = from_parts(output_types, output_shapes)
    types = nest.map_structure(as_dtype, output_types)
    passes = _Passes(generator)

    def begin(_: Any) -> Any:
        return py_func(passes.begin, list(arguments), int64)

    def following(number: Any) -> Any:
        tensors = py_func(lambda n: _arrays(passes.following(int(n)), types, element), [number], flat_types(element))
        for tensor, spec in zip(tensors, nest.flatten(element)):
            tensor.set_shape(spec.shape)
        return nest.pack_sequence_as(types, tensors)

    def end(number: Any) -> Any:
        return py_func(passes.end, [number], int64)

    def one_pass(dummy: Any) -> Dataset:
        number = TensorElement((), int64)
        name = "Dataset.from_generator"
        made = [Structured(begin, TensorElement((), dummy.dtype), name), Structured(following, number, name),
                Structured(end, number, name)]
        functions = [one.function for one in made]
        captured = [function.captured_inputs for function in functions]
        tensor = node("GeneratorDataset", [dummy, *captured[0]], captured[1], captured[2], init_func=functions[0],
                      next_func=functions[1], finalize_func=functions[2], output_types=flat_types(element),
                      output_shapes=flat_shapes(element))
        return Dataset(tensor, made[1].element)

    return Dataset.from_tensors(0).flat_map(one_pass)


def _arrays(values: Any, types: Any, element: Any) -> list[np.ndarray]:
    try:
        flat = nest.flatten_up_to(types, values)
    except (TypeError, ValueError):
        raise TypeError("`generator` yielded an element that did not match the expected structure. The expected structure "
                        f"was {types}, but the yielded element was {values}.") from None
    return [_array(value, spec) for value, spec in zip(flat, nest.flatten(element))]


def _array(value: Any, spec: Any) -> np.ndarray:
    dtype = spec.dtype
    try:
        if dtype == string:
            array = make_array(value if isinstance(value, str | bytes) else np.asarray(value, object), string)
        elif isinstance(value, np.ndarray | np.generic):
            array = np.asarray(value)
        else:
            array = np.asarray(value, dtype.as_numpy_dtype)
    except (TypeError, ValueError):
        raise TypeError("`generator` yielded an element that could not be converted to the expected type. The expected type "
                        f"was {dtype.name}, but the yielded element was {value}.") from None
    if array.dtype != dtype.as_numpy_dtype:
        raise TypeError(f"`generator` yielded an element of type {array.dtype} where an element of type "
                        f"{dtype.as_numpy_dtype} was expected.")
    if not spec.shape.is_compatible_with(array.shape):
        raise ValueError(f"`generator` yielded an element of shape {array.shape} where an element of shape {spec.shape} was "
                         "expected.")
    return array
