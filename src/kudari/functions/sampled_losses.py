"""Losses over many classes that look at the true ones and a few candidates."""

from __future__ import annotations

from typing import Any

from ..dtypes import int32, int64
from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops.forms import cast, minus, node, over, plus
from ..ops.joining import concat
from ..ops.shapes import shape_of
from ..variables.partitioned import PartitionedVariable
from .candidates import compute_accidental_hits, log_uniform_candidate_sampler
from .classification import sigmoid_cross_entropy_with_logits, softmax_cross_entropy_with_logits_v2
from .embedding import embedding_lookup
from .filling import ones, ones_like, zeros_like


def nce_loss(weights: Any, biases: Any, labels: Any, inputs: Any, num_sampled: int, num_classes: int, num_true: int = 1,
             sampled_values: Any = None, remove_accidental_hits: bool = False, partition_strategy: str = "mod",
             name: str = "nce_loss") -> Tensor:
    """Return the noise-contrastive estimate of the loss of each example (Gutmann and Hyvärinen 2010).

    Args:
      weights: `[num_classes, dim]`, or a list of parts.
      biases: `[num_classes]`.
      labels: int64, `[batch, num_true]`: the true classes.
      inputs: `[batch, dim]`.
      num_sampled: how many candidates to draw for the batch.
      num_classes: how many classes there are.
      num_true: how many true classes an example has.
      sampled_values: what a sampler returned; by default a log-uniform one draws different candidates.
      remove_accidental_hits: whether candidates that are true classes do not count.
      partition_strategy: `"mod"` or `"div"`, if the weights are in parts.
      name: of the scope.

    Returns:
      A loss for each example, `[batch]`.
    """
    logits, targets = _sampled_logits(weights, biases, labels, inputs, num_sampled, num_classes, num_true, sampled_values,
                                      remove_accidental_hits, partition_strategy, name, None)
    return _sum_rows(sigmoid_cross_entropy_with_logits(labels=targets, logits=logits, name="sampled_losses"))


def sampled_softmax_loss(weights: Any, biases: Any, labels: Any, inputs: Any, num_sampled: int, num_classes: int,
                         num_true: int = 1, sampled_values: Any = None, remove_accidental_hits: bool = True,
                         partition_strategy: str = "mod", name: str = "sampled_softmax_loss",
                         seed: int | None = None) -> Tensor:
    """Return the cross entropy of each example over the true classes and a few candidates (Jean et al. 2014).

    Args:
      weights: `[num_classes, dim]`, or a list of parts.
      biases: `[num_classes]`.
      labels: int64, `[batch, num_true]`: the true classes.
      inputs: `[batch, dim]`.
      num_sampled: how many candidates to draw for the batch.
      num_classes: how many classes there are.
      num_true: how many true classes an example has.
      sampled_values: what a sampler returned; by default a log-uniform one draws different candidates.
      remove_accidental_hits: whether candidates that are true classes do not count.
      partition_strategy: `"mod"` or `"div"`, if the weights are in parts.
      name: of the scope.
      seed: of the sampler; see `tf.set_random_seed`.

    Returns:
      A loss for each example, `[batch]`.
    """
    logits, targets = _sampled_logits(weights, biases, labels, inputs, num_sampled, num_classes, num_true, sampled_values,
                                      remove_accidental_hits, partition_strategy, name, seed)
    targets = node("StopGradient", targets, name="labels_stop_gradient")
    return softmax_cross_entropy_with_logits_v2(labels=targets, logits=logits)


def _sum_rows(x: Tensor) -> Tensor:
    """The sum of each row, as a product with ones, whose gradient costs less."""
    columns = shape_of(x)[1]
    each = ones(convert_to_tensor([columns, 1], name="stack"), x.dtype)
    return node("Reshape", node("MatMul", x, each), [-1])


def _sampled_logits(weights: Any, biases: Any, labels: Any, inputs: Any, num_sampled: int, num_classes: int, num_true: int,
                    sampled_values: Any, remove_accidental_hits: bool, partition_strategy: str, name: str | None,
                    seed: int | None) -> tuple[Tensor, Tensor]:
    """The logits of true classes and candidates, less the logarithms of their expected counts, and what they should be."""
    if isinstance(weights, PartitionedVariable):
        weights = list(weights)
    weights = weights if isinstance(weights, list) else [weights]
    with scoped(name, "compute_sampled_logits", [*weights, biases, inputs, labels]):
        labels = cast(labels, int64)
        flat = node("Reshape", labels, [-1])
        if sampled_values is None:
            sampled_values = log_uniform_candidate_sampler(labels, num_true, num_sampled, unique=True, range_max=num_classes,
                                                           seed=seed)
        sampled, true_count, sampled_count = (node("StopGradient", value) for value in sampled_values)
        sampled = cast(sampled, int64)
        ids = concat([flat, sampled], 0)
        rows = cast(embedding_lookup(weights, ids, partition_strategy=partition_strategy), inputs.dtype)
        true_rows = node("Slice", rows, [0, 0], _stack([shape_of(flat)[0], -1]))
        sampled_rows = node("Slice", rows, _stack([shape_of(flat)[0], 0]), [-1, -1])
        sampled_logits = node("MatMul", inputs, sampled_rows, transpose_b=True)
        offsets = cast(embedding_lookup(biases, ids, partition_strategy=partition_strategy), inputs.dtype)
        true_offsets = node("Slice", offsets, [0], shape_of(flat))
        sampled_offsets = node("Slice", offsets, shape_of(flat), [-1])
        true_logits = _true_logits(inputs, true_rows, num_true)
        true_logits = plus(true_logits, node("Reshape", true_offsets, [-1, num_true]))
        sampled_logits = plus(sampled_logits, sampled_offsets)
        if remove_accidental_hits:
            sampled_logits = plus(sampled_logits, _accidental(labels, sampled, num_true, num_sampled, sampled_logits.dtype))
        true_logits = minus(true_logits, node("Log", true_count))
        sampled_logits = minus(sampled_logits, node("Log", sampled_count))
        logits = concat([true_logits, sampled_logits], 1)
        targets = [over(ones_like(true_logits), num_true), zeros_like(sampled_logits)]
        return logits, concat(targets, 1)


def _stack(sizes: list[Any]) -> Tensor:
    return convert_to_tensor(sizes, name="stack")


def _true_logits(inputs: Tensor, rows: Tensor, num_true: int) -> Tensor:
    """The product of each example with the rows of its true classes, `[batch, num_true]`."""
    dim = shape_of(rows)[1:2]
    shape = concat([[-1, num_true], dim], 0)
    products = node("Mul", node("ExpandDims", inputs, 1), node("Reshape", rows, shape))
    matrix = node("Reshape", products, concat([[-1], dim], 0))
    return node("Reshape", _sum_rows(matrix), [-1, num_true])


def _accidental(labels: Tensor, sampled: Tensor, num_true: int, num_sampled: int, dtype: Any) -> Tensor:
    """What to add to the logits of candidates so that the true classes among them do not count."""
    rows, ids, least = compute_accidental_hits(labels, sampled, num_true=num_true)
    rows = node("Reshape", rows, [-1, 1])
    ids = node("Reshape", cast(ids, int32), [-1, 1])
    places = concat([rows, ids], 1, name="sparse_indices")
    shape = concat([shape_of(labels)[:1], node("ExpandDims", num_sampled, 0)], 0)
    return node("SparseToDense", places, shape, cast(least, dtype), 0.0, validate_indices=False)
