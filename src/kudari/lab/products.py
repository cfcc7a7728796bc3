"""Products of the Hessian of a loss with vectors, computed by the graph itself without ever forming the matrix."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

import kudari as tf

from .flat import Flat


class Curvature:
    """The gradient and the Hessian of a loss at one point, on one batch.

    Args:
      session: whose variables are the point; it is never changed.
      loss: a scalar tensor.
      variables: what it is differentiated by.
      feed_dict: the batch.
    """

    def __init__(self, session: tf.Session, loss: tf.Tensor, variables: Sequence[Any], feed_dict: dict | None):
        self.session, self.feed_dict, self.variables = session.fork(), dict(feed_dict or {}), list(variables)
        grads = [_dense(grad, variable) for grad, variable in zip(tf.gradients(loss, self.variables), self.variables)]
        self._vectors = [tf.placeholder(grad.dtype, grad.shape) for grad in grads]
        slope = tf.add_n([tf.reduce_sum(tf.cast(grad * vector, tf.float64)) for grad, vector in zip(grads, self._vectors)])
        self._grads, self._products = grads, self._second(slope)
        self._draws = any(op.definition.state is not None for op in ancestors(loss))
        self.flat = Flat(self.session.run(self.variables))

    def _second(self, slope: tf.Tensor) -> list[tf.Tensor] | None:
        try:
            products = tf.gradients(slope, self.variables)
        except LookupError:  # some gradients have no gradient of their own: the sparse cross-entropy's, a loop's
            return None
        return [_dense(grad, variable) for grad, variable in zip(products, self.variables)]

    @property
    def size(self) -> int:
        """How many numbers the variables hold."""
        return self.flat.size

    def gradient(self) -> np.ndarray:
        """Return the gradient, flat, as float64."""
        return self.flat.join(self._fresh().run(self._grads, self.feed_dict))

    def times(self, vector: np.ndarray) -> np.ndarray:
        """Return the Hessian times a flat vector, as float64."""
        if self._products is None:
            return self._difference(vector)
        feeds = dict(zip(self._vectors, self.flat.split(vector)))
        return self.flat.join(self._fresh().run(self._products, {**self.feed_dict, **feeds}))

    def _difference(self, vector: np.ndarray) -> np.ndarray:
        """The product, from gradients a little way along the vector and against it."""
        here = self.flat.join(self.session.run(self.variables))
        precision = max(np.finfo(grad.dtype.as_numpy_dtype).eps for grad in self._grads)
        step = precision ** (1 / 3) * max(1.0, np.sqrt(np.mean(np.square(here)))) / np.linalg.norm(vector)
        ahead, behind = (self._gradient_at(here + way * vector) for way in (step, -step))
        self._move(here)
        return (ahead - behind) / (2 * step)

    def _gradient_at(self, place: np.ndarray) -> np.ndarray:
        self._move(place)
        return self.gradient()

    def _move(self, place: np.ndarray) -> None:
        for variable, value in zip(self.variables, self.flat.split(place)):
            variable.load(value, self.session)

    def is_constant_along(self, direction: np.ndarray) -> bool:
        """Return whether the product with a unit vector is the same one step of it away, as for a quadratic loss."""
        here, before = self.flat.join(self.session.run(self.variables)), self.times(direction)
        self._move(here + direction)
        after = self.times(direction)
        self._move(here)
        return bool(np.linalg.norm(after - before) <= 1e-3 * np.linalg.norm(before))

    def _fresh(self) -> tf.Session:
        """The session; one that draws the same random numbers each time, if the loss draws any."""
        return self.session.fork() if self._draws else self.session


@contextlib.contextmanager
def curvature(session: tf.Session, loss: tf.Tensor, variables: Sequence[Any],
              feed_dict: dict | None) -> Iterator[Curvature]:
    """Give the `Curvature` of a loss; the nodes that it needs are gone after the block."""
    with loss.graph.as_default(), loss.graph.scratch(), tf.name_scope("kudari_lab"):
        yield Curvature(session, loss, variables, feed_dict)


def ancestors(element: tf.Tensor | tf.Operation) -> list[tf.Operation]:
    """Return every operation that a tensor or an operation needs, its own included."""
    first = element if isinstance(element, tf.Operation) else element.op
    seen, open_ops = {first: None}, [first]
    while open_ops:
        op = open_ops.pop()
        for needed in [*(t.op for t in op.inputs), *op.control_inputs]:
            if needed not in seen:
                seen[needed] = None
                open_ops.append(needed)
    return list(seen)


def _dense(grad: Any, variable: Any) -> tf.Tensor:
    value = tf.convert_to_tensor(variable)
    return tf.zeros_like(value) if grad is None else tf.convert_to_tensor(grad)
