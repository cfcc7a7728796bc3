"""Run a program unedited, with the same random numbers each time: `python launch.py SCRIPT [ARGUMENT ...]`.

Runs under TensorFlow 1.15 and under `kudari run` alike, so it uses no newer syntax. What a program leaves open is settled
here: the seeds, where MNIST lies (the folder in `MNIST_FOLDER`), that plots are not shown, and where SciPy keeps what it has
moved since.
"""

import importlib
import os
import runpy
import sys
import types

os.environ["MPLBACKEND"] = "Agg"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
SEED = 1


def seed_everything():
    import numpy as np
    import tensorflow as tf

    np.random.seed(SEED)
    tf.set_random_seed(SEED)


def read_mnist_from(folder):
    """Have `read_data_sets` read `folder`, whichever the program names."""
    from tensorflow.examples.tutorials.mnist import input_data

    original = input_data.read_data_sets
    input_data.read_data_sets = lambda train_dir, *args, **options: original(folder, *args, **options)


def restore_moved_names():
    """`scipy.sparse.linalg.eigen.arpack`, which is private since SciPy 1.8."""
    try:
        import scipy.sparse.linalg as linalg
    except ImportError:
        return
    if hasattr(linalg, "eigsh"):
        for name in ("eigen", "eigen.arpack"):
            full = "scipy.sparse.linalg." + name
            try:
                importlib.import_module(full)
            except ImportError:
                module = types.ModuleType(full)
                module.__path__ = []
                module.eigsh = linalg.eigsh
                sys.modules[full] = module


def main():
    script = os.path.abspath(sys.argv[1])
    sys.argv = sys.argv[1:]
    sys.path[0] = os.path.dirname(script)
    if "MNIST_FOLDER" in os.environ:
        read_mnist_from(os.environ["MNIST_FOLDER"])
    restore_moved_names()
    seed_everything()
    runpy.run_path(script, run_name="__main__")


if __name__ == "__main__":
    main()
