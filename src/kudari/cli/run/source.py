"""Compiling a script's bytes with the errors Python has for a script."""

import io
import tokenize
from types import CodeType


def compile_source(content: bytes, path: str) -> CodeType:
    """Return the code of the module in `content`.

    Raises:
        SyntaxError: As `python path` raises it, bytes that are not in the encoding the file declares included.
    """
    _check_encoding(content, path)
    return compile(content, path, "exec", dont_inherit=True)


def _check_encoding(content: bytes, path: str) -> None:
    # `compile` has other words than the interpreter for a file in, say, Shift JIS that does not declare it.
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        declared = encoding not in ("utf-8", "utf-8-sig") or b"coding" in b"".join(content.splitlines()[:2])
    except SyntaxError:
        declared = False
    if declared:
        return
    for number, line in enumerate(content.split(b"\n"), 1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            raise SyntaxError(
                f"Non-UTF-8 code starting with '\\x{line[error.start]:02x}' in file {path} on line {number}, "
                "but no encoding declared; see https://peps.python.org/pep-0263/ for details"
            ) from None
