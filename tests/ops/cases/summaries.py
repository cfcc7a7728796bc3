"""Rows for summaries."""

import numpy as np

from ..case import Case

CASES = [
    Case("ScalarSummary", ["loss", np.float32(1.5)]),
    Case("ScalarSummary", [np.array(["a", "b"], object), np.array([1, 2], np.int64)], id="two"),
    Case("HistogramSummary", ["x", np.array([0.5, -1.0, 0.0], np.float32)]),
    Case("MergeSummary", [[np.array(b"", object), np.array(b"\n\x08\n\x01a\x15\x00\x00\x80?", object)]]),
]
