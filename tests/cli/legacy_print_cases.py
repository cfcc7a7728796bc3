"""Prints, as JSON, how this NumPy writes a few hundred arrays and scalars.

    python3.6 legacy_print_cases.py > legacy_print.json         # with NumPy 1.13.3: the golden
    kudari run --legacy-print legacy_print_cases.py             # must print the same

Python 3.6 has to be able to read it.
"""

import json
import threading

import numpy as np

VALUES = [0.3, -0.3, 0.1, 1 / 3.0, 1e-5, 1e5, 1e8, 123456789.0, 1e16, 1.62939458e22, 5.54192817e21, -1e-10, 9.5394e-06,
          0.0, -0.0, float("nan"), float("inf"), -float("inf"), 1.0, 2.5, 0.001, 23.66, 0.146364, 5.69997e-11, 6523.96,
          14708.9, 74768.5, 1e300, 1e-300, 0.99999999, 5e-324, 1234.5678]
FLOATS = ["f2", "f4", "f8", "g"]
COMPLEX = ["c8", "c16"]
INTEGERS = ["i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "?"]
OPTIONS = [{"precision": 3}, {"suppress": True}, {"precision": 4, "suppress": True, "linewidth": 60},
           {"threshold": 5, "edgeitems": 2}, {"formatter": {"float_kind": "<{:.1f}>".format}},
           {"nanstr": "NA", "infstr": "oo"}, {"precision": 12}, {"precision": 0}]
DEFAULTS = {"precision": 8, "threshold": 1000, "edgeitems": 3, "linewidth": 75, "suppress": False, "nanstr": "nan",
            "infstr": "inf", "formatter": None}


def arrays():
    random = np.random.RandomState(0)
    for kind in FLOATS:
        for value in VALUES:
            yield np.array([value]).astype(kind)
        for i in range(24):
            yield shaped(random, i).astype(kind)
        yield np.arange(2000).astype(kind)
        yield (np.arange(6000) / 7.0).reshape(20, 300).astype(kind)
        yield (np.arange(60) / 7.0).astype(kind)
        yield np.linspace(-3, 3, 41).reshape(1, 41).astype(kind)
        yield np.eye(3).astype(kind)
        yield np.zeros((3, 0), kind)
        yield np.full((2, 2), np.nan).astype(kind)
        yield np.array([np.nan, np.inf, -np.inf]).astype(kind)
    for kind in COMPLEX:
        for _ in range(12):
            n = random.randint(1, 5)
            yield (random.randn(n) * 10.0 ** random.randint(-8, 12) + 1j * random.randn(n)).astype(kind)
        yield np.array([[1 + 2j, float("nan")], [complex(0, float("inf")), -1]], kind)
    for kind in INTEGERS:
        yield random.randint(0, 2 if kind == "?" else 120, size=(2, 3, 2)).astype(kind)
        yield np.arange(3000).astype(kind)
    yield np.array([1, "a", None, 2.5], object)
    yield np.array([["abc", "d"], ["e", ""]])
    yield np.array([(1, 2.5), (3, 0.1)], dtype=[("a", "i4"), ("b", "f4")])
    yield np.matrix([[1.5, 2], [3, 4]])


def shaped(random, i):
    shape = tuple(random.randint(1, 5, size=random.randint(1, 5)))
    array = random.randn(*shape)
    if i % 6 == 1:
        array = array * 10.0 ** random.randint(-12, 20)
    if i % 6 == 2:
        array = array * 10.0 ** random.randint(-12, 20, size=shape)
    if i % 6 in (3, 5):
        array = np.round(array * 10)
    if i % 6 == 4:
        array = np.round(array * 100, 1)
    if i % 6 in (4, 5):
        array.flat[0] = np.nan if i % 6 == 4 else -np.inf
    return array


def scalars():
    for kind in FLOATS[1:] + COMPLEX:
        for value in VALUES:
            yield np.array(value).astype(kind)[()]
    for kind in INTEGERS:
        yield np.array(1).astype(kind)[()]
    yield [np.float32(0.3), np.float64(0.1), np.int64(3), np.bool_(True)]
    yield {"a": np.array([[0.3], [1]], "f4")}
    yield np.array(0.3, "f4")


def written(value):
    return [str(value), repr(value), "{}".format(value), "%s" % (value,)]  # noqa: UP032


def written_in_a_thread(value):
    found = []
    thread = threading.Thread(target=lambda: found.extend(written(value)))
    thread.start()
    thread.join()
    return found


def main():
    with np.errstate(all="ignore"):
        found = {"scalars": [written(value) for value in scalars()]}
        found["arrays"] = [written(value)[:2] for value in arrays()]
        for number, option in enumerate(OPTIONS):
            np.set_printoptions(**dict(DEFAULTS, **option))
            found["options {}".format(number)] = [written(value)[:2] for value in list(arrays())[number % 5 :: 5]]  # noqa: UP032
        np.set_printoptions(**DEFAULTS)
        found["thread"] = written_in_a_thread(np.float32([0.3, 23.66]))
    print(json.dumps(found, indent=0, sort_keys=True))


if __name__ == "__main__":
    main()
