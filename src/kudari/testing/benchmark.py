"""`tf.test.Benchmark`: methods that measure steps, run by `--benchmarks` on the command line."""

from __future__ import annotations

import inspect
import os
import re
import statistics
import time
from functools import cache
from typing import Any

from ..graph.stack import get_default_session
from ..platform import logging
from ..profiling.timeline import Timeline
from ..protos import proto
from ..runtime.session import Session

_REPORTS = "TEST_REPORT_FILE_PREFIX"  # where entries go to files, as TensorFlow has it
_FLAG = re.compile("--?benchmarks=(.*)")
_benchmarks: list[type] = []


class Benchmark:
    """A class of its kind has methods whose names begin with `benchmark`, which `tf.test.main` runs if asked to.

    `--benchmarks=all` on the command line runs them all, any other value those whose full names it is found in as a regular
    expression.
    """

    def __init__(self) -> None:
        pass

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if not cls.is_abstract():
            _benchmarks.append(cls)

    @classmethod
    def is_abstract(cls) -> bool:
        """Return whether it is only for others to be made from."""
        return cls is Benchmark

    def report_benchmark(self, iters: int | None = None, cpu_time: float | None = None, wall_time: float | None = None,
                         throughput: float | None = None, extras: dict[str, Any] | None = None, name: str | None = None,
                         metrics: list[dict[str, Any]] | None = None) -> None:
        """Log and print a measurement; or write it to a file whose name begins with `$TEST_REPORT_FILE_PREFIX`.

        Args:
          iters: how many steps were taken.
          cpu_time: of one, in seconds of the processor.
          wall_time: of one, in seconds.
          throughput: in millions of bytes a second.
          extras: numbers and texts by name.
          name: of the measurement; the method's own if `None`.
          metrics: dictionaries with `name`, `value`, and perhaps `min_value` and `max_value`.

        Raises:
          TypeError: if `extras` is no dictionary or `metrics` no list of such dictionaries.
        """
        logging.info("Benchmark [%s] iters: %s, wall_time: %s, cpu_time: %s, throughput: %s, extras: %s, metrics: %s", name,
                     iters, wall_time, cpu_time, throughput, extras, metrics)
        numbers = {"iters": iters, "cpu_time": cpu_time, "wall_time": wall_time, "throughput": throughput}
        full_name = f"{type(self).__name__}.{name or self._calling_method()}"
        entries = _entries_class()()
        entry = entries.entry.add(name=full_name, **{key: value for key, value in numbers.items() if value is not None})
        _add_extras(entry, extras)
        _add_metrics(entry, metrics)
        _publish(full_name, entries)

    def _calling_method(self) -> str:
        frame, name = inspect.currentframe(), ""
        while frame is not None:
            if frame.f_locals.get("self") is self:
                name = frame.f_code.co_name
            frame = frame.f_back
        return name

    def run_op_benchmark(self, sess: Any, op_or_tensor: Any, feed_dict: Any = None, burn_iters: int = 2, min_iters: int = 10,
                         store_trace: bool = False, store_memory_usage: bool = True, name: str | None = None,
                         extras: dict[str, Any] | None = None, mbs: float = 0) -> dict[str, Any]:
        """Measure runs of an op and report them.

        Args:
          sess: the session.
          op_or_tensor: what to run.
          feed_dict: what to feed.
          burn_iters: how many runs come first, not measured.
          min_iters: how many runs are measured.
          store_trace: whether the result has a trace for `chrome://tracing`, as `full_trace_chrome_format`.
          store_memory_usage: whether the report has the most memory held.
          name: of the measurement; the method's own if `None`.
          extras: numbers and texts by name for the report.
          mbs: how many millions of bytes one run moves.

        Returns:
          What was reported: `iters`, `wall_time` (the median, in seconds), `throughput`, `extras` and `name`.
        """
        for _ in range(burn_iters):
            sess.run(op_or_tensor, feed_dict)
        seconds = []
        for _ in range(min_iters):
            begin = time.perf_counter()
            sess.run(op_or_tensor, feed_dict)
            seconds.append(time.perf_counter() - begin)
        extras, unreported = {} if extras is None else extras, {}
        if store_trace or store_memory_usage:
            metadata, options = proto("RunMetadata")(), proto("RunOptions")
            sess.run(op_or_tensor, feed_dict, options=options(trace_level=options.FULL_TRACE), run_metadata=metadata)
            timeline = Timeline(metadata.step_stats)
            if store_trace:
                unreported["full_trace_chrome_format"] = timeline.generate_chrome_trace_format()
            for allocator, most in (timeline.analyze_step_stats(show_memory=True).allocator_maximums.items()
                                    if store_memory_usage else ()):
                extras[f"allocator_maximum_num_bytes_{allocator}"] = most.num_bytes
        median = statistics.median(seconds) if seconds else -1
        found: dict[str, Any] = {"iters": min_iters, "wall_time": median, "extras": extras, "name": name,
                                 "throughput": mbs / median}
        self.report_benchmark(**found)
        extras.update(unreported)
        return found

    def evaluate(self, tensors: Any) -> Any:
        """Return the values of tensors, in the default session or one made for it."""
        session = get_default_session()
        if session is not None:
            return session.run(tensors)
        with Session() as own:
            return own.run(tensors)


def _add_extras(entry: Any, extras: Any) -> None:
    if not isinstance(extras, dict | None):
        raise TypeError("extras must be a dict")
    for key, value in (extras or {}).items():
        if isinstance(value, int | float):
            entry.extras[key].double_value = value
        else:
            entry.extras[key].string_value = str(value)


def _add_metrics(entry: Any, metrics: Any) -> None:
    if not isinstance(metrics, list | None):
        raise TypeError("metrics must be a list")
    for metric in metrics or ():
        for field in ("name", "value"):
            if field not in metric:
                raise TypeError(f"metric must has a '{field}' field")
        made = entry.metrics.add(name=metric["name"], value=metric["value"])
        for field in ("min_value", "max_value"):
            if field in metric:
                getattr(made, field).value = metric[field]


def _publish(name: str, entries: Any) -> None:
    prefix = os.environ.get(_REPORTS)
    if prefix is None:
        print(entries)
        return
    with open(prefix + name.replace("/", "__"), "xb") as file:
        file.write(entries.SerializeToString())


@cache
def _entries_class() -> Any:
    """The message class `BenchmarkEntries`."""
    from google.protobuf import descriptor_pb2, descriptor_pool, message_factory, wrappers_pb2

    file = descriptor_pb2.FileDescriptorProto(name="kudari/test_log.proto", package="kudari", syntax="proto3",
                                              dependency=[wrappers_pb2.DESCRIPTOR.name])
    double, text, integer, other = 1, 9, 3, 11

    def add(message: Any, *fields: tuple[str, int, int, str, bool]) -> None:
        for name, number, kind, of, is_repeated in fields:
            message.field.add(name=name, number=number, type=kind, type_name=of or None, label=3 if is_repeated else 1)

    value = file.message_type.add(name="EntryValue")
    value.oneof_decl.add(name="kind")
    add(value, ("double_value", 1, double, "", False), ("string_value", 2, text, "", False))
    for field in value.field:
        field.oneof_index = 0
    wrapped = f".{wrappers_pb2.DoubleValue.DESCRIPTOR.full_name}"
    add(file.message_type.add(name="MetricEntry"), ("name", 1, text, "", False), ("value", 2, double, "", False),
        ("min_value", 3, other, wrapped, False), ("max_value", 4, other, wrapped, False))
    entry = file.message_type.add(name="BenchmarkEntry")
    extras = entry.nested_type.add(name="ExtrasEntry")
    extras.options.map_entry = True
    add(extras, ("key", 1, text, "", False), ("value", 2, other, ".kudari.EntryValue", False))
    add(entry, ("name", 1, text, "", False), ("iters", 2, integer, "", False), ("cpu_time", 3, double, "", False),
        ("wall_time", 4, double, "", False), ("throughput", 5, double, "", False),
        ("extras", 6, other, ".kudari.BenchmarkEntry.ExtrasEntry", True), ("metrics", 7, other, ".kudari.MetricEntry", True))
    add(file.message_type.add(name="BenchmarkEntries"), ("entry", 1, other, ".kudari.BenchmarkEntry", True))
    pool = descriptor_pool.Default()
    pool.Add(file)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName("kudari.BenchmarkEntries"))


def asked_for(argv: list[str]) -> str | None:
    """Return what `--benchmarks` says in a command line, which has it no longer then; `None` if it is not there."""
    for argument in argv:
        found = _FLAG.fullmatch(argument)
        if found:
            argv.remove(argument)
            return found[1]
    return None


def run_benchmarks(pattern: str) -> None:
    """Run the benchmarks whose full names a regular expression is found in, all if it is `"all"`."""
    for kind in _benchmarks:
        names = [name for name in dir(kind) if name.startswith("benchmark") and callable(getattr(kind, name))]
        chosen = [name for name in names
                  if pattern == "all" or re.search(pattern, f"{kind.__module__}.{kind.__name__}.{name}")]
        instance = kind() if chosen else None
        for name in chosen:
            getattr(instance, name)()


def benchmark_config() -> Any:
    """Return a `ConfigProto` for sessions that are measured."""
    config = proto("ConfigProto")()
    options = config.graph_options.rewrite_options
    options.dependency_optimization = options.OFF
    return config
