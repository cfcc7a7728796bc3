"""How often each class was taken for each other."""

from __future__ import annotations

from typing import Any

from ..dtypes import int32, int64
from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..op.sparse_tensor import SparseTensor
from ..ops.control import with_dependencies
from ..ops.forms import cast, minus, node, plus
from ..ops.shapes import rank_of, reduction
from .array import squeeze
from .checking import assert_less, assert_non_negative
from .conditionals import cond
from .elementwise import equal
from .filling import ones_like, zeros
from .joining import stack
from .sparse import sparse_add


def remove_squeezable_dimensions(labels: Any, predictions: Any, expected_rank_diff: int = 0,
                                 name: str | None = None) -> tuple[Tensor, Tensor]:
    """Return `labels` and `predictions`, the one that has a dimension of size 1 too many at its end without it.

    Args:
      labels: a tensor.
      predictions: another.
      expected_rank_diff: how many dimensions `predictions` should have more than `labels`.
      name: of the scope.
    """
    with scoped(name, "remove_squeezable_dimensions", [labels, predictions]):
        predictions, labels = convert_to_tensor(predictions), convert_to_tensor(labels)
        ranks = predictions.shape.ndims, labels.shape.ndims
        if None not in ranks:
            surplus = ranks[0] - ranks[1] - expected_rank_diff
            if surplus == 1:
                predictions = squeeze(predictions, [-1])
            elif surplus == -1:
                labels = squeeze(labels, [-1])
            return labels, predictions
        difference = minus(rank_of(predictions), rank_of(labels))
        longer = _squeezed_if(predictions, expected_rank_diff + 1, difference)
        return _squeezed_if(labels, expected_rank_diff - 1, difference), longer


def _squeezed_if(tensor: Tensor, surplus: int, difference: Tensor) -> Tensor:
    if tensor.shape.ndims is not None and not tensor.shape[-1].is_compatible_with(1):
        return tensor
    return cond(equal(surplus, difference), lambda: squeeze(tensor, [-1]), lambda: tensor)


def confusion_matrix(labels: Any, predictions: Any, num_classes: Any = None, dtype: Any = int32, name: str | None = None,
                     weights: Any = None) -> Tensor:
    """Return a matrix that counts, for each label in its row, what was predicted, by column.

    Args:
      labels: vector of classes, from 0.
      predictions: vector of classes of the same length.
      num_classes: the number of classes; one more than the greatest there is if `None`.
      dtype: of the matrix.
      name: of the scope.
      weights: what each prediction counts, a vector; 1 if `None`.

    Returns:
      `[num_classes, num_classes]` of type `dtype`.

    Raises:
      ValueError: if the shapes do not fit.
      InvalidArgumentError: when run, if a class is negative or not below `num_classes`.
    """
    with scoped(name, "confusion_matrix", [predictions, labels, num_classes, weights]):
        labels, predictions = remove_squeezable_dimensions(convert_to_tensor(labels, name="labels"),
                                                           convert_to_tensor(predictions, name="predictions"))
        predictions, labels = cast(predictions, int64), cast(labels, int64)
        labels = with_dependencies(
            [assert_non_negative(labels, message="`labels` contains negative values")], labels)
        predictions = with_dependencies(
            [assert_non_negative(predictions, message="`predictions` contains negative values")], predictions)
        if num_classes is None:
            greatest = node("Maximum", reduction("Max", predictions), reduction("Max", labels))
            num_classes = plus(greatest, 1)
        else:
            bound = cast(num_classes, int64)
            labels = with_dependencies([assert_less(labels, bound, message="`labels` out of bound")], labels)
            predictions = with_dependencies(
                [assert_less(predictions, bound, message="`predictions` out of bound")], predictions)
        if weights is not None:
            weights = convert_to_tensor(weights, name="weights")
            predictions.shape.assert_is_compatible_with(weights.shape)
            weights = cast(weights, dtype)
        sizes = stack([num_classes, num_classes])
        indices = stack([labels, predictions], axis=1)
        values = ones_like(predictions, dtype) if weights is None else weights
        counted = SparseTensor(indices, values, cast(sizes, int64))
        return sparse_add(zeros(cast(sizes, int32), dtype), counted)
