"""A line fitted by gradient descent: the seed program's graph at a learning rate of 0.01."""

FEED = {"Placeholder:0": [1, 2, 3, 4], "Placeholder_1:0": [0, -1, -2, -3]}
STEPS = [(["init"], {}), (["Variable:0", "Variable_1:0", "Sum:0"], FEED), (["GradientDescent"], FEED),
         (["Variable:0", "Variable_1:0", "Sum:0"], FEED)]


def build(tf, learning_rate=0.01):
    W = tf.Variable([0.3], dtype=tf.float32)
    b = tf.Variable([-0.3], dtype=tf.float32)
    x = tf.placeholder(tf.float32)
    linear_model = W * x + b
    y = tf.placeholder(tf.float32)
    loss = tf.reduce_sum(tf.square(linear_model - y))
    train = tf.train.GradientDescentOptimizer(learning_rate).minimize(loss)
    init = tf.global_variables_initializer()
    tf.global_variables_initializer()
    return {"W": W, "b": b, "x": x, "y": y, "loss": loss, "train": train, "init": init}
