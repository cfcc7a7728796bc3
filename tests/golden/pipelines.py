"""Datasets whose elements TensorFlow 1.15 has told: `pipelines.json`. Each function returns a dataset; the recorder takes
up to `MOST` elements of it, twice, as a one-shot iterator and by an initializer that runs again."""

import numpy as np

MOST = 40
SEED = 7


def slices(tf):
    return tf.data.Dataset.from_tensor_slices({"a": np.arange(5), "b": (np.arange(5.0), ["p", "q", "r", "s", "t"])})


def tensors(tf):
    return tf.data.Dataset.from_tensors((np.ones([2, 3], np.float32), [1, 2]))


def shuffled(tf):
    return tf.data.Dataset.range(20).shuffle(7)


def shuffled_by_seed(tf):
    return tf.data.Dataset.range(10).shuffle(100, seed=3)


def shuffled_then_repeated(tf):
    return tf.data.Dataset.range(9).shuffle(4, seed=5).repeat(3)


def shuffled_once(tf):
    return tf.data.Dataset.range(9).shuffle(4, seed=5, reshuffle_each_iteration=False).repeat(3)


def shuffled_batched_repeated(tf):
    return tf.data.Dataset.range(9).shuffle(4, seed=5).batch(2).repeat(3)


def shuffled_twice(tf):
    return tf.data.Dataset.range(9).shuffle(4, seed=5).shuffle(3, seed=6).map(lambda x: x + 1).repeat(3)


def repeated_then_shuffled(tf):
    return tf.data.Dataset.range(6).repeat(2).shuffle(3)


def shuffle_and_repeat(tf):
    return tf.data.Dataset.range(7).apply(tf.data.experimental.shuffle_and_repeat(4, 3, seed=1))


def not_optimized(tf):
    options = tf.data.Options()
    options.experimental_optimization.apply_default_optimizations = False
    return tf.data.Dataset.range(9).shuffle(4, seed=5).repeat(3).with_options(options)


def counted(tf):
    return tf.data.Dataset.zip((tf.data.Dataset.range(10, 0, -3), tf.data.Dataset.range(5, 9)))


def cut(tf):
    return tf.data.Dataset.range(20).skip(3).take(11).shard(3, 1)


def joined(tf):
    return tf.data.Dataset.range(3).concatenate(tf.data.Dataset.range(7, 9)).enumerate(start=4)


def batches(tf):
    return tf.data.Dataset.range(7).map(lambda x: (x, tf.as_string(x))).batch(3)


def whole_batches(tf):
    return tf.data.Dataset.range(7).batch(3, drop_remainder=True)


def padded(tf):
    rows = tf.data.Dataset.range(1, 6).map(lambda x: (tf.fill([x], x), tf.fill([x, 2], "w"), tf.cast(x, tf.float32)))
    return rows.padded_batch(2, ([None], [6, None], []), (tf.constant(-1, tf.int64), "", 0.0))


def mapped(tf):
    return slices(tf).map(lambda e: {"sum": e["a"] + tf.cast(e["b"][0], tf.int64), "text": tf.string_join([e["b"][1], "!"])})


def mapped_in_parallel(tf):
    return tf.data.Dataset.range(9).map(lambda x: tf.cast(x, tf.float32) / 4.0, num_parallel_calls=3).prefetch(2)


def mapped_with_captures(tf):
    factor = tf.constant([2, 3], tf.int64) * 5
    return tf.data.Dataset.range(4).map(lambda x: x * factor).map(lambda v: tf.reduce_sum(v) + factor[0])


def mapped_with_branches(tf):
    return tf.data.Dataset.range(6).map(lambda x: tf.cond(tf.equal(x % 2, 0), lambda: x * 10, lambda: -x))


def mapped_with_loop(tf):
    return tf.data.Dataset.range(5).map(lambda x: tf.while_loop(lambda i: i < 20, lambda i: i * 2, [x + 1]))


def drawn(tf):
    return tf.data.Dataset.range(4).map(lambda x: tf.random_uniform([2], seed=11))


def drawn_by_graph_seed(tf):
    return tf.data.Dataset.range(4).map(lambda x: tf.random_uniform([2], maxval=1000, dtype=tf.int32))


def filtered(tf):
    return tf.data.Dataset.range(12).filter(lambda x: tf.logical_and(x > 2, tf.not_equal(x % 3, 1)))


def flat(tf):
    return tf.data.Dataset.range(1, 5).flat_map(lambda x: tf.data.Dataset.range(x).map(lambda y: y * x))


def interleaved(tf):
    return tf.data.Dataset.range(1, 6).interleave(lambda x: tf.data.Dataset.from_tensors(x).repeat(x), 2, 2)


def interleaved_in_parallel(tf):
    return tf.data.Dataset.range(1, 6).interleave(lambda x: tf.data.Dataset.from_tensors(x).repeat(x), 3, 1,
                                                  num_parallel_calls=2)


def cached(tf):
    return tf.data.Dataset.range(5).shuffle(5, seed=2).cache().repeat(2)


def windows(tf):
    return tf.data.Dataset.range(10).window(3, 2, 2).flat_map(lambda w: w.batch(3))


def whole_windows(tf):
    return tf.data.Dataset.range(10).window(4, 1, 2, True).flat_map(lambda w: w.batch(4))


def rows(tf):
    return tf.data.Dataset.range(9).batch(4).apply(tf.data.experimental.unbatch())


def generated(tf):
    def generator(n):
        for i in range(n):
            yield i, [float(i)] * i

    return tf.data.Dataset.from_generator(generator, (tf.int32, tf.float32), ([], [None]), args=(4,)).repeat(2)


def scanned(tf):
    return tf.data.Dataset.range(6).apply(tf.data.experimental.scan(tf.constant(1, tf.int64), lambda s, x: (s + x, s * x)))


def grouped(tf):
    return tf.data.Dataset.range(11).apply(tf.data.experimental.group_by_window(
        lambda x: x % 3, lambda key, w: w.batch(2), window_size=2))


def bucketed(tf):
    texts = tf.data.Dataset.range(1, 9).map(lambda x: tf.fill([x * 3 % 7], x))
    return texts.apply(tf.data.experimental.bucket_by_sequence_length(lambda v: tf.shape(v)[0], [3, 5], [2, 2, 2]))


def reduced_by_key(tf):
    reducer = tf.data.experimental.Reducer(lambda key: tf.constant(0, tf.int64), lambda s, x: s + x, lambda s: s)
    return tf.data.Dataset.range(10).apply(tf.data.experimental.group_by_reducer(lambda x: x % 4, reducer))


def unique(tf):
    return tf.data.Dataset.from_tensor_slices(["a", "b", "a", "c", "b"]).apply(tf.data.experimental.unique())


def without_errors(tf):
    values = tf.data.Dataset.from_tensor_slices([1.0, 0.0, 2.0]).map(lambda x: tf.check_numerics(1.0 / x, "bad"))
    return values.apply(tf.data.experimental.ignore_errors())


def sampled(tf):
    parts = [tf.data.Dataset.from_tensors(i).repeat(8) for i in range(3)]
    return tf.data.experimental.sample_from_datasets(parts, [0.2, 0.5, 0.3], seed=4)


def chosen(tf):
    parts = [tf.data.Dataset.range(5), tf.data.Dataset.range(10, 13)]
    choices = tf.data.Dataset.from_tensor_slices(np.array([0, 1, 1, 0, 1, 1, 0]))
    return tf.data.experimental.choose_from_datasets(parts, choices)


def mapped_and_batched(tf):
    return tf.data.Dataset.range(7).apply(tf.data.experimental.map_and_batch(lambda x: x * x, 3, drop_remainder=True))


def taken_while(tf):
    return tf.data.Dataset.range(10).apply(tf.data.experimental.take_while(lambda x: x < 4))


def sparse(tf):
    return tf.data.Dataset.range(1, 4).map(lambda x: tf.SparseTensor([[x, 0]], [x], [5, 2])).map(
        lambda s: tf.sparse_tensor_to_dense(s))


def random_numbers(tf):
    return tf.data.experimental.RandomDataset(seed=3).take(9)


def failing(tf):
    return tf.data.Dataset.range(3).flat_map(lambda x: tf.data.Dataset.from_tensors(tf.fill([x], x))).batch(2)


PIPELINES = [value for name, value in sorted(globals().items()) if callable(value) and not name.startswith("_")]
