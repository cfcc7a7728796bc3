"""Transforms, frames, windows and spectrograms, with gradients."""

FEED = {"x:0": [[0.5, -1.0, 0.25, 2.0, 1.0, -0.5, 0.75, 0.1]], "u:0": [[1.0, 2.0, 3.0, 4.0]]}
STEPS = [(["complex", "real", "cosine", "frames", "spectrograms", "mel", "gradients"], FEED)]


def build(tf):
    x = tf.placeholder(tf.float32, [1, 8], name="x")
    u = tf.placeholder(tf.float32, [None, None], name="u")
    z = tf.complex(x, x)
    half = tf.signal.rfft(x)
    frames = tf.signal.frame(x, 4, 2)
    spectrogram = tf.signal.stft(x, 4, 2)
    cosine = tf.signal.dct(x, norm="ortho")
    plane = tf.signal.rfft2d(tf.reshape(x, [2, 4]))
    return {
        "complex": [tf.fft(z), tf.signal.ifft(z), tf.fft2d(z), tf.signal.fftshift(x), tf.signal.ifftshift(x, axes=1)],
        "real": [half, tf.signal.rfft(x, [4]), tf.signal.rfft(x, [16]), tf.signal.irfft(half), tf.signal.irfft(half, [4]),
                 tf.signal.rfft(u), tf.spectral.rfft(u, [4]), plane, tf.signal.irfft2d(plane)],
        "cosine": [tf.signal.dct(x), cosine, tf.signal.dct(x[:, :5], type=1), tf.signal.dct(x, n=4)],
        "frames": [frames, tf.signal.frame(x, 3, 2, pad_end=True), tf.signal.overlap_and_add(frames, 2),
                   tf.signal.hann_window(6), tf.signal.hamming_window(5, periodic=False)],
        "spectrograms": [spectrogram, tf.signal.inverse_stft(spectrogram, 4, 2),
                         tf.signal.inverse_stft(spectrogram, 4, 2, window_fn=tf.signal.inverse_stft_window_fn(2))],
        "mel": [tf.signal.linear_to_mel_weight_matrix(4, 9, 8000, 125.0, 3800.0),
                tf.signal.mfccs_from_log_mel_spectrograms(x)],
        "gradients": [tf.gradients(tf.abs(tf.fft(z)), x), tf.gradients(tf.abs(half), x),
                      tf.gradients(tf.signal.irfft(half), x), tf.gradients(frames, x)],
        # Built only: TensorFlow's own rounding is larger than what the values are compared with.
        "built": [tf.signal.idct(x), tf.signal.idct(x, norm="ortho"), tf.gradients(cosine, x),
                  tf.gradients(tf.abs(spectrogram), x), tf.gradients(tf.abs(plane), x)],
    }
