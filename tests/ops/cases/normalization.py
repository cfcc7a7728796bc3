"""Rows for normalizing over batches and over neighbouring channels."""

import numpy as np

from ..case import Case
from .convolution import values

IMAGE = values(2, 3, 2, 4)
FIRST = IMAGE.transpose(0, 3, 1, 2)
SCALE, OFFSET, MEAN = (np.linspace(a, b, 4).astype(np.float32) for a, b in ((0.5, 2.0), (-1.0, 1.0), (0.1, 0.4)))
VARIANCE = SCALE + 0.25
NONE = np.zeros(0, np.float32)
ROOM = np.zeros((), np.float32)
OWN = [IMAGE, SCALE, OFFSET, NONE, NONE]
GIVEN = [IMAGE, SCALE, OFFSET, MEAN, VARIANCE]
FROZEN = {"is_training": False}
BACK = [values(2, 3, 2, 4)[::-1].copy(), IMAGE, SCALE, IMAGE.mean((0, 1, 2)), IMAGE.var((0, 1, 2))]

VERSIONS = ("", "V2", "V3")


def row(type_name, inputs, attrs=None, **kinds):
    """A row of an op on float32 alone, whose gradients a recorded program holds; a GPU decides what its room is."""
    return Case(type_name, inputs, attrs, differentiable=(), vague=type_name.endswith("NormV3"), **kinds)


BATCH = [
    *(row("FusedBatchNorm" + version, OWN, id="training") for version in VERSIONS),
    *(row("FusedBatchNorm" + version, GIVEN, FROZEN, id="frozen") for version in VERSIONS),
    *(row("FusedBatchNormGrad" + version, BACK + [ROOM] * (version == "V3"), attrs, id=label)
      for version in VERSIONS for label, attrs in (("training", {}), ("frozen", FROZEN))),
    row("FusedBatchNormV3", [IMAGE.astype(np.float16), *OWN[1:]], {"epsilon": 0.01}, id="half"),
]
CHANNELS = [
    row("LRN", [IMAGE]),
    row("LRN", [IMAGE], {"depth_radius": 1, "bias": 2.0, "alpha": 0.3, "beta": 0.75}, id="narrow"),
    row("LRNGrad", [IMAGE, IMAGE[::-1].copy(), values(2, 3, 2, 4)], {"depth_radius": 2}),
]
CASES = BATCH + CHANNELS
