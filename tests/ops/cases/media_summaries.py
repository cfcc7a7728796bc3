"""Rows for summaries of images, sounds, texts and tensors."""

import numpy as np

from ..case import Case

_RANDOM = np.random.RandomState(5)

CASES = [
    Case("ImageSummary", ["a", _RANDOM.uniform(-1, 2, (4, 3, 2, 3)).astype(np.float32)]),
    Case("ImageSummary", ["a", _RANDOM.uniform(0, 2, (2, 3, 2, 1)).astype(np.float16)], {"max_images": 1}, id="half"),
    Case("ImageSummary", ["a", _RANDOM.randint(0, 255, (1, 3, 2, 4)).astype(np.uint8)], id="bytes"),
    Case("AudioSummary", ["a", _RANDOM.uniform(-1, 2, (2, 5)).astype(np.float32)], {"sample_rate": 8000.0}),
    Case("AudioSummaryV2", ["a", np.ones((2, 5, 2), np.float32), np.float32(44100)], {"max_outputs": 1}),
    Case("TensorSummary", [np.array([[1, 2], [3, 4]], np.int64)], {"description": "{}"}),
    Case("TensorSummaryV2", ["a", np.array(["x", "y"], object), "\x0a\x06\x0a\x04text"]),
]
