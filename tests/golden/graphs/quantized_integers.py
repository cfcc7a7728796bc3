"""Numbers as integers of eight and sixteen bits and back, in every mode, in ranges that hold zero, do not, or are empty."""

import itertools

import numpy as np

X = np.array([-2.5, -1.0, -0.3, 0.26, 0.7, 1.49, 3.0, 7.0], np.float32)
TYPES = ("qint8", "quint8", "qint16", "quint16")
MODES = (("MIN_COMBINED", "HALF_AWAY_FROM_ZERO"), ("MIN_FIRST", "HALF_AWAY_FROM_ZERO"), ("SCALED", "HALF_AWAY_FROM_ZERO"),
         ("SCALED", "HALF_TO_EVEN"))
RANGES = ((-2.0, 3.0), (0.5, 4.0), (0.0, 0.0))
EACH = [(dtype, mode, way, ends) for dtype, (mode, way), ends in itertools.product(TYPES, MODES, RANGES)]
STEPS = [(["q%d:%d" % (n, i) for i in range(3)] + ["back%d:0" % n], {"x:0": X}) for n in range(len(EACH))]


def build(tf):
    x = tf.placeholder(tf.float32, [None], name="x")
    for n, (dtype, mode, way, (low, high)) in enumerate(EACH):
        q = tf.quantize(x, low, high, getattr(tf, dtype), mode, way, name="q%d" % n)
        tf.dequantize(q.output, q.output_min, q.output_max, mode, name="back%d" % n)
