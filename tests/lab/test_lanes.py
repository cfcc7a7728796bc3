"""Lanes compute, bit for bit, what runs at their values alone compute."""

import sys

import numpy as np
import pytest

import kudari as tf
from kudari.lab import StudyError, study
from kudari.runtime.lanes import Lanes

RATES = [0.002, 0.01, 0.05, 0.3]
OPTIMIZERS = {
    "descent": tf.train.GradientDescentOptimizer,
    "momentum": lambda rate: tf.train.MomentumOptimizer(rate, 0.9),
    "adam": tf.train.AdamOptimizer,
    "rmsprop": lambda rate: tf.train.RMSPropOptimizer(rate, momentum=0.5),
    "adagrad": tf.train.AdagradOptimizer,
    "ftrl": tf.train.FtrlOptimizer,
}


def line():
    x = tf.placeholder(tf.float32, [None])
    slope, offset = tf.Variable([0.3]), tf.Variable([-0.3])
    return tf.reduce_sum(tf.square(slope * x + offset + x - 1)), lambda i: {x: [1, 2, 3, 4 + i % 2]}


def dropped_out():
    x = tf.placeholder(tf.float32, [None, 5])
    hidden = tf.nn.relu(tf.matmul(x, tf.get_variable("w", [5, 7])) + tf.get_variable("b", [7]))
    out = tf.matmul(tf.nn.dropout(hidden, 0.6), tf.get_variable("v", [7, 1]))
    data = np.random.default_rng(0).standard_normal((6, 5)).astype(np.float32)
    return tf.reduce_mean(tf.square(out - tf.reduce_sum(x, 1, keepdims=True))), lambda i: {x: np.roll(data, i, 0)}


def looked_up():
    ids = tf.placeholder(tf.int32, [None])
    rows = tf.nn.embedding_lookup(tf.get_variable("table", [9, 3], use_resource=True), ids)
    noise = tf.random_normal([3], seed=4)
    return tf.reduce_mean(tf.square(rows + 0.1 * noise - 1.0)), lambda i: {ids: [i % 9, (2 * i) % 9, 3, 3]}


@pytest.fixture(autouse=True)
def graph():
    with tf.Graph().as_default() as graph:
        yield graph


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("model", [line, dropped_out, looked_up], ids=lambda model: model.__name__)
def test_lanes_are_single_runs(model, optimizer, monkeypatch):
    monkeypatch.setenv("KUDARI_NUMERICS", "exact")
    tf.set_random_seed(3)
    loss, feed = model()
    rate = tf.placeholder_with_default(0.1, [], name="rate")
    step = OPTIMIZERS[optimizer](rate).minimize(loss)
    init, fetched = tf.global_variables_initializer(), [loss, *tf.trainable_variables()]
    lanes = Lanes(tf.Session(), len(RATES))
    lanes.run(init)
    for i in range(3):
        lanes.run(step, feed(i), {rate: RATES})
    lanes.repeat(step, 4, feed(3), {rate: RATES})
    found = lanes.run(fetched, feed(0))
    for lane, value in enumerate(RATES):
        alone = tf.Session()
        alone.run(init)
        for i in (0, 1, 2, 3, 3, 3, 3):
            alone.run(step, {**feed(i), rate: value})
        for ours, wanted in zip(found, alone.run(fetched, feed(0))):
            assert ours[lane].tobytes() == np.asarray(wanted).tobytes()


def test_lanes_with_streams_are_runs_with_other_graph_seeds():
    def initialized(seed, streams=None):
        with tf.Graph().as_default():
            tf.set_random_seed(seed)
            loss, feed = dropped_out()
            step, init = tf.train.AdamOptimizer(0.1).minimize(loss), tf.global_variables_initializer()
            session = tf.Session()
            runs = session if streams is None else Lanes(session, len(streams), streams)
            runs.run(init)
            for i in range(3):
                runs.run(step, feed(i))
            return runs.run([loss, *tf.trainable_variables()], feed(0))

    found = initialized(7, [0, 1, 5])
    for lane, seed in enumerate((7, 8, 12)):
        for ours, wanted in zip(found, initialized(seed)):
            assert ours[lane].tobytes() == np.asarray(wanted).tobytes()


def test_other_rates_compile_nothing():
    from kudari.runtime.stats import stats
    loss, feed = line()
    rate = tf.placeholder_with_default(0.1, [])
    step = tf.train.AdamOptimizer(rate).minimize(loss)
    lanes = Lanes(tf.Session(), 3)
    lanes.run(tf.global_variables_initializer())
    lanes.repeat(step, 2, feed(0), {rate: [0.1, 0.2, 0.3]})
    before = len(lanes._programs), stats.compilations
    lanes.repeat(step, 9, feed(0), {rate: [0.3, 0.4, 0.5]})
    assert (len(lanes._programs), stats.compilations) == before


def test_control_flow_and_python_differ_by_lane():
    x = tf.placeholder(tf.float32, [])
    counted = tf.while_loop(lambda i, v: v < 10.0, lambda i, v: (i + 1, v * x), [0, 1.0])[0]
    chosen = tf.cond(x > 2.5, lambda: x * 2.0, lambda: -x)
    doubled = tf.py_func(lambda v: v * 2, [x], tf.float32)
    found = Lanes(tf.Session(), 3).run([counted, chosen, doubled], None, {x: [2.0, 3.0, 4.0]})
    assert [value.tolist() for value in found] == [[4, 3, 2], [-2, 6, 8], [4, 6, 8]]


def test_a_shape_cannot_be_swept():
    size = tf.placeholder(tf.int32, [])
    with pytest.raises(tf.errors.UnimplementedError, match="cannot be swept"):
        Lanes(tf.Session(), 2).run(tf.zeros([size]), None, {size: [1, 2]})


def trained(rate=0.01, steps=30, make=tf.train.GradientDescentOptimizer):
    loss, feed = line()
    step = make(rate).minimize(loss)
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        for i in range(steps):
            session.run([step, loss], feed(i))
        return session.run(loss, feed(0))


def test_a_program_is_studied_as_it_is():
    with tf.Graph().as_default():
        alone = trained()
    given = []
    found, ended = study(lambda: given.append(trained()), {"learning_rate": [0.001, 0.01, 0.5]})
    assert ended is None and given == [alone] and found.steps == 30
    assert found.records[-1][1]["Sum"][1] == alone
    assert [found.status(lane) for lane in range(3)][2] == "diverged" and found.best() == 0.01
    assert found.diverged == [0.5] and 0 < found.lost_at[2] <= 30
    assert found.stability.limit < 0.5 and found.recommendation.learning_rate < found.stability.limit


def test_other_hyperparameters_are_swept():
    found, _ = study(lambda: trained(make=lambda rate: tf.train.MomentumOptimizer(rate, 0.5)), {"momentum": [0.1, 0.9]})
    assert found.recommendation is None and len({float(v) for v in found.losses[-1][1]}) == 2
    with tf.Graph().as_default(), pytest.raises(StudyError, match="has no momentum"):
        study(trained, {"momentum": [0.1, 0.9]})


@pytest.mark.parametrize(("program", "words"), [
    (lambda: None, "takes no training step"),
    (lambda: tf.Session().run(tf.constant(1.0)), "takes no training step"),
    (lambda: 1 / 0, "ZeroDivisionError"),
])
def test_a_program_that_trains_nothing(program, words):
    with pytest.raises(StudyError, match=words):
        study(program, {"learning_rate": [0.1]})


@pytest.mark.parametrize("rates", [[0.0], [-1.0], [float("nan")], ["many"], []])
def test_rates_that_are_none(rates):
    with pytest.raises(ValueError, match="learning rates must be"):
        study(trained, {"learning_rate": rates})


def test_a_program_that_fails_midway_leaves_its_records():
    def fails():
        trained(steps=5)
        raise RuntimeError("midway")

    found, ended = study(fails, {"learning_rate": [0.001, 0.01]})
    assert str(ended) == "midway" and found.steps == 5


def test_an_optimizer_without_a_formula():
    found, _ = study(lambda: trained(make=tf.train.FtrlOptimizer), {"learning_rate": [0.1, 0.2]})
    assert found.stability is None and "no formula for the limit of Ftrl" in " ".join(found.explain())
    assert found.recommendation is not None


def test_a_study_is_drawn(tmp_path):
    pytest.importorskip("matplotlib")
    from kudari.lab.picture import draw
    found, _ = study(lambda: trained(make=lambda rate: tf.train.MomentumOptimizer(rate, 0.5)), {"momentum": [0.1, 0.9]})
    draw(found, tmp_path / "study.png")
    assert (tmp_path / "study.png").read_bytes().startswith(b"\x89PNG")
    found.losses = []
    with pytest.raises(ValueError, match="no picture to draw"):
        draw(found, tmp_path / "none.png")


def test_without_matplotlib_a_picture_says_what_to_install(tmp_path, monkeypatch):
    from kudari.lab.picture import draw
    found, _ = study(lambda: trained(make=lambda rate: tf.train.MomentumOptimizer(rate, 0.5)), {"momentum": [0.1, 0.9]})
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(ImportError, match=r"kudari\[png\]"):
        draw(found, tmp_path / "study.png")
