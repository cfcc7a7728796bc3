"""The ops that only gradients use."""

from value_cases.samples import FLOATS, NUMBERS, POSITIVE, UNIT, array, index, numbers, scalar

OF_INPUT = ("ReluGrad", "Relu6Grad", "SoftplusGrad", "SoftsignGrad", "LeakyReluGrad")
OF_OUTPUT = ("EluGrad", "SeluGrad")
OF_VALUE = ("SigmoidGrad", "TanhGrad", "SqrtGrad", "RsqrtGrad", "ReciprocalGrad", "InvGrad")
SHAPES = [([2, 3], [3]), ([2, 3], [2, 1]), ([2, 3], []), ([2, 3], [2, 3]), ([1, 3], [2, 1]), ([], []), ([4, 1, 2], [3, 1])]


def activations():
    for dtype in FLOATS:
        features = array([-2.0, -0.5, 0.0, 0.5, 3.0, 6.0, 7.0], dtype)
        incoming = array([1.0, 2.0, 3.0, -4.0, 0.5, 5.0, 6.0], dtype)
        for op in OF_INPUT + OF_OUTPUT:
            yield op, [incoming, features], {}
        for op in OF_VALUE:
            for values in (UNIT, POSITIVE):
                yield op, [array(values, dtype), array([1.5] * len(values), dtype)], {}
        yield "LeakyRelu", [features], {}
        yield "LeakyRelu", [features], {"alpha": 0.01}


def broadcasting():
    for left, right in SHAPES:
        for dtype in ("int32", "int64"):
            yield "BroadcastGradientArgs", [array(left, dtype), array(right, dtype)], {}


def offsets():
    yield "ConcatOffset", [scalar(1), [index(2, 3), index(2, 1), index(2, 5)]], {}
    yield "ConcatOffset", [scalar(-2), [index(4, 3), index(1, 3)]], {}
    for dtype in NUMBERS:
        yield "DynamicStitch", [[index(0, 2), index(1)], [array([1, 2], dtype), array([3], dtype)]], {}
        yield "DynamicStitch", [[index(0, 1), index(1, 3)], [numbers(dtype, (2, 2)), numbers(dtype, (2, 2), 9)]], {}
    yield "InvertPermutation", [index(2, 0, 1)], {}
    yield "InvertPermutation", [array([3, 1, 0, 2], "int64")], {}


FAMILIES = {"activation_gradients": activations, "broadcast_gradients": broadcasting, "offsets": offsets}
