"""Branches: `tf.cond`, `tf.case`, and the assertion they guard."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from ..dtypes import bool as bool_
from ..dtypes import float32, int32, int64, string
from ..graph.collections import GraphKeys
from ..graph.indexed_slices import IndexedSlices
from ..graph.operation import Operation
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..nest import assert_same_structure, flatten, map_structure, pack_sequence_as
from ..op.constant import constant
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops.cond_context import CondContext, merge_tensors
from ..ops.control import check
from ..ops.control import no_op as no_op_node
from ..ops.forms import cast, node
from ..ops.shapes import reduction, size_of, zeros

Function = Callable[[], Any]


def cond(pred: Any, true_fn: Function | None = None, false_fn: Function | None = None, strict: bool = False,
         name: str | None = None, fn1: Function | None = None, fn2: Function | None = None) -> Any:
    """Return what `true_fn` returns if `pred` is true, else what `false_fn` returns.

    Both functions are called once, now; of the nodes they make, only those of one branch run in a step.

    Args:
      pred: a boolean scalar tensor.
      true_fn: makes the nodes of the one branch and returns its results: a tensor, op, or structure of them.
      false_fn: makes the other; what it returns must be of the same structure and types.
      strict: whether a list or tuple of one result stays one.
      name: of the scope.
      fn1: deprecated name of `true_fn`.
      fn2: deprecated name of `false_fn`.

    Returns:
      The structure both functions return, with tensors for its leaves; a list or tuple of one is that one.

    Raises:
      TypeError: if a function is missing or cannot be called, or `pred` is a Python bool.
      ValueError: if the functions return different structures or types, or nothing.
    """
    true_fn = _function(true_fn, fn1, "true_fn", "fn1")
    false_fn = _function(false_fn, fn2, "false_fn", "fn2")
    for function, called in ((true_fn, "true_fn"), (false_fn, "false_fn")):
        if not callable(function):
            raise TypeError(f"{called} must be callable.")
    with scoped(name, "cond", [pred]):
        if isinstance(pred, bool):
            raise TypeError("pred must not be a Python bool")
        graph = get_default_graph()
        with scoped(None, "Switch", [pred]) as scope:
            off, on = node("Switch", convert_to_tensor(pred, name="data"), convert_to_tensor(pred, name="pred"), name=scope)
        pivot_on, pivot_off = node("Identity", on, name="switch_t"), node("Identity", off, name="switch_f")
        pred = node("Identity", pred, name="pred_id")
        for tensor in (on, off, pivot_on, pivot_off, pred):
            graph.prevent_fetching(tensor.op)
        on_true = _Branch(CondContext(pred, pivot_on, 1), true_fn, "true_fn")
        on_false = _Branch(CondContext(pred, pivot_off, 0), false_fn, "false_fn")
        return _joined(on_true, on_false, strict)


def _function(given: Function | None, deprecated: Function | None, name: str, deprecated_name: str) -> Any:
    if deprecated is not None:
        if given is not None:
            raise TypeError(f"cond(): {name} and {deprecated_name} may not be set simultaneously.")
        return deprecated
    if given is None:
        raise TypeError(f"cond(): {name} argument required")
    return given


class _Branch:
    """One branch, built by calling its function.

    Args:
      context: of its nodes.
      function: that makes them.
      name: of the function, for errors.
    """

    def __init__(self, context: CondContext, function: Function, name: str):
        self.context = context
        with context:
            self.returned = function()
            if self.returned is None:
                raise ValueError(f"{name} must have a return value.")
            results = map_structure(context.result, self.returned, expand_composites=True)
            self.results = results if isinstance(results, list | tuple) else [results]
            context.exit_result(flatten(self.results, expand_composites=True))


def _joined(on_true: _Branch, on_false: _Branch, strict: bool) -> Any:
    true_out, false_out = on_true.returned, on_false.returned
    if not strict:
        true_out, false_out = _without_list_of_one(true_out), _without_list_of_one(false_out)
    _check_same(true_out, false_out, on_true.results, on_false.results)
    if not on_true.results:
        raise ValueError("true_fn and false_fn must return at least one result.")
    pairs = list(zip(flatten(on_false.results, expand_composites=True), flatten(on_true.results, expand_composites=True)))
    for off, on in pairs:
        if off.dtype.base_dtype != on.dtype.base_dtype:
            raise ValueError("Outputs of true_fn and false_fn must have the same type: "
                             f"{on.dtype.name}, {off.dtype.name}")
    merged: list[Any] = [merge_tensors(pair) for pair in pairs]
    returned = flatten(true_out, expand_composites=True)
    merged = [old.with_flow(new) if hasattr(old, "with_flow") else new for old, new in zip(returned, merged)]
    if on_true.context.outer_context is None:
        graph = get_default_graph()
        graph.add_to_collection(GraphKeys.COND_CONTEXT, on_true.context)
        graph.add_to_collection(GraphKeys.COND_CONTEXT, on_false.context)
    packed = pack_sequence_as(true_out, merged, expand_composites=True)
    return packed if strict else _without_list_of_one(packed)


def _without_list_of_one(value: Any) -> Any:
    return value[0] if isinstance(value, list | tuple) and len(value) == 1 else value


def _check_same(true_out: Any, false_out: Any, *results: Any) -> None:
    try:
        assert_same_structure(true_out, false_out, expand_composites=True)
    except (TypeError, ValueError):
        map_structure(_same_index_type, true_out, false_out)
        map_structure(_same_index_type, *results)
        try:
            assert_same_structure(true_out, false_out, expand_composites=True)
        except TypeError as error:
            raise TypeError(f"Incompatible return types of true_fn and false_fn: {error}") from None
        except ValueError as error:
            raise ValueError(f"Incompatible return values of true_fn and false_fn: {error}") from None


def _same_index_type(a: Any, b: Any) -> None:
    """Widen the indices of two `IndexedSlices` whose indices differ in type."""
    if isinstance(a, IndexedSlices) and isinstance(b, IndexedSlices) and a.indices.dtype != b.indices.dtype:
        a._indices, b._indices = cast(a.indices, int64), cast(b.indices, int64)


def assert_that(condition: Any, data: Sequence[Any], summarize: int | None = None, name: str | None = None) -> Operation:
    """Return an op that stops the step with `data` as the message unless `condition` holds.

    Args:
      condition: a boolean scalar.
      data: tensors to show.
      summarize: how many elements of each to show; 3 if `None`.
      name: of the op.
    """
    with scoped(name, "Assert", [condition, *data]):
        tensors = [convert_to_tensor(item) for item in data]
        if all(tensor.dtype in (string, int32) for tensor in tensors):
            return check(condition, data, summarize=summarize, name="Assert")
        condition = convert_to_tensor(condition, name="Condition")
        return cond(condition, no_op_node, lambda: check(condition, data, summarize=summarize, name="Assert"),
                    name="AssertGuard").op


def case(pred_fn_pairs: Any, default: Function | None = None, exclusive: bool = False, strict: bool = False,
         name: str = "case") -> Any:
    """Return what the function of the first predicate that is true returns.

    Args:
      pred_fn_pairs: pairs of a boolean scalar tensor and a function, or a dictionary of them.
      default: function whose results are taken when no predicate is true; if `None`, that is an error in the step.
      exclusive: whether more than one true predicate is an error in the step.
      strict: whether a list or tuple of one result stays one.
      name: of the scope.

    Returns:
      The structure all functions return, with tensors for its leaves.

    Raises:
      TypeError: if `pred_fn_pairs` is no list or dictionary of such pairs, or a function cannot be called.
      ValueError: if the functions return different structures or types.
    """
    predicates, actions = _pairs(pred_fn_pairs, exclusive, name)
    with scoped(name, "case", [predicates]):
        if default is None:
            default, predicates, actions = _last_as_default(predicates, actions)
        function = default
        for predicate, action in reversed(list(zip(predicates, actions))):
            function = partial(cond, predicate, true_fn=action, false_fn=function, strict=strict)
        if not exclusive:
            return function()
        with get_default_graph().control_dependencies([_at_most(predicates, 1, "Input error: exclusive=True")]):
            return function()


def _pairs(given: Any, exclusive: bool, name: str) -> tuple[list[Any], list[Any]]:
    if not isinstance(given, list | tuple | dict):
        raise TypeError("fns must be a list, tuple, or dict")
    pairs = list(given.items()) if isinstance(given, dict) else list(given)
    if isinstance(given, dict) and not isinstance(given, OrderedDict):
        pairs.sort(key=lambda pair: pair[0].name)
        if not exclusive:
            logging.getLogger("tensorflow").warning(
                "%s: An unordered dictionary of predicate/fn pairs was provided, but exclusive=False. The order of "
                "conditional tests is deterministic but not guaranteed.", name)
    for pair in pairs:
        if not isinstance(pair, tuple) or len(pair) != 2:
            raise TypeError("Each entry in pred_fn_pairs must be a 2-tuple")
        predicate, function = pair
        if not isinstance(predicate, Tensor):
            raise TypeError(f"pred must be a Tensor, got: {predicate}")
        if predicate.dtype != bool_:
            raise TypeError(f"pred must be Tensor of type bool: {predicate.name}")
        if not callable(function):
            raise TypeError(f"fn for pred {predicate.name} must be callable.")
    predicates, actions = zip(*pairs)
    return list(predicates), list(actions)


def _last_as_default(predicates: list[Any], actions: list[Any]) -> tuple[Function, list[Any], list[Any]]:
    """Take the last action when no other predicate is true, and check that its own is."""
    last = len(predicates) - 1
    predicate, action = predicates[last], actions[last]

    def default() -> Any:
        message = ("Input error: None of conditions evaluated as True:", node("Pack", predicates, name="preds_c"))
        none_else = _at_most(predicates[:last], 0, "Implementation error: selected default action "
                             f"#{last} was called, but some of other predicates are True: ")
        with get_default_graph().control_dependencies([none_else, assert_that(predicate, message)]):
            return action()

    return default, predicates[:last], actions[:last]


def _at_most(predicates: list[Any], count: int, message: str) -> Operation:
    """An assertion that at most `count` of `predicates` are true."""
    together = node("Pack", predicates, name="preds_c")
    true_ones = reduction("Sum", cast(together, int32), name="num_true_conds")
    condition = node("LessEqual", true_ones, constant(count, name="n_true_conds"))
    names = ", ".join(getattr(p, "name", "?") for p in predicates)
    data = [f"{message}: more than {count} conditions ({names}) evaluated as True:", together]
    return assert_that(condition, data, summarize=len(predicates))


def zero_fraction(value: Any, name: str | None = None) -> Tensor:
    """Return how many of the elements of `value` are zero, as a fraction.

    Args:
      value: a numeric tensor.
      name: of the scope.

    Returns:
      A float32 scalar.
    """
    with scoped(name, "zero_fraction", [value]):
        value = convert_to_tensor(value, name="value")
        size = size_of(value, out_type=int64)
        nonzero = cond(node("LessEqual", size, int32.max), lambda: cast(_nonzero(value, int32), int64),
                       lambda: _nonzero(value, int64))
        with scoped(None, "counts_to_fraction"):
            absent = cast(node("Sub", size, nonzero, name="sub"), float32)
            fraction = node("RealDiv", absent, cast(size, float32), name="truediv")
        return node("Identity", fraction, name="fraction")


def _nonzero(value: Tensor, dtype: Any) -> Tensor:
    with scoped(None, "count_nonzero", [value]):
        different = node("NotEqual", value, zeros((), value.dtype))
        return reduction("Sum", cast(different, dtype), name="nonzero_count")
