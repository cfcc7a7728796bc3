"""Record what TensorFlow 1.15's kernels answer for the rows of tests/ops/cases: tests/golden/values/FAMILY.npz.

One array an output, under `ROW/INDEX`. Rows for which there is no CPU kernel, rows with variables and rows with text
are left out. Run it with TensorFlow 1.15's Python.
"""

import importlib
import os
import sys

import layout
import numpy as np
import tensorflow as tf
from tensorflow.python.framework import op_def_library, op_def_registry

TESTS = os.path.dirname(layout.GOLDEN)
sys.path.insert(0, TESTS)


def families():
    names = sorted(os.listdir(os.path.join(TESTS, "ops", "cases")))
    return [name[:-3] for name in names if name.endswith(".py") and not name.startswith("_")]


def as_array(value):
    array = np.asarray(value)
    if isinstance(value, (np.ndarray, np.generic)):
        return array
    return array.astype({"float64": np.float32, "int64": np.int32}.get(array.dtype.name, array.dtype))


def outputs(case):
    """The values of one row, `None` if TensorFlow cannot run it here."""
    definition = op_def_registry.get_registered_ops()[case.type]
    if definition.is_stateful or any(arg.is_ref for arg in definition.input_arg):
        return None
    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        inputs = {}
        for arg, value in zip(definition.input_arg, case.inputs):
            many = arg.number_attr or arg.type_list_attr
            inputs[arg.name] = [tf.constant(as_array(v)) for v in value] if many else tf.constant(as_array(value))
        attrs = {attr.name: default(attr) for attr in definition.attr if attr.HasField("default_value")}
        attrs = {key: value for key, value in attrs.items() if not decided_by_input(definition, key)}
        attrs.update((key, settled(definition, key, value)) for key, value in case.attrs.items())
        library = op_def_library.OpDefLibrary()
        library.add_op(definition)
        made = library.apply_op(case.type, **dict(inputs, **attrs))
        tensors = made if isinstance(made, (list, tuple)) else [made]
        if any(t.dtype == tf.string for t in tensors):
            return None
        return session.run(list(tensors))


def default(attr):
    value = attr.default_value
    kind = value.WhichOneof("value")
    if kind == "list":
        return []
    return tf.as_dtype(value.type) if kind == "type" else getattr(value, kind)


def decided_by_input(definition, key):
    return any(key in (arg.type_attr, arg.number_attr, arg.type_list_attr) for arg in definition.input_arg)


def settled(definition, key, value):
    kind = next(attr.type for attr in definition.attr if attr.name == key)
    return tf.as_dtype(value) if kind == "type" else value


def record(family):
    values = {}
    for case in importlib.import_module("ops.cases." + family).CASES:
        try:
            found = outputs(case)
        except (tf.errors.OpError, TypeError, ValueError) as error:
            print("left out %s: %s" % (case.label, str(error).split("\n")[0][:120]))
            continue
        for index, value in enumerate(found or ()):
            values["%s/%d" % (case.label, index)] = value
    return values


def main():
    options = layout.arguments(__doc__).parse_args()
    folder = os.path.join(options.out, "values")
    if not os.path.isdir(folder):
        os.makedirs(folder)
    for family in families():
        np.savez_compressed(os.path.join(folder, family + ".npz"), **record(family))


if __name__ == "__main__":
    main()
