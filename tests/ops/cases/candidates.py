"""Rows of the candidate samplers."""

import numpy as np

from ..case import Case

_TRUE = np.array([[1, 4], [0, 5]], np.int64)
_SAMPLE = {"num_true": 2, "num_sampled": 4, "unique": True, "seed": 3, "seed2": 4}


CASES = [
    Case("UniformCandidateSampler", [_TRUE], {"range_max": 9, **_SAMPLE}),
    Case("UniformCandidateSampler", [_TRUE], {"range_max": 9, **_SAMPLE, "unique": False, "num_sampled": 5}, id="repeated"),
    Case("LogUniformCandidateSampler", [_TRUE], {"range_max": 9, **_SAMPLE}),
    Case("AllCandidateSampler", [_TRUE], _SAMPLE),
    Case("LearnedUnigramCandidateSampler", [_TRUE], {"range_max": 9, **_SAMPLE}),
    Case("ThreadUnsafeUnigramCandidateSampler", [_TRUE], {"range_max": 9, **_SAMPLE}),
    Case("FixedUnigramCandidateSampler", [_TRUE], {"range_max": 6, "unigrams": [1.0, 0.5, 4.0, 2.0, 3.0, 1.0], **_SAMPLE}),
    Case("ComputeAccidentalHits", [_TRUE, np.array([4, 7, 0, 4], np.int64)], {"num_true": 2}),
    Case("ParallelDynamicStitch", [[np.array([0, 2], np.int32), np.array([1], np.int32)],
                                   [np.ones([2, 3], np.float32), np.zeros([1, 3], np.float32)]]),
]
