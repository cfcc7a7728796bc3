"""Cast between all pairs of the common dtypes."""

import numpy as np

from value_cases.samples import array

DTYPES = ("float32", "float64", "int32", "int64", "uint8", "bool")
VALUES = {
    "float32": [0.0, -0.0, 0.5, 0.99, -0.99, 1.5, 2.5, -1.5, -2.5, 254.9, 3e9, -3e9, 1e30, np.nan, np.inf, -np.inf],
    "float64": [0.0, -0.0, 0.5, 0.99, -0.99, 1.5, -1.5, 255.5, 16777217.0, 3e9, -3e9, 1e300, 0.1, np.nan, np.inf, -np.inf],
    "int32": [0, 1, -1, 255, 256, -256, 16777217, 2 ** 31 - 1, -2 ** 31],
    "int64": [0, 1, -1, 255, 256, 16777217, 2 ** 31, -2 ** 31 - 1, 2 ** 53 + 1, 2 ** 63 - 1, -2 ** 63],
    "uint8": [0, 1, 127, 128, 255],
    "bool": [False, True],
}


def cast():
    for source in DTYPES:
        for target in DTYPES:
            yield "Cast", [array(VALUES[source], source)], {"DstT": target}


FAMILIES = {"cast": cast}
