"""Queues, readers and batches used wrongly."""

import numpy as np


def queue(tf, *values, **options):
    """A queue of one tensor, with a name that every run has again, and a session in which it holds `values`."""
    made = tf.FIFOQueue(options.pop("capacity", 10), tf.float32, shapes=[[2]], shared_name="q")
    session = tf.Session()
    if values:
        session.run(made.enqueue_many([list(values)]))
    return made, session


def closed(tf, action, *values):
    made, session = queue(tf, *values)
    session.run(made.close())
    session.run(action(made))


def fed(tf, put, value):
    made, session = queue(tf)
    x = tf.placeholder(tf.float32)
    session.run(put(made, x), {x: value})


def other_queue(tf, make):
    made, session = queue(tf)
    session.run(made.size())
    session.run(make().size())


def reading(tf, reader, work):
    names = tf.FIFOQueue(3, tf.string, shapes=[[]])
    session = tf.Session()
    session.run(names.enqueue(work))
    session.run(reader().read(names))


ROW = [1.0, 2.0]
CASES = {
    "no_such_shape": lambda tf: queue(tf)[0].enqueue([1.0, 2.0, 3.0]),
    "rows_of_another_shape": lambda tf: queue(tf)[0].enqueue_many([[[1.0]]]),
    "fed_another_shape": lambda tf: fed(tf, lambda q, x: q.enqueue(x), [1.0]),
    "fed_rows_of_another_shape": lambda tf: fed(tf, lambda q, x: q.enqueue_many(x), [[1.0], [2.0]]),
    "closed_and_empty": lambda tf: closed(tf, lambda q: q.dequeue()),
    "closed_with_too_few": lambda tf: closed(tf, lambda q: q.dequeue_many(3), ROW, ROW),
    "closed_up_to": lambda tf: closed(tf, lambda q: q.dequeue_up_to(3)),
    "put_into_a_closed_one": lambda tf: closed(tf, lambda q: q.enqueue(ROW)),
    "closed_twice": lambda tf: closed(tf, lambda q: q.close()),
    "a_negative_number": lambda tf: queue(tf)[0].dequeue_many(-1),
    "several_without_shapes": lambda tf: tf.Session().run(tf.FIFOQueue(3, tf.float32).dequeue_many(1)),
    "another_capacity": lambda tf: other_queue(tf, lambda: tf.FIFOQueue(9, tf.float32, [[2]], shared_name="q")),
    "other_types": lambda tf: other_queue(tf, lambda: tf.FIFOQueue(10, tf.int32, [[2]], shared_name="q")),
    "other_shapes": lambda tf: other_queue(tf, lambda: tf.FIFOQueue(10, tf.float32, [[3]], shared_name="q")),
    "another_kind": lambda tf: other_queue(tf, lambda: tf.RandomShuffleQueue(10, 1, tf.float32, [[2]], shared_name="q")),
    "shuffled_too_few": lambda tf: tf.Session().run(tf.RandomShuffleQueue(3, 3, tf.int32).size()),
    "shapes_unknown": lambda tf: tf.FIFOQueue(3, tf.int32, shapes=[[None]]),
    "padded_without_shapes": lambda tf: tf.PaddingFIFOQueue(3, [tf.int32, tf.int32], shapes=[[None]]),
    "padded_one_shape": lambda tf: tf.PaddingFIFOQueue(3, tf.int32, shapes=[None]),
    "shapes_of_no_kind": lambda tf: tf.FIFOQueue(3, tf.int32, shapes=3.5),
    "too_many_names": lambda tf: tf.FIFOQueue(3, tf.int32, names=["a", "b"]),
    "keys_of_another": lambda tf: tf.FIFOQueue(3, tf.int32, names=["a"]).enqueue({"b": 1}),
    "no_dictionary": lambda tf: tf.FIFOQueue(3, tf.int32, names=["a"]).enqueue(1),
    "a_dictionary": lambda tf: tf.FIFOQueue(3, tf.int32).enqueue({"a": 1}),
    "no_queues": lambda tf: tf.QueueBase.from_list(0, []),
    "deadline": lambda tf: tf.Session().run(tf.FIFOQueue(3, tf.int32).dequeue(), options=tf.RunOptions(timeout_in_ms=1)),
    "runner_without_ops": lambda tf: tf.train.QueueRunner(queue(tf)[0], []),
    "runner_errors": lambda tf: tf.train.QueueRunner(queue(tf)[0], [tf.no_op()], queue_closed_exception_types=ValueError),
    "no_session": lambda tf: tf.train.start_queue_runners(),
    "no_texts": lambda tf: tf.train.string_input_producer([]),
    "no_epochs": lambda tf: tf.train.limit_epochs(1, 0),
    "unknown_elements": lambda tf: tf.train.input_producer(tf.placeholder(tf.int32, [3, None])),
    "no_slices": lambda tf: tf.train.slice_input_producer([]),
    "nothing_to_batch": lambda tf: tf.train.batch([], 3),
    "unknown_rank": lambda tf: tf.train.batch([tf.placeholder(tf.int32)], 3),
    "capacity_too_small": lambda tf: tf.train.shuffle_batch([1], 3, 5, 5),
    "join_of_other_types": lambda tf: tf.train.batch_join([[1], [1.0]], 3),
    "join_of_nothing": lambda tf: tf.train.batch_join([], 3),
    "keep_a_vector": lambda tf: tf.train.maybe_batch([1], [True], 3),
    "keep_a_matrix": lambda tf: tf.train.maybe_batch([[1]], [[True]], 3, enqueue_many=True),
    "no_such_file": lambda tf: reading(tf, tf.TextLineReader, "/no/such/file"),
    "state_of_lines": lambda tf: tf.Session().run(tf.TextLineReader().serialize_state()),
    "epochs_not_counted": lambda tf: tf.Session().run(tf.train.limit_epochs(np.float32(1), 2)),
}
