"""Characters of texts, and texts that follow each other; the values are TensorFlow 1.15's."""

import numpy as np
import pytest

import kudari as tf

CODES = [[97, 0x4E2D], [0x110000, 233]]
WORDS = [["a", "b", "c"], ["d", "e", "f"]]


def value(tensor):
    with tf.Session() as session:
        return session.run(tensor)


def test_numbers_become_texts_of_every_rank():
    assert value(tf.strings.unicode_encode(CODES, "UTF-8")).tolist() == [b"a\xe4\xb8\xad", b"\xef\xbf\xbd\xc3\xa9"]
    assert value(tf.strings.unicode_encode(CODES[0], "UTF-8")) == b"a\xe4\xb8\xad"
    wide = tf.strings.unicode_encode([CODES, CODES], "UTF-16-BE", errors="ignore")
    assert value(wide).tolist() == [[b"\x00aN-", b"\x00\xe9"]] * 2


def test_ngrams_keep_the_dimensions_before_the_last():
    assert value(tf.strings.ngrams(WORDS, 2)).tolist() == [[b"a b", b"b c"], [b"d e", b"e f"]]
    padded = tf.strings.ngrams(WORDS, [2, 3], separator="|", pad_values=("L", "R"))
    assert b" ".join(value(padded)[1]) == b"L|d d|e e|f f|R L|L|d L|d|e d|e|f e|f|R f|R|R"
    assert value(tf.strings.ngrams(WORDS[0], 2, pad_values="P", padding_width=1)).tolist() == [
        b"P a", b"a b", b"b c", b"c P"]
    assert value(tf.strings.ngrams(WORDS[0], 5, preserve_short_sequences=True)).tolist() == [b"a b c"]
    assert value(tf.strings.ngrams(np.array([WORDS, WORDS]), 3)).shape == (2, 2, 1)


def test_a_text_falls_into_bytes():
    assert value(tf.strings.bytes_split(tf.constant(b"a\xc3\xa9"))).tolist() == [b"a", b"\xc3", b"\xa9"]


@pytest.mark.parametrize("function", [tf.strings.bytes_split, lambda x: tf.strings.unicode_decode(x, "UTF-8")])
def test_what_is_ragged_is_refused_by_name(function):
    with pytest.raises(NotImplementedError, match="RaggedTensor"):
        function(tf.constant(["a", "bc"]))


def test_bytes_that_are_no_text_are_refused_if_asked():
    with pytest.raises(tf.errors.InvalidArgumentError, match="Invalid formatting on input string"):
        value(tf.strings.unicode_transcode([b"\xff"], "UTF-8", "UTF-8", errors="strict"))
    with pytest.raises(tf.errors.InvalidArgumentError, match="Could not create converter for input encoding: nope"):
        value(tf.strings.unicode_transcode([b"a"], "nope", "UTF-8"))
