"""Where windows stand on a tensor: sizes, paddings and formats of convolutions and poolings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..graph.operation import Operation
from ..op.rules import fail
from ..op.signature import Attr, required

PADDING = required("string", ("SAME", "VALID"))
FORMAT_2D = Attr("string", "NHWC", ("NHWC", "NCHW"))
FORMAT_3D = Attr("string", "NDHWC", ("NDHWC", "NCDHW"))
SIZES = required("list(int)")


def ones(rank: int) -> Attr:
    """Return the attribute `dilations` of an op on tensors of `rank` dimensions."""
    return Attr("list(int)", [1] * rank)


def channel_axis(data_format: str) -> int:
    """Return the axis of the channels."""
    return data_format.index("C")


def spatial(data_format: str, values: Sequence[Any]) -> list[Any]:
    """Return those of `values`, one for each axis, that belong to neither batch nor channels."""
    return [value for letter, value in zip(data_format, values) if letter not in "NC"]


def placed(data_format: str, batch: Any, sizes: Sequence[Any], channels: Any) -> tuple:
    """Return a value for each axis in the order of `data_format`."""
    rest = iter(sizes)
    return tuple(batch if letter == "N" else channels if letter == "C" else next(rest) for letter in data_format)


def reach(window: int, dilation: int) -> int:
    """Return how many elements a window spans that takes every `dilation`-th."""
    return (window - 1) * dilation + 1


def output_size(op: Operation, size: int | None, window: int | None, stride: int, padding: str,
                pair: tuple[int, int] = (0, 0)) -> int | None:
    """Return how many windows fit along an axis, `None` if that is not known yet.

    Args:
      op: the node, for the error.
      size: of the axis.
      window: how many elements one spans.
      stride: from one to the next.
      padding: `SAME`, `VALID` or `EXPLICIT`.
      pair: the explicit padding before and after.
    """
    if stride <= 0:
        fail(op, f"Stride must be > 0, but got {stride}", known=())
    if padding == "SAME":
        return None if size is None else -(-size // stride)
    if size is None or window is None:
        return None
    padded = size + sum(pair)
    if padded < window:
        fail(op, f"Negative dimension size caused by subtracting {window} from {padded}", known=())
    return (padded - window + stride) // stride


def paddings(sizes: Sequence[int], windows: Sequence[int], strides: Sequence[int], padding: str,
             explicit: Sequence[tuple[int, int]] = ()) -> tuple[tuple[int, int], ...]:
    """Return how many elements are added before and after each axis; `SAME` adds the odd one after."""
    if padding == "EXPLICIT":
        return tuple(explicit)
    if padding == "VALID":
        return ((0, 0),) * len(sizes)
    totals = [max((-(-n // s) - 1) * s + k - n, 0) for n, k, s in zip(sizes, windows, strides)]
    return tuple((total // 2, total - total // 2) for total in totals)


def pairs(flat: Sequence[int]) -> list[tuple[int, int]]:
    """Return `explicit_paddings` as a pair for each axis."""
    return list(zip(flat[::2], flat[1::2]))
