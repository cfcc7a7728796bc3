"""Programs of ops that always run, on NumPy arrays, and use no variables: the interpreter's work, looked up once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from ..errors import OpError
from ..graph.operation import Operation
from ..graph.tensor import Tensor
from ..op.constant import fold_values
from ..op.keeping import kept_by
from .guards import MERGES, SWITCHES
from .lower import failure, shape_values
from .plan import CARRYING, HOST_TYPES, PASSING, SHAPE_OPS, Segment, is_handle, is_variable
from .store import VariableStore
from .stores import OPS as STORE_OPS

Values = dict[Tensor, np.ndarray]
Step = Callable[[Values, VariableStore], None]
_HANDING_ON = frozenset({"Identity", "StopGradient"})
_DIRECTING = MERGES | SWITCHES | CARRYING | PASSING | frozenset(STORE_OPS)  # they direct what runs, or use stacks and arrays


class HostProgram:
    """Ops to run on arrays, in order; what depends on constants alone is computed once.

    Args:
      ops: that `runs_on_arrays`.
      inputs: tensors that are given.
      outputs: tensors that are wanted.
    """

    def __init__(self, ops: list[Any], inputs: list[Tensor], outputs: list[Tensor]):
        self._known: Values = {}
        self._same: dict[Tensor, Tensor] = {}
        self._steps: list[Step] = []
        for op in ops:
            self._add(op)
        self._inputs, self._outputs = inputs, [self._source(t) for t in outputs]

    def _add(self, op: Operation) -> None:
        if op.type == "Const":
            self._known[op.outputs[0]] = np.asarray(op["value"])
        elif op.type in _HANDING_ON:
            self._same[op.outputs[0]] = self._source(op.inputs[0])
        else:
            step = _step_of(op, [self._source(t) for t in op.inputs])
            if self._is_fixed(op):
                step(self._known, VariableStore())
            else:
                self._steps.append(step)

    def _source(self, tensor: Tensor) -> Tensor:
        return self._same.get(tensor, tensor)

    def _is_fixed(self, op: Operation) -> bool:
        if op.definition.host or op.definition.stateful or op.control_input_list or not op.inputs:
            return False
        return all(self._source(t) in self._known for t in op.inputs)

    def run(self, state: VariableStore, inputs: Iterable[Any]) -> list[np.ndarray]:
        """Run the ops on what is given, and return what is wanted."""
        values = self._known.copy()
        for tensor, value in zip(self._inputs, inputs):
            values[tensor] = np.asarray(value)
        for step in self._steps:
            step(values, state)
        return [values[tensor] for tensor in self._outputs]


def program_of(segment: Segment) -> HostProgram | None:
    """Return a program for a host segment, `None` if it is one for the interpreter."""
    if segment.guards or segment.reads or segment.writes or segment.waits > 1 or not all(map(runs_on_arrays, segment.ops)):
        return None
    return HostProgram(segment.ops, segment.inputs, segment.outputs)


def runs_on_arrays(unit: Any) -> bool:
    """Whether `unit` is an op that only takes NumPy arrays and gives some."""
    if not isinstance(unit, Operation) or unit.type in _DIRECTING or is_variable(unit):
        return False
    definition = unit.definition
    if definition.has_refs or definition.state is not None or definition.watcher(unit) is not None:
        return False
    if any(t.dtype._is_ref_dtype or is_handle(t) for t in (*unit.inputs, *unit.outputs)):
        return False
    return unit.type == "Const" or unit.type in SHAPE_OPS or _is_lowered(unit) or definition.fold_rule is not None


def _is_lowered(op: Operation) -> bool:
    """Whether the lowering of `op` runs on NumPy arrays."""
    return op.definition.host or op.type in _HANDING_ON or any(t.dtype in HOST_TYPES for t in (*op.inputs, *op.outputs))


def _step_of(op: Operation, inputs: list[Tensor]) -> Step:
    """Return what runs `op` on the values of `inputs`: it adds its outputs to the values, and uses what a session keeps."""
    compute, outputs = _computation(op), list(op.outputs)

    def step(values: Values, state: VariableStore) -> None:
        try:
            results = compute([values[tensor] for tensor in inputs], state)
        except OpError as error:
            raise failure(op, error) from error.__cause__
        except (TypeError, ValueError) as error:
            raise failure(op, error) from error
        for tensor, value in zip(outputs, results if isinstance(results, tuple | list) else (results,)):
            values[tensor] = np.asarray(value)

    return step


def _computation(op: Operation) -> Callable[[list[np.ndarray], VariableStore], Any]:
    definition = op.definition
    if op.type in SHAPE_OPS:
        return lambda given, state: shape_values(op, [value.shape for value in given])
    check, lower, keywords, grouped = definition.check_rule, definition.lower, definition.keyword_values(op), _grouping(op)
    if not _is_lowered(op):
        compute: Callable = lambda given, state: fold_values(op, given)  # noqa: E731 - one of three
    elif definition.keeps:
        del keywords["kept"]
        compute = lambda given, state: lower(*grouped(given), kept=kept_by(state, op), **keywords)  # noqa: E731
    else:
        compute = lambda given, state: lower(*grouped(given), **keywords)  # noqa: E731
    if check is None:
        return compute

    def check_and_compute(given: list[np.ndarray], state: VariableStore) -> Any:
        check(op, *grouped(given))
        return compute(given, state)

    return check_and_compute


def _grouping(op: Operation) -> Callable[[list[Any]], list[Any]]:
    """Return what gathers the values of all inputs into one for each argument of the lowering."""
    if not any(arg.is_list for arg in op.definition.inputs):
        return lambda given: given
    places: list[int | slice] = []
    start = 0
    for arg in op.definition.inputs:
        size = op.definition.arg_size(arg, op.attrs)
        places.append(slice(start, start + size) if arg.is_list else start)
        start += size
    return lambda given: [given[place] for place in places]
