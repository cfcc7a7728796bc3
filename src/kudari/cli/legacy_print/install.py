"""Switching NumPy to its 1.13 print mode, and to the parts of it that today's NumPy only comes close to."""

import sys
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy._core import arrayprint

from kudari.cli.legacy_print.layout import lay_out
from kudari.cli.legacy_print.numbers import complex_column, real_column

_LEGACY_CODE = 113  # what NumPy makes of "1.13"


def install() -> None:
    """Print arrays and NumPy scalars as NumPy 1.13 did, in every thread, for the rest of the process.

    NumPy's own `legacy='1.13'` mode does scalars, headers and integers as 1.13 did, but shortens float32 and float16
    elements to the digits they need and wraps some lines elsewhere; those parts are replaced. `np.set_printoptions`
    goes on working; a program that asks it for `legacy=False` gets today's printing back. Only float16 scalars outside
    an array keep NumPy's own legacy digits (0.30004883, where 1.13 had 0.30005): they are written in C.

    Raises:
        RuntimeError: This NumPy's printer is not built as expected, so the old digits cannot be promised.
    """
    np.set_printoptions(legacy="1.13")
    _reach_new_threads()
    _replace("FloatingFormat", real_column)
    _replace("ComplexFloatingFormat", complex_column)
    _replace("_formatArray", lay_out)


def _reach_new_threads() -> None:
    # Since NumPy 2.2 print options are a context variable, which a new thread starts without; 1.13's were global.
    options = sys.modules.get("numpy._core.printoptions")
    if options is not None:
        options.default_format_options_dict["legacy"] = _LEGACY_CODE


def _replace(name: str, legacy: Callable[..., Any]) -> None:
    modern = getattr(arrayprint, name, None)
    if modern is None:
        raise RuntimeError(
            f"--legacy-print needs numpy's arrayprint.{name}, which NumPy {np.__version__} does not have; "
            "run without --legacy-print, or with NumPy 2.4"
        )
    setattr(arrayprint, name, _choose(getattr(modern, "modern", modern), legacy))


def _choose(modern: Callable[..., Any], legacy: Callable[..., Any]) -> Callable[..., Any]:
    def chosen(*args: Any, **kwargs: Any) -> Any:
        mode = kwargs["legacy"] if "legacy" in kwargs else args[-1]
        return (legacy if mode == _LEGACY_CODE else modern)(*args, **kwargs)

    chosen.modern = modern  # type: ignore[attr-defined]  # so that installing twice does not wrap twice
    return chosen
