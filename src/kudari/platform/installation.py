"""`tf.sysconfig`: how to compile custom ops, which only TensorFlow can load."""

from __future__ import annotations

from typing import Any, NoReturn

from ..errors import UnimplementedError

CXX11_ABI_FLAG = MONOLITHIC_BUILD = 0


def _refuse(what: str) -> Any:
    def function() -> NoReturn:
        raise UnimplementedError(None, None, f"Kudari has no {what}: it runs on XLA and loads no custom ops. "
                                             "Write the op as tf.py_func, or in terms of others.")

    function.__doc__ = f"""Return TensorFlow's {what}, which Kudari has not.

    Raises:
      UnimplementedError: always.
    """
    return function


get_include = _refuse("C++ headers")
get_lib = _refuse("C++ library")
get_compile_flags = _refuse("C++ headers")
get_link_flags = _refuse("C++ library")
