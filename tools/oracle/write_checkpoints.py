"""Write the small checkpoints of tests/golden/checkpoints/<release>/ that tests read; under every oracle.

    .oracle/tf115/bin/python tools/oracle/write_checkpoints.py

A folder holds `model-3` (everything), `sharded-3` (in several files, where the release has two devices to shard by), `old`
(the first format) and `values.json`, what the variables held.
"""

import argparse
import json
import os
import shutil

import numpy as np
import tensorflow as tf
from layout import GOLDEN

release = "tf" + "".join(tf.__version__.split(".")[:2])
tf = getattr(getattr(tf, "compat", tf), "v1", tf)
if hasattr(tf, "disable_v2_behavior"):
    tf.disable_v2_behavior()


def variables():
    rng = np.random.RandomState(0)
    with tf.device("/cpu:0"):
        tf.get_variable("layer/weights", initializer=rng.standard_normal((3, 2)).astype(np.float32))
    with tf.device("/cpu:1"):
        tf.get_variable("layer/steps", initializer=np.array([1, -2, 3], np.int64), trainable=False)
    tf.get_variable("flags", initializer=np.array([True, False]), trainable=False)
    tf.get_variable("texts", initializer=tf.constant([b"one", b"", b"x" * 200]), trainable=False)
    tf.get_variable("nothing", initializer=np.zeros((0, 3), np.float32), trainable=False)
    tf.get_variable("double", initializer=np.float64(2.5), trainable=False)
    tf.get_variable("half", initializer=np.array([1.5, -2.0], np.float16), trainable=False)
    if release != "tf13":
        tf.get_variable("brain", initializer=tf.cast(tf.constant([1.5, 2.5]), tf.bfloat16), trainable=False)
    tf.get_variable("embedding", shape=[5, 2], initializer=tf.random_uniform_initializer(seed=1),
                    partitioner=tf.fixed_size_partitioner(2))
    step = tf.train.get_or_create_global_step()
    loss = tf.add_n([tf.reduce_sum(tf.square(v)) for v in tf.trainable_variables()])
    return tf.train.AdamOptimizer(0.1).minimize(loss, step)


def main(folder):
    train = variables()
    savers = {"model": tf.train.Saver(), "sharded": tf.train.Saver(sharded=True)}
    plain = [v for v in tf.global_variables() if v.op.name not in ("texts", "half", "brain")]
    old = tf.train.Saver(plain, write_version=tf.train.SaverDef.V1)
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    with tf.Session(config=tf.ConfigProto(device_count={"CPU": 2})) as session:
        session.run(tf.global_variables_initializer())
        for _ in range(3):
            session.run(train)
        for name, saver in savers.items():
            saver.save(session, os.path.join(folder, name), 3, write_state=False, write_meta_graph=name == "model")
        old.save(session, os.path.join(folder, "old"), write_state=False, write_meta_graph=False)
        values = {v.op.name: session.run(v) for v in tf.global_variables()}
    with open(os.path.join(folder, "values.json"), "w") as file:
        json.dump({name: plainly(value) for name, value in sorted(values.items())}, file, indent=1, sort_keys=True)


def plainly(value):
    if value.dtype == object:
        return [item.decode() for item in value]
    return (value.astype(np.float64) if value.dtype.kind not in "biu" else value).tolist()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", default=os.path.join(GOLDEN, "checkpoints", release))
    main(parser.parse_args().out)
