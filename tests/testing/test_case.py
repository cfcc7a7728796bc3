"""`tf.test`: a test case's sessions and comparisons."""

import numpy as np
import pytest

import kudari as tf


class Some(tf.test.TestCase):
    """A test case to call methods of."""

    def runTest(self):  # noqa: N802
        """Nothing."""


@pytest.fixture
def case():
    made = Some()
    made.setUp()
    yield made
    made.tearDown()


def test_sessions_are_the_default_inside(case):
    with case.test_session() as session:
        x = tf.constant([1.0, 2.0])
        assert (session is tf.get_default_session(), x.op.device) == (True, "/device:CPU:0")
        case.assertAllEqual(x * 2, [2.0, 4.0])
        assert x.eval().tolist() == [1.0, 2.0]
    with case.cached_session() as again:
        assert again is session
    with pytest.raises(ValueError, match="The config used to get the cached session is different"), \
            case.cached_session(config=tf.ConfigProto()):
        pass
    with case.session(graph=tf.Graph(), use_gpu=True) as other:
        assert other is not session and tf.get_default_graph() is other.graph


def test_a_test_starts_anew(case):
    tf.constant(1.0)
    case.setUp()
    assert (tf.get_default_graph().get_operations(), tf.get_default_graph().seed) == ([], 87654321)


CLOSE = {
    "equal": ([1.0, 2.0], [1.0, 2.0]),
    "near": ([1.0], [1.0 + 5e-7]),
    "nan": ([float("nan")], [float("nan")]),
    "nested": ({"a": [np.ones(2), (3.0, [np.zeros((2, 2))])]}, {"a": [np.ones(2), (3.0, [np.zeros((2, 2))])]}),
}
FAR = {
    "value": ([1.0, 2.0], [1.0, 3.0], AssertionError, "not close lhs = \\[2.\\]"),
    "shape": ([1.0], [[1.0]], AssertionError, "Shape mismatch: expected \\(1,\\), got \\(1, 1\\) with contents"),
    "keys": ({"a": 1}, {"b": 1}, AssertionError, "mismatched keys"),
    "kinds": ({"a": 1}, [1], ValueError, "Can't compare dict to non-dict"),
    "lengths": ([[1.0], [1.0, 2.0]], [[1.0]], ValueError, "Mismatched length: a has 2 items, but b has 1 items"),
}


@pytest.mark.parametrize("name", CLOSE)
def test_what_is_close(case, name):
    case.assertAllClose(*CLOSE[name])


@pytest.mark.parametrize("name", FAR)
def test_what_is_far(case, name):
    a, b, kind, words = FAR[name]
    with pytest.raises(kind, match=words):
        case.assertAllClose(a, b)


def test_other_comparisons(case):
    case.assertAllCloseAccordingToType(np.float16([1.0]), np.float16([1.0009]))
    case.assertNotAllClose([1.0], [1.1])
    case.assertAllInRange(tf.constant([1, 2]), 1, 2)
    case.assertAllInSet([1, 2, 1], {1, 2})
    case.assertAllGreater([2, 3], 1)
    case.assertShapeEqual(np.ones((2, 3)), tf.ones([2, 3]))
    case.assertDeviceEqual("/gpu:0", "/device:GPU:0")
    case.assertProtoEquals("node { name: 'a' op: 'NoOp' }", tf.GraphDef(node=[tf.NodeDef(name="a", op="NoOp")]))
    with case.assertRaisesOpError("no value"):
        raise tf.errors.InvalidArgumentError(None, None, "there is no value")
    for wrong in (lambda: case.assertAllInRange([1.0], 1, 2, open_lower_bound=True), lambda: case.assertAllInSet([3], {1}),
                  lambda: case.assertNotAllEqual([1], [1]), lambda: case.assertNear(1.0, 2.0, 0.5),
                  lambda: case.assertAllEqual([1], [2]), lambda: case.assertDTypeEqual(np.ones(1), np.int32)):
        with pytest.raises(AssertionError):
            wrong()


def test_what_is_written_is_caught(case):
    with open(case.get_temp_dir() + "/log", "w", encoding="utf-8") as stream:
        with case.captureWritesToStream(stream) as written:
            print("inside", file=stream, flush=True)
            assert written.contents() == "inside\n"
        print("after", file=stream)
    with open(case.get_temp_dir() + "/log", encoding="utf-8") as stream:
        assert stream.read() == "after\n"


def test_threads_tell_what_went_wrong(case):
    thread = case.checkedThread(lambda: 1 / 0)
    thread.start()
    with pytest.raises(AssertionError, match="Error in checkedThread: division by zero"):
        thread.join()


def test_texts():
    assert (tf.compat.as_bytes("ä"), tf.compat.as_text(b"a"), tf.compat.as_str_any(3)) == ("ä".encode(), "a", "3")
    assert tf.compat.forward_compatible(2019, 8, 1) and not tf.compat.forward_compatible(2020, 1, 1)
    with pytest.raises(TypeError, match="Expected binary or unicode string, got 3"):
        tf.compat.as_bytes(3)


def test_custom_ops_are_refused_by_name():
    with pytest.raises(tf.errors.UnimplementedError, match=r"no C\+\+ headers"):
        tf.sysconfig.get_include()


def test_graph_defs_are_compared():
    tf.test.assert_equal_graph_def(tf.GraphDef(), tf.GraphDef())
    with pytest.raises(AssertionError, match="node 'a' is in actual only"):
        tf.test.assert_equal_graph_def(tf.GraphDef(node=[tf.NodeDef(name="a")]), tf.GraphDef())
