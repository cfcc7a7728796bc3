"""Every program in golden/graphs builds the graph TensorFlow 1.15 builds, and computes what it computes."""

import importlib.util
import json
import re
from pathlib import Path

import numpy as np
import pytest

import kudari as tf
from kudari.op.signature import REQUIRED

PROGRAMS = sorted((Path(__file__).parent / "golden" / "graphs").glob("*.py"))
LARGEST_CONSTANT = 64  # of a larger one only dtype and shape are recorded

every_program = pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)


def program(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def recorded(path):
    return json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))


def built_graph(path):
    with tf.Graph().as_default() as graph:
        program(path).build(tf)
    return graph


def text(value):
    return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else value


def array(value):
    value = np.asarray(value)
    if value.dtype.kind in "OSU":
        return {"dtype": "string", "shape": list(value.shape), "values": [text(item) for item in value.ravel()]}
    if value.dtype.kind == "c":
        pairs = [[float(str(item.real)), float(str(item.imag))] for item in value.ravel()]
        return {"dtype": value.dtype.name, "shape": list(value.shape), "values": pairs}
    flat = [float(str(item)) for item in value.ravel()] if value.dtype == np.float32 else value.ravel().tolist()
    return {"dtype": value.dtype.name, "shape": list(value.shape), "values": flat}


def constant(value):
    whole = array(value)
    return whole if np.size(value) <= LARGEST_CONSTANT else {key: whole[key] for key in ("dtype", "shape")}


READERS = {
    "type": lambda value: value.name,
    "shape": lambda value: None if value is None else [-1 if size is None else size for size in value],
    "tensor": constant,
    "float": lambda value: float(str(np.float32(value))),
    "string": text,
}


def attribute(kind, value):
    if kind.startswith("list("):
        return [attribute(kind[5:-1], item) for item in value]
    return READERS.get(kind, lambda value: value)(value)


def attributes(op):
    """The attributes that differ from the defaults."""
    found = {}
    for name, value in op.attrs.items():
        known = op.definition.attrs.get(name)
        plain = attribute(known.kind if known else "list(string)" if isinstance(value, list) else "string", value)
        if known is None or known.default is REQUIRED or plain != attribute(known.kind, known.default):
            found[name] = plain
    return found


def static_type(tensor):
    shape = tensor.static_shape
    sizes = "?" if shape is None else f"[{','.join('?' if size is None else str(size) for size in shape)}]"
    return tensor.dtype.name + sizes


def edges(op):
    return [tensor.name for tensor in op.inputs] + sorted("^" + control.name for control in op.control_inputs)


def as_text(part):
    """A node in one spelling; the folder of a sharded save has another name each time."""
    return re.sub("_temp_[0-9a-f]{32}/", "_temp_any/", json.dumps(part, sort_keys=True, default=str))


def report_first(found, wanted):
    """Fail at the first node that differs: what follows differs because of it."""
    for i, (have, want) in enumerate(zip(found, wanted)):
        assert as_text(have) == as_text(want), f"node {i}"  # as text, a NaN equals a NaN
    assert found[len(wanted):] == []
    assert wanted[len(found):] == []


@every_program
def test_the_nodes_are_those_of_tensorflow(path):
    found = [(op.name, op.type, edges(op)) for op in built_graph(path).get_operations()]
    report_first(found, [(node["name"], node["op"], node.get("inputs", [])) for node in recorded(path)["nodes"]])


@every_program
def test_attributes_and_devices_are_those_of_tensorflow(path):
    found = [(op.name, attributes(op), op.device) for op in built_graph(path).get_operations()]
    wanted = [(node["name"], node.get("attrs", {}), node.get("device", "")) for node in recorded(path)["nodes"]]
    report_first(found, wanted)


@every_program
def test_static_shapes_are_those_of_tensorflow(path):
    found = [(op.name, [static_type(t) for t in op.outputs]) for op in built_graph(path).get_operations()]
    report_first(found, [(node["name"], node.get("outputs", [])) for node in recorded(path)["nodes"]])


@every_program
def test_collections_are_those_of_tensorflow(path):
    graph = built_graph(path)
    wanted = recorded(path)["collections"]
    assert {key: [item.name for item in graph.get_collection(key)] for key in wanted} == wanted


def same(found, wanted):
    if isinstance(wanted, list):
        assert len(found) == len(wanted)
        for have, want in zip(found, wanted):
            same(have, want)
    elif isinstance(wanted, dict):
        have = array(found)
        assert (have["dtype"], have["shape"]) == (wanted["dtype"], wanted["shape"])
        if have["dtype"].startswith(("float", "complex", "bfloat")):
            np.testing.assert_allclose(have["values"], wanted["values"], rtol=2e-6, atol=1e-7)
        else:
            assert have["values"] == wanted["values"]
    else:
        assert found == wanted


RUN = [path for path in PROGRAMS if hasattr(program(path), "STEPS")]


@pytest.mark.parametrize("path", RUN, ids=lambda path: path.stem)
def test_sessions_return_what_tensorflow_returns(path):
    made = program(path)
    with tf.Graph().as_default() as graph:
        built = made.build(tf) or {}
    with tf.Session(graph=graph) as session:
        results = [session.run([built.get(name, name) for name in fetches], feeds) for fetches, feeds in made.STEPS]
    same(results, recorded(path)["results"])


def named(value):
    """The same structure with the names of its tensors and operations."""
    if isinstance(value, dict):
        return {key: named(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [named(item) for item in value]
    return getattr(value, "name", value) if isinstance(value, tf.Tensor | tf.Operation | tf.Variable) else value


def only_names(value):
    if isinstance(value, dict | list):
        return all(map(only_names, value.values() if isinstance(value, dict) else value))
    return isinstance(value, str)


@pytest.mark.parametrize("path", RUN, ids=lambda path: path.stem)
def test_an_imported_graph_computes_what_the_built_one_does(path):
    made = program(path)
    with tf.Graph().as_default() as graph:
        built = named(made.build(tf) or {})
    with tf.Graph().as_default() as imported:
        tf.import_graph_def(graph.as_graph_def(), name="")
    fetches = [[built.get(name, name) for name in names] for names, _ in made.STEPS]
    if not all(map(only_names, fetches)):
        pytest.skip("it fetches objects that have no name")
    with tf.Session(graph=imported) as session:
        results = [session.run(wanted, feeds) for wanted, (_, feeds) in zip(fetches, made.STEPS)]
    same(results, recorded(path)["results"])
