"""Giving variables values that are there already, as restoring does, with no more of them at once than need be."""

from __future__ import annotations

from collections import Counter
from typing import Any

import jax

from .interpret import Interpreter, as_kept
from .plan import Segment
from .store import VariableStore


def run_moves(segment: Segment, state: VariableStore, inputs: list[Any]) -> None:
    """Run a segment that only sets variables, and let go of each value when its variable has a copy.

    Args:
      segment: one that `only_moves`.
      state: of the variables, changed in place.
      inputs: of the segment; the list is empty afterwards.
    """
    interpreter = Interpreter(dict(zip(segment.inputs, inputs)), state, segment.guards)
    inputs.clear()
    left = Counter(tensor for op in segment.ops for tensor in op.inputs)
    for op in segment.ops:
        interpreter.run(op)
        left.subtract(op.inputs)
        spent = [tensor for tensor in op.inputs if not left[tensor] and tensor in interpreter.values]
        for tensor in spent:
            del interpreter.values[tensor]
        if spent:
            jax.block_until_ready([state[v] for v in segment.writes if v in state])
    state.set_shaped_anew(segment.writes, [as_kept(state[v]) for v in segment.writes])
