"""The step of dual coordinate ascent, as `tf.train` has it."""

from __future__ import annotations

from collections import namedtuple
from typing import Any

from ..ops import dual_ascent as ops

SdcaOptimizer = namedtuple(
    "SdcaOptimizer", ["out_example_state_data", "out_delta_sparse_weights", "out_delta_dense_weights"])


def sdca_optimizer(sparse_example_indices: Any, sparse_feature_indices: Any, sparse_feature_values: Any, dense_features: Any,
                   example_weights: Any, example_labels: Any, sparse_indices: Any, sparse_weights: Any, dense_weights: Any,
                   example_state_data: Any, loss_type: str, l1: float, l2: float, num_loss_partitions: int,
                   num_inner_iterations: int, adaptative: bool = True, name: str | None = None) -> Any:
    """Raise the dual objective of a regularized linear model by one pass over a batch of examples.

    The objective is the weighted sum of the losses + l2 / 2 · |w|² + l1 · |w|. The weights stay as they are: the caller adds
    the changes. Needs no learning rate. The order of the examples is drawn anew in every run.

    Args:
      sparse_example_indices: for each sparse group int64 `[n]`, the example of each value, in order.
      sparse_feature_indices: for each sparse group int64 `[n]`, the feature of each value.
      sparse_feature_values: for the first of these groups float32 `[n]`, the values; 1 in groups without.
      dense_features: for each dense group float32 `[examples, features]`.
      example_weights: float32 `[examples]`.
      example_labels: float32 `[examples]`; 0 or 1 for the losses of two classes.
      sparse_indices: for each sparse group int64 `[m]`, the features that its weights belong to.
      sparse_weights: for each sparse group float32 of `m` elements.
      dense_weights: for each dense group float32 of as many elements as it has features.
      example_state_data: float32 `[examples, 4]`: dual variable, loss, conjugate of the loss and weight of each example;
        zeros at first.
      loss_type: `"logistic_loss"`, `"squared_loss"`, `"hinge_loss"`, `"smooth_hinge_loss"` or `"poisson_loss"`.
      l1: strength of the L1 regularization.
      l2: strength of the L2 regularization.
      num_loss_partitions: how many such ops work on parts of the examples at once, at least 1.
      num_inner_iterations: accepted; TensorFlow's kernel makes one pass whatever it says.
      adaptative: whether examples with more to gain come first, and more often.
      name: of the op.

    Returns:
      A named tuple: the new state of the examples, the changes of the sparse weights and those of the dense ones, as lists.

    Raises:
      ValueError: if the loss is none of these, or the partitions or iterations are fewer than 1.
      InvalidArgumentError: when it runs, if sizes do not fit, a feature has no weight or a label is none of the loss.
    """
    for key, value in (("num_loss_partitions", num_loss_partitions), ("num_inner_iterations", num_inner_iterations)):
        if value < 1:
            raise ValueError(f"Attr '{key}' of 'SdcaOptimizer' Op passed {value} less than minimum 1.")
    state, *changes = ops.sdca_optimizer(
        sparse_example_indices, sparse_feature_indices, sparse_feature_values, dense_features, example_weights,
        example_labels, sparse_indices, sparse_weights, dense_weights, example_state_data, loss_type=loss_type,
        adaptative=adaptative, l1=l1, l2=l2, num_loss_partitions=num_loss_partitions,
        num_inner_iterations=num_inner_iterations, name=name)
    return SdcaOptimizer(state, changes[:len(sparse_weights)], changes[len(sparse_weights):])
