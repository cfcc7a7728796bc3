"""Random ops: the first numbers of their streams, in every dtype, up to sizes that end inside a block."""

import numpy as np
import tensorflow as tf

_SEEDS = [{"seed": 87654321, "seed2": 3}, {"seed": 5, "seed2": 0}, {"seed": 0, "seed2": 2**31 - 1},
          {"seed": -7, "seed2": 2**40}]
_FLOATS = [tf.float16, tf.float32, tf.float64]
_LOGITS = np.array([[0.0, 1.0, -2.0, 0.5], [np.inf, 0.0, -np.inf, 3.0], [5.0, 5.0, 5.0, 5.0]], np.float32)


def _shape(*sizes):
    return np.array(sizes, np.int32)


def streams():
    """Yield each op with its inputs and attributes."""
    for op in ("RandomUniform", "RandomStandardNormal", "TruncatedNormal"):
        for dtype in _FLOATS:
            yield op, [_shape(3, 7)], dict(_SEEDS[0], dtype=dtype)
        for seeds in _SEEDS[1:]:
            yield op, [_shape(5)], dict(seeds, dtype=tf.float32)
        yield op, [np.array([4301], np.int64)], dict(_SEEDS[0], dtype=tf.float32)
    for dtype in (np.int32, np.int64):
        for low, high in ((0, 10), (-3, 4), (np.iinfo(dtype).min, np.iinfo(dtype).max)):
            yield "RandomUniformInt", [_shape(2, 5), dtype(low), dtype(high)], _SEEDS[0]
    for value in (np.arange(11, dtype=np.int32), np.arange(10, dtype=np.float32).reshape(5, 2), np.ones([1, 3], np.float64),
                  np.array([b"a", b"b", b"c"], object), np.float32(2), np.arange(1030, dtype=np.int64)):
        yield "RandomShuffle", [value], _SEEDS[0]
    for logits in (_LOGITS, _LOGITS.astype(np.float64), _LOGITS.astype(np.float16), np.array([[1, 2, 3]], np.int32)):
        yield "Multinomial", [logits, np.int32(6)], dict(_SEEDS[0], output_dtype=tf.int64)
    yield "Multinomial", [_LOGITS, np.int32(0)], dict(_SEEDS[0], output_dtype=tf.int32)
    for dtype in (np.float16, np.float32, np.float64):
        yield "RandomGamma", [_shape(3, 5), np.array([0.3, 0.9, 1.0, 2.5, 40.0], dtype)], _SEEDS[0]
        yield "RandomPoisson", [_shape(7), np.array([0.0, 0.7, 9.5, 10.0, 300.0], dtype)], dict(_SEEDS[0], dtype=dtype)
        for drawn in (tf.int32, tf.float16):
            yield "RandomPoissonV2", [_shape(4), np.array([[2.0, 30.0]], dtype)], dict(_SEEDS[0], dtype=drawn)
    for dtype in (np.float32, np.float64):
        yield "RandomGammaGrad", [np.array([0.5, 1.0, 7.0, 100.0], dtype), np.array([0.1, 2.0, 6.5, 90.0], dtype)], {}
    for seed in (np.array([1, 2], np.int32), np.array([-5, 2**40], np.int64)):
        for op in ("StatelessRandomUniform", "StatelessRandomNormal", "StatelessTruncatedNormal"):
            for dtype in _FLOATS:
                yield op, [_shape(3, 3), seed], {"dtype": dtype}
        yield "StatelessRandomUniformInt", [_shape(5), seed, np.int32(-2), np.int32(9)], {}
        yield "StatelessMultinomial", [_LOGITS[1:], np.int32(5), seed], {"output_dtype": tf.int32}


FAMILIES = {"random": streams}
