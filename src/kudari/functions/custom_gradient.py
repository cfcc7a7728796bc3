"""`tf.custom_gradient`: functions that bring their own gradient."""

from __future__ import annotations

import inspect
import itertools
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from ..autodiff.registry import RegisterGradient
from ..graph.collections import GraphKeys
from ..graph.operation import Operation
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..nest import flatten, map_structure, pack_sequence_as
from ..op.convert import convert_to_tensor
from ..ops.forms import node
from ..variables.scope import get_variable_scope

_numbers = itertools.count()


def custom_gradient(f: Callable) -> Callable:
    """Decorate a function that returns its result and its gradient.

    Args:
      f: function of tensors that returns a structure of tensors, and a function from their gradients to those of the
        arguments. If it uses resource variables, the gradient function also takes `variables`, the list of them, and
        returns a second list with their gradients.

    Returns:
      A function of the same arguments that returns the structure of tensors.
    """
    @wraps(f)
    def decorated(*args: Any, **kwargs: Any) -> Any:
        if kwargs:
            raise ValueError("The custom_gradient decorator currently supports keywords arguments only when eager "
                             "execution is enabled.")
        return _applied(f, args)

    return decorated


def _applied(f: Callable, given: Iterable[Any]) -> Any:
    name = f"CustomGradient-{next(_numbers)}"
    args = [convert_to_tensor(value) for value in given]
    before = set(_variables_of_scope())
    result, grad_fn = f(*args)
    for variable in _variables_of_scope():
        if variable not in before and not hasattr(variable, "_handle"):
            raise TypeError("All variables used by a function wrapped with @custom_gradient must be `ResourceVariable`s. "
                            "Ensure that no `variable_scope` is created with `use_resource=False`.")
    variables = _used_variables(flatten(map_structure(lambda t: node("Identity", t), result)), args)
    _check_signature(grad_fn, variables)
    outputs = flatten(result)

    def differentiate(op: Operation, *grads: Any) -> list[Any]:
        if not variables:
            return [None] * len(outputs) + flatten(grad_fn(*grads[:len(outputs)]))
        by_args, by_variables = grad_fn(*grads[:len(outputs)], variables=variables)
        if len(by_variables) != len(variables):
            raise ValueError("Must return gradient for each variable from @custom_gradient grad_fn.")
        return [None] * len(outputs) + flatten(by_args) + list(by_variables)

    RegisterGradient(name)(differentiate)
    with get_default_graph().gradient_override_map({"IdentityN": name}):
        copies = node("IdentityN", [*outputs, *args, *variables])
    for variable in variables:
        convert_to_tensor(variable)  # read once more, as TensorFlow does
    return pack_sequence_as(result, copies[:len(outputs)])


def _variables_of_scope() -> list:
    scope = get_variable_scope()
    return scope.global_variables() + scope.local_variables()


def _used_variables(outputs: list[Tensor], args: list[Tensor]) -> list:
    """The trainable variables that `outputs` are computed from without `args`."""
    seen: dict[Operation, None] = {}
    stack = [tensor.op for tensor in outputs]
    stops = {tensor.op for tensor in args}
    while stack:
        op = stack.pop()
        if op not in seen and op not in stops:
            seen[op] = None
            stack.extend(tensor.op for tensor in op.inputs)
    held = {op for op in seen if op.type in ("VariableV2", "VarHandleOp")}
    known = get_default_graph().get_collection(GraphKeys.GLOBAL_VARIABLES)
    return [variable for variable in known if variable.op in held and variable.trainable]


def _check_signature(grad_fn: Callable, variables: list) -> None:
    parameters = inspect.signature(grad_fn).parameters
    takes = "variables" in parameters or any(p.kind is p.VAR_KEYWORD for p in parameters.values())
    if variables and not takes:
        raise TypeError("If using @custom_gradient with a function that uses variables, then grad_fn must accept a keyword "
                        "argument 'variables'.")
    if takes and not variables and not get_variable_scope().use_resource:
        raise TypeError("If using @custom_gradient with a function that uses variables, the enclosing variable scope must "
                        "have use_resource=True.")
