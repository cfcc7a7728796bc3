"""Slices: `tf.slice`, `tf.strided_slice`, and the indexing of tensors and variables."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..graph.tensor import Tensor
from ..ops import array as ops
from ..ops.indexing import is_mask, item
from ..variables.variable import Variable
from .filling import ones_like
from .picking import boolean_mask


def slice(input_: Any, begin: Any, size: Any, name: str | None = None) -> Tensor:
    """Return `size` elements along each dimension of `input_`, from `begin` on.

    Args:
      input_: a tensor.
      begin: an integer vector: the first place along each dimension.
      size: an integer vector: how many along each dimension; -1 for all that are left.
      name: of the node.

    Raises:
      ValueError: if `begin` or `size` does not have an entry for each dimension.
    """
    return ops.slice(input_, begin, size, name=name)


class VariableSlice(Tensor):
    """A slice of a variable's value, which can also be assigned to."""

    __slots__ = ()

    def assign(self, value: Any, name: str | None = None) -> Any:
        """Return a tensor of the variable after this slice of it is set to `value`.

        Args:
          value: of the shape and type of the slice.
          name: of the node.
        """
        extras = self._extras or {}
        name = name or f"{self.op.name}/_assign"
        return extras["variable"]._assign_slice(value, name, extras["slice"])


def strided_slice(input_: Any, begin: Any, end: Any, strides: Any = None, begin_mask: int = 0, end_mask: int = 0,
                  ellipsis_mask: int = 0, new_axis_mask: int = 0, shrink_axis_mask: int = 0, var: Any = None,
                  name: str | None = None) -> Tensor:
    """Return the elements `begin:end:strides` of `input_` along each dimension.

    Args:
      input_: a tensor.
      begin: an integer vector: the first place along each dimension.
      end: an integer vector: the place to stop before.
      strides: an integer vector: the steps, not zero; ones if `None`.
      begin_mask: bit `i` leaves the beginning of entry `i` open.
      end_mask: bit `i` leaves the end of entry `i` open.
      ellipsis_mask: bit `i` makes entry `i` stand for as many dimensions as are left.
      new_axis_mask: bit `i` makes entry `i` a new dimension of size 1.
      shrink_axis_mask: bit `i` makes entry `i` a single place, whose dimension goes.
      var: the variable that `input_` is the value of, if the slice is to be assigned to.
      name: of the node.

    Raises:
      ValueError: if a place is outside or the entries do not fit the rank.
    """
    if strides is None:
        strides = ones_like(begin)
    masks = {"begin_mask": begin_mask, "end_mask": end_mask, "ellipsis_mask": ellipsis_mask,
             "new_axis_mask": new_axis_mask, "shrink_axis_mask": shrink_axis_mask}
    result = ops.strided_slice(input_, begin, end, strides, **masks, name=name)
    return result if var is None else _assignable(result, var)


def _assignable(result: Tensor, variable: Any) -> Tensor:
    node = result.op
    masks = {key: node[key] for key in ("begin_mask", "end_mask", "ellipsis_mask", "new_axis_mask", "shrink_axis_mask")}
    begin, end, strides = node.inputs[1:]
    result._extras = {"variable": variable, "slice": {"begin": begin, "end": end, "strides": strides, **masks}}
    result.__class__ = VariableSlice
    return result


def getitem(tensor: Tensor, key: Any) -> Tensor:
    """Return `tensor[key]`: a strided slice, or the elements that a boolean mask picks.

    Args:
      tensor: a tensor.
      key: integers, slices, `...`, `tf.newaxis` and scalar integer tensors, or a boolean tensor or array.

    Raises:
      TypeError: if `key` holds anything else.
      ValueError: if an index is outside, or there are more of them than dimensions.
    """
    return boolean_mask(tensor, key) if is_mask(key) else item(tensor, key)


def variable_getitem(variable: Any, key: Any) -> Tensor:
    """Return `variable[key]`, a slice that can be assigned to unless `key` is a boolean mask."""
    if is_mask(key):
        return boolean_mask(variable.value(), key)
    return _assignable(item(variable.value(), key), variable)


setattr(Tensor, "__getitem__", getitem)  # noqa: B010 - defined here, where its slices are
setattr(Variable, "__getitem__", variable_getitem)  # noqa: B010


def pad(tensor: Any, paddings: Any, mode: str = "CONSTANT", name: str | None = None, constant_values: Any = 0) -> Tensor:
    """Return `tensor` with elements added around it.

    Args:
      tensor: a tensor of rank n.
      paddings: an integer tensor of shape `[n, 2]`: how many before and after along each dimension.
      mode: `"CONSTANT"`, `"REFLECT"` (mirrored without the edge) or `"SYMMETRIC"` (with it); case does not matter.
      name: of the node.
      constant_values: the scalar that `"CONSTANT"` adds.

    Raises:
      ValueError: if the mode is unknown or `paddings` does not fit.
    """
    kind = mode.upper()
    if kind == "CONSTANT":
        is_zero = not isinstance(constant_values, Tensor) and np.ndim(constant_values) == 0 and constant_values == 0
        if is_zero:
            return ops.pad(tensor, paddings, name=name)
        return ops.pad_v2(tensor, paddings, constant_values, name=name)
    if kind in ("REFLECT", "SYMMETRIC"):
        return ops.mirror_pad(tensor, paddings, mode=kind, name=name)
    raise ValueError(f"Unknown padding mode: {kind}")


def tile(input: Any, multiples: Any, name: str | None = None) -> Tensor:
    """Return `input` repeated.

    Args:
      input: a tensor.
      multiples: an integer vector: how often along each dimension.
      name: of the node.
    """
    return ops.tile(input, multiples, name=name)


def reverse(tensor: Any, axis: Any, name: str | None = None) -> Tensor:
    """Return `tensor` backwards along each dimension of the integer vector `axis`."""
    return ops.reverse_v2(tensor, axis, name=name)


def reverse_sequence(input: Any, seq_lengths: Any, seq_axis: Any = None, batch_axis: Any = None, name: str | None = None,
                     seq_dim: Any = None, batch_dim: Any = None) -> Tensor:
    """Return `input` with the beginning of each row backwards.

    Args:
      input: a tensor.
      seq_lengths: an integer vector: for each row, how many elements to reverse.
      seq_axis: the dimension along which elements follow each other.
      batch_axis: the dimension along which rows follow each other; 0 if `None`.
      name: of the node.
      seq_dim: the older name of `seq_axis`.
      batch_dim: the older name of `batch_axis`.
    """
    along = seq_axis if seq_dim is None else seq_dim
    rows = batch_axis if batch_dim is None else batch_dim
    return ops.reverse_sequence(input, seq_lengths, seq_dim=along, batch_dim=rows, name=name)


def broadcast_to(input: Any, shape: Any, name: str | None = None) -> Tensor:
    """Return `input` repeated along its dimensions of size 1, and along new ones in front, to have `shape`."""
    return ops.broadcast_to(input, shape, name=name)
