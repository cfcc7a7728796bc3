"""Rows for Fourier transforms."""

import numpy as np

from ..case import Case

REAL = np.array([[[0.3, -1.1, 2.0, 0.7], [1.4, 0.6, -0.9, 0.2]], [[1.2, 0.5, -1.3, 0.8], [0.1, 0.9, -0.4, 1.7]]], np.float32)
COMPLEX = (REAL + 1j * REAL[::-1]).astype(np.complex64)
HALF = COMPLEX[..., :3].copy()


def length(*sizes):
    return np.array(sizes, np.int32)


CASES = (
    [Case(name, [COMPLEX]) for name in ("FFT", "IFFT", "FFT2D", "IFFT2D", "FFT3D", "IFFT3D")]
    + [Case("FFT", [COMPLEX[..., :3].copy()], id="odd"), Case("RFFT", [REAL[0], length(4)], id="even"),
       Case("RFFT", [REAL, length(3)], id="odd"), Case("RFFT2D", [REAL, length(2, 4)]),
       Case("RFFT3D", [REAL, length(2, 2, 3)]),
       Case("IRFFT", [HALF, length(4)], id="even"), Case("IRFFT", [HALF, length(5)], id="odd"),
       Case("IRFFT2D", [HALF, length(2, 4)]), Case("IRFFT3D", [HALF, length(2, 2, 5)])]
)
for _case in CASES:
    _case.differentiable = ()  # float32 only: the node lists and their values hold the gradients
