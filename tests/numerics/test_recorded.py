"""Every recorded case comes back as TensorFlow 1.3.0 computed it: to the bit, but for a few float64 functions."""

import pytest
from numeric_cases import cases
from numeric_golden import GOLDEN, differing, of, recorded

from kudari.ops.eigen import COMPILER_OPTIONS, COMPILER_OPTIONS_LARGE, EXACT

OPS = sorted({case.op for case in cases()})


@pytest.mark.parametrize("op", OPS)
def test_same_bits_in_small_programs(op):
    assert differing(of(op), COMPILER_OPTIONS) == []


@pytest.mark.parametrize("op", OPS)
def test_same_bits_in_large_programs(op):
    selected = of(op)
    assert differing(selected[:: 1 + len(selected) // 2], COMPILER_OPTIONS_LARGE) == []


@pytest.mark.parametrize("op", OPS)
def test_record_is_of_these_cases(op):
    assert {label for label, _ in recorded(op)} == {case.label for case in of(op)}


def test_every_record_is_read():
    assert sorted(path.stem for path in GOLDEN.glob("*.npz")) == OPS


def test_every_exact_lowering_is_recorded():
    steps = {name for name in EXACT if "Apply" in name}  # held by golden/trajectories
    assert set(EXACT) - set(OPS) - steps == {"InvGrad"}  # the older name of ReciprocalGrad
