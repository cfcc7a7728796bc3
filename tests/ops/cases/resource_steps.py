"""Rows for the steps of the optimizers by handles: those of the steps by references."""

from ..case import Case
from .adam import CASES as ADAM
from .contrib_steps import CASES as CONTRIB
from .optimizers import CASES as OPTIMIZERS
from .training import CASES as TRAINING

CASES = [Case("Resource" + case.type, case.inputs, case.attrs, id=case.id)
         for case in ADAM + CONTRIB + OPTIMIZERS + TRAINING if "Apply" in case.type]
