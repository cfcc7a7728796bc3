"""XLA's foreign function interface by ctypes alone: Python functions as custom calls that get addresses, without a copy.

The structures are those of version 0.3 of `xla/ffi/api/c_api.h`, to which XLA keeps later versions compatible.
"""

from __future__ import annotations

import ctypes as C  # noqa: N812
from collections.abc import Callable
from typing import Any

import jax

VERSION = (0, 3)
_IS_METADATA, _EXECUTE = 1, 3
_INTERNAL = 13


class _Extension(C.Structure):
    pass


_Extension._fields_ = [("size", C.c_size_t), ("type", C.c_int), ("next", C.POINTER(_Extension))]


class _Version(C.Structure):
    _fields_ = [("size", C.c_size_t), ("extension", C.c_void_p), ("major", C.c_int), ("minor", C.c_int)]


class _Metadata(C.Structure):
    _fields_ = [("size", C.c_size_t), ("version", _Version), ("traits", C.c_uint32), ("state_type", C.c_int64)]


class _MetadataExtension(C.Structure):
    _fields_ = [("base", _Extension), ("metadata", C.POINTER(_Metadata))]


class _Buffer(C.Structure):
    _fields_ = [("size", C.c_size_t), ("extension", C.c_void_p), ("dtype", C.c_int), ("data", C.c_void_p),
                ("rank", C.c_int64), ("dims", C.POINTER(C.c_int64))]


class _Buffers(C.Structure):
    _fields_ = [("size", C.c_size_t), ("extension", C.c_void_p), ("count", C.c_int64), ("types", C.c_void_p),
                ("values", C.POINTER(C.POINTER(_Buffer)))]


class _Text(C.Structure):
    _fields_ = [("data", C.c_void_p), ("length", C.c_size_t)]


class _Attributes(C.Structure):
    _fields_ = [("size", C.c_size_t), ("extension", C.c_void_p), ("count", C.c_int64), ("types", C.c_void_p),
                ("names", C.c_void_p), ("values", C.POINTER(C.POINTER(_Text)))]


class _Failure(C.Structure):
    _fields_ = [("size", C.c_size_t), ("extension", C.c_void_p), ("message", C.c_char_p), ("code", C.c_int)]


class _Api(C.Structure):
    _fields_ = [("size", C.c_size_t), ("extension", C.c_void_p), ("version", _Version), ("internal", C.c_void_p),
                ("create_error", C.CFUNCTYPE(C.c_void_p, C.POINTER(_Failure)))]


class _CallFrame(C.Structure):
    _fields_ = [("size", C.c_size_t), ("extension", C.POINTER(_Extension)), ("api", C.POINTER(_Api)),
                ("context", C.c_void_p), ("stage", C.c_int), ("arguments", _Buffers), ("results", _Buffers),
                ("attributes", _Attributes)]


_HANDLER = C.CFUNCTYPE(C.c_void_p, C.POINTER(_CallFrame))
_kept: list[Any] = []  # XLA holds the addresses of the handlers for as long as the process lives


def register(name: str, call: Callable[[str, list[int]], None]) -> None:
    """Let XLA's CPU programs call `call` as the custom call `name`.

    Args:
      name: the target of `jax.ffi.ffi_call`, which gives one attribute, a text.
      call: takes that text and the addresses of the arguments and then of the results. What it raises, the program raises.
    """
    @_HANDLER
    def handler(pointer: Any) -> Any:
        frame = pointer.contents
        if frame.extension and frame.extension.contents.type == _IS_METADATA:
            metadata = C.cast(frame.extension, C.POINTER(_MetadataExtension)).contents.metadata.contents
            metadata.version.major, metadata.version.minor = VERSION
        elif frame.stage == _EXECUTE:
            try:
                text = frame.attributes.values[0].contents
                call(C.string_at(text.data, text.length).decode(), [
                    group.values[i].contents.data for group in (frame.arguments, frame.results) for i in range(group.count)])
            except BaseException as error:  # an exception cannot cross XLA, and its result must not pass for one
                failure = _Failure(C.sizeof(_Failure), None, f"{name}: {error}".encode(), _INTERNAL)
                return frame.api.contents.create_error(C.byref(failure))
        return None

    jax.ffi.register_ffi_target(name, jax.ffi.pycapsule(C.cast(handler, C.c_void_p).value), platform="cpu")
    _kept.append(handler)
