"""Unary and binary elementwise ops, comparisons, logic, selection."""

from value_cases.samples import FLOATS, INTEGERS, MIXED, NUMBERS, POSITIVE, SPECIAL, UNIT, array, is_float, scalar

FLOAT_UNARY = ("Sqrt Rsqrt Exp Expm1 Log Log1p Sin Cos Tan Asin Acos Atan Sinh Cosh Asinh Acosh Atanh Tanh Sigmoid "  # noqa: SIM905
               "Softplus Softsign Relu6 Elu Selu Erf Erfc Lgamma Digamma Floor Ceil Rint IsNan IsInf IsFinite").split()
NUMBER_UNARY = "Neg Abs Sign Square Round Reciprocal Inv Relu".split()  # noqa: SIM905
ARITHMETIC = ("Add AddV2 Sub Mul RealDiv Div FloorDiv TruncateDiv FloorMod Mod TruncateMod Pow Maximum Minimum "  # noqa: SIM905
              "SquaredDifference DivNoNan Atan2").split()
COMPARISONS = "Greater GreaterEqual Less LessEqual Equal NotEqual".split()  # noqa: SIM905
LOGICAL = ("LogicalAnd", "LogicalOr")

FLOAT_PAIRS = [
    ([[1.5, -2.0, 0.5], [7.25, -7.25, 3.0]], [[2.0, 0.5, -3.0], [2.5, 2.5, -0.125]]),
    ([[1.0], [-2.5]], [2.0, 0.5, -4.0]),
    ([1.0, -1.0, 0.0, float("nan"), float("inf")], [0.0, 0.0, 0.0, 1.0, float("inf")]),
    (3.0, [1.0, -2.0]),
]
INTEGER_PAIRS = [
    ([7, -7, 7, -7, 6, -6, 0, 1], [2, 2, -2, -2, 3, 3, -5, 100]),
    ([[5], [-5]], [3, -3, 1]),
    (9, [2, -4]),
]
POWERS = [([2, 3, -3, 1, 0, 5], [3, 2, 3, 0, 0, 1]), (2, [0, 1, 10])]


def unary():
    for op in FLOAT_UNARY:
        for dtype in FLOATS:
            for values in (MIXED, SPECIAL, UNIT, POSITIVE):
                yield op, [array(values, dtype)], {}
    for op in NUMBER_UNARY:
        for dtype in NUMBERS:
            for values in (MIXED, SPECIAL) if is_float(dtype) else (nonzero(op),):
                yield op, [array(values, dtype)], {}
    for op in ("Floor", "Ceil", "Round", "Rint"):
        yield op, [array([-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 0.49999997])], {}
    yield "LogicalNot", [array([[True, False]], "bool")], {}


def nonzero(op):
    """Integers; no zero where its reciprocal would be taken."""
    return [-3, -1, 1, 2] if op in ("Reciprocal", "Inv") else INTEGERS


def pairs(op, dtype):
    if is_float(dtype):
        return FLOAT_PAIRS
    return POWERS if op == "Pow" else INTEGER_PAIRS


def binary():
    for op in ARITHMETIC:
        for dtype in NUMBERS:
            for x, y in pairs(op, dtype):
                yield op, [array(x, dtype), array(y, dtype)], {}
    yield "Mul", [array([200, 100], "uint8"), array([2, 3], "uint8")], {}
    yield "Add", [array([b"a", b"b"], "object"), scalar(b"c", "object")], {}
    yield "Add", [array([2 ** 31 - 1, -2 ** 31], "int32"), array([1, -1], "int32")], {}


def comparison():
    for op in COMPARISONS:
        for dtype in NUMBERS:
            for x, y in pairs(op, dtype):
                yield op, [array(x, dtype), array(y, dtype)], {}
    for op in ("Equal", "NotEqual"):
        yield op, [array([True, False], "bool"), array([True, True], "bool")], {}
        yield op, [array([b"a", b"b"], "object"), array([b"a", b"c"], "object")], {}
    for op in LOGICAL:
        yield op, [array([[True], [False]], "bool"), array([True, False], "bool")], {}
        yield op, [array([True, False], "bool"), scalar(True, "bool")], {}


def select():
    for dtype in NUMBERS:
        x, y = array([[1, 2], [3, 4]], dtype), array([[5, 6], [7, 8]], dtype)
        yield "Select", [array([[True, False], [False, True]], "bool"), x, y], {}
        yield "Select", [array([True, False], "bool"), x, y], {}
        yield "Select", [scalar(False, "bool"), x, y], {}
    yield "Where", [array([[True, False], [True, True]], "bool")], {}


FAMILIES = {"unary": unary, "binary": binary, "comparison": comparison, "select": select}
