"""How a session runs: its numerics, whether it defers steps, which executor it uses."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Any

NUMERICS = ("auto", "exact", "fast")


def _numerics() -> str:
    return os.environ.get("KUDARI_NUMERICS", "auto")


def _defer() -> bool:
    return os.environ.get("KUDARI_DEFER", "1") != "0"


@dataclass(frozen=True)
class SessionOptions:
    """Options of one session, given as `Session(config=SessionOptions(…))`.

    Args:
      numerics: `"exact"` (the order and rounding of TensorFlow 1.3's CPU kernels), `"fast"` (XLA unrestricted) or
        `"auto"` (exact where the step is so small that it costs nothing); `KUDARI_NUMERICS` if not given.
      defer: whether runs that return nothing may be executed together later; `KUDARI_DEFER` (0 or 1) if not given.
      interpret: whether to run op by op instead of compiling, which is slow and for finding faults.
      config: a `tf.ConfigProto`, accepted as TensorFlow does.

    Raises:
      ValueError: if `numerics` is none of these.
    """

    numerics: str = field(default_factory=_numerics)
    defer: bool = field(default_factory=_defer)
    interpret: bool = False
    config: Any = None

    @property
    def time_limit(self) -> int:
        """How many milliseconds a step may wait for queues; any number if 0."""
        return getattr(self.config, "operation_timeout_in_ms", 0)

    def __post_init__(self) -> None:
        if self.numerics not in NUMERICS:
            raise ValueError(f"Numerics must be one of {', '.join(NUMERICS)}, got {self.numerics!r}: set KUDARI_NUMERICS "
                             "or SessionOptions(numerics=…) to one of them.")


def session_options(config: Any) -> SessionOptions:
    """Return the options that the `config` argument of a session stands for."""
    if isinstance(config, SessionOptions):
        return config
    if config is not None and not hasattr(config, "SerializeToString"):
        raise TypeError(f"config must be a tf.ConfigProto, but got {type(config)}")
    return SessionOptions(config=config)
