"""What `RunOptions` ask about a step is measured, and changes nothing in what the step computes."""

import json
from pathlib import Path

import numpy as np
import pytest
from google.protobuf import text_format

import kudari as tf
from kudari.profiling.timeline import Timeline
from kudari.protos import proto

GOLDEN = Path(__file__).parents[1] / "golden" / "timeline"
WAYS = {"plain": {"show_dataflow": False}, "arrows": {}, "memory": {"show_memory": True}}
FULL = 3


@pytest.fixture
def model():
    with tf.Graph().as_default() as graph:
        x = tf.placeholder(tf.float32, [None, 2], name="x")
        w = tf.Variable([[0.5, -1.0, 0.25], [2.0, 0.1, 0.7]], name="w")
        loss = tf.reduce_mean(tf.square(tf.matmul(tf.nn.dropout(x, 0.5, seed=2), w)), name="loss")
        train = tf.train.AdamOptimizer(0.1).minimize(loss, name="train")
        size = tf.py_func(lambda value: np.float32(value.size), [x], tf.float32, name="size")
        yield graph, [loss, train, size], tf.global_variables_initializer(), w


def run(model, **options):
    """The values of three steps, and the metadata of the last."""
    graph, fetches, init, w = model
    metadata = tf.RunMetadata(partition_graphs=[tf.GraphDef()])
    with tf.Session(graph=graph) as session:
        session.run(init)
        values = [session.run([*fetches, w], {"x:0": np.full((4, 2), 0.3)}, tf.RunOptions(**options), metadata)
                  for _ in range(3)]
    return values, metadata


def test_a_watched_step_computes_what_any_other_does(model):
    plain, nothing = run(model)
    watched, metadata = run(model, trace_level=FULL)
    for one, other in zip(plain, watched):
        for a, b in zip(one, other):
            assert np.array_equal(a, b) and type(a) is type(b)
    assert nothing.ByteSize() == 0 and not metadata.partition_graphs


@pytest.mark.parametrize("level", ["SOFTWARE_TRACE", "HARDWARE_TRACE", "FULL_TRACE"])
def test_every_node_that_runs_is_timed(model, level):
    _, metadata = run(model, trace_level=getattr(tf.RunOptions, level))
    (device,) = metadata.step_stats.dev_stats
    assert device.device == "/job:localhost/replica:0/task:0/device:CPU:0"
    nodes = {node.node_name: node for node in device.node_stats}
    assert len(nodes) == len(device.node_stats)
    assert {"w", "MatMul", "loss", "size", "train/update_w/ApplyAdam", "train"} <= set(nodes)
    assert "x" not in nodes and "w/Assign" not in nodes
    assert nodes["MatMul"].timeline_label == "MatMul = MatMul(dropout/mul_1, w/read)"
    assert nodes["MatMul"].op_end_rel_nanos > 0 and nodes["MatMul"].memory[0].total_bytes == 4 * 3 * 4
    (output,) = nodes["MatMul"].output
    assert [dim.size for dim in output.tensor_description.shape.dim] == [4, 3]
    ends = [node.all_start_nanos + node.all_end_rel_nanos for node in device.node_stats]
    assert all(end <= after.all_start_nanos for end, after in zip(ends, list(device.node_stats)[1:]))


def test_a_slow_node_takes_long():
    import time
    with tf.Graph().as_default(), tf.Session() as session:
        slow = tf.py_func(lambda: time.sleep(0.05) or 1, [], tf.int64, name="slow")
        metadata = tf.RunMetadata()
        session.run(slow + 1, options=tf.RunOptions(trace_level=FULL), run_metadata=metadata)
    times = {node.node_name: node.all_end_rel_micros for node in metadata.step_stats.dev_stats[0].node_stats}
    assert 50_000 <= times["slow"] < 2_000_000 and times["add"] < 50_000


def test_effects_happen_once(model):
    with tf.Graph().as_default(), tf.Session() as session:
        counter = tf.Variable(0)
        kept = tf.while_loop(lambda i, _: i < 4, lambda i, a: (i + 1, a.write(i, i)),
                             [0, tf.TensorArray(tf.int32, 4)])[1].stack()
        taken = tf.cond(counter > 0, lambda: tf.constant(1), lambda: tf.constant(2))
        session.run(tf.global_variables_initializer())
        metadata = tf.RunMetadata()
        fetches = [tf.assign_add(counter, 5), kept, taken]
        found = session.run(fetches, options=tf.RunOptions(trace_level=FULL), run_metadata=metadata)
        assert found[0] == 5 and found[1].tolist() == [0, 1, 2, 3] and session.run(counter) == 5
    names = [node.node_name for device in metadata.step_stats.dev_stats for node in device.node_stats]
    assert names.count("while/add") == 4
    assert ("cond/Const" in names) != ("cond/Const_1" in names)


def test_a_step_held_back_runs_before_a_watched_one(model):
    graph, (_, train, _), init, w = model
    feed = {"x:0": np.full((4, 2), 0.3, np.float32)}
    metadata = tf.RunMetadata()
    with tf.Session(graph=graph) as session:
        session.run(init)
        before = session.run(w)
        session.run(train, feed)
        session.run(train, feed, tf.RunOptions(trace_level=FULL), metadata)
        assert metadata.step_stats.dev_stats
        with tf.Session(graph=graph) as other:
            other.run(init)
            other.run(train, feed)
            other.run(train, feed)
            assert np.array_equal(session.run(w), other.run(w)) and not np.array_equal(session.run(w), before)


def test_a_variable_without_a_value_is_named(model):
    graph, fetches, _, _ = model
    with tf.Session(graph=graph) as session, pytest.raises(tf.errors.FailedPreconditionError, match="uninitialized value w"):
        session.run(fetches[0], {"x:0": [[1, 2]]}, tf.RunOptions(trace_level=FULL), tf.RunMetadata())


def test_the_graph_that_ran_is_told(model):
    _, metadata = run(model, output_partition_graphs=True)
    (ran,) = metadata.partition_graphs
    names = {node.name for node in ran.node}
    assert {"x", "loss", "size", "train"} <= names and "w/Assign" not in names and "init" not in names
    with tf.Graph().as_default() as graph:
        tf.import_graph_def(ran, name="")
        assert graph.get_tensor_by_name("loss:0").shape == ()
    assert not metadata.step_stats.dev_stats


@pytest.mark.parametrize("way", WAYS)
def test_timelines_are_drawn_as_tensorflow_draws_them(way):
    stats = text_format.Parse((GOLDEN / "step_stats.txt").read_text(), proto("StepStats")())
    wanted = json.loads((GOLDEN / "traces.json").read_text())[way]
    found = json.loads(Timeline(stats).generate_chrome_trace_format(**WAYS[way]))["traceEvents"]
    if way == "memory":  # the text of a message is spelled by the protobuf library
        for event in (*found, *wanted):
            if "snapshot" in event.get("args", {}):
                event["args"]["snapshot"] = event["args"]["snapshot"]["tensor_description"].split()
    assert found == wanted
    biggest = Timeline(stats).analyze_step_stats(show_memory=True).allocator_maximums["cpu"]
    assert biggest == (1003, 80, {"x", "y", "y:1"})
