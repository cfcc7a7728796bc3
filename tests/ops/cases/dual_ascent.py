"""Rows for dual coordinate ascent; one example a row, because the order of several is drawn."""

import numpy as np

from ..case import Case

INTS, NONE = np.int64, np.zeros([0], np.float32)
WEIGHTED = [np.array([0.75], np.float32)]
SETTINGS = {"l1": 0.05, "l2": 0.8, "num_loss_partitions": 2, "num_inner_iterations": 1}
SPARSE = [np.array([0, 0], INTS)], [np.array([7, 3], INTS)], [np.array([0.5, -2.0], np.float32)]
DENSE, HELD = [np.array([[1.5, -0.25]], np.float32)], [np.array([0.3, -0.02], np.float32)]
IDS, IDS_HELD = [np.array([3, 5, 7], INTS)], [np.array([0.1, 0.2, -0.4], np.float32)]


def ascent(loss, label, dual, **attrs):
    state = np.array([[dual, 0, 0, 0]], np.float32)
    return Case("SdcaOptimizer", [*SPARSE, DENSE, *WEIGHTED, np.array([label], np.float32), IDS, IDS_HELD, HELD, state],
                {"loss_type": loss, **SETTINGS, **attrs}, differentiable=(), vague=True, id="_".join((loss, str(label))))


CASES = [
    ascent("squared_loss", 2.5, 0.2),
    ascent("logistic_loss", 0.0, -0.3),
    ascent("logistic_loss", 1.0, 0.0, adaptative=True),
    ascent("hinge_loss", 1.0, 0.4),
    ascent("hinge_loss", 0.0, 0.0),
    ascent("smooth_hinge_loss", 1.0, 0.4),
    ascent("poisson_loss", 3.0, 0.5),
    ascent("poisson_loss", 0.0, -0.1),
    Case("SdcaFprint", [np.array([b"", b"a", b"text of sixteen.", b"x" * 100, b"y" * 300], object)]),
]
