"""Public names of clusters."""

PATHS = {
    "train.ClusterSpec": "train.cluster.ClusterSpec",
    "train.Server": "train.cluster.Server",
    "train.replica_device_setter": "train.replica_devices.replica_device_setter",
}
