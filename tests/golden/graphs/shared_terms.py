"""Linear and logistic regression with weight decay: gradients of one variable from several terms, on two devices."""

FEED = {"data/x:0": [[1.0, 2.0], [0.5, -1.0], [0.0, 0.25]], "data/y:0": [[1.0], [0.0], [1.0]]}
STEPS = [(["init"], {}), (["step"], FEED), (["step"], FEED), (["W:0", "b:0", "objective:0", "misses:0"], FEED)]


def build(tf):
    with tf.name_scope("data"):
        x = tf.placeholder(tf.float32, [None, 2], "x")
        y = tf.placeholder(tf.float32, [None, 1], "y")
    with tf.device("/cpu:0"):
        W = tf.Variable(tf.fill([2, 1], 0.5), name="W")
        b = tf.Variable(tf.zeros([1]), name="b")
    with tf.device("/device:CPU:0"):
        logits = tf.matmul(x, W) + b
        data_loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=logits))
        decay = 0.01 * (tf.nn.l2_loss(W) + tf.reduce_sum(tf.abs(W)))
        objective = tf.add(data_loss, decay, name="objective")
    train = tf.train.GradientDescentOptimizer(0.1).minimize(objective)
    with tf.control_dependencies([train]):
        shrink = W.assign(W * 0.5)
    with tf.control_dependencies([shrink]):
        tf.no_op(name="step")
    predicted = tf.cast(tf.sigmoid(logits) > 0.5, tf.float32)
    tf.reduce_sum(tf.cast(tf.not_equal(predicted, y), tf.int32), name="misses")
    tf.global_variables_initializer()
