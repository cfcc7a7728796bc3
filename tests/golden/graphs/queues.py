"""Queues, the ops on them, and readers that take their work from one."""

STEPS = [(["fill"], {}), (["one"], {}), (["size"], {}), (["several"], {}), (["ranked"], {}), (["padded"], {}),
         (["shuffled"], {}), (["names"], {}), (["lines"], {}), (["more_lines"], {}), (["counts"], {}), (["closed"], {}),
         (["all"], {})]


def build(tf):
    tf.set_random_seed(4)
    plain = tf.FIFOQueue(10, [tf.float32, tf.string], shapes=[[2], []], name="plain")
    fill = [plain.enqueue_many([tf.reshape(tf.range(8.0), [4, 2]), ["a", "b", "c", "d"]])]
    plain.enqueue([[9.0, 9.0], "e"])
    ranked = tf.PriorityQueue(5, tf.string, shapes=[[]])
    fill.append(ranked.enqueue_many([tf.constant([5, 2, 4], tf.int64), ["five", "two", "four"]]))
    padded = tf.PaddingFIFOQueue(5, tf.int32, [[None]])
    fill.append(tf.group(padded.enqueue([[1, 2, 3]])))
    shuffled = tf.RandomShuffleQueue(20, 2, tf.int32, shapes=[[]])
    fill.append(shuffled.enqueue_many([tf.range(12)]))
    named = tf.FIFOQueue(3, tf.float32, names=["x"], shared_name="shared", name="named")
    fill.append(named.enqueue({"x": 3.5}))
    work = tf.FIFOQueue(3, tf.string, name="work")
    fill.append(work.enqueue(["some text"]))
    reader = tf.IdentityReader(name="reader")
    lines = reader.read(work)
    again = tf.FIFOQueue(3, tf.float32, names=["x"], shared_name="shared", name="again")
    tf.QueueBase.from_list(tf.constant(1), [plain, tf.FIFOQueue(2, [tf.float32, tf.string], [[3], []])]).close()
    with tf.control_dependencies(fill[2:3]):
        more = padded.enqueue([[4]])
    with tf.control_dependencies([more]):
        both = padded.dequeue_many(2)
    with tf.control_dependencies([work.enqueue("x"), work.enqueue("y")]):
        more_lines = reader.read_up_to(work, 5)
    close = plain.close(cancel_pending_enqueues=True)
    with tf.control_dependencies([close]):
        closed = plain.is_closed()
    tf.TFRecordReader()
    tf.TextLineReader(2)
    tf.FixedLengthRecordReader(4, 1, 2, 3)
    tf.WholeFileReader(name="whole").serialize_state()
    return {"fill": tf.group(*fill[:2], *fill[3:]), "one": plain.dequeue(), "size": plain.size(),
            "several": plain.dequeue_many(2), "ranked": ranked.dequeue_many(3), "padded": both,
            "shuffled": shuffled.dequeue_up_to(10), "names": again.dequeue("named_one")["x"], "lines": lines,
            "more_lines": more_lines, "counts": [reader.num_records_produced(), reader.num_work_units_completed()],
            "closed": closed, "all": plain.dequeue_up_to(7)}
