"""Laws of shapes that hold whatever the sizes are."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kudari.shape import TensorShape, broadcast, is_defined, merge, num_elements, shape_tuple

SIZES = st.integers(0, 4)
DEFINED = st.lists(SIZES, max_size=4).map(tuple)
SHAPES = st.none() | st.lists(st.none() | SIZES, max_size=4).map(tuple)


@st.composite
def views(draw, count):
    """Shapes that each know a part of one truth, so that they fit together."""
    truth = draw(DEFINED)
    hide = st.lists(st.booleans(), min_size=len(truth), max_size=len(truth))
    view = st.none() | hide.map(lambda hidden: tuple(None if h else size for h, size in zip(hidden, truth)))
    return truth, [draw(view) for _ in range(count)]


def admits(shape, defined):
    """Whether a tensor of the shape `defined` has the shape `shape`."""
    return shape is None or (
        len(shape) == len(defined) and all(m in (None, n) for m, n in zip(shape, defined))
    )


def outcome(function, *shapes):
    try:
        return function(*shapes)
    except ValueError:
        return "conflict"


@given(SHAPES, SHAPES)
def test_merge_is_commutative(a, b):
    assert outcome(merge, a, b) == outcome(merge, b, a)


@given(SHAPES)
def test_merge_is_idempotent_and_unknown_is_its_unit(a):
    assert merge(a, a) == merge(a, None) == merge(None, a) == a


@given(views(3))
def test_merge_is_associative_and_keeps_the_truth(truth_and_views):
    truth, (a, b, c) = truth_and_views
    merged = merge(merge(a, b), c)
    assert merged == merge(a, merge(b, c))
    assert admits(merged, truth)


@given(SHAPES, SHAPES, DEFINED)
def test_merge_admits_what_both_admit(a, b, defined):
    merged = outcome(merge, a, b)
    assert (merged != "conflict" and admits(merged, defined)) == (admits(a, defined) and admits(b, defined))


@given(SHAPES, SHAPES)
def test_merge_conflicts_exactly_when_incompatible(a, b):
    compatible = TensorShape(a).is_compatible_with(b)
    assert compatible == TensorShape(b).is_compatible_with(a)
    assert compatible == (outcome(merge, a, b) != "conflict")
    if compatible:
        assert shape_tuple(TensorShape(a).merge_with(b)) == merge(a, b)


@given(DEFINED, DEFINED)
def test_broadcast_of_defined_shapes_is_numpys(a, b):
    try:
        expected = np.broadcast_shapes(a, b)
    except ValueError:
        with pytest.raises(ValueError, match=r"^Dimensions must be equal, but are "):
            broadcast(a, b)
    else:
        assert broadcast(a, b) == expected


@given(SHAPES, SHAPES)
def test_broadcast_is_commutative(a, b):
    assert outcome(broadcast, a, b) == outcome(broadcast, b, a)


@given(views(1), views(1))
def test_broadcast_of_views_admits_the_broadcast_of_the_truths(one, other):
    (truth_a, (a,)), (truth_b, (b,)) = one, other
    expected = outcome(broadcast, truth_a, truth_b)
    assume(expected != "conflict")
    assert admits(broadcast(a, b), expected)


@given(SHAPES)
def test_broadcast_with_a_scalar_changes_nothing_known(a):
    assert broadcast(a, ()) == broadcast((), a) == a


@given(SHAPES, SHAPES, SHAPES)
def test_concatenation_is_associative(a, b, c):
    left = (TensorShape(a) + b) + c
    right = TensorShape(a) + (TensorShape(b) + c)
    assert shape_tuple(left) == shape_tuple(right) == (None if None in (a, b, c) else a + b + c)


@given(SHAPES, SHAPES)
def test_most_specific_compatible_shape_is_the_least_that_admits_both(a, b):
    common = TensorShape(a).most_specific_compatible_shape(b)
    assert shape_tuple(common) == shape_tuple(TensorShape(b).most_specific_compatible_shape(a))
    assert common.is_compatible_with(a)
    assert common.is_compatible_with(b)
    sizes = shape_tuple(common)
    if sizes is not None:
        assert list(sizes) == [m if m == n else None for m, n in zip(a, b, strict=True)]


@given(SHAPES)
def test_a_shape_is_most_specific_for_itself(a):
    assert shape_tuple(TensorShape(a).most_specific_compatible_shape(a)) == a


@given(DEFINED)
def test_elements_are_numpys(a):
    assert is_defined(a)
    assert num_elements(a) == TensorShape(a).num_elements() == np.empty(a).size


@given(SHAPES)
def test_proto_round_trip(a):
    assert shape_tuple(TensorShape(a).as_proto()) == a


@given(st.lists(st.none() | SIZES, max_size=4), st.slices(4))
def test_slices_are_those_of_the_list(sizes, key):
    assert TensorShape(sizes)[key].as_list() == sizes[key]
