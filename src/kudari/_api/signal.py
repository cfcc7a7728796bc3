"""Public names of signal processing, and the functions of op types by their own names."""

_TRANSFORMS = ("fft", "fft2d", "fft3d", "ifft", "ifft2d", "ifft3d")
_REAL = ("rfft", "rfft2d", "rfft3d", "irfft", "irfft2d", "irfft3d", "dct", "idct")
_SIGNAL = ("fftshift", "ifftshift", "frame", "hann_window", "hamming_window", "stft", "inverse_stft",
           "inverse_stft_window_fn", "overlap_and_add", "linear_to_mel_weight_matrix", "mfccs_from_log_mel_spectrograms")

PATHS = {
    **{f"{name} signal.{name} spectral.{name}": f"ops.fourier.{name}" for name in _TRANSFORMS},
    **{f"signal.{name} spectral.{name}": f"functions.signal.{name}" for name in _REAL},
    **{f"signal.{name}": f"functions.signal.{name}" for name in _SIGNAL},
    "raw_ops": "op.generated.raw_ops",
}
