"""Systems of equations, inverses, determinants and special functions, with gradients."""

FEED = {"a:0": [[2.0, -1.0, 0.5], [0.25, 3.0, 1.0], [-0.5, 0.75, 1.5]], "b:0": [[1.0], [2.0], [-0.5]],
        "x:0": [0.25, 0.5, 0.75]}
STEPS = [(["solved", "numbers", "special", "integers", "gradients"], FEED)]


def build(tf):
    a = tf.placeholder(tf.float32, [3, 3], name="a")
    b = tf.placeholder(tf.float32, [3, 1], name="b")
    x = tf.placeholder(tf.float32, [None], name="x")
    gram = tf.matmul(a, a, transpose_b=True)
    inverse, solution = tf.matrix_inverse(a), tf.matrix_solve(a, b)
    triangular = tf.matrix_triangular_solve(a, b, lower=False)
    through_chol = tf.cholesky_solve(tf.cholesky(gram), b)
    least = tf.matrix_solve_ls(a, b, l2_regularizer=0.1)
    det, (sign, logarithm) = tf.matrix_determinant(a), tf.linalg.slogdet(a)
    root = tf.linalg.sqrtm(gram)
    bands = tf.linalg.tridiagonal_solve(tf.constant([[0.5, -1.0, 0.0], [2.0, 3.0, 2.5], [0.0, 0.7, 0.4]]), b)
    special = [tf.math.bessel_i0(x), tf.math.bessel_i1(x), tf.igamma(x, 2.0), tf.igammac(2.0, x),
               tf.betainc(tf.ones_like(x), x + 1.0, x), tf.zeta(x + 2.0, x), tf.math.xlogy(x, x), tf.math.xdivy(x, x),
               tf.math.cumulative_logsumexp(x), tf.lbeta(x)]
    i = tf.constant([5, -3, 7], name="i")
    return {
        "solved": [inverse, solution, triangular, through_chol, least, root, bands, tf.trace(a)],
        "numbers": [det, sign, logarithm, tf.linalg.logdet(gram), tf.linalg.matrix_rank(a), tf.linalg.normalize(b)],
        "special": [*special, tf.math.reduce_euclidean_norm(a, 1), tf.math.nextafter(x, 2.0), tf.cross(a, gram)],
        "integers": [tf.bitwise.bitwise_and(i, 6), tf.bitwise.bitwise_or(i, 6), tf.bitwise.bitwise_xor(i, 6),
                     tf.bitwise.invert(i), tf.bitwise.left_shift(i, 2), tf.bitwise.right_shift(i, 1)],
        "gradients": [tf.gradients([inverse, solution, triangular], a), tf.gradients([through_chol, least], a),
                      tf.gradients([det, logarithm], a), tf.gradients(root, a), tf.gradients(bands, b),
                      [tf.gradients(y, x) for y in special]],
    }
