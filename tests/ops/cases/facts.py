"""The row of TensorFlow's example op."""

from ..case import Case

CASES = [Case("Fact", [])]
