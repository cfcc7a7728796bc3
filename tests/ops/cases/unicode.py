"""Rows of texts in other encodings, and of their characters."""

import numpy as np

from ..case import Case

_BYTES = np.array([b"ab\xc3\xa9\xff\x00z", b"", b"\xe4\xb8x", b"\xf0\x9f\x98\x80"], object)
_NUMBERS = np.array([97, 0x4E2D, 0x1F600, 0xD800, 0x110000, -1, 233], np.int32)
_ENDS = np.array([0, 2, 2, 7], np.int64)

CASES = [
    Case("UnicodeTranscode", [_BYTES], {"input_encoding": "UTF-8", "output_encoding": "UTF-8"}),
    Case("UnicodeTranscode", [_BYTES], {"input_encoding": "UTF-8", "output_encoding": "UTF-8", "errors": "ignore",
                                        "replace_control_characters": True}, id="ignore"),
    Case("UnicodeTranscode", [np.array([b"\xe9a"], object)], {"input_encoding": "latin1", "output_encoding": "UTF-8"},
         id="latin"),
    Case("UnicodeTranscode", [np.array(["aé中😀".encode("utf-16-be"), b"\x00a\xd8\x00\x00b", b"\x00"], object)],
         {"input_encoding": "UTF-16-BE", "output_encoding": "UTF-8"}, id="wide"),
    Case("UnicodeDecode", [_BYTES], {"input_encoding": "UTF-8"}, vague=True),
    Case("UnicodeDecodeWithOffsets", [_BYTES], {"input_encoding": "UTF-8", "errors": "ignore"}, vague=True),
    Case("UnicodeEncode", [_NUMBERS, _ENDS], {"output_encoding": "UTF-8"}),
    Case("UnicodeEncode", [_NUMBERS, _ENDS], {"output_encoding": "UTF-8", "errors": "ignore"}, id="ignore"),
]
