"""What an expression makes of a graph, as plain values: the same in TensorFlow and here, on Python 3.6 and later."""

import numpy as np


def nodes_since(graph, count):
    """`[name, type, inputs, control inputs, output types]` of the nodes after the first `count`."""
    return [[op.name, op.type, [t.name for t in op.inputs], sorted(c.name for c in op.control_inputs),
             [t.dtype.name + str(t.shape) for t in op.outputs]] for op in graph.get_operations()[count:]]


def plain(value):
    """An array as its type, shape and values, floats to seven digits."""
    value = np.asarray(value)
    if value.dtype.kind in "OSU":
        return {"dtype": "string", "shape": list(value.shape), "values": [item.decode() for item in value.ravel().tolist()]}
    flat = value.ravel()
    if value.dtype.kind == "c":
        flat = np.stack([flat.real, flat.imag], axis=1).ravel()
    items = [float("%.7g" % item) for item in flat] if flat.dtype.kind == "f" else flat.tolist()
    return {"dtype": value.dtype.name, "shape": list(value.shape), "values": items}


def listed(result):
    """The tensors of a result, slices as their values and indices."""
    if isinstance(result, (list, tuple)):
        return [tensor for item in result for tensor in listed(item)]
    if hasattr(result, "indices"):
        return [result.values, result.indices]
    return [result] if hasattr(result, "op") else []


def evaluated(tf, programs, expression, with_gradients=True):
    """Build `expression`, and its gradients, and return `(tensors, nodes)`."""
    tf.reset_default_graph()
    given = programs.inputs(tf)
    graph = tf.get_default_graph()
    count = len(graph.get_operations())
    tensors = listed(eval(expression, given))
    floats = [t for t in tensors if t.dtype.is_floating]
    if floats and with_gradients:
        grads = tf.gradients(floats, [given[name] for name in "xwvuz"])
        tensors = tensors + listed([grad for grad in grads if grad is not None])
    return tensors, nodes_since(graph, count)


def values(tf, programs, tensors):
    """The values of `tensors` in a session."""
    graph = tf.get_default_graph()
    feeds = {name + ":0": value for name, value in programs.FEEDS.items()}
    with tf.Session(graph=graph) as session:
        return [plain(value) for value in session.run(tensors, feeds)]


def error_of(tf, programs, expression):
    """The class and words of the error that `expression` raises."""
    tf.reset_default_graph()
    given = programs.inputs(tf)
    try:
        eval(expression, given)
    except Exception as error:
        return [type(error).__name__, str(error)]
    return None
