"""Record the node list of every program in tests/golden/graphs/: NAME.py -> NAME.json.

A program defines `build(tf)`. It may return a dictionary of things to fetch, and define `STEPS`: a list of (fetches,
feeds by name) that are run in order in one session, each fetch a key of that dictionary or a name in the graph; what
the steps return is recorded too. Run it with TensorFlow 1.15's Python.
"""

import os

import layout
import numpy as np
import programs
import readable
import tensorflow as tf
from tensorflow.python.framework import op_def_registry


def defaults(op_type):
    definition = op_def_registry.get_registered_ops()[op_type]
    return {attr.name: attr.default_value for attr in definition.attr if attr.HasField("default_value")}


def attributes(op):
    """The attributes that differ from the OpDef's defaults."""
    known = defaults(op.type)
    return {name: readable.attribute(value) for name, value in op.node_def.attr.items()
            if name not in known or value.SerializeToString() != known[name].SerializeToString()}


def static_type(tensor):
    """`float32[2,?]`; `float32?` for an unknown rank."""
    if tensor.shape.ndims is None:
        return tensor.dtype.name + "?"
    sizes = ["?" if dim.value is None else str(dim.value) for dim in tensor.shape.dims]
    return "{}[{}]".format(tensor.dtype.name, ",".join(sizes))


def inputs(op):
    """Tensors in order, then control inputs by name: TensorFlow keeps those in a hash set."""
    return [tensor.name for tensor in op.inputs] + sorted("^" + control.name for control in op.control_inputs)


def node(op):
    entry = {"name": op.name, "op": op.type}
    optional = {
        "inputs": inputs(op), "device": op.device, "attrs": attributes(op),
        "outputs": [static_type(tensor) for tensor in op.outputs],
    }
    entry.update({field: value for field, value in optional.items() if value})
    return entry


def collections(graph):
    """Collection -> names of its graph elements; one of other objects is left out."""
    found = {}
    for key in graph.get_all_collection_keys():
        items = [getattr(item, "name", None) for item in graph.get_collection_ref(key)]
        if isinstance(key, str) and items and all(isinstance(name, str) for name in items):
            found[key] = items
    return found


def result(value):
    if isinstance(value, (list, tuple)):
        return [result(item) for item in value]
    if isinstance(value, bytes):
        value = np.array(value, object)
    return readable.array(value) if isinstance(value, (np.ndarray, np.generic)) else value


def run(graph, built, steps):
    config = tf.ConfigProto(intra_op_parallelism_threads=1, inter_op_parallelism_threads=1)
    with tf.Session(graph=graph, config=config) as session:
        return [result(session.run([built.get(name, name) for name in fetches], feeds)) for fetches, feeds in steps]


def record(name):
    program = programs.load(name)
    with tf.Graph().as_default() as graph:
        built = program.build(tf) or {}
        recorded = {"nodes": [node(op) for op in graph.get_operations()], "collections": collections(graph)}
    if hasattr(program, "STEPS"):
        recorded["results"] = run(graph, built, program.STEPS)
    return recorded


def main():
    options = layout.selection(__doc__).parse_args()
    for name in options.only or programs.names():
        layout.write(os.path.join(options.out, "graphs", name + ".json"), record(name), depth=2)


if __name__ == "__main__":
    main()
