"""Every recorded case comes back bit for bit, in small programs and in large ones."""

import pytest
from numeric_cases import cases
from numeric_golden import differing

from kudari.ops.eigen import COMPILER_OPTIONS, COMPILER_OPTIONS_LARGE

OPS = sorted({case.op for case in cases()})


@pytest.mark.parametrize("op", OPS)
@pytest.mark.parametrize("options", [COMPILER_OPTIONS, COMPILER_OPTIONS_LARGE], ids=["small", "large"])
def test_same_bits_as_tensorflow(op, options):
    assert differing(op, options) == []
