"""The slots of a variable in parts are saved as one tensor each, as TensorFlow does."""

import kudari as tf


def test_slots_of_parts_are_parts_of_slots(tmp_path):
    whole = tf.get_variable("v", [5, 2], initializer=tf.ones_initializer(), partitioner=tf.fixed_size_partitioner(2))
    train = tf.train.AdamOptimizer(0.1).minimize(tf.reduce_sum(tf.square(whole)))
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        session.run(train)
        path = tf.train.Saver().save(session, str(tmp_path / "model"))
    assert dict(tf.train.list_variables(path)) == {
        "v": [5, 2], "v/Adam": [5, 2], "v/Adam_1": [5, 2], "beta1_power": [], "beta2_power": []}
