"""Decompositions of matrices and their diagonals, with gradients."""

FEED = {"a:0": [[2.0, -1.0, 0.5], [0.25, 3.0, 1.0], [-0.5, 0.75, 1.5]], "n:0": 2}
STEPS = [(["qr", "cholesky", "lu", "values", "eigenvalues", "diagonal", "with_other", "eyes", "grads", "r"], FEED)]


def build(tf):
    a = tf.placeholder(tf.float32, [3, 3], name="a")
    n = tf.placeholder(tf.int32, [], name="n")
    q, r = tf.qr(a)
    tf.linalg.qr(a, full_matrices=True, name="full")
    gram = tf.matmul(a, a, transpose_b=True)
    chol = tf.cholesky(gram)
    lu, p = tf.linalg.lu(a)
    s, u, v = tf.svd(a)
    tf.linalg.svd(a, compute_uv=False)
    e, w = tf.self_adjoint_eig(gram)
    only_e = tf.self_adjoint_eigvals(gram)
    diag = tf.matrix_diag(tf.matrix_diag_part(a))
    other = tf.matrix_set_diag(a, [1.0, 2.0, 3.0])
    eyes = [tf.eye(2), tf.eye(2, 3), tf.eye(n), tf.eye(n, 3, batch_shape=[2]), tf.eye(2, batch_shape=[n], dtype=tf.int32)]
    tf.linalg.adjoint(tf.complex(a, a))
    tf.linalg.adjoint(a)
    return {
        "qr": [q, r], "cholesky": chol, "lu": [lu, p], "values": s, "eigenvalues": [e, only_e], "diagonal": diag,
        "with_other": other, "eyes": eyes,
        "grads": [tf.gradients(q + r, a), tf.gradients(chol, a), tf.gradients(s, a), tf.gradients([e, w * w], a),
                  tf.gradients(only_e, a), tf.gradients(diag, a), tf.gradients(other, a), tf.gradients([u * u, v * v], a)],
        "r": tf.gradients(tf.linalg.triangular_solve(a, gram), a),
    }
