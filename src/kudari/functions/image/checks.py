"""What the functions of `tf.image` ask of their images, at once where shapes are known and in the step where not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...graph.operation import Operation
from ...graph.tensor import Tensor
from ...op.convert import convert_to_tensor
from ...ops.control import with_dependencies
from ...ops.indexing import item
from ...shape import TensorShape
from ..array import expand_dims, rank, shape
from ..checking import assert_equal, assert_greater_equal, assert_positive
from ..conditionals import assert_that
from ..joining import unstack

Sizes = Sequence[Any]


def must(condition: Any, message: str) -> list[Operation]:
    """Refuse a false `condition`; return a check of it, for the step, if it is a tensor.

    Raises:
      ValueError: if it is known and false.
    """
    if is_tensor(condition):
        return [assert_that(condition, [message])]
    if not condition:
        raise ValueError(message)
    return []


def is_tensor(value: Any) -> bool:
    """Return whether `value` is a tensor or a variable, and no Python number."""
    return isinstance(value, Tensor) or hasattr(value, "_as_graph_element")


def dimensions(image: Tensor, ndims: int) -> list[Any]:
    """Return the sizes of `image` as Python numbers; those that are not known as scalar tensors."""
    known = image.static_shape
    if known is not None and None not in known:
        return list(known)
    known = tuple(image.shape.with_rank(ndims).as_list())
    return [size if size is not None else later for size, later in zip(known, unstack(shape(image), ndims))]


def at_least_3d_checks(image: Tensor) -> list[Operation]:
    """Return checks, for the step, that `image` has three dimensions or more and none is empty.

    Raises:
      ValueError: if it is known not to be so.
    """
    known = image.shape
    try:
        known = known.with_rank(3) if known.ndims is None else known.with_rank_at_least(3)
    except ValueError:
        raise ValueError("'image' must be at least three-dimensional.") from None
    if any(size == 0 for size in known.as_list()):
        raise ValueError(f"all dims of 'image.shape' must be > 0: {known}")
    if known.is_fully_defined():
        return []
    return [assert_positive(shape(image), ["all dims of 'image.shape' must be > 0."]),
            assert_greater_equal(rank(image), 3, message="'image' must be at least three-dimensional.")]


def at_least_3d(image: Tensor) -> Tensor:
    """Return `image` after those checks."""
    return with_dependencies(at_least_3d_checks(image), image)


def grayscale(image: Any) -> Tensor:
    """Return `image`, checked to have one channel.

    Raises:
      ValueError: if it is known to have more.
    """
    return with_dependencies(_grayscale_checks(image), image)


def _grayscale_checks(image: Any) -> list[Operation]:
    known = image.shape
    try:
        known = known.with_rank(2) if known.ndims is None else known.with_rank_at_least(2)
    except ValueError:
        raise ValueError("A grayscale image must be at least two-dimensional.") from None
    if known.is_fully_defined():
        return must(known.as_list()[-1] == 1, "Last dimension of a grayscale image should be size 1.")
    return [assert_equal(item(shape(image), -1), 1, message="Last dimension of a grayscale image should be size 1."),
            assert_greater_equal(rank(image), 3, message="A grayscale image must be at least two-dimensional.")]


def as_batch(image: Any) -> tuple[Tensor, bool]:
    """Return `image` as a batch, and whether it was one.

    Raises:
      ValueError: if it has neither three nor four dimensions.
    """
    image = convert_to_tensor(image, name="image")
    known = image.static_shape
    if known is not None and len(known) == 4:
        return image, True
    if known is not None and len(known) != 3:
        raise ValueError("'image' must have either 3 or 4 dimensions.")
    image = expand_dims(image, 0)
    if known is None:
        image.set_shape([None] * 4)
    return image, False


def known_sizes(sizes: Sizes) -> TensorShape:
    """Return the shape that `sizes` say, unknown where they are tensors."""
    return TensorShape([None if is_tensor(size) else size for size in sizes])
