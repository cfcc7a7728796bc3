"""The shared library of oneDNN: where it is, its functions, and the thread that calls them."""

from __future__ import annotations

import ctypes as C  # noqa: N812
import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib import metadata
from typing import Any

DISTRIBUTION = "onednn-cpu-gomp"
MAJOR = 3
_CPU, _IN_ORDER = 1, 1


class _Version(C.Structure):
    _fields_ = [("major", C.c_int), ("minor", C.c_int), ("patch", C.c_int)]


class Library:
    """oneDNN with an engine and a stream of its own.

    Every primitive runs in one thread, so that what runs at once does not share handles or ask for more threads than
    there are processors; the results do not depend on which of XLA's threads asks.
    """

    def __init__(self, path: str):
        self._functions = C.CDLL(path)
        self._functions.dnnl_version.restype = C.POINTER(_Version)
        if self._functions.dnnl_version().contents.major != MAJOR:
            raise OSError(f"oneDNN {MAJOR} is needed: {path}")
        self._thread = ThreadPoolExecutor(1, "onednn", self._functions.omp_set_num_threads,
                                          (len(os.sched_getaffinity(0)),))
        self.engine = self.create("dnnl_engine_create", C.c_int(_CPU), C.c_size_t(0))
        self.stream = self.create("dnnl_stream_create", self.engine, C.c_uint(_IN_ORDER))

    def create(self, name: str, *arguments: Any) -> C.c_void_p:
        """Return the handle that the function `name` makes."""
        handle = C.c_void_p()
        self.call(name, C.byref(handle), *arguments)
        return handle

    def call(self, name: str, *arguments: Any) -> None:
        """Call the function `name`, which returns a status."""
        status = getattr(self._functions, name)(*arguments)
        if status:
            raise RuntimeError(f"{name} of oneDNN failed with status {status}")

    def queried(self, primitive: C.c_void_p, what: int) -> C.c_void_p:
        """Return the memory descriptor `what` of a primitive's descriptor, which owns it."""
        function = self._functions.dnnl_primitive_desc_query_md
        function.restype = C.c_void_p
        return C.c_void_p(function(primitive, C.c_int(what), C.c_int(0)))

    def equal(self, one: C.c_void_p, other: C.c_void_p) -> bool:
        """Whether two memory descriptors describe the same layout."""
        return bool(self._functions.dnnl_memory_desc_equal(one, other))

    def run(self, function: Any, *arguments: Any) -> None:
        """Call `function` in the library's thread and wait for it."""
        self._thread.submit(function, *arguments).result()


@cache
def library() -> Library | None:
    """Return the installed library; None where there is none that this process can load."""
    try:
        files = metadata.files(DISTRIBUTION) or []
        path = next(file for file in files if file.name == f"libdnnl.so.{MAJOR}")
        return Library(str(path.locate()))
    except (metadata.PackageNotFoundError, StopIteration, OSError):
        return None
