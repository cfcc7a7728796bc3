"""Functions on the characters of texts. Those whose results are ragged wait for ragged tensors."""

from __future__ import annotations

from typing import Any, NoReturn

from ..dtypes import int32, int64, string
from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops.forms import node
from ..ops.joining import concat
from ..ops.packing import stack
from ..ops.shapes import shape_of


def unicode_decode(input: Any, input_encoding: str, errors: str = "replace", replacement_char: int = 65533,
                   replace_control_characters: bool = False, name: str | None = None) -> Tensor:
    """Return the numbers of the characters of one text.

    Args:
      input: a scalar text; of more, the result would be ragged, which Kudari has no tensors for yet.
      input_encoding: how characters are written in it, as in `"UTF-8"`.
      errors: what becomes of bytes that are no character: `"replace"`, `"ignore"` or `"strict"`.
      replacement_char: what replaces them.
      replace_control_characters: whether it replaces control characters too.
      name: of the scope.

    Returns:
      int32, a vector.

    Raises:
      ValueError: if the rank is unknown.
      NotImplementedError: if it is not 0.
    """
    with scoped(name, "UnicodeDecode", [input]):
        flat = _one_text(input, "tf.strings.unicode_decode")
        return node("UnicodeDecode", flat, input_encoding, errors=errors, replacement_char=replacement_char,
                    replace_control_characters=replace_control_characters)[1]


def unicode_decode_with_offsets(input: Any, input_encoding: str, errors: str = "replace", replacement_char: int = 65533,
                                replace_control_characters: bool = False, name: str | None = None) -> tuple[Tensor, Tensor]:
    """Return the numbers of the characters of one text, and the bytes where they start.

    Args:
      input: as in `tf.strings.unicode_decode`, and so are the others.
      input_encoding: how characters are written in it.
      errors: what becomes of bytes that are no character.
      replacement_char: what replaces them.
      replace_control_characters: whether it replaces control characters too.
      name: of the scope.

    Returns:
      int32 and int64, two vectors.

    Raises:
      ValueError: if the rank is unknown.
      NotImplementedError: if it is not 0.
    """
    with scoped(name, "UnicodeDecodeWithOffsets", [input]):
        flat = _one_text(input, "tf.strings.unicode_decode_with_offsets")
        _, numbers, starts = node("UnicodeDecodeWithOffsets", flat, input_encoding, errors=errors,
                                  replacement_char=replacement_char, replace_control_characters=replace_control_characters)
        return numbers, starts


def _one_text(input: Any, function: str) -> Tensor:
    text = convert_to_tensor(input, name="input")
    if text.shape.ndims is None:
        raise ValueError("Rank of `input` must be statically known.")
    if text.shape.ndims:
        _needs_ragged(f"{function} of a tensor of rank {text.shape.ndims}")
    return node("Reshape", text, [-1])


def _needs_ragged(what: str) -> NoReturn:
    raise NotImplementedError(f"{what} returns a RaggedTensor, which Kudari does not have yet.")


def unicode_encode(input: Any, output_encoding: str, errors: str = "replace", replacement_char: int = 65533,
                   name: str | None = None) -> Tensor:
    """Return the texts whose characters the last dimension of a tensor holds as numbers.

    Args:
      input: int32, of rank 1 or more.
      output_encoding: `"UTF-8"`, `"UTF-16-BE"` or `"UTF-32-BE"`.
      errors: what becomes of numbers that are no character: `"replace"`, `"ignore"` or `"strict"`.
      replacement_char: what replaces them.
      name: of the scope.

    Returns:
      Texts, without the last dimension.

    Raises:
      ValueError: if the rank is unknown or 0.
    """
    with scoped(name, "UnicodeEncode", [input]):
        numbers = convert_to_tensor(input)
        if numbers.shape.ndims is None:
            raise ValueError("Rank of input_tensor must be statically known.")
        if numbers.shape.ndims == 0:
            raise ValueError("input_tensor's rank must be at least 1.")
        sizes = shape_of(numbers)
        count, length = node("Prod", sizes[:-1], [0]), sizes[-1]
        ends = node("Range", 0, count + 1, 1) * length
        found = node("UnicodeEncode", node("Reshape", numbers, [-1]), ends, output_encoding=output_encoding, errors=errors,
                     replacement_char=replacement_char)
        return node("Reshape", found, sizes[:-1])


def bytes_split(input: Any, name: str | None = None) -> Tensor:
    """Return the bytes of one text.

    Args:
      input: a scalar text; of more, the result would be ragged, which Kudari has no tensors for yet.
      name: of the scope.

    Returns:
      Texts of one byte, a vector.

    Raises:
      ValueError: if the rank is unknown.
      NotImplementedError: if it is not 0.
    """
    with scoped(name, "StringsByteSplit", [input]):
        text = convert_to_tensor(input, name="input")
        if text.shape.ndims is None:
            raise ValueError("input must have a statically-known rank.")
        if text.shape.ndims:
            _needs_ragged(f"tf.strings.bytes_split of a tensor of rank {text.shape.ndims}")
        return node("StringSplit", stack([text]), "", skip_empty=False)[1]


def ngrams(data: Any, ngram_width: Any, separator: str = " ", pad_values: Any = None, padding_width: int | None = None,
           preserve_short_sequences: bool = False, name: str | None = None) -> Tensor:
    """Return the texts along the last dimension that follow each other, joined.

    Args:
      data: texts of rank 1 or more.
      ngram_width: how many are joined, or a list of numbers.
      separator: what stands between them.
      pad_values: what stands before the first and after the last: a text or two; nothing if `None`.
      padding_width: how often it does at most; if `None`, as often as the width allows.
      preserve_short_sequences: whether a row that is too short is joined as it is.
      name: of the scope.

    Returns:
      Texts, the last dimension as long as there are.

    Raises:
      TypeError: if `pad_values` are no texts.
      ValueError: if a width is not positive, or the rank is 0 or unknown.
    """
    with scoped(name, "StringNGrams", [data]):
        before, after = _padding(pad_values, padding_width)
        data = convert_to_tensor(data, name="data", dtype=string)
        if data.shape.ndims is None:
            raise ValueError("Rank of data must be known.")
        if data.shape.ndims == 0:
            raise ValueError("Data must have rank>0")
        widths = list(ngram_width) if isinstance(ngram_width, list | tuple) else [ngram_width]
        if any(width < 1 for width in widths):
            raise ValueError(f"All ngram_widths must be greater than 0. Got {ngram_width}")
        most = 0 if pad_values is None else -1 if padding_width is None else padding_width
        sizes = shape_of(data, out_type=int64)
        ends = node("Range", *(convert_to_tensor(value, int64) for value in (0, node("Prod", sizes[:-1], [0]) + 1, 1)))
        found, _ = node("StringNGrams", node("Reshape", data, [-1]), ends * sizes[-1], separator=separator,
                        ngram_widths=widths, left_pad=before, right_pad=after, pad_width=most,
                        preserve_short_sequences=preserve_short_sequences)
        return node("Reshape", found, concat([shape_of(data, out_type=int32)[:-1], [-1]], axis=0))


def _padding(pad_values: Any, padding_width: int | None) -> tuple[Any, Any]:
    pair = pad_values if isinstance(pad_values, list | tuple) else (pad_values, pad_values)
    if pad_values is None:
        pair = ("", "")
    if not all(isinstance(text, str | bytes) for text in pair[:2]):
        raise TypeError("pad_values must be a string, tuple of strings, or None.")
    if padding_width is not None and padding_width < 1:
        raise ValueError("padding_width must be greater than 0.")
    if padding_width is not None and pad_values is None:
        raise ValueError("pad_values must be provided if padding_width is set.")
    return pair[0], pair[1]
