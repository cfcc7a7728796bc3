"""Queues filled by threads: every example once an epoch, and threads that end when they should."""

import os
import signal
import threading
import time

import numpy as np
import pytest

import kudari as tf


def filled(path, count):
    """A TFRecord file with the numbers below `count`."""
    with tf.python_io.TFRecordWriter(str(path)) as writer:
        for number in range(count):
            feature = {"number": tf.train.Feature(int64_list=tf.train.Int64List(value=[number]))}
            writer.write(tf.train.Example(features=tf.train.Features(feature=feature)).SerializeToString())
    return str(path)


def every(fetch):
    """All batches that a pipeline gives, one after the other."""
    found = []
    with tf.Session() as session:
        session.run([tf.global_variables_initializer(), tf.local_variables_initializer()])
        coord = tf.train.Coordinator()
        threads = tf.train.start_queue_runners(session, coord)
        try:
            while not coord.should_stop():
                found.append(session.run(fetch))
        except tf.errors.OutOfRangeError:
            coord.request_stop()
        coord.join(threads)
    return found


@pytest.fixture(autouse=True)
def graph():
    with tf.Graph().as_default() as graph:
        yield graph


def parsed(paths, num_epochs):
    names = tf.train.string_input_producer(paths, num_epochs=num_epochs)
    _, record = tf.TFRecordReader().read(names)
    return tf.parse_single_example(record, {"number": tf.FixedLenFeature([], tf.int64)})["number"]


def test_two_threads_deliver_every_record_once_an_epoch(tmp_path):
    number = parsed([filled(tmp_path / "a", 70), filled(tmp_path / "b", 30)], 3)
    batches = every(tf.train.batch([number], 8, num_threads=2, allow_smaller_final_batch=True))
    assert sorted(np.concatenate(batches)) == sorted([*range(70), *range(30)] * 3)
    assert [len(batch) for batch in batches[:-1]] == [8] * (len(batches) - 1)


def test_shuffled_batches_hold_every_record_once_an_epoch(tmp_path):
    number = parsed([filled(tmp_path / "a", 100)], 2)
    found = np.concatenate(every(tf.train.shuffle_batch([number], 5, 40, 20, num_threads=2, seed=1)))
    assert sorted(found) == sorted([*range(100)] * 2)
    assert list(found) != sorted(found)


def test_slices_of_arrays_come_in_order_or_all_the_same():
    x, y = tf.train.slice_input_producer([tf.range(10), tf.range(10) * 2], num_epochs=1, shuffle=False)
    assert [b.tolist() for b in every(tf.train.batch([x, y], 5))[0]] == [[0, 1, 2, 3, 4], [0, 2, 4, 6, 8]]
    x, y = tf.train.slice_input_producer([tf.range(10), tf.range(10) * 2], num_epochs=1, seed=3)
    found = every([x, y])
    assert sorted(pair[0] for pair in found) == list(range(10))
    assert all(b == 2 * a for a, b in found)


def test_joined_threads_each_deliver_their_own():
    producers = [tf.train.range_input_producer(n, num_epochs=1, shuffle=False) for n in (7, 20)]
    joined = tf.train.batch_join([[p.dequeue()] for p in producers], 4, allow_smaller_final_batch=True)
    assert sorted(np.concatenate(every(joined))) == sorted([*range(7), *range(20)])


def test_only_what_is_wanted_is_batched():
    number = tf.train.range_input_producer(20, num_epochs=1, shuffle=False).dequeue()
    even = tf.train.maybe_batch([number], tf.equal(number % 2, 0), 5)
    assert np.concatenate(every(even)).tolist() == list(range(0, 20, 2))


def test_sparse_tensors_go_through_a_queue():
    number = tf.train.range_input_producer(4, num_epochs=1, shuffle=False).dequeue()
    sparse = tf.SparseTensor([[tf.cast(number, tf.int64)]], [number * 10], [5])
    (batch,) = every(tf.train.batch([sparse, number], 4))
    assert batch[0].indices.tolist() == [[n, n] for n in range(4)]
    assert batch[0].values.tolist() == [0, 10, 20, 30]
    assert batch[0].dense_shape.tolist() == [4, 5]
    assert batch[1].tolist() == [0, 1, 2, 3]


def test_elements_of_different_sizes_are_filled_up():
    number = tf.train.range_input_producer(4, num_epochs=1, shuffle=False).dequeue()
    (batch,) = every(tf.train.batch([tf.ones([number], tf.int32)], 4, dynamic_pad=True))
    assert batch.tolist() == np.tri(4, 3, -1, int).tolist()


def test_an_error_in_a_thread_ends_the_program():
    number = tf.train.range_input_producer(4, shuffle=False).dequeue()
    checked = tf.check_numerics(1.0 / tf.cast(number, tf.float32), "one of them is")
    batch = tf.train.batch([checked], 2)
    with pytest.raises(tf.errors.InvalidArgumentError, match="one of them is : Tensor had Inf"):
        every(batch)


def test_a_monitored_session_starts_the_threads_and_ends_them():
    before = threading.active_count()
    number = tf.train.range_input_producer(10, num_epochs=1, shuffle=False).dequeue()
    batch = tf.train.batch([number], 5)
    found = []
    with tf.train.MonitoredTrainingSession() as session:
        while not session.should_stop():
            found.extend(session.run(batch).tolist())
    assert found == list(range(10))
    deadline = time.time() + 10
    while threading.active_count() > before and time.time() < deadline:
        time.sleep(0.01)
    assert threading.active_count() <= before


def waiting(session, op, options=None):
    """A thread that waits in a run of `op`, and what it was told."""
    told = []

    def run():
        try:
            told.append(session.run(op, options=options))
        except tf.errors.OpError as error:
            told.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    time.sleep(0.1)
    assert thread.is_alive()
    return thread, told


def ended(thread, told):
    thread.join(10)
    assert not thread.is_alive()
    return told[0]


def test_closing_the_session_sends_everybody_away():
    queue = tf.FIFOQueue(1, tf.int32)
    other = tf.FIFOQueue(1, tf.int32)
    session = tf.Session()
    session.run(queue.enqueue(1))
    waits = [waiting(session, queue.enqueue(2)), waiting(session, other.dequeue())]
    session.close()
    enqueued, dequeued = (ended(*wait) for wait in waits)
    assert isinstance(enqueued, tf.errors.CancelledError) and "Enqueue operation was cancelled" in enqueued.message
    assert isinstance(dequeued, tf.errors.CancelledError) and "Dequeue operation was cancelled" in dequeued.message


def test_closing_waits_for_those_who_came_first():
    queue = tf.FIFOQueue(1, tf.int32, shapes=[[]])
    with tf.Session() as session:
        session.run(queue.enqueue(1))
        put = waiting(session, queue.enqueue(2))
        close = waiting(session, queue.close())
        assert session.run(queue.dequeue()) == 1
        assert ended(*put) is None and ended(*close) is None
        assert session.run(queue.dequeue()) == 2
        with pytest.raises(tf.errors.OutOfRangeError, match="is closed and has insufficient elements"):
            session.run(queue.dequeue())


def test_more_may_be_taken_at_once_than_the_queue_holds():
    queue = tf.FIFOQueue(2, tf.int32, shapes=[[]])
    with tf.Session() as session:
        put = waiting(session, queue.enqueue_many([tf.range(7)]))
        assert session.run(queue.dequeue_many(7)).tolist() == list(range(7))
        assert ended(*put) is None


def test_what_was_taken_of_too_few_goes_back():
    queue = tf.FIFOQueue(9, tf.int32, shapes=[[]])
    with tf.Session() as session:
        session.run(queue.enqueue_many([[1, 2]]))
        take = waiting(session, queue.dequeue_many(3))
        assert session.run(queue.size()) == 0
        session.run(queue.close())
        assert "requested 1, current size 0" in ended(*take).message
        assert session.run(queue.dequeue_up_to(3)).tolist() == [1, 2]


def test_a_variable_can_be_changed_while_a_run_that_reads_it_waits():
    queue = tf.FIFOQueue(1, tf.float32, shapes=[[]])
    variable = tf.Variable(1.0)
    add = variable.assign_add(1.0)
    with tf.Session() as session:
        session.run(variable.initializer)
        session.run(queue.enqueue(variable))
        put = waiting(session, queue.enqueue(variable))
        for _ in range(3):
            session.run(add)
        assert session.run(queue.dequeue()) == 1.0
        assert ended(*put) is None
        assert session.run(queue.dequeue()) == 1.0
        assert session.run(variable) == 4.0


def test_fed_arrays_are_the_queues_own():
    queue, x = tf.FIFOQueue(3, tf.float32, shapes=[[2]]), tf.placeholder(tf.float32, [None, 2])
    put, array = queue.enqueue_many(x), np.ones([2, 2], np.float32)
    with tf.Session() as session:
        session.run(put, {x: array})
        array[:] = 7
        assert session.run(queue.dequeue_many(2)).tolist() == [[1, 1], [1, 1]]


def test_a_wait_can_be_interrupted():
    queue = tf.FIFOQueue(1, tf.int32)
    with tf.Session() as session:
        timer = threading.Timer(0.2, os.kill, [os.getpid(), signal.SIGINT])
        timer.start()
        with pytest.raises(KeyboardInterrupt):
            session.run(queue.dequeue())
        session.run(queue.enqueue(3))
        assert session.run(queue.dequeue()) == 3  # whoever was interrupted does not take it


def test_a_deadline_ends_a_wait():
    queue = tf.FIFOQueue(1, tf.int32)
    with tf.Session(config=tf.ConfigProto(operation_timeout_in_ms=50)) as session:
        with pytest.raises(tf.errors.DeadlineExceededError, match="Timed out waiting for notification"):
            session.run(queue.dequeue())
        session.run(queue.enqueue(3))
        assert session.run(queue.dequeue()) == 3


def test_what_was_taken_of_too_few_goes_back_when_time_is_up():
    queue = tf.FIFOQueue(4, tf.int32, shapes=[[]])
    with tf.Session() as session:
        session.run(queue.enqueue_many([[1, 2]]))
        options = tf.RunOptions(timeout_in_ms=100)
        with pytest.raises(tf.errors.DeadlineExceededError):
            session.run(queue.dequeue_many(3), options=options)
        session.run(queue.enqueue(3))
        assert session.run(queue.dequeue_many(3)).tolist() == [1, 2, 3]


def test_whoever_gives_up_holds_nobody_back():
    queue = tf.FIFOQueue(4, tf.int32, shapes=[[]])
    with tf.Session() as session:
        session.run(queue.enqueue_many([[1, 2]]))
        many, options = queue.dequeue_many(3), tf.RunOptions(timeout_in_ms=300)
        first = waiting(session, many, options=options)
        second = waiting(session, queue.dequeue())
        assert isinstance(ended(*first), tf.errors.DeadlineExceededError)
        assert ended(*second) == 1
        assert session.run(queue.dequeue()) == 2


def test_queue_runners_come_back_with_a_meta_graph():
    tf.train.batch([tf.train.range_input_producer(6, num_epochs=1, shuffle=False).dequeue()], 3, name="batch")
    exported = tf.train.export_meta_graph()
    with tf.Graph().as_default():
        tf.train.import_meta_graph(exported)
        assert [b.tolist() for b in every("batch:0")] == [[0, 1, 2], [3, 4, 5]]


def test_epochs_are_counted_in_a_local_variable():
    limited = tf.train.limit_epochs(tf.constant(5), 2)
    with tf.Session() as session:
        session.run(tf.local_variables_initializer())
        assert [session.run(limited) for _ in range(2)] == [5, 5]
        with pytest.raises(tf.errors.OutOfRangeError, match="Reached limit of 2"):
            session.run(limited)


def test_a_step_may_put_in_what_it_takes_out():
    queue = tf.FIFOQueue(1, tf.float32)
    taken, put = queue.dequeue() + 1.0, queue.enqueue(3.0)
    with tf.Session() as session:
        assert session.run([taken, put]) == [4.0, None]  # taking waits for putting, though it was made first


def test_an_area_of_one_place_is_emptied_and_filled_by_the_same_step():
    area = tf.contrib.staging.StagingArea([tf.float32], capacity=1)
    x = tf.placeholder(tf.float32, [])
    put, (got,) = area.put(x), area.get()
    with tf.Session() as session:
        session.run(put, {x: 0.0})
        assert [session.run([put, got], {x: n})[1] for n in (1.0, 2.0, 3.0)] == [0.0, 1.0, 2.0]


def test_gradients_are_taken_when_there_are_enough():
    accumulator = tf.ConditionalAccumulator(tf.float32, shape=[])
    apply, take = accumulator.apply_grad(tf.constant(3.0)), accumulator.take_grad(2)
    with tf.Session() as session:
        session.run(apply)
        take = waiting(session, take)
        session.run(apply)
        assert ended(*take) == 3.0
        session.run(apply)  # it is of the step before
        assert session.run(accumulator.num_accumulated()) == 0


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")  # of the thread sent away at the end
def test_a_step_is_taken_when_enough_gradients_are_there():
    weights = tf.Variable([1.0, 1.0])
    step = tf.train.get_or_create_global_step()
    optimizer = tf.train.SyncReplicasOptimizer(tf.train.GradientDescentOptimizer(0.5), replicas_to_aggregate=2,
                                               total_num_replicas=1)
    x = tf.placeholder(tf.float32, [2])
    train = optimizer.minimize(tf.reduce_sum(weights * x), global_step=step)
    assert optimizer.get_slot_names() == []
    with pytest.raises(ValueError, match="Global step is required"):
        optimizer.apply_gradients([(x, weights)])
    hook = optimizer.make_session_run_hook(is_chief=True)
    with tf.train.MonitoredTrainingSession(hooks=[hook], stop_grace_period_secs=0) as session:
        for value in ([1.0, 0.0], [3.0, 2.0], [9.0, 9.0], [1.0, 1.0], [1.0, 1.0]):  # the third is of the step before
            session.run(train, {x: value})
        deadline = time.time() + 10
        while session.run(step) < 2 and time.time() < deadline:
            time.sleep(0.01)
        found = session.run(weights)
    for thread in [t for t in threading.enumerate() if t.name.startswith("QueueRunnerThread-dummy")]:
        thread.join(10)
    np.testing.assert_allclose(found, [1.0 - 0.5 * 2.0 - 0.5, 1.0 - 0.5 * 1.0 - 0.5])
