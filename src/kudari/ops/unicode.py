"""Texts in the encodings of Unicode, and their characters as numbers."""

from __future__ import annotations

import codecs
import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np

from ..dtypes import TINDEX, int64
from ..errors import InvalidArgumentError
from ..graph.operation import Operation
from ..op.definition import not_differentiable, op
from ..op.rules import with_rank
from ..op.signature import Attr, required
from ..shape import Shape
from .strings import each, texts

_ERRORS = ("strict", "replace", "ignore")
_OUT = required("string", ("UTF-8", "UTF-16-BE", "UTF-32-BE"))
_FROM = required("string")
_WAYS: dict[str, Any] = {"errors": Attr("string", "replace", _ERRORS),
                         "replacement_char": 65533, "replace_control_characters": False}
_WITH_STATE = {"utf-16", "utf-32", "utf-7", "utf-8-sig"}
_INVALID = "Invalid formatting on input string"


def _characters(text: bytes, encoding: str, errors: str, replacement_char: int,
                replace_control_characters: bool) -> Iterator[tuple[int, int]]:
    """The number of each character of a text and the byte where it starts; what is no character as `errors` says."""
    try:
        codec = codecs.lookup(encoding)
    except LookupError:
        raise InvalidArgumentError(None, None, f"Could not create converter for input encoding: {encoding}") from None
    if codec.name in _WITH_STATE:
        raise InvalidArgumentError(None, None, f"The input encoding {encoding} says at the start of a text how to read the "
                                   "rest, which Kudari does not follow; name the order of the bytes, as in UTF-16-BE.")
    start = 0
    while start < len(text):
        length, found = _first(text[start:], codec)
        if found is None:
            if errors == "strict":
                raise InvalidArgumentError(None, None, _INVALID)
            if errors == "replace":
                yield replacement_char, start
        elif replace_control_characters and found <= 0x1F and found not in (9, 10, 13):
            if errors != "ignore":
                yield replacement_char, start
        else:
            yield found, start
        start += length


def _first(text: bytes, codec: codecs.CodecInfo) -> tuple[int, int | None]:
    """How many bytes the first character takes, and its number, `None` if they are none."""
    for length in (1, 2, 3, 4):
        try:
            found, _ = codec.decode(text[:length], "strict")
        except UnicodeDecodeError:
            continue
        if len(found) == 1:
            return length, ord(found)
    try:
        codec.decode(text, "strict")
    except UnicodeDecodeError as error:
        return error.end - error.start, None
    raise AssertionError(f"{codec.name} decodes no character of at most four bytes in {text!r}")


def _encoded(number: int, encoding: str) -> bytes:
    codec = {"UTF-8": "utf-8", "UTF-16-BE": "utf-16-be", "UTF-32-BE": "utf-32-be"}[encoding]
    if 0xD800 <= number < 0xE000 and encoding == "UTF-8":
        number = 0xFFFD
    return chr(number).encode(codec, "surrogatepass")


def _like_input(op: Operation) -> list[Shape]:
    return [op.inputs[0].static_shape]


@op("UnicodeTranscode", "input: string -> output: string", _like_input, host=True, input_encoding=_FROM,
    output_encoding=_OUT, **_WAYS)
def unicode_transcode(input, *, input_encoding, output_encoding, errors, replacement_char, replace_control_characters):
    """Each text in another encoding."""
    def one(text: bytes) -> bytes:
        found = _characters(text, input_encoding, errors, replacement_char, replace_control_characters)
        return b"".join(_encoded(number, output_encoding) for number, _ in found)

    return each(one, input)


def _split(op: Operation) -> list[Shape]:
    (count,) = with_rank(op, op.inputs[0], 1)
    return [(None if count is None else count + 1,), *[(None,)] * (len(op.outputs) - 1)]


def _decoded(input: Any, splits: Any, ways: tuple[str, str, int, bool]) -> tuple[np.ndarray, ...]:
    rows = [list(_characters(text, *ways)) for text in input]
    flat = np.array([pair for row in rows for pair in row], np.int64).reshape(-1, 2)
    ends = np.cumsum([0, *map(len, rows)]).astype(splits.as_numpy_dtype)
    return ends, flat[:, 0].astype(np.int32), flat[:, 1]


@op("UnicodeDecode", "input: string -> row_splits: Tsplits, char_values: int32", _split, host=True, input_encoding=_FROM,
    **_WAYS, Tsplits=TINDEX.with_default(int64))
def unicode_decode(input, *, input_encoding, errors, replacement_char, replace_control_characters, Tsplits):
    """The numbers of the characters of all texts, and where those of each begin and end."""
    return _decoded(input, Tsplits, (input_encoding, errors, replacement_char, replace_control_characters))[:2]


@op("UnicodeDecodeWithOffsets", "input: string -> row_splits: Tsplits, char_values: int32, char_to_byte_starts: int64",
    _split, host=True, input_encoding=_FROM, **_WAYS, Tsplits=TINDEX.with_default(int64))
def unicode_decode_with_offsets(input, *, input_encoding, errors, replacement_char, replace_control_characters, Tsplits):
    """The numbers of the characters of all texts, where those of each begin and end, and the bytes where they start."""
    return _decoded(input, Tsplits, (input_encoding, errors, replacement_char, replace_control_characters))


def _joined(op: Operation) -> list[Shape]:
    (count,) = with_rank(op, op.inputs[1], 1)
    return [(None if count is None else count - 1,)]


@op("UnicodeEncode", "input_values: int32, input_splits: Tsplits -> output: string", _joined, host=True,
    errors=Attr("string", "replace", ("ignore", "replace", "strict")), output_encoding=_OUT, replacement_char=65533,
    Tsplits=TINDEX.with_default(int64))
def unicode_encode(input_values, input_splits, *, errors, output_encoding, replacement_char):
    """A text of the characters of each row, given by their numbers."""
    def one(number: int) -> bytes:
        if 0 <= number <= 0x10FFFF:
            return _encoded(number, output_encoding)
        if errors == "strict":
            raise InvalidArgumentError(None, None, "Code point value out of valid Unicode range.")
        return b"" if errors == "ignore" else _encoded(replacement_char, output_encoding)

    ends = input_splits.tolist()
    return texts([b"".join(map(one, input_values[a:b].tolist())) for a, b in itertools.pairwise(ends)])


@op("StringNGrams", "data: string, data_splits: Tsplits -> ngrams: string, ngrams_splits: Tsplits",
    lambda op: [(None,), with_rank(op, op.inputs[1], 1)], host=True, separator=required("string"),
    ngram_widths=required("list(int)"), left_pad=required("string"), right_pad=required("string"),
    pad_width=required("int"), preserve_short_sequences=required("bool"), Tsplits=TINDEX.with_default(int64))
def string_n_grams(data, data_splits, *, separator, ngram_widths, left_pad, right_pad, pad_width,
                   preserve_short_sequences):
    """The texts of each row that follow each other, joined, for every width."""
    between, before, after = (text.encode() if isinstance(text, str) else text for text in (separator, left_pad, right_pad))
    rows = []
    ends = data_splits.tolist()
    for start, end in itertools.pairwise(ends):
        words, row = list(data[start:end]), []
        for width in ngram_widths:
            count = width - 1 if pad_width < 0 else min(pad_width, width - 1)
            padded = [before] * count + words + [after] * count
            row += [between.join(padded[i:i + width]) for i in range(len(padded) - width + 1)]
        if preserve_short_sequences and not row and words:
            row.append(between.join(words))
        rows.append(row)
    return (texts([gram for row in rows for gram in row]),
            np.cumsum([0, *map(len, rows)]).astype(data_splits.dtype))


not_differentiable(unicode_transcode, unicode_decode, unicode_decode_with_offsets, unicode_encode, string_n_grams)
