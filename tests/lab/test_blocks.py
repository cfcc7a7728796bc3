"""Lanes in blocks and over several devices compute what they compute together; lanes that are lost cost no more."""

import os
import socket
import subprocess
import sys
import time

import numpy as np
import pytest

import kudari as tf
from kudari.runtime import blocks
from kudari.runtime.lanes import Lanes

RATES = np.geomspace(1e-3, 0.3, 7)


def trained(rates=RATES, steps=3, more=4):
    """Train the lanes of a linear model with dropout; return when they were lost, their last loss and variables."""
    with tf.Graph().as_default():
        tf.set_random_seed(5)
        x = tf.placeholder(tf.float32, [None, 5])
        error = tf.reduce_mean(tf.square(tf.matmul(tf.nn.dropout(x, 0.6), tf.Variable(tf.ones([5, 1]))) - 1))
        rate = tf.placeholder_with_default(0.1, [])
        count = tf.train.get_or_create_global_step()
        step = tf.train.MomentumOptimizer(rate, 0.9).minimize(error, count)
        lanes = Lanes(tf.Session(), len(rates))
        lanes.run(tf.global_variables_initializer())
        feed = {x: np.random.default_rng(0).standard_normal((6, 5)).astype(np.float32)}
        for _ in range(steps):
            _, loss = lanes.run([step, error], feed, {rate: rates})
        lost = lanes.repeat(step, more, feed, {rate: rates})
        return lost, loss, *[lanes.held(v.op) for v in tf.global_variables()]


def counted(rates, steps, more):
    """Train a single weight; return when lanes were lost, their loss, and how many steps they took."""
    with tf.Graph().as_default():
        loss, rate = tf.square(tf.Variable(1.0)), tf.placeholder_with_default(0.1, [])
        count = tf.train.get_or_create_global_step()
        step = tf.train.GradientDescentOptimizer(rate).minimize(loss, count)
        lanes = Lanes(tf.Session(), len(rates))
        lanes.run(tf.global_variables_initializer())
        for _ in range(steps):
            lanes.run([step, loss], None, {rate: rates})
        lost = lanes.repeat(step, more, None, {rate: rates})
        return lost, *lanes.run([loss, count])


@pytest.fixture(scope="module")
def whole():
    """What `trained` gives in exact arithmetic, in one block on one device."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KUDARI_NUMERICS", "exact")
        return trained()


def assert_same(found, wanted, numerics):
    """Bit for bit in exact arithmetic; in fast arithmetic the last bits are those of how XLA cuts its loops."""
    for ours, theirs in zip(found, wanted, strict=True):
        assert ours.shape == theirs.shape
        assert ours.tobytes() == theirs.tobytes() if numerics == "exact" else np.allclose(ours, theirs, 1e-5, 1e-6)


@pytest.mark.parametrize("numerics", ["exact", "fast"])
def test_blocks_change_nothing(numerics, monkeypatch, request):
    monkeypatch.setenv("KUDARI_NUMERICS", numerics)
    sizes = []
    cut = blocks.lanes_at_once
    whole = request.getfixturevalue("whole") if numerics == "exact" else trained()
    monkeypatch.setattr("kudari.runtime.lanes.lanes_at_once", lambda each: sizes.append(cut(each)) or 3)
    parts = trained()  # three blocks of three, two of these nine copies
    assert min(sizes) > len(RATES)
    assert_same(parts, whole, numerics)


def test_large_steps_are_cut_by_their_bytes():
    assert blocks.lanes_at_once(2**20) == blocks.lanes_at_once(2**19) // 2 and blocks.lanes_at_once(2**40) == 1


def test_a_lost_block_costs_no_more(monkeypatch):
    started = time.perf_counter()
    lost, loss, count = counted(np.array([1e6, 1e7]), 0, 10**9)
    assert time.perf_counter() - started < 60
    assert (lost > 0).all() and (lost < 30).all() and np.isnan(loss).all() and (count < 60).all()
    _, _, count = counted(np.array([1e6, 1e7]), 60, 1)
    assert (count < 60).all()  # not one of the last runs either
    _, _, count = counted(np.array([1e6, 1e-2]), 40, 20)
    assert (count == 60).all()  # one lane of the block still trains
    monkeypatch.setattr("kudari.runtime.lanes.lanes_at_once", lambda each: 1)
    _, _, count = counted(np.array([1e6, 1e-2]), 40, 20)
    assert count[0] < 40 and count[1] == 60


def test_what_could_recover_is_never_lost():
    with tf.Graph().as_default():
        weight, rate = tf.Variable([np.nan]), tf.placeholder_with_default(1.0, [])
        mended = weight.assign(tf.where(tf.is_nan(weight), [rate], weight + 1))
        lanes = Lanes(tf.Session(), 2)
        lanes.run(tf.global_variables_initializer())
        lanes.repeat(mended.op, 3, None, {rate: [1.0, 2.0]})
        assert lanes.run(weight).ravel().tolist() == [3, 4]


OVER_DEVICES = """
import sys
import jax
import numpy as np
sys.path.insert(0, sys.argv[1])
from test_blocks import trained
assert jax.device_count() == 4
np.savez(sys.argv[2], *trained())
"""


def test_devices_change_nothing(tmp_path, whole):
    environment = {**os.environ, "KUDARI_NUMERICS": "exact", "JAX_PLATFORMS": "cpu",
                   "XLA_FLAGS": "--xla_force_host_platform_device_count=4"}
    path = tmp_path / "found.npz"
    subprocess.run([sys.executable, "-c", OVER_DEVICES, os.path.dirname(__file__), path], env=environment, check=True)
    assert_same(np.load(path).values(), whole, "exact")


OVER_PROCESSES = """
import sys
import jax
import numpy as np
jax.distributed.initialize(sys.argv[3], 2, int(sys.argv[4]))
sys.path.insert(0, sys.argv[1])
from test_blocks import trained
assert jax.device_count() == 4 and jax.local_device_count() == 2
np.savez(sys.argv[2], *trained())
"""


def test_processes_change_nothing(tmp_path, whole):
    environment = {**os.environ, "KUDARI_NUMERICS": "exact", "JAX_PLATFORMS": "cpu",
                   "XLA_FLAGS": "--xla_force_host_platform_device_count=2"}
    with socket.create_server(("localhost", 0)) as free:
        address = f"localhost:{free.getsockname()[1]}"
    paths = [tmp_path / f"{i}.npz" for i in range(2)]
    running = [subprocess.Popen([sys.executable, "-c", OVER_PROCESSES, os.path.dirname(__file__), path,
                                 address, str(i)], env=environment) for i, path in enumerate(paths)]
    assert [process.wait(120) for process in running] == [0, 0]
    for path in paths:
        assert_same(np.load(path).values(), whole, "exact")
