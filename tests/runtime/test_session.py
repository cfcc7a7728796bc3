"""Sessions: what may be fetched and fed, what comes back, and what is refused in which words."""

import collections
import threading

import numpy as np
import pytest

import kudari as tf


@pytest.fixture
def sess():
    with tf.Session() as session:
        yield session


def test_scalars_come_back_as_numpy_scalars(sess):
    value = sess.run(tf.constant(1.5))
    assert isinstance(value, np.float32) and value == 1.5


def test_arrays_come_back_owned_and_writable(sess):
    v = tf.Variable([1.0, 2.0])
    sess.run(v.initializer)
    first = sess.run(v)
    first[0] = 9
    np.testing.assert_array_equal(sess.run(v), [1, 2])


Pair = collections.namedtuple("Pair", "a b")


def test_every_form_of_fetch(sess):
    a, b = tf.constant(1, name="a"), tf.constant([2, 3], name="b")
    v = tf.Variable(4.0)
    sess.run(v.initializer)
    assert sess.run(a) == 1
    assert sess.run("a:0") == 1
    assert sess.run("a") is None
    assert sess.run(a.op) is None
    assert sess.run(v) == 4
    assert sess.run([a, [a, (a, {"k": a})], []]) == [1, [1, (1, {"k": 1})], []]
    assert sess.run((a, a.op)) == (1, None)
    assert sess.run(Pair(a, v)) == Pair(1, 4)
    ordered = sess.run(collections.OrderedDict([("z", a), ("y", v)]))
    assert type(ordered) is collections.OrderedDict and list(ordered.items()) == [("z", 1), ("y", 4)]
    slices = sess.run(tf.IndexedSlices(b, a))
    assert isinstance(slices, tf.IndexedSlicesValue) and slices.dense_shape is None
    assert sess.run([]) == [] and sess.run({}) == {}


@pytest.mark.parametrize(("fetch", "error", "words"), [
    (None, TypeError, "Fetch argument None has invalid type"),
    (3, TypeError, "Fetch argument 3 has invalid type"),
    ("missing:0", ValueError, "cannot be interpreted as a Tensor"),
    ("a:7", ValueError, "only has 1 outputs"),
])
def test_wrong_fetches(sess, fetch, error, words):
    tf.constant(1, name="a")
    with pytest.raises(error, match=words):
        sess.run(fetch)


def test_fetch_from_another_graph(sess):
    tf.constant(0)
    with tf.Graph().as_default():
        foreign = tf.constant(1)
    with pytest.raises(ValueError, match="is not an element of this graph"):
        sess.run(foreign)
    with pytest.raises(TypeError, match="Cannot interpret feed_dict key as Tensor"):
        sess.run(tf.constant(1), {foreign: 1})


def test_any_tensor_can_be_fed(sess):
    x = tf.placeholder(tf.float32, [2])
    y = x * 2.0
    z = y + 1.0
    v = tf.Variable(1.0)
    np.testing.assert_array_equal(sess.run(z, {y: [5, 6]}), [6, 7])
    np.testing.assert_array_equal(sess.run(z, {"Placeholder:0": (1, 2)}), [3, 5])
    np.testing.assert_array_equal(sess.run(z, {x: np.array([1, 2], np.int64)}), [3, 5])
    assert sess.run(v + 1.0, {v: 4}) == 5
    np.testing.assert_array_equal(sess.run(y, {y: [7, 8]}), [7, 8])


@pytest.mark.parametrize(("value", "error", "words"), [
    ([1, 2, 3], ValueError, r"Cannot feed value of shape \(3,\) for Tensor 'x:0', which has shape '\(2,\)'"),
    (["a", "b"], ValueError, "could not convert string to float"),
    ([[1], [2, 3]], ValueError, "inhomogeneous"),
])
def test_wrong_feeds(sess, value, error, words):
    x = tf.placeholder(tf.float32, [2], name="x")
    with pytest.raises(error, match=words):
        sess.run(x * 2.0, {x: value})


def test_feeding_a_tensor_or_an_int_that_does_not_fit(sess):
    x = tf.placeholder(tf.uint8, name="x")
    with pytest.raises(TypeError, match=r"The value of a feed cannot be a tf.Tensor object"):
        sess.run(x, {x: tf.constant(1)})
    with pytest.raises((TypeError, OverflowError)):
        sess.run(x, {x: 300})


def test_a_placeholder_that_is_not_fed_is_named_with_its_line(sess):
    x = tf.placeholder(tf.float32, [None, 3], name="images")
    with pytest.raises(tf.errors.InvalidArgumentError) as caught:
        sess.run(x + 1.0)
    assert "You must feed a value for placeholder tensor 'images' with dtype float and shape [?,3]" in str(caught.value)
    assert "test_session.py" in str(caught.value)


def test_an_uninitialized_variable_is_named(sess):
    v = tf.Variable(1.0, name="weights")
    with pytest.raises(tf.errors.FailedPreconditionError, match="Attempting to use uninitialized value weights"):
        sess.run(v)
    with pytest.raises(tf.errors.FailedPreconditionError, match="Attempting to use uninitialized value weights"):
        sess.run(v.assign_add(1.0).op)
    assert not sess.run(tf.is_variable_initialized(v))
    sess.run(v.initializer)
    assert sess.run(tf.is_variable_initialized(v))


def test_closed_empty_and_missing_sessions():
    with pytest.raises(RuntimeError, match="The Session graph is empty"):
        tf.Session().run([])
    c = tf.constant(1)
    session = tf.Session()
    session.close()
    with pytest.raises(RuntimeError, match="Attempted to use a closed Session"):
        session.run(c)
    with pytest.raises(ValueError, match="No default session is registered"):
        c.eval()


def test_updates_and_reads_in_one_run_are_in_creation_order(sess):
    v = tf.Variable(1.0)
    before = v * 1.0
    update = v.assign_add(1.0)
    with tf.control_dependencies([update]):
        after = v.read_value()
    sess.run(v.initializer)
    assert sess.run([after, before, v]) == [2, 1, 2]


def test_variables_belong_to_their_session():
    v = tf.Variable(1.0)
    first, second = tf.Session(), tf.Session()
    first.run(v.initializer)
    second.run(v.initializer)
    first.run(v.assign(5.0))
    assert (first.run(v), second.run(v)) == (5, 1)


def test_a_fed_size_decides_a_shape(sess):
    n = tf.placeholder(tf.int32, [])
    zeros = tf.zeros([n, 2])
    assert sess.run(zeros, {n: 3}).shape == (3, 2)
    assert sess.run(zeros, {n: 5}).shape == (5, 2)
    x = tf.placeholder(tf.float32, [None, 4])
    assert sess.run(tf.reshape(x, [tf.shape(x)[0] * 2, -1]), {x: np.ones((3, 4))}).shape == (6, 2)


def test_a_shape_that_depends_on_a_variable(sess):
    v = tf.Variable(3)
    ones = tf.ones([v + 1]) * 2.0
    sess.run(v.initializer)
    np.testing.assert_array_equal(sess.run(ones), [2, 2, 2, 2])


def test_make_callable(sess):
    x, y = tf.placeholder(tf.float32), tf.placeholder(tf.float32)
    difference = sess.make_callable([x - y], [x, y])
    assert difference(5, 3) == [2]
    with pytest.raises(TypeError, match="takes 2 values"):
        difference(1, 2, 3)
    with pytest.raises(tf.errors.InvalidArgumentError, match="You must feed a value for placeholder"):
        difference(1)


def test_partial_run_runs_nothing_twice(sess):
    a, b = tf.placeholder(tf.float32, []), tf.placeholder(tf.float32, [])
    v = tf.Variable(0.0)
    sess.run(v.initializer)
    with tf.control_dependencies([v.assign_add(1.0)]):
        first = a + 1.0
    second = first * b
    handle = sess.partial_run_setup([first, second], [a, b])
    assert sess.partial_run(handle, first, {a: 1}) == 2
    assert sess.partial_run(handle, second, {b: 10}) == 20
    assert sess.run(v) == 1
    with pytest.raises(tf.errors.InvalidArgumentError, match="has already been used"):
        sess.partial_run(handle, second, {b: 10})


def test_interactive_session_is_the_default_until_closed():
    session = tf.InteractiveSession()
    assert tf.constant(2).eval() == 2
    with pytest.warns(UserWarning, match="already active"):
        other = tf.InteractiveSession()
    other.close()
    session.close()
    assert tf.get_default_session() is None


def test_configs_are_accepted():
    config = tf.ConfigProto(allow_soft_placement=True, gpu_options=tf.GPUOptions(allow_growth=True))
    with tf.Session(config=config) as sess:
        metadata = tf.RunMetadata()
        options = tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE)
        assert sess.run(tf.constant(1), options=options, run_metadata=metadata) == 1
    with pytest.raises(TypeError, match=r"config must be a tf.ConfigProto"):
        tf.Session(config=3)


def test_many_threads():
    v, x = tf.Variable(np.zeros(8, np.int64)), tf.placeholder(tf.int64, [])
    add, read = v.assign_add(tf.fill([8], x)), v + 0
    with tf.Session() as sess:
        sess.run(v.initializer)
        torn = []

        def work():
            for i in range(100):
                sess.run(add.op, {x: i % 3})
                seen = sess.run(read)
                torn.extend(seen[seen != seen[0]])

        threads = [threading.Thread(target=work) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not torn
        assert sess.run(v)[0] == 8 * sum(i % 3 for i in range(100))


def test_nan_does_not_stop_training(sess):
    v = tf.Variable(1e30)
    train = tf.train.GradientDescentOptimizer(1e30).minimize(tf.square(v))
    sess.run(v.initializer)
    for _ in range(5):
        sess.run(train)
    assert np.isnan(sess.run(v))
