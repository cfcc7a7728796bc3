"""A program that sets the seed starts from the weights that TensorFlow 1.15 starts from."""

import json
import pathlib

import numpy as np
import pytest

import kudari as tf
from tests.golden.initial_weights import PROGRAMS

GOLDEN = json.loads((pathlib.Path(__file__).parent.parent / "golden" / "initial_weights.json").read_text())


def drawn_by(variable):
    """The types of the ops that its initial value is computed from."""
    found, stack = set(), [variable.initializer]
    while stack:
        op = stack.pop()
        found.add(op.type)
        stack.extend(tensor.op for tensor in op.inputs)
    return found


def tolerance(drawn):
    """Uniform numbers are the same bits; normal ones pass through a logarithm; orthogonal ones through a decomposition."""
    if "Qr" in drawn:
        return {"rtol": 0, "atol": 1e-5}
    return {"rtol": 1e-6, "atol": 1e-7} if drawn & {"RandomStandardNormal", "TruncatedNormal"} else {"rtol": 0, "atol": 0}


@pytest.mark.parametrize("name", sorted(PROGRAMS))
def test_the_weights_are_those_of_tensorflow(name):
    with tf.Graph().as_default(), tf.Session() as session:
        PROGRAMS[name](tf)
        session.run(tf.global_variables_initializer())
        found = {variable.name: (session.run(variable), drawn_by(variable)) for variable in tf.global_variables()}
    assert sorted(found) == sorted(GOLDEN[name])
    for variable, wanted in GOLDEN[name].items():
        value, drawn = np.asarray(found[variable][0]), found[variable][1]
        assert [value.dtype.name, list(value.shape)] == [wanted["dtype"], wanted["shape"]]
        expected = np.array(wanted["values"], value.dtype).reshape(value.shape)
        np.testing.assert_allclose(value, expected, **tolerance(drawn), err_msg=variable)


def test_large_weights_are_not_contracted():
    weights = tf.Variable(tf.random_uniform([300, 300], -0.05, 0.3, seed=1))
    found = []
    for interpret in (False, True):
        with tf.Session(config=tf.SessionOptions(interpret=interpret)) as session:
            session.run(weights.initializer)
            found.append(session.run(weights))
    np.testing.assert_array_equal(*found)
