"""`tf.parse_example` and its kin: examples as dictionaries of tensors."""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from typing import Any, NamedTuple

from ..dtypes import int64, string
from ..op.constant import constant
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..op.sparse_tensor import SparseTensor
from ..ops.control import with_dependencies
from ..ops.forms import node
from ..ops.shapes import rank_of
from ..shape import TensorShape, is_defined, shape_tuple
from .array import expand_dims, reshape, squeeze
from .conditionals import assert_that
from .sparse import sparse_merge


class VarLenFeature(NamedTuple):
    """A feature with any number of values; it becomes a sparse tensor.

    Args:
      dtype: float32, int64 or string.
    """

    dtype: Any


class FixedLenFeature(NamedTuple):
    """A feature with a fixed number of values; it becomes a dense tensor.

    Args:
      shape: of the values of one example.
      dtype: float32, int64 or string.
      default_value: for examples that do not have the feature; without one they are an error.
    """

    shape: Any
    dtype: Any
    default_value: Any = None


class FixedLenSequenceFeature(NamedTuple):
    """A feature that is a sequence of values of one shape; it becomes a dense tensor, padded.

    Args:
      shape: of one element of the sequence.
      dtype: float32, int64 or string.
      allow_missing: whether an example without the feature has an empty sequence.
      default_value: the padding; zero or an empty text if `None`.
    """

    shape: Any
    dtype: Any
    allow_missing: bool = False
    default_value: Any = None


class SparseFeature(NamedTuple):
    """A sparse tensor whose indices and values are two features.

    Args:
      index_key: name of the feature with the indices; a list of names for more than one dimension.
      value_key: name of the feature with the values.
      dtype: float32, int64 or string.
      size: of the dimension; a list for more than one.
      already_sorted: whether the indices are in order.
    """

    index_key: Any
    value_key: str
    dtype: Any
    size: Any
    already_sorted: bool = False


class _Spec:
    """What the nodes need to know of features: names, types, shapes and defaults of the sparse and the dense ones."""

    def __init__(self, features: dict[str, Any] | None, allowed: tuple[type, ...]):
        self.sparse: dict[str, Any] = {}
        self.dense: dict[str, tuple[Any, Any]] = {}
        self.defaults: dict[str, Any] = {}
        for key in sorted(features or ()):
            self._add(key, (features or {})[key], allowed)

    def _add(self, key: str, feature: Any, allowed: tuple[type, ...]) -> None:
        if not isinstance(feature, VarLenFeature | FixedLenFeature | FixedLenSequenceFeature | SparseFeature):
            raise ValueError(f"Invalid feature {key}:{feature}.")
        if not isinstance(feature, allowed):
            raise ValueError(f"Unsupported {type(feature).__name__} {feature}.")
        if isinstance(feature, SparseFeature):
            self._add_pair(key, feature)
            return
        if not feature.dtype:
            raise ValueError(f"Missing type for feature {key}.")
        if isinstance(feature, VarLenFeature):
            self.sparse[key] = feature.dtype
            return
        if feature.shape is None:
            raise ValueError(f"Missing shape for feature {key}.")
        if isinstance(feature, FixedLenFeature):
            _check_fixed(key, feature)
        elif feature.allow_missing:
            self.defaults[key] = None
        self.dense[key] = feature.dtype, feature.shape
        if feature.default_value is not None:
            self.defaults[key] = feature.default_value

    def _add_pair(self, key: str, feature: SparseFeature) -> None:
        for part in ("index_key", "value_key"):
            if not getattr(feature, part):
                raise ValueError(f"Missing {part} for SparseFeature {feature}.")
        if not feature.dtype:
            raise ValueError(f"Missing type for feature {key}.")
        for index_key in sorted(_index_keys(feature)):
            known = self.sparse.setdefault(index_key, int64)
            if known != int64:
                raise ValueError(f"Conflicting type {known} vs int64 for feature {index_key}.")
        known = self.sparse.setdefault(feature.value_key, feature.dtype)
        if known != feature.dtype:
            raise ValueError(f"Conflicting type {known} vs {feature.dtype} for feature {feature.value_key}.")

    def default_tensors(self) -> list[Any]:
        """The default of each dense feature as a tensor, empty where there is none."""
        return [self._default(key, dtype, TensorShape(shape)) for key, (dtype, shape) in self.dense.items()]

    def _default(self, key: str, dtype: Any, shape: TensorShape) -> Any:
        value = self.defaults.get(key)
        name = re.sub(r"[^A-Za-z0-9_.\-/]", "_", key)
        if shape.dims and shape.dims[0].value is None:
            if value is None:
                return convert_to_tensor("" if dtype == string else 0, dtype=dtype)
            return reshape(convert_to_tensor(value, dtype=dtype, name=f"padding_{name}"), [])
        if value is None:
            return constant([], dtype)
        return reshape(convert_to_tensor(value, dtype=dtype, name=f"key_{name}"), shape)

    def named(self, indices: Sequence, values: Sequence, shapes: Sequence, dense: Sequence) -> dict[str, Any]:
        """The outputs of a node by the names of the features."""
        sparse = [SparseTensor(*parts) for parts in zip(indices, values, shapes)]
        return dict(zip([*self.sparse, *self.dense], [*sparse, *dense]))

    def take(self, outputs: list[Any]) -> tuple[list[Any], ...]:
        """The first outputs, in groups: indices, values and shapes of the sparse ones, the dense ones; and the rest."""
        n, m = len(self.sparse), len(self.dense)
        ends = [n, 2 * n, 3 * n, 3 * n + m]
        return (*(outputs[begin:end] for begin, end in zip([0, *ends], ends)), outputs[ends[-1]:])

    @property
    def dense_shapes(self) -> list[Any]:
        return [shape_tuple(shape) for _, shape in self.dense.values()]


def _index_keys(feature: SparseFeature) -> list[str]:
    if isinstance(feature.index_key, str):
        return [feature.index_key]
    if len(feature.index_key) > 1:
        warnings.warn("SparseFeature is a complicated feature config and should only be used after careful consideration "
                      "of VarLenFeature.", stacklevel=6)
    return list(feature.index_key)


def _check_fixed(key: str, feature: FixedLenFeature) -> None:
    shape = TensorShape(feature.shape)
    if feature.shape and shape.ndims and shape[0].value is None:
        raise ValueError(f"First dimension of shape for feature {key} unknown. Consider using FixedLenSequenceFeature.")
    if not is_defined(shape_tuple(shape)):
        raise ValueError(f"All dimensions of shape for feature {key} need to be known but received {feature.shape}.")


def _opened(features: dict[str, Any]) -> dict[str, Any]:
    """The features with an unknown first size in the shape of sequences."""
    opened = dict(features)
    for key, feature in features.items():
        if isinstance(feature, FixedLenSequenceFeature):
            if not feature.allow_missing:
                raise ValueError("Unsupported: FixedLenSequenceFeature requires allow_missing to be True.")
            opened[key] = feature._replace(shape=[None, *feature.shape])
    return opened


def _merged(features: dict[str, Any], tensors: dict[str, Any]) -> dict[str, Any]:
    """The tensors with those of sparse features made of their parts."""
    tensors = dict(tensors)
    for key in sorted(features):
        feature = features[key]
        if isinstance(feature, SparseFeature):
            ids = tensors[feature.index_key] if isinstance(feature.index_key, str) else \
                [tensors[index_key] for index_key in feature.index_key]
            tensors[key] = sparse_merge(ids, tensors[feature.value_key], vocab_size=feature.size,
                                        already_sorted=feature.already_sorted)
    return {key: tensor for key, tensor in tensors.items() if key in features}


_ANY_FEATURE = (VarLenFeature, SparseFeature, FixedLenFeature, FixedLenSequenceFeature)


def _parse_batch(serialized: Any, names: Any, spec: _Spec, name: str | None) -> dict[str, Any]:
    with scoped(name, "ParseExample", [serialized, names]):
        outputs = node("ParseExample", serialized, [] if names is None else names, list(spec.sparse), list(spec.dense),
                       spec.default_tensors(), sparse_types=list(spec.sparse.values()), dense_shapes=spec.dense_shapes,
                       name=name)
        return spec.named(*spec.take(outputs)[:4])


def parse_example(serialized: Any, features: dict[str, Any], name: str | None = None,
                  example_names: Any = None) -> dict[str, Any]:
    """Return the features of serialized `tf.train.Example` messages as tensors.

    Args:
      serialized: a vector of texts.
      features: from names of features to what they hold: `FixedLenFeature`, `VarLenFeature`, `SparseFeature` or
        `FixedLenSequenceFeature`.
      name: of the scope.
      example_names: a vector of names to tell in errors.

    Returns:
      From names of features to tensors with one row for each message; to a `SparseTensor` for `VarLenFeature` and
      `SparseFeature`.

    Raises:
      ValueError: if a feature is described wrongly.
    """
    if not features:
        raise ValueError(f"Missing: features was {features}.")
    features = _opened(features)
    return _merged(features, _parse_batch(serialized, example_names, _Spec(features, _ANY_FEATURE), name))


def parse_single_example(serialized: Any, features: dict[str, Any], name: str | None = None,
                         example_names: Any = None) -> dict[str, Any]:
    """Return the features of one serialized `tf.train.Example` message as tensors.

    Args:
      serialized: a scalar text.
      features: as for `tf.parse_example`.
      name: of the scope.
      example_names: a scalar, the name to tell in errors.

    Returns:
      From names of features to tensors, as `tf.parse_example` without the first dimension.

    Raises:
      ValueError: if a feature is described wrongly.
    """
    if not features:
        raise ValueError("Missing features.")
    features = _opened(features)
    spec = _Spec(features, _ANY_FEATURE)
    if example_names is not None:
        return _merged(features, _parse_named(serialized, example_names, spec, name))
    with scoped(name, "ParseSingleExample", [serialized]):
        serialized = convert_to_tensor(serialized, name="serialized")
        outputs = node("ParseSingleExample", serialized, spec.default_tensors(), sparse_keys=list(spec.sparse),
                       sparse_types=list(spec.sparse.values()), dense_keys=list(spec.dense),
                       dense_shapes=spec.dense_shapes, num_sparse=len(spec.sparse), name=name)
        tensors = spec.named(*spec.take(outputs)[:4])
    return _merged(features, tensors)


def _parse_named(serialized: Any, example_name: Any, spec: _Spec, name: str | None) -> dict[str, Any]:
    """Parse one example as a batch of one, which tells its name in errors."""
    with scoped(name, "ParseSingleExample", [serialized, example_name]):
        serialized = expand_dims(_scalar(serialized, "serialized", "Serialized"), 0)
        names = expand_dims(_scalar(example_name, "names", "Names"), 0)
        tensors = _parse_batch(serialized, names, spec, name)
        for key in spec.dense:
            tensors[key] = squeeze(tensors[key], [0], name=f"Squeeze_{_clean(key)}")
        for key in spec.sparse:
            indices = node("Slice", tensors[key].indices, [0, 1], [-1, -1], name=f"Slice_Indices_{_clean(key)}")
            shape = node("Slice", tensors[key].dense_shape, [1], [-1], name=f"Squeeze_Shape_{_clean(key)}")
            tensors[key] = SparseTensor(indices, tensors[key].values, shape)
        return tensors


def _clean(key: str) -> str:
    return re.sub(r"[^A-Za-z0-9_.\-/]", "_", key)


def _scalar(value: Any, word: str, name: str) -> Any:
    tensor = convert_to_tensor(value)
    if tensor.static_shape is None:
        is_scalar = assert_that(node("Equal", rank_of(tensor), 0), [f"Input {word} must be a scalar"],
                                name=f"{name}IsScalar")
        return with_dependencies([is_scalar], tensor, name=f"{name}Dependencies")
    if tensor.static_shape:
        raise ValueError(f"Input {word} must be a scalar")
    return tensor


def parse_single_sequence_example(serialized: Any, context_features: dict[str, Any] | None = None,
                                  sequence_features: dict[str, Any] | None = None, example_name: Any = None,
                                  name: str | None = None) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the features of one serialized `tf.train.SequenceExample` message as tensors.

    Args:
      serialized: a scalar text.
      context_features: from names to `FixedLenFeature` or `VarLenFeature`.
      sequence_features: from names of feature lists to `FixedLenSequenceFeature` or `VarLenFeature`.
      example_name: a scalar, the name to tell in errors.
      name: of the scope.

    Returns:
      Two dictionaries from names to tensors: of the context, and of the feature lists with one row for each step.

    Raises:
      ValueError: if a feature is described wrongly.
    """
    if not (context_features or sequence_features):
        raise ValueError("Missing features.")
    context = _Spec(context_features, (VarLenFeature, FixedLenFeature))
    lists = _Spec(sequence_features, (VarLenFeature, FixedLenSequenceFeature))
    for key, value in lists.defaults.items():
        if value is not None:
            raise ValueError(f"Value feature_list_dense_defaults[{key}] must be None")
    with scoped(name, "ParseSingleSequenceExample", [serialized]):
        outputs = node(
            "ParseSingleSequenceExample", serialized, list(lists.defaults), list(context.sparse), list(context.dense),
            list(lists.sparse), list(lists.dense), context.default_tensors(), "" if example_name is None else example_name,
            context_sparse_types=list(context.sparse.values()), context_dense_shapes=context.dense_shapes,
            feature_list_sparse_types=list(lists.sparse.values()),
            feature_list_dense_types=[dtype for dtype, _ in lists.dense.values()],
            feature_list_dense_shapes=lists.dense_shapes, name=name)
        *first, rest = context.take(outputs)
        return context.named(*first), lists.named(*lists.take(rest)[:4])
