"""Which nodes lie between `xs` and `ys`, and how many gradients each of them waits for."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable
from typing import Any

from ..dtypes import DType, bfloat16, complex64, complex128, float16, float32, float64, resource, variant
from ..graph.operation import Operation
from ..graph.tensor import Tensor
from ..ops.context import is_loop_switch

_TRAINABLE = (float16, float32, float64, complex64, complex128, resource, variant)


def is_trainable(dtype: DType) -> bool:
    """Whether a missing gradient of a tensor of `dtype` counts as zero."""
    return dtype.base_dtype in _TRAINABLE


def _carries_gradient(tensor: Tensor) -> bool:
    return is_trainable(tensor.dtype) or tensor.dtype.base_dtype == bfloat16


def reached_from(ops: Iterable[Operation]) -> set[Operation]:
    """Return the nodes that depend on `ops` through tensors that carry gradients, and `ops` themselves."""
    reached: set[Operation] = set()
    queue = deque(ops)
    while queue:
        op = queue.popleft()
        if op not in reached:
            reached.add(op)
            for tensor in op.outputs:
                if _carries_gradient(tensor):
                    queue.extend(tensor.consumers())
    return reached


class Between:
    """The nodes on a path from `from_ops` to `to_ops`.

    Args:
      to_ops: ops that make the `ys`.
      from_ops: ops that make the `xs`.
      loops: from the nodes to what is known of loops among them; may add nodes.
    """

    def __init__(self, to_ops: list[Operation], from_ops: list[Operation], loops: Callable[[dict[Operation, None]], Any]):
        self._from_ops = from_ops
        reached = reached_from(from_ops)
        self._ends = {op for op in to_ops if op in reached}
        ops = _back_within(to_ops, reached)
        self.loops = loops(ops)
        self.pending = Counter(t.op for op in ops for t in op.inputs if t.op in ops)

    def ready_ends(self, to_ops: list[Operation]) -> list[Operation]:
        """Return the ops among `to_ops` that wait for no other gradient."""
        return [op for op in dict.fromkeys(to_ops) if op in self._ends and self.pending[op] == 0]

    def stops(self, extra: Iterable[Operation]) -> set[Operation]:
        """Return the ops not to differentiate: the `from_ops` that have no other one before them, and `extra`."""
        first = {op for op in self._from_ops if all(self.pending[t.op] <= 0 for t in op.inputs)}
        return first | set(extra)

    def done(self, op: Operation) -> list[Tensor]:
        """Note that the gradients of `op` have been passed on; return those of its inputs whose op can go on.

        That is an op that waits for nothing any more, or the switch of a loop, which goes on after each side.
        """
        ready = []
        for tensor in op.inputs:
            self.pending[tensor.op] -= 1
            left = self.pending[tensor.op]
            if left == 0 or (left > 0 and self.loops is not None and is_loop_switch(tensor.op)):
                ready.append(tensor)
        return ready


def _back_within(to_ops: list[Operation], allowed: set[Operation]) -> dict[Operation, None]:
    found: dict[Operation, None] = {}
    queue = deque(to_ops)
    while queue:
        op = queue.popleft()
        if op in allowed and op not in found:
            found[op] = None
            queue.extend(t.op for t in op.inputs)
    return found
