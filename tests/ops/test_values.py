"""Every row of the table against what TensorFlow 1.15's kernels answered, recorded by tools/oracle/record_op_values.py."""

from pathlib import Path

import numpy as np
import pytest

from kudari.runtime.session import Session

from .table import Node, all_cases

FOLDER = Path(__file__).parent.parent / "golden" / "values"
RECORDED = {key: value for path in sorted(FOLDER.glob("*.npz")) for key, value in np.load(path).items()}
CASES = [case for case in all_cases() if f"{case.label}/0" in RECORDED]


def test_the_recorded_rows_are_still_in_the_table():
    labels = {case.label for case in all_cases()}
    assert {key.rpartition("/")[0] for key in RECORDED} <= labels


@pytest.mark.parametrize("case", CASES, ids=repr)
def test_value_is_tensorflows(case):
    node = Node(case)
    with Session(graph=node.graph) as session:
        found = session.run(list(node.op.outputs), node.feeds)
    for index, value in enumerate(found):
        want = RECORDED[f"{case.label}/{index}"]
        assert value.dtype == want.dtype
        if want.dtype.kind in "fc":
            np.testing.assert_allclose(value, want, rtol=2e-5, atol=1e-6)
        else:
            np.testing.assert_array_equal(value, want)
