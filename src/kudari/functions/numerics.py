"""Functions that stop a step when it computes NaN or an infinity."""

from __future__ import annotations

from typing import Any

from ..dtypes import float16, float32, float64
from ..graph.operation import Operation
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops.control import group_nodes, with_dependencies
from ..ops.numerics import check_numerics
from .arguments import renamed


def verify_tensor_all_finite(t: Any = None, msg: str | None = None, name: str | None = None, x: Any = None,
                             message: str | None = None) -> Tensor:
    """Return a tensor whose step fails if it holds NaN or an infinity.

    Args:
      t: a tensor of floats.
      msg: what the error says.
      name: of the scope.
      x: another name of `t`.
      message: another name of `msg`.

    Returns:
      A copy of the tensor that waits for the check.
    """
    x, message = renamed("x", x, "t", t), renamed("message", message, "msg", msg)
    with scoped(name, "VerifyFinite", [x]):
        x = convert_to_tensor(x, name="x")
        with get_default_graph().colocate_with(x):
            checked = check_numerics(x, message=message)
            return with_dependencies([checked], x)


def add_check_numerics_ops() -> Operation:
    """Add a check for NaN and infinities to every tensor of floats in the default graph, in the order they are computed.

    Returns:
      An op that waits for all of them.

    Raises:
      ValueError: if the graph has conditionals or loops.
    """
    last: list[Tensor] = []
    graph = get_default_graph()
    for op in graph.get_operations():
        for output in op.outputs:
            if output.dtype in (float16, float32, float64):
                if op._get_control_flow_context() is not None:
                    raise ValueError("`tf.add_check_numerics_ops() is not compatible with TensorFlow control flow "
                                     "operations such as `tf.cond()` or `tf.while_loop()`.")
                with graph.control_dependencies(last):
                    last = [check_numerics(output, message=f"{op.name}:{output.value_index}")]
    return group_nodes(last)
