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

    def __init__(self, op, label, inputs, attrs=None, static=(), ulps=0):
        self.op, self.label, self.inputs, self.attrs, self.static = op, label, inputs, attrs or {}, static
        self.ulps = ulps  # how far from TensorFlow's the result may be; see docs/numerics.md
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


_UNARY = {
    "Exp": (-100.0, 90.0), "Sigmoid": (-20.0, 20.0), "Log": (0.0, 50.0), "Log1p": (-0.9, 3.0), "Expm1": (-3.0, 3.0),
    "Tanh": (-10.0, 10.0), "Sqrt": (0.0, 1000.0), "Rsqrt": (0.0, 1000.0), "Sin": (-200.0, 200.0),
    "Cos": (-200.0, 200.0), "Atan": (-9.0, 9.0), "Softplus": (-20.0, 20.0), "Elu": (-4.0, 4.0), "Erf": (-3.0, 3.0),
    "Square": (-9.0, 9.0), "Reciprocal": (-9.0, 9.0), "Softsign": (-9.0, 9.0), "Relu": (-1.0, 1.0),
    "Relu6": (-1.0, 9.0),
}
# Where the C library's own float64 functions answer, their last bit depends on whether the processor has FMA.
_BY_LIBRARY = ["Log", "Sin", "Cos", "Atan", "Softplus", "Erf"]
_SPECIAL = [0.0, -0.0, float("inf"), float("-inf"), float("nan"), 1.0, -1.0, 2.0**-126, 3e38, -3e38, 1e-30, 120.0]


def _elementwise():
    for op, (low, high) in _UNARY.items():
        for shape in [(), (3,), (4,), (3, 7), (333,)]:
            size = int(np.prod(shape, dtype=np.int64))
            for dtype in ("float32", "float64"):
                ulps = int(dtype == "float64" and op in _BY_LIBRARY)
                yield Case(op, f"{dtype}-{joined(shape)}", [(dtype, shape, 21 + size, low, high)], ulps=ulps)
        for shift in (0, 5):
            special = np.array(_SPECIAL[shift:] + _SPECIAL[:shift] + _SPECIAL[shift:shift + 3], np.float32)
            yield Case(op, f"special-{shift}", [special])


_PAIRS = {
    "Pow": (0.1, 5.0, -3.0, 3.0), "TanhGrad": (-1.0, 1.0, -2.0, 2.0), "SigmoidGrad": (0.0, 1.0, -2.0, 2.0),
    "ReciprocalGrad": (-3.0, 3.0, -2.0, 2.0), "SqrtGrad": (0.1, 3.0, -2.0, 2.0), "RsqrtGrad": (0.1, 3.0, -2.0, 2.0),
    "SoftplusGrad": (-2.0, 2.0, -9.0, 9.0), "SoftsignGrad": (-2.0, 2.0, -9.0, 9.0), "EluGrad": (-2.0, 2.0, -0.9, 2.0),
    "SquaredDifference": (-3.0, 3.0, -3.0, 3.0), "RealDiv": (-3.0, 3.0, -3.0, 3.0), "Add": (-3.0, 3.0, -3.0, 3.0),
    "Sub": (-3.0, 3.0, -3.0, 3.0), "Mul": (-3.0, 3.0, -3.0, 3.0), "Maximum": (-1.0, 1.0, -1.0, 1.0),
    "Minimum": (-1.0, 1.0, -1.0, 1.0),
}


def _binary():
    for op, (low, high, low2, high2) in _PAIRS.items():
        for shape in [(), (5,), (7, 9)]:
            for dtype in ("float32", "float64"):
                ulps = int(dtype == "float64" and op == "Pow")
                yield Case(op, f"{dtype}-{joined(shape)}",
                           [(dtype, shape, 31, low, high), (dtype, shape, 33, low2, high2)], ulps=ulps)


_BATCHES = [(1, 5), (3, 4), (5, 3), (32, 10)]


def _of_rows():
    for dtype, (rows, columns) in itertools.product(["float32", "float64"], _BATCHES):
        label = f"{dtype}-{rows}x{columns}"
        logits = (dtype, (rows, columns), 41, -6.0, 6.0)
        ulps = 0 if dtype == "float32" else 4
        yield Case("Softmax", label, [logits])
        yield Case("LogSoftmax", label, [logits], ulps=ulps)
        yield Case("SoftmaxCrossEntropyWithLogits", label, [logits, (dtype, (rows, columns), 43, 0.0, 1.0)],
                   ulps=ulps)
        index = "int64" if rows == 3 else "int32"
        yield Case("SparseSoftmaxCrossEntropyWithLogits", label, [logits, (index, (rows,), 45, 0, columns)], ulps=ulps)
        yield Case("BiasAddGrad", label, [logits], {"data_format": "NHWC"})
        yield Case("L2Loss", label, [logits])
        for axis in (0, 1):
            for exclusive, reverse in [(False, False), (True, False), (False, True), (True, True)]:
                yield Case("Cumsum", f"{label}-{axis}-{exclusive:d}{reverse:d}",
                           [(dtype, (rows, columns), 47), np.array(axis, np.int32)],
                           {"exclusive": exclusive, "reverse": reverse}, (1,))
            yield Case("Cumprod", f"{label}-{axis}", [(dtype, (rows, columns), 47, 0.5, 1.5), np.array(axis, np.int32)],
                       {"exclusive": False, "reverse": False}, (1,))


def _many():
    for count in range(2, 28):
        yield Case("AddN", f"float32-{count}", [("float32", (9,), 50 + i) for i in range(count)])


def _updates():
    yield Case("BiasAdd", "float32", [("float32", (5, 7), 1), ("float32", (7,), 2)], {"data_format": "NHWC"})
    for op in ("Max", "Min"):
        for shift in range(5):
            rows = np.array(_SPECIAL[shift:] + _SPECIAL[:shift], np.float32)
            yield Case(op, f"special-{shift}", [rows, np.array([0], np.int32)], {"keep_dims": False}, (1,))
            yield Case(op, f"special-{shift}-rows", [rows.reshape(2, 6), np.array([1], np.int32)],
                       {"keep_dims": False}, (1,))
            yield Case(op, f"special-{shift}-columns", [rows.reshape(3, 4), np.array([0], np.int32)],
                       {"keep_dims": False}, (1,))


def cases():
    """Return every recorded case."""
    return list(itertools.chain(_reductions(), _products(), _elementwise(), _binary(), _of_rows(), _many(), _updates()))
