"""The functions of the array family build TensorFlow 1.15's nodes, and compute its values and gradients."""

import importlib.util
import json
from pathlib import Path

import numpy as np
import pytest

import kudari as tf
from kudari.ops.array import prevent_gradient

HERE = Path(__file__).parent
GOLDEN = json.loads((HERE.parent / "golden" / "array_functions.json").read_text(encoding="utf-8"))


def load(name):
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


programs, recorded = load("array_programs"), load("recorded")

# TensorFlow computes `tf.where` of a constant while it builds; here its shape stays open until it runs.
VAGUE = {expression for expression in programs.EXPRESSIONS if "boolean_mask" in expression or "x[x>" in expression}


@pytest.mark.parametrize("expression", programs.EXPRESSIONS)
def test_nodes_are_those_of_tensorflow(expression):
    _, found = recorded.evaluated(tf, programs, expression)
    wanted = GOLDEN["expressions"][expression]["nodes"]
    if expression in VAGUE:
        found, wanted = [node[:4] for node in found], [node[:4] for node in wanted]
    for have, want in zip(found, wanted):
        assert have == want
    assert len(found) == len(wanted)


@pytest.mark.parametrize("expression", programs.ONLY_NODES)
def test_arguments_in_other_forms_make_tensorflows_nodes(expression):
    _, found = recorded.evaluated(tf, programs, expression, with_gradients=False)
    assert found == GOLDEN["nodes"][expression]


@pytest.mark.parametrize("expression", programs.EXPRESSIONS)
def test_values_are_those_of_tensorflow(expression):
    tensors, _ = recorded.evaluated(tf, programs, expression)
    found, wanted = recorded.values(tf, programs, tensors), GOLDEN["expressions"][expression]["values"]
    assert [(v["dtype"], v["shape"]) for v in found] == [(v["dtype"], v["shape"]) for v in wanted]
    for have, want in zip(found, wanted):
        if have["dtype"].startswith(("float", "complex")):
            np.testing.assert_allclose(have["values"], want["values"], rtol=1e-5, atol=1e-6)
        else:
            assert have["values"] == want["values"]


@pytest.mark.parametrize("expression", programs.WRONG)
def test_errors_have_tensorflows_words(expression):
    assert recorded.error_of(tf, programs, expression) == GOLDEN["errors"][expression]


def run(fetch, feeds=None):
    with tf.Session() as session:
        return session.run(fetch, feeds)


def test_an_index_outside_is_found_when_the_size_is_fed():
    x = tf.placeholder(tf.float32, [None])
    with pytest.raises(tf.errors.InvalidArgumentError, match="slice index 5 of dimension 0 out of bounds"):
        run(x[5], {x: [1.0, 2.0]})


def test_a_fed_index_slices_and_a_new_value_slices_anew():
    x, i = tf.constant([1.0, 2.0, 3.0]), tf.placeholder(tf.int32, [])
    part = x[i:]
    with tf.Session() as session:
        assert session.run(part, {i: 1}).tolist() == [2.0, 3.0]
        assert session.run(part, {i: -1}).tolist() == [3.0]


def test_a_computed_index_slices():
    x = tf.placeholder(tf.float32, [3])
    assert run(x[tf.cast(tf.argmax(x, 0), tf.int32)], {x: [1.0, 5.0, 2.0]}) == 5.0


def test_a_reshape_that_does_not_fit_the_feed_names_the_node_and_both_sizes():
    x = tf.placeholder(tf.float32, [None])
    with pytest.raises(tf.errors.InvalidArgumentError, match=r"tensor with 3 values.*multiple of 2[^0]*[\s\S]*halves"):
        run(tf.reshape(x, [-1, 2], name="halves"), {x: [1.0, 2.0, 3.0]})


def test_floats_of_a_range_add_up_their_errors():
    found = run(tf.range(0.0, 1.0, 0.1))
    steps = np.zeros(10, np.float32)
    for i in range(1, 10):
        steps[i] = steps[i - 1] + np.float32(0.1)
    assert found.tolist() == steps.tolist()


def test_a_variable_is_indexed_and_stacked():
    variable = tf.Variable([[1.0, 2.0], [3.0, 4.0]])
    row, both = variable[1], tf.stack([variable, variable])
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        assert session.run(row).tolist() == [3.0, 4.0]
        assert session.run(both).shape == (2, 2, 2)


def test_a_slice_of_a_variable_is_assigned():
    variable = tf.Variable([[1.0, 2.0], [3.0, 4.0]])
    assign = variable[:, 1].assign([7.0, 8.0])
    assert (assign.op.name, assign.op.type) == ("strided_slice/_assign", "StridedSliceAssign")
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        assert session.run(assign).tolist() == [[1.0, 7.0], [3.0, 8.0]]
        assert session.run(variable).tolist() == [[1.0, 7.0], [3.0, 8.0]]


def test_gradients_through_prevented_ones_say_why():
    x = tf.constant(1.0)
    with pytest.raises(LookupError, match=r"Gradient explicitly disabled\. Reason: 'no way'"):
        tf.gradients(prevent_gradient(x, message="no way"), x)


def test_arguments_with_two_names_take_one():
    with pytest.raises(ValueError, match="Cannot specify both 'dim' and 'axis'"):
        tf.expand_dims([1.0], axis=0, dim=0)
    with pytest.raises(ValueError, match="Cannot specify both 'squeeze_dims' and 'axis'"):
        tf.squeeze([1.0], axis=0, squeeze_dims=[0])


def test_meshgrid_refuses_what_it_does_not_know():
    with pytest.raises(TypeError, match="'sparse' is an invalid keyword"):
        tf.meshgrid([1], [2], sparse=True)
    with pytest.raises(ValueError, match="either 'xy' or 'ij'"):
        tf.meshgrid([1], [2], indexing="yx")


def test_lookups_outside_are_zeros():
    assert run(tf.gather([1.0, 2.0], tf.placeholder_with_default([0, 5], [2]))).tolist() == [1.0, 0.0]
