"""What a dotted TensorFlow name, public or private, stands for in Kudari."""

from typing import Any

from kudari.shim import public, views


def resolve(path: str) -> Any:
    """Return what `tf.<path>` is in Kudari.

    Args:
        path: The name without its `tf.` or `tensorflow.`, such as `'train.Saver'`; empty for the root.

    Raises:
        AttributeError: Kudari does not have it; the message names it as `tf.<path>`.
    """
    here: Any = public.root()
    for prefix in public.prefixes(path):
        here = step(here, prefix)
    return here


def step(here: Any, path: str) -> Any:
    """Return what `tf.<path>` is, given that its last name belongs to `here`.

    Raises:
        AttributeError: It is neither an attribute of `here` nor a known private module.
    """
    try:
        return public.step(here, path)
    except AttributeError:
        module = views.module(path)
        if module is None:
            raise public.absent(path, path.rpartition(".")[2], here) from None
        return module
