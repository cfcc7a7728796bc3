"""`tf.*` arithmetic, reductions and linear algebra: the nodes of TensorFlow 1.15, and its errors."""

import json
from pathlib import Path

import numpy as np
import pytest

import kudari as tf

from . import math_programs

GOLDEN = json.loads((Path(__file__).parent.parent / "golden" / "math_graphs.json").read_text())


def test_every_program_is_recorded():
    assert set(math_programs.PROGRAMS) == set(GOLDEN)


@pytest.mark.parametrize("name", sorted(math_programs.PROGRAMS))
def test_nodes_are_tensorflows(name):
    graph = tf.Graph()
    with graph.as_default():
        math_programs.PROGRAMS[name](tf)
    assert json.loads(json.dumps(math_programs.nodes(graph))) == GOLDEN[name]


def value_of(tensor):
    with tf.Session() as session:
        return session.run(tensor)


@pytest.mark.parametrize(("build", "want"), [
    (lambda n, d: tf.div(n, d), [-4, 3, -2]),
    (lambda n, d: n // d, [-4, 3, -2]),
    (lambda n, d: n % d, [1, -1, 1]),
    (lambda n, d: tf.truncatediv(n, d), [-3, 3, -1]),
    (lambda n, d: tf.truncatemod(n, d), [-1, -1, -3]),
])
def test_integer_division_of_negatives(build, want):
    assert value_of(build(tf.constant([-7, -7, -7]), tf.constant([2, -2, 4]))).tolist() == want


def test_a_quotient_of_integers_is_double():
    quotient = tf.constant([1, 2]) / tf.constant([4, 4])
    assert quotient.dtype == tf.float64
    assert value_of(quotient).tolist() == [0.25, 0.5]


def test_rounding_is_half_to_even():
    assert value_of(tf.round([0.5, 1.5, 2.5, -0.5, -1.5])).tolist() == [0, 2, 2, 0, -2]


def test_equality_of_tensors_is_identity():
    x = tf.constant(1.0)
    assert (x == tf.constant(1.0)) is False
    assert (x == x) is True
    assert (x != x) is False


def test_operators_take_what_numpy_holds_on_either_side():
    row = np.array([1, 2], np.float32)
    assert value_of(row - tf.constant([3.0, 5.0])).tolist() == [-2, -3]
    assert value_of(tf.constant([[1.0, 2.0]]) @ np.eye(2, dtype=np.float32)).tolist() == [[1, 2]]


def test_mixed_types_are_refused_in_tensorflows_words():
    with pytest.raises(TypeError, match=r"Input 'y' of 'AddV2' Op has type float32 that does not match type int32 of "
                                        r"argument 'x'\."):
        tf.constant(1) + tf.constant(1.0)
    with pytest.raises(TypeError, match=r"x and y must have the same dtype, got tf\.float32 != tf\.int32"):
        tf.truediv(tf.constant(1.0), tf.constant(1))
    with pytest.raises(TypeError, match="Value passed to parameter 'x' has DataType bool not in list of allowed values"):
        tf.exp(tf.constant(True))


@pytest.mark.parametrize(("arguments", "message"), [
    ({"keepdims": True, "keep_dims": True}, "Cannot specify both 'keep_dims' and 'keepdims'"),
    ({"axis": 0, "reduction_indices": 0}, "Cannot specify both 'reduction_indices' and 'axis'"),
    ({"axis": 2}, r"Invalid reduction dimension 2 for input with 2 dimensions\. for 'Sum' \(op: 'Sum'\) with input "
                  r"shapes: \[2,2\], \[\] and with computed input tensors: input\[1\] = <2>\."),
])
def test_wrong_reductions_are_refused_in_tensorflows_words(arguments, message):
    with pytest.raises(ValueError, match=message):
        tf.reduce_sum(tf.ones([2, 2]), **arguments)


@pytest.mark.parametrize(("a", "b", "message"), [
    ([2, 3], [4, 5], r"Dimensions must be equal, but are 3 and 4 for 'MatMul' \(op: 'MatMul'\) with input shapes: "
                     r"\[2,3\], \[4,5\]\."),
    ([3], [3, 4], r"Shape must be rank 2 but is rank 1 for 'MatMul' \(op: 'MatMul'\) with input shapes: \[3\], \[3,4\]\."),
])
def test_unfit_matrices_are_refused_in_tensorflows_words(a, b, message):
    with pytest.raises(ValueError, match=message):
        tf.matmul(tf.ones(a), tf.ones(b))


def test_unfit_rows_are_refused_in_tensorflows_words():
    with pytest.raises(ValueError, match=r"Dimensions must be equal, but are 2 and 3 for 'add' \(op: 'AddV2'\) with input "
                                         r"shapes: \[2\], \[3\]\."):
        tf.ones([2]) + tf.ones([3])


def test_complex_gradients_reach_real_inputs():
    x, y = tf.constant([3.0, 1.0]), tf.constant([4.0, 2.0])
    z = tf.complex(x, y)
    dx, dy = value_of(tf.gradients(tf.abs(z), [x, y]))
    np.testing.assert_allclose(dx, [0.6, 1 / np.sqrt(5)], rtol=1e-6)
    np.testing.assert_allclose(dy, [0.8, 2 / np.sqrt(5)], rtol=1e-6)
    np.testing.assert_allclose(value_of(tf.gradients(tf.real(z * tf.conj(z)), y)[0]), [8, 4], rtol=1e-6)


def test_slices_stay_slices():
    slices = tf.IndexedSlices(tf.constant([[3.0, 4.0]]), tf.constant([1]), tf.constant([3, 2]))
    for made in (tf.clip_by_norm(slices, 1.0), tf.clip_by_value(slices, -1.0, 3.5), tf.scalar_mul(2.0, slices),
                 tf.cast(slices, tf.float64)):
        assert isinstance(made, tf.IndexedSlices)
    np.testing.assert_allclose(value_of(tf.clip_by_norm(slices, 1.0).values), [[0.6, 0.8]], rtol=1e-6)


def test_global_norm_scales_all_alike():
    clipped, norm = tf.clip_by_global_norm([tf.constant([3.0]), None, tf.constant([4.0])], 1.0)
    assert clipped[1] is None
    assert value_of(norm) == 5
    np.testing.assert_allclose(value_of([clipped[0], clipped[2]]), [[0.6], [0.8]], rtol=1e-6)


@pytest.mark.parametrize("axes", [1, [[1, 2], [1, 0]], [[-1], [0]], 0])
def test_tensordot_is_numpys(axes):
    a, b = np.arange(24.0, dtype=np.float32).reshape(2, 3, 4), np.arange(60.0, dtype=np.float32).reshape(4, 3, 5)
    np.testing.assert_allclose(value_of(tf.tensordot(a, b, axes)), np.tensordot(a, b, axes), rtol=1e-6)


@pytest.mark.parametrize("order", [1, 2, 3, np.inf])
def test_norm_is_numpys(order):
    x = np.array([[1.0, -2.0], [3.0, 0.5]], np.float32)
    np.testing.assert_allclose(value_of(tf.norm(x, ord=order, axis=1)), np.linalg.norm(x, order, 1), rtol=1e-6)


def test_logsumexp_does_not_overflow():
    np.testing.assert_allclose(value_of(tf.reduce_logsumexp([1000.0, 1000.0])), 1000 + np.log(2), rtol=1e-6)


def test_setdiff1d_names_its_results_and_runs_on_what_a_step_computes():
    fed = tf.placeholder(tf.int32, [None])
    found = tf.setdiff1d(fed * 2, [4])
    with tf.Session() as session:
        out, idx = session.run([found.out, found.idx], {fed: [1, 2, 3, 1]})
    assert (out.tolist(), idx.tolist()) == ([2, 6, 2], [0, 2, 3])


@pytest.mark.parametrize("name", ["reduce_sum", "reduce_mean", "reduce_max", "reduce_prod", "reduce_logsumexp"])
@pytest.mark.parametrize("shape", [None, [None, 4], [None, None]])
def test_gradients_do_not_depend_on_what_was_known_while_building(name, shape):
    array = np.linspace(0.5, 2, 12, dtype=np.float32).reshape(3, 4)
    opened, fixed = tf.placeholder(tf.float32, shape), tf.constant(array)
    grads = [tf.gradients(getattr(tf, name)(x, 1), x)[0] for x in (opened, fixed)]
    with tf.Session() as session:
        left, right = session.run(grads, {opened: array})
    np.testing.assert_allclose(left, right, rtol=1e-6)
