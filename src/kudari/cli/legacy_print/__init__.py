"""Printing of arrays as NumPy 1.13 printed them: `[ 0.30000001]`, `[  1.62939458e+22]`, `23.66`."""

from kudari.cli.legacy_print.install import install

__all__ = ["install"]
