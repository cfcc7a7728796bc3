"""Curvature against NumPy's, and limits against what training does just below and just above them."""

import numpy as np
import pytest

import kudari as tf
from kudari.lab import stability
from kudari.lab.spectrum import spectrum


@pytest.fixture(autouse=True)
def graph():
    with tf.Graph().as_default() as graph:
        yield graph


def positive(rng, size, condition):
    """A random symmetric matrix with eigenvalues from 1 to `condition`, as float64."""
    turn, _ = np.linalg.qr(rng.standard_normal((size, size)))
    values = np.exp(np.sort(rng.uniform(0, np.log(condition), size)))
    values[0], values[-1] = 1.0, condition
    return (turn * values) @ turn.T


def quadratic(size, dtype=tf.float64):
    """The loss whose Hessian is fed, of a variable that begins away from the minimum."""
    matrix = tf.placeholder(dtype, [size, size])
    point = tf.Variable(np.ones((size, 1)), dtype=dtype)
    return matrix, point, 0.5 * tf.reduce_sum(point * tf.matmul(matrix, point))


def started():
    session = tf.Session()
    session.run(tf.global_variables_initializer())
    return session


def line(scale=1.0):
    """The seed program's line, and its data times `scale`."""
    slope, offset = tf.Variable([0.3], name="W"), tf.Variable([-0.3], name="b")
    x, y = tf.placeholder(tf.float32, name="x"), tf.placeholder(tf.float32)
    data = {x: scale * np.array([1, 2, 3, 4], np.float32), y: [0, -1, -2, -3]}
    return tf.reduce_sum(tf.square(slope * x + offset - y)), data


def test_the_seed_program():
    loss, data = line()
    optimizer = tf.train.GradientDescentOptimizer(0.01)
    optimizer.minimize(loss)
    found = stability(loss, optimizer, data, session=started())
    assert (round(found.lambda_max, 1), round(found.lambda_min, 2), round(found.limit, 5)) == (66.8, 1.20, 0.02994)
    assert round(found.growth(0.03, 100), 4) == 2.2546
    assert found.is_quadratic and found.growth(0.02, 100) < 1


@pytest.mark.parametrize("scale", [10.0, 100.0])
def test_scaled_data_lowers_the_limit_and_is_named(scale):
    loss, data = line(scale)
    found = stability(loss, tf.train.GradientDescentOptimizer(0.01), data, session=started())
    x = scale * np.array([1, 2, 3, 4])
    hessian = 2 * np.array([[x @ x, x.sum()], [x.sum(), 4]])
    assert found.limit == pytest.approx(2 / np.linalg.eigvalsh(hessian)[-1], rel=1e-4)
    assert (found.scaling.variable, found.scaling.data) == ("W", "x")
    assert found.scaling.limit == pytest.approx(0.25, rel=1e-4)
    assert "scale of the data" in " ".join(found.explain())


def test_the_column_that_is_out_of_scale_is_named():
    x = tf.constant(np.random.default_rng(0).standard_normal((20, 3)) * [1, 40, 1], tf.float32, name="measured")
    weights = tf.Variable(tf.zeros([3, 2]), name="weights")
    loss = tf.reduce_mean(tf.square(tf.matmul(x, weights) - 1.0))
    found = stability(loss, tf.train.GradientDescentOptimizer(0.1), session=started())
    assert (found.scaling.variable, found.scaling.data, found.scaling.feature) == ("weights", "measured", 1)
    assert found.scaling.deviation == pytest.approx(40, rel=0.5) and found.scaling.limit > 100 * found.limit


@pytest.mark.parametrize(("size", "condition"), [(2, 1e6), (3, 10), (20, 1e6), (100, 1e3), (500, 1e6)])
def test_ends_of_the_spectrum_are_numpys(size, condition):
    values = positive(np.random.default_rng(size), size, condition)
    matrix, _, loss = quadratic(size)
    found = stability(loss, tf.train.GradientDescentOptimizer(0.1), {matrix: values}, session=started())
    assert [found.lambda_min, found.lambda_max] == pytest.approx(np.linalg.eigvalsh(values)[[0, -1]], rel=1e-3)


def test_large_matrices_are_not_formed():
    values = positive(np.random.default_rng(0), 700, 1e6)
    asked = []
    found = spectrum(lambda vector: asked.append(1) or values @ vector, 700)
    assert found.largest == pytest.approx(1e6, rel=1e-3) and len(asked) < 150
    assert np.linalg.norm(values @ found.direction - found.largest * found.direction) < 1e-2 * found.largest


def test_a_network_has_the_curvature_that_differences_of_its_gradient_have():
    rng = np.random.default_rng(1)
    x, labels = rng.standard_normal((16, 5)), rng.standard_normal((16, 1))
    variables = [tf.Variable(rng.standard_normal(shape), dtype=tf.float64) for shape in [(5, 6), (6,), (6, 1)]]
    loss = tf.reduce_mean(tf.square(tf.matmul(tf.tanh(tf.matmul(x, variables[0]) + variables[1]), variables[2]) - labels))
    gradients = tf.gradients(loss, variables)
    session = started()

    def slope():
        return np.concatenate([g.ravel() for g in session.run(gradients)])

    rows = []
    for variable in variables:
        start = session.run(variable)
        for at in np.ndindex(start.shape):
            moved = [start.copy(), start.copy()]
            moved[0][at] += 1e-5
            moved[1][at] -= 1e-5
            ends = []
            for value in moved:
                variable.load(value, session)
                ends.append(slope())
            rows.append((ends[0] - ends[1]) / 2e-5)
        variable.load(start, session)
    found = stability(loss, tf.train.GradientDescentOptimizer(0.1), session=session)
    assert [found.lambda_min, found.lambda_max] == pytest.approx(np.linalg.eigvalsh(np.array(rows))[[0, -1]], rel=1e-2)
    assert not found.is_quadratic and "near this point" in " ".join(found.explain())


OPTIMIZERS = {
    "descent": lambda rate: tf.train.GradientDescentOptimizer(rate),
    "momentum": lambda rate: tf.train.MomentumOptimizer(rate, 0.8),
    "nesterov": lambda rate: tf.train.MomentumOptimizer(rate, 0.7, use_nesterov=True),
    "rmsprop": lambda rate: tf.train.RMSPropOptimizer(rate, decay=1.0, momentum=0.5),
}


@pytest.mark.parametrize("kind", OPTIMIZERS)
def test_the_limit_splits_what_converges_from_what_diverges(kind):
    rng, rate = np.random.default_rng(2), tf.placeholder(tf.float64, [])
    matrix, _, loss = quadratic(4)
    optimizer = OPTIMIZERS[kind](rate)
    step = optimizer.minimize(loss)
    session, start = started(), tf.global_variables_initializer()
    problems = [positive(rng, 4, np.exp(rng.uniform(0.1, 5))) for _ in range(100)]
    limits = stability(loss, optimizer, session=session, feeds=[{matrix: values} for values in problems]).limits
    for values, limit in zip(problems, limits):
        losses = []
        for factor in (0.95, 1.05):
            session.run(start)
            before = session.run(loss, {matrix: values})
            for _ in range(400):
                session.run(step, {matrix: values, rate: factor * limit})
            losses.append(session.run(loss, {matrix: values}) / before)
        assert losses[0] < 0.1 and losses[1] > 10


def test_the_limit_of_adam_near_a_minimum():
    rng, rate = np.random.default_rng(3), tf.placeholder(tf.float64, [])
    matrix, point, loss = quadratic(3)
    optimizer = tf.train.AdamOptimizer(rate, beta2=1 - 1e-9)
    step = optimizer.minimize(loss)
    session, start = started(), tf.global_variables_initializer()

    def begin(squares):
        """Adam as it is after very many steps: without bias, its squares settled."""
        session.run(start)
        for accumulator in optimizer._get_beta_accumulators():
            accumulator.load(0.0, session)
        optimizer.get_slot(point, "v").load(squares, session)

    for _ in range(30):
        values, squares = positive(rng, 3, np.exp(rng.uniform(0.1, 4))), np.exp(rng.uniform(-3, 3, (3, 1)))
        begin(squares)
        limit = stability(loss, optimizer, {matrix: values}, session=session).limit
        losses = []
        for factor in (0.95, 1.05):
            begin(squares)
            point.load(np.full((3, 1), 1e-6), session)
            before = session.run(loss, {matrix: values})
            for _ in range(1200):
                session.run(step, {matrix: values, rate: factor * limit})
            losses.append(session.run(loss, {matrix: values}) / before)
        assert losses[0] < 0.5 and not losses[1] < 2


def test_nothing_changes(graph):
    tf.set_random_seed(5)
    loss, data = line()
    noisy = tf.nn.dropout(tf.expand_dims(loss, 0), 0.5)[0] + loss
    optimizer = tf.train.MomentumOptimizer(0.01, 0.9)
    step = optimizer.minimize(noisy)
    session = started()
    session.run(step, data)

    def everything():
        return [session.run(v).tobytes() for v in tf.global_variables()], graph.as_graph_def().SerializeToString()

    twin = session.fork()
    before = everything()
    graph.finalize()
    assert stability(noisy, optimizer, data, session=session).lambda_max == pytest.approx(
        stability(noisy, optimizer, data, session=session).lambda_max)
    assert everything() == before and graph.finalized
    assert graph.unique_name("kudari_lab", mark_as_used=False) == "kudari_lab"
    assert session.run(noisy, data) == twin.run(noisy, data)


def test_several_batches_give_an_interval():
    loss, data = line()
    x = next(iter(data))
    others = [{**data, x: factor * data[x]} for factor in (0.5, 2.0)]
    found = stability(loss, tf.train.GradientDescentOptimizer(0.1), data, session=started(), feeds=others)
    assert len(found.limits) == 3 and min(found.limits) < found.limit < max(found.limits)
    assert "Over 3 batches" in " ".join(found.explain())


@pytest.mark.parametrize(("make", "optimizer", "error", "words"), [
    (lambda: tf.Variable([1.0, 2.0]) * 2.0, tf.train.GradientDescentOptimizer, ValueError, "must be a scalar"),
    (lambda: tf.constant(1.0), tf.train.GradientDescentOptimizer, ValueError, "depends on no trainable variable"),
    (lambda: tf.reduce_sum(tf.Variable([1.0])), tf.train.FtrlOptimizer, ValueError, "no formula for the limit of Ftrl"),
    (lambda: tf.square(tf.Variable(1.0)) * float("nan"), tf.train.AdagradOptimizer, FloatingPointError, "not finite"),
    (lambda: "loss", tf.train.GradientDescentOptimizer, ValueError, "must be a tensor of floats"),
])
def test_what_cannot_be_told_is_said(make, optimizer, error, words):
    loss = make()
    tf.Variable(0.0)
    with pytest.raises(error, match=words):
        stability(loss, optimizer(0.1), session=started())


def test_a_loss_that_curves_up_nowhere_has_no_limit():
    loss = -tf.square(tf.Variable(1.0))
    found = stability(loss, tf.train.GradientDescentOptimizer(0.1), session=started())
    assert found.limit == float("inf") and "no rate" in found.explain()[0]


def test_without_a_session():
    with pytest.raises(ValueError, match="there is no session"):
        stability(tf.square(tf.Variable(1.0)), tf.train.GradientDescentOptimizer(0.1))
