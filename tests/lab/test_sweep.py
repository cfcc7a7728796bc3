"""Sweeps from Python, and the programs in which beginners met NaN."""

import numpy as np
import pytest

import kudari as tf
from kudari.lab import study, sweep


@pytest.fixture(autouse=True)
def graph():
    with tf.Graph().as_default() as graph:
        yield graph


def started():
    session = tf.Session()
    session.run(tf.global_variables_initializer())
    return session


def model(scale=1.0):
    x = tf.placeholder(tf.float32, [None], name="x")
    slope = tf.Variable(0.5, name="slope")
    loss = tf.reduce_mean(tf.square(slope * x - 2.0 * x), name="loss")
    return loss, {x: scale * np.array([0.5, 1.0, 1.5])}, slope


def test_a_sweep_is_what_single_trainings_give():
    loss, feed, slope = model()
    step = tf.train.MomentumOptimizer(0.1, 0.5).minimize(loss)
    session = started()
    session.run(step, feed)
    fetches, over = {"loss": loss, "slope": slope}, {"momentum": [0.0, 0.5, 0.9]}
    found = sweep(fetches, step, over, feed, steps=7, every=3, session=session)
    assert [step for step, _ in found.records] == [0, 3, 6, 7] and found.name == "momentum"
    for _ in range(7):
        session.run(step, feed)
    assert found.records[-1][1]["slope"][1] == session.run(slope)
    assert found.best() in (0.0, 0.5, 0.9) and found.status(0) in ("training", "converged")


def test_batches_and_tensors():
    loss, feed, _ = model()
    rate = tf.placeholder_with_default(0.1, [])
    step = tf.train.GradientDescentOptimizer(rate).minimize(loss)
    x = next(iter(feed))
    feeds = [{x: feed[x] * factor} for factor in (1.0, 1.1, 0.9)]
    found = sweep(loss, step, {rate: [0.01, 5.0]}, feeds=feeds, steps=200, every=50, session=started())
    assert found.diverged == [5.0] and 0 < found.lost_at[1] <= 200 and found.best() == 0.01


@pytest.mark.parametrize(("over", "words"), [({}, "nothing to sweep"), ({"beta1": [0.1]}, "has no beta1"),
                                             ({"learning_rate": [0.0]}, "positive finite numbers")])
def test_what_cannot_be_swept(over, words):
    loss, feed, _ = model()
    step = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
    with pytest.raises(ValueError, match=words):
        sweep(loss, step, over, feed, session=started())


def get_started(scale):
    """TensorFlow's first tutorial, y = 0.1 x + 0.3 at the rate 0.5, whose x people scaled (tensorflow #3148)."""
    data = np.random.default_rng(0).random(100).astype(np.float32) * scale
    slope, offset = tf.Variable(tf.random_uniform([1], -1.0, 1.0, seed=1)), tf.Variable(tf.zeros([1]))
    loss = tf.reduce_mean(tf.square(slope * data + offset - (data * 0.1 + 0.3)))
    train(loss, 0.5, {})


def many_features():
    """A linear model of features that are not scaled (tensorflow #12030)."""
    rng = np.random.default_rng(1)
    features = rng.random((50, 3)) * [1.0, 60.0, 3000.0]
    x, y = tf.placeholder(tf.float32, [None, 3], name="houses"), tf.placeholder(tf.float32, [None, 1])
    weights = tf.Variable(tf.zeros([3, 1]), name="weights")
    loss = tf.reduce_mean(tf.square(tf.matmul(x, weights) - y))
    train(loss, 0.01, {x: features, y: features.sum(1, keepdims=True)})


def train(loss, rate, feed):
    step = tf.train.GradientDescentOptimizer(rate).minimize(loss)
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        for _ in range(200):
            session.run(step, feed)
        session.run(loss, feed)


@pytest.mark.parametrize(("program", "rate", "names_scaling"), [
    (lambda: get_started(1.0), 0.5, False), (lambda: get_started(50.0), 0.5, True), (many_features, 0.01, True)])
def test_beginners_get_a_rate_that_works_and_learn_why(program, rate, names_scaling):
    found, _ = study(program, {"learning_rate": [rate]})
    told, advice = found.stability, found.recommendation
    assert (found.status(0) == "diverged") == (rate > told.limit) == names_scaling
    said = " ".join(found.explain())
    assert ("scale of the data" in said) == names_scaling
    assert ("overshot the minimum" in said) == names_scaling
    with tf.Graph().as_default():
        again, _ = study(program, {"learning_rate": [advice.learning_rate]})
    assert again.status(0) != "diverged" and again.losses[-1][1][0] < again.losses[0][1][0]


def test_sweeps_are_crossed_with_each_other_and_with_seeds():
    x = tf.random_normal([8, 2], seed=3)
    weights = tf.Variable([[1.0], [2.0]])
    loss = tf.reduce_mean(tf.square(tf.matmul(x, weights)))
    step = tf.train.MomentumOptimizer(0.1, 0.5).minimize(loss)
    found = sweep(loss, step, {"learning_rate": [0.01, 0.1], "momentum": [0.1, 0.9]}, steps=5, every=5, seeds=2,
                  session=started())
    assert [found.points.of(lane) for lane in (0, 1, 2, 7)] == [
        {"learning_rate": 0.01, "momentum": 0.1, "seed": 0}, {"learning_rate": 0.01, "momentum": 0.1, "seed": 1},
        {"learning_rate": 0.01, "momentum": 0.9, "seed": 0}, {"learning_rate": 0.1, "momentum": 0.9, "seed": 1}]
    ends = found.last_losses()
    assert len(set(ends.tolist())) == 8
    medians = {key: float(np.median(ends[lanes])) for key, lanes in found.points.alike().items()}
    assert tuple(found.best().values()) == min(medians, key=medians.get)
    assert found.to_dict()["lanes"][3]["seed"] == 1
    assert "At learning_rate 0.01, momentum 0.1, over 2 seeds: the last loss lies between" in "\n".join(found.explain())
