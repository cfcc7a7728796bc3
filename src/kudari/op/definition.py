"""The definition of one op type, and the table of all of them."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from typing import Any

from ..graph.operation import Operation
from ..graph.tensor import Tensor
from ..shape import Shape
from .bind import apply
from .signature import REQUIRED, Arg, Attr, as_attr, parse_arguments

ShapeRule = Callable[[Operation], list[Shape]]
StateRule = Callable[[Operation], Any]

_registry: dict[str, OpDef] = {}
_checks: dict[ShapeRule | None, Callable] = {}
_finders: list[tuple[Callable[[str], None], Callable[[], None]]] = []


def function_name(op_type: str) -> str:
    """Return the name of the function that adds a node of `op_type`: the type in snake case."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|(?<!^)(?=[A-Z][a-z])", "_", op_type).lower()


class OpDef:
    """An op type. Calling it adds a node to the graph and returns its outputs.

    The call takes the inputs in order, then the attributes that no input decides (those without a default first), then
    `name`: the argument order of TensorFlow's generated functions. It returns the one output, the list of outputs, or
    the operation itself if it has none.
    """

    def __init__(self, name: str, signature: str, shape: ShapeRule | None, lower: Callable, attrs: dict[str, Any],
                 host: bool, stateful: bool, overwrites: bool, state: StateRule | None, waits: bool):
        left, _, right = signature.partition("->")
        self.name = name
        self.function_name = function_name(name)
        self.inputs: list[Arg] = parse_arguments(left)
        self.outputs: list[Arg] = parse_arguments(right)
        self.attrs: dict[str, Attr] = {key: as_attr(spec) for key, spec in attrs.items()}
        self._add_counts()
        self.shape_rule, self.lower = shape, lower
        self.host, self.stateful, self.overwrites, self.state = host, stateful, overwrites, state
        self.waits = waits
        self.gradient_rule: Callable | None = None
        self.is_differentiable = True
        self.fold_rule: Callable | None = None
        self.check_rule: Callable | None = _checks.get(shape)
        self.watch_rule: Callable | None = None
        self.trust_rule: Callable[[Operation], bool] | None = None
        keywords = [p.name for p in inspect.signature(lower).parameters.values() if p.kind is p.KEYWORD_ONLY]
        self.keywords = [name for name in keywords if name not in ("kept", "node_name")]
        self.keeps, self.asks_name = "kept" in keywords, "node_name" in keywords
        self.inferred = {key for arg in self.inputs for key in (arg.type, arg.count) if key in self.attrs}
        free = [key for key in self.attrs if key not in self.inferred]
        self.attr_order = sorted(free, key=lambda key: self.attrs[key].default is not REQUIRED)
        self.has_refs = any(arg.is_ref or arg.is_handle for arg in self.inputs)
        self.__doc__ = lower.__doc__
        self.__name__ = self.function_name

    def _add_counts(self) -> None:
        for arg in self.inputs + self.outputs:
            if arg.count is not None and arg.count not in self.attrs:
                self.attrs[arg.count] = Attr("int", REQUIRED)

    @property
    def __signature__(self) -> inspect.Signature:
        """The arguments a call takes."""
        kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
        parameters = [inspect.Parameter(arg.name, kind) for arg in self.inputs]
        for key in self.attr_order:
            default = self.attrs[key].default
            parameters.append(inspect.Parameter(key, kind, default=inspect._empty if default is REQUIRED else default))
        return inspect.Signature([*parameters, inspect.Parameter("name", kind, default=None)])

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Add a node and return its output, its outputs, or the operation if it has none."""
        op = self.node(*args, **kwargs)
        if not op.outputs:
            return op
        return op.outputs[0] if len(self.outputs) == 1 and not self.outputs[0].is_list else list(op.outputs)

    def node(self, *args: Any, **kwargs: Any) -> Operation:
        """Add a node, as a call does, and return the operation."""
        return apply(self, args, kwargs)

    def gradient(self, rule: Callable) -> Callable:
        """Use `rule(op, *output_grads)`, which returns the gradients of the inputs, to differentiate this op."""
        self.gradient_rule = rule
        return rule

    def fold(self, rule: Callable) -> Callable:
        """Use `rule`, with the arguments of the lowering as NumPy arrays, to compute this op while building or lowering."""
        self.fold_rule = rule
        return rule

    def check(self, rule: Callable) -> Callable:
        """Have `rule(op, *inputs)`, which gets what the lowering gets, refuse values before any lowering sees them."""
        self.check_rule = rule
        return rule

    def watch(self, rule: Callable) -> Callable:
        """Have values refused that are known only while a step runs.

        Args:
          rule: `rule(op, inputs, outputs)`, with what the lowering got and returned (both tuples), traced or not; it returns
            whether something is wrong, a boolean scalar array, and a function that returns the words, or the error, for
            values that are there. A compiled program gives the flag back and the step is run again, op by op, when it is
            set; so such a step keeps the old values of its variables until it is over, and is never held back.
        """
        self.watch_rule = rule
        return rule

    def trust(self, rule: Callable[[Operation], bool]) -> Callable[[Operation], bool]:
        """Use `rule(op)` to tell the nodes whose values cannot be wrong by the way they are made, which nobody watches."""
        self.trust_rule = rule
        return rule

    def watcher(self, op: Operation) -> Callable | None:
        """Return the rule that watches the values of a node of this type while a step runs, if one does."""
        return None if self.watch_rule is None or (self.trust_rule is not None and self.trust_rule(op)) else self.watch_rule

    def flat_inputs(self, op: Operation) -> list[tuple[Arg, Tensor]]:
        """The input tensors of a node of this type, each with the argument it belongs to."""
        rest = iter(op.inputs)
        pairs: list[tuple[Arg, Tensor]] = []
        for arg in self.inputs:
            pairs.extend((arg, next(rest)) for _ in range(self.arg_size(arg, op.attrs)))
        return pairs

    def arg_size(self, arg: Arg, attrs: dict[str, Any]) -> int:
        """How many tensors `arg` stands for under `attrs`."""
        if arg.count is not None:
            return attrs[arg.count]
        return len(attrs[arg.type]) if arg.is_type_list else 1

    def group(self, op: Operation, values: list[Any]) -> list[Any]:
        """`values`, one for each input tensor, with those of a list argument gathered into one list."""
        grouped, rest = [], iter(values)
        for arg in self.inputs:
            if arg.is_list:
                grouped.append([next(rest) for _ in range(self.arg_size(arg, op.attrs))])
            else:
                grouped.append(next(rest))
        return grouped

    def keyword_values(self, op: Operation, kept: dict[str, Any] | None = None) -> dict[str, Any]:
        """The attributes the lowering takes, its name, and `kept`, what this node keeps in a session, if it takes them."""
        values = {key: op.attrs[key] for key in self.keywords}
        if self.asks_name:
            values["node_name"] = op.name
        return {**values, "kept": {} if kept is None else kept} if self.keeps else values

    def __repr__(self) -> str:
        return f"<OpDef {self.name}{self.__signature__}>"


def op(name: str, signature: str, shape: ShapeRule | None, /, *, host: bool = False, stateful: bool = False,
       overwrites: bool = False, state: StateRule | None = None, waits: bool = False,
       **attrs: Any) -> Callable[[Callable], OpDef]:
    """Define op type `name`, with the decorated function as its lowering.

    Args:
      name: the type as a NodeDef spells it.
      signature: inputs and outputs as an OpDef names them, `"x: T, axis: Static(Tidx) -> out: T"`. The lowering gets
        the inputs as arrays (a list for a list argument), a `Static` one as a NumPy array; it returns the output, or a
        tuple of them. With `Ref` or `Writes` inputs it gets the variables' values and returns their new values, in
        order, and after them the outputs that are not references. A host op whose lowering has a keyword `kept` gets a
        dict there that its node keeps in a session, with a keyword `node_name` the name of the node.
      shape: rule from an operation to the shapes of its outputs; `None` if they are unknown.
      host: whether the lowering runs in Python at each step rather than inside XLA.
      stateful: whether two equal nodes may differ, so that none may be folded away.
      overwrites: whether it sets its `Ref` or `Writes` inputs without reading them; the lowering gets `None` for them.
      state: rule from a node to an array that every session keeps for the node, as it keeps a variable, from its first
        run on. The lowering gets what the array holds before the inputs, and returns what it shall hold after the outputs.
      waits: whether a host op may wait for what another thread runs in the same session.
      **attrs: a `TypeSet` for each type attribute, an `Attr`, or a plain default.

    Returns:
      A decorator that turns the lowering into the `OpDef`.
    """
    def define(lower: Callable) -> OpDef:
        if name in _registry:
            raise ValueError(f"Op type {name!r} is already defined in {_registry[name].lower.__module__}.")
        _registry[name] = OpDef(name, signature, shape, lower, attrs, host, stateful, overwrites, state, waits)
        return _registry[name]

    return define


def find_with(find_one: Callable[[str], None], find_all: Callable[[], None]) -> None:
    """Have `find_one(name)` define an op type that is looked up and not defined yet, and `find_all()` all there are."""
    _finders.append((find_one, find_all))


def lookup(name: str) -> OpDef:
    """Return the definition of op type `name`.

    Raises:
      LookupError: if Kudari has no such op.
    """
    if name not in _registry:
        for find_one, _ in _finders:
            find_one(name)
    try:
        return _registry[name]
    except KeyError:
        raise LookupError(f"Op type not registered '{name}': Kudari does not have this op yet.") from None


def definitions() -> list[OpDef]:
    """Return every op type there is, in definition order."""
    for _, find_all in _finders:
        find_all()
    return list(_registry.values())


def checked_by(shape: ShapeRule, check: Callable) -> None:
    """Give every op that is defined with the rule `shape` from now on the run-time check `check`, unless it has its own."""
    _checks[shape] = check


def not_differentiable(*ops: OpDef) -> None:
    """Declare that no gradient flows through `ops`."""
    for definition in ops:
        definition.is_differentiable = False
