"""The rows of the op table of the tests, for families whose rows show enough: NAME_rows for tests/ops/cases/NAME.py."""

import importlib
import os
import sys

import layout
import numpy as np

FAMILY_NAMES = ("crossing", "decompositions", "dual_ascent", "fourier", "fractional_pooling", "morphology", "patches",
                "quantization", "segments", "sets", "solving", "sorting", "special")
# Rows that are recorded in more than the precision they stand in.
WIDER_NAMES = ("blocks", "convolution", "pooling", "volumes")
# Vectors that are only determined up to a factor of modulus one.
AMBIGUOUS = {"Svd", "SelfAdjointEigV2"}

sys.path.insert(0, os.path.dirname(os.path.dirname(layout.GOLDEN)))


def rows(name):
    for case in importlib.import_module("tests.ops.cases." + name).CASES:
        if case.type not in AMBIGUOUS:
            inputs = [[typed(v) for v in value] if isinstance(value, list) else typed(value) for value in case.inputs]
            yield case.type, inputs, case.attrs


def typed(value):
    """As the tests read a row: Python's floats and integers in single precision."""
    if isinstance(value, (np.ndarray, np.generic)):
        return np.asarray(value)
    array = np.asarray(value)
    return array.astype({"float64": np.float32, "int64": np.int32}.get(array.dtype.name, array.dtype))


def in_kinds(name):
    """The rows with single precision, and with half, double and 32-bit integers in its place where a kernel takes them."""
    for op_type, inputs, attrs in rows(name):
        if all(value.dtype.name != "float16" for value in inputs):
            for dtype in ("float32", "float16", "float64", "int32"):
                yield op_type, [value.astype(dtype) if value.dtype.kind == "f" else value for value in inputs], attrs


FAMILIES = {name + "_rows": (lambda name=name: rows(name)) for name in FAMILY_NAMES}
FAMILIES.update({name + "_rows": (lambda name=name: in_kinds(name)) for name in WIDER_NAMES})
