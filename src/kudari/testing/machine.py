"""What the machine has, and where tests put their files."""

from __future__ import annotations

import os
import sys
from collections import Counter
from dataclasses import dataclass
from typing import Any

from ..train.cluster import Server
from .benchmark import asked_for, run_benchmarks


def main(argv: Any = None) -> None:
    """Run the tests of the program's main module, or its benchmarks if the command line has `--benchmarks`."""
    from absl import app
    from absl.testing import absltest

    arguments = sys.argv if argv is None else argv
    pattern = asked_for(arguments)
    if pattern is not None:
        app.run(lambda _: run_benchmarks(pattern), argv=arguments)
    absltest.main(argv=argv)


def test_src_dir_path(relative_path: str) -> str:
    """Return the path of a file of TensorFlow's sources below `$TEST_SRCDIR`."""
    return os.path.join(os.environ["TEST_SRCDIR"], "org_tensorflow/tensorflow", relative_path)


def create_local_cluster(num_workers: int, num_ps: int, protocol: str = "grpc", worker_config: Any = None,
                         ps_config: Any = None) -> tuple[list[Server], list[Server]]:
    """Return the servers of a cluster on this machine: the workers, and the parameter servers.

    Args:
      num_workers: how many workers there are.
      num_ps: how many parameter servers.
      protocol: kept by the servers.
      worker_config: for the workers.
      ps_config: for the parameter servers.

    Raises:
      UnimplementedError: if that is more than one task: Kudari trains in one process.
    """
    ports = iter(range(2222, 2222 + num_workers + num_ps))
    counts = {"worker": num_workers, "ps": num_ps}
    jobs = {job: [f"localhost:{next(ports)}" for _ in range(count)] for job, count in counts.items()}
    cluster = {job: tasks for job, tasks in jobs.items() if tasks}

    def servers(job: str, config: Any) -> list[Server]:
        return [Server(cluster, job, task, protocol, config) for task in range(len(jobs[job]))]

    return servers("worker", worker_config), servers("ps", ps_config)


def get_temp_dir() -> str:
    """Return the folder for files of tests."""
    from absl import flags
    from absl.testing import absltest

    folder = absltest.TEST_TMPDIR.value if flags.FLAGS.is_parsed() else absltest.get_default_test_tmpdir()
    os.makedirs(folder, exist_ok=True)
    return folder


def _gpus() -> list[Any]:
    import jax

    return [device for device in jax.devices() if device.platform == "gpu"]


def is_gpu_available(cuda_only: bool = False, min_cuda_compute_capability: Any = None) -> bool:
    """Return whether there is a GPU.

    Args:
      cuda_only: whether only one of NVIDIA's counts.
      min_cuda_compute_capability: the least it must have, two numbers.
    """
    found = _gpus()
    if cuda_only or min_cuda_compute_capability is not None:
        found = [gpu for gpu in found if "nvidia" in gpu.device_kind.lower() or hasattr(gpu, "compute_capability")]
    if min_cuda_compute_capability is not None:
        found = [gpu for gpu in found if _capability(gpu) >= tuple(min_cuda_compute_capability)]
    return bool(found)


def _capability(gpu: Any) -> tuple[int, ...]:
    return tuple(int(part) for part in gpu.compute_capability.split("."))


def gpu_device_name() -> str:
    """Return the name of the first GPU, empty if there is none."""
    return "/device:GPU:0" if _gpus() else ""


def is_built_with_cuda() -> bool:
    """Return whether the JAX that is installed can use NVIDIA's GPUs."""
    from importlib.util import find_spec

    return any(find_spec(name) is not None for name in ("jax_cuda12_plugin", "jax_cuda13_plugin"))


def is_built_with_rocm() -> bool:
    """Return whether the JAX that is installed can use AMD's GPUs."""
    from importlib.util import find_spec

    return any(find_spec(name) is not None for name in ("jax_rocm60_plugin", "jax_rocm7_plugin"))


def is_built_with_gpu_support() -> bool:
    """Return whether the JAX that is installed can use GPUs."""
    return is_built_with_cuda() or is_built_with_rocm()


def assert_equal_graph_def(actual: Any, expected: Any, checkpoint_v2: bool = False,
                           hash_table_shared_name: bool = False) -> None:
    """Fail unless two GraphDefs have the same nodes, in whatever order.

    Raises:
      TypeError: if one is no GraphDef.
      AssertionError: if a node differs or is in one only.
    """
    for name, graph in (("actual", actual), ("expected", expected)):
        if not hasattr(graph, "node"):
            raise TypeError(f"Expected tf.GraphDef for {name}, got {type(graph).__name__}")
    found, wanted = ({node.name: node for node in graph.node} for graph in (actual, expected))
    for name in sorted({*found, *wanted}):
        if name not in wanted or name not in found:
            raise AssertionError(f"node {name!r} is in {'actual' if name in found else 'expected'} only")
        if found[name] != wanted[name]:
            raise AssertionError(f"node {name!r} differs:\n{found[name]}\nexpected:\n{wanted[name]}")


@dataclass
class DeviceAttributes:
    """A device of this machine; the memory limit is in bytes."""

    name: str
    device_type: str
    memory_limit: int
    physical_device_desc: str = ""


def list_local_devices(session_config: Any = None) -> list[DeviceAttributes]:
    """Return the CPU, as one device, and what other devices JAX has."""
    import jax

    found = [DeviceAttributes("/device:CPU:0", "CPU", 256 << 20)]
    counts: Counter[str] = Counter()
    for device in jax.devices():
        kind = device.platform.upper()
        if kind != "CPU":
            limit = (device.memory_stats() or {}).get("bytes_limit", 0)
            description = f"device: {device.id}, name: {device.device_kind}"
            found.append(DeviceAttributes(f"/device:{kind}:{counts[kind]}", kind, limit, description))
            counts[kind] += 1
    return found
