"""The cross entropies with their gradients, and the activations."""

FEED = {"labels:0": [[0.0, 1.0], [1.0, 0.0]], "logits:0": [[0.5, -0.5], [2.0, 1.0]]}
STEPS = [(["one", "two", "three", "four", "gradients", "Selu:0"], FEED)]


def build(tf):
    labels = tf.placeholder(tf.float32, [None, 2], name="labels")
    logits = tf.placeholder(tf.float32, [None, 2], name="logits")
    one = tf.nn.softmax_cross_entropy_with_logits(labels=labels, logits=logits)
    two = tf.nn.softmax_cross_entropy_with_logits_v2(labels=labels, logits=logits)
    three = tf.nn.sigmoid_cross_entropy_with_logits(labels=labels, logits=logits)
    four = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=[1, 0], logits=logits)
    tf.nn.relu(logits)
    tf.nn.relu6(logits)
    tf.nn.elu(logits)
    tf.nn.selu(logits)
    tf.nn.softplus(logits)
    tf.nn.softsign(logits)
    tf.nn.sigmoid(logits)
    tf.sigmoid(logits, name="squashed")
    tf.tanh(logits)
    tf.nn.tanh(logits)
    losses = {"one": one, "two": two, "three": three, "four": four}
    gradients = [tf.gradients(loss, logits) for loss in (one, two, three, four)]
    tf.gradients(two, [logits, labels])
    return dict(losses, gradients=gradients)
