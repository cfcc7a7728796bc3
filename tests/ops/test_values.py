"""What TensorFlow 1.15's kernels computed, edge values included, recorded by tools/oracle/record_values.py."""

import json
from pathlib import Path

import numpy as np
import pytest

from kudari.dtypes import as_dtype
from kudari.op.definition import lookup
from kudari.runtime.session import Session

from .case import Case
from .table import Node

FOLDER = Path(__file__).parent.parent / "golden" / "values"
RECORDED = [(path.stem, number, entry) for path in sorted(FOLDER.glob("*.json"))
            for number, entry in enumerate(json.loads(path.read_text()))]
TOLERANCE = {"float16": 2e-3, "bfloat16": 1.6e-2, "float32": 1e-5, "float64": 1e-12, "complex64": 1e-5, "complex128": 1e-12}
# TensorFlow rounds every partial sum of halves here, so that the error is that of the greatest element.
HALF_SUMS = ("blocks_rows", "convolution_rows", "pooling_rows", "volumes_rows")

_FAR = tuple(map(str, [np.nan, np.inf, -np.inf, 0.0, -0.0, 1.0, -1.0, 1e30]))
# On some processors XLA's vector code is wrong far out, and its scalar code is not; so these may pass or fail.
XLA_DIFFERS = {
    ("unary", "Log", _FAR): "XLA gives the logarithm of infinity as 88.7",
    ("unary", "Sin", _FAR): "XLA does not reduce an argument of 1e30",
    ("unary", "Cos", _FAR): "XLA does not reduce an argument of 1e30",
}


def _array(entry):
    dtype = as_dtype(entry["dtype"])
    if dtype.name == "string":
        values = np.array([v.encode() for v in entry["values"]] + [None], object)[:-1]
    elif dtype.is_complex:
        values = np.array([complex(*v) if isinstance(v, list) else v for v in entry["values"]])
    else:
        values = np.array(entry["values"])
    return values.astype(dtype.as_numpy_dtype).reshape(entry["shape"])


def _case(entry):
    definition, flat = lookup(entry["op"]), [_array(x) for x in entry["inputs"]]
    rest, inputs = iter(flat), []
    for arg in definition.inputs:
        size = definition.arg_size(arg, {**entry["attrs"]}) if arg.is_list else 1
        inputs.append([next(rest) for _ in range(size)] if arg.is_list else next(rest))
    attrs = {key: value for key, value in entry["attrs"].items() if key not in definition.inferred}
    return Case(entry["op"], inputs, attrs)


def _label(recorded):
    family, number, entry = recorded
    return f"{family}-{number}-{entry['op']}"


def _row(recorded):
    known = XLA_DIFFERS.get((recorded[0], recorded[2]["op"], tuple(map(str, recorded[2]["inputs"][0]["values"]))))
    marks = [pytest.mark.xfail(reason=known, strict=False)] if known else []
    return pytest.param(recorded, id=_label(recorded), marks=marks)


@pytest.mark.parametrize("recorded", list(map(_row, RECORDED)))
def test_value_is_tensorflows(recorded):
    entry = recorded[2]
    node = Node(_case(entry))
    with Session(graph=node.graph) as session:
        found = session.run(list(node.op.outputs), node.feeds)
    for value, want in zip(found, map(_array, entry["outputs"]), strict=True):
        _assert_is(np.asarray(value), want, recorded[0])


def _assert_is(value, want, family):
    assert (value.dtype, value.shape) == (want.dtype, want.shape)
    tolerance = TOLERANCE.get(want.dtype.name)
    if tolerance is None:
        np.testing.assert_array_equal(value, want)
    else:
        least = tolerance / 10
        if want.dtype == np.float16 and family in HALF_SUMS and want.size:
            least = 2 * tolerance * float(abs(want).max())
        wide = np.complex128 if want.dtype.kind == "c" else np.float64
        np.testing.assert_allclose(value.astype(wide), want.astype(wide), rtol=tolerance, atol=least)
