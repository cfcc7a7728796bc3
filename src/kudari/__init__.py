"""Kudari: TensorFlow 1's graphs, sessions and `tf.train`, on JAX and XLA.

`import kudari as tf` gives the names of TensorFlow 1.15; `kudari.install()` makes `import tensorflow` do so.
"""

from __future__ import annotations

import sys as _sys
from typing import TYPE_CHECKING as _TYPE_CHECKING

from . import _api
from .shim import install as install
from .version import __version__ as _kudari_version

__version__ = VERSION = "1.15.5"  # the TensorFlow whose behaviour this is; Kudari's own version is kudari.version
COMPILER_VERSION = GIT_VERSION = f"kudari {_kudari_version}"

_api.publish(_sys.modules[__name__])
newaxis = None

if _TYPE_CHECKING:
    from typing import Any as _Any

    def __getattr__(name: str) -> _Any:
        """The public names, which are published as they are used."""

