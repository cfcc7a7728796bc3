"""Public names of clusters."""

from ..train.server_def import server_def_class

PATHS = {
    "train.ClusterSpec": "train.cluster.ClusterSpec",
    "train.Server": "train.cluster.Server",
    "train.VocabInfo": "train.warm_starting.VocabInfo",
    "train.warm_start": "train.warm_starting.warm_start",
    "train.replica_device_setter": "train.replica_devices.replica_device_setter",
}

LAZY_NAMES = {"train.ServerDef": server_def_class}
