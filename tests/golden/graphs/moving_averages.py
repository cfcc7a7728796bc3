"""Averages of variables and tensors: plain, by the number of updates, without the bias of beginning at 0."""

STEPS = [(["init"], {}), *[(["first", "second", "third"], {"tensor:0": 4.0})] * 2]


def build(tf):
    plain = tf.Variable([1.0, 2.0], name="plain")
    handle = tf.get_variable("handle", initializer=[3.0, 5.0], use_resource=True)
    step = tf.train.get_or_create_global_step()
    tensor = tf.placeholder_with_default(2.0, [], name="tensor")
    change = tf.group(plain.assign_add([1.0, 1.0]), handle.assign_add([2.0, 2.0]))
    first = tf.train.ExponentialMovingAverage(0.9)
    second = tf.train.ExponentialMovingAverage(0.99, num_updates=step, name="by_step")
    third = tf.train.ExponentialMovingAverage(0.5, zero_debias=True, name="debiased")
    with tf.control_dependencies([change]):
        one, two = first.apply(), second.apply([handle, plain])
    with tf.control_dependencies([one, two]):
        three = third.apply([tensor])
    with tf.control_dependencies([three]):
        found = [average.read_value() for average in (first.average(plain), first.average(handle))]
        others = [second.average(handle).read_value()]
        last = third.average(tensor).read_value()
    tf.constant([second.average_name(plain), first.average_name(step), *sorted(first.variables_to_restore())], name="names")
    return {"first": found, "second": others, "third": last, "init": tf.global_variables_initializer()}
