"""Compiled programs kept on disk, so that a program that is run again need not be compiled again."""

from __future__ import annotations

import os
from pathlib import Path

import jax

LEAST_SECONDS = 0.1  # of compilation worth a file


def folder() -> str:
    """Return where programs are kept: `$KUDARI_CACHE_DIR`, else `kudari` in the user's cache folder; empty for nowhere."""
    default = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kudari"
    return os.environ.get("KUDARI_CACHE_DIR", str(default))


def set_up() -> None:
    """Let JAX keep what it compiles, unless the user has told it already whether and where."""
    if jax.config.jax_compilation_cache_dir is not None:  # type: ignore[attr-defined]
        return
    if folder():
        jax.config.update("jax_compilation_cache_dir", folder())
        jax.config.update("jax_persistent_cache_min_compile_time_secs", LEAST_SECONDS)
        jax.config.update("jax_persistent_cache_min_entry_size_bytes", -1)
