"""Record what TensorFlow 1.3.0's CPU kernels compute for the cases of tests/numerics/numeric_cases.py.

Run with the Python that has TensorFlow 1.3.0, from anywhere:

    python tools/oracle/record_numerics.py [--out FOLDER] [OP ...]

The C library is told to leave FMA alone, so that the record does not depend on this machine's processor. Writes
tests/golden/numerics/<Op>.npz for the ops named, or for all: the bytes of the outputs' samples one after another, and a
JSON text that says which piece is which ([label, output, dtype, shape], in order).
"""

import json
import os
import sys

import layout
import numpy as np
import tensorflow as tf
from tensorflow.python.ops import gen_array_ops, gen_math_ops, gen_nn_ops
from tensorflow.python.training import gen_training_ops

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests", "numerics"))
from numeric_cases import cases, sample  # noqa: E402

# The C library reads this when a process starts: newer and older names of the same processor features.
SETTINGS = {
    "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4,-AVX2_Usable,-FMA_Usable,-FMA4_Usable",
    "TF_CPP_MIN_LOG_LEVEL": "3",
}
LIBRARIES = [m._op_def_lib for m in (gen_math_ops, gen_nn_ops, gen_array_ops, gen_training_ops)]


def library(op):
    """Return the library that knows op type `op`."""
    return next(lib for lib in LIBRARIES if op in lib._ops)


def argument_names(op):
    return [arg.name for arg in library(op)._ops[op].op_def.input_arg]


def bound(case, tensors):
    """Return `tensors` by argument name; a list argument takes them all."""
    names = argument_names(case.op)
    return {names[0]: tensors} if len(names) == 1 and len(tensors) > 1 else dict(zip(names, tensors))


def evaluate(session, case):
    """Return the outputs of `case`, its inputs fed so that nothing is folded away."""
    values = case.make()
    feeds, tensors = {}, []
    for i, value in enumerate(values):
        if i in case.static:
            tensors.append(tf.constant(value))
        else:
            tensors.append(tf.placeholder(value.dtype, value.shape))
            feeds[tensors[-1]] = value
    arguments = dict(bound(case, tensors), **case.attrs)
    made = library(case.op).apply_op(case.op, name=None, **arguments)
    outputs = list(made) if isinstance(made, (list, tuple)) else [made]
    return session.run(outputs, feeds)


def record(op, selected, threads):
    """Return an index of the outputs of `selected`, and their bytes."""
    index, pieces = [], []
    with tf.Graph().as_default():
        config = tf.ConfigProto(intra_op_parallelism_threads=threads, inter_op_parallelism_threads=1)
        with tf.Session(config=config) as session:
            for case in selected:
                for i, value in enumerate(evaluate(session, case)):
                    value = np.asarray(value)
                    index.append([case.label, i, value.dtype.name, list(value.shape)])
                    pieces.append(sample(value).tobytes())
    return index, b"".join(pieces)


def main():
    parser = layout.arguments("Record what TensorFlow 1.3.0's CPU kernels compute.")
    parser.add_argument("wanted", nargs="*", metavar="OP", help="op types (default: all)")
    options = parser.parse_args()
    folder, wanted = os.path.join(options.out, "numerics"), options.wanted
    if not os.path.isdir(folder):
        os.makedirs(folder)
    assert tf.__version__ == "1.3.0", tf.__version__
    groups = {}
    for case in cases():
        if not wanted or case.op in wanted:
            groups.setdefault(case.op, []).append(case)
    for op, selected in sorted(groups.items()):
        index, data = record(op, selected, threads=1)
        path = os.path.join(folder, op + ".npz")
        text = json.dumps(index, separators=(",", ":")).encode()
        np.savez_compressed(path, index=np.frombuffer(text, np.uint8), data=np.frombuffer(data, np.uint8))
        print(f"{op:32} {len(selected):4} cases {os.path.getsize(path):8} bytes")


def is_set_up():
    return all(os.environ.get(name) == value for name, value in SETTINGS.items())


if __name__ == "__main__":
    if not is_set_up():
        os.execve(sys.executable, [sys.executable, *sys.argv], dict(os.environ, **SETTINGS))
    main()
