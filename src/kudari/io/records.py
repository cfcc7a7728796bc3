"""TFRecord files: records with their length before them and checksums of both, compressed or not."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from typing import Any, ClassVar

from .. import errors
from .checksums import crc32c, masked
from .files import translated

_GZIP_WINDOW = 16  # added to the bits of the window, it asks zlib for gzip's header


class TFRecordCompressionType:
    """How the records of a file are compressed."""

    NONE = 0
    ZLIB = 1
    GZIP = 2


class TFRecordOptions:
    """How a TFRecord file is read and written.

    Args:
      compression_type: `"GZIP"`, `"ZLIB"`, `""` or one of `TFRecordCompressionType`.
      flush_mode: of zlib, when it flushes; what is written is the same records.
      input_buffer_size: bytes read ahead; Python decides.
      output_buffer_size: bytes kept before writing; Python decides.
      window_bits: base two logarithm of zlib's window.
      compression_level: from 0 to 9, -1 for zlib's own choice.
      compression_method: of zlib.
      mem_level: from 1 to 9, how much memory zlib takes.
      compression_strategy: of zlib.

    Raises:
      ValueError: for a compression there is not.
    """

    compression_type_map: ClassVar[dict[int, str]] = {
        TFRecordCompressionType.ZLIB: "ZLIB", TFRecordCompressionType.GZIP: "GZIP", TFRecordCompressionType.NONE: ""}

    def __init__(self, compression_type: Any = None, flush_mode: int | None = None, input_buffer_size: int | None = None,
                 output_buffer_size: int | None = None, window_bits: int | None = None, compression_level: int | None = None,
                 compression_method: int | None = None, mem_level: int | None = None,
                 compression_strategy: int | None = None):
        self.get_compression_type_string(compression_type)
        self.compression_type = compression_type
        self.flush_mode, self.input_buffer_size, self.output_buffer_size = flush_mode, input_buffer_size, output_buffer_size
        self.window_bits, self.compression_level = window_bits, compression_level
        self.compression_method, self.mem_level = compression_method, mem_level
        self.compression_strategy = compression_strategy

    @classmethod
    def get_compression_type_string(cls, options: Any) -> str:
        """Return `"GZIP"`, `"ZLIB"` or `""` for options, a compression type or its name.

        Raises:
          ValueError: for a compression there is not.
        """
        if not options:
            return ""
        if isinstance(options, TFRecordOptions):
            return cls.get_compression_type_string(options.compression_type)
        if options in cls.compression_type_map:
            return cls.compression_type_map[options]
        if options in cls.compression_type_map.values():
            return options
        raise ValueError(f'Not a valid compression_type: "{options}"')


class TFRecordWriter:
    """Writes records to a file, which it begins anew.

    Args:
      path: of the file.
      options: a `TFRecordOptions`, compression type or its name.

    Raises:
      NotFoundError: if the folder is not there.
    """

    def __init__(self, path: Any, options: Any = None):
        kind = TFRecordOptions.get_compression_type_string(options)
        own = options if isinstance(options, TFRecordOptions) else TFRecordOptions(kind)
        self._file = _opened(path, "wb")
        self._packer = _packer(kind, own) if kind else None

    def write(self, record: Any) -> None:
        """Add a record.

        Args:
          record: bytes, or a text, which is written as UTF-8.

        Raises:
          FailedPreconditionError: if the writer is closed.
        """
        data = record.encode() if isinstance(record, str) else bytes(record)
        length = len(data).to_bytes(8, "little")
        self._put(length + _checksum(length) + data + _checksum(data))

    def _put(self, data: bytes) -> None:
        if self._file.closed:
            raise errors.FailedPreconditionError(None, None, "Writer not initialized or previously closed")
        self._file.write(self._packer.compress(data) if self._packer else data)

    def flush(self) -> None:
        """Have the file hold all records written so far."""
        self._put(b"")
        if self._packer:
            self._file.write(self._packer.flush(zlib.Z_SYNC_FLUSH))
        self._file.flush()

    def close(self) -> None:
        """End the file."""
        if not self._file.closed:
            if self._packer:
                self._file.write(self._packer.flush())
            self._file.close()

    def __enter__(self) -> TFRecordWriter:
        return self

    def __exit__(self, *error: Any) -> None:
        self.close()


def tf_record_iterator(path: Any, options: Any = None) -> Iterator[bytes]:
    """Iterate over the records of a file.

    Args:
      path: of the file.
      options: a `TFRecordOptions`, compression type or its name.

    Yields:
      The bytes of each record.

    Raises:
      NotFoundError: if the file is not there.
      DataLossError: if it is damaged.
    """
    return (record for _, record in positioned_records(path, options))


def positioned_records(path: Any, options: Any = None) -> Iterator[tuple[int, bytes]]:
    """Iterate over the records of a file, as `tf_record_iterator`, each after the place where it begins."""
    kind = TFRecordOptions.get_compression_type_string(options)
    file = _opened(path, "rb")
    return _records(io.BufferedReader(_Unpacked(file, kind)) if kind else file)


def _records(file: Any) -> Iterator[tuple[int, bytes]]:
    with file:
        place = 0
        while head := file.read(12):
            _check(head[:8], head[8:], place)
            size = int.from_bytes(head[:8], "little")
            rest = file.read(size + 4)
            _check(rest[:size], rest[size:], place)
            yield place, rest[:size]
            place += 16 + size


def _check(content: bytes, stored: bytes, place: int) -> None:
    if len(stored) < 4:
        raise errors.DataLossError(None, None, f"truncated record at {place}")
    if _checksum(content) != stored:
        raise errors.DataLossError(None, None, f"corrupted record at {place}")


def _checksum(data: bytes) -> bytes:
    return masked(crc32c(data)).to_bytes(4, "little")


def _opened(path: Any, mode: str) -> Any:
    name = path.decode() if isinstance(path, bytes) else str(path)
    return translated(name, lambda: open(name, mode))


def _packer(kind: str, options: TFRecordOptions) -> Any:
    bits = options.window_bits or zlib.MAX_WBITS
    if kind == "GZIP" and bits <= zlib.MAX_WBITS:
        bits += _GZIP_WINDOW
    level = zlib.Z_DEFAULT_COMPRESSION if options.compression_level is None else options.compression_level
    return zlib.compressobj(level, zlib.DEFLATED, bits, options.mem_level or zlib.DEF_MEM_LEVEL,
                            options.compression_strategy or zlib.Z_DEFAULT_STRATEGY)


class _Unpacked(io.RawIOBase):
    """What a compressed file holds."""

    def __init__(self, file: Any, kind: str):
        self._file = gzip.GzipFile(fileobj=file) if kind == "GZIP" else file
        self._inner, self._unpacker = file, None if kind == "GZIP" else zlib.decompressobj()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._file.read(len(buffer)) if self._unpacker is None else self._unpacked(len(buffer))
        except (zlib.error, EOFError, gzip.BadGzipFile) as error:
            raise errors.DataLossError(None, None, f"inflate() failed: {error}") from error
        buffer[:len(data)] = data
        return len(data)

    def _unpacked(self, most: int) -> bytes:
        assert self._unpacker is not None
        while not self._unpacker.eof:
            packed = self._unpacker.unconsumed_tail or self._file.read(1 << 16)
            if data := self._unpacker.decompress(packed, most):
                return data
            if not packed:
                raise EOFError("the file ends early")
        return b""

    def close(self) -> None:
        self._inner.close()
        super().close()
