"""`tf.profiler` reports what TensorFlow 1.15 reports of the same model, and counts what it counts."""

import json
import os
from pathlib import Path

import numpy as np
import pytest

import kudari as tf
from kudari.protos import proto
from tests.golden import profiles

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "profiles.json").read_text())
Builder = tf.profiler.ProfileOptionBuilder


@pytest.fixture
def model():
    with tf.Graph().as_default() as graph:
        profiles.build(tf)
        yield graph


@pytest.mark.parametrize("name", sorted(profiles.CASES))
def test_reports_are_tensorflows(name, model, capsys):
    view, chosen, is_measured = profiles.CASES[name]
    meta = profiles.measured(tf) if is_measured else None
    found = tf.profiler.profile(model, meta, cmd=view, options=profiles.options(tf, chosen))
    wanted = GOLDEN["cases"][name]
    text = profiles.without_explanations(capsys.readouterr().out)
    in_order = sorted if name in profiles.WITH_TIES else list
    assert in_order(text) == in_order(wanted["text"])
    if name in profiles.WITH_MESSAGE:
        assert str(found).splitlines() == wanted["message"]


def test_operations_on_floats_are_counted_as_tensorflow_does():
    with tf.Graph().as_default() as graph:
        profiles.floats(tf)
        found = tf.profiler.profile(graph, cmd="op", options=dict(Builder.float_operation(), output="none"))
    counts = {}
    while found.children:
        found = found.children[0]
        counts.update({node.name: node.float_ops for node in found.graph_nodes})
    assert counts == GOLDEN["float_ops"]


def test_advice_names_the_expensive(model):
    advice = tf.profiler.advise(model, profiles.measured(tf))
    assert {name: list(checker.reports) for name, checker in advice.checkers.items()} == GOLDEN["advice"]


def test_a_watched_step_is_profiled(capsys):
    with tf.Graph().as_default() as graph:
        product = tf.matmul(tf.identity(tf.placeholder(tf.float32, [None, 3], name="x")), tf.ones([3, 2]), name="product")
    meta, options = tf.RunMetadata(), tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE)
    with tf.Session(graph=graph) as session:
        session.run(product, {"x:0": np.ones([5, 3])}, options=options, run_metadata=meta)
    profiler = tf.profiler.Profiler(graph)
    profiler.add_step(7, meta)
    found = profiler.profile_name_scope(Builder(Builder.float_operation()).with_step(7).build())
    assert found.total_float_ops == 5 * 2 * 3 * 2
    found = profiler.profile_operations(Builder(Builder.time_and_memory()).with_empty_output().build())
    assert found.total_exec_micros > 0 and found.children[0].graph_nodes
    whole = proto("ProfileProto").FromString(profiler.serialize_to_string())
    assert list(whole.steps) == [7] and "product" in {node.name for node in whole.nodes.values()}


def test_lines_are_the_programs_own(model, capsys):
    options = Builder(Builder.float_operation()).with_empty_output().build()
    found = tf.profiler.profile(model, cmd="code", options=options)
    names, here = [], found
    while here.children:
        here = here.children[0]  # the line with the most
        names.append(here.name)
    assert names[-1].startswith("profiles.py") and names[-1].endswith(":build")
    assert names[-2].endswith(":model") and capsys.readouterr().out == "Parsing Inputs...\n"


def test_reports_and_timelines_go_to_files(model, tmp_path):
    tf.profiler.profile(model, options=Builder(Builder.float_operation()).with_file_output(tmp_path / "report").build())
    assert "  fc/MatMul (2.56k/2.56k flops)\n" in (tmp_path / "report").read_text()
    profiler = tf.profiler.Profiler(model)
    profiler.add_step(3, profiles.measured(tf))
    profiler.profile_graph(Builder().with_step(3).with_timeline_output(tmp_path / "timeline").build())
    assert json.loads((tmp_path / "timeline_3").read_text())["traceEvents"]
    log = tf.profiler.OpLogProto()
    log.log_entries.add(name="fc/MatMul", types=["mine"])
    tf.profiler.write_op_log(model, tmp_path, log)
    written = tf.profiler.OpLogProto.FromString((tmp_path / "tfprof_log").read_bytes())
    entries = {entry.name: entry for entry in written.log_entries}
    assert list(entries["fc/w"].types) == ["_trainable_variables"] and entries["fc/MatMul"].float_ops == 2560
    assert list(entries["fc/MatMul"].types) == ["mine"]
    trace = entries["fc/MatMul"].code_def.traces[-1]
    assert os.path.basename(written.id_to_string[trace.file_id]) == "profiles.py"


def test_what_is_not_there_is_refused(model):
    with pytest.raises(tf.errors.InvalidArgumentError, match="unknown cmd: no"):
        tf.profiler.profile(model, cmd="no")
    with pytest.raises(tf.errors.InvalidArgumentError, match="order a profile by 'x'"):
        tf.profiler.profile(model, options=Builder().order_by("x").build())
    with pytest.raises(tf.errors.InvalidArgumentError, match="cannot show x"):
        tf.profiler.profile(model, options=Builder().select(["x"]).build())
    with pytest.raises(tf.errors.UnimplementedError, match="pprof"):
        tf.profiler.profile(model, options=Builder().with_pprof_output("file").build())
