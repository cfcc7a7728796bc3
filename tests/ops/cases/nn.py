"""Rows for activations, biases, softmax, cross-entropies and top-k checks."""

import numpy as np

from ..case import Case

X = np.array([[-1.7, -0.4, 0.3], [0.9, 1.6, 2.5]], np.float32)
GRADS = np.array([[0.5, -1.2, 0.8], [1.1, -0.3, 0.7]], np.float32)
WIDE = np.array([[-3.0, 1.5, 5.5], [7.0, 0.25, -0.5]], np.float32)
LABELS = np.array([[0.2, 0.3, 0.5], [1.0, 0.0, 0.0]], np.float32)
HALF = X.astype(np.float16)
BIAS = np.array([0.5, -1.0, 2.0], np.float32)
CUBE = np.arange(12, dtype=np.float32).reshape(2, 3, 2) / 7
IMAGES = np.arange(24, dtype=np.float32).reshape(2, 3, 2, 2) / 9
INTS = np.array([[-3, 0, 4], [7, -1, 2]], np.int32)
SCORES = np.array([[0.1, 0.7, 0.2], [0.5, 0.5, 0.4], [0.3, np.nan, 0.1], [0.1, 0.2, 0.3]], np.float32)
TARGETS = np.array([1, 2, 0, 5], np.int32)

_ACTIVATIONS = ["Relu", "Elu", "Selu", "Softplus", "Softsign", "LeakyRelu"]
_SLOPES = ["ReluGrad", "EluGrad", "SeluGrad", "SoftplusGrad", "SoftsignGrad", "LeakyReluGrad"]

ACTIVATIONS = (
    [Case(name, [X]) for name in _ACTIVATIONS]
    + [Case(name, [HALF], id="half") for name in _ACTIVATIONS]
    + [Case(name, [GRADS, X]) for name in _SLOPES]
    + [
        Case("Relu", [INTS], id="int"),
        Case("Relu", [np.array(-1.5, np.float32)], id="scalar"),
        Case("Relu", [np.zeros((0, 3), np.float32)], id="empty"),
        Case("ReluGrad", [INTS, INTS], id="int"),
        Case("Relu6", [WIDE]),
        Case("Relu6Grad", [GRADS, WIDE]),
        Case("LeakyRelu", [X], {"alpha": 0.5}, id="alpha"),
        Case("LeakyReluGrad", [GRADS, X], {"alpha": 0.5}, id="alpha"),
        Case("Softplus", [np.array([-40.0, -14.5, 0.0, 14.5, 200.0], np.float32)], id="limits"),
    ]
)

BIASES = [
    Case("BiasAdd", [X, BIAS]),
    Case("BiasAdd", [CUBE, BIAS[:2]], id="cube"),
    Case("BiasAdd", [IMAGES, BIAS], {"data_format": "NCHW"}, id="channels-first"),
    Case("BiasAddV1", [X, BIAS]),
    Case("BiasAddGrad", [X]),
    Case("BiasAddGrad", [IMAGES], {"data_format": "NCHW"}, id="channels-first"),
    Case("BiasAddGrad", [INTS], id="int"),
]

CLASSES = [
    Case("Softmax", [X]),
    Case("Softmax", [CUBE], id="cube"),
    Case("Softmax", [np.array([[500.0, 0.0, -500.0]], np.float32)], id="far"),
    Case("Softmax", [HALF], id="half"),
    Case("LogSoftmax", [X]),
    Case("LogSoftmax", [CUBE], id="cube"),
    # The op does not say how its second output depends on the labels, nor does TensorFlow's gradient.
    Case("SoftmaxCrossEntropyWithLogits", [X, LABELS], differentiable=(0,)),
    Case("SoftmaxCrossEntropyWithLogits", [X, LABELS[:1]], id="one-label", differentiable=()),
    # The gradient of the second output is refused when it runs, so a row with both outputs has no slope.
    Case("SparseSoftmaxCrossEntropyWithLogits", [X, np.array([2, 0], np.int32)], differentiable=()),
    Case("SparseSoftmaxCrossEntropyWithLogits", [X, np.array([3, -1])], id="no-class", differentiable=()),
    Case("InTopK", [SCORES, TARGETS], {"k": 2}),
    Case("InTopKV2", [SCORES, TARGETS, np.array(1, np.int32)]),
]

CASES = ACTIVATIONS + BIASES + CLASSES
