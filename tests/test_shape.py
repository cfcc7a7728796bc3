"""Shapes and dimensions; the texts and quirks were recorded from TensorFlow 1.15.5."""

import copy
import operator
import pickle
import re
import sys
from types import SimpleNamespace

import numpy as np
import pytest

from kudari.dtypes import float32
from kudari.shape import Dimension, TensorShape, as_dimension, as_shape, unknown_shape

shapes = sys.modules["kudari.shape"]  # the attribute of that name is `tf.shape`
UNKNOWN, TWO, SEVEN = Dimension(None), Dimension(2), Dimension(7)


def raises(error, text):
    return pytest.raises(error, match=f"^{re.escape(text)}$")


# Building


def proto(*sizes, unknown_rank=False):
    return SimpleNamespace(unknown_rank=unknown_rank, dim=[SimpleNamespace(size=size) for size in sizes])


@pytest.mark.parametrize(("value", "plain"), [
    (None, None), ([], ()), (5, (5,)), ((2, None), (2, None)), (range(3), (0, 1, 2)), ([2.0, "5"], (2, 5)),
    (np.array([2, 3]), (2, 3)), (np.int64(3), (3,)), ([np.int32(3)], (3,)), (TWO, (2,)), ([TWO, UNKNOWN], (2, None)),
    (TensorShape([1, None]), (1, None)), (TensorShape(None), None),
    pytest.param(iter([TWO, None]), (2, None), id="iterator"),
    (proto(), ()), (proto(-1, 2), (None, 2)), (proto(unknown_rank=True), None), ([True], (1,)), ([2**40], (2**40,)),
], ids=repr)
def test_what_a_shape_is_made_of(value, plain):
    shape = TensorShape(value)
    assert shapes.shape_tuple(shape) == plain
    assert (None if plain is None else tuple(shape.as_list())) == plain
    assert all(type(size) is int for size in plain or () if size is not None)


@pytest.mark.parametrize(("value", "error", "text"), [
    ("5", TypeError, "A string has ambiguous TensorShape, please wrap in a list or convert to an int: 5"),
    (b"5", TypeError, "A string has ambiguous TensorShape, please wrap in a list or convert to an int: b'5'"),
    ([-1], ValueError, "Dimension -1 must be >= 0"),
    (-3, ValueError, "Dimension -3 must be >= 0"),
    (proto(-2), ValueError, "Dimension -2 must be >= 0"),
    ([2.5], ValueError, "Ambiguous dimension: 2.5"),
    (["?"], ValueError, "invalid literal for int() with base 10: '?'"),
    ([float32], TypeError, "Cannot convert <dtype: 'float32'> to Dimension"),
])
def test_what_no_shape_is_made_of(value, error, text):
    with raises(error, text):
        TensorShape(value)
    with raises(error, text):
        shapes.shape_tuple(value)


def test_nested_sizes_are_refused():
    with pytest.raises(TypeError, match="int\\(\\) argument must be"):
        TensorShape([[2]])


def test_conversion_keeps_the_object():
    shape = TensorShape([2])
    assert as_shape(shape) is shape
    assert as_dimension(TWO) is TWO
    assert as_shape([2]).as_list() == [2]
    assert as_dimension(3).value == 3


@pytest.mark.parametrize("sizes", [None, [], [3], [None, 3]])
def test_proto_round_trip(sizes):
    message = TensorShape(sizes).as_proto()
    assert type(message).__name__ == "TensorShapeProto"
    assert message.unknown_rank == (sizes is None)
    assert [dim.size for dim in message.dim] == [-1 if size is None else size for size in sizes or []]
    assert repr(TensorShape(message)) == repr(TensorShape(sizes))


@pytest.mark.parametrize("original", [UNKNOWN, TWO, TensorShape(None), TensorShape([2, None])], ids=repr)
def test_copies(original):
    for twin in (pickle.loads(pickle.dumps(original)), copy.copy(original), copy.deepcopy(original)):
        assert type(twin) is type(original)
        assert repr(twin) == repr(original)


# TensorShape


@pytest.mark.parametrize(("sizes", "text", "code"), [
    (None, "<unknown>", "TensorShape(None)"),
    ([], "()", "TensorShape([])"),
    ([3], "(3,)", "TensorShape([Dimension(3)])"),
    ([None], "(?,)", "TensorShape([Dimension(None)])"),
    ([None, 3], "(?, 3)", "TensorShape([Dimension(None), Dimension(3)])"),
])
def test_shape_text(sizes, text, code):
    assert (str(TensorShape(sizes)), repr(TensorShape(sizes))) == (text, code)


@pytest.mark.parametrize(("sizes", "rank", "elements"), [
    (None, None, None), ([], 0, 1), ([2, 3], 2, 6), ([0, 3], 2, 0), ([None, 3], 2, None), ([None, 0], 2, None),
])
def test_what_a_shape_knows(sizes, rank, elements):
    shape = TensorShape(sizes)
    assert (shape.rank, shape.ndims, shape.num_elements()) == (rank, rank, elements)
    assert shape.is_fully_defined() == (elements is not None)
    assert bool(shape) == (rank is not None)
    if rank is not None:
        assert len(shape) == rank
        assert [dim.value for dim in shape] == [dim.value for dim in shape.dims] == shape.as_list() == sizes


def test_unknown_rank_has_no_parts():
    shape = TensorShape(None)
    assert shape.dims is None
    with raises(ValueError, "Cannot take the length of shape with unknown rank."):
        len(shape)
    with raises(ValueError, "Cannot iterate over a shape with unknown rank."):
        iter(shape)
    with raises(ValueError, "as_list() is not defined on an unknown TensorShape."):
        shape.as_list()


def test_indexing_gives_dimensions_and_slicing_shapes():
    shape = TensorShape([None, 3, 4])
    assert isinstance(shape[1], Dimension)
    assert (shape[0].value, shape[1].value, shape[-1].value) == (None, 3, 4)
    assert isinstance(shape[1:], TensorShape)
    assert (shape[1:].as_list(), shape[::-1].as_list(), shape[5:].as_list()) == ([3, 4], [4, 3, None], [])
    with pytest.raises(IndexError):
        shape[3]


@pytest.mark.parametrize(("key", "text"), [
    (0, "?"), (-7, "?"), (slice(None, 2), "(?, ?)"), (slice(1, 3), "(?, ?)"), (slice(3, 1), "()"),
    (slice(1, None), "<unknown>"), (slice(None, -1), "<unknown>"), (slice(-2, 3), "<unknown>"),
])
def test_parts_of_an_unknown_rank(key, text):
    assert str(TensorShape(None)[key]) == text


def test_steps_through_an_unknown_rank():
    with raises(ValueError, "Steps are not yet handled"):
        TensorShape(None)[::2]


def test_changing_the_list_of_dims_leaves_the_shape():
    shape = TensorShape([2, 3])
    shape.dims.append(TWO)
    assert shape.as_list() == [2, 3]


@pytest.mark.parametrize(("a", "b", "equal"), [
    ([2, 3], (2, 3), True), ([2, 3], TensorShape([2, 3]), True), ([2], 2, True), ([], [], True), (None, None, True),
    ([2, 3], [3, 2], False), ([2], [2, 2], False), (None, [2], False),
    ([None], [None], False), ([2, None], [2, None], False),  # two unknown sizes may differ
    ([2], "a", False), (None, "a", False),
])
def test_equality(a, b, equal):
    assert (TensorShape(a) == b) is equal
    if a is not None and b is not None:
        assert (TensorShape(a) != b) is not equal


def test_a_partly_unknown_shape_equals_what_shares_its_dimensions():
    shape = TensorShape([None, 3])
    assert shape == shape
    assert shape == TensorShape(shape) == shape[:] == TensorShape(shape.dims) == TensorShape(dim for dim in shape)
    assert shape.concatenate([2])[:2] == shape
    assert shape != shape.merge_with(shape)


def test_inequality_with_an_unknown_rank_is_undefined():
    for a, b in (([2], None), (None, [2]), (None, None)):
        with raises(ValueError, "The inequality of unknown TensorShapes is undefined."):
            _ = TensorShape(a) != b


@pytest.mark.parametrize("value", [TensorShape([2]), TensorShape(None), TWO], ids=repr)
def test_not_hashable(value):
    with pytest.raises(TypeError, match="unhashable"):
        hash(value)


@pytest.mark.parametrize(("a", "b", "merged", "common"), [
    (None, [2], "(2,)", "<unknown>"),
    ([2], None, "(2,)", "<unknown>"),
    ([None, 3], [2, None], "(2, 3)", "(?, ?)"),
    ([2, 3], [2, 3], "(2, 3)", "(2, 3)"),
    ([2, 3], [2, 4], None, "(2, ?)"),
    ([2], [2, 3], None, "<unknown>"),
])
def test_merging_and_generalising(a, b, merged, common):
    shape, other = TensorShape(a), TensorShape(b)
    assert str(shape.most_specific_compatible_shape(b)) == common
    assert shape.is_compatible_with(b) == (merged is not None)
    if merged is not None:
        shape.assert_is_compatible_with(b)
        assert str(shape.merge_with(b)) == merged
        return
    with raises(ValueError, f"Shapes {shape} and {other} are not compatible"):
        shape.merge_with(b)
    with raises(ValueError, f"Shapes {shape} and {b} are incompatible"):
        shape.assert_is_compatible_with(b)


def test_concatenation():
    shape, unknown, three = TensorShape([2, None]), TensorShape(None), [3]
    assert str(shape.concatenate(three)) == str(shape + three) == str(shape + 3) == "(2, ?, 3)"
    assert str(three + shape) == str(tuple(three) + shape) == str(3 + shape) == "(3, 2, ?)"
    assert str(shape + None) == str(None + shape) == str(unknown + three) == "<unknown>"


def test_rank_assertions():
    shape, unknown = TensorShape([2, None]), TensorShape(None)
    shape.assert_has_rank(2)
    unknown.assert_has_rank(7)
    shape.assert_same_rank([3, 3])
    shape.assert_same_rank(None)
    unknown.assert_same_rank([1])
    with raises(ValueError, "Shape (2, ?) must have rank 3"):
        shape.assert_has_rank(3)
    with raises(ValueError, "Shapes (2, ?) and (3,) must have the same rank"):
        shape.assert_same_rank([3])
    with raises(ValueError, "Shape (2, ?) is not fully defined"):
        shape.assert_is_fully_defined()
    TensorShape([2]).assert_is_fully_defined()


def test_shapes_of_some_rank():
    shape, unknown = TensorShape([2, None]), TensorShape(None)
    assert str(shape.with_rank(2)) == "(2, ?)"
    assert str(unknown.with_rank(2)) == "(?, ?)"
    assert shape.with_rank_at_least(2) is shape.with_rank_at_most(2) is shape
    assert unknown.with_rank_at_least(9) is unknown.with_rank_at_most(0) is unknown
    with raises(ValueError, "Shape (2, ?) must have rank 1"):
        shape.with_rank(1)
    with raises(ValueError, "Shape (2, ?) must have rank at least 3"):
        shape.with_rank_at_least(3)
    with raises(ValueError, "Shape (2, ?) must have rank at most 1"):
        shape.with_rank_at_most(1)


def test_shorthands():
    assert str(shapes.scalar()) == "()"
    assert str(shapes.vector(None)) == "(?,)"
    assert str(shapes.matrix(2, None)) == "(2, ?)"
    assert str(unknown_shape()) == "<unknown>"
    assert str(unknown_shape(2)) == str(unknown_shape(ndims=2)) == "(?, ?)"
    with raises(TypeError, "Unknown argument: {'depth': 2}"):
        unknown_shape(depth=2)
    with raises(TypeError, "Unknown argument: {'ndims': 3}"):
        unknown_shape(2, ndims=3)


def test_dimensions_across_versions():
    assert (shapes.dimension_value(TWO), shapes.dimension_value(3), shapes.dimension_value(None)) == (2, 3, None)
    assert shapes.dimension_at_index(TensorShape([1, 4]), -1).value == 4
    assert shapes.dimension_at_index(TensorShape(None), 3).value is None
    with pytest.raises(IndexError):
        shapes.dimension_at_index(TensorShape([1]), 1)
    with pytest.raises(AssertionError):
        shapes.dimension_at_index([1], 0)


# Dimension


@pytest.mark.parametrize(("operate", "result"), [
    (operator.add, 9), (operator.sub, 5), (operator.mul, 14), (operator.floordiv, 3), (operator.mod, 1),
])
def test_arithmetic(operate, result):
    for a, b in ((SEVEN, TWO), (SEVEN, 2), (7, TWO)):
        assert isinstance(operate(a, b), Dimension)
        assert operate(a, b).value == result
    for a, b in ((SEVEN, UNKNOWN), (UNKNOWN, 2), (7, UNKNOWN), (UNKNOWN, UNKNOWN), (SEVEN, None), (None, SEVEN)):
        assert operate(a, b).value is None


@pytest.mark.parametrize(("compare", "result"), [
    (operator.eq, False), (operator.ne, True),
    (operator.lt, False), (operator.le, False), (operator.gt, True), (operator.ge, True),
])
def test_comparison(compare, result):
    for a, b in ((SEVEN, TWO), (SEVEN, 2), (7, TWO)):
        assert compare(a, b) is result
    for a, b in ((SEVEN, UNKNOWN), (UNKNOWN, 2), (UNKNOWN, UNKNOWN), (SEVEN, None)):
        assert compare(a, b) is None


def test_no_dimension_is_negative():
    with raises(ValueError, "Dimension -5 must be >= 0"):
        TWO - 7
    with raises(ValueError, "Dimension -1 must be >= 0"):
        Dimension(-1)


def test_division_must_be_whole():
    with raises(TypeError, "unsupported operand type(s) for /: 'Dimension' and 'int', please use // instead"):
        SEVEN / 2
    with raises(TypeError, "unsupported operand type(s) for /: 'int' and 'Dimension', please use // instead"):
        7 / TWO


def test_a_foreign_operand_is_refused():
    assert TWO * "x" == "xx"  # the index of a string's repetition
    assert (TWO == "x") is False
    assert (TWO != "x") is True
    for operate in (operator.add, operator.sub, operator.mul, operator.floordiv):
        with pytest.raises(TypeError, match="unsupported operand type"):
            operate(TWO, object())
    with raises(ValueError, "invalid literal for int() with base 10: 'x'"):
        TWO % "x"
    with raises(ValueError, "Ambiguous dimension: 2.5"):
        _ = TWO < 2.5


def test_a_known_dimension_is_an_index():
    assert [10, 20, 30][TWO] == 30
    assert list(range(TWO)) == [0, 1]
    assert int(TWO) == 2
    assert np.zeros([TWO, 3]).shape == (2, 3)
    with pytest.raises(TypeError, match="non-int"):
        int(UNKNOWN)
    with pytest.raises(TypeError, match="non-int"):
        range(UNKNOWN)


def test_dimension_text():
    assert (str(TWO), repr(TWO), str(UNKNOWN), repr(UNKNOWN)) == ("2", "Dimension(2)", "?", "Dimension(None)")


def test_merging_dimensions():
    assert TWO.merge_with(None).value == UNKNOWN.merge_with(2).value == TWO.merge_with(TWO).value == 2
    assert UNKNOWN.merge_with(UNKNOWN).value is None
    assert TWO.is_compatible_with(UNKNOWN)
    assert not TWO.is_compatible_with(7)
    with raises(ValueError, "Dimensions 2 and 7 are not compatible"):
        TWO.merge_with(SEVEN)
    with raises(ValueError, "Dimensions 2 and 7 are not compatible"):
        TWO.assert_is_compatible_with(7)


# Plain shapes, with the words of TensorFlow's shape functions


@pytest.mark.parametrize(("shape", "text"), [(None, "?"), ((), "[]"), ((2, None), "[2,?]")])
def test_plain_text(shape, text):
    assert shapes.shape_text(shape) == text


@pytest.mark.parametrize(("shape", "elements"), [(None, None), ((), 1), ((2, 3), 6), ((2, None), None), ((0, 5), 0)])
def test_plain_size(shape, elements):
    assert shapes.num_elements(shape) == elements
    assert shapes.is_defined(shape) == (elements is not None)


def test_plain_merge_names_the_conflict():
    assert shapes.merge((None, 3), (2, None)) == (2, 3)
    with raises(ValueError, "Shapes must be equal rank, but are 2 and 1"):
        shapes.merge((None, 3), (2,))
    with raises(ValueError, "Dimension 1 in both shapes must be equal, but are 3 and 4. Shapes are [?,3] and [2,4]."):
        shapes.merge((None, 3), (2, 4))


@pytest.mark.parametrize(("a", "b", "result"), [
    (None, (2,), None), ((2,), None, None), ((), (2, 3), (2, 3)), ((2, 1), (3,), (2, 3)),
    ((None,), (None,), (None,)), ((1,), (None,), (None,)), ((None,), (1,), (None,)), ((0,), (None,), (None,)),
    ((5,), (None,), (5,)), ((None,), (5,), (5,)), ((1,), (0,), (0,)), ((2, None), (3, 1, 1), (3, 2, None)),
])
def test_broadcast(a, b, result):
    assert shapes.broadcast(a, b) == result


@pytest.mark.parametrize(("a", "b", "m", "n"), [
    ((2, 3), (4, 3), 2, 4), ((2, 3), (None, 2), 3, 2), ((2, 3), (4, 5), 2, 4), ((5,), (0,), 5, 0),
    ((9, 2), (1, 9, 3), 2, 3),
])
def test_broadcast_names_the_first_conflict(a, b, m, n):
    with raises(ValueError, f"Dimensions must be equal, but are {m} and {n}"):
        shapes.broadcast(a, b)
