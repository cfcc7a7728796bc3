"""Stochastic dual coordinate ascent for linear models: one dual variable an example, and no learning rate.

Shalev-Shwartz, Zhang: Proximal stochastic dual coordinate ascent, arXiv 1211.2717; which examples come first, Csiba, Qu,
Richtarik: Stochastic dual coordinate ascent with adaptive probabilities, arXiv 1502.08053. As in TensorFlow the order of
the examples is drawn anew at every run and no seed decides it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import jax.numpy as jnp
import numpy as np

from ..op.definition import not_differentiable, op
from ..op.rules import with_rank
from ..op.signature import required
from .dual_losses import LOSSES, Loss
from .fingerprints import fingerprint128

_REGULARIZATION = {"l1": required("float"), "l2": required("float")}
_RETRY = 0.1  # how likely an example that was picked already is taken again


class _Regularization(NamedTuple):
    l2: float
    shrinkage: float

    def shrunk(self, weights: Any) -> Any:
        return np.sign(weights) * np.maximum(np.abs(weights) - weights.dtype.type(self.shrinkage), 0)


class _Group:
    """The weights of one group of features, and what the examples have of these: for each, the places and the values."""

    def __init__(self, weights: np.ndarray, features: list[tuple[Any, np.ndarray]]):
        self.weights, self.features = weights.reshape(-1), features
        self.changes = np.zeros_like(self.weights)

    def predictions(self, example: int, partitions: int, regularization: _Regularization) -> np.ndarray:
        """What the group adds to the prediction with the weights as they were, and as they are now."""
        places, values = self.features[example]
        before, change = self.weights[places], self.changes[places]
        return np.array([np.dot(values, regularization.shrunk(weights))
                         for weights in (before, before + change * partitions)], np.float64)

    def change(self, example: int, by: float) -> None:
        places, values = self.features[example]
        self.changes[places] += (values * by).astype(np.float32)

    def squared_norm(self, example: int) -> float:
        return float(np.sum(np.square(self.features[example][1])))


def _sparse_group(examples: np.ndarray, features: np.ndarray, values: np.ndarray | None, ids: np.ndarray,
                  weights: np.ndarray, count: int) -> _Group:
    if len(examples) != len(features):
        raise ValueError(f"Found mismatched example_indices and feature_indices [{_listed(examples)}] vs "
                         f"[{_listed(features)}]")
    places = {int(feature): place for place, feature in enumerate(ids.ravel())}
    found: list[tuple[Any, np.ndarray]] = []
    for example in range(count):
        own = np.flatnonzero(examples == example)
        try:
            where = np.array([places[int(feature)] for feature in features[own]], np.int64)
        except KeyError as error:
            raise ValueError(f"Found sparse feature indices out of valid range: {error.args[0]}") from None
        if len(set(where.tolist())) < len(where):
            raise ValueError("Duplicate index in sparse vector.")
        found.append((where, np.ones(len(where)) if values is None else values[own].astype(np.float64)))
    return _Group(weights, found)


def _listed(values: np.ndarray) -> str:
    return " ".join(map(str, values.tolist()))


def _dense_group(features: np.ndarray, weights: np.ndarray, index: int) -> _Group:
    if features.ndim != 2:
        raise ValueError(f"Dense features at index {index} must be rank 2 but is rank {features.ndim}")
    if features.shape[1] > weights.size:
        raise ValueError(f"More dense features than we have parameters for: {features.shape[1]}")
    return _Group(weights, [(slice(0, features.shape[1]), row) for row in features])


def _order(chances: np.ndarray, random: np.random.Generator) -> list[int]:
    """The examples in the order of draws with `chances`, most of them once; those never drawn come last."""
    count, total = len(chances), chances.sum()
    if not np.isfinite(total) or total <= 0:
        return random.permutation(count).tolist()
    taken = np.zeros(count, int)
    order: list[int] = []
    for example in random.choice(count, 2 * count, p=chances / total):
        if len(order) < count and random.random() <= _RETRY ** taken[example]:
            taken[example] += 1
            order.append(int(example))
    unseen = sorted(np.flatnonzero(taken == 0).tolist(), key=lambda example: -chances[example])
    return [*order, *unseen][:count]


@op("SdcaOptimizer", "sparse_example_indices: num_sparse_features*int64, sparse_feature_indices: num_sparse_features*int64, "
    "sparse_feature_values: num_sparse_features_with_values*float32, dense_features: num_dense_features*float32, "
    "example_weights: float32, example_labels: float32, sparse_indices: num_sparse_features*int64, "
    "sparse_weights: num_sparse_features*float32, dense_weights: num_dense_features*float32, example_state_data: float32 -> "
    "out_example_state_data: float32, out_delta_sparse_weights: num_sparse_features*float32, "
    "out_delta_dense_weights: num_dense_features*float32",
    lambda op: [(None, 4), *(t.static_shape for t in op.inputs[-1 - len(op.outputs[1:]):-1])], host=True, stateful=True,
    loss_type=required("string", tuple(LOSSES)), adaptative=False, **_REGULARIZATION,
    num_loss_partitions=required("int"), num_inner_iterations=required("int"))
def sdca_optimizer(sparse_example_indices, sparse_feature_indices, sparse_feature_values, dense_features, example_weights,
                   example_labels, sparse_indices, sparse_weights, dense_weights, example_state_data, *, loss_type,
                   adaptative, l1, l2, num_loss_partitions):
    """Raise the dual objective by one pass over the examples."""
    if not sparse_weights and not dense_weights:
        raise ValueError("Requires at least one feature to train.")
    weights, labels = np.ravel(example_weights), np.ravel(example_labels)
    count = len(weights)
    if len(labels) != count:
        raise ValueError(f"Expected {count} example labels but got {len(labels)}")
    state = np.array(example_state_data, np.float32)
    if state.shape != (count, 4):
        raise ValueError(f"Expected shape [{count},4] for example_state_data, got [{','.join(map(str, state.shape))}]")
    all_values = [*sparse_feature_values, *[None] * (len(sparse_weights) - len(sparse_feature_values))]
    sparse = [_sparse_group(*group, count) for group in zip(sparse_example_indices, sparse_feature_indices, all_values,
                                                           sparse_indices, sparse_weights, strict=True)]
    dense = [_dense_group(features, held, index)
             for index, (features, held) in enumerate(zip(dense_features, dense_weights, strict=True))]
    ascent = _Ascent([*sparse, *dense], weights.astype(np.float64), labels, state, LOSSES[loss_type],
                     _Regularization(float(l2), float(l1) / float(l2)), num_loss_partitions)
    ascent.run(adaptative, np.random.default_rng())
    held = (*sparse_weights, *dense_weights)
    return (state, *(group.changes.reshape(np.shape(old)) for group, old in zip(ascent.groups, held, strict=True)))


class _Ascent(NamedTuple):
    """The examples of one run. A row of `state`: dual variable, loss, conjugate of the loss and weight of an example."""

    groups: list[_Group]
    weights: np.ndarray
    labels: np.ndarray
    state: np.ndarray
    loss: Loss
    regularization: _Regularization
    partitions: int

    def run(self, adaptive: bool, random: np.random.Generator) -> None:
        count = len(self.weights)
        labels = [self.loss.label(float(label)) for label in self.labels]
        norms = np.array([sum(group.squared_norm(example) for group in self.groups) for example in range(count)])
        if adaptive:
            order = _order(self._chances(labels, norms), random)
        else:
            order = random.permutation(count).tolist()
        for example in order:
            self._ascend(example, labels[example], norms[example])

    def _predictions(self, example: int) -> np.ndarray:
        return sum((group.predictions(example, self.partitions, self.regularization) for group in self.groups), np.zeros(2))

    def _chances(self, labels: list[float], norms: np.ndarray) -> np.ndarray:
        residues = [float(self.state[example, 0]) + self.loss.slope(self._predictions(example)[1], label)
                    for example, label in enumerate(labels)]
        return self.weights * np.sqrt(norms + self.regularization.l2 * self.loss.smoothness) * np.abs(residues)

    def _ascend(self, example: int, label: float, squared_norm: float) -> None:
        weight, dual = self.weights[example], float(self.state[example, 0])
        before, now = self._predictions(example)
        scale = self.partitions * weight * squared_norm / self.regularization.l2
        best = self.loss.best_dual(label, dual, now, scale)
        for group in self.groups:
            group.change(example, (best - dual) * weight / self.regularization.l2)
        self.state[example] = best, self.loss.primal(before, label) * weight, self.loss.dual(dual, label) * weight, weight


@op("SdcaShrinkL1", "weights: Ref(num_features*float32) ->", None, **_REGULARIZATION)
def sdca_shrink_l1(weights, *, l1, l2):
    """Bring weights nearer to zero by `l1 / l2`, and to zero those that are within it."""
    shrinkage = jnp.float32(l1 / l2)
    return tuple(jnp.sign(weight) * jnp.maximum(jnp.abs(weight) - shrinkage, 0) for weight in weights)


def _pairs(op):
    (size,) = with_rank(op, op.inputs[0], 1)
    return [(size, 2)]


@op("SdcaFprint", "input: string -> output: int64", _pairs, host=True)
def sdca_fprint(input):
    """FarmHash's 128-bit fingerprint of each text, its lower half first, which is neither 0 nor 1."""
    if np.ndim(input) != 1:
        raise ValueError(f"Input must be a vector, got shape [{','.join(map(str, np.shape(input)))}]")
    halves = np.array([fingerprint128(text) for text in input], np.uint64).reshape(-1, 2)
    halves[halves[:, 0] < 2, 0] -= np.uint64(2)
    return halves.view(np.int64)


not_differentiable(sdca_fprint, sdca_shrink_l1, sdca_optimizer)
