"""Record every golden again and compare it with the committed one."""

import os
import tempfile

import layout
import numpy as np
import oracles

# Which TensorFlow a recorder is of; 1.15 where it is not named here.
ORACLES = {"record_api.py": ("tf13", "tf115"), "record_numerics.py": ("tf13",), "record_seed.py": ("tf13",)}


def recorders():
    return sorted(name for name in os.listdir(oracles.HERE) if name.startswith("record_") and name.endswith(".py"))


def files(folder):
    """Paths below a folder, relative to it."""
    for place, _, names in os.walk(folder):
        for name in names:
            yield os.path.relpath(os.path.join(place, name), folder)


def same_arrays(left, right):
    with np.load(left) as a, np.load(right) as b:
        return a.files == b.files and all(a[key].tobytes() == b[key].tobytes() for key in a.files)


def first_difference(left, right):
    """A sentence on where two text files differ, or None."""
    with open(left, encoding="utf-8") as a, open(right, encoding="utf-8") as b:
        was, now = a.read().splitlines(), b.read().splitlines()
    differing = [number for number in range(max(len(was), len(now))) if was[number:number + 1] != now[number:number + 1]]
    if not differing:
        return None
    return f"{len(differing)} lines, the first of them line {differing[0] + 1}"


def difference(path, folder):
    """What is different in a golden recorded again, or None."""
    committed, again = os.path.join(layout.GOLDEN, path), os.path.join(folder, path)
    if not os.path.exists(committed):
        return f"{path} is not committed"
    if path.endswith(".npz"):
        return None if same_arrays(committed, again) else f"{path}: other values"
    found = first_difference(committed, again)
    return f"{path}: {found}" if found else None


def missing_oracles(recorder):
    return [oracle for oracle in ORACLES.get(recorder, ("tf115",)) if not oracles.python(oracle)]


def compare(recorder):
    """The differences between what a recorder writes now and what is committed."""
    with tempfile.TemporaryDirectory() as folder:
        for oracle in ORACLES.get(recorder, ("tf115",)):
            done = oracles.run(oracles.python(oracle), recorder, "--out", folder)
            if done.returncode:
                return [f"failed: {oracles.last_line(done.stderr)}"]
        written = sorted(files(folder))
        return [found for found in (difference(path, folder) for path in written) if found] if written else ["wrote nothing"]
