"""Microseconds a record to read and parse a TFRecord file, under the module named: `input_speed.py kudari FILE`.

Prints one JSON object: `parse`, records read by `TFRecordDataset` and each parsed by `parse_single_example`; `read`, read
only. The file is written if it is not there. Best of several passes.
"""

import importlib
import json
import os
import random
import sys
import time

RECORDS, BATCH, PASSES = 4000, 100, 5


def write(tf, path):
    source = random.Random(0)
    with tf.python_io.TFRecordWriter(path) as writer:
        for number in range(RECORDS):
            image = bytes(source.randrange(256) for _ in range(784))
            weights = [source.random() for _ in range(8)]
            feature = {"image": tf.train.Feature(bytes_list=tf.train.BytesList(value=[image])),
                       "label": tf.train.Feature(int64_list=tf.train.Int64List(value=[number % 10])),
                       "weights": tf.train.Feature(float_list=tf.train.FloatList(value=weights))}
            writer.write(tf.train.Example(features=tf.train.Features(feature=feature)).SerializeToString())


def measure(tf, path, parses):
    spec = {"image": tf.FixedLenFeature([], tf.string), "label": tf.FixedLenFeature([], tf.int64),
            "weights": tf.FixedLenFeature([8], tf.float32)}
    with tf.Graph().as_default(), tf.Session() as session:
        records = tf.data.TFRecordDataset(path)
        if parses:
            records = records.map(lambda record: tf.parse_single_example(record, spec))
        iterator = tf.data.make_initializable_iterator(records.batch(BATCH))
        element = iterator.get_next()
        times = []
        for _ in range(PASSES):
            session.run(iterator.initializer)
            started = time.perf_counter()
            for _ in range(RECORDS // BATCH):
                session.run(element)
            times.append(time.perf_counter() - started)
    return min(times) / RECORDS * 1e6


def main():
    tf = importlib.import_module(sys.argv[1])
    if sys.argv[1] == "tensorflow.compat.v1":
        tf.disable_v2_behavior()
    if not os.path.exists(sys.argv[2]):
        write(tf, sys.argv[2])
    print(json.dumps({"read": measure(tf, sys.argv[2], False), "parse": measure(tf, sys.argv[2], True)}))


if __name__ == "__main__":
    main()
