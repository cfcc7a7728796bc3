"""Images turned over and round."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...dtypes import int32
from ...graph.tensor import Tensor
from ...op.convert import convert_to_tensor
from ...op.scope import scoped
from ...ops.arithmetic import floor_mod
from ...ops.comparison import less
from ...ops.indexing import item
from ..array import reshape, shape
from ..array import transpose as transposed
from ..conditionals import case, cond
from ..elementwise import cast, equal
from ..elementwise import round as rounded
from ..random import random_uniform
from ..slicing import reverse
from .checks import at_least_3d

_RANKS = "'image' must have either 3 or 4 dimensions."


def _rank_of(image: Tensor) -> int:
    """3 or 4: an image or a batch; 3 if it is not known.

    Raises:
      ValueError: for any other.
    """
    rank = image.shape.ndims or 3
    if rank not in (3, 4):
        raise ValueError(_RANKS)
    return rank


def _like(image: Tensor, result: Tensor) -> Tensor:
    result.set_shape([None] * 3 if image.static_shape is None else image.shape)
    return result


def flip_left_right(image: Any) -> Tensor:
    """Return `image` mirrored from left to right.

    Args:
      image: `[height, width, channels]` or a batch of them.

    Raises:
      ValueError: if it has neither three nor four dimensions.
    """
    return _flip(image, 1, "flip_left_right")


def flip_up_down(image: Any) -> Tensor:
    """Return `image` upside down.

    Args:
      image: `[height, width, channels]` or a batch of them.

    Raises:
      ValueError: if it has neither three nor four dimensions.
    """
    return _flip(image, 0, "flip_up_down")


def _flip(image: Any, axis: int, scope: str) -> Tensor:
    with scoped(None, scope, [image]):
        image = at_least_3d(convert_to_tensor(image, name="image"))
        if _rank_of(image) == 4:
            return reverse(image, [axis + 1])
        return _like(image, reverse(image, [axis]))


def random_flip_left_right(image: Any, seed: int | None = None) -> Tensor:
    """Return `image` mirrored from left to right, or as it is, with even chances; each image of a batch by its own.

    Args:
      image: `[height, width, channels]` or a batch of them.
      seed: of the op; see `tf.set_random_seed`.

    Raises:
      ValueError: if it has neither three nor four dimensions.
    """
    return _random_flip(image, 1, seed, "random_flip_left_right")


def random_flip_up_down(image: Any, seed: int | None = None) -> Tensor:
    """Return `image` upside down, or as it is, with even chances; each image of a batch by its own.

    Args:
      image: `[height, width, channels]` or a batch of them.
      seed: of the op; see `tf.set_random_seed`.

    Raises:
      ValueError: if it has neither three nor four dimensions.
    """
    return _random_flip(image, 0, seed, "random_flip_up_down")


def _random_flip(image: Any, axis: int, seed: int | None, scope: str) -> Tensor:
    with scoped(None, scope, [image]) as name:
        image = at_least_3d(convert_to_tensor(image, name="image"))
        if _rank_of(image) == 4:
            return _flip_some(image, axis + 1, seed)
        is_mirrored = less(random_uniform([], 0, 1.0, seed=seed), 0.5)
        return _like(image, cond(is_mirrored, lambda: reverse(image, [axis]), lambda: image, name=name))


def _flip_some(images: Tensor, axis: int, seed: int | None) -> Tensor:
    batch = item(shape(images), 0)
    drawn = random_uniform([batch], 0, 1.0, seed=seed)
    flips = cast(rounded(reshape(drawn, [batch, 1, 1, 1])), images.dtype)
    flipped = reverse(images, [axis])
    return flips * flipped + (1 - flips) * images


def rot90(image: Any, k: Any = 1, name: str | None = None) -> Tensor:
    """Return `image` turned a quarter counter-clockwise, `k` times.

    Args:
      image: `[height, width, channels]` or a batch of them.
      k: an integer scalar.
      name: of the scope.

    Raises:
      ValueError: if it has neither three nor four dimensions.
    """
    with scoped(name, "rot90", [image, k]) as scope:
        image = at_least_3d(convert_to_tensor(image, name="image"))
        k = convert_to_tensor(k, dtype=int32, name="k")
        k.shape.assert_has_rank(0)
        k = floor_mod(k, 4)
        return _rotated(image, k, scope, _rank_of(image) - 3)


def _rotated(image: Tensor, k: Tensor, scope: str, first: int) -> Tensor:
    """The image turned `k` times; `first` is the axis of its height."""
    rows, columns = first, first + 1
    swapped = [*range(first), columns, rows, first + 2]
    turns: list[Callable[[], Tensor]] = [
        lambda: transposed(reverse(image, [columns]), swapped),
        lambda: reverse(image, [rows, columns]),
        lambda: reverse(transposed(image, swapped), [columns]),
    ]
    cases = [(equal(k, i + 1), turn) for i, turn in enumerate(turns)]
    result = case(cases, default=lambda: image, exclusive=True, name=scope)
    known = image.shape if first == 0 else result.shape
    result.set_shape([None, None, known[2]] if first == 0 else [known[0], None, None, known[3]])
    return result


def transpose(image: Any, name: str | None = None) -> Tensor:
    """Return `image` with height and width exchanged.

    Args:
      image: `[height, width, channels]` or a batch of them.
      name: of the node.

    Raises:
      ValueError: if it has neither three nor four dimensions.
    """
    with scoped(name, "transpose", [image]):
        image = at_least_3d(convert_to_tensor(image, name="image"))
        axes = [0, 2, 1, 3] if _rank_of(image) == 4 else [1, 0, 2]
        return transposed(image, axes) if name is None else transposed(image, axes, name=name)
