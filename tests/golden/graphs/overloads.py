# ruff: noqa: B015, B018, RUF005 - every expression is written for the node it makes
"""Operator overloads of tensors: both orders, numbers and arrays, comparisons and logic."""

STEPS = [(["add:0", "truediv_2:0", "floordiv:0", "mod:0", "pow:0", "sub_1:0", "Less:0", "Neg:0", "Abs:0",
           "and:0", "xor:0", "mod_2:0", "truediv_4:0", "matmul:0"],
          {"x:0": [[1.5, -2.0], [3.0, 4.0]], "k:0": [-7, 8], "flag:0": [True, False]})]


def build(tf):
    x = tf.placeholder(tf.float32, [2, 2], name="x")
    k = tf.placeholder(tf.int32, [2], name="k")
    flag = tf.placeholder(tf.bool, [2], name="flag")
    x + x
    x + 1
    1 + x
    x + [1.0, 2.0]
    [1.0, 2.0] + x
    x - x
    x - 1.5
    1.5 - x
    x * 2
    2 * x
    x * x
    x / x
    x / 2
    2 / x
    k / 2
    k / k
    1 / k
    k // 2
    9 // k
    x // 2.0
    x % 2.0
    k % 3
    10 % k
    x ** 2
    2 ** x
    x ** x
    -x
    abs(x)
    x < 1
    x <= x
    x > 0.5
    x >= x
    flag & flag
    flag | True
    True ^ flag
    ~flag
    x @ x
    [[1.0, 2.0], [3.0, 4.0]] @ x
    x == x
    x != x
