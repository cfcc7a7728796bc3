"""Benchmarks, attributes replaced for tests, and clusters of one task."""

import math
import subprocess
import sys
import textwrap

import pytest

import kudari as tf
from kudari.testing.benchmark import _entries_class


class Products(tf.test.Benchmark):
    def benchmark_product(self):
        with tf.Graph().as_default(), tf.Session(config=tf.test.benchmark_config()) as session:
            product = tf.matmul(tf.ones([8, 8]), tf.ones([8, 8]))
            return self.run_op_benchmark(session, product.op, min_iters=3, store_trace=True, extras={"kind": "small"}, mbs=2)


def test_runs_are_measured_and_reported(tmp_path, monkeypatch):
    monkeypatch.setenv("TEST_REPORT_FILE_PREFIX", str(tmp_path) + "/")
    found = Products().benchmark_product()
    entries = _entries_class().FromString((tmp_path / "Products.benchmark_product").read_bytes())
    [entry] = entries.entry
    assert entry.iters == found["iters"] == 3 and entry.wall_time == found["wall_time"] > 0
    assert math.isclose(entry.throughput * entry.wall_time, 2) and entry.extras["kind"].string_value == "small"
    assert any(key.startswith("allocator_maximum_num_bytes_") for key in entry.extras)
    assert "traceEvents" in found["extras"]["full_trace_chrome_format"]
    with pytest.raises(FileExistsError):
        Products().benchmark_product()


def test_metrics_are_printed(capsys):
    Products().report_benchmark(name="mine", metrics=[{"name": "loss", "value": 0.5, "max_value": 1.0}])
    assert 'name: "Products.mine"' in capsys.readouterr().out
    with pytest.raises(TypeError, match="metric must has a 'value' field"):
        Products().report_benchmark(name="mine", metrics=[{"name": "loss"}])
    with pytest.raises(TypeError, match="extras must be a dict"):
        Products().report_benchmark(name="mine", extras=[1])


def test_the_command_line_runs_benchmarks(tmp_path):
    (tmp_path / "program.py").write_text(textwrap.dedent("""
        import kudari as tf

        class Test(tf.test.TestCase):
            def test_it(self):
                print("tested")

        class Mine(tf.test.Benchmark):
            def benchmark_one(self):
                print("one")

            def benchmark_two(self):
                print("two")

        tf.test.main()
    """))
    found = subprocess.run([sys.executable, str(tmp_path / "program.py"), "--benchmarks=Mine.*one"], capture_output=True,
                           text=True, check=True)
    assert found.stdout.split() == ["one"]


class Outer:
    @staticmethod
    def static():
        return "static"

    @property
    def value(self):
        return 1


class Inner(Outer):
    pass


def test_attributes_are_replaced_and_put_back():
    with tf.test.StubOutForTesting() as stubs:
        stubs.Set(math, "floor", lambda x: "floor")
        stubs.SmartSet(Inner, "static", staticmethod(lambda: "new"))
        stubs.SmartSet(Inner(), "value", 2)
        stubs.Set(math, "floor", lambda x: "again")
        assert math.floor(1.5) == "again" and Outer.static() == "new" and Inner().value == 2
        with pytest.raises(AttributeError, match="Attribute not found"):
            stubs.SmartSet(Inner, "nothing", 1)
    assert math.floor(1.5) == 1 and Inner().static() == "static" and Inner().value == 1


def test_a_cluster_has_one_task():
    workers, servers = tf.test.create_local_cluster(1, 0)
    assert workers[0].target and servers == []
    with pytest.raises(tf.errors.UnimplementedError, match="the cluster has 2 tasks"):
        tf.test.create_local_cluster(1, 1)


def test_where_sources_are(monkeypatch):
    monkeypatch.setenv("TEST_SRCDIR", "/sources")
    assert tf.test.test_src_dir_path("core/a") == "/sources/org_tensorflow/tensorflow/core/a"


def test_a_fact():
    with tf.Graph().as_default(), tf.Session() as session:
        assert session.run(tf.user_ops.my_fact()) == b"0! == 1"
