"""Large values go into variables one after the other; the outcome is that of the compiled program."""

import numpy as np
import pytest

import kudari as tf
from kudari.runtime import executor

LARGE = np.arange(executor.LARGE, dtype=np.float32)


@pytest.mark.parametrize("use_resource", [False, True])
def test_what_is_moved_is_there(use_resource, monkeypatch):
    moved = []
    run_moves = executor.run_moves
    monkeypatch.setattr(executor, "run_moves", lambda *args: moved.append(args) or run_moves(*args))
    variables = [tf.get_variable(f"v{i}", initializer=np.zeros_like(LARGE), use_resource=use_resource) for i in range(2)]
    value = tf.placeholder(tf.float32, [None])
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        session.run(tf.group(*[variable.assign(tf.identity(value)).op for variable in variables]), {value: LARGE})
        for variable in variables:
            np.testing.assert_array_equal(session.run(variable), LARGE)
        session.run(variables[0].assign_add(LARGE).op)
        np.testing.assert_array_equal(session.run(variables), [2 * LARGE, LARGE])
    assert len(moved) == 1


def test_what_does_not_fit_is_refused():
    variable = tf.get_variable("v", initializer=np.zeros_like(LARGE))
    value = tf.placeholder(tf.float32)
    with tf.Session() as session:
        session.run(variable.initializer)
        with pytest.raises(tf.errors.InvalidArgumentError, match="Assign requires shapes of both tensors to match"):
            session.run(tf.assign(variable, value).op, {value: LARGE[1:]})
        np.testing.assert_array_equal(session.run(variable), np.zeros_like(LARGE))
