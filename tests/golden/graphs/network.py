"""Activations, softmax and the cross entropies, and a two-layer classifier trained with a global step."""

IMAGES = [[0.5, -1.0, 0.25], [1.0, 0.0, -0.5]]
FEED = {"images:0": IMAGES, "labels:0": [1, 0]}
STEPS = [(["init"], {}), (["cost:0", "accuracy:0"], FEED), (["train"], FEED),
         (["cost:0", "global_step:0", "hidden/weights:0", "out/biases:0"], FEED)]


def build(tf):
    images = tf.placeholder(tf.float32, [None, 3], name="images")
    labels = tf.placeholder(tf.int64, [None], name="labels")
    with tf.name_scope("hidden"):
        weights = tf.Variable([[0.1, 0.2], [0.3, -0.4], [-0.5, 0.6]], name="weights")
        biases = tf.Variable(tf.zeros([2]), name="biases")
        hidden = tf.nn.relu(tf.matmul(images, weights) + biases)
    with tf.name_scope("out"):
        weights = tf.Variable([[0.1, 0.2], [0.3, 0.4]], name="weights")
        biases = tf.Variable(tf.zeros([2]), name="biases")
        logits = tf.matmul(hidden, weights) + biases
    losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits, name="xentropy")
    cost = tf.reduce_mean(losses, name="cost")
    global_step = tf.Variable(0, name="global_step", trainable=False)
    optimizer = tf.train.GradientDescentOptimizer(0.5)
    optimizer.minimize(cost, global_step=global_step, name="train")
    correct = tf.equal(tf.argmax(logits, 1), labels)
    tf.reduce_mean(tf.cast(correct, tf.float32), name="accuracy")
    tf.nn.softmax(logits)
    tf.nn.softmax(logits, axis=0)
    tf.nn.softmax(logits, dim=-1)
    tf.nn.log_softmax(logits)
    tf.global_variables_initializer()
