"""The optimizer base and gradient descent: what a step does, what it adds to the graph, what it refuses."""

import numpy as np
import pytest

import kudari as tf

Descent = tf.train.GradientDescentOptimizer


def trained(step, fetch, steps=1, feeds=None):
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        for _ in range(steps):
            assert session.run(step, feeds) is None
        return session.run(fetch)


def test_a_step_goes_against_the_gradient():
    w = tf.Variable([1.0, -2.0])
    np.testing.assert_allclose(trained(Descent(0.25).minimize(tf.square(w)), w), [0.5, -1.0])


def test_only_the_variables_asked_for_move():
    w, v = tf.Variable(1.0), tf.Variable(1.0)
    fixed = tf.Variable(1.0, trainable=False)
    loss = w * v * fixed
    assert trained(Descent(0.5).minimize(loss, var_list=[v]), [w, v, fixed]) == [1.0, 0.5, 1.0]
    assert trained(Descent(0.5).minimize(loss, var_list=w), [w, v, fixed]) == [0.5, 1.0, 1.0]
    assert trained(Descent(0.5).minimize(loss), [w, v, fixed]) == [0.5, 0.5, 1.0]


@pytest.mark.parametrize("rate", [
    lambda: 0.5, lambda: tf.constant(0.5), lambda: (lambda: 0.5), lambda: tf.Variable(0.5, trainable=False),
    lambda: np.float64(0.5), lambda: (lambda: tf.constant(0.5)),
])
def test_learning_rates_of_any_kind(rate):
    w = tf.Variable(2.0)
    assert trained(Descent(rate()).minimize(3.0 * w), w) == 0.5


def test_a_learning_rate_that_is_fed():
    w, rate = tf.Variable(2.0), tf.placeholder(tf.float32, [])
    assert trained(Descent(rate).minimize(3.0 * w), w, feeds={rate: 0.25}) == 1.25


def test_the_rate_is_cast_to_the_type_of_the_variable():
    w = tf.Variable(2.0, dtype=tf.float64)
    step = Descent(0.5).minimize(3.0 * w)
    assert trained(step, w) == 0.5
    assert "GradientDescent/update_Variable/Cast" in [op.name for op in tf.get_default_graph().get_operations()]


def test_the_global_step_counts():
    w = tf.Variable(1.0)
    count = tf.train.get_or_create_global_step()
    step = Descent(0.5).minimize(tf.square(w), global_step=count)
    assert (step.name, step.type) == ("GradientDescent", "AssignAdd")
    assert [op.name for op in step.control_inputs] == []
    assert trained(step, count, steps=3) == 3


def test_grad_loss_is_what_the_gradient_starts_from():
    w = tf.Variable([1.0, 1.0])
    step = Descent(1.0).minimize(2.0 * w, grad_loss=tf.constant([0.25, -0.5]))
    np.testing.assert_array_equal(trained(step, w), [0.5, 2.0])


@pytest.mark.parametrize("gate", [Descent.GATE_NONE, Descent.GATE_OP, Descent.GATE_GRAPH])
def test_gates_change_the_order_not_the_values(gate):
    w, v = tf.Variable([[1.0, 2.0]]), tf.Variable([[3.0], [4.0]])
    step = Descent(0.1).minimize(tf.matmul(w, v), gate_gradients=gate)
    new_w, new_v = trained(step, [w, v])
    np.testing.assert_allclose(new_w, [[0.7, 1.6]], rtol=1e-6)
    np.testing.assert_allclose(new_v, [[2.9], [3.8]], rtol=1e-6)


def test_rows_that_were_looked_up_move_once_for_each_time():
    w = tf.Variable(np.ones([3, 2], np.float32))
    step = Descent(0.25).minimize(tf.reduce_sum(tf.gather(w, [0, 2, 2])))
    np.testing.assert_array_equal(trained(step, w), [[0.75, 0.75], [1.0, 1.0], [0.5, 0.5]])
    assert "ScatterSub" in [op.type for op in tf.get_default_graph().get_operations()]


def test_a_constraint_is_applied_after_the_step():
    w = tf.Variable([1.0, 3.0], constraint=lambda value: tf.minimum(value, 2.0))
    np.testing.assert_array_equal(trained(Descent(0.5).minimize(tf.reduce_sum(w)), w), [0.5, 2.0])


def test_a_constraint_on_sparse_gradients_is_refused():
    w = tf.Variable([[1.0]], constraint=tf.identity)
    with pytest.raises(RuntimeError, match="Cannot use a constraint function on a sparse variable"):
        Descent(0.5).minimize(tf.gather(w, [0]))


def test_gradients_may_be_changed_in_between():
    w = tf.Variable([1.0, 10.0])
    optimizer = Descent(1.0)
    pairs = optimizer.compute_gradients(tf.square(w))
    assert [var for _, var in pairs] == [w]
    step = optimizer.apply_gradients([(tf.clip_by_value(grad, -3.0, 3.0), var) for grad, var in pairs])
    np.testing.assert_array_equal(trained(step, w), [-1.0, 7.0])


def test_gradients_may_be_plain_arrays():
    w = tf.Variable([1.0, 2.0])
    step = Descent(0.5).apply_gradients([(np.array([2.0, 4.0], np.float32), w)])
    np.testing.assert_array_equal(trained(step, w), [0.0, 0.0])


def test_a_variable_without_a_gradient_is_passed_over():
    w, idle = tf.Variable(1.0), tf.Variable(5.0)
    optimizer = Descent(0.5)
    pairs = optimizer.compute_gradients(tf.square(w))
    assert pairs[1] == (None, idle)
    assert trained(optimizer.apply_gradients(pairs), [w, idle]) == [0.0, 5.0]


def test_steps_are_remembered():
    w = tf.Variable(1.0)
    steps = [Descent(0.5).minimize(w), Descent(0.5).minimize(w, name="second")]
    assert tf.get_collection(tf.GraphKeys.TRAIN_OP) == steps
    assert [step.name for step in steps] == ["GradientDescent", "second"]


def test_what_an_optimizer_says_of_itself():
    optimizer = Descent(0.5, name="Slope")
    w = tf.Variable(1.0)
    optimizer.minimize(w)
    assert (optimizer.get_name(), optimizer.get_slot_names(), optimizer.variables()) == ("Slope", [], [])
    assert optimizer.get_slot(w, "none") is None


class Averaging(tf.train.Optimizer):
    """A user's optimizer, by the methods TensorFlow lets one override."""

    def _create_slots(self, var_list):
        for var in var_list:
            self._zeros_slot(var, "last", "Last")

    def _apply_dense(self, grad, var):
        last = self.get_slot(var, "last")
        with tf.control_dependencies([tf.assign_sub(var, 0.5 * (grad + last))]):
            return tf.assign(last, grad).op

    def _apply_sparse(self, grad, var):
        return tf.scatter_update(var, grad.indices, -grad.values).op


def test_a_subclass_with_slots():
    w = tf.Variable(1.0)
    optimizer = Averaging(False, "Averaging")
    step = optimizer.minimize(2.0 * w)
    assert optimizer.get_slot_names() == ["last"]
    assert optimizer.variables() == [optimizer.get_slot(w, "last")]
    assert trained(step, w, steps=2) == -2.0


def test_slots_are_named_after_what_they_are_kept_for():
    w, v = tf.Variable([1.0], name="w"), tf.Variable([[2.0]], name="v")
    with tf.name_scope("training"):
        first, second = Averaging(False, "A"), Averaging(False, "B")
        first.minimize(w * v)
        second.minimize(w, var_list=[w])
    names = ["v/Last:0", "w/Last:0"]
    assert [slot.name for slot in first.variables()] == names
    assert second.get_slot(w, "last").name == "w/Last_1:0"
    assert first.get_slot(w, "last").op.colocation_groups() == [b"loc:@w"]
    assert first.get_slot(v, "last").shape.as_list() == [1, 1]
    assert [var.name for var in tf.trainable_variables()] == ["w:0", "v:0"]


class Ways(tf.train.Optimizer):
    """Keeps variables made in every way there is."""

    def _create_slots(self, var_list):
        for var in var_list:
            self._get_or_make_slot(var, tf.constant([5.0, 6.0]), "given", "Given")
            self._get_or_make_slot_with_initializer(var, fives, var.shape, var.dtype, "five", "Five")
            self._zeros_slot(var, "zero", "Zero")
        self._create_non_slot_variable(0.5, "beta", var_list[0])

    def _apply_dense(self, grad, var):
        return tf.no_op()


def fives(shape, dtype, partition_info):
    return tf.fill(shape, tf.constant(5, dtype))


def test_kept_variables_are_made_once_and_start_as_asked():
    w = tf.Variable([1.0, 3.0], name="w")
    optimizer = Ways(False, "Ways")
    optimizer.minimize(2.0 * w)
    step = optimizer.minimize(2.0 * w)
    assert [var.name for var in optimizer.variables()] == ["beta:0", "w/Five:0", "w/Given:0", "w/Zero:0"]
    held = trained(step, optimizer.variables())
    for value, wanted in zip(held, [0.5, [5.0, 5.0], [5.0, 6.0], [0.0, 0.0]]):
        np.testing.assert_array_equal(value, wanted)


def test_a_slot_of_a_variable_whose_shape_is_open():
    start = tf.placeholder_with_default([1.0, 2.0, 3.0], [None])
    w = tf.Variable(start, validate_shape=False, name="w")
    slot = Averaging(False, "A")._zeros_slot(w, "last", "Last")
    with tf.Session() as session:
        session.run([w.initializer, slot.initializer])
        np.testing.assert_array_equal(session.run(slot), [0.0, 0.0, 0.0])


def test_rows_are_summed_for_a_subclass():
    w = tf.Variable([[1.0], [2.0], [3.0]])
    step = Averaging(False, "Averaging").minimize(tf.gather(w, [2, 0, 2]))
    np.testing.assert_array_equal(trained(step, w), [[-1.0], [2.0], [-2.0]])


def loss_of(var):
    return tf.square(var)


@pytest.mark.parametrize("error, message, call", [
    (ValueError, "No variables to optimize.", lambda w: Descent(0.1).minimize(w * 2.0, var_list=[])),
    (ValueError, "gate_gradients must be one of: Optimizer.GATE_NONE, Optimizer.GATE_OP, Optimizer.GATE_GRAPH.  Not 5",
     lambda w: Descent(0.1).minimize(w * 2.0, gate_gradients=5)),
    (ValueError, "No variables provided.", lambda w: Descent(0.1).apply_gradients([])),
    (ValueError, "No gradients provided for any variable: "
                 "[\"<tf.Variable 'w:0' shape=(2,) dtype=float32_ref>\"].",
     lambda w: Descent(0.1).apply_gradients([(None, w)])),
    (ValueError, "No gradients provided for any variable, check your graph for ops that do not support gradients, "
                 "between variables [\"<tf.Variable 'w:0' shape=(2,) dtype=float32_ref>\"] and loss "
                 'Tensor("c:0", shape=(), dtype=float32).',
     lambda w: Descent(0.1).minimize(tf.constant(1.0, name="c"))),
    (ValueError, "Must specify the optimizer name", lambda w: Descent(0.1, name="")),
    (NotImplementedError, "Trying to update a Tensor", lambda w: _minimize_tensor()),
])
def test_refusals_are_tensorflows(error, message, call):
    w = tf.Variable([1.0, 2.0], name="w")
    with pytest.raises(error) as caught:
        call(w)
    assert caught.value.args[0].strip() == message


def _minimize_tensor():
    x = tf.constant(1.0)
    Descent(0.1).minimize(tf.square(x), var_list=[x])


def test_a_loss_of_integers_is_refused():
    w = tf.Variable(1)
    with pytest.raises(ValueError, match=r"Invalid type tf\.int32 for Variable/read:0, expected: "):
        Descent(0.1).minimize(w.value())


def test_a_function_for_a_loss_is_refused():
    w = tf.Variable(1.0)
    with pytest.raises(TypeError, match="`loss` must be a tensor"):
        Descent(0.1).minimize(lambda: w * 2.0)


def test_nan_in_training_goes_on():
    w = tf.Variable(1.0)
    assert np.isnan(trained(Descent(np.nan).minimize(tf.square(w)), w, steps=2))
