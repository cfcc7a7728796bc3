"""Small arrays that the cases share."""

import numpy as np

FLOATS = ("float32", "float64")
NUMBERS = ("float32", "float64", "int32", "int64")
NAN, INF = float("nan"), float("inf")

MIXED = [[-2.5, -1.0, -0.5], [0.0, 0.75, 3.0]]
SPECIAL = [NAN, INF, -INF, 0.0, -0.0, 1.0, -1.0, 1e30]
UNIT = [-1.0, -0.75, -0.1, 0.0, 0.3, 0.9, 1.0]
POSITIVE = [0.1, 0.5, 1.0, 2.0, 7.5, 100.0]
INTEGERS = [[-7, -1, 0], [1, 5, 100]]


def array(values, dtype="float32"):
    return np.array(values, dtype)


def index(*values):
    return array(list(values), "int32")


def scalar(value, dtype="int32"):
    return array(value, dtype)


def numbers(dtype, shape, start=1):
    """1, 2, 3 … in a shape, in any dtype; for bool, whether they are divisible by three."""
    counted = np.arange(start, start + int(np.prod(shape))).reshape(shape)
    return counted % 3 == 0 if dtype == "bool" else counted.astype(dtype)


def is_float(dtype):
    return dtype in FLOATS
