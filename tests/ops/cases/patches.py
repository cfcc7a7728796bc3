"""Rows for patches of images."""

from ..case import Case
from .convolution import values

SPREAD = {"ksizes": [1, 2, 3, 1], "strides": [1, 2, 1, 1], "rates": [1, 1, 2, 1]}

CASES = [
    Case("ExtractImagePatches", [values(2, 4, 6, 2)], {**SPREAD, "padding": "SAME"}),
    Case("ExtractImagePatches", [values(1, 5, 5, 1)], {**SPREAD, "padding": "VALID"}, id="valid"),
]
