"""Saving and loading 1 GiB goes at half the speed of the disk or more, and takes little more memory than the tensors do."""

import os
import subprocess
import threading
import time

import pytest

import kudari as tf

pytestmark = pytest.mark.bench

COUNT, ELEMENTS = 16, 2**24
SIZE = COUNT * ELEMENTS * 4
SPEED, MEMORY = 0.5, 1.2


def resident():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmRSS"))


class Watched:
    """The seconds that a block takes, and by how much it raises the memory of the process at most."""

    def __enter__(self):
        self.before = self.most = resident()
        self.is_over, self.started = threading.Event(), time.perf_counter()
        self.watcher = threading.Thread(target=self.watch)
        self.watcher.start()
        return self

    def watch(self):
        while not self.is_over.wait(0.002):
            self.most = max(self.most, resident())

    def __exit__(self, *error):
        self.seconds = time.perf_counter() - self.started
        self.is_over.set()
        self.watcher.join()
        self.added = self.most - self.before


def disk_seconds(folder):
    """How long `dd` takes to write as much."""
    path = os.path.join(folder, "zeros")
    started = time.perf_counter()
    subprocess.run(["dd", "if=/dev/zero", f"of={path}", "bs=1M", f"count={SIZE >> 20}", "conv=fsync"], check=True,
                   capture_output=True)
    seconds = time.perf_counter() - started
    os.remove(path)
    return seconds


def test_one_gibibyte(tmp_path):
    for i in range(COUNT):
        tf.get_variable(f"v{i}", initializer=tf.fill([ELEMENTS], float(i)))
    saver, prefix = tf.train.Saver(), str(tmp_path / "model")
    disk = min(disk_seconds(tmp_path) for _ in range(2))
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        with Watched() as save:
            saver.save(session, prefix)
    with tf.Session() as session:
        with Watched() as load:
            saver.restore(session, prefix)
        assert session.run("v7/read:0")[-1] == 7
    for name, done in (("save", save), ("load", load)):
        print(f"\n{name}: {disk / done.seconds:.2f} of the disk's speed (at least {SPEED}), "
              f"{done.added / SIZE:.2f} of the size in memory (at most {MEMORY})")
        assert disk / done.seconds >= SPEED
        assert done.added <= MEMORY * SIZE
