"""Public names of `tf.profiler`."""

from __future__ import annotations

from typing import Any

_MESSAGES = ("AdviceProto", "GraphNodeProto", "MultiGraphNodeProto")


def _message(name: str) -> Any:
    def find() -> Any:
        from ..profiling.messages import message

        return message(name)

    return find


PATHS = {
    "profiler.ProfileOptionBuilder": "profiling.option_builder.ProfileOptionBuilder",
    "profiler.write_op_log": "profiling.op_log.write_op_log",
    **{f"profiler.{name}": f"profiling.analyzer.{name}" for name in ("Profiler", "advise", "profile")},
}
LAZY_NAMES = {f"profiler.{name}": _message(name) for name in _MESSAGES}
