"""The message that says which task of a cluster a server is."""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def server_def_class() -> Any:
    """Return the message class `ServerDef`: a cluster, the job and the task of the server, and what it runs with."""
    from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
    from tensorboard.compat.proto import cluster_pb2, config_pb2

    file = descriptor_pb2.FileDescriptorProto(name="kudari/server_def.proto", package="kudari", syntax="proto3",
                                              dependency=[cluster_pb2.DESCRIPTOR.name, config_pb2.DESCRIPTOR.name])
    message = file.message_type.add(name="ServerDef")
    text, number, other = 9, 5, 11
    for place, (name, kind, of) in enumerate((
            ("cluster", other, cluster_pb2.ClusterDef), ("job_name", text, None), ("task_index", number, None),
            ("default_session_config", other, config_pb2.ConfigProto), ("protocol", text, None)), 1):
        field = message.field.add(name=name, number=place, type=kind, label=1)
        if of is not None:
            field.type_name = f".{of.DESCRIPTOR.full_name}"
    pool = descriptor_pool.Default()
    pool.Add(file)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName("kudari.ServerDef"))
