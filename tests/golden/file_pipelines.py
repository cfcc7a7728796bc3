"""Datasets of files of comma-separated values and of parsed examples, whose elements TensorFlow 1.15 recorded."""

import os

SEED, MOST = 5, 12
_TABLES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "tables")


def _table(name):
    return os.path.join(_TABLES, name)


def csv(tf):
    defaults = [tf.string, [0], tf.float32, tf.int64, ["none"]]
    return tf.data.experimental.CsvDataset(_table("people.csv"), defaults, header=True)


def csv_zipped(tf):
    defaults = [tf.string, tf.constant([-1], tf.int64), tf.float64, tf.int64, [""]]
    return tf.data.experimental.CsvDataset([_table("people.csv.gz")], defaults, compression_type="GZIP", header=True,
                                           na_value="NA")


def csv_columns(tf):
    files = [_table("people.csv"), _table("more.csv")]
    return tf.data.experimental.CsvDataset(files, [[""], [9.5]], header=True, select_cols=[0, 2])


def csv_missing(tf):
    return tf.data.experimental.CsvDataset(_table("people.csv"), [tf.string, tf.int32], header=True, select_cols=[0, 1])


def csv_wrong_number(tf):
    return tf.data.experimental.CsvDataset(_table("broken.csv"), [tf.int32, tf.int32])


def csv_too_many(tf):
    rows = tf.data.experimental.CsvDataset(_table("broken.csv"), [tf.string, tf.string])
    return rows.skip(2)


def csv_open_quote(tf):
    return tf.data.experimental.CsvDataset(_table("broken.csv"), [tf.string], select_cols=[0]).skip(3)


def csv_too_few(tf):
    return tf.data.experimental.CsvDataset(_table("broken.csv"), [tf.string] * 3)


def csv_no_quotes(tf):
    return tf.data.experimental.CsvDataset(_table("broken.csv"), [tf.string], use_quote_delim=False, select_cols=[0])


def csv_inner_quotes(tf):
    return tf.data.experimental.CsvDataset(_table("quotes.csv"), [["one"], ["two"]]).take(4)


def csv_wrong_quotes(tf):
    return tf.data.experimental.CsvDataset(_table("quotes.csv"), [[""], [""]]).skip(4)


def csv_unescaped_quote(tf):
    return tf.data.experimental.CsvDataset(_table("closed.csv"), [tf.string, tf.string])


def _as_dicts(dataset):
    """The same with dictionaries in place of ordered ones, whose text goes by the version of Python."""
    return dataset.map(lambda features, *label: (dict(features), *label) if label else dict(features))


def csv_batches(tf):
    return _as_dicts(tf.data.experimental.make_csv_dataset(_table("[pm]*.csv"), 2, num_epochs=1, shuffle=False))


def csv_batches_for_ever(tf):
    return _as_dicts(tf.data.experimental.make_csv_dataset(
        [_table("people.csv")], 2, label_name="age", select_columns=["big", "age", 2], shuffle=False))


def csv_batches_shuffled(tf):
    return _as_dicts(tf.data.experimental.make_csv_dataset(
        _table("people.csv"), 2, column_defaults=[tf.string, [0], tf.float32, tf.int64, [""]], num_epochs=2, shuffle_seed=3))


def csv_without_errors(tf):
    return _as_dicts(tf.data.experimental.make_csv_dataset(
        _table("broken.csv"), 1, column_names=["a", "b"], column_defaults=[[0], [0]], header=False, num_epochs=1,
        shuffle=False, ignore_errors=True))


def _examples(tf):
    def example(i):
        feature = {"n": tf.train.Feature(int64_list=tf.train.Int64List(value=[i])),
                   "texts": tf.train.Feature(bytes_list=tf.train.BytesList(value=[b"t%d" % j for j in range(i)]))}
        if i != 2:
            feature["x"] = tf.train.Feature(float_list=tf.train.FloatList(value=[i / 2.0, 1.0]))
        return tf.train.Example(features=tf.train.Features(feature=feature)).SerializeToString()

    return tf.data.Dataset.from_tensor_slices([example(i) for i in range(5)])


def parsed_examples(tf):
    features = {"x": tf.FixedLenFeature([2], tf.float32, [7.0, 8.0]), "n": tf.FixedLenFeature([], tf.int64),
                "texts": tf.VarLenFeature(tf.string)}
    parsed = _examples(tf).batch(2).apply(tf.data.experimental.parse_example_dataset(features))
    return parsed.map(lambda x: dict(x, texts=tf.sparse_tensor_to_dense(x["texts"], "")))


def parsed_examples_lack_one(tf):
    features = {"x": tf.FixedLenFeature([2], tf.float32)}
    return _examples(tf).batch(2).apply(tf.data.experimental.parse_example_dataset(features, num_parallel_calls=2))


def batched_features(tf):
    features = {"n": tf.FixedLenFeature([], tf.int64), "texts": tf.FixedLenSequenceFeature([], tf.string, True)}
    return tf.data.experimental.make_batched_features_dataset(
        _table("people.csv"), 2, features, reader=lambda name: _examples(tf), label_key="n", num_epochs=1, shuffle_seed=4)


def batched_features_for_ever(tf):
    features = {"n": tf.FixedLenFeature([], tf.int64)}
    return tf.data.experimental.make_batched_features_dataset(
        [_table("people.csv")], 3, features, reader=lambda name: _examples(tf).map(lambda x: (name, x)), shuffle=False)


PIPELINES = [value for name, value in sorted(globals().items()) if callable(value) and not name.startswith("_")]
