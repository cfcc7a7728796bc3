"""What all views of a profile share: their options, totals, what is shown, in which order and how."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from ..errors import InvalidArgumentError, UnimplementedError
from .measured import COUNTED, Node

ROOT = "_TFProfRoot"
_MINIMA = ("min_bytes", "min_peak_bytes", "min_residual_bytes", "min_output_bytes", "min_micros", "min_accelerator_micros",
           "min_cpu_micros", "min_params", "min_float_ops", "min_occurrence")
_LISTS = ("account_type_regexes", "start_name_regexes", "trim_name_regexes", "show_name_regexes", "hide_name_regexes")
_TOTALS = {"min_bytes": "requested_bytes", "min_peak_bytes": "peak_bytes", "min_residual_bytes": "residual_bytes",
           "min_output_bytes": "output_bytes", "min_micros": "exec_micros",
           "min_accelerator_micros": "accelerator_exec_micros", "min_cpu_micros": "cpu_exec_micros"}
_OWN = {"min_params": "parameters", "min_float_ops": "float_ops"}
_ORDERS = {"bytes": "requested_bytes", "peak_bytes": "peak_bytes", "residual_bytes": "residual_bytes",
           "output_bytes": "output_bytes", "micros": "exec_micros", "accelerator_micros": "accelerator_exec_micros",
           "cpu_micros": "cpu_exec_micros", "params": "parameters", "float_ops": "float_ops"}
SELECTED = ("bytes", "peak_bytes", "residual_bytes", "output_bytes", "micros", "accelerator_micros", "cpu_micros", "params",
            "float_ops", "device", "op_types", "occurrence", "input_shapes")


class Options:
    """The options of a profile.

    Args:
      given: a dictionary as `ProfileOptionBuilder` makes it; what is missing has its default.

    Raises:
      InvalidArgumentError: if it sorts by, selects or writes what there is not.
      UnimplementedError: if it asks for a file for pprof, or for the values of a checkpoint.
    """

    def __init__(self, given: dict[str, Any]):
        self.minima = {key: given.get(key, 0) for key in _MINIMA}
        self.max_depth, self.step = given.get("max_depth", 10), given.get("step", -1)
        self.order_by = given.get("order_by", "name")
        self.regexes = {key: list(given.get(key, ())) for key in _LISTS}
        self.counts_shown_only = bool(given.get("account_displayed_op_only", False))
        self.select = set(given.get("select", ()))
        kind, _, rest = str(given.get("output", "stdout")).partition(":")
        self.output, self.outfile = kind, rest.partition("outfile=")[2]
        if self.order_by not in ("name", "occurrence", *_ORDERS):
            raise InvalidArgumentError(None, None, f"Cannot order a profile by '{self.order_by}': choose one of name, "
                                                   f"occurrence, {', '.join(_ORDERS)}.")
        if "tensor_value" in self.select or kind == "pprof":
            what = "write files for pprof" if kind == "pprof" else "show the values of a checkpoint in a profile"
            raise UnimplementedError(None, None, f"Kudari does not {what}.")
        wrong = sorted(self.select - set(SELECTED))
        if wrong or kind not in ("stdout", "file", "timeline", "none"):
            raise InvalidArgumentError(None, None, f"A profile cannot show {', '.join(wrong) or kind}.")

    def matches(self, key: str, name: str) -> bool:
        """Whether one of the expressions of an option matches the whole name."""
        return any(re.fullmatch(regex, name) for regex in self.regexes[key])

    def accounts(self, types: set[str]) -> bool:
        """Whether nodes of these types are counted."""
        return self.regexes["account_type_regexes"] == [".*"] or any(
            self.matches("account_type_regexes", each) for each in types)

    def as_text(self) -> str:
        """Return them as the report begins with them."""
        rows: dict[str, Any] = {"max_depth": self.max_depth, **self.minima, "step": self.step, "order_by": self.order_by}
        rows |= {key: ",".join(values) for key, values in self.regexes.items()}
        rows |= {"account_displayed_op_only": str(self.counts_shown_only).lower(), "select": ",".join(sorted(self.select)),
                 "output": f"{self.output}:" + (f"outfile={self.outfile}" if self.outfile else "")}
        return "".join(f"{'-' + key:<28}{value}\n" for key, value in rows.items())


class Shown:
    """An entry of a view.

    Args:
      name: of the entry.
      counts: its own, by what is counted.
      node: of the graph, if it is one.
      types: of op, and of the user's own.
      is_accounted: whether it is of a type that counts.
    """

    def __init__(self, name: str, counts: dict[str, int], node: Node | None = None, types: Iterable[str] = (),
                 is_accounted: bool = True):
        self.name, self.node, self.types = name, node, set(types)
        self.is_accounted = is_accounted
        self.own = {key: counts.get(key, 0) for key in COUNTED}
        self.run_count = counts.get("run_count", 0)
        self.children: list[Shown] = []
        self.shown: list[Shown] = []
        self.reset()

    def reset(self, counts_itself: bool = False) -> None:
        """Begin the totals anew, with its own counts or with nothing."""
        self.totals = dict(self.own) if counts_itself else dict.fromkeys(COUNTED, 0)
        self.total_runs = self.run_count if counts_itself else 0
        self.total_definitions = int(counts_itself)

    def add(self, other: Shown) -> None:
        """Add the totals of another."""
        for key, value in other.totals.items():
            self.totals[key] += value
        self.total_runs += other.total_runs
        self.total_definitions += other.total_definitions

    def is_shown(self, options: Options, depth: int, by_totals: bool) -> bool:
        """Whether the options show it, so deep in the view; by what is below it, too, or by its own parameters, operations
        and runs."""
        if self.name == ROOT:
            return True
        minima = options.minima
        return (depth <= options.max_depth and self.total_definitions > 0
                and all(self.totals[key] >= minima[option] for option, key in _TOTALS.items())
                and all((self.totals if by_totals else self.own)[key] >= minima[option] for option, key in _OWN.items())
                and (self.total_definitions if by_totals else self.run_count) >= minima["min_occurrence"]
                and options.matches("show_name_regexes", self.name)
                and not options.matches("hide_name_regexes", self.name))


def in_order(entries: Sequence[Any], options: Options) -> list[Any]:
    """Return entries sorted, those with the most first; those with as many as they came."""
    if options.order_by == "name":
        return sorted(entries, key=lambda entry: entry.name)
    if options.order_by == "occurrence":
        return sorted(entries, key=lambda entry: -entry.total_runs)
    return sorted(entries, key=lambda entry: -entry.totals[_ORDERS[options.order_by]])


def number(value: int) -> str:
    """Return a count as reports have it: 1.26k, 3.40m, 2.00b."""
    for size, letter in ((1000000000, "b"), (1000000, "m"), (1000, "k")):
        if value >= size:
            return f"{value / size:.2f}{letter}"
    return str(value)


def memory(value: int) -> str:
    """Return bytes as reports have them."""
    return f"{value}B" if value < 1000 else f"{value / 1000:.2f}KB" if value < 1000000 else f"{value / 1000000:.2f}MB"


def duration(micros: int) -> str:
    """Return a time as reports have it."""
    return (f"{micros}us" if micros < 1000 else f"{micros / 1000:.2f}ms" if micros < 1000000
            else f"{micros / 1000000:.2f}sec")


_SPELLED = {"exec_micros": duration, "accelerator_exec_micros": duration, "cpu_exec_micros": duration,
            "requested_bytes": memory, "peak_bytes": memory, "residual_bytes": memory, "output_bytes": memory,
            "parameters": number, "float_ops": number}
_COLUMNS = {"bytes": ("requested_bytes",), "peak_bytes": ("peak_bytes",), "residual_bytes": ("residual_bytes",),
            "output_bytes": ("output_bytes",), "micros": ("exec_micros", "accelerator_exec_micros", "cpu_exec_micros"),
            "accelerator_micros": ("accelerator_exec_micros",), "cpu_micros": ("cpu_exec_micros",),
            "params": ("parameters",), "float_ops": ("float_ops",)}
UNITS = {"parameters": " params", "float_ops": " flops"}


def columns(options: Options) -> list[str]:
    """What is counted and shown, in order."""
    keys = [key for name in SELECTED if name in options.select for key in _COLUMNS.get(name, ())]
    return list(dict.fromkeys(keys))


def spelled(key: str, value: int) -> str:
    """Return what is counted under `key` as text."""
    return _SPELLED[key](value)


def own_and_total(entry: Shown, key: str) -> str:
    """Return what an entry counts itself, and with all below it."""
    own = spelled(key, entry.own[key]) if entry.is_accounted and entry.name != ROOT else "--"
    return f"{own}/{spelled(key, entry.totals[key])}{UNITS.get(key, '')}"


_TITLES = {
    "requested_bytes": "requested bytes", "peak_bytes": "peak bytes", "residual_bytes": "residual bytes",
    "output_bytes": "output bytes", "exec_micros": "total execution time",
    "accelerator_exec_micros": "accelerator execution time", "cpu_exec_micros": "cpu execution time",
    "parameters": "# parameters", "float_ops": "# float_ops",
}
_OTHER_TITLES = {"device": "assigned devices", "op_types": "op types", "input_shapes": "input shapes"}


def titles(options: Options, occurrence: str) -> str:
    """Return the line over the entries."""
    names = [_TITLES[key] for key in columns(options)]
    for key in ("device", "op_types", "occurrence", "input_shapes"):
        if key in options.select:
            names.append(_OTHER_TITLES.get(key, occurrence))
    return " | ".join(["node name", *names])
