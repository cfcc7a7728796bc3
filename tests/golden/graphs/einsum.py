"""Sums of products by an equation, with known and unknown sizes and gradients."""

FEED = {"x:0": [[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]], "a:0": [[1.0, -1.0, 0.5], [2.0, 0.0, 1.5]]}
STEPS = [(["products", "gradients"], FEED)]


def build(tf):
    x = tf.placeholder(tf.float32, [None, 3, 2], name="x")
    a = tf.placeholder(tf.float32, [2, 3], name="a")
    m = tf.constant([[1.0, 2.0], [3.0, 4.0]], name="m")
    v = tf.constant([0.5, 2.0], name="v")
    products = [
        tf.einsum("ij,jk->ik", m, a), tf.einsum("ij,jk", m, a, name="named"), tf.einsum("bij,jk->bik", x, a),
        tf.einsum("bij,bik->bjk", x, x), tf.einsum("bij,ji->b", x, a), tf.einsum("i,j->ij", v, v),
        tf.einsum("i,i->", v, v), tf.einsum("ii", m), tf.einsum("ij->ji", a), tf.einsum("ij->j", a),
        tf.einsum("...ij,jk->...ik", x, a), tf.einsum("ij,jk,kl->il", a, tf.transpose(a), m),
        tf.einsum("i,i,i->", v, v, v), tf.einsum("bij,j->bij", x, v), tf.linalg.einsum("ab,cd->acbd", m, m),
    ]
    return {"products": products, "gradients": tf.gradients([products[2], products[3], products[4]], [x, a])}
