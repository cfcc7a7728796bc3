"""`tf.profiler.ProfileOptionBuilder`: what a profile counts, shows and sorts by."""

from __future__ import annotations

import copy
from typing import Any

from .op_log import TRAINABLE_VARIABLES

_ALL = [".*"]


def _options(**changes: Any) -> dict[str, Any]:
    defaults = {"max_depth": 10000, "min_bytes": 0, "min_micros": 0, "min_params": 0, "min_float_ops": 0,
                "min_occurrence": 0, "order_by": "name", "account_type_regexes": _ALL, "start_name_regexes": _ALL,
                "trim_name_regexes": [], "show_name_regexes": _ALL, "hide_name_regexes": [],
                "account_displayed_op_only": True, "select": ["params"], "step": -1, "output": "stdout"}
    return copy.deepcopy({**defaults, **changes})


class ProfileOptionBuilder:
    """Makes the options of `tf.profiler.profile`; its methods that begin with `with_` return itself.

    Args:
      options: a dictionary to begin with, which is copied.
    """

    def __init__(self, options: dict[str, Any] | None = None):
        self._options = (_options(max_depth=100, select=["micros"], account_displayed_op_only=False) if options is None
                         else copy.deepcopy(options))

    @staticmethod
    def trainable_variables_parameter() -> dict[str, Any]:
        """Return options that count the numbers in trainable variables, by name."""
        return _options(account_type_regexes=[TRAINABLE_VARIABLES])

    @staticmethod
    def float_operation() -> dict[str, Any]:
        """Return options that count operations on floats, the most first."""
        return _options(min_float_ops=1, order_by="float_ops", select=["float_ops"])

    @staticmethod
    def time_and_memory(min_micros: int = 1, min_bytes: int = 1, min_accelerator_micros: int = 0, min_cpu_micros: int = 0,
                        min_peak_bytes: int = 0, min_residual_bytes: int = 0, min_output_bytes: int = 0) -> dict[str, Any]:
        """Return options that show the time and memory of what takes at least so much, the slowest first."""
        return _options(min_bytes=min_bytes, min_peak_bytes=min_peak_bytes, min_residual_bytes=min_residual_bytes,
                        min_output_bytes=min_output_bytes, min_micros=min_micros,
                        min_accelerator_micros=min_accelerator_micros, min_cpu_micros=min_cpu_micros, order_by="micros",
                        select=["micros", "bytes"])

    def build(self) -> dict[str, Any]:
        """Return a copy of the options."""
        return copy.deepcopy(self._options)

    def _with(self, **values: Any) -> ProfileOptionBuilder:
        self._options.update(values)
        return self

    def with_max_depth(self, max_depth: int) -> ProfileOptionBuilder:
        """Show so many levels of scopes or inputs, or so many types of op."""
        return self._with(max_depth=max_depth)

    def with_min_memory(self, min_bytes: int = 0, min_peak_bytes: int = 0, min_residual_bytes: int = 0,
                        min_output_bytes: int = 0) -> ProfileOptionBuilder:
        """Show what takes so many bytes at least: asked for, held at most, held afterwards, given out."""
        return self._with(min_bytes=min_bytes, min_peak_bytes=min_peak_bytes, min_residual_bytes=min_residual_bytes,
                          min_output_bytes=min_output_bytes)

    def with_min_execution_time(self, min_micros: int = 0, min_accelerator_micros: int = 0,
                                min_cpu_micros: int = 0) -> ProfileOptionBuilder:
        """Show what takes so many microseconds at least."""
        return self._with(min_micros=min_micros, min_accelerator_micros=min_accelerator_micros,
                          min_cpu_micros=min_cpu_micros)

    def with_min_parameters(self, min_params: int) -> ProfileOptionBuilder:
        """Show what has so many parameters at least."""
        return self._with(min_params=min_params)

    def with_min_occurrence(self, min_occurrence: int) -> ProfileOptionBuilder:
        """Show what is there so many times at least."""
        return self._with(min_occurrence=min_occurrence)

    def with_min_float_operations(self, min_float_ops: int) -> ProfileOptionBuilder:
        """Show what does so many operations on floats at least."""
        return self._with(min_float_ops=min_float_ops)

    def with_accounted_types(self, account_type_regexes: list[str]) -> ProfileOptionBuilder:
        """Count only nodes one of whose types, such as `"MatMul"` or `"_trainable_variables"`, matches as a whole."""
        return self._with(account_type_regexes=copy.copy(account_type_regexes))

    def with_node_names(self, start_name_regexes: list[str] | None = None, show_name_regexes: list[str] | None = None,
                        hide_name_regexes: list[str] | None = None,
                        trim_name_regexes: list[str] | None = None) -> ProfileOptionBuilder:
        """Choose nodes by names, with expressions that match whole names.

        Args:
          start_name_regexes: of the nodes to begin with.
          show_name_regexes: of those shown.
          hide_name_regexes: of those not shown.
          trim_name_regexes: of those below which nothing is shown.
        """
        given = {"start_name_regexes": start_name_regexes, "show_name_regexes": show_name_regexes,
                 "hide_name_regexes": hide_name_regexes, "trim_name_regexes": trim_name_regexes}
        return self._with(**{key: copy.copy(value) for key, value in given.items() if value is not None})

    def account_displayed_op_only(self, is_true: bool) -> ProfileOptionBuilder:
        """Choose whether totals count only what is shown."""
        return self._with(account_displayed_op_only=is_true)

    def with_empty_output(self) -> ProfileOptionBuilder:
        """Write nothing."""
        return self._with(output="none")

    def with_stdout_output(self) -> ProfileOptionBuilder:
        """Write the report to the standard output."""
        return self._with(output="stdout")

    def with_file_output(self, outfile: str) -> ProfileOptionBuilder:
        """Write the report to a file."""
        return self._with(output=f"file:outfile={outfile}")

    def with_timeline_output(self, timeline_file: str) -> ProfileOptionBuilder:
        """Write a trace for `chrome://tracing` to a file."""
        return self._with(output=f"timeline:outfile={timeline_file}")

    def with_pprof_output(self, pprof_file: str) -> ProfileOptionBuilder:
        """Ask for a file for pprof, which `profile` then refuses: Kudari writes none."""
        return self._with(output=f"pprof:outfile={pprof_file}")

    def order_by(self, attribute: str) -> ProfileOptionBuilder:
        """Sort by `"name"`, `"bytes"`, `"micros"`, `"params"`, `"float_ops"`, `"occurrence"` and so on, the most first."""
        return self._with(order_by=attribute)

    def select(self, attributes: list[str]) -> ProfileOptionBuilder:
        """Choose what is shown of each node: `"bytes"`, `"micros"`, `"params"`, `"float_ops"`, `"device"` and so on."""
        return self._with(select=copy.copy(attributes))

    def with_step(self, step: int) -> ProfileOptionBuilder:
        """Show the measurements of one step, of all steps on average if -1."""
        return self._with(step=step)
