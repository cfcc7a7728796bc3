"""`tf.gradients`: a walk from the `ys` back to the `xs` that asks each op for its gradient rule."""

from __future__ import annotations

import contextlib
import enum
from collections import deque
from typing import Any

from ..dtypes import resource
from ..graph.graph import Graph
from ..graph.operation import Operation
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..op.scope import scoped
from ..ops.context import is_exit, is_switch
from ..ops.control import gate_values
from ..ops.shapes import zeros_like
from .aggregate import aggregate
from .loops import Loops, loops_between
from .missing import missing_gradient
from .reach import Between, is_trainable
from .registry import gradient_function
from .seeds import as_tensors, seed


class UnconnectedGradients(enum.Enum):
    """What stands for the gradient of an `x` on which no `y` depends."""

    NONE = "none"
    ZERO = "zero"


def gradients(ys: Any, xs: Any, grad_ys: Any = None, name: str | None = "gradients",
              colocate_gradients_with_ops: bool = False, gate_gradients: bool = False,
              aggregation_method: int | None = None, stop_gradients: Any = None,
              unconnected_gradients: Any = UnconnectedGradients.NONE) -> list[Any]:
    """Return the derivatives of the sum of `ys` with respect to each of `xs`, as new nodes of the graph.

    Args:
      ys: a tensor or list of tensors to differentiate.
      xs: a tensor, variable, or list of them to differentiate by.
      grad_ys: for each of `ys` a tensor of its shape that its gradient starts from, or `None` for ones.
      name: of the scope of the new nodes.
      colocate_gradients_with_ops: whether the gradient of an op is recorded to live where the op lives.
      gate_gradients: whether the gradients of the inputs of an op wait for each other.
      aggregation_method: one of `tf.AggregationMethod`.
      stop_gradients: tensors not to differentiate through.
      unconnected_gradients: one of `tf.UnconnectedGradients`.

    Returns:
      A tensor or `IndexedSlices` for each of `xs`; `None` (or zeros) for one that the `ys` do not depend on.

    Raises:
      LookupError: if an op on the way has no gradient.
      ValueError: if the arguments do not fit each other.
      TypeError: if a gradient has an unfit element type.
    """
    unconnected = _as_unconnected(unconnected_gradients)
    ys, xs, stop_gradients = _as_list(ys), _as_list(xs), _as_list([] if stop_gradients is None else stop_gradients)
    grad_ys = [None] * len(ys) if grad_ys is None else _as_list(grad_ys)
    with scoped(name, "gradients", [*ys, *xs, *stop_gradients, *grad_ys]):
        graph = get_default_graph()
        graph.unique_name("uid")
        walk = Backward(graph, colocate_gradients_with_ops, gate_gradients, aggregation_method)
        ys, xs = as_tensors(ys, "y"), as_tensors(xs, "x", as_ref=True)
        walk.start(ys, grad_ys)
        walk.go([y.op for y in ys], [x.op for x in xs], [t.op for t in stop_gradients])
    return [walk.result(x, unconnected) for x in xs]


def _as_list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _as_unconnected(value: Any) -> UnconnectedGradients:
    try:
        return UnconnectedGradients(value)
    except ValueError:
        raise ValueError(f"Unknown value for unconnected_gradients: {value!r}") from None


class Backward:
    """One walk backwards through a graph, with the gradients it has found so far."""

    def __init__(self, graph: Graph, colocates: bool, gates: bool, method: int | None):
        self._graph, self._colocates, self._gates, self._method = graph, colocates, gates, method
        self._terms: dict[Tensor, list[Any]] = {}
        self._sums: dict[Tensor, Any] = {}
        self._loops: Loops | None = None

    def start(self, ys: list[Tensor], grad_ys: list[Any]) -> None:
        """Take the gradients of the `ys` to start from."""
        if len(grad_ys) != len(ys):
            raise ValueError(f"Passed {len(grad_ys)} grad_ys for {len(ys)} ys")
        for i, (y, given) in enumerate(zip(ys, as_tensors(grad_ys, "grad_y"))):
            with _place(self._graph, y.op, self._colocates):
                self._terms.setdefault(y, []).append(seed(i, y, given))

    def go(self, to_ops: list[Operation], from_ops: list[Operation], stop_ops: list[Operation]) -> None:
        """Pass gradients from `to_ops` back to `from_ops`, each op once all gradients of its outputs are there."""
        between = Between(to_ops, from_ops, loops_between)
        self._loops = between.loops
        queue = deque(between.ready_ends(to_ops))
        if self._loops is not None:
            for tensor in self._loops.unused_exits(between.pending, set(queue)):
                if is_trainable(tensor.dtype):
                    self._give(tensor, self._loops.zeros_for_exit(tensor))
                    queue.append(tensor.op)
        stops = between.stops(stop_ops)
        while queue:
            op = queue.popleft()
            with _place(self._graph, op, self._colocates):
                self._pass_on(op, from_ops, is_stop=op in stops)
                queue.extend(self._ready(between.done(op)))
        if self._loops is not None:
            self._loops.finish()

    def _ready(self, tensors: list[Tensor]) -> list[Operation]:
        """The ops of `tensors` to go on with; the exits of a loop only all together."""
        ready: list[Operation] = []
        for tensor in tensors:
            if self._loops is not None and is_exit(tensor.op):
                ready += self._loops.ready_exits(tensor, self._has_gradient, self._give)
            else:
                ready.append(tensor.op)
        return ready

    def _has_gradient(self, op: Operation) -> bool:
        return any(term is not None for tensor in op.outputs for term in self._terms.get(tensor, ()))

    def _pass_on(self, op: Operation, from_ops: list[Operation], is_stop: bool) -> None:
        with self._entered(op, before=True):
            grads = [self._sum(tensor) for tensor in op.outputs]
        rule = None
        if not is_stop and any(grad is not None for grad in grads):
            rule = gradient_function(op)
        with self._entered(op):
            if is_switch(op) and getattr(op._control_flow_context, "is_loop", False) and \
                    op._control_flow_context is self._graph._control_flow_context:
                raise _through_initial_value(op, from_ops)
            if rule is not None:
                self._apply(rule, op, grads)

    def _entered(self, op: Operation, before: bool = False) -> Any:
        return contextlib.nullcontext() if self._loops is None else self._loops.entered(op, before)

    def _apply(self, rule: Any, op: Operation, grads: list[Any]) -> None:
        for i, tensor in enumerate(op.outputs):
            if grads[i] is None and is_trainable(tensor.dtype):
                missing = missing_gradient if self._loops is None else self._loops.missing
                grads[i] = missing(op, tensor)
        with self._graph.name_scope(op.name + "_grad"):
            found = self._gated(_checked(op, rule(op, *grads)))
        for i, (tensor, grad) in enumerate(zip(op.inputs, found)):
            if grad is not None:
                _take_shape(op, i, tensor, grad)
                self._give(tensor, grad)

    def _give(self, tensor: Tensor, grad: Any) -> None:
        """Take one more term of the gradient of `tensor`; of a loop's switch the gradient itself, if it was asked for."""
        if tensor in self._sums and is_switch(tensor.op):
            self._terms[tensor] = []
        self._terms.setdefault(tensor, []).append(grad)

    def _sum(self, tensor: Tensor) -> Any:
        self._sums[tensor] = aggregate(tensor.op, self._terms.get(tensor, ()), self._method)
        return self._sums[tensor]

    def _gated(self, grads: list[Any]) -> list[Any]:
        if not self._gates or sum(grad is not None for grad in grads) < 2:
            return grads
        with self._graph.device(None), self._graph.colocate_with(None, ignore_existing=True):
            return gate_values(grads)

    def result(self, x: Tensor, unconnected: UnconnectedGradients) -> Any:
        """Return the gradient found for `x`."""
        if any(self._terms.get(tensor) for tensor in x.op.outputs) or unconnected is UnconnectedGradients.NONE:
            return self._sums.get(x)
        return zeros_like(x)


def _through_initial_value(op: Operation, from_ops: list[Operation]) -> ValueError:
    queue, seen = deque([op]), set()
    while queue[0] not in from_ops:
        found = queue.popleft()
        if found not in seen:
            seen.add(found)
            queue.extend(t.op for t in found.inputs)
    return ValueError(f"Cannot compute gradient inside while loop with respect to op '{queue[0].name}'. We do not support "
                      "taking the gradient wrt or through the initial value of a loop variable. Gradients can be computed "
                      "through loop invariants or wrt the input parameters to the loop body.")


def _place(graph: Graph, op: Operation, colocates: bool) -> Any:
    return graph.colocate_with(op) if colocates else contextlib.nullcontext()


def _checked(op: Operation, grads: Any) -> list[Any]:
    grads = _as_list(grads)
    if len(grads) != len(op.inputs):
        raise ValueError(f"Num gradients {len(grads)} generated for op {op.node_def} do not match num inputs "
                         f"{len(op.inputs)}")
    return grads


def _take_shape(op: Operation, index: int, tensor: Tensor, grad: Any) -> None:
    if not isinstance(grad, Tensor) or tensor.dtype == resource:
        return
    try:
        grad.set_shape(tensor.shape)
    except ValueError:
        raise ValueError("Incompatible shapes between op input and calculated input gradient.  Forward operation: "
                         f"{op.name}.  Input index: {index}. Original input shape: {tensor.shape}.  Calculated input "
                         f"gradient shape: {grad.shape}") from None
