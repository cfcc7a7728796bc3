"""Transforms, windows and systems of equations used wrongly."""


def run(tf, function, *values, **dtypes):
    placeholders = [tf.placeholder(dtypes.get("dtype", "float32"), name="x%d" % n) for n in range(len(values))]
    tf.Session().run(function(*placeholders), dict(zip(placeholders, values)))


SINGULAR = [[1.0, 2.0], [2.0, 4.0]]

CASES = {
    "dct_axis": lambda tf: tf.signal.dct(tf.ones([4]), axis=0),
    "dct_type": lambda tf: tf.signal.dct(tf.ones([4]), type=4),
    "dct_norm": lambda tf: tf.signal.dct(tf.ones([4]), norm="other"),
    "dct_length": lambda tf: tf.signal.dct(tf.ones([4]), n=0),
    "dct_of_the_first_type_normed": lambda tf: tf.signal.dct(tf.ones([4]), type=1, norm="ortho"),
    "window_type": lambda tf: tf.signal.hann_window(4, dtype=tf.int32),
    "mel_bins": lambda tf: tf.signal.linear_to_mel_weight_matrix(num_mel_bins=0),
    "mel_edges": lambda tf: tf.signal.linear_to_mel_weight_matrix(lower_edge_hertz=4000.0),
    "mel_nyquist": lambda tf: tf.signal.linear_to_mel_weight_matrix(upper_edge_hertz=5000.0),
    "overlap_step": lambda tf: tf.signal.overlap_and_add(tf.ones([2, 3]), 1.5),
    "fft_of_a_scalar": lambda tf: tf.fft(tf.constant(1j, tf.complex64)),
    "rfft_lengths": lambda tf: tf.signal.rfft(tf.ones([4]), [2, 2]),
    "not_invertible": lambda tf: run(tf, tf.matrix_inverse, SINGULAR),
    "not_solvable": lambda tf: run(tf, lambda x: tf.matrix_solve(x, [[1.0], [1.0]]), SINGULAR),
    "zero_on_the_diagonal": lambda tf: run(tf, lambda x: tf.matrix_triangular_solve(x, [[1.0], [1.0]]),
                                           [[0.0, 0.0], [1.0, 1.0]]),
    "not_positive": lambda tf: run(tf, tf.cholesky, [[1.0, 2.0], [2.0, 1.0]]),
    "not_square": lambda tf: tf.matrix_inverse([[1.0, 2.0]]),
    "determinant_of_a_vector": lambda tf: tf.matrix_determinant([1.0]),
    "systems_of_other_sizes": lambda tf: tf.matrix_solve([[1.0]], [[1.0], [2.0]]),
    "cross_of_two": lambda tf: tf.cross([1.0, 2.0], [1.0, 2.0]),
    "bits_of_floats": lambda tf: tf.bitwise.bitwise_and(1.0, 2.0),
}
