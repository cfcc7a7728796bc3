"""Rows of the ops that draw random numbers."""

import numpy as np

from ..case import Case

_SEEDS = {"seed": 87654321, "seed2": 5}


def _x(*shape):
    return np.random.RandomState(5).uniform(-2, 2, shape).astype(np.float32)


def _i(*values):
    return np.array(values, np.int32)


def _drawn(op_type):
    return [Case(op_type, [_i(2, 3)], {"dtype": "float32", **_SEEDS}),
            Case(op_type, [np.array([5], np.int64)], {"dtype": "float64", **_SEEDS}, id="double"),
            Case(op_type, [_i(0, 3)], {"dtype": "float16", **_SEEDS}, id="none"),
            Case(op_type, [_i()], {"dtype": "bfloat16", **_SEEDS}, id="scalar")]


def _stateless(op_type):
    return [Case(op_type, [_i(2, 3), np.array([7, -8], np.int64)]),
            Case(op_type, [_i(3), _i(1, 2)], {"dtype": "float64"}, id="double")]


CASES = [
    *_drawn("RandomUniform"),
    *_drawn("RandomStandardNormal"),
    *_drawn("TruncatedNormal"),
    Case("RandomUniformInt", [_i(2, 3), np.int32(-4), np.int32(9)], _SEEDS),
    Case("RandomUniformInt", [_i(5), np.int64(0), np.int64(2**40)], _SEEDS, id="long"),
    Case("RandomShuffle", [_x(6, 2)], _SEEDS),
    Case("RandomShuffle", [np.array(["a", "b", "c"])], _SEEDS, id="text"),
    Case("RandomShuffle", [_x()], _SEEDS, id="scalar"),
    Case("Multinomial", [_x(3, 4), np.int32(5)], _SEEDS),
    Case("Multinomial", [_i(1, 2, 3)[None], np.int32(3)], {"output_dtype": "int32", **_SEEDS}, id="integers"),
    Case("RandomGamma", [_i(3), np.array([0.5, 1.0, 4.0], np.float32)], _SEEDS, differentiable=()),
    Case("RandomGammaGrad", [np.array([0.5, 3.0], np.float32), np.array([0.7, 2.0], np.float32)], differentiable=()),
    Case("RandomPoisson", [_i(4), np.array([0.5, 20.0], np.float32)], _SEEDS),
    Case("RandomPoissonV2", [_i(2, 2), np.array([3.0, 50.0], np.float64)], {"dtype": "int32", **_SEEDS}),
    *_stateless("StatelessRandomUniform"),
    *_stateless("StatelessRandomNormal"),
    *_stateless("StatelessTruncatedNormal"),
    Case("StatelessRandomUniformInt", [_i(2, 3), _i(1, 2), np.int32(-4), np.int32(9)]),
    Case("StatelessMultinomial", [_x(3, 4), np.int32(5), _i(1, 2)]),
]
