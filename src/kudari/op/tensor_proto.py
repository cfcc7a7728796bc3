"""Python values as `TensorProto` messages."""

from __future__ import annotations

from typing import Any

from ..graph.tensor_proto import array_proto
from ..protos import proto
from ..shape import shape_tuple
from .constant import make_array


def make_tensor_proto(values: Any, dtype: Any = None, shape: Any = None, verify_shape: bool = False,
                      allow_broadcast: bool = False) -> Any:
    """Return `values` as a `TensorProto`.

    Args:
      values: a number, text, array or nested list; a `TensorProto` is returned as it is.
      dtype: of the elements; found from the values if `None`.
      shape: of the tensor; that of the values if `None`.
      verify_shape: whether the values must have exactly that shape.
      allow_broadcast: whether, of values of another size, only a single one may fill the shape.

    Raises:
      TypeError: if an element is not of that type, or the shape differs with `verify_shape`.
      ValueError: if there are too many values, or both `verify_shape` and `allow_broadcast`.
    """
    if allow_broadcast and verify_shape:
        raise ValueError("allow_broadcast and verify_shape are not both allowed.")
    if isinstance(values, proto("TensorProto")):
        return values
    wanted = shape_tuple(shape)
    if wanted is not None and (verify_shape or allow_broadcast):
        found = make_array(values, dtype)
        single = allow_broadcast and found.shape in ((), (1,))
        if not single and (found.shape != wanted if verify_shape else found.size != _size(wanted)):
            raise TypeError(f"Expected Tensor's shape: {wanted}, got {found.shape}.")
    return array_proto(make_array(values, dtype, wanted))


def _size(shape: tuple) -> int:
    size = 1
    for n in shape:
        size *= n
    return size
