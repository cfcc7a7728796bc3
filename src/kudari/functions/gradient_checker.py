"""`tf.test.compute_gradient`: the Jacobian as gradients give it, and as differences do."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ..autodiff.gradients import gradients
from ..dtypes import bfloat16, complex64, complex128, float16, float32, float64
from ..graph.indexed_slices import IndexedSlices
from ..graph.stack import get_default_session
from ..graph.tensor import Tensor
from ..op.constant import constant
from ..ops.forms import node

_TYPES = (float16, bfloat16, float32, float64, complex64, complex128)


def compute_gradient(x: Any, x_shape: Any, y: Tensor, y_shape: Any, x_init_value: Any = None, delta: float = 1e-3,
                     init_targets: Any = None, extra_feed_dict: Any = None) -> Any:
    """Return the Jacobian of `y` by `x`, from gradients and from differences, in the default session.

    Args:
      x: a tensor, or a list of them.
      x_shape: its shape as a list of sizes, or a list of such.
      y: a tensor.
      y_shape: its shape as a list of sizes.
      x_init_value: where to differentiate, an array or a list of such; at random if `None`.
      delta: the step of the differences.
      init_targets: ops to run first.
      extra_feed_dict: values for other tensors.

    Returns:
      A pair of arrays of shape `[elements of x, elements of y]`, a complex number counting twice; a list of pairs for a
      list.
    """
    feeds = extra_feed_dict or {}
    if not isinstance(x, list):
        started = _started(x, y, y_shape)
        _run(init_targets)
        return _both(x, x_shape, y, y_shape, started, x_init_value, delta, feeds)
    started = [_started(one, y, y_shape) for one in x]
    _run(init_targets)
    values = [None] * len(x) if x_init_value is None else x_init_value
    return [_both(one, shape, y, y_shape, start, value, delta, feeds)
            for one, shape, start, value in zip(x, x_shape, started, values)]


def compute_gradient_error(x: Any, x_shape: Any, y: Tensor, y_shape: Any, x_init_value: Any = None, delta: float = 1e-3,
                           init_targets: Any = None, extra_feed_dict: Any = None) -> float:
    """Return the largest difference between the two Jacobians of `tf.test.compute_gradient`, whose arguments it takes."""
    found = compute_gradient(x, x_shape, y, y_shape, x_init_value, delta, init_targets, extra_feed_dict)
    error = 0.0
    for exact, approximate in [found] if isinstance(found, tuple) else found:
        if exact.size or approximate.size:
            error = np.maximum(error, np.fabs(exact - approximate).max())
    return error


def _run(targets: Any) -> None:
    for op in targets or ():
        op.run()


def _started(x: Tensor, y: Tensor, y_shape: Any) -> tuple[Any, Tensor]:
    """The gradient of `y` by `x`, and the tensor it starts from."""
    with x.graph.as_default():
        start = constant(1.0, y.dtype.base_dtype, shape=y_shape)
        return gradients(y, x, node("Identity", start))[0], start


def _both(x: Tensor, x_shape: Any, y: Tensor, y_shape: Any, started: tuple[Any, Tensor], value: Any, delta: float,
          feeds: dict) -> tuple[np.ndarray, np.ndarray]:
    for name, tensor in (("x", x), ("y", y)):
        assert tensor.dtype.base_dtype in _TYPES, f"Don't support type {tensor.dtype.name} for {name}"
    if value is None:
        value = np.random.random_sample(x_shape).astype(x.dtype.as_numpy_dtype)
        if x.dtype.is_complex:
            value.imag = np.random.random_sample(x_shape)
    assert list(x_shape) == list(value.shape), f"x_shape = {x_shape}, init_data shape = {list(value.shape)}"
    return (_from_gradients(x, value, y, y_shape, started, feeds), _from_differences(x, value, y, y_shape, delta, feeds))


def _from_gradients(x: Tensor, value: np.ndarray, y: Tensor, y_shape: Any, started: tuple[Any, Tensor],
                    feeds: dict) -> np.ndarray:
    dx, start = started
    session = get_default_session()
    parts = 2 if x.dtype.is_complex else 1
    seed = np.zeros(y_shape, y.dtype.as_numpy_dtype)
    flat = seed.reshape(-1).view(y.dtype.real_dtype.as_numpy_dtype)
    jacobian = np.zeros((value.size * parts, flat.size), x.dtype.real_dtype.as_numpy_dtype)
    for column in range(flat.size):
        flat[column] = 1
        fed = {**feeds, x: value, start: seed}
        if isinstance(dx, IndexedSlices):
            length = math.prod(value.shape[1:]) * parts
            for i, row in zip(*session.run([dx.indices, dx.values], fed)):
                jacobian[i * length:(i + 1) * length, column] += row.reshape(-1).view(jacobian.dtype)
        else:
            jacobian[:, column] = np.asarray(session.run(dx, fed)).reshape(-1).view(jacobian.dtype)
        flat[column] = 0
    return jacobian


def _from_differences(x: Tensor, value: np.ndarray, y: Tensor, y_shape: Any, delta: float, feeds: dict) -> np.ndarray:
    session = get_default_session()
    real, y_real = x.dtype.real_dtype.as_numpy_dtype, y.dtype.real_dtype.as_numpy_dtype
    value = np.asarray(value, x.dtype.as_numpy_dtype)
    rows = value.size * (2 if x.dtype.is_complex else 1)
    jacobian = np.zeros((rows, math.prod(y_shape) * (2 if y.dtype.is_complex else 1)), real)
    for row in range(rows):
        results = []
        for step in (delta, -delta):
            moved = np.array(value)
            moved.reshape(-1).view(real)[row] += step
            results.append(np.asarray(session.run(y, {**feeds, x: moved})))
        jacobian[row] = ((results[0] - results[1]) / y_real(2 * delta)).reshape(-1).view(y_real)
    return jacobian
