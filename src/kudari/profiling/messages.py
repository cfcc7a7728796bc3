"""The messages that `tf.profiler` returns, which TensorBoard's package does not have."""

from __future__ import annotations

from functools import cache
from typing import Any

_INT, _TEXT, _DOUBLE, _ENUM, _INT32 = 3, 9, 1, 14, 5
_SHAPE = ".{shape}"

# The fields of a message: name, number, type or the name of a message; `*` marks what may come several times.
_MESSAGES: dict[str, list[tuple[str, int, Any]]] = {
    "TFProfTensorProto": [("dtype", 1, _ENUM), ("value_double*", 2, _DOUBLE), ("value_int64*", 3, _INT),
                          ("value_str*", 4, _TEXT)],
    "GraphNodeProto": [
        ("name", 1, _TEXT), ("tensor_value", 15, "TFProfTensorProto"), ("run_count", 21, _INT), ("exec_micros", 2, _INT),
        ("accelerator_exec_micros", 17, _INT), ("cpu_exec_micros", 18, _INT), ("requested_bytes", 3, _INT),
        ("peak_bytes", 24, _INT), ("residual_bytes", 25, _INT), ("output_bytes", 26, _INT), ("parameters", 4, _INT),
        ("float_ops", 13, _INT), ("devices*", 10, _TEXT), ("total_definition_count", 23, _INT),
        ("total_run_count", 22, _INT), ("total_exec_micros", 6, _INT), ("total_accelerator_exec_micros", 19, _INT),
        ("total_cpu_exec_micros", 20, _INT),
        ("total_requested_bytes", 7, _INT), ("total_peak_bytes", 27, _INT), ("total_residual_bytes", 28, _INT),
        ("total_output_bytes", 29, _INT), ("total_parameters", 8, _INT), ("total_float_ops", 14, _INT),
        ("shapes*", 11, _SHAPE), ("input_shapes", 16, {_INT32: _SHAPE}), ("children*", 12, "GraphNodeProto")],
    "MultiGraphNodeProto": [
        ("name", 1, _TEXT), ("exec_micros", 2, _INT), ("accelerator_exec_micros", 12, _INT), ("cpu_exec_micros", 13, _INT),
        ("requested_bytes", 3, _INT), ("peak_bytes", 16, _INT), ("residual_bytes", 17, _INT), ("output_bytes", 18, _INT),
        ("parameters", 4, _INT), ("float_ops", 5, _INT), ("total_exec_micros", 6, _INT),
        ("total_accelerator_exec_micros", 14, _INT), ("total_cpu_exec_micros", 15, _INT), ("total_requested_bytes", 7, _INT),
        ("total_peak_bytes", 19, _INT), ("total_residual_bytes", 20, _INT), ("total_output_bytes", 21, _INT),
        ("total_parameters", 8, _INT), ("total_float_ops", 9, _INT), ("graph_nodes*", 10, "GraphNodeProto"),
        ("children*", 11, "MultiGraphNodeProto")],
    "AdviceProto": [("checkers", 1, {_TEXT: "AdviceProto.Checker"})],
    "AdviceProto.Checker": [("reports*", 2, _TEXT)],
}


@cache
def _classes() -> dict[str, Any]:
    from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
    from tensorboard.compat.proto import tensor_shape_pb2, types_pb2

    shape = tensor_shape_pb2.TensorShapeProto.DESCRIPTOR.full_name
    dtype = types_pb2.DESCRIPTOR.enum_types_by_name["DataType"].full_name
    file = descriptor_pb2.FileDescriptorProto(
        name="kudari/profile.proto", package="kudari.tfprof", syntax="proto3",
        dependency=[tensor_shape_pb2.DESCRIPTOR.name, types_pb2.DESCRIPTOR.name])
    made: dict[str, Any] = {}

    def typed(field: Any, kind: Any) -> None:
        field.type = 11 if isinstance(kind, str) else kind
        if isinstance(kind, str):
            field.type_name = f".{shape}" if kind == _SHAPE else f".kudari.tfprof.{kind}"
        elif kind == _ENUM:
            field.type_name = f".{dtype}"

    for name, fields in _MESSAGES.items():
        outer, _, inner = name.partition(".")
        made[name] = message = made[outer].nested_type.add(name=inner) if inner else file.message_type.add(name=name)
        for field_name, number, kind in fields:
            is_repeated = field_name.endswith("*") or isinstance(kind, dict)
            field = message.field.add(name=field_name.rstrip("*"), number=number, label=3 if is_repeated else 1)
            if isinstance(kind, dict):
                [(key, value)] = kind.items()
                entry = message.nested_type.add(name="".join(map(str.title, field_name.split("_"))) + "Entry")
                entry.options.map_entry = True
                typed(entry.field.add(name="key", number=1, label=1), key)
                typed(entry.field.add(name="value", number=2, label=1), value)
                kind = f"{name}.{entry.name}"
            typed(field, kind)
    pool = descriptor_pool.Default()
    pool.Add(file)
    return {name: message_factory.GetMessageClass(pool.FindMessageTypeByName(f"kudari.tfprof.{name}")) for name in _MESSAGES}


def message(name: str) -> Any:
    """Return the message class `name`: `"GraphNodeProto"`, `"MultiGraphNodeProto"` or `"AdviceProto"`."""
    return _classes()[name]
