"""Steps fed by queues and datasets against steps fed by hand, and a monitored session against a plain one."""

import tempfile
import threading

import numpy as np
import pytest
from test_seed_ratios import X as POINTS
from test_seed_ratios import Y as TARGETS
from test_seed_ratios import medians

import kudari as tf

pytestmark = pytest.mark.bench
BATCH, BATCHES, STEPS = 128, 64, 15
RANDOM = np.random.RandomState(0)
IMAGES = RANDOM.randn(BATCH * BATCHES, 784).astype(np.float32)
LABELS = RANDOM.randint(0, 10, BATCH * BATCHES).astype(np.int32)


def trained(x, y):
    """A step of Adam on a network of 784-512-512-10, and its loss."""
    for width in (512, 512, 10):
        weights = tf.Variable(tf.truncated_normal([int(x.shape[1]), width], stddev=0.05))
        x = tf.matmul(tf.nn.relu(x) if width == 10 else x, weights) + tf.Variable(tf.zeros([width]))
    loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=x))
    return [tf.train.AdamOptimizer().minimize(loss), loss]


def by_hand(choose):
    """A loop that feeds what `choose(step)` cuts out of the arrays."""
    with tf.Graph().as_default():
        x, y = tf.placeholder(tf.float32, [None, 784]), tf.placeholder(tf.int32, [None])
        step, session = trained(x, y), tf.Session()
        session.run(tf.global_variables_initializer())

    def loop():
        for i in range(STEPS):
            rows = choose(i)
            session.run(step, {x: IMAGES[rows], y: LABELS[rows]})

    return loop


def in_order(step):
    return slice(step * BATCH, (step + 1) * BATCH)


def shuffled(step):
    return RANDOM.randint(0, len(IMAGES), BATCH)


def by_itself(make):
    """A loop whose steps take what `make()` gives; it also returns a function that starts that in a session."""
    with tf.Graph().as_default():
        x, y, start = make()
        step, session = trained(x, y), tf.Session()
        session.run(tf.global_variables_initializer())
        start(session)

    def loop():
        for _ in range(STEPS):
            session.run(step)

    return loop


def of_dataset(shuffles):
    images, labels = tf.placeholder(tf.float32, IMAGES.shape), tf.placeholder(tf.int32, LABELS.shape)
    rows = tf.data.Dataset.from_tensor_slices((images, labels))
    rows = (rows.shuffle(2000) if shuffles else rows).repeat().batch(BATCH).prefetch(2)
    iterator = rows.make_initializable_iterator()
    return (*iterator.get_next(), lambda session: session.run(iterator.initializer, {images: IMAGES, labels: LABELS}))


def of_queue(queue):
    """Batches of a queue that another thread fills with batches."""
    images, labels = tf.placeholder(tf.float32, [None, 784]), tf.placeholder(tf.int32, [None])
    put = queue.enqueue_many([images, labels])

    def start(session):
        def fill():
            while True:
                for i in range(BATCHES):
                    session.run(put, {images: IMAGES[in_order(i)], labels: LABELS[in_order(i)]})

        threading.Thread(target=fill, daemon=True).start()

    return (*queue.dequeue_many(BATCH), start)


def plain_queue():
    return of_queue(tf.FIFOQueue(2000, [tf.float32, tf.int32], [[784], []]))


def shuffle_queue():
    return of_queue(tf.RandomShuffleQueue(2000, 1000, [tf.float32, tf.int32], [[784], []]))


def of_single_rows():
    """Batches of rows that a thread each cuts out of the arrays, one at a time."""
    row, label = tf.train.slice_input_producer([tf.constant(IMAGES), tf.constant(LABELS)], capacity=1000)
    return (*tf.train.batch([row, label], BATCH, num_threads=2, capacity=1000), tf.train.start_queue_runners)


@pytest.mark.parametrize(("name", "make", "choose", "bound"), [
    ("a dataset", lambda: of_dataset(False), in_order, 0.9),
    ("a queue", plain_queue, in_order, 0.9),
    ("a shuffled dataset", lambda: of_dataset(True), shuffled, 0.7),
    ("a shuffled queue", shuffle_queue, shuffled, 0.7),
    ("single rows", of_single_rows, shuffled, 0.15),
])
def test_an_mlp_fed_by(name, make, choose, bound):
    fed, itself = medians(by_hand(choose), by_itself(make))
    print(f"\nan MLP fed by {name}: {fed / itself:.2f} x the speed of feed_dict (bound {bound} x)")
    assert fed / itself >= bound


@pytest.mark.parametrize(("name", "folder", "bound"), [
    ("without files", False, 1.5), ("with checkpoints and summaries", True, 2)])
def test_a_monitored_session(name, folder, bound):
    def loop_of(make):
        with tf.Graph().as_default():
            x, y = tf.placeholder(tf.float32), tf.placeholder(tf.float32)
            step = tf.train.get_or_create_global_step()
            loss = tf.reduce_sum(tf.square(tf.Variable([0.3]) * x + tf.Variable([-0.3]) - y))
            train = tf.train.GradientDescentOptimizer(0.01).minimize(loss, global_step=step)
            session = make()

        def loop():
            for _ in range(500):
                session.run([train, loss], {x: POINTS, y: TARGETS})

        return loop

    def plain():
        session = tf.Session()
        session.run(tf.global_variables_initializer())
        return session

    with tempfile.TemporaryDirectory() as path:
        mine, bare = medians(loop_of(lambda: tf.train.MonitoredTrainingSession(checkpoint_dir=path if folder else None)),
                             loop_of(plain))
    print(f"\nMonitoredTrainingSession {name}: {mine / bare:.2f} x Session.run (bound {bound} x)")
    assert mine / bare <= bound
