"""Ops that call the program's own Python functions."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable
from typing import Any
from weakref import WeakValueDictionary

import numpy as np

from .. import errors
from ..dtypes import as_dtype
from ..op.definition import not_differentiable, op
from ..op.signature import required, types
from ..op.summary import type_name

_ERRORS: list[tuple[tuple, type[errors.OpError]]] = [
    ((TypeError, ValueError), errors.InvalidArgumentError),
    ((StopIteration,), errors.OutOfRangeError),
    ((MemoryError,), errors.ResourceExhaustedError),
    ((NotImplementedError,), errors.UnimplementedError),
]


class Functions:
    """The functions that nodes call, by the token in their `token` attribute; they live as long as their graph."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._count = 0
        self._held: WeakValueDictionary[str, Callable] = WeakValueDictionary()

    def insert(self, function: Callable) -> str:
        """Keep `function`, as long as another does; return its token."""
        with self._lock:
            token = f"pyfunc_{self._count}"
            self._count += 1
        self._held[token] = function
        return token

    def find(self, token: str) -> Callable:
        """Return the function of a token.

        Raises:
          ValueError: if it is gone, or was never there.
        """
        function = self._held.get(token)
        if function is None:
            raise ValueError(f"ValueError: callback {token} is not found; it went with the graph that it was made in.")
        return function


functions = Functions()


def _argument(value: Any) -> Any:
    array = np.array(value)  # the function may write into it, and does not share it with others
    return array if array.ndim else array[()]


def _call(token: str, inputs: list, wanted: list, as_argument: Callable[[Any], Any] = _argument) -> tuple:
    function = functions.find(token)
    try:
        result = function(*[as_argument(value) for value in inputs])
    except errors.OpError:
        raise
    except Exception as error:
        raise _as_op_error(error) from error
    values = [_array(v) for v in result] if isinstance(result, list | tuple) else [] if result is None else [_array(result)]
    if len(values) != len(wanted):
        raise errors.InvalidArgumentError(None, None, f"{token} returns {len(values)} values, but "
                                          f"expects to see {len(wanted)} values.")
    for i, (value, dtype) in enumerate(zip(values, wanted)):
        found = as_dtype(value.dtype)
        if found != dtype:
            raise errors.InvalidArgumentError(None, None, f"{i}-th value returned by {token} is {type_name(found)}, but "
                                              f"expects {type_name(dtype)}")
    return tuple(values)


def _array(value: Any) -> np.ndarray:
    array = np.asarray(value)
    if array.dtype.kind == "S" and not isinstance(value, np.ndarray | np.generic):
        return np.asarray(value, object)
    if array.dtype.kind in "SU":
        texts = [item.encode() if isinstance(item, str) else bytes(item) for item in array.ravel()]
        return np.array([*texts, None], object)[:-1].reshape(array.shape)
    return array


def _as_op_error(error: Exception) -> errors.OpError:
    """The error TensorFlow makes of one that a function raised, with the function's own lines of the traceback."""
    lines = traceback.format_exception(type(error), error, error.__traceback__.tb_next if error.__traceback__ else None)
    message = f"{type(error).__name__}: {error}\n" + "".join(lines)
    for kinds, made in _ERRORS:
        if isinstance(error, kinds):
            return made(None, None, message)
    return errors.UnknownError(None, None, message)


_OUTPUTS = {"token": required("string"), "Tin": types(), "Tout": types()}


@op("PyFunc", "input: Tin[] -> output: Tout[]", None, host=True, stateful=True, waits=True, **_OUTPUTS)
def py_func(input, *, token, Tout):
    """What a Python function returns for the inputs as arrays, at every step that needs it."""
    return _call(token, input, Tout)


@op("PyFuncStateless", "input: Tin[] -> output: Tout[]", None, host=True, waits=True, **_OUTPUTS)
def py_func_stateless(input, *, token, Tout):
    """What a Python function returns that always returns the same for the same inputs."""
    return _call(token, input, Tout)


class EagerArray(np.ndarray):
    """An array as a function of `tf.py_function` gets it, with the method of an eager tensor that gives the array."""

    def numpy(self) -> np.ndarray:
        """Return the array, a scalar of NumPy if it has no dimensions."""
        array = np.asarray(self)
        return array if array.ndim else array[()]


@op("EagerPyFunc", "input: Tin[] -> output: Tout[]", None, host=True, stateful=True, waits=True, **_OUTPUTS,
    is_async=False)
def eager_py_func(input, *, token, Tout):
    """What a Python function returns for arrays that have a method `numpy`."""
    return _call(token, [np.array(value).view(EagerArray) for value in input], Tout, lambda value: value)


@eager_py_func.gradient
def _(op, *grads):
    raise NotImplementedError(f"No gradient flows through tf.py_function ('{op.name}') in Kudari, which has no eager "
                              "execution; give it one with tf.custom_gradient.")


not_differentiable(py_func, py_func_stateless)
