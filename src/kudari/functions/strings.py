"""`tf.strings.*`: functions on texts."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..dtypes import float32, int32, string
from ..graph.tensor import Tensor
from ..op.constant import constant
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..op.sparse_tensor import SparseTensor
from ..ops.forms import minus, node
from ..ops.shapes import rank_of
from .arguments import renamed
from .filling import range as range_of


def string_join(inputs: Any, separator: str = "", name: str | None = None) -> Tensor:
    """Return the texts at each place joined.

    Args:
      inputs: a list of tensors of one shape, or scalars.
      separator: put between them.
      name: of the node.
    """
    return node("StringJoin", inputs, separator=separator, name=name)


def string_lower(input: Any, encoding: str = "", name: str | None = None) -> Tensor:
    """Return texts in lower case: the ASCII letters, or all of them if `encoding` is `"utf-8"`."""
    return node("StringLower", input, encoding=encoding, name=name)


def string_upper(input: Any, encoding: str = "", name: str | None = None) -> Tensor:
    """Return texts in upper case: the ASCII letters, or all of them if `encoding` is `"utf-8"`."""
    return node("StringUpper", input, encoding=encoding, name=name)


def string_strip(input: Any, name: str | None = None) -> Tensor:
    """Return texts without the white space at both ends."""
    return node("StringStrip", input, name=name)


def string_length(input: Any, name: str | None = None, unit: str = "BYTE") -> Tensor:
    """Return how many bytes texts have, or characters if `unit` is `"UTF8_CHAR"`."""
    return node("StringLength", input, unit=unit, name=name)


def substr(input: Any, pos: Any, len: Any, name: str | None = None, unit: str = "BYTE") -> Tensor:
    """Return parts of texts.

    Args:
      input: a tensor of texts.
      pos: where the parts begin, from the end if negative; of a shape that broadcasts with `input`.
      len: how long they are, at most.
      name: of the node.
      unit: what `pos` and `len` count: `"BYTE"` or `"UTF8_CHAR"`.
    """
    return node("Substr", input, pos, len, unit=unit, name=name)


def string_to_number(string_tensor: Any = None, out_type: Any = float32, name: str | None = None,
                     input: Any = None) -> Tensor:
    """Return the numbers that texts spell.

    Args:
      string_tensor: a tensor of texts.
      out_type: float32, float64, int32 or int64.
      name: of the node.
      input: another name of `string_tensor`.
    """
    return node("StringToNumber", renamed("input", input, "string_tensor", string_tensor), out_type=out_type, name=name)


def as_string(input: Any, precision: int = -1, scientific: bool = False, shortest: bool = False, width: int = -1,
              fill: str = "", name: str | None = None) -> Tensor:
    """Return numbers as texts.

    Args:
      input: a tensor of numbers or booleans.
      precision: how many digits after the point; 6 if -1.
      scientific: whether to write an exponent.
      shortest: whether to write whichever form is shorter.
      width: to fill up to.
      fill: `"0"`, `" "`, `"-"` to fill on the right, or `"+"`.
      name: of the node.
    """
    return node("AsString", input, precision=precision, scientific=scientific, shortest=shortest, width=width, fill=fill,
                name=name)


def string_split(source: Any, sep: Any = None, skip_empty: bool = True, delimiter: Any = None,
                 result_type: str = "SparseTensor", name: str | None = None) -> SparseTensor:
    """Return the parts of texts between separators.

    Args:
      source: a vector of texts.
      sep: the characters that separate; a space if `None`, every byte for itself if empty.
      skip_empty: whether to leave out empty parts.
      delimiter: deprecated name of `sep`.
      result_type: `"SparseTensor"`; Kudari has no ragged tensors.
      name: of the scope.

    Returns:
      A `SparseTensor` with a row for each text.

    Raises:
      ValueError: for a ragged result.
    """
    sep = renamed("sep", sep, "delimiter", delimiter)
    _must_be_sparse(result_type)
    with scoped(name, "StringSplit", [source]):
        sep = convert_to_tensor(" " if sep is None else sep, dtype=string)
        source = convert_to_tensor(source, dtype=string)
        return _as_rows(node("StringSplit", source, sep, skip_empty=skip_empty))


def _must_be_sparse(result_type: str) -> None:
    if result_type != "SparseTensor":
        raise ValueError(f"result_type={result_type!r} is not supported: Kudari has no ragged tensors; use 'SparseTensor'.")


def _as_rows(outputs: Any) -> SparseTensor:
    indices, values, shape = outputs
    indices.set_shape([None, 2])
    values.set_shape([None])
    shape.set_shape([2])
    return SparseTensor(indices, values, shape)


def split(input: Any = None, sep: Any = None, maxsplit: int = -1, result_type: str = "SparseTensor", source: Any = None,
          name: str | None = None) -> SparseTensor:
    """Return the parts of texts between separators, as Python's `str.split` cuts them.

    Args:
      input: a vector of texts.
      sep: the text that separates; white space if `None` or empty.
      maxsplit: how often to cut at most; always if -1.
      result_type: `"SparseTensor"`; Kudari has no ragged tensors.
      source: another name of `input`.
      name: of the scope.

    Returns:
      A `SparseTensor` with a row for each text.

    Raises:
      ValueError: for a ragged result.
    """
    input = renamed("input", input, "source", source)
    _must_be_sparse(result_type)
    with scoped(name, "StringSplit", [input]):
        input = convert_to_tensor(input, dtype=string, name="input")
        sep = convert_to_tensor("" if sep is None else sep, dtype=string)
        return _as_rows(node("StringSplitV2", input, sep, maxsplit=maxsplit))


def reduce_join(inputs: Any, axis: Any = None, keep_dims: bool | None = None, separator: str = "",
                name: str | None = None, reduction_indices: Any = None, keepdims: bool | None = None) -> Tensor:
    """Return texts joined along some dimensions.

    Args:
      inputs: a tensor of texts.
      axis: the dimensions, the last of them varying slowest; all in reverse if `None`.
      keep_dims: deprecated name of `keepdims`.
      separator: put between the texts.
      name: of the node.
      reduction_indices: deprecated name of `axis`.
      keepdims: whether the dimensions stay, with size 1.
    """
    keepdims = renamed("keepdims", keepdims, "keep_dims", keep_dims)
    axis = renamed("axis", axis, "reduction_indices", reduction_indices)
    with scoped(None, "ReduceJoin", [inputs, axis]):
        inputs = convert_to_tensor(inputs)
        if axis is None:
            axis = _backwards(inputs)
        return node("ReduceJoin", inputs, axis, keep_dims=bool(keepdims), separator=separator, name=name)


def _backwards(inputs: Tensor) -> Tensor:
    if inputs.static_shape is not None:
        return constant(np.arange(len(inputs.static_shape) - 1, -1, -1), int32)
    return range_of(minus(rank_of(inputs), 1), -1, -1)


def unsorted_segment_join(inputs: Any, segment_ids: Any, num_segments: Any, separator: str = "",
                          name: str | None = None) -> Tensor:
    """Return texts joined by the segment they belong to; see `tf.unsorted_segment_sum`."""
    return node("UnsortedSegmentJoin", inputs, segment_ids, num_segments, separator=separator, name=name)


def regex_replace(input: Any, pattern: Any, rewrite: Any, replace_global: bool = True, name: str | None = None) -> Tensor:
    r"""Return texts with what matches a pattern rewritten.

    Args:
      input: a tensor of texts.
      pattern: a regular expression.
      rewrite: what to put there; `\1` to `\9` stand for groups, `\0` for all.
      replace_global: whether to rewrite every match, or the first only.
      name: of the node.
    """
    if isinstance(pattern, str | bytes) and isinstance(rewrite, str | bytes):
        return node("StaticRegexReplace", input, pattern=pattern, rewrite=rewrite, replace_global=replace_global, name=name)
    return node("RegexReplace", input, pattern, rewrite, replace_global=replace_global, name=name)


def regex_full_match(input: Any, pattern: Any, name: str | None = None) -> Tensor:
    """Return whether texts match the regular expression `pattern` from end to end."""
    if isinstance(pattern, str | bytes):
        return node("StaticRegexFullMatch", input, pattern=pattern, name=name)
    return node("RegexFullMatch", input, pattern, name=name)


def encode_base64(input: Any, pad: bool = False, name: str | None = None) -> Tensor:
    """Return texts in the URL-safe base64 code, with `=` at the end if `pad`."""
    return node("EncodeBase64", input, pad=pad, name=name)


def decode_base64(input: Any, name: str | None = None) -> Tensor:
    """Return texts from the URL-safe base64 code."""
    return node("DecodeBase64", input, name=name)


def _bucket(type_name: str, text: Any, num_buckets: Any, name: str | None, **attrs: Any) -> Tensor:
    if num_buckets < 1:
        raise ValueError(f"Attr 'num_buckets' of '{type_name}' Op passed {num_buckets} less than minimum 1.")
    return node(type_name, text, num_buckets=num_buckets, name=name, **attrs)


def string_to_hash_bucket(string_tensor: Any = None, num_buckets: Any = None, name: str | None = None,
                          input: Any = None) -> Tensor:
    """Return for each text one of `num_buckets` numbers; `input` is another name of `string_tensor`."""
    text = renamed("input", input, "string_tensor", string_tensor)
    return _bucket("StringToHashBucket", text, num_buckets, name)


def string_to_hash_bucket_fast(input: Any, num_buckets: int, name: str | None = None) -> Tensor:
    """Return for each text one of `num_buckets` numbers, the same in every release."""
    return _bucket("StringToHashBucketFast", input, num_buckets, name)


def string_to_hash_bucket_strong(input: Any, num_buckets: int, key: Any, name: str | None = None) -> Tensor:
    """Return for each text one of `num_buckets` numbers, by a hash with a key of two integers."""
    return _bucket("StringToHashBucketStrong", input, num_buckets, name, key=list(key))
