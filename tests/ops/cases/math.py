"""Rows for arithmetic, comparison, reductions, scans, matrix products and the types of elements."""

import numpy as np

from ..case import Case

X = np.array([[-1.7, -0.4, 0.3], [0.9, 1.6, 2.5]], np.float32)
Y = np.array([[0.7, -1.2, 2.1], [-0.6, 1.1, -1.9]], np.float32)
ROW = np.array([1.3, -0.7, 0.45], np.float32)
POSITIVE = np.array([[0.2, 0.7, 1.3], [2.1, 3.4, 5.5]], np.float32)
UNIT = np.array([[-0.9, -0.35, 0.1], [0.3, 0.55, 0.85]], np.float32)
ABOVE_ONE = POSITIVE + np.float32(1)
INTS = np.array([[-7, -3, 4], [5, 8, -9]], np.int32)
DIVISORS = np.array([2, -3, 4], np.int32)
COMPLEX = np.array([1 + 2j, -0.5 + 0.25j, 3 - 1j], np.complex64)
TRUTH = np.array([[True, False, True], [False, False, True]])
NAMES = np.array([b"a", b"bc"], object)
SPECIAL = np.array([1.0, np.nan, np.inf, -np.inf, 0.0], np.float32)
ODD = np.array([-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 0.49999997], np.float32)
CUBE = np.array([[[0.3, -1.1], [2.0, 0.7]], [[-0.2, 1.4], [0.6, -0.9]], [[1.2, 0.5], [-1.3, 0.8]]], np.float32)

_ANYWHERE = ["Neg", "Abs", "Sign", "Square", "Exp", "Expm1", "Sin", "Cos", "Tan", "Atan", "Sinh", "Cosh", "Tanh", "Asinh",
             "Sigmoid", "Erf", "Erfc"]
_ABOVE_ZERO = ["Sqrt", "Rsqrt", "Log", "Log1p", "Lgamma", "Digamma", "Reciprocal", "Inv"]
_GRADIENTS = ["SqrtGrad", "RsqrtGrad", "ReciprocalGrad", "InvGrad", "TanhGrad", "SigmoidGrad"]
_BROADCAST = ["Add", "AddV2", "Sub", "Mul", "RealDiv", "Div", "Maximum", "Minimum", "SquaredDifference"]
_DIVISIONS = ["Div", "TruncateDiv", "FloorDiv", "FloorMod", "Mod", "TruncateMod"]
_COMPARISONS = ["Less", "LessEqual", "Greater", "GreaterEqual", "Equal", "NotEqual"]
_REDUCTIONS = ["Sum", "Mean", "Prod", "Max", "Min"]

ELEMENTWISE = (
    [Case(name, [X]) for name in _ANYWHERE]
    + [Case(name, [POSITIVE]) for name in _ABOVE_ZERO]
    + [Case(name, [UNIT]) for name in ("Asin", "Acos", "Atanh")]
    + [Case("Acosh", [ABOVE_ONE])]
    + [Case(name, [X * np.float32(1.1)]) for name in ("Floor", "Ceil", "Round", "Rint")]
    + [Case(name, [ODD], differentiable=(), id="halves") for name in ("Round", "Rint")]
    + [Case("Round", [INTS], id="int"), Case("Neg", [INTS], id="int"), Case("Abs", [INTS], id="int"),
       Case("Sign", [INTS], id="int"), Case("Square", [INTS], id="int")]
    + [Case(name, [COMPLEX], id="complex") for name in ("Neg", "Square", "Sqrt", "Exp", "Log", "Sin", "Tanh", "Sign")]
    + [Case(name, [POSITIVE, Y]) for name in _GRADIENTS]
    + [Case(name, [SPECIAL]) for name in ("IsNan", "IsInf", "IsFinite")]
)

ARITHMETIC = (
    [Case(name, [X, Y]) for name in [*_BROADCAST, "Atan2"]]
    + [Case(name, [X, ROW], id="row") for name in _BROADCAST]
    + [Case(name, [np.float32(1.5), X], id="scalar") for name in _BROADCAST]
    + [Case(name, [X[:, :1], ROW], id="outer") for name in _BROADCAST]
    + [Case(name, [INTS, DIVISORS], id="int") for name in [*_DIVISIONS, "Add", "Sub", "Mul", "Maximum", "Minimum"]]
    + [Case(name, [INTS.astype(np.int64), DIVISORS.astype(np.int64)], id="long") for name in _DIVISIONS]
    + [Case(name, [X, ROW], id="float", differentiable=()) for name in ("FloorDiv", "TruncateDiv", "Mod", "TruncateMod")]
    + [Case("FloorMod", [X, ROW])]
    + [Case("Pow", [POSITIVE, Y]), Case("Pow", [POSITIVE, np.float32(2)], id="scalar"),
       Case("Pow", [X, np.float32(3)], differentiable=(0,), id="negative"),
       Case("Pow", [np.abs(INTS), np.int32(3)], id="int")]
    + [Case("MulNoNan", [X, Y]), Case("MulNoNan", [X, np.float32(0)], differentiable=(0,), id="zero"),
       Case("DivNoNan", [X, Y]), Case("DivNoNan", [X, ROW], id="row"),
       Case("DivNoNan", [X, np.float32(0)], differentiable=(), id="zero")]
    + [Case(name, [COMPLEX, COMPLEX[::-1].copy()], id="complex") for name in ("Add", "Mul", "RealDiv", "SquaredDifference")]
    + [Case("Add", [NAMES, NAMES[::-1].copy()], id="text")]
    + [Case("Polygamma", [np.full([2, 3], 1, np.float32), POSITIVE], differentiable=(1,))]
)

LOGIC = (
    [Case(name, [X, np.where(TRUTH, X, Y)]) for name in _COMPARISONS]
    + [Case(name, [INTS, np.int32(4)], id="scalar") for name in _COMPARISONS]
    + [Case("Equal", [NAMES, NAMES[:1]], id="text"), Case("NotEqual", [TRUTH, TRUTH[:1]], id="bool"),
       Case("Equal", [X, ROW[:2]], {"incompatible_shape_error": False}, id="unfit"),
       Case("NotEqual", [X, ROW[:2]], {"incompatible_shape_error": False}, id="unfit")]
    + [Case("ApproximateEqual", [X, X + np.float32(0.01)], {"tolerance": 0.02})]
    + [Case(name, [TRUTH, TRUTH[::-1].copy()]) for name in ("LogicalAnd", "LogicalOr")]
    + [Case("LogicalNot", [TRUTH])]
)

REDUCTIONS = (
    [Case(name, [X, np.int32(1)]) for name in _REDUCTIONS]
    + [Case(name, [X, np.array([0, 1], np.int32)], id="all") for name in _REDUCTIONS]
    + [Case(name, [CUBE, np.array([0, -1], np.int32)], {"keep_dims": True}, id="kept") for name in _REDUCTIONS]
    + [Case(name, [X, np.zeros([0], np.int32)], id="none") for name in _REDUCTIONS]
    + [Case(name, [INTS, np.int64(0)], id="int") for name in _REDUCTIONS]
    + [Case(name, [np.zeros([0, 2], np.float32), np.int32(0)], differentiable=(), id="empty")
       for name in ("Sum", "Prod", "Max", "Min")]
    + [Case(name, [TRUTH, np.int32(0)]) for name in ("All", "Any")]
    + [Case(name, [TRUTH, np.array([0, 1], np.int32)], {"keep_dims": True}, id="kept") for name in ("All", "Any")]
    + [Case(name, [X, np.int32(-1)]) for name in ("ArgMax", "ArgMin")]
    + [Case(name, [np.array([3, 7, 7, 3], np.int32), np.int32(0)], {"output_type": "int32"}, id="ties")
       for name in ("ArgMax", "ArgMin")]
    + [Case("L2Loss", [X])]
    + [Case(name, [POSITIVE, np.int32(1)], {"exclusive": exclusive, "reverse": reverse},
            id="%d%d" % (exclusive, reverse))
       for name in ("Cumsum", "Cumprod") for exclusive in (False, True) for reverse in (False, True)]
)

_SQUARE = np.array([[0.5, -1.0], [2.0, 0.25]], np.float32)

PRODUCTS = (
    [Case("MatMul", [X, Y.T.copy()])]
    + [Case("MatMul", [_SQUARE, _SQUARE + np.float32(1)], {"transpose_a": a, "transpose_b": b}, id="%d%d" % (a, b))
       for a in (False, True) for b in (False, True)]
    + [Case("MatMul", [INTS, INTS.T.copy()], id="int")]
    + [Case(name, [CUBE, CUBE[::-1].copy()], {"adj_x": a, "adj_y": b}, id="%d%d" % (a, b))
       for name in ("BatchMatMul", "BatchMatMulV2") for a in (False, True) for b in (False, True)]
    + [Case("BatchMatMulV2", [CUBE, _SQUARE], id="broadcast")]
    + [Case("AddN", [[X, Y, X]]), Case("AddN", [[X]], id="one"), Case("AddN", [[INTS] * 9], id="many"),
       Case("AccumulateNV2", [[X, Y]], {"shape": [2, 3]})]
    + [Case("ClipByValue", [X, np.float32(-1), np.float32(1)]), Case("ClipByValue", [X, Y, Y + np.float32(1)], id="each")]
)

TYPES = [
    Case("Cast", [X], {"DstT": "float64"}), Case("Cast", [X], {"DstT": "int32"}, id="int"),
    Case("Cast", [SPECIAL[[0, 4]]], {"DstT": "bool"}, id="bool"), Case("Cast", [TRUTH], {"DstT": "float32"}, id="from_bool"),
    Case("Cast", [INTS], {"DstT": "uint8"}, id="wrap"), Case("Cast", [COMPLEX], {"DstT": "float32"}, id="real"),
    Case("Cast", [X], {"DstT": "complex64"}, differentiable=(), id="complex"),
    Case("Complex", [X, Y], {"Tout": "complex64"}, differentiable=()),
    Case("Real", [COMPLEX], {"Tout": "float32"}), Case("Imag", [COMPLEX], {"Tout": "float32"}),
    Case("Conj", [COMPLEX]), Case("Angle", [COMPLEX], {"Tout": "float32"}),
    Case("ComplexAbs", [COMPLEX], {"Tout": "float32"}),
    Case("DynamicStitch", [[np.array([0, 2], np.int32), np.array([1, 3], np.int32)], [X, Y]]),
    Case("DynamicStitch", [[np.int32(1), np.array([0, 1], np.int32)], [X[0], Y]], differentiable=(), id="overwritten"),
    Case("ListDiff", [np.array([3, 1, 4, 1, 5], np.int32), np.array([1, 4], np.int32)], vague=True),
]

CASES = ELEMENTWISE + ARITHMETIC + LOGIC + REDUCTIONS + PRODUCTS + TYPES
