"""`tf.test.TestCase`: unit tests with sessions, and comparisons of arrays, tensors and structures of them."""

from __future__ import annotations

import contextlib
import os
import random
import re
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
from absl.testing import absltest

from ..dtypes import bfloat16
from ..errors import OpError
from ..functions.core import DEFAULT_GRAPH_SEED, set_random_seed
from ..graph.device import canonical_name
from ..graph.indexed_slices import IndexedSlices
from ..graph.stack import get_default_session, reset_default_graph
from ..graph.tensor import Tensor
from ..runtime.session import Session
from .compare import explain, locate
from .machine import get_temp_dir

_CPU, _GPU = "/device:CPU:0", "/device:GPU:0"


class TestCase(absltest.TestCase):
    """A test case of which each test starts with an empty default graph and fixed seeds, those of NumPy and Python too."""

    def __init__(self, methodName: str = "runTest"):
        super().__init__(methodName)
        self._threads: list[CheckedThread] = []
        self._tempdir: str | None = None
        self._cached: Session | None = None
        self._cached_for: tuple[Any, ...] = ()

    def setUp(self) -> None:
        """Reset the default graph and the seeds."""
        self._close_cached()
        random.seed(DEFAULT_GRAPH_SEED)
        np.random.seed(DEFAULT_GRAPH_SEED)
        reset_default_graph()
        set_random_seed(DEFAULT_GRAPH_SEED)
        if self.id().endswith(".test_session"):
            self.skipTest("Not a test.")

    def tearDown(self) -> None:
        """Check the threads, and close the cached session."""
        for thread in self._threads:
            thread.check_termination()
        self._close_cached()

    def _close_cached(self) -> None:
        if self._cached is not None:
            self._cached.close()
            self._cached = None

    def get_temp_dir(self) -> str:
        """Return a folder for the files of this test, the same one each time."""
        if self._tempdir is None:
            self._tempdir = tempfile.mkdtemp(dir=get_temp_dir())
        return self._tempdir

    @contextlib.contextmanager
    def session(self, graph: Any = None, config: Any = None, use_gpu: bool = False,
                force_gpu: bool = False) -> Iterator[Session]:
        """Give a new session, which is the default one inside, as is its graph.

        Args:
          graph: of the session; the default graph if `None`.
          config: of the session.
          use_gpu: whether nodes made inside may be recorded for other devices than the CPU.
          force_gpu: whether they are recorded for the first GPU.
        """
        with Session(graph=graph, config=config) as session, _placed(session, use_gpu, force_gpu):
            yield session

    @contextlib.contextmanager
    def cached_session(self, graph: Any = None, config: Any = None, use_gpu: bool = False,
                       force_gpu: bool = False) -> Iterator[Session]:
        """Give the one session of this test, made when first asked for; the arguments are those of `session`.

        Raises:
          ValueError: if it was made for another graph, configuration or placement.
        """
        session = self._cached_session(graph, config, force_gpu)
        for name, given, made in zip(("graph", "config", "force_gpu value"), (graph, config, force_gpu), self._cached_for):
            if given is not made:
                raise ValueError(f"The {name} used to get the cached session is different than the one that was used to "
                                 "create the session. Maybe create a new session with self.session()")
        with session.graph.as_default(), session.as_default(), _placed(session, use_gpu, force_gpu):
            yield session

    def _cached_session(self, graph: Any, config: Any, force_gpu: bool) -> Session:
        if self._cached is None:
            self._cached = Session(graph=graph, config=config)
            self._cached_for = graph, config, force_gpu
        return self._cached

    @contextlib.contextmanager
    def test_session(self, graph: Any = None, config: Any = None, use_gpu: bool = False,
                     force_gpu: bool = False) -> Iterator[Session]:
        """Give the one session of this test, or a new one if `graph` is given."""
        if self.id().endswith(".test_session"):
            self.skipTest("Not a test.")
        if graph is not None:
            with self.session(graph, config, use_gpu, force_gpu) as session:
                yield session
            return
        session = self._cached_session(graph, config, force_gpu)
        with session.graph.as_default(), session.as_default(), _placed(session, use_gpu, force_gpu):
            yield session

    def evaluate(self, tensors: Any) -> Any:
        """Return the values of `tensors`, a tensor or a structure of them, in the default session or this test's."""
        session = get_default_session()
        if session is not None:
            return session.run(tensors)
        with self.test_session() as session:
            return session.run(tensors)

    def _array(self, value: Any) -> np.ndarray:
        return np.asarray(self.evaluate(value) if isinstance(value, Tensor | IndexedSlices) else value)

    def assertStartsWith(self, actual: str, expected_start: str, msg: str | None = None) -> None:  # noqa: N802
        """Fail unless `actual` starts so."""
        if not actual.startswith(expected_start):
            self.fail(self._formatMessage(msg, f"{actual!r} does not start with {expected_start!r}"))

    def assertNear(self, f1: Any, f2: Any, err: float, msg: str | None = None) -> None:  # noqa: N802
        """Fail unless two numbers are equal or differ by `err` at most."""
        self.assertTrue(f1 == f2 or abs(f1 - f2) <= err, f"{f1:f} != {f2:f} +/- {err:f}{'' if msg is None else f' ({msg})'}")

    def assertArrayNear(self, farray1: Any, farray2: Any, err: float, msg: str | None = None) -> None:  # noqa: N802
        """Fail unless each two numbers of two sequences differ by `err` at most."""
        self.assertEqual(len(farray1), len(farray2), msg=msg)
        for f1, f2 in zip(farray1, farray2):
            self.assertNear(float(f1), float(f2), err, msg=msg)

    def assertNDArrayNear(self, ndarray1: Any, ndarray2: Any, err: float, msg: str | None = None) -> None:  # noqa: N802
        """Fail unless the norm of the difference of two arrays is less than `err`."""
        self.assertTrue(np.linalg.norm(np.asarray(ndarray1) - np.asarray(ndarray2)) < err, msg=msg)

    def assertAllClose(self, a: Any, b: Any, rtol: float = 1e-6, atol: float = 1e-6, msg: str | None = None) -> None:  # noqa: N802
        """Fail unless two arrays, tensors or nested structures of them differ by `atol + rtol * abs(b)` at most.

        Raises:
          ValueError: if their structures differ.
        """
        self._assert_close(a, b, rtol, atol, "", msg or "")

    def _assert_close(self, a: Any, b: Any, rtol: float, atol: float, path: str, msg: str) -> None:
        a, b = (value._asdict() if hasattr(value, "_asdict") else value for value in (a, b))
        if isinstance(a, Mapping) != isinstance(b, Mapping):
            raise ValueError(f"Can't compare dict to non-dict, a{path} vs b{path}. {msg}")
        if isinstance(a, Mapping):
            self.assertCountEqual(a.keys(), b.keys(), f"mismatched keys: a{path} has keys {a.keys()}, but b{path} has keys "
                                                      f"{b.keys()}. {msg}")
            for key in a:
                self._assert_close(a[key], b[key], rtol, atol, f"{path}[{key}]", msg)
            return
        difference = f"Mismatched value: a{path} is different from b{path}. {msg}"
        if not isinstance(a, list | tuple):
            self._assert_arrays_close(a, b, rtol, atol, difference)
            return
        try:
            a_array, b_array = self._array(a), self._array(b)
        except (ValueError, TypeError):
            self._assert_sequences_close(a, b, rtol, atol, path, msg)
        else:
            if object in (a_array.dtype, b_array.dtype):
                self._assert_sequences_close(a, b, rtol, atol, path, msg)
            else:
                self._assert_arrays_close(a_array, b_array, rtol, atol, difference)

    def _assert_sequences_close(self, a: Any, b: Any, rtol: float, atol: float, path: str, msg: str) -> None:
        if len(a) != len(b):
            raise ValueError(f"Mismatched length: a{path} has {len(a)} items, but b{path} has {len(b)} items. {msg}")
        for i, (left, right) in enumerate(zip(a, b)):
            self._assert_close(left, right, rtol, atol, f"{path}[{i}]", msg)

    def _assert_arrays_close(self, a: Any, b: Any, rtol: float, atol: float, msg: str) -> None:
        a, b = self._array(a), self._array(b)
        self._assert_shapes(a, b, f"Shape mismatch: expected {a.shape}, got {b.shape}", " with contents {}.")
        if not np.allclose(a, b, rtol=rtol, atol=atol):
            far = (np.abs(a - b) > atol + rtol * np.abs(b)) | (np.isnan(a) != np.isnan(b))
            x, y, *where = locate(a, b, far)
            words = explain([msg], "close", where, x, y, [f"not close dif = {np.abs(x - y)}",
                                                          f"not close tol = {atol + rtol * np.abs(y)}",
                                                          f"dtype = {a.dtype}, shape = {a.shape}"])
            np.testing.assert_allclose(a, b, rtol=rtol, atol=atol, err_msg=words, equal_nan=True)

    def _assert_shapes(self, a: np.ndarray, b: np.ndarray, words: str, contents: str) -> None:
        is_small = b.ndim <= 3 or b.size < 500
        self.assertEqual(a.shape, b.shape, words + (contents.format(b) if is_small else "."))

    def assertAllCloseAccordingToType(self, a: Any, b: Any, rtol: float = 1e-6, atol: float = 1e-6,  # noqa: N802
                                      float_rtol: float = 1e-6, float_atol: float = 1e-6, half_rtol: float = 1e-3,
                                      half_atol: float = 1e-3, bfloat16_rtol: float = 1e-2, bfloat16_atol: float = 1e-2,
                                      msg: str | None = None) -> None:
        """Fail unless two arrays are close, where the narrower of their types says how close."""
        a, b = self._array(a), self._array(b)
        types = {a.dtype, b.dtype}
        for names, type_rtol, type_atol in (({np.dtype(np.float32), np.dtype(np.complex64)}, float_rtol, float_atol),
                                            ({np.dtype(np.float16)}, half_rtol, half_atol),
                                            ({np.dtype(bfloat16.as_numpy_dtype)}, bfloat16_rtol, bfloat16_atol)):
            if types & names:
                rtol, atol = max(rtol, type_rtol), max(atol, type_atol)
        self.assertAllClose(a, b, rtol=rtol, atol=atol, msg=msg)

    def assertNotAllClose(self, a: Any, b: Any, **kwargs: Any) -> None:  # noqa: N802
        """Fail if `assertAllClose` would not."""
        try:
            self.assertAllClose(a, b, **kwargs)
        except AssertionError:
            return
        raise AssertionError("The two values are close at all elements")

    def assertAllEqual(self, a: Any, b: Any, msg: str | None = None) -> None:  # noqa: N802
        """Fail unless two arrays or tensors have the same shape and elements; NaN equals NaN."""
        a, b = self._array(a), self._array(b)
        self._assert_shapes(a, b, f"Shape mismatch: expected {a.shape}, got {b.shape}.", f" Contents: {{}}. \n{msg or ''}.")
        same = a == b
        if a.dtype.kind == "f" or a.dtype == bfloat16.as_numpy_dtype:
            same = same | (np.isnan(a) & np.isnan(b))
        if not np.all(same):
            x, y, *where = locate(a, b, np.logical_not(same))
            np.testing.assert_array_equal(a, b, err_msg=explain([msg or ""], "equal", where, x, y, []))

    def assertNotAllEqual(self, a: Any, b: Any, msg: str | None = None) -> None:  # noqa: N802
        """Fail if two arrays or tensors are the same."""
        try:
            self.assertAllEqual(a, b, msg)
        except AssertionError:
            return
        raise AssertionError("The two values are equal at all elements")

    def assertAllGreater(self, a: Any, comparison_target: Any) -> None:  # noqa: N802
        """Fail unless all elements are greater."""
        self.assertGreater(np.min(self._array(a)), comparison_target)

    def assertAllLess(self, a: Any, comparison_target: Any) -> None:  # noqa: N802
        """Fail unless all elements are less."""
        self.assertLess(np.max(self._array(a)), comparison_target)

    def assertAllGreaterEqual(self, a: Any, comparison_target: Any) -> None:  # noqa: N802
        """Fail unless all elements are greater or equal."""
        self.assertGreaterEqual(np.min(self._array(a)), comparison_target)

    def assertAllLessEqual(self, a: Any, comparison_target: Any) -> None:  # noqa: N802
        """Fail unless all elements are less or equal."""
        self.assertLessEqual(np.max(self._array(a)), comparison_target)

    def assertAllInRange(self, target: Any, lower_bound: Any, upper_bound: Any, open_lower_bound: bool = False,  # noqa: N802
                         open_upper_bound: bool = False) -> None:
        """Fail unless all elements are within two bounds, which belong to the range unless they are open."""
        target = self._array(target)
        if target.dtype.kind not in "iuf":
            raise AssertionError(f"The value of {target} does not have an ordered numeric type, instead it has type: "
                                 f"{target.dtype}")
        if np.isnan(target).any():
            raise AssertionError(f"{np.isnan(target).sum()} of the {target.size} element(s) are NaN. ")
        below = np.less_equal if open_lower_bound else np.less
        above = np.greater_equal if open_upper_bound else np.greater
        outside = below(target, lower_bound) | above(target, upper_bound)
        if outside.any():
            span = f"{'(' if open_lower_bound else '['}{lower_bound}, {upper_bound}{')' if open_upper_bound else ']'}"
            raise AssertionError(f"{outside.sum()} of the {target.size} element(s) are outside the range {span}. "
                                 f"Subscript(s) and value(s) of the offending elements:\n{_listed(target, outside)}")

    def assertAllInSet(self, target: Any, expected_set: Any) -> None:  # noqa: N802
        """Fail unless all elements are in a set."""
        others = np.setdiff1d(self._array(target).flatten(), list(expected_set))
        if others.size:
            raise AssertionError(f"{others.size} unique element(s) are not in the set {expected_set}: {others}")

    def assertDTypeEqual(self, target: Any, expected_dtype: Any) -> None:  # noqa: N802
        """Fail unless an array or tensor has elements of this NumPy type."""
        self.assertEqual(self._array(target).dtype, expected_dtype)

    def assertShapeEqual(self, np_array: Any, tf_tensor: Any, msg: str | None = None) -> None:  # noqa: N802
        """Fail unless a NumPy array has the static shape of a tensor.

        Raises:
          TypeError: if they are no array and no tensor.
        """
        if not isinstance(np_array, np.ndarray | np.generic):
            raise TypeError("np_array must be a Numpy ndarray or Numpy scalar")
        if not isinstance(tf_tensor, Tensor):
            raise TypeError("tf_tensor must be a Tensor")
        self.assertAllEqual(np_array.shape, tf_tensor.shape.as_list(), msg=msg)

    def assertDeviceEqual(self, device1: Any, device2: Any, msg: str | None = None) -> None:  # noqa: N802
        """Fail unless two device names say the same."""
        device1, device2 = canonical_name(device1), canonical_name(device2)
        self.assertEqual(device1, device2, f"Devices {device1} and {device2} are not equal. {msg}")

    def assertProtoEquals(self, expected_message_maybe_ascii: Any, message: Any, msg: str | None = None) -> None:  # noqa: N802
        """Fail unless a protocol buffer message equals another, which may be given as text."""
        expected = expected_message_maybe_ascii
        if isinstance(expected, str | bytes):
            from google.protobuf import text_format

            expected = text_format.Parse(expected, type(message)())
        self.assertEqual(str(expected), str(message), msg)

    def assertProtoEqualsVersion(self, expected: str, actual: Any, producer: int = 134, min_consumer: int = 0,  # noqa: N802
                                 msg: str | None = None) -> None:
        """Fail unless a GraphDef equals another, given as text without the versions."""
        versions = f"versions {{ producer: {producer} min_consumer: {min_consumer} }}" if min_consumer else (
            f"versions {{ producer: {producer} }}")
        self.assertProtoEquals(f"{versions}\n{expected}", actual, msg=msg)

    @contextlib.contextmanager
    def captureWritesToStream(self, stream: Any) -> Iterator[CapturedWrites]:  # noqa: N802
        """Give an object whose `contents()` is what is written to `stream`, a file with a descriptor, inside."""
        stream.flush()
        number = stream.fileno()
        before = os.dup(number)
        with tempfile.NamedTemporaryFile(dir=self.get_temp_dir()) as file:
            os.dup2(file.fileno(), number)
            try:
                yield CapturedWrites(file.name)
            finally:
                stream.flush()
                os.dup2(before, number)
                os.close(before)

    @contextlib.contextmanager
    def assertRaisesWithPredicateMatch(self, exception_type: Any,  # type: ignore[override]  # noqa: N802
                                       expected_err_re_or_predicate: str | Callable[[Exception], Any]) -> Iterator[None]:
        """Fail unless the code inside raises such an error, whose words a pattern is found in or a function accepts."""
        expected = expected_err_re_or_predicate
        try:
            yield
            self.fail(exception_type.__name__ + " not raised")
        except Exception as error:
            matches = expected(error) if callable(expected) else re.search(expected, _words(error))
            if not isinstance(error, exception_type) or not matches:
                raise AssertionError(f"Exception of type {type(error)}: {error}") from error

    def assertRaisesOpError(self, expected_err_re_or_predicate: Any) -> Any:  # noqa: N802
        """Fail unless the code inside raises an `OpError` whose words a pattern is found in."""
        return self.assertRaisesWithPredicateMatch(OpError, expected_err_re_or_predicate)

    def checkedThread(self, target: Any, args: Any = None, kwargs: Any = None) -> CheckedThread:  # noqa: N802
        """Return a thread whose errors fail the test when it is joined."""
        thread = CheckedThread(self, target, args, kwargs)
        self._threads.append(thread)
        return thread


class CapturedWrites:
    """What has been written to a stream so far."""

    def __init__(self, path: str):
        self._path = path

    def contents(self) -> str:
        """Return it as text."""
        with open(self._path, encoding="utf-8") as file:
            return file.read()


class CheckedThread:
    """A thread that tells a test when it has failed, and that must be joined."""

    def __init__(self, test: TestCase, target: Any, args: Any, kwargs: Any):
        self._test, self._target, self._args, self._kwargs = test, target, args or (), kwargs or {}
        self._thread = threading.Thread(target=self._run)
        self._error: Exception | None = None
        self._has_been_joined = False

    def _run(self) -> None:
        try:
            self._target(*self._args, **self._kwargs)
        except Exception as error:
            self._error = error

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def join(self) -> None:
        """Wait for the thread, and fail the test if it has failed."""
        self._has_been_joined = True
        self._thread.join()
        if self._error is not None:
            self._test.fail(f"Error in checkedThread: {self._error}")

    def is_alive(self) -> bool:
        """Return whether it still runs."""
        return self._thread.is_alive()

    def check_termination(self) -> None:
        """Fail the test if the thread still runs or nobody has waited for it."""
        if self.is_alive():
            self._test.fail("A checkedThread was not terminated.")
        if not self._has_been_joined:
            self._test.fail("A checkedThread was not joined.")


@contextlib.contextmanager
def _placed(session: Session, use_gpu: bool, force_gpu: bool) -> Iterator[None]:
    """Record devices for the nodes made inside, as the arguments of a test's session say."""
    if use_gpu and not force_gpu:
        yield
    else:
        with session.graph.device(_GPU if force_gpu else _CPU):
            yield


def _words(error: Exception) -> str:
    return str(getattr(error, "message", error))


def _listed(values: np.ndarray, which: np.ndarray) -> str:
    places = np.argwhere(which)
    lines = [f"  {place} : {values[tuple(place)]}" for place in places[:10]]
    return "\n".join(lines + ["  ..."] * (len(places) > 10))
