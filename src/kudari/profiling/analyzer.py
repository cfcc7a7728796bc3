"""`tf.profiler`: what a model's nodes are, count and take."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from ..errors import InvalidArgumentError, UnimplementedError
from ..graph.graph import Graph
from ..graph.stack import get_default_graph
from .measured import Profile
from .messages import message
from .option_builder import ProfileOptionBuilder
from .showing import Options, duration
from .timeline import Timeline
from .tree_views import code_view, graph_view, scope_view
from .type_view import type_view

_VIEWS: dict[str, Callable[[Profile, Options], tuple[str, Any]]] = {
    "scope": scope_view, "graph": graph_view, "op": type_view, "code": code_view}
_OPTIONS = "=" * 25 + "Options" + "=" * 29
_REPORT = "=" * 18 + "Model Analysis Report" + "=" * 22
_END = "=" * 22 + "End of Report" + "=" * 26
_MEANINGS = {
    "scope": "scope: nodes by the scopes in their names, as files by folders.",
    "graph": "graph: nodes by what uses their outputs.",
    "op": "op: types of op, each with all nodes of the type.",
    "code": "code: the lines of the program that made the nodes, by calls.",
    "bytes": "requested bytes: memory asked for.",
    "peak_bytes": "peak bytes: most memory held at a time.",
    "residual_bytes": "residual bytes: memory still held afterwards.",
    "output_bytes": "output bytes: memory of the outputs.",
    "micros": "total execution time: of processor and accelerator together.",
    "accelerator_micros": "accelerator execution time: as the accelerator measures it.",
    "cpu_micros": "cpu execution time: from the start of a node to its end, waiting included.",
    "params": "param: numbers in variables.",
    "float_ops": "flops: operations on floats, where shapes are known.",
    "device": "device: where nodes ran.",
    "op_types": "op_types: the type of a node, and those given by the user.",
    "occurrence": "occurrence: how often nodes ran and are defined.",
    "input_shapes": "input shape: shapes of the inputs.",
}


def profile(graph: Graph | None = None, run_meta: Any = None, op_log: Any = None, cmd: str = "scope",
            options: Any = 0) -> Any:
    """Report what a model's nodes are, count and take.

    Args:
      graph: the graph; the default graph if `None`.
      run_meta: the `RunMetadata` of a step with `trace_level=RunOptions.FULL_TRACE`, for time, memory, and shapes that only
        a step tells.
      op_log: an `OpLogProto` that gives nodes types of the user's own.
      cmd: `"scope"`, `"graph"`, `"op"` or `"code"`: what the report goes by.
      options: a dictionary as `ProfileOptionBuilder` makes it; the parameters of trainable variables if 0.

    Returns:
      A `GraphNodeProto` for scopes and graphs, otherwise a `MultiGraphNodeProto`.

    Raises:
      InvalidArgumentError: if there is no such view, or the options name what there is not.
      UnimplementedError: if the options ask for a file for pprof, or for values of a checkpoint.
    """
    if cmd not in _VIEWS:
        raise InvalidArgumentError(None, None, f"unknown cmd: {cmd}\n")
    chosen = Options(ProfileOptionBuilder.trainable_variables_parameter() if options == 0 else options)
    found = Profile(graph or get_default_graph(), op_log, run_meta, add_trace=cmd == "code")
    if run_meta:
        found.add_step(0, run_meta)
    print("Parsing Inputs...")
    return _report(found, cmd, chosen)


def _report(found: Profile, view: str, options: Options) -> Any:
    text, result = _VIEWS[view](found, options)
    meanings = [_MEANINGS[view], *(_MEANINGS[key] for key in sorted(options.select))]
    report = "\n".join(["", "Doc:", *meanings, "", "Profile:", text])
    if options.output == "stdout":
        print("", _OPTIONS, options.as_text(), _REPORT, report, _END, sep="\n")
        sys.stdout.flush()
    elif options.output == "file":
        with open(options.outfile, "w", encoding="utf-8") as file:
            file.write(report)
    elif options.output == "timeline":
        _write_timeline(found, options)
    return result


def _write_timeline(found: Profile, options: Options) -> None:
    step = options.step if options.step >= 0 else min(found.steps, default=-1)
    if step not in found.steps:
        raise InvalidArgumentError(None, None, f"A timeline needs the measurements of a step, and there are none of step "
                                               f"{step}: give run_meta, or call add_step first.")
    with open(f"{options.outfile}_{step}", "w", encoding="utf-8") as file:
        file.write(Timeline(found.steps[step].step_stats).generate_chrome_trace_format())


class Profiler:
    """Gathers the measurements of several steps.

    Args:
      graph: the graph; the default graph if `None`.
      op_log: an `OpLogProto` that gives nodes types of the user's own.
    """

    def __init__(self, graph: Graph | None = None, op_log: Any = None):
        self._graph = graph or get_default_graph()
        self._profile = Profile(self._graph, op_log)

    def add_step(self, step: int, run_meta: Any) -> None:
        """Add the measurements of a step.

        Args:
          step: its number; what has the same number is added up.
          run_meta: its `RunMetadata`.
        """
        self._profile.update(None, run_meta)
        self._profile.add_step(step, run_meta)

    def profile_python(self, options: dict[str, Any]) -> Any:
        """Report by lines of the program, as a `MultiGraphNodeProto`; options as of `profile`."""
        return _report(self._profile, "code", Options(options))

    def profile_operations(self, options: dict[str, Any]) -> Any:
        """Report by types of op, as a `MultiGraphNodeProto`; options as of `profile`."""
        return _report(self._profile, "op", Options(options))

    def profile_name_scope(self, options: dict[str, Any]) -> Any:
        """Report by name scopes, as a `GraphNodeProto`; options as of `profile`."""
        return _report(self._profile, "scope", Options(options))

    def profile_graph(self, options: dict[str, Any]) -> Any:
        """Report by what uses nodes, as a `GraphNodeProto`; options as of `profile`."""
        return _report(self._profile, "graph", Options(options))

    def advise(self, options: Any) -> Any:
        """Return advice as an `AdviceProto`; options as of `tf.profiler.advise`."""
        return _advice(self._profile, options)

    def serialize_to_string(self) -> bytes:
        """Return all that is known as a serialized `ProfileProto`."""
        return self._profile.as_message().SerializeToString()


_CHECKERS = ("ExpensiveOperationChecker", "AcceleratorUtilizationChecker", "OperationChecker")


def advise(graph: Graph | None = None, run_meta: Any = None, options: Any = 0) -> Any:
    """Report what takes most of a step's time.

    Args:
      graph: the graph; the default graph if `None`.
      run_meta: the `RunMetadata` of a step with `trace_level=RunOptions.FULL_TRACE`.
      options: a dictionary whose keys choose among `"ExpensiveOperationChecker"`, `"AcceleratorUtilizationChecker"` and
        `"OperationChecker"`; all if 0. The last two, which look for idle accelerators and slow layouts of TensorFlow's
        kernels, report nothing: XLA chooses layouts, and a step is watched op by op.

    Returns:
      An `AdviceProto`.

    Raises:
      UnimplementedError: if a checker is given options.
    """
    found = Profile(graph or get_default_graph(), None, run_meta)
    if run_meta:
        found.add_step(0, run_meta)
    print("Parsing Inputs...")
    return _advice(found, options)


def _advice(found: Profile, options: Any) -> Any:
    chosen = {name: {} for name in _CHECKERS} if options == 0 else options or {}
    if any(chosen.values()):
        raise UnimplementedError(None, None, "Kudari's checkers take no options: give each an empty dictionary.")
    result = message("AdviceProto")()
    for name in _CHECKERS:
        if name in chosen:
            result.checkers[name].reports.extend(_expensive(found) if name == _CHECKERS[0] else ())
            print(f"\n{name}:\n" + "\n".join(result.checkers[name].reports))
    return result


def _expensive(found: Profile) -> list[str]:
    """The types of op, the scopes and the lines that take most time."""
    if not found.steps:
        return []
    given = {"max_depth": 100, "order_by": "micros", "account_type_regexes": [".*"], "start_name_regexes": [".*"],
             "show_name_regexes": [".*"], "select": ["micros"], "min_micros": 100}
    _, types = type_view(found, Options({**given, "min_micros": 0}))
    _, scopes = scope_view(found, Options(given))
    _, lines = code_view(found, Options({**given, "account_displayed_op_only": False}))
    listed: list[str] = []
    here = types
    while here.children and len(listed) < 3:
        here = here.children[0]
        share = 100 * here.exec_micros / max(types.total_exec_micros, 1)
        listed.append(f"top {len(listed) + 1} operation type: {here.name}, {_times(here)} ({share:.2f}%)")
    nodes = [f"top {i} graph node: {each.name}, {_times(each)}" for i, each in enumerate(scopes.children[:3], 1)]
    slow = sorted(_own_lines(lines), key=lambda line: -line.exec_micros)[:3]
    return ["\n".join(listed), "\n".join(nodes), "\n".join(f"{line.name}, {_times(line)}" for line in slow)]


def _times(entry: Any) -> str:
    return (f"cpu: {duration(entry.cpu_exec_micros)}, accelerator: {duration(entry.accelerator_exec_micros)}, "
            f"total: {duration(entry.exec_micros)}")


def _own_lines(entry: Any) -> list[Any]:
    found = [entry] if entry.exec_micros >= 100 else []
    for other in entry.children:
        found += _own_lines(other)
    return found
