"""The messages of `tf.train.Example`, which TensorBoard's package does not have."""

from __future__ import annotations

from functools import cache
from typing import Any

from .declared_protos import Fields, declared

_MESSAGES: dict[str, Fields] = {
    "BytesList": [("value", "bytes", "repeated")],
    "FloatList": [("value", "float", "packed")],
    "Int64List": [("value", "int64", "packed")],
    "Feature": [("bytes_list", "BytesList", "kind"), ("float_list", "FloatList", "kind"),
                ("int64_list", "Int64List", "kind")],
    "Features": [("feature", "Feature", "map")],
    "Example": [("features", "Features", "one")],
    "FeatureList": [("feature", "Feature", "repeated")],
    "FeatureLists": [("feature_list", "FeatureList", "map")],
    "SequenceExample": [("context", "Features", "one"), ("feature_lists", "FeatureLists", "one")],
}

NAMES = frozenset(_MESSAGES)


@cache
def message_classes() -> dict[str, Any]:
    """Return the message classes by name."""
    return declared("tensorflow/core/example/example.proto", _MESSAGES)
