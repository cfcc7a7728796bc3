"""Classes of protocol buffer messages that TensorBoard's package does not have, from short declarations."""

from __future__ import annotations

from typing import Any

# The fields of a message by number: name, type or message, how often; of the fields marked `kind` one is set.
Fields = list[tuple[str, str, str]]


def declared(file_name: str, messages: dict[str, Fields]) -> dict[str, Any]:
    """Return classes of messages.

    Args:
      file_name: of the `.proto` file that TensorFlow has them in.
      messages: their fields, by name; a message in another file is declared as `bytes`, which it is when serialized.
    """
    from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

    file = descriptor_pb2.FileDescriptorProto(name=file_name, package="tensorflow", syntax="proto3")
    for name, fields in messages.items():
        _add_message(file, name, fields)
    pool = descriptor_pool.DescriptorPool()  # one of our own, so that another TensorFlow in the process is no conflict
    pool.Add(file)
    return {name: message_factory.GetMessageClass(pool.FindMessageTypeByName(f"tensorflow.{name}")) for name in messages}


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
    plain = {"bytes": 12, "float": 2, "int64": 3, "int32": 5, "fixed32": 7, "double": 1, "string": 9, "bool": 8}
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
