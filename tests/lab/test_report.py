"""The page of a study: what it holds, that it needs nothing else, and what is kept of lanes for it."""

import base64
import json
import re

import numpy as np
import pytest

import kudari as tf
from kudari.lab import Study, stability, study, sweep
from kudari.lab.points import Points
from kudari.lab.report.content import packed, thinned

RATES = [0.001, 0.02, 0.03, 0.04]


@pytest.fixture(autouse=True)
def graph():
    with tf.Graph().as_default() as graph:
        yield graph


def line():
    """The page's problem."""
    slope, offset = tf.Variable([0.3], name="W"), tf.Variable([-0.3], name="b")
    x, y = tf.placeholder(tf.float32), tf.placeholder(tf.float32)
    loss = tf.reduce_sum(tf.square(slope * x + offset - y), name="loss")
    return loss, {x: [1, 2, 3, 4], y: [0, -1, -2, -3]}


def train_line(steps=180):
    loss, feed = line()
    step = tf.train.GradientDescentOptimizer(0.01).minimize(loss)
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        for _ in range(steps):
            session.run(step, feed)
        session.run([loss, *tf.trainable_variables()], feed)


def network(seed=None):
    """A network of 83 parameters, in which units are dropped."""
    rng = np.random.default_rng(0)
    x = tf.placeholder(tf.float32, [None, 4], name="x")
    first = tf.Variable(rng.normal(size=(4, 16)).astype(np.float32) / 2, name="first")
    second = tf.Variable(rng.normal(size=(16, 1)).astype(np.float32) / 4, name="second")
    offset = tf.Variable(tf.zeros([3]), name="offset")
    hidden = tf.tanh(tf.matmul(x, first))
    if seed is not None:
        hidden = tf.nn.dropout(hidden, 0.5, seed=seed)
    given = rng.normal(size=(8, 4)).astype(np.float32)
    return tf.reduce_mean(tf.square(tf.matmul(hidden, second) + tf.reduce_sum(offset) - 1.0), name="loss"), {x: given}


def started():
    session = tf.Session()
    session.run(tf.global_variables_initializer())
    return session


def written(found, path, **words):
    found.report(path, **words)
    text = path.read_text(encoding="utf-8")
    return text, json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)[1])


def floats(text):
    return np.frombuffer(base64.b64decode(text), "<f4")


def of_size(lanes, records, fetched=3):
    """A study as large as its page must bear, without a training."""
    rng, rates = np.random.default_rng(0), np.geomspace(1e-4, 1e-1, lanes)
    courses = np.exp(-rates[:, None] * np.arange(records) / 5) * np.exp(rng.normal(0, 0.1, (lanes, records)))
    courses[-3:, 400:] = np.nan
    lost_at = np.where(np.arange(lanes) >= lanes - 3, 400, 0)
    records = [(step, {f"value_{i}": courses[:, step] + i for i in range(fetched)}) for step in range(records)]
    return Study(Points({"learning_rate": rates}), len(records), records, list(enumerate(courses.T)), lost_at)


def test_what_the_page_holds(tmp_path):
    found, _ = study(train_line, {"learning_rate": RATES}, traces=True)
    _, data = written(found, tmp_path / "page.html", title="line.py", command="kudari study line.py")
    assert data["statuses"] == [found.status(lane) for lane in range(4)] and data["lost_at"][2:] == [0, 166]
    assert data["title"] == "line.py" and data["command"] == "kudari study line.py"
    assert {"Kudari", "JAX", "Python", "Device", "Date"} <= dict(data["environment"]).keys()
    losses = floats(data["losses"]["values"]).reshape(4, -1)
    for step, values in found.losses:
        assert np.array_equal(losses[:, data["losses"]["steps"].index(step)], values.astype(np.float32), equal_nan=True)
    assert data["records"]["columns"] == ["loss", "W", "b"] and data["records"]["steps"] == [180]
    rows = floats(data["records"]["values"]).reshape(4, 3)
    assert np.array_equal(rows[:, 1], found.records[0][1]["W"][:, 0], equal_nan=True)
    assert data["stability"]["limit"] == found.stability.limit
    assert data["recommendation"]["reasons"] == found.recommendation.reasons
    path = data["path"]
    assert path["names"] == ["W", "b"] and path["held"] == 0
    assert path["steps"][:4] == [0, 1, 2, 3] and path["steps"][-1] == 180
    places = floats(path["places"]).reshape(4, -1, 2)
    assert np.array_equal(places[:, 0], np.tile(np.float32([0.3, -0.3]), (4, 1))) and np.isnan(places[3, -1]).all()


def test_the_loss_around_the_path_and_the_curvature_along_it(tmp_path):
    loss, feed = line()
    step = tf.train.MomentumOptimizer(0.1, 0.5).minimize(loss)
    session = started()
    found = sweep(loss, step, {"learning_rate": [0.001, 0.01]}, feed, steps=40, session=session, traces=True)
    path = written(found, tmp_path / "page.html")[1]["path"]
    grid = floats(path["grids"]["0,1"]).reshape(41, 41)
    row, column = 7, 30
    W, b = (np.linspace(path["low"][i], path["high"][i], 41)[at] for i, at in ((0, column), (1, row)))
    x, y = map(np.array, feed.values())
    assert grid[row, column] == pytest.approx(np.square(W * x + b - y).sum(), rel=1e-4)
    bend = json.loads(json.dumps(written(found, tmp_path / "page.html")[1]["sharpness"]))
    assert bend["lanes"] == [0, 1] and bend["bound"] == pytest.approx(3.0) and not bend["is_adaptive"]
    assert floats(bend["values"]) == pytest.approx(stability(loss, tf.train.GradientDescentOptimizer(0.1), feed,
                                                             session=session).lambda_max, rel=1e-3)


def test_what_is_kept_changes_no_lane():
    loss, feed = network(seed=3)
    step = tf.train.AdamOptimizer(0.1).minimize(loss)
    session = started()
    arguments = {"fetches": {"loss": loss, "second": tf.trainable_variables()[1]}, "train_op": step, "session": session,
                 "over": {"learning_rate": [0.01, 0.1]}, "feed_dict": feed, "steps": 70, "every": 35}
    plain, traced = sweep(**arguments), sweep(**arguments, traces=True)
    for (_, before), (_, after) in zip(plain.records, traced.records, strict=True):
        assert np.array_equal(before["second"], after["second"]) and np.array_equal(before["loss"], after["loss"])
    assert traced.trace.steps[:34] == [*range(34)] and traced.trace.steps[-1] == 70
    assert np.isfinite(np.stack(traced.trace.losses)).all() and len(traced.trace.losses) == len(traced.trace.steps)


@pytest.mark.parametrize("traces", [False, True])
def test_lanes_of_a_script_draw_what_it_draws_alone(traces):
    def run(rate):
        with tf.Graph().as_default():
            loss, feed = network(seed=3)
            step = tf.train.GradientDescentOptimizer(rate).minimize(loss)
            with started() as session:
                for _ in range(5):
                    session.run([step, loss], feed)
                ended.append(session.run(tf.trainable_variables()[1]))

    ended = []
    found, _ = study(lambda: run(0.3), {"learning_rate": [0.1, 0.2]}, traces=traces)
    run(0.1)
    run(0.2)
    lanes = found.records[-1][1]["second"]
    assert np.array_equal(lanes, np.stack(ended[1:]))


def test_a_large_model(tmp_path):
    loss, feed = network()
    step = tf.train.AdamOptimizer(0.1).minimize(loss)
    found = sweep(loss, step, {"learning_rate": [0.001, 0.01, 0.1]}, feed, steps=10, session=started(), traces=True)
    assert len(found.trace.parameters) == 64
    assert len({parameter.name for parameter in found.trace.parameters}) == 64
    _, data = written(found, tmp_path / "page.html")
    assert len(data["path"]["names"]) == 6 and data["path"]["held"] == 81 and len(data["path"]["grids"]) == 15
    assert all(re.fullmatch(r"first\[\d, \d+\]|second\[\d+, 0\]|offset\[\d\]", name) for name in data["path"]["names"])
    assert np.isfinite(floats(data["sharpness"]["values"])).all() and data["sharpness"]["is_adaptive"]


def test_several_sweeps(tmp_path):
    loss, feed = network(seed=3)
    step = tf.train.MomentumOptimizer(0.1, 0.5).minimize(loss)
    found = sweep(loss, step, {"learning_rate": [0.01, 0.1], "momentum": [0.0, 0.9]}, feed, steps=5, seeds=2, traces=True,
                  session=started())
    _, data = written(found, tmp_path / "page.html")
    assert data["columns"] == ["learning_rate", "momentum", "seed"] and data["labels"][-1] == "0.1 · 0.9 · 1"
    assert len(data["values"]) == 8 and "momentum" in data["sharpness"]["missing"] and data["path"]["held"] == 81


def test_what_was_not_recorded_is_named(tmp_path):
    _, data = written(of_size(3, 20), tmp_path / "page.html")
    assert "--report" in data["path"]["missing"] and "traces=True" in data["sharpness"]["missing"]
    slope = tf.Variable(1.0)
    step = tf.train.GradientDescentOptimizer(0.1).minimize(tf.square(slope))
    found = sweep(tf.square(slope), step, {"learning_rate": [0.1]}, steps=3, session=started(), traces=True)
    assert "needs two parameters" in written(found, tmp_path / "page.html")[1]["path"]["missing"]


def test_the_page_needs_nothing_else(tmp_path):
    text, _ = written(of_size(3, 20), tmp_path / "page.html")
    assert re.findall(r"https?:[^\"']*", text) == ["http://www.w3.org/2000/svg"]  # a name, not an address
    assert re.findall(r"\b(?:src|href)\s*=\s*[\"']?([^\"'\s>]*)", text) == ["data:,", "#main"]
    assert "default-src 'none'" in text and "{{" not in text.replace(json.dumps("{{"), "")
    assert not re.search(r"@import|url\(|fetch\(|XMLHttpRequest|WebSocket|import\(", text)


def test_names_cannot_break_the_page(tmp_path):
    evil = "</script><script>alert(1)</script><!-- {{data}} \u2028 \"'&"
    found = of_size(2, 5)
    found.records = [(step, {evil: values["value_0"]}) for step, values in found.records]
    text, data = written(found, tmp_path / "page.html", title=evil, command=evil)
    assert data["title"] == data["command"] == data["records"]["columns"][0] == evil
    assert text.count("<script") == 2 and text.count("</script>") == 2 and "\u2028" not in text.split('id="data">')[1]


def test_many_lanes_stay_small(tmp_path):
    text, data = written(of_size(64, 1000), tmp_path / "page.html")
    assert len(text.encode()) < 3e6
    assert len(data["losses"]["steps"]) == len(data["records"]["steps"]) == 1000
    assert len(written(of_size(300, 2000), tmp_path / "page.html")[0].encode()) < 3e6


def test_numbers_that_json_has_not():
    assert np.array_equal(floats(packed([np.nan, np.inf, -np.inf, 1e60])),
                          np.float32([np.nan, np.inf, -np.inf, np.finfo(np.float32).max]), equal_nan=True)
    assert thinned(1000, 10, 100).tolist() == [0, 111, 222, 333, 444, 555, 666, 777, 888, 999]
    assert thinned(0, 10, 100).tolist() == [] and thinned(3, 10, 100).tolist() == [0, 1, 2]
