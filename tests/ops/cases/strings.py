"""Rows of the ops on texts."""

import numpy as np

from ..case import Case


def _texts(*values):
    return np.array([*values, None], object)[:-1]


GRID = np.array([["a", "b"], ["c", "d"]])

CASES = [
    Case("StringJoin", [[_texts(b"a", b"b"), np.array("c")]], {"separator": "-"}),
    Case("StringLower", [_texts("É A".encode())], {"encoding": "utf-8"}),
    Case("StringUpper", [_texts("é a".encode())]),
    Case("StringStrip", [_texts(b" a b \n")]),
    Case("StringLength", [_texts("é".encode(), b"")], {"unit": "UTF8_CHAR"}),
    Case("StringToNumber", [_texts(b"1.5", b" 2")]),
    Case("AsString", [np.array([1.5, 2.0], np.float32)], {"precision": 2}),
    Case("StringSplit", [_texts(b"a b  c", b""), np.array(" ")]),
    Case("StringSplitV2", [_texts(b"a,b,,c"), np.array(",")], {"maxsplit": 2}),
    Case("ReduceJoin", [GRID, np.array([1, 0], np.int32)], {"separator": "+"}),
    Case("ReduceJoin", [GRID, np.array([-1], np.int32)], {"keep_dims": True}, id="kept"),
    Case("UnsortedSegmentJoin", [_texts(b"a", b"b", b"c"), np.array([1, 0, 1], np.int32), np.array(3, np.int32)]),
    Case("EncodeBase64", [_texts(b"hello?>~")], {"pad": True}),
    Case("DecodeBase64", [_texts(b"aGVsbG8_Pn4")]),
    Case("RegexReplace", [_texts(b"a1b22"), np.array("[0-9]+"), np.array("#")]),
    Case("StaticRegexReplace", [_texts(b"a1b22")], {"pattern": "([0-9])", "rewrite": r"<\1>", "replace_global": False}),
    Case("RegexFullMatch", [_texts(b"ab", b"abc"), np.array("a.")]),
    Case("StaticRegexFullMatch", [_texts(b"ab", b"abc")], {"pattern": "a."}),
    Case("StringToHashBucket", [_texts(b"a", b"b")], {"num_buckets": 10}),
    Case("StringToHashBucketFast", [_texts(b"a", b"b")], {"num_buckets": 10}),
    Case("StringToHashBucketStrong", [_texts(b"a", b"b")], {"num_buckets": 10, "key": [1, 2]}),
]
