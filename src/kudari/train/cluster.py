"""The words of clusters, which one process can be: jobs, tasks and servers."""

from __future__ import annotations

import threading
from typing import Any

from .. import errors
from ..platform import logging
from ..protos import proto

_WORDS = ("`cluster` must be a dictionary mapping one or more job names to lists of network addresses, or a `ClusterDef` "
          "protocol buffer")


class ClusterSpec:
    """The jobs of a cluster and the addresses of their tasks.

    Args:
      cluster: a dict from names of jobs to lists of addresses, or to dicts of addresses by task; a `ClusterDef`; or another
        `ClusterSpec`.

    Raises:
      TypeError: if it is none of these.
    """

    def __init__(self, cluster: Any):
        if isinstance(cluster, ClusterSpec):
            cluster = cluster.as_cluster_def()
        if isinstance(cluster, proto("ClusterDef")):
            self._jobs = {job.name: dict(job.tasks) for job in cluster.job}
        elif isinstance(cluster, dict):
            self._jobs = {name: _tasks(name, tasks) for name, tasks in cluster.items()}
        else:
            raise TypeError(_WORDS)
        self._check()

    def _check(self) -> None:
        for name, tasks in self._jobs.items():
            if not isinstance(name, str | bytes):
                raise TypeError(f"Job name {name!r} must be bytes or unicode")
            for address in tasks.values():
                if not isinstance(address, str | bytes):
                    raise TypeError(f"Task address {address!r} must be bytes or unicode")

    def __bool__(self) -> bool:
        return bool(self._jobs)

    def __eq__(self, other: object) -> bool:
        return self._jobs == (other._jobs if isinstance(other, ClusterSpec) else other)

    __hash__ = None  # type: ignore[assignment]

    def __str__(self) -> str:
        jobs = self.as_dict()
        return "ClusterSpec({" + ", ".join(f"{name!r}: {jobs[name]!r}" for name in sorted(jobs)) + "})"

    def as_dict(self) -> dict[str, Any]:
        """Return lists of addresses by job; dicts of them where tasks are missing."""
        result: dict[str, Any] = {}
        for name, tasks in self._jobs.items():
            is_whole = sorted(tasks) == list(range(len(tasks)))
            result[name] = self.job_tasks(name) if tasks and is_whole else dict(sorted(tasks.items()))
        return result

    def as_cluster_def(self) -> Any:
        """Return it as a `ClusterDef`."""
        result = proto("ClusterDef")()
        for name, tasks in sorted(self._jobs.items()):
            job = result.job.add(name=name)
            for number, address in sorted(tasks.items()):
                job.tasks[number] = address
        return result

    @property
    def jobs(self) -> list[str]:
        """The names of the jobs."""
        return list(self._jobs)

    def _job(self, job_name: str) -> dict[int, str]:
        if job_name not in self._jobs:
            raise ValueError(f"No such job in cluster: {job_name!r}")
        return self._jobs[job_name]

    def num_tasks(self, job_name: str) -> int:
        """Return how many tasks a job has."""
        return len(self._job(job_name))

    def task_indices(self, job_name: str) -> list[int]:
        """Return the numbers of the tasks of a job."""
        return sorted(self._job(job_name))

    def task_address(self, job_name: str, task_index: int) -> str:
        """Return the address of a task."""
        job = self._job(job_name)
        if task_index not in job:
            raise ValueError(f"No task with index {task_index!r} in job {job_name!r}")
        return job[task_index]

    def job_tasks(self, job_name: str) -> list[str | None]:
        """Return the addresses of the tasks of a job in order, `None` where one is missing."""
        job = self._job(job_name)
        return [job.get(number) for number in range(max(job) + 1)] if job else []


def _tasks(name: Any, tasks: Any) -> dict[int, str]:
    if isinstance(tasks, list | tuple):
        return dict(enumerate(tasks))
    if isinstance(tasks, dict):
        return dict(tasks)
    raise TypeError(f"The tasks for job {name!r} must be a list or a dictionary from integers to strings.")


class Server:
    """The server of a cluster of one process; its `target` is for sessions of this process.

    Args:
      server_or_cluster_def: the cluster, as a `ClusterSpec` takes it, or a `tf.train.ServerDef`.
      job_name: of this process; the only job if `None`.
      task_index: of this process; the only task if `None`.
      protocol: kept for callers; nothing is sent.
      config: for sessions; kept for callers.
      start: kept for callers; there is nothing to start.

    Raises:
      TypeError: if it is no cluster.
      ValueError: if which job or task this is is not said and not clear.
      UnimplementedError: if the cluster has more than one task: several processes do not train together here.
    """

    def __init__(self, server_or_cluster_def: Any, job_name: str | None = None, task_index: int | None = None,
                 protocol: str | None = None, config: Any = None, start: bool = True):
        if hasattr(server_or_cluster_def, "job_name"):
            job_name = job_name or server_or_cluster_def.job_name
            task_index = server_or_cluster_def.task_index if task_index is None else task_index
            server_or_cluster_def = server_or_cluster_def.cluster
        try:
            cluster = ClusterSpec(server_or_cluster_def)
        except TypeError:
            raise TypeError("Could not convert `server_or_cluster_def` to a `tf.train.ServerDef` or "
                            "`tf.train.ClusterSpec`.") from None
        if job_name is None:
            if len(cluster.jobs) != 1:
                raise ValueError("Must specify an explicit `job_name`.")
            job_name = cluster.jobs[0]
        if task_index is None:
            if cluster.num_tasks(job_name) != 1:
                raise ValueError("Must specify an explicit `task_index`.")
            task_index = cluster.task_indices(job_name)[0]
        self._address = cluster.task_address(job_name, task_index)
        count = sum(cluster.num_tasks(name) for name in cluster.jobs)
        if count > 1:
            raise errors.UnimplementedError(None, None, f"the cluster has {count} tasks: {cluster}. Kudari trains in one "
                                            "process; start one task, with a cluster of it alone, or leave the server out")
        self._stopped = threading.Event()

    def start(self) -> None:
        """Do nothing: what a server serves is in this process."""

    def join(self) -> None:
        """Wait for ever, as a server does that others stop."""
        logging.info("A server of one process has nothing to wait for; it waits to be interrupted.")
        while not self._stopped.wait(1.0):
            pass

    @property
    def target(self) -> str:
        """What to give to a session."""
        return f"grpc://{self._address}"

    @staticmethod
    def create_local_server(config: Any = None, start: bool = True) -> Server:
        """Return a server of a cluster of one task."""
        return Server({"local": ["localhost:0"]}, protocol="grpc", config=config, start=start)
