"""Rows of the ops that read examples, tables, bytes and files."""

import numpy as np

from ..case import Case

# Serialized features; messages one after the other are one message with all of them.
X = b'\n\x13\n\x11\n\x01x\x12\x0c\x12\n\n\x08\x00\x00\x80?\x00\x00\x00@'  # [1.0, 2.0]
N = b'\n\x0c\n\n\n\x01n\x12\x05\x1a\x03\n\x01\x03'  # [3]
S = b'\n\x0f\n\r\n\x01s\x12\x08\n\x06\n\x01a\n\x01b'  # ["a", "b"]
STEPS = b'\n\x0c\n\n\n\x01n\x12\x05\x1a\x03\n\x01\x03\x12\x17' \
        b'\n\x15\n\x01t\x12\x10\n\x06\x1a\x04\n\x02\x01\x02\n\x06\x1a\x04\n\x02\x03\x04'


def _texts(*values):
    return np.array([*values, None], object)[:-1]


def _nothing(dtype):
    return np.zeros(0, dtype)


_TYPES = {"sparse_types": ["string"], "dense_shapes": [[], [2]]}
_DEFAULTS = [np.array(7, np.int64), _nothing(np.float32)]

CASES = [
    Case("ReadFile", [np.array("pyproject.toml")]),
    Case("MatchingFiles", [np.array(["pyproject.*", "nothing*"])]),
    Case("WriteFile", [np.array("/dev/null"), np.array("text")]),
    Case("DecodeRaw", [_texts(b"abcd", b"efgh")], {"out_type": "int16"}),
    Case("DecodeRaw", [_texts(b"\x01\x00")], {"out_type": "uint16", "little_endian": False}, id="big_endian"),
    Case("DecodeCompressed", [_texts(b"x\x9c\xcbH\xcd\xc9\xc9\x07\x00\x06,\x02\x15")], {"compression_type": "ZLIB"}),
    Case("DecodeCSV", [_texts(b'1,2.5,"a,""b"'), [np.array([0], np.int32), np.array([0.5], np.float32),
                                                    np.array(["d"])]]),
    Case("SerializeTensor", [np.array([[1.0, 2.0]], np.float32)]),
    Case("ParseTensor", [np.array(
        b'\x08\x01\x12\x08\x12\x02\x08\x01\x12\x02\x08\x02"\x08\x00\x00\x80?\x00\x00\x00@', object)],
        {"out_type": "float32"}),
    Case("ParseExample", [_texts(X + N + S, X), _texts(), [np.array("s")], [np.array("n"), np.array("x")], _DEFAULTS],
         _TYPES),
    Case("ParseSingleExample", [np.array(X + N + S, object), _DEFAULTS],
         {**_TYPES, "num_sparse": 1, "sparse_keys": ["s"], "dense_keys": ["n", "x"]}),
    Case("ParseSingleSequenceExample",
         [np.array(STEPS, object), _texts(), [], [np.array("n")], [np.array("t")], [np.array("t")], [_nothing(np.int64)],
          np.array("")],
         {"context_dense_shapes": [[1]], "feature_list_sparse_types": ["int64"], "feature_list_dense_types": ["int64"],
          "feature_list_dense_shapes": [[2]]}),
]
