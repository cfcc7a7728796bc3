"""`tf.py_func`: what the function gets, what may come back, and how its errors come out."""

import numpy as np
import pytest

import kudari as tf


def run(function, inputs, types, **kwargs):
    with tf.Graph().as_default(), tf.Session() as session:
        return session.run(tf.py_func(function, inputs, types, **kwargs))


def test_it_gets_arrays_and_scalars_of_numpy():
    seen = []
    run(lambda *args: seen.extend(args), [1.5, [1, 2], "x", ["a", "b"]], [])
    assert [type(value) for value in seen] == [np.float32, np.ndarray, bytes, np.ndarray]
    assert seen[2] == b"x" and seen[3].tolist() == [b"a", b"b"]


def test_it_may_write_into_its_arguments():
    def half(x):
        x /= 2
        return x

    with tf.Graph().as_default(), tf.Session() as session:
        x = tf.constant([2.0, 4.0])
        assert [v.tolist() for v in session.run([tf.py_func(half, [x], tf.float32), x])] == [[1, 2], [2, 4]]


def test_texts_come_back_as_bytes():
    assert run(lambda: "é", [], tf.string) == "é".encode()
    assert run(lambda: np.array(["a", "bc"]), [], tf.string).tolist() == [b"a", b"bc"]


def test_it_runs_at_every_step_and_among_compiled_ops():
    calls = []

    def count(x):
        calls.append(x)
        return np.float32(x + len(calls))

    with tf.Graph().as_default(), tf.Session() as session:
        x = tf.placeholder(tf.float32, [])
        y = tf.py_func(count, [x * 2.0], tf.float32)
        y.set_shape([])
        z = y * 10.0
        assert [session.run(z, {x: 1.0}) for _ in range(3)] == [30.0, 40.0, 50.0]


@pytest.mark.parametrize("raised, wanted", [
    (ValueError, tf.errors.InvalidArgumentError), (TypeError, tf.errors.InvalidArgumentError),
    (StopIteration, tf.errors.OutOfRangeError), (NotImplementedError, tf.errors.UnimplementedError),
    (MemoryError, tf.errors.ResourceExhaustedError), (RuntimeError, tf.errors.UnknownError),
    (KeyError, tf.errors.UnknownError), (OSError, tf.errors.UnknownError),
])
def test_an_exception_comes_out_by_its_class_with_its_traceback(raised, wanted):
    def fails():
        raise raised("boom")

    with pytest.raises(wanted) as caught:
        run(fails, [], tf.float32, name="mine")
    lines = caught.value.message.splitlines()
    assert lines[0] == f"{raised.__name__}: {raised('boom')}"
    assert any(line.startswith(f'  File "{__file__}"') and line.endswith("in fails") for line in lines)
    assert "[[node mine (defined at" in lines[-1]
    assert isinstance(caught.value.__cause__, raised)


def test_a_function_lives_as_long_as_its_graph():
    class Callable:
        def __call__(self):
            return np.float32(4.0)

    with tf.Graph().as_default(), tf.Session() as session:
        y = tf.py_func(Callable(), [], tf.float32)
        assert session.run(y) == 4.0


def test_stateless_is_another_op():
    with tf.Graph().as_default():
        assert tf.py_func(lambda: 1.0, [], tf.float64, stateful=False).op.type == "PyFuncStateless"
        assert tf.numpy_function(lambda: 1.0, [], tf.float64).op.type == "PyFunc"


def test_a_py_function_gets_arrays_with_a_method_numpy_and_has_no_gradient():
    with tf.Graph().as_default(), tf.Session() as session:
        x = tf.constant([1.0, 2.0])
        y = tf.py_function(lambda v: v.numpy() * 2.0 if isinstance(v.numpy(), np.ndarray) else v, [x], tf.float64)
        assert session.run(y).tolist() == [2.0, 4.0] and y.dtype == tf.float64 and y.op.type == "EagerPyFunc"
        with pytest.raises(NotImplementedError, match="No gradient flows through"):
            tf.gradients(tf.py_function(lambda v: v, [x], tf.float32), x)
        with pytest.raises(tf.errors.UnimplementedError, match="no eager execution"):
            session.run(tf.py_function(lambda v: tf.square(v), [x], tf.float32))
