"""Record what `tf.profiler` of TensorFlow 1.15 says of the model in tests/golden/profiles.py: profiles.json.

Run it with TensorFlow 1.15's Python.
"""

import os
import sys
import tempfile

import layout
import tensorflow as tf

from tests.golden import profiles


def printed(call):
    """What `call` returns, and what it writes to the standard output, from C++ too."""
    with tempfile.TemporaryFile() as file:
        kept = os.dup(1)
        os.dup2(file.fileno(), 1)
        try:
            result = call()
            sys.stdout.flush()
        finally:
            os.dup2(kept, 1)
        file.seek(0)
        return result, file.read().decode()


def profile(name):
    """The report of one case without the explanations, and the message if it is to be compared."""
    view, chosen, is_measured = profiles.CASES[name]
    meta = profiles.measured(tf) if is_measured else None
    with tf.Graph().as_default() as graph:
        profiles.build(tf)
        result, text = printed(lambda: tf.profiler.profile(graph, meta, cmd=view, options=profiles.options(tf, chosen)))
    found = {"text": profiles.without_explanations(text)}
    if name in profiles.WITH_MESSAGE:
        found["message"] = str(result).splitlines()
    return found


def float_ops():
    """The operations that are counted, by node."""
    with tf.Graph().as_default() as graph:
        profiles.floats(tf)
        chosen = dict(tf.profiler.ProfileOptionBuilder.float_operation(), output="none")
        found = tf.profiler.profile(graph, cmd="op", options=chosen)
    counts = {}
    while found.children:
        found = found.children[0]
        counts.update({node.name: node.float_ops for node in found.graph_nodes})
    return counts


def main():
    options = layout.arguments(__doc__).parse_args()
    found = {"cases": {name: profile(name) for name in profiles.CASES}, "float_ops": float_ops()}
    with tf.Graph().as_default() as graph:
        profiles.build(tf)
        advice = tf.profiler.advise(graph, profiles.measured(tf))
        found["advice"] = {name: list(checker.reports) for name, checker in sorted(advice.checkers.items())}
    layout.write(os.path.join(options.out, "profiles.json"), found, depth=4)


if __name__ == "__main__":
    main()
