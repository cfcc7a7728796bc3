"""Losses over sampled classes, their samplers and gradients."""

STEPS = [(["init"], {}), (["all"], {}), (["all"], {}), (["train"], {}), (["after"], {})]


def build(tf):
    tf.set_random_seed(11)
    labels = tf.constant([[1, 4], [0, 30], [4, 2]], tf.int64)
    counts = [5.0, 1.0, 2.0, 0.0, 7.0, 3.0]
    samplers = [
        tf.nn.uniform_candidate_sampler(labels, 2, 5, True, 31), tf.nn.uniform_candidate_sampler(labels, 2, 6, False, 64),
        tf.nn.log_uniform_candidate_sampler(labels, 2, 9, True, 31, seed=4),
        tf.nn.log_uniform_candidate_sampler(labels, 2, 7, False, 31, name="zipf"),
        tf.nn.learned_unigram_candidate_sampler(labels, 2, 5, True, 31),
        tf.nn.learned_unigram_candidate_sampler(labels, 2, 8, False, 31),
        tf.nn.fixed_unigram_candidate_sampler(labels[:, :1], 1, 4, True, 6, unigrams=counts),
        tf.nn.fixed_unigram_candidate_sampler(labels[:, :1], 1, 9, False, 8, distortion=0.75, num_reserved_ids=2,
                                              unigrams=counts),
        tf.nn.all_candidate_sampler(labels, 2, 6, True), tf.nn.uniform_candidate_sampler(labels, 2, 31, True, 31),
        tf.nn.compute_accidental_hits(labels, tf.constant([4, 9, 0, 4], tf.int64), 2),
    ]
    w = tf.Variable(tf.reshape(tf.range(62.0), [31, 2]) / 31, name="w")
    halves = [tf.Variable(tf.ones([16, 2])), tf.Variable(tf.ones([15, 2]))]
    b = tf.Variable(tf.zeros([31]), name="b")
    x = tf.constant([[1.0, 2.0], [-1.0, 0.5], [0.0, 1.0]])
    losses = [
        tf.nn.nce_loss(w, b, labels, x, 5, 31, num_true=2), tf.nn.nce_loss(w, b, labels[:, :1], x, 5, 31, name="one"),
        tf.nn.nce_loss(halves, b, tf.cast(labels, tf.int32), x, 5, 31, 2, samplers[0], True, "div"),
        tf.nn.sampled_softmax_loss(w, b, labels[:, :1], x, 6, 31),
        tf.nn.sampled_softmax_loss(w, b, labels, x, 6, 31, 2, seed=3),
    ]
    loss = tf.add_n([tf.reduce_mean(each) for each in losses])
    train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
    tf.global_variables_initializer()
    drawn = [value for sampler in samplers for value in sampler]
    return {"all": drawn + losses, "train": train, "after": [w, b, *halves], "init": "init"}
