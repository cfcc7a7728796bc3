"""What a dataset gives, in a form that JSON holds; TensorFlow 1.15 and Kudari both run this, so it imports neither."""

import numpy as np


def plain(value):
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    array = np.asarray(value)
    if array.dtype.kind in "SUO":
        return {"text": [item.decode() for item in array.ravel()], "shape": list(array.shape)}
    return {array.dtype.name: array.tolist()}


def taken(tf, session, element, most):
    found = []
    while len(found) < most:
        try:
            found.append(plain(session.run(element)))
        except tf.errors.OpError as error:
            found.append([type(error).__name__, error.message.splitlines()[0]])
            break
    return found


def record(tf, build, seed, most):
    """Return the types and shapes, and what a one-shot iterator and two passes after an initializer give."""
    result = {}
    for name in ("one shot", "initialized"):
        with tf.Graph().as_default(), tf.Session() as session:
            tf.set_random_seed(seed)
            dataset = build(tf)
            result["types"], result["shapes"] = str(dataset.output_types), str(dataset.output_shapes)
            if name == "one shot":
                passes = [dataset.make_one_shot_iterator().get_next()]
                result[name] = [taken(tf, session, passes[0], most)]
                continue
            iterator = dataset.make_initializable_iterator()
            element = iterator.get_next()
            result[name] = []
            for _ in range(2):
                session.run(iterator.initializer)
                result[name].append(taken(tf, session, element, most))
    return result
