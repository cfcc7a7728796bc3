"""How far long work is, for whoever shows it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np


@dataclass
class Progress:
    """How far a study is; it may be looked at from another thread.

    Args:
      doing: what is being done.
      steps: how many were taken of that.
      lost_at: for each lane the step after which something was first not finite, 0 if nothing was; empty without lanes.
    """

    doing: str = "training"
    steps: int = 0
    lost_at: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))

    def begin(self, doing: str) -> None:
        """Turn to something else."""
        self.doing, self.steps = doing, 0
