"""Record every OpDef that TensorFlow 1.15 registers: tests/golden/opdefs.json.

One op a line: its arguments, its attributes with types, defaults and bounds, and whether it is stateful.
Run it with TensorFlow 1.15's Python.
"""

import os

import layout
import readable
from tensorflow.core.framework import op_def_pb2
from tensorflow.python import pywrap_tensorflow

ARGUMENT_TYPES = ("type_attr", "number_attr", "type_list_attr")


def registered():
    """Every op in the C++ registry, also those without a Python wrapper."""
    listing = pywrap_tensorflow.TF_GetAllOpList()
    return op_def_pb2.OpList.FromString(pywrap_tensorflow.TF_GetBuffer(listing)).op


def argument(arg):
    entry = {"name": arg.name}
    if arg.type:
        entry["type"] = readable.dtype_name(arg.type)
    entry.update({field: getattr(arg, field) for field in ARGUMENT_TYPES if getattr(arg, field)})
    if arg.is_ref:
        entry["is_ref"] = True
    return entry


def attr(definition):
    entry = {"name": definition.name, "type": definition.type}
    if definition.HasField("default_value"):
        entry["default"] = default(definition)
    if definition.HasField("allowed_values"):
        entry["allowed"] = readable.attribute(definition.allowed_values)
    if definition.has_minimum:
        entry["minimum"] = definition.minimum
    return entry


def default(definition):
    """An empty list has no element to tell its kind by."""
    value = readable.attribute(definition.default_value)
    return [] if definition.type.startswith("list(") and value is None else value


def opdef(op):
    entry = {"inputs": [argument(arg) for arg in op.input_arg], "outputs": [argument(arg) for arg in op.output_arg]}
    if op.attr:
        entry["attrs"] = [attr(definition) for definition in op.attr]
    for flag in ("is_stateful", "is_commutative", "is_aggregate", "allows_uninitialized_input"):
        if getattr(op, flag):
            entry[flag] = True
    return entry


def main():
    options = layout.arguments(__doc__).parse_args()
    table = {op.name: opdef(op) for op in registered() if not op.name.startswith("_")}
    layout.write(os.path.join(options.out, "opdefs.json"), table)


if __name__ == "__main__":
    main()
