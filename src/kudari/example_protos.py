"""The messages of `tf.train.Example`, which TensorBoard's package does not have."""

from __future__ import annotations

from functools import cache
from typing import Any

# message: its fields by number: name, type or message, how often; `kind` groups those of which one is set
_MESSAGES: dict[str, list[tuple[str, str, str]]] = {
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
    from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

    file = descriptor_pb2.FileDescriptorProto(name="tensorflow/core/example/example.proto", package="tensorflow",
                                              syntax="proto3")
    for name, fields in _MESSAGES.items():
        _add_message(file, name, fields)
    pool = descriptor_pool.DescriptorPool()  # one of our own, so that another TensorFlow in the process is no conflict
    pool.Add(file)
    return {name: message_factory.GetMessageClass(pool.FindMessageTypeByName(f"tensorflow.{name}")) for name in _MESSAGES}


def _add_message(file: Any, name: str, fields: list[tuple[str, str, str]]) -> None:
    message = file.message_type.add(name=name)
    for number, (field_name, kind, how) in enumerate(fields, 1):
        if how == "map":
            kind = _add_map_entry(message, field_name, kind)
        field = _add_field(message, number, field_name, kind, how in ("repeated", "packed", "map"))
        if how == "packed":
            field.options.packed = True
        elif how == "kind":
            if not message.oneof_decl:
                message.oneof_decl.add(name="kind")
            field.oneof_index = 0


def _add_field(message: Any, number: int, name: str, kind: str, is_repeated: bool) -> Any:
    label = message.field.add(name=name, number=number, label=3 if is_repeated else 1)
    plain = {"bytes": 12, "float": 2, "int64": 3, "string": 9}
    if kind in plain:
        label.type = plain[kind]
    else:
        label.type, label.type_name = 11, kind if kind.startswith(".") else f".tensorflow.{kind}"
    return label


def _add_map_entry(message: Any, field_name: str, kind: str) -> str:
    entry_name = "".join(part.title() for part in field_name.split("_")) + "Entry"
    entry = message.nested_type.add(name=entry_name)
    entry.options.map_entry = True
    _add_field(entry, 1, "key", "string", False)
    _add_field(entry, 2, "value", kind, False)
    return f".tensorflow.{message.name}.{entry_name}"
