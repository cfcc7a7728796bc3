"""Values to sweep, as a command line spells them."""

import numpy as np

from kudari.cli.failure import USAGE, CommandError


def parsed(text: str, any_sign: bool = False) -> list[float]:
    """Return the values that `0.001,0.01` lists or `1e-4:1e-1:64` spaces, each the same factor above the one before.

    Args:
        text: What the command line says.
        any_sign: Whether values may be zero and negative, as hyperparameters may that are no rates.

    Raises:
        CommandError: The text means none, or a value is not a positive finite number.
    """
    try:
        if ":" in text:
            low, high, count = text.split(":")
            ends = float(low), float(high), int(count)
        else:
            listed = [float(part) for part in text.split(",")]
            return listed if any_sign and np.isfinite(listed).all() else _checked(listed, text)
    except ValueError:
        raise CommandError(f"{text!r} is no list of numbers: write 0.001,0.01,0.1, or 1e-4:1e-1:16 for 16 between these",
                           USAGE) from None
    _checked(list(ends[:2]), text)
    if ends[0] >= ends[1] or ends[2] < 2:
        raise CommandError(f"{text!r} is no range: it must go up, by at least 2 values", USAGE)
    return np.geomspace(*ends).tolist()


def _checked(values: list[float], text: str) -> list[float]:
    wrong = [value for value in values if not np.isfinite(value) or value <= 0]
    if wrong:
        raise CommandError(f"{wrong[0]!r} in {text!r} is no learning rate: rates are positive finite numbers", USAGE)
    return values
