"""The seeds of datasets, as tensors."""

from __future__ import annotations

from typing import Any

from ..dtypes import int64
from ..functions.core import get_seed
from ..graph.tensor import Tensor
from ..op.constant import constant
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops.forms import node

_INSTEAD_OF_ZEROS = 2**31 - 1


def dataset_seeds(seed: Any) -> tuple[Tensor, Tensor]:
    """Return the two seeds of a dataset node, int64 scalars.

    Args:
      seed: a number or tensor, or `None`.
    """
    first, second = get_seed(seed) if not isinstance(seed, Tensor) else _with_tensor(seed)
    if first is None:
        return constant(0, dtype=int64, name="seed"), constant(0, dtype=int64, name="seed2")
    one = convert_to_tensor(first, dtype=int64, name="seed")
    with scoped(None, "seed2") as scope:
        two = convert_to_tensor(second, dtype=int64)
        zeros = node("LogicalAnd", node("Equal", one, _zero()), node("Equal", two, _zero("Equal_1")))
        return one, node("Select", zeros, constant(_INSTEAD_OF_ZEROS, dtype=int64), two, name=scope)


def _zero(at: str = "Equal") -> Tensor:
    return constant(0, dtype=int64, name=f"{at}/y")


def _with_tensor(seed: Tensor) -> tuple[int, Tensor]:
    first, _ = get_seed(0)
    return first or 0, seed
