"""The `kudari` command."""

from kudari.cli.group import main

__all__ = ["main"]
