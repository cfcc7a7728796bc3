"""Lookup tables."""

STEPS = [(["init"], {}), (["insert"], {}), (["found"], {})]


def build(tf):
    lookup = tf.contrib.lookup
    table = lookup.HashTable(lookup.KeyValueTensorInitializer(["a", "b"], tf.constant([1, 2], tf.int64)), -1)
    ids = lookup.IdTableWithHashBuckets(table, 3, hasher_spec=lookup.StrongHashSpec([1, 2]))
    texts = lookup.HashTable(lookup.KeyValueTensorInitializer(tf.constant([0, 1], tf.int64), ["p", "q"]), "UNK")
    lookup.index_table_from_file("words.txt", vocab_size=4)
    changing = lookup.MutableHashTable(tf.string, tf.float32, -1.0, checkpoint=False)
    sparse = table.lookup(tf.SparseTensor([[0]], ["b"], [1]))
    return {
        "found": [table.lookup(tf.constant(["a", "z"])), ids.lookup(tf.constant(["a", "q", "b", "r"])), sparse.values,
                  texts.lookup(tf.constant([1, 5], tf.int64)),
                  table.size(), ids.size(), changing.lookup(["k", "j"])],
        "insert": changing.insert(["k"], [2.5]),
        "init": tf.group(table.initializer, ids.initializer, texts.initializer),
        "all": tf.tables_initializer(),
    }
