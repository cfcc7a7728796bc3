"""Datasets without functions, and the iterators that begin when they are told to."""

STEPS = [(["begin"], {}), (["next"], {}), (["next"], {}), (["again"], {}), (["other"], {}), (["size"], {})]


def build(tf):
    tf.set_random_seed(2)
    rows = tf.data.Dataset.from_tensor_slices({"x": tf.zeros([6, 2]), "y": [1, 2, 3, 4, 5, 6]})
    dataset = rows.shuffle(3).repeat(2).batch(4).prefetch(1)
    iterator = dataset.make_initializable_iterator()
    element = iterator.get_next()
    numbers = tf.data.Dataset.range(2, 9, 2).shuffle(4, seed=1, reshuffle_each_iteration=False)
    pairs = tf.data.Dataset.zip((numbers, tf.data.Dataset.from_tensors(([1.5], "t")).repeat()))
    settable = tf.data.Iterator.from_structure(pairs.output_types, pairs.output_shapes)
    begin = settable.make_initializer(pairs.skip(1).take(2), name="begin")
    number, (value, _) = settable.get_next("pair")
    other = tf.data.Dataset.range(3).concatenate(numbers).shard(2, 0).cache().batch(2, drop_remainder=True)
    padded = other.padded_batch(2, [3], tf.constant(9, tf.int64))
    last = tf.data.experimental.get_single_element(padded)
    handle = tf.placeholder(tf.string, [])
    fed = tf.data.Iterator.from_string_handle(handle, padded.output_types, padded.output_shapes)
    fed.get_next(name="fed")
    return {"begin": tf.group(iterator.initializer, begin), "next": [element["y"], number, value],
            "again": iterator.initializer, "other": last, "size": tf.shape(element["x"])}
