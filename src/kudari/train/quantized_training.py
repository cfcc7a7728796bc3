"""Graphs whose products see their operands as few bits would hold them, so that training learns to live with that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from ..dtypes import float32, int32, string
from ..errors import InvalidArgumentError, OutOfRangeError, UnimplementedError
from ..graph.graph import Graph
from ..graph.tensor import Tensor
from ..graph.tensor_proto import make_ndarray
from ..op.constant import constant
from ..op.tensor_proto import make_tensor_proto
from ..ops.forms import node
from ..protos import proto

_PRODUCTS = ("MatMul", "Conv2D")
_DECAY = 0.999
_MOST_INPUTS = 2
_PASSING_FIRST = ("Reshape", "ConcatV2", "Identity", "MaxPool", "AvgPool", "MaxPool3D", "AvgPool3D")


class _Kind(NamedTuple):
    """What is known of a tensor: whether it has negative numbers, and the range, if that is certain."""

    signed: bool
    range: tuple[float, float] | None = None


_KINDS = {"Const": _Kind(True), "Variable": _Kind(True), "VariableV2": _Kind(True), "Relu": _Kind(False),
          "Relu6": _Kind(False, (0.0, 6.0)), "Sigmoid": _Kind(False, (0.0, 1.0)), "Tanh": _Kind(True, (-1.0, 1.0))}


def do_quantize_training_on_graphdef(input_graph: Any, num_bits: int) -> Any:
    """Return a graph in which what goes into matrix products and convolutions is rounded to few bits first.

    The ranges of activations without bounds, of variables and of inputs are moving averages of what they were, held in
    new variables that initialize themselves; a saver that the graph has saves and restores them too.

    Args:
      input_graph: a `GraphDef`. Nodes named `gradients…` stay as they are.
      num_bits: how many bits the numbers have, 1 to 63.

    Returns:
      A `GraphDef`: the same nodes, with other inputs, then the new ones.

    Raises:
      OutOfRangeError: if the number of bits is out of range.
      UnimplementedError: if more than two tensors are of no kind that is known, and so would be inputs of the model.
      InvalidArgumentError: if there are several nodes that save, or one without its `restore_all`.
    """
    if not 1 <= num_bits <= 63:
        raise OutOfRangeError(None, None, f"num_bits should be in range [1, 63] but is: {num_bits}")
    result = proto("GraphDef")()
    result.CopyFrom(input_graph)
    nodes = {node_def.name: node_def for node_def in result.node}
    rounded: dict[str, str] = {}
    variables: list[str] = []
    for product, index, kind in list(_operands(result, nodes)):
        source = _name(product.input[index])
        if source not in rounded:
            made = _made_from(source, partial(_rounded, kind=kind, num_bits=num_bits))
            result.node.extend(made)
            variables += [new.name for new in made if new.op == "VariableV2"]
            rounded[source] = made[-1].name
        product.input[index] = rounded[source]
    _save_too(result, variables)
    return result


def _name(text: str) -> str:
    return text.removeprefix("^").split(":")[0]


def _operands(graph_def: Any, nodes: dict[str, Any]) -> Iterator[tuple[Any, int, _Kind]]:
    """Each operand of a product outside the gradients: the product, which input it is, what is known of it."""
    unknown = 0
    for product in graph_def.node:
        if product.op not in _PRODUCTS or product.name.startswith("gradients"):
            continue
        for index, text in enumerate(product.input):
            if text.startswith("^"):
                continue
            source = nodes[_name(text)]
            kind = _KINDS.get(source.op) or _kind_behind(source, nodes)
            if kind is None:
                unknown += 1
                if unknown > _MOST_INPUTS:
                    raise UnimplementedError(None, None, (
                        f"Found an unknown op: {source.name} with type: {source.op}; Unknown ops are considered as model "
                        f"input for now and only {_MOST_INPUTS} inputs are supported currently."))
            yield product, index, kind or _Kind(True)


def _kind_behind(passing: Any, nodes: dict[str, Any]) -> _Kind | None:
    """What is known of the output of a node that hands on its first input; `None` of a node that does not."""
    if passing.op not in _PASSING_FIRST:
        return None
    source = nodes[_name(passing.input[0])]
    return _KINDS.get(source.op) or _kind_behind(source, nodes) or _Kind(True)


def _made_from(source: str, make: Callable[[Tensor], Any]) -> list[Any]:
    """The nodes that `make` adds for the tensor that the node `source` gives."""
    with Graph().as_default() as graph:
        make(node("Placeholder", float32, name=source))
        made = list(graph.as_graph_def().node)[1:]
    for each in made:
        each.attr.pop("_class", None)
    return made


def _rounded(tensor: Tensor, kind: _Kind, num_bits: int) -> Tensor:
    prefix = tensor.op.name
    if kind.range is None:
        low, high = _averaged_range(prefix, tensor)
    else:
        low, high = (_number(f"{prefix}/Input{end}", value) for end, value in zip(("Min", "Max"), kind.range, strict=True))
    return node("QuantizeAndDequantizeV2", tensor, low, high, kind.signed, num_bits, True,
                name=f"{prefix}/QuantizeAndDequantizeV2")


def _number(name: str, value: float, dtype: Any = float32) -> Tensor:
    return constant(value, dtype, name=name)


def _averaged_range(prefix: str, tensor: Tensor) -> tuple[Tensor, Tensor]:
    decay = _number(f"{prefix}/Decay", _DECAY)
    axes = f"{prefix}/ReductionAxes"
    start, delta = _number(f"{axes}/RangeStart", 0, int32), _number(f"{axes}/RangeDelta", 1, int32)
    every = node("Range", start, node("Rank", tensor, name=f"{axes}/InputRank"), delta, name=f"{axes}/ReductionAxes")
    ends = [node(end, tensor, every, name=f"{prefix}/{end}") for end in ("Min", "Max")]
    low, high = (_averaged(end, decay) for end in ends)
    return low, high


def _averaged(value: Tensor, decay: Tensor) -> Tensor:
    """The moving average of `value`, which begins with its first."""
    name = value.op.name
    variable = node("VariableV2", (), float32, name=f"{name}/Variable")
    begun = node("IsVariableInitialized", variable, name=f"{name}/IsInitialized")
    first, later = node("Switch", value, begun, name=f"{name}/Switch")
    share = node("Sub", _number(f"{name}/EMA/OneConst", 1.0), decay, name=f"{name}/EMA/DecayComplement")
    distance = node("Sub", variable, later, name=f"{name}/EMA/ValueDiff")
    step = node("Mul", distance, share, name=f"{name}/EMA/UpdateValue")
    moved = node("Sub", variable, step, name=f"{name}/EMA/EMAValue")
    either = node("Merge", [first, moved], name=f"{name}/Merge")[0]
    return node("Assign", variable, either, name=f"{name}/AssignValue")


def _save_too(graph_def: Any, variables: list[str]) -> None:
    """Have the one saver of the graph, if there is one, save and restore `variables` as well."""
    saving = [each for each in graph_def.node if each.op == "SaveV2"]
    if not saving:
        return
    if len(saving) > 1:
        raise InvalidArgumentError(None, None, "Input graph has multiple SaveV2 ops.")
    save, nodes = proto("NodeDef")(), {each.name: each for each in graph_def.node}
    save.CopyFrom(saving[0])
    graph_def.node.remove(saving[0])
    prefix = save.name.rpartition("/")[0] or save.name
    if f"{prefix}/restore_all" not in nodes:
        raise InvalidArgumentError(None, None, "graph has SaveOp, but no restore_all NoOp")
    for number, variable in enumerate(variables):
        added = _restoring(prefix, number, variable, save.input[0])
        graph_def.node.extend(added)
        nodes[f"{prefix}/restore_all"].input.append(f"^{added[-1].name}")
    _extend_texts(nodes[_name(save.input[1])], variables)
    _extend_texts(nodes[_name(save.input[2])], [""] * len(variables))
    controls = [text for text in save.input if text.startswith("^")]
    save.input[:] = [*(text for text in save.input if text not in controls), *variables, *controls]
    save.attr["dtypes"].list.type.extend([float32.as_datatype_enum] * len(variables))
    graph_def.node.append(save)


def _restoring(prefix: str, number: int, variable: str, path: str) -> list[Any]:
    restore = f"{prefix}/RestoreV2/_{2 * number}_qt"
    made = [proto("NodeDef")(name=f"{restore}/{key}", op="Const") for key in ("tensor_names", "shape_and_slices")]
    for each, text in zip(made, (variable, ""), strict=True):
        _set_texts(each, [text])
    made.append(proto("NodeDef")(name=restore, op="RestoreV2", input=[path, *(each.name for each in made)]))
    made[-1].attr["dtypes"].list.type.append(float32.as_datatype_enum)
    assign = proto("NodeDef")(name=f"{prefix}/Assign/_{2 * number + 1}_qt", op="Assign", input=[variable, restore])
    assign.attr["T"].type = float32.as_datatype_enum
    assign.attr["validate_shape"].b = assign.attr["use_locking"].b = True
    return [*made, assign]


def _extend_texts(const: Any, texts: list[str]) -> None:
    _set_texts(const, [*make_ndarray(const.attr["value"].tensor).ravel().tolist(), *texts])


def _set_texts(const: Any, texts: list[Any]) -> None:
    const.attr["dtype"].type = string.as_datatype_enum
    const.attr["value"].tensor.CopyFrom(make_tensor_proto(np.array(texts, object), string, (len(texts),)))
