"""Train, save and train on, or restore and train on: `python continue_training.py MODULE FOLDER save|restore`.

MODULE is `kudari`, `tensorflow` or `tensorflow.compat.v1`. The checkpoints in FOLDER are `model-3`, `sharded-3`, `old`, the
first format, and `object-1`, of `tf.train.Checkpoint`, which TensorFlow 1.3 does not have. The last line printed has, for
each, what the variables hold when restored and two steps later, as JSON.
"""

import importlib
import json
import os
import sys

import numpy as np

NAMES = ("model-3", "sharded-3", "old")


def build(tf):
    rng = np.random.RandomState(0)
    tf.get_variable("weights", initializer=rng.standard_normal((3, 2)).astype(np.float32))
    tf.get_variable("embedding", initializer=tf.random_uniform_initializer(seed=1), shape=[5, 2],
                    partitioner=tf.fixed_size_partitioner(2))
    tf.get_variable("texts", initializer=tf.constant([b"one", b"", b"x" * 200]), trainable=False)
    tf.get_variable("flags", initializer=np.array([True, False]), trainable=False)
    tf.get_variable("half", initializer=np.array([1.5, -2.0], np.float16), trainable=False)
    step = tf.train.get_or_create_global_step()
    loss = tf.add_n([tf.reduce_sum(tf.square(v)) for v in tf.trainable_variables()])
    optimizer = tf.train.AdamOptimizer(0.1)
    train = optimizer.minimize(loss, step)
    numbers = [v for v in tf.global_variables() if v.op.name not in ("texts", "half")]
    return train, {"model-3": tf.train.Saver(), "sharded-3": tf.train.Saver(sharded=True),
                   "old": tf.train.Saver(numbers, write_version=tf.train.SaverDef.V1)}, optimizer


def as_object(tf, optimizer):
    """The object with all variables that train, in a list, and the optimizer."""
    checkpoint = tf.train.Checkpoint(optimizer=optimizer, step=tf.train.get_global_step())
    checkpoint.trained = tf.trainable_variables()
    return checkpoint


def values(tf, session):
    left_out = ("texts", "half", "save_counter")
    found = {v.op.name: session.run(v) for v in tf.global_variables() if v.op.name not in left_out}
    return {name: np.asarray(value, np.float64).tolist() for name, value in found.items()}


def steps(session, train, count):
    for _ in range(count):
        session.run(train)


def followed(tf, session, train):
    now = values(tf, session)
    steps(session, train, 2)
    return [now, values(tf, session)]


def main(module, folder, what):
    tf = importlib.import_module(module)
    if hasattr(tf, "disable_v2_behavior"):
        tf.disable_v2_behavior()
    train, savers, optimizer = build(tf)
    has_objects = hasattr(tf.train, "Checkpoint")
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        if what == "save":
            steps(session, train, 3)
            for name, saver in savers.items():
                saver.save(session, os.path.join(folder, name), write_state=False, write_meta_graph=False)
            if has_objects:
                as_object(tf, optimizer).save(os.path.join(folder, "object"), session=session)
            result = dict.fromkeys(NAMES + ("object-1",) * has_objects, followed(tf, session, train))
        else:
            result = {}
            for name, saver in savers.items():
                session.run(tf.global_variables_initializer())
                saver.restore(session, os.path.join(folder, name))
                result[name] = followed(tf, session, train)
                if name != "old" and session.run("texts:0").tolist() != [b"one", b"", b"x" * 200]:
                    raise SystemExit(name + ": the texts are restored wrongly")
            path = os.path.join(folder, "object-1")
            if has_objects and os.path.exists(path + ".index"):
                session.run(tf.global_variables_initializer())
                as_object(tf, optimizer).restore(path).assert_existing_objects_matched().run_restore_ops(session)
                result["object-1"] = followed(tf, session, train)
    print(json.dumps(result, sort_keys=True))


if __name__ == "__main__":
    main(*sys.argv[1:])
