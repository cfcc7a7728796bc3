"""Record what TensorFlow 1.15's CPU kernels compute: tests/golden/values/FAMILY.json, one case a line.

A case has the op's type, its attributes that are not defaults, its inputs (the members of list inputs one after the
other) and its outputs. Graph optimization is off, so that the kernel of the very op runs, and the device is named, or an
op without a CPU kernel would run on XLA's; a dtype that has none gives no case. Run it with TensorFlow 1.15's Python.
"""

import os

import layout
import readable
import tensorflow as tf
from record_graphs import attributes
from record_opdefs import registered
from tensorflow.core.framework import op_def_pb2
from tensorflow.core.protobuf import rewriter_config_pb2
from tensorflow.python.framework import op_def_library
from value_cases import FAMILIES

OPDEFS = {op.name: op for op in registered()}
LIBRARY = op_def_library.OpDefLibrary()
LIBRARY.add_op_list(op_def_pb2.OpList(op=OPDEFS.values()))


def config():
    settings = tf.ConfigProto(intra_op_parallelism_threads=1, inter_op_parallelism_threads=1)
    settings.graph_options.optimizer_options.opt_level = tf.OptimizerOptions.L0
    rewriting = settings.graph_options.rewrite_options
    rewriting.disable_meta_optimizer = True
    rewriting.constant_folding = rewriter_config_pb2.RewriterConfig.OFF
    return settings


def placeholder(value, feeds):
    dtype = tf.string if value.dtype == object else value.dtype
    tensor = tf.placeholder(dtype, value.shape)
    feeds[tensor] = value
    return tensor


def unset(op_type):
    """`None`, which stands for the default, for each attribute that no input decides."""
    definition = OPDEFS[op_type]
    decided = {attr for arg in definition.input_arg for attr in (arg.type_attr, arg.number_attr, arg.type_list_attr)}
    return {attr.name: None for attr in definition.attr if attr.name not in decided and attr.HasField("default_value")}


def build(op_type, inputs, attrs):
    """(the op, the feeds of its inputs)."""
    feeds, arguments = {}, {}
    for arg, value in zip(OPDEFS[op_type].input_arg, inputs):
        members = [placeholder(item, feeds) for item in (value if isinstance(value, list) else [value])]
        arguments[arg.name] = members if isinstance(value, list) else members[0]
    made = LIBRARY.apply_op(op_type, name="made", **dict(arguments, **dict(unset(op_type), **attrs)))
    first = made[0] if isinstance(made, (list, tuple)) else made
    return first.op, feeds


def without_kernel(error):
    return any(words in error.message for words in ("No OpKernel was registered", "no supported kernel for CPU",
                                                    "do not yet support", "only supports", "does not support"))


def record(op_type, inputs, attrs):
    """The case with its outputs, or None where there is no kernel."""
    with tf.Graph().as_default(), tf.device("/device:CPU:0"), tf.Session(config=config()) as session:
        op, feeds = build(op_type, inputs, attrs)
        try:
            fed = {x: value.copy() for x, value in feeds.items()}  # SdcaOptimizer writes into what it is fed
            outputs = session.run(list(op.outputs), fed)
        except (tf.errors.InvalidArgumentError, tf.errors.UnimplementedError) as error:
            if without_kernel(error):
                return None
            raise
        return {
            "op": op_type, "attrs": attributes(op), "inputs": [readable.array(feeds[x]) for x in op.inputs],
            "outputs": [readable.array(value) for value in outputs],
        }


def allowed(op_type, inputs):
    """Whether the OpDef allows the dtypes of the inputs."""
    limits = {attr.name: attr.allowed_values.list.type for attr in OPDEFS[op_type].attr if attr.allowed_values.list.type}
    for arg, value in zip(OPDEFS[op_type].input_arg, inputs):
        first = value[0] if isinstance(value, list) else value
        dtype = tf.string if first.dtype == object else tf.as_dtype(first.dtype)
        if arg.type_attr in limits and dtype.as_datatype_enum not in limits[arg.type_attr]:
            return False
    return True


def main():
    options = layout.selection(__doc__).parse_args()
    for family, cases in sorted(FAMILIES.items()):
        if options.only and family not in options.only:
            continue
        recorded = [record(*case) for case in cases() if allowed(case[0], case[1])]
        path = os.path.join(options.out, "values", family + ".json")
        layout.write(path, [case for case in recorded if case])


if __name__ == "__main__":
    main()
