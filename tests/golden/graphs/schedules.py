"""Every learning rate that falls with the steps, by number, tensor and variable, in both precisions."""

RATES = [str(i) for i in range(22)]
STEPS = [(["init"], {}), (RATES, {}), (["later"], {}), (RATES, {}), (["much_later"], {}), (RATES, {})]


def build(tf):
    train = tf.train
    step = tf.Variable(3, trainable=False, name="global_step")
    long = tf.Variable(3, trainable=False, name="long", dtype=tf.int64)
    rates = [
        train.exponential_decay(0.1, step, 10, 0.96),
        train.exponential_decay(tf.constant(0.1, tf.float64), long, 4, 0.5, staircase=True, name="stairs"),
        train.exponential_decay(0.1, step, tf.constant(8), tf.constant(0.9)),
        train.natural_exp_decay(0.1, step, 10, 0.5),
        train.natural_exp_decay(0.1, long, 2, 0.25, True, name="natural"),
        train.inverse_time_decay(0.1, step, 10, 0.5),
        train.inverse_time_decay(tf.constant(0.1, tf.float64), step, 2.0, 0.5, staircase=True, name="inverse"),
        train.polynomial_decay(0.1, step, 10),
        train.polynomial_decay(0.1, step, 10, 0.01, 0.5, cycle=True, name="polynomial"),
        train.polynomial_decay(0.1, long, 7, 0.01, power=2.0, cycle=True),
        train.piecewise_constant(step, [2, 5, 10], [1.0, 0.5, 0.25, 0.125]),
        train.piecewise_constant_decay(long, boundaries=[5], values=[1.0, 0.5], name="pieces"),
        train.piecewise_constant(tf.cast(step, tf.float32), [2.5, 8.5], [3, 2, 1]),
        train.cosine_decay(0.1, step, 10),
        train.cosine_decay(0.1, step, 10, alpha=0.25, name="cosine"),
        train.cosine_decay_restarts(0.1, step, 4),
        train.cosine_decay_restarts(0.1, long, 4, t_mul=1.0, m_mul=0.5, alpha=0.1, name="restarts"),
        train.linear_cosine_decay(0.1, step, 10),
        train.linear_cosine_decay(0.1, long, 10, num_periods=2.0, alpha=0.1, beta=0.01, name="linear"),
        train.exponential_decay(0.1, 5, 10, 0.96),
        train.polynomial_decay(learning_rate=0.1, global_step=step, decay_steps=10, end_learning_rate=0.001, power=1.0),
        tf.shape(train.noisy_linear_cosine_decay(0.1, step, 10)),
    ]
    with tf.name_scope("outer"):
        train.noisy_linear_cosine_decay(0.1, long, 10, 2.0, 0.25, 1.0, 0.1, 0.01, name="noisy")
    return {**dict(zip(RATES, rates)), "init": tf.global_variables_initializer(),
            "later": tf.group(step.assign(9), long.assign(9)), "much_later": tf.group(step.assign(23), long.assign(23))}
