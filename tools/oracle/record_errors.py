"""Record the class and message of what each case of tests/golden/error_cases.py raises: tests/golden/errors.json.

Of a run-time error only the first line is kept: the rest names the machine's files. `"words": "python"` marks an error
that TensorFlow did not raise itself, such as Python's about a wrong keyword; its message changes with Python and NumPy.
Run it with TensorFlow 1.15's Python.
"""

import dis
import importlib
import os
import sys

import layout
import tensorflow as tf

sys.path.insert(0, layout.GOLDEN)


def message(error):
    if isinstance(error, tf.errors.OpError):
        return error.message.split("\n")[0]
    return str(error.args[0]) if isinstance(error, KeyError) else str(error)


def raised(error):
    """Whether a `raise` statement raised it, and not an operation of the interpreter or of NumPy."""
    last = error.__traceback__
    while last.tb_next:
        last = last.tb_next
    return dis.opname[last.tb_frame.f_code.co_code[last.tb_lasti]] == "RAISE_VARARGS"


def entry(error):
    found = {"class": type(error).__name__, "message": message(error)}
    if not isinstance(error, tf.errors.OpError) and not raised(error):
        found["words"] = "python"
    return found


def record(name, function):
    with tf.Graph().as_default():
        try:
            function(tf)
        except Exception as error:
            return entry(error)
    raise SystemExit(name + " raises nothing")


def main():
    options = layout.selection(__doc__).parse_args()
    cases = importlib.import_module("error_cases").CASES
    path = os.path.join(options.out, "errors.json")
    recorded = {name: known for name, known in layout.read(path).items() if name in cases} if options.only else {}
    for name, function in sorted(cases.items()):
        if not options.only or name.split("/")[0] in options.only:
            recorded[name] = record(name, function)
    layout.write(path, recorded)


if __name__ == "__main__":
    main()
