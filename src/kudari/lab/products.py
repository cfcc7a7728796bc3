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
        products = [_dense(grad, variable) for grad, variable in zip(tf.gradients(slope, self.variables), self.variables)]
        self._grads, self._products = grads, products
        self._draws = any(op.definition.state is not None for op in ancestors(loss))
        self.flat = Flat(self.session.run(self.variables))

    @property
    def size(self) -> int:
        """How many numbers the variables hold."""
        return self.flat.size

    def gradient(self) -> np.ndarray:
        """Return the gradient, flat, as float64."""
        return self.flat.join(self._fresh().run(self._grads, self.feed_dict))

    def times(self, vector: np.ndarray) -> np.ndarray:
        """Return the Hessian times a flat vector, as float64."""
        feeds = dict(zip(self._vectors, self.flat.split(vector)))
        return self.flat.join(self._fresh().run(self._products, {**self.feed_dict, **feeds}))

    def is_constant_along(self, direction: np.ndarray) -> bool:
        """Return whether the product with a unit vector is the same one step of it away, as for a quadratic loss."""
        here, before = self.session.run(self.variables), self.times(direction)
        for variable, value, step in zip(self.variables, here, self.flat.split(direction)):
            variable.load(value + step, self.session)
        after = self.times(direction)
        for variable, value in zip(self.variables, here):
            variable.load(value, self.session)
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


def ancestors(tensor: tf.Tensor) -> list[tf.Operation]:
    """Return every operation that `tensor` needs."""
    seen, open_ops = {tensor.op: None}, [tensor.op]
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
