"""Broadcasting and reductions against NumPy, over random shapes and types."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

import kudari as tf

DTYPES = st.sampled_from(["float32", "float64", "int32", "int64"])
SHAPES = arrays.mutually_broadcastable_shapes(num_shapes=2, max_dims=3, max_side=3)
FUNCTIONS = {
    tf.add: np.add, tf.subtract: np.subtract, tf.multiply: np.multiply, tf.maximum: np.maximum, tf.minimum: np.minimum,
    tf.less: np.less, tf.equal: np.equal, tf.squared_difference: lambda x, y: (x - y) * (x - y),
}
REDUCTIONS = {
    tf.reduce_sum: np.sum, tf.reduce_max: np.max, tf.reduce_min: np.min, tf.reduce_prod: np.prod,
}


def values(dtype, shape):
    elements = st.integers(-9, 9) if dtype.startswith("int") else st.floats(-9, 9, width=32)
    return arrays.arrays(dtype, shape, elements=elements)


def run(graph, fetch, feeds):
    with tf.Session(graph=graph) as session:
        return session.run(fetch, feeds)


def agrees(found, wanted):
    assert (found.dtype, np.shape(found)) == (wanted.dtype, np.shape(wanted))
    np.testing.assert_allclose(found, wanted, rtol=1e-5, atol=1e-4)


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda f: f.__name__)
@settings(max_examples=6, deadline=None)
@given(data=st.data(), dtype=DTYPES, shapes=SHAPES)
def test_broadcasting(function, data, dtype, shapes):
    x, y = (data.draw(values(dtype, shape)) for shape in shapes.input_shapes)
    with tf.Graph().as_default() as graph:
        a, b = tf.placeholder(dtype, x.shape), tf.placeholder(dtype, [None] * y.ndim)
        z = function(a, b)
    found = run(graph, z, {a: x, b: y})
    agrees(found, np.asarray(FUNCTIONS[function](x, y)))
    assert z.shape.is_compatible_with(np.shape(found))


@pytest.mark.parametrize("function", REDUCTIONS, ids=lambda f: f.__name__)
@settings(max_examples=6, deadline=None)
@given(data=st.data(), dtype=DTYPES, keepdims=st.booleans())
def test_reductions(function, data, dtype, keepdims):
    shape = data.draw(arrays.array_shapes(min_dims=1, max_dims=3, max_side=3))
    x = data.draw(values(dtype, shape))
    axes = data.draw(st.none() | arrays.valid_tuple_axes(len(shape), min_size=1))
    with tf.Graph().as_default() as graph:
        a = tf.placeholder(dtype, data.draw(st.sampled_from([None, shape])))
        z = function(a, axes, keepdims=keepdims)
    found = run(graph, z, {a: x})
    kwargs = {"dtype": dtype} if function in (tf.reduce_sum, tf.reduce_prod) else {}
    agrees(found, np.asarray(REDUCTIONS[function](x, axis=axes, keepdims=keepdims, **kwargs)))
    assert z.shape.is_compatible_with(np.shape(found))
