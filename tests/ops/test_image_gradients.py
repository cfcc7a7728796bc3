"""Gradients of the image ops that compute in float32: linear in the image, so a step may be large."""

import numpy as np
import pytest

import kudari as tf
from kudari.op.definition import lookup

_RANDOM = np.random.RandomState(3)
BOXES = np.array([[0.1, 0.23, 0.8, 0.71], [-0.23, 0.13, 0.63, 1.3], [0.9, 0.63, 0.23, 0.11]], np.float32)


def slopes(function, at, step):
    """The derivative of a function of one array at each of its elements."""
    found = np.zeros_like(at)
    for index in np.ndindex(at.shape):
        up, down = at.copy(), at.copy()
        up[index] += step
        down[index] -= step
        found[index] = (function(up) - function(down)) / (2 * step)
    return found


def check(build, at, step, tolerance):
    """The gradient of a weighted sum of what `build` returns, by the graph and by differences."""
    with tf.Graph().as_default(), tf.Session() as session:
        x = tf.placeholder(tf.float32, at.shape)
        made = build(x)
        total = tf.reduce_sum(made * _RANDOM.uniform(0.5, 1.5, made.shape.as_list()).astype(np.float32))
        gradient, = tf.gradients(total, x)
        differences = slopes(lambda value: session.run(total, {x: value}), at, step)
        np.testing.assert_allclose(session.run(gradient, {x: at}), differences, rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize("op", ["ResizeBilinear", "ResizeNearestNeighbor", "ResizeBicubic"])
@pytest.mark.parametrize("ways", [{}, {"align_corners": True}, {"half_pixel_centers": True}], ids=str)
@pytest.mark.parametrize("size", [[4, 2], [5, 7]], ids=str)
def test_resizing(op, ways, size):
    check(lambda x: lookup(op)(x, size, **ways), _RANDOM.uniform(0, 1, (1, 3, 4, 2)).astype(np.float32), 1.0, 1e-5)


@pytest.mark.parametrize("method", ["bilinear", "nearest"])
def test_cropping_to_the_image(method):
    image = _RANDOM.uniform(0, 1, (2, 3, 4, 1)).astype(np.float32)
    check(lambda x: lookup("CropAndResize")(x, BOXES, [0, 1, 0], [3, 2], method=method), image, 1.0, 1e-5)


@pytest.mark.parametrize("size", [[3, 2], [1, 4]], ids=str)
def test_cropping_to_the_boxes(size):
    image = _RANDOM.uniform(0, 1, (2, 5, 6, 2)).astype(np.float32)
    check(lambda x: lookup("CropAndResize")(image, x, [0, 1, 0], size), BOXES, 2e-3, 5e-3)
