"""Rows for writing and reading checkpoints."""

import os
import tempfile

import numpy as np

from ..case import Case

GOLDEN = os.path.join(os.path.dirname(__file__), "..", "..", "golden", "checkpoints", "tf115")
FIXTURE = os.path.join(GOLDEN, "model-3")
OLD = os.path.join(GOLDEN, "old")
SCRATCH = os.path.join(tempfile.gettempdir(), f"kudari-rows-{os.getpid()}")


def texts(*items):
    """Strings as an array."""
    return np.array(items)


CASES = [
    Case("SaveV2", [np.array(SCRATCH + "/new"), texts("a", "b"), texts("", "4 0,2"), [np.ones(3), np.arange(2)]]),
    Case("Save", [np.array(SCRATCH + "/old"), texts("a"), [np.ones(3)]]),
    Case("SaveSlices", [np.array(SCRATCH + "/parts"), texts("a"), texts("4 0,2"), [np.ones(2)]]),
    Case("RestoreV2", [np.array(FIXTURE), texts("layer/weights", "flags"), texts("", "2 1,1")],
         {"dtypes": ["float32", "bool"]}, vague=True),
    Case("Restore", [np.array(OLD), np.array("layer/weights")], {"dt": "float32"}, vague=True),
    Case("RestoreSlice", [np.array(OLD), np.array("embedding"), np.array("5 2 1,3:-")], {"dt": "float32"}),
    Case("ShardedFilename", [np.array("a/b"), np.int32(2), np.int32(5)]),
    Case("ShardedFilespec", [np.array("a/b"), np.int32(5)]),
]
