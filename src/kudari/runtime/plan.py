"""Plans: the ops a run needs, in order, cut into segments that run on the device or in Python."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ..dtypes import resource, string, variant
from ..errors import InvalidArgumentError
from ..graph.operation import Operation
from ..graph.tensor import Tensor
from ..shape import num_elements
from .branches import with_branches
from .edges import waits_for
from .frames import Loop, Unit, all_ops, ordered_units
from .guards import MERGES, Guard, Guards, IrregularError
from .stats import stats
from .stores import OPS as STORE_OPS
from .stores import is_store_handle, key_of, maker_of, pushed_on, stores_read, stores_written

HOST_TYPES = frozenset({string, resource, variant})
SMALL = 1 << 14  # elements
SHAPE_OPS = frozenset({"Shape", "ShapeN", "Size", "Rank"})
_VARIABLES = frozenset({"VariableV2", "VarHandleOp"})
_IS_SET = frozenset({"IsVariableInitialized", "VarIsInitializedOp"})
_PLACEHOLDERS = frozenset({"Placeholder", "PlaceholderV2"})
CARRYING = frozenset({"Switch", "Enter"})  # hand on their first input, wherever to
_MOVES = frozenset({"Assign", "AssignVariableOp", "Identity", "NoOp"}) | _VARIABLES
PASSING = frozenset({"RefSwitch", "RefEnter", "RefExit", "RefIdentity", "RefNextIteration"})  # hand on a variable itself


@dataclass
class Segment:
    """Ops that run together: in one XLA program, or one after another in Python.

    Args:
      ops: in order, a loop as one of them.
      on_host: whether they run in Python.
      inputs: tensors that feeds or earlier segments give.
      outputs: tensors that later segments or the fetches need.
      reads: variables whose value is needed from before the segment.
      writes: variables it changes.
      static_inputs: those inputs whose value must be known when the segment is compiled.
      is_watched: whether a step may turn out to be wrong only while it runs.
      waits: how many of its ops may wait for another thread, without one before them that did.
      guards: of the ops that do not always run, and of what merges take.
      structure: the ops with those that do not always run gathered into conditionals.
      uncertain: variables that it may or may not change, and does not read, and those that it reads only where it may
        have asked whether they are set.
      is_traceable: whether XLA can take it, as far as is known.
      guess: how many values a stack may get of a loop whose number of iterations is not known.
      programs: compiled for it, by shapes.
      latest: the program used last, and what it was chosen by.
      spent: those inputs that nothing needs after it.
      host_program: what runs it in Python, once that is made; `None` if it is one for the interpreter.
    """

    ops: list[Unit]
    on_host: bool
    inputs: list[Tensor] = field(default_factory=list)
    outputs: list[Tensor] = field(default_factory=list)
    reads: list[Operation] = field(default_factory=list)
    writes: list[Operation] = field(default_factory=list)
    static_inputs: list[Tensor] = field(default_factory=list)
    is_watched: bool = False
    waits: int = 0
    guards: dict[Any, Guard] = field(default_factory=dict)
    structure: list[Any] = field(default_factory=list)
    uncertain: list[Operation] = field(default_factory=list)
    is_traceable: bool = True
    guess: int = 16
    programs: dict[Any, Any] = field(default_factory=dict)
    latest: tuple | None = None
    spent: list[Tensor] = field(default_factory=list)
    host_program: Any = NotImplemented

    @cached_property
    def only_moves(self) -> bool:
        """Whether it does nothing but set variables to what it is given."""
        return (not self.outputs and bool(self.inputs) and not self.guards and not self.reads
                and all(isinstance(op, Operation) and op.type in _MOVES for op in self.ops))


class Plan:
    """What one choice of fetches and feeds runs.

    Args:
      elements: the tensors and operations fetched.
      fed: the tensors fed.

    Raises:
      InvalidArgumentError: if a placeholder that is needed is not fed.
    """

    def __init__(self, elements: list[Any], fed: Iterable[Tensor]):
        stats.plans += 1
        self.elements = elements
        self.fed = list(fed)
        fed_set = set(self.fed)
        self.ops = ordered_units(_needed(elements, fed_set), fed_set)
        _check_placeholders(all_ops(self.ops), fed_set)
        self.segments = self._segments(fed_set)
        self.stores = {v for unit in self.ops for v in effects(unit, fed_set)[1] if is_store(v)}
        self.results = [_result_source(element, fed_set) for element in elements]
        self._find_spent()
        self.is_deferrable = self._is_deferrable()
        self.limit = 16  # steps held back at most, until measured
        self.useless_deferrals = 0

    def _segments(self, fed: set[Tensor]) -> list[Segment]:
        """Cut the ops into segments; all in one for the interpreter if it alone can follow which of them run."""
        try:
            guards = Guards(self.ops, fed)
            if not any(isinstance(e, Tensor) and guards.of(e) for e in self.elements):
                levels = _levels(self.ops, fed, _surely_set(guards, fed))
                return _segments(self.ops, levels, guards, self.elements, fed)
        except IrregularError:
            pass
        return _segments(self.ops, dict.fromkeys(self.ops, 1), Guards([], fed), self.elements, fed)

    def _find_spent(self) -> None:
        needed = set(self.results)
        for segment in reversed(self.segments):
            segment.spent = [tensor for tensor in segment.inputs if tensor not in needed]
            needed.update(segment.inputs)

    def _is_deferrable(self) -> bool:
        if any(isinstance(element, Tensor) for element in self.elements) or len(self.segments) != 1:
            return False
        segment = self.segments[0]
        if segment.on_host or segment.is_watched or segment.uncertain or self.stores:
            return False
        return bool(segment.writes) and set(segment.writes) <= set(segment.reads)


def _result_source(element: Any, fed: set[Tensor]) -> Any:
    """What the value of a fetched element is found by: a tensor, or the variable it refers to; `None` if it has none."""
    if isinstance(element, Operation):
        return None
    return variable_of(element) if _is_reference(element) and element not in fed else element


def is_variable(op: Operation) -> bool:
    """Whether `op` is a variable, whose value the session holds."""
    return op.type in _VARIABLES


def asks_if_set(op: Operation) -> bool:
    """Whether `op` only asks whether a variable has a value."""
    return op.type in _IS_SET


def is_view(op: Operation) -> bool:
    """Whether `op` only gives a variable another name: its readers read the variable itself, as in TensorFlow."""
    return op.type == "Identity" and _is_reference(op.inputs[0])


def passes_on(op: Operation) -> bool:
    """Whether `op` hands on a variable itself, and reads nothing of it."""
    return op.type in PASSING or (op.type in CARRYING and is_handle(op.inputs[0]))


def is_handle(tensor: Tensor) -> bool:
    """Whether `tensor` is the handle of a variable."""
    if tensor.dtype != resource:
        return False
    return is_variable(tensor.op) or is_view(tensor.op) or passes_on(tensor.op)


def _is_reference(tensor: Tensor) -> bool:
    """Whether `tensor` is a variable itself. What comes out of a merge is a value: which variable's, a step decides."""
    return is_handle(tensor) or (tensor.dtype._is_ref_dtype and tensor.op.type != "RefMerge" and not is_kept(tensor))


def is_kept(tensor: Tensor) -> bool:
    """Whether `tensor` is a reference to something else than a variable that its node keeps, such as an accumulator."""
    return tensor.dtype._is_ref_dtype and tensor.op.definition.keeps


def refers(tensor: Tensor, fed: Container[Tensor]) -> bool:
    """Whether `tensor` stands for what a variable holds when it is read."""
    if tensor in fed:
        return False
    return _is_reference(tensor) or (is_view(tensor.op) and tensor.op.inputs[0] not in fed)


def variable_of(tensor: Tensor) -> Operation:
    """Return the variable op whose value a reference tensor or a handle refers to."""
    op = tensor.op
    while not is_variable(op):
        if is_view(op) or passes_on(op):
            op = op.inputs[0].op
            continue
        refs = [t for arg, t in op.definition.flat_inputs(op) if arg.is_ref]
        op = refs[tensor.value_index if len(op.outputs) == len(refs) else 0].op
    return op


def variables_written(op: Operation) -> list[Operation]:
    """Return the variables that `op` changes, in the order of its inputs."""
    if passes_on(op) or op.type in MERGES or asks_if_set(op):
        return []
    return [variable_of(t) for arg, t in op.definition.flat_inputs(op)
            if (arg.is_ref or arg.writes) and not is_kept(t)] + _own(op) \
        + _stores(op, stores_written)


def variables_read(op: Operation, fed: set[Tensor]) -> list[Operation]:
    """Return the variables whose value `op` needs."""
    if passes_on(op) or asks_if_set(op):
        return []
    return [variable_of(t) for arg, t in op.definition.flat_inputs(op)
            if refers(t, fed) and (arg.is_handle or not is_handle(t))
            and not ((arg.is_ref or arg.writes) and op.definition.overwrites)] + _own(op) \
        + _stores(op, stores_read)


def _stores(op: Operation, keys: Callable[[Operation], list[Any]]) -> list[Any]:
    return keys(op) if op.type in STORE_OPS else []


def _own(op: Operation) -> list[Operation]:
    """`op` itself if it keeps a state from run to run, which it reads and writes as if it were a variable."""
    return [] if op.definition.state is None else [op]


def _needed(elements: list[Any], fed: set[Tensor]) -> set[Operation]:
    stack = [e if isinstance(e, Operation) else e.op for e in elements if e not in fed]
    needed: set[Operation] = set()
    while stack:
        op = stack.pop()
        if op in needed:
            continue
        needed.add(op)
        stack.extend(t.op for t in waits_for(op, fed))
        stack.extend(op.control_input_list)
    return needed


_CPP_TYPE_NAMES = {"float32": "float", "float64": "double", "float16": "half"}


def _check_placeholders(ops: Iterable[Operation], fed: set[Tensor]) -> None:
    for op in ops:
        if op.type in _PLACEHOLDERS and op.outputs[0] not in fed:
            dtype = op["dtype"].name
            shape = op.attrs.get("shape")
            sizes = f" and shape [{','.join('?' if s is None else str(s) for s in shape)}]" if shape else ""
            raise InvalidArgumentError(
                op.node_def, op, f"You must feed a value for placeholder tensor '{op.name}' with dtype "
                f"{_CPP_TYPE_NAMES.get(dtype, dtype)}{sizes}\n\t [[node {op.name} (defined at {op.made_at}) ]]")


def effects(unit: Any, fed: set[Tensor]) -> tuple[list[Operation], list[Operation]]:
    """Return the variables whose value an op, loop or conditional needs, and those it may change."""
    if isinstance(unit, Operation):
        return variables_read(unit, fed), variables_written(unit)
    ops = list(unit.all_ops())
    given = unit.inputs if isinstance(unit, Loop) else ()
    reads = [variable_of(t) for t in given if refers(t, fed) and not is_handle(t)]
    reads += [v for op in ops for v in variables_read(op, fed)]
    writes = [v for op in ops for v in variables_written(op)]
    own = set(ops)
    return _not_made_by(own, reads), _not_made_by(own, writes)


def _not_made_by(ops: set[Operation], keys: list[Any]) -> list[Any]:
    """`keys`, each once, without the stacks and arrays that `ops` make."""
    return [key for key in dict.fromkeys(keys) if not (is_store(key) and maker_of(key) in ops)]


def _hosted(units: list[Unit], fed: set[Tensor]) -> set[Unit]:
    """The units that run on the host: those that must, and those that share a stack or array with one of them."""
    static: dict[Tensor, bool] = {}
    hosted = {unit for unit in units if _runs_on_host(unit, static, fed)} | _of_changing_size(units)
    hosted |= _between(hosted, units, fed)
    keys = {unit: {key for op in all_ops([unit]) if op.type in STORE_OPS
                   for key in (*stores_read(op), *stores_written(op))} for unit in units}
    while True:
        taken = {maker_of(key) for unit in hosted for key in keys[unit]}
        more = {unit for unit in units if unit not in hosted and any(maker_of(key) in taken for key in keys[unit])}
        if not more:
            return hosted
        hosted |= more


def _asks_for_nothing(unit: Unit, surely_set: set[Operation]) -> bool:
    return isinstance(unit, Operation) and asks_if_set(unit) and variable_of(unit.inputs[0]) in surely_set


def _of_changing_size(units: list[Unit]) -> set[Operation]:
    """The ops on tensors whose size a host op decides, where NumPy can do them.

    XLA would compile them, and all that is compiled with them, anew for each size.
    """
    found: set[Operation] = set()
    changing: set[Tensor] = set()
    for unit in units:
        if not isinstance(unit, Operation):
            continue
        if unit.definition.fold_rule is not None and not unit.definition.has_refs and changing.intersection(unit.inputs):
            found.add(unit)
        if unit.definition.host or unit in found:
            changing.update(t for t in unit.outputs if t.static_shape is None or None in t.static_shape)
    return found


def _between(hosted: set[Unit], units: list[Unit], fed: set[Tensor]) -> set[Unit]:
    """The small ops that NumPy can do and that stand between host ops: a program for them would take longer to call."""
    found: dict[Operation, None] = {}
    for unit in units:
        if isinstance(unit, Operation) and unit not in hosted and _is_small_for_numpy(unit):
            sources = {t.op for t in waits_for(unit, fed) if not _is_constant(t.op)}
            if sources and all(op in hosted or op in found for op in sources):
                found[unit] = None
    planned = set(all_ops(units))
    for op in reversed(list(found)):
        users = {user for t in op.outputs for user in t._consumers if user in planned}
        if not users or not all(user in hosted or user in found for user in users):
            del found[op]
    return set(found)


def _is_small_for_numpy(op: Operation) -> bool:
    if op.definition.has_refs or (op.definition.fold_rule is None and op.type not in SHAPE_OPS):
        return False
    return all((size := num_elements(t.static_shape)) is not None and size <= SMALL for t in op.outputs)


def _runs_on_host(unit: Unit, static: dict[Tensor, bool], fed: set[Tensor]) -> bool:
    if isinstance(unit, Loop):
        return any(_runs_on_host(op, static, fed) for op in unit.all_ops())
    if unit.definition.host or unit.attrs.get("dynamic_size"):
        return True
    if any(t.dtype.base_dtype in HOST_TYPES and not is_handle(t) and not is_store_handle(t)
           for t in (*waits_for(unit, ()), *unit.outputs)):
        return True
    return any(arg.is_static and not _is_static(t, static, fed) for arg, t in unit.definition.flat_inputs(unit))


def _is_static(tensor: Tensor, known: dict[Tensor, bool], fed: set[Tensor]) -> bool:
    """Whether the value of `tensor` follows from constants, shapes and feeds alone."""
    if tensor in fed:
        return True
    if tensor not in known:
        op = tensor.op
        if op.type == "TensorArraySizeV3":
            known[tensor] = _is_static(size_of(op), known, fed)
            return known[tensor]
        if op.type == "StackPopV2":
            pushed = pushed_on(key_of(op.inputs[0])) if is_store_handle(op.inputs[0]) else None
            known[tensor] = pushed is not None and _is_static(pushed, known, fed)
            return known[tensor]
        needed = op.inputs[:1] if op.type in CARRYING else op.inputs
        known[tensor] = op.type in SHAPE_OPS or (
            not tensor.dtype._is_ref_dtype and not op.definition.stateful and not op.definition.host
            and op.type not in MERGES and tensor.dtype.base_dtype not in HOST_TYPES
            and all(_is_static(t, known, fed) for t in needed))
    return known[tensor]


def _surely_set(guards: Guards, fed: set[Tensor]) -> set[Operation]:
    """The variables that have a value, or the step fails: to ask whether they have is no question."""
    found: set[Operation] = set()
    written: set[Operation] = set()
    for unit, guard in guards.units.items():
        if isinstance(unit, Operation) and not guard:
            reads, writes = effects(unit, fed)
            found.update(v for v in reads if v not in written and not is_store(v) and is_variable(v))
        else:
            _, writes = effects(unit, fed)
        written.update(writes)
    return found


def _levels(units: list[Unit], fed: set[Tensor], surely_set: set[Operation]) -> dict[Unit, int]:
    """Give each op the earliest turn it can run in: even turns are the device's, odd ones the host's.

    Args:
      units: in order.
      fed: tensors that are there without an op.
      surely_set: variables that have a value.
    """
    hosted = _hosted([u for u in units if not _asks_for_nothing(u, surely_set)], fed)
    level: dict[Unit, int] = {}
    last_write: dict[Operation, int] = {}
    last_use: dict[Operation, int] = {}
    host_turn = 0
    for unit in units:
        reads, writes = effects(unit, fed)
        before = [level[t.op] for t in waits_for(unit, fed)] + [level[c] for c in unit.control_input_list]
        before += [last_write[v] for v in reads if v in last_write] + [last_use[v] for v in writes if v in last_use]
        on_host = unit in hosted
        turn = max(before, default=0)
        is_stateful = on_host and any(op.definition.stateful for op in all_ops([unit]))
        if is_stateful:
            turn = max(turn, host_turn)
        turn += (turn % 2) != on_host
        level[unit] = turn
        level.update((exit, turn) for exit in getattr(unit, "exits", ()))
        if is_stateful:
            host_turn = turn
        for v in writes:
            last_write[v] = last_use[v] = max(turn, last_use.get(v, 0))
        for v in reads:
            last_use[v] = max(turn, last_use.get(v, 0))
    return level


def _segments(units: list[Unit], level: dict[Unit, int], guards: Guards, elements: list[Any],
              fed: set[Tensor]) -> list[Segment]:
    fetched = {e for e in elements if isinstance(e, Tensor) and not _is_reference(e) and e not in fed}
    planned = set(all_ops(units))
    asked = {variable_of(op.inputs[0]) for op in planned if asks_if_set(op)}
    wanted = fetched | guards.predicates(units)
    homes = _homes_of_constants(units, level, wanted, fed)
    turns: dict[int, list[Unit]] = {}
    for unit in units:
        for turn in homes[unit] if unit in homes else (level[unit],):
            turns.setdefault(turn, []).append(unit)
    segments = [Segment(turns[turn], on_host=bool(turn % 2)) for turn in sorted(turns)]
    deciding = [guards.predicates(segment.ops) for segment in segments]
    for i, segment in enumerate(segments):
        elsewhere = set().union(*deciding[:i], *deciding[i + 1:])
        _connect(segment, guards, fed, fetched | elsewhere, planned, homes, asked)
    made: set[Any] = set()
    for segment in segments:
        segment.reads = [v for v in segment.reads if not is_store(v) or v in made]
        made.update(segment.writes)
    needed: set[Any] = set()
    for segment in reversed(segments):
        segment.writes = [v for v in segment.writes if not is_store(v) or v in needed]
        needed.update(segment.reads)
    return segments


def _homes_of_constants(units: list[Unit], level: dict[Unit, int], wanted: set[Tensor],
                        fed: set[Tensor]) -> dict[Unit, set[int]]:
    """The turns in which each constant is used: it is in all of them, rather than handed from one to the others."""
    homes: dict[Unit, set[int]] = {unit: set() for unit in units if _is_constant(unit) and unit.outputs[0] not in wanted
                                   and not unit.control_input_list}
    for unit in units:
        for tensor in waits_for(unit, fed):
            if tensor.op in homes:
                homes[tensor.op].add(level[unit])
    return homes


def _is_constant(unit: Unit) -> bool:
    return isinstance(unit, Operation) and unit.type == "Const" and unit.outputs[0].dtype not in HOST_TYPES


def is_store(key: Any) -> bool:
    """Whether `key` is that of a stack or array, and not a variable."""
    return not isinstance(key, Operation) or key.type in STORE_OPS


def size_of(op: Operation) -> Tensor:
    """Return the size that the array was made with that `op` takes the handle of."""
    return maker_of(key_of(op.inputs[0])).inputs[0]


def _connect(segment: Segment, guards: Guards, fed: set[Tensor], wanted: set[Tensor], planned: set[Operation],
             homes: Container[Unit], asked: set[Operation]) -> None:
    inside = set(all_ops(segment.ops))
    inputs: dict[Tensor, None] = {}
    reads: dict[Operation, None] = {}
    writes: dict[Operation, None] = {}
    perhaps_written: dict[Operation, None] = {}
    perhaps_read: dict[Operation, None] = {}
    segment.guards = guards.known_to(segment.ops)
    for unit in segment.ops:
        read, written = effects(unit, fed)
        inputs.update((t, None) for t in unit.inputs if t in fed)
        inputs.update((t, None) for t in waits_for(unit, fed)
                      if t.op not in inside and not refers(t, fed) and not is_store_handle(t))
        for v in read:
            if v not in writes or v in perhaps_written:
                (perhaps_read if unit in segment.guards and v in asked else reads)[v] = None
        if isinstance(unit, Loop) or unit in segment.guards:
            perhaps_written.update((v, None) for v in written if v not in writes)
        writes.update((v, None) for v in written)
    inputs.update((t, None) for t in guards.predicates(segment.ops) if t in fed or t.op not in inside)
    uncertain = {**perhaps_written, **perhaps_read}
    segment.uncertain = [v for v in uncertain if v not in reads and not is_store(v)]
    segment.inputs, segment.reads, segment.writes = list(inputs), [*reads, *segment.uncertain], list(writes)

    def used(tensor: Tensor, own: Collection[Operation]) -> bool:
        return tensor in wanted or (not refers(tensor, fed)
                                    and any(c in planned and c not in own for c in tensor._consumers))

    segment.outputs = [t for unit in segment.ops if unit not in homes for t in unit.outputs
                       if not _is_reference(t) and not is_store_handle(t) and used(t, inside)]
    segment.waits = _waits(segment.ops) if segment.on_host else 0
    if not segment.on_host:
        segment.static_inputs = _static_inputs(segment)
        segment.is_watched = any(op.definition.watcher(op) is not None for op in inside)
        for unit in segment.ops:
            if isinstance(unit, Loop):
                _arrange(unit, fed, planned)
        segment.structure = with_branches(segment.ops, guards, lambda unit: effects(unit, fed), used)


def _waits(units: list[Unit]) -> int:
    """How many of `units` may wait for another thread, without one before them that did."""
    count, after = 0, set[Operation]()
    for unit in units:
        is_after = any(op in after for op in (*(t.op for t in unit.inputs), *unit.control_input_list))
        waits = any(op.definition.waits for op in all_ops([unit]))
        count += waits and not is_after
        if waits or is_after:
            after.update(all_ops([unit]))
    return count


def _arrange(loop: Loop, fed: set[Tensor], planned: set[Operation]) -> None:
    """Sort the units of a loop into those that decide about the next iteration, and those that make it.

    Raises:
      IrregularError: if the first have effects, or the order cannot be read off the nodes.
    """
    for unit in loop.units:
        if isinstance(unit, Loop):
            _arrange(unit, fed, planned)
    guards = Guards([u for u in loop.units if u not in loop.exits], fed)
    inside = {unit: guard for unit, guard in guards.units.items() if (loop.condition, 1) in guard}
    before = [unit for unit in loop.units if unit not in inside and unit not in loop.exits]
    if any(effects(unit, fed)[1] for unit in before):
        raise IrregularError(loop.name)
    loop.written = effects(loop, fed)[1]

    def used(tensor: Tensor, own: Collection[Operation]) -> bool:
        return tensor in wanted or any(c in planned and c not in own for c in tensor._consumers)

    wanted = guards.predicates(loop.units)
    decided = {unit: frozenset(pair for pair in guard if pair[0] is not loop.condition)
               for unit, guard in guards.units.items()}
    skipped = set(loop.variables)
    for part, units in (("before", [u for u in before if u not in skipped]), ("body", list(inside))):
        setattr(loop, part, with_branches(units, guards, lambda unit: effects(unit, fed), used, decided))


def _static_inputs(segment: Segment) -> list[Tensor]:
    """The inputs of the segment that a `Static` argument inside it depends on by value."""
    inputs, seen = set(segment.inputs), set()
    found: dict[Tensor, None] = {}
    stack = [t for op in all_ops(segment.ops) for arg, t in op.definition.flat_inputs(op) if arg.is_static]
    while stack:
        tensor = stack.pop()
        if tensor in seen:
            continue
        seen.add(tensor)
        if tensor in inputs:
            found[tensor] = None
        elif tensor.op.type == "TensorArraySizeV3":
            stack.append(size_of(tensor.op))
        elif tensor.op.type == "StackPopV2":
            stack.append(pushed_on(key_of(tensor.op.inputs[0])))  # type: ignore[arg-type]
        elif tensor.op.type not in SHAPE_OPS:
            stack.extend(tensor.op.inputs[:1] if tensor.op.type in CARRYING else tensor.op.inputs)
    return list(found)
