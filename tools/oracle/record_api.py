"""Record every public symbol of the TensorFlow that runs this: tests/golden/api.json.

For each release and dotted name: its kind (module, class, function, value), the signature of a function or of a class's
constructor, and the public methods of a class. A signature that Python cannot give is null. Run it with TensorFlow
1.3's Python and with TensorFlow 1.15's; each replaces its own release's part of the file.
"""

import inspect
import os
import re
import sys
import types

import layout
import tensorflow as tf
from google.protobuf.message import Message

ADDRESS = re.compile(r" at 0x[0-9a-f]+")
RELEASE = ".".join(tf.__version__.split(".")[:2])
DEEPEST = 3
CONTRIB = {"crf", "data", "distributions", "framework", "image", "layers", "learn", "legacy_seq2seq", "lookup", "losses",
           "metrics", "opt", "rnn", "seq2seq", "slim", "summary", "training"}

# The same symbols again under another name, generated ones, or Python's and not TensorFlow's.
LEFT_OUT = {"compat.v1", "compat.v2", "raw_ops", "pywrap_tensorflow", "test.mock"}
NOT_SYMBOLS = {"absolute_import", "division", "print_function"}


def is_public(name):
    return not name.startswith("_") and name not in NOT_SYMBOLS


def is_walked(path, module):
    """Whether the symbols inside a module are recorded too."""
    parts = path.split(".")
    ours = module.__name__.split(".")[0] in ("tensorflow", "tensorflow_core", "tensorflow_estimator")
    if not ours or path in LEFT_OUT or len(parts) >= DEEPEST:
        return False
    return parts[0] != "contrib" or len(parts) == 1 or (len(parts) == 2 and parts[1] in CONTRIB)


def signature(target):
    try:
        return ADDRESS.sub("", str(inspect.signature(target)))
    except (TypeError, ValueError):
        return None


def methods(cls):
    """The public methods and inner classes, inherited ones too; of a message, not those that every message has."""
    found = {}
    for name in dir(cls):
        member = getattr(cls, name, None)
        if is_public(name) and callable(member) and not hasattr(Message, name):
            found[name] = signature(member)
    return found


def entry(value):
    if isinstance(value, types.ModuleType):
        return {"kind": "module"}
    if inspect.isclass(value):
        return {"kind": "class", "sig": signature(value.__init__), "methods": methods(value)}
    return {"kind": "function", "sig": signature(value)} if callable(value) else {"kind": "value"}


def walk(module, prefix):
    """(dotted name, value) of everything public below a module."""
    for name in sorted(dir(module)):
        if not is_public(name):
            continue
        value = getattr(module, name)
        yield prefix + name, value
        if isinstance(value, types.ModuleType) and is_walked(prefix + name, value):
            yield from walk(value, prefix + name + ".")


def main():
    options = layout.arguments(__doc__).parse_args()
    del sys.argv[1:]  # a look at tf.app.flags.FLAGS parses what is left there
    path = os.path.join(options.out, "api.json")
    recorded = layout.read(path) if os.path.exists(path) else {}
    recorded[RELEASE] = {"tf." + name: entry(value) for name, value in walk(tf, "")}
    layout.write(path, recorded, depth=2)


if __name__ == "__main__":
    main()
