"""The recorded cases: op types, inputs made from integers, attributes.

Read by the recorder under Python 3.6 and by the tests: keep it plain. Inputs depend on integer arithmetic, on an exact
conversion to float64 and on one rounding to the case's dtype, so they are the same under every NumPy.
"""

import itertools

import numpy as np

_MULTIPLIER, _WORD = 6364136223846793005, 1 << 64


def _words(count, seed):
    """Return `count` 32-bit words of a multiplicative generator started at `seed`."""
    out, state = [], (seed * 2862933555777941757 + 3037000493) % _WORD
    for _ in range(count):
        state = (state * _MULTIPLIER + 1442695040888963407) % _WORD
        out.append(state >> 32)
    return np.array(out, np.uint64)


def array(dtype, shape, seed, low=-1.0, high=1.0):
    """Return reproducible numbers of `dtype` between `low` and `high`, powers of two apart or small integers."""
    count = int(np.prod(shape, dtype=np.int64))
    words = _words(count, seed)
    if np.dtype(dtype).kind == "i":
        return (np.int64(low) + (words % np.uint64(high - low)).astype(np.int64)).astype(dtype).reshape(shape)
    unit = words.astype(np.float64) / 4294967296.0
    return (low + unit * (high - low)).astype(dtype).reshape(shape)


def sample(value):
    """Return the flat elements of `value` that are kept: all of a small array; the ends and a comb of a large one."""
    flat = np.ascontiguousarray(value).reshape(-1)
    if flat.size <= 128:
        return flat
    return np.concatenate([flat[:16], flat[16:-48][::max(1, (flat.size - 64) // 61)], flat[-48:]])


class Case:
    """One run of one op: `make()` gives its inputs, `static` says which of them the graph must know."""

    def __init__(self, op, label, inputs, attrs=None, static=()):
        self.op, self.label, self.inputs, self.attrs, self.static = op, label, inputs, attrs or {}, static
        self.key = op + "/" + label

    def make(self):
        return [x if isinstance(x, np.ndarray) else array(*x) for x in self.inputs]


def _axes(rank):
    for count in range(rank + 1):
        yield from itertools.combinations(range(rank), count)


def joined(numbers):
    return "x".join(map(str, numbers))


_VECTORS = [0, 1, 2, 3, 4, 5, 7, 8, 9, 16, 31, 100, 1000, 4099]
_SHAPES = [(3, 5), (8, 9), (33, 4), (1, 7), (7, 1), (0, 3), (4, 3, 6), (2, 9, 5), (5, 1, 6), (3, 2, 4, 7),
           (2, 3, 2, 3, 4)]


def _reductions():
    for op, dtype in itertools.product(["Sum", "Mean", "Prod", "Max", "Min"], ["float32", "float64"]):
        low, high = (0.5, 1.75) if op == "Prod" else (-1.0, 1.0)
        for n in _VECTORS if op != "Prod" else _VECTORS[:-2]:
            yield Case(op, f"{dtype}-{n}", [(dtype, (n,), 7 + n, low, high), np.array([0], np.int32)],
                       {"keep_dims": False}, (1,))
        for shape in _SHAPES if op in ("Sum", "Mean") else _SHAPES[:7]:
            for axes in _axes(len(shape)):
                label = f"{dtype}-{joined(shape)}-{joined(axes)}"
                yield Case(op, label, [(dtype, shape, 11, low, high), np.array(axes, np.int32)],
                           {"keep_dims": len(axes) == 1}, (1,))


_PRODUCTS = [(1, 1, 1), (2, 3, 2), (4, 4, 4), (5, 7, 3), (8, 16, 8), (9, 13, 11), (1, 9, 6), (6, 9, 1), (1, 5, 1),
             (3, 2, 17), (12, 31, 7), (4, 100, 10), (0, 3, 2), (3, 0, 2), (50, 20, 51), (1, 200, 5), (5, 200, 1),
             (1, 130, 9), (2, 3, 1), (1, 3, 2), (7, 33, 5)]
_DEEP = [(3, 300, 5), (9, 320, 6)]


def _products():
    for dtype, (m, k, n) in itertools.product(["float32", "float64"], _PRODUCTS + _DEEP):
        for ta, tb in itertools.product([False, True], repeat=2):
            a = (k, m) if ta else (m, k)
            b = (n, k) if tb else (k, n)
            label = f"{dtype}-{m}x{k}x{n}-{'nt'[ta]}{'nt'[tb]}"
            yield Case("MatMul", label, [(dtype, a, 3), (dtype, b, 5)], {"transpose_a": ta, "transpose_b": tb})


def cases():
    """Return every recorded case."""
    return list(itertools.chain(_reductions(), _products()))
