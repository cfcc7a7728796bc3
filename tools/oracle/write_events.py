"""Train a small model with Kudari, and write what TensorBoard shows of it to the folder that is named."""

import sys

import numpy as np

import kudari as tf

STEPS = 20


def write(folder):
    """What each step wrote of the loss."""
    with tf.Graph().as_default() as graph, tf.Session() as session:
        x = tf.placeholder(tf.float32, [None, 3], name="x")
        with tf.variable_scope("layer"):
            weights = tf.get_variable("weights", initializer=tf.random_normal([3, 1], seed=2))
        loss = tf.reduce_mean(tf.square(tf.matmul(x, weights) - 1), name="loss")
        train = tf.train.AdamOptimizer(0.1).minimize(loss)
        tf.summary.scalar("curve", loss)
        tf.summary.histogram("distribution", weights)
        tf.summary.image("picture", tf.reshape(weights, [1, 3, 1, 1]))
        tf.summary.text("words", tf.constant("some *words*"))
        merged = tf.summary.merge_all()
        session.run(tf.global_variables_initializer())
        losses = []
        with tf.summary.FileWriter(folder, graph) as writer:
            for step in range(STEPS):
                feed = {x: np.random.RandomState(step).uniform(size=[8, 3])}
                value, text, _ = session.run([loss, merged, train], feed)
                losses.append(float(value))
                writer.add_summary(text, step)
            metadata = tf.RunMetadata()
            session.run(train, feed, tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE), metadata)
            writer.add_run_metadata(metadata, "last step", STEPS)
    return losses


if __name__ == "__main__":
    write(sys.argv[1])
