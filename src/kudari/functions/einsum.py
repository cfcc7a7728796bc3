"""`tf.einsum`: sums of products of tensors whose dimensions are named by letters."""

from __future__ import annotations

import logging
import math
import re
import string
from collections.abc import Iterable, Sequence
from typing import Any

from ..graph.tensor import Tensor
from ..op.scope import scoped
from ..ops.forms import node
from ..ops.linalg import matmul
from ..ops.shapes import reduction, shape_of
from .array import transpose
from .elementwise import multiply
from .matrices import trace


def einsum(equation: str, *inputs: Any, **kwargs: Any) -> Tensor:
    """Return sums of products of elements, as an equation says.

    Args:
      equation: letters for the dimensions of each tensor, separated by commas, and of the result after `->`:
        `"ij,jk->ik"` is a product of matrices. Letters that the result leaves out are summed over; without `->` it has
        those that occur once, in alphabetical order. `...` stands for the dimensions in front.
      *inputs: the tensors.
      **kwargs: `name`, of the scope.

    Raises:
      TypeError: for another keyword.
      ValueError: if the equation does not fit, or a letter occurs twice in one tensor.
    """
    name = kwargs.pop("name", None)
    if kwargs:
        raise TypeError(f"invalid keyword arguments for this function: {', '.join(sorted(kwargs))}")
    with scoped(name, "einsum", inputs):
        tensors = list(inputs)
        labels, wanted = _parsed(equation, tensors)
        every = set("".join(labels) + wanted)
        for labeled in labels:
            repeated = [a for a in labeled if labeled.count(a) > 1]
            if repeated and len(labels) == 1 and labeled in (repeated[0] * 2,) and "->" not in equation:
                return trace(tensors[0])
            if repeated:
                raise ValueError(f"Subscript not supported: an axis appears more than once: {labeled}")
        for a in every:
            if a not in wanted and sum(a in labeled for labeled in labels) > 2:
                logging.getLogger("tensorflow").warning(
                    "einsum() sums over %r, which more than two tensors have: it spreads out all dimensions at once.", a)
                return _all_at_once(equation, tensors)
        return _pairwise(equation, tensors, labels, wanted)


def _pairwise(equation: str, tensors: list[Any], labels: list[str], wanted: str) -> Tensor:
    """One product after the other, from the left."""
    result, found = tensors[0], labels[0]
    for tensor, labeled in zip(tensors[1:], labels[1:]):
        summed = set(found) & set(labeled) - set(wanted)
        result, found = _product(result, found, tensor, labeled, summed)
    missing = [i for i, a in enumerate(found) if a not in wanted]
    if missing:
        result = reduction("Sum", result, missing)
        found = "".join(a for a in found if a in wanted)
    if sorted(found) != sorted(wanted):
        raise ValueError(f"Invalid equation: {equation}")
    return _ordered(result, [found.index(a) for a in wanted])


def _parsed(equation: str, tensors: Sequence[Any]) -> tuple[list[str], str]:
    """The letters of each tensor and of the result, with letters for what `...` stands for."""
    equation = equation.replace(" ", "")
    match = re.match("^([a-zA-Z,.]+)(->[a-zA-Z.]*)?$", equation)
    if not match:
        raise ValueError(f"Indices have incorrect format: {equation}")
    labels = match.group(1).split(",")
    wanted = match.group(2)[2:] if match.group(2) else None
    if len(tensors) != len(labels):
        raise ValueError(f'Got {len(tensors)} arguments for equation "{equation}", expecting {len(labels)}')
    front = ""
    if "..." in equation:
        unused = "".join(c for c in string.ascii_letters if c not in "".join(labels))
        for i, labeled in enumerate(labels):
            stands_for = _ellipsis(labeled, tensors[i].shape.ndims, unused)
            labels[i] = labeled.replace("...", stands_for)
            front = max(front, stands_for, key=len)
        _refuse_periods(labels)
        if wanted is not None:
            wanted = wanted.replace("...", front)
            _refuse_periods([wanted])
    if wanted is None:
        joined = "".join(labels)
        wanted = front + "".join(sorted(a for a in set(joined) - set(front) if joined.count(a) == 1))
    return labels, wanted


def _ellipsis(labeled: str, rank: int | None, unused: str) -> str:
    if "..." not in labeled:
        return ""
    parts = labeled.split("...")
    if len(parts) != 2:
        raise ValueError("Unable to resolve ellipsis. Excess number found.")
    if rank is None:
        raise ValueError("Unable to statically infer ellipsis axes.")
    count = rank - len("".join(parts))
    if count < 0:
        raise ValueError("Ellipses lengths do not match.")
    if len(unused) < count:
        raise ValueError("Unable to resolve ellipsis, too many distinct labels.")
    return unused[-count:] if count else ""


def _refuse_periods(labels: Iterable[str]) -> None:
    if any("." in labeled for labeled in labels):
        raise ValueError('period "." found outside of ellipsis')


def _product(x: Tensor, x_labels: str, y: Tensor, y_labels: str, summed: set[str]) -> tuple[Tensor, str]:
    """The product of two tensors, with its letters: a product of matrices if anything is summed over."""
    for which, tensor, labels in (("t0", x, x_labels), ("t1", y, y_labels)):
        if len(labels) != len(tensor.shape):
            raise ValueError(f"Tensor {which} of rank {len(tensor.shape)} does not match einsum reduction of length "
                             f"{len(labels)}")
    kept = (set(x_labels) & set(y_labels)) - summed
    only_x, only_y = set(x_labels) - kept - summed, set(y_labels) - kept - summed
    x_order = sorted(x_labels, key=lambda a: (-1 if a in kept else 0 if a in only_x else 1, a))
    y_order = sorted(y_labels, key=lambda a: (-1 if a in kept else 0 if a in summed else 1, a))
    x = _ordered(x, [x_labels.find(a) for a in x_order])
    y = _ordered(y, [y_labels.find(a) for a in y_order])
    if not summed:
        for _ in only_y:
            x = node("ExpandDims", x, -1)
        for _ in only_x:
            y = node("ExpandDims", y, len(kept))
        return multiply(x, y), "".join(x_order + y_order[len(kept):])
    product = _matrix_product(x, y, len(kept), len(summed), len(only_x), len(only_y))
    return product, "".join(x_order[:len(kept) + len(only_x)] + y_order[len(y_order) - len(only_y):])


def _matrix_product(x: Tensor, y: Tensor, kept: int, summed: int, only_x: int, only_y: int) -> Tensor:
    x_sizes = _sizes(x)
    rows, depth = math.prod(x_sizes[kept:-summed]), math.prod(x_sizes[-summed:])
    x = _reshaped(x, [*x_sizes[:kept], rows, depth])
    y_sizes = _sizes(y)
    columns = math.prod(y_sizes[kept + summed:])
    y = _reshaped(y, [*y_sizes[:kept], depth, columns])
    sizes = x_sizes[:kept + only_x] + y_sizes[len(y_sizes) - only_y:]
    return _reshaped(matmul(x, y), sizes)


def _ordered(tensor: Tensor, perm: list[int]) -> Tensor:
    return tensor if perm == list(range(len(perm))) else transpose(tensor, perm=perm)


def _sizes(tensor: Tensor) -> list[Any]:
    """The sizes of a tensor, as tensors where they are not known."""
    sizes: list[Any] = tensor.shape.as_list()
    unknown = [i for i, size in enumerate(sizes) if size is None]
    if unknown:
        shape = shape_of(tensor)
        for i in unknown:
            sizes[i] = shape[i]
    return sizes


def _reshaped(tensor: Tensor, sizes: list[Any]) -> Tensor:
    now = tensor.static_shape or ()
    if len(sizes) == len(now) and all(not isinstance(new, Tensor) and old == new for old, new in zip(now, sizes)):
        return tensor
    return node("Reshape", tensor, tuple(sizes))


def _all_at_once(equation: str, tensors: list[Tensor]) -> Tensor:
    """Everything multiplied with a dimension for every letter, then summed."""
    labels, wanted = _parsed(equation, tensors)
    letters = sorted(set("".join(labels) + wanted))
    order = [a for a in letters if a not in wanted] + list(wanted)
    shapes = []
    for i, (tensor, labeled) in enumerate(zip(tensors, labels)):
        if tensor.shape.ndims != len(labeled):
            raise ValueError(f"Input {i} with axes {labeled} has incorrect number of dimensions (expected {len(labeled)}, "
                             f"got {tensor.shape.ndims})")
        ordered = sorted(labeled, key=order.index)
        if list(labeled) != ordered:
            tensors[i] = transpose(tensor, [labeled.find(a) for a in ordered])
        sizes = dict(zip(ordered, [size or -1 for size in tensors[i].shape.as_list()]))
        shapes.append([sizes.get(a, 1) for a in order])
    for a, sizes_of in zip(order, zip(*shapes)):
        if len({size for size in sizes_of if size > 1}) > 1:
            raise ValueError(f"Dimension mismatch on axis: {a}")
    spread = [node("Reshape", tensor, shape) for tensor, shape in zip(tensors, shapes)]
    product: Any = 1
    for tensor in spread:
        product *= tensor
    return reduction("Sum", product, [i for i, a in enumerate(order) if a not in wanted])
