"""Branches by number."""

import pytest

import kudari as tf


def made(branch_fns, default=None):
    index, x = tf.placeholder(tf.int32, []), tf.constant(3.0)
    y = tf.switch_case(index, branch_fns(x), default)
    return index, tf.gradients(y, x)[0], y


@pytest.mark.parametrize("number, wanted", [(0, (9.0, 6.0)), (1, (6.0, 2.0)), (2, (-3.0, -1.0)), (-1, (-3.0, -1.0))])
def test_the_number_says_which_function_and_the_last_is_for_all_others(number, wanted):
    index, slope, y = made(lambda x: {1: lambda: x + x, 0: lambda: x * x, 2: lambda: -x})
    with tf.Session() as session:
        assert session.run((y, slope), {index: number}) == wanted


def test_a_default_is_for_all_others():
    index, _, y = made(lambda x: [lambda: x, lambda: 2 * x], lambda: tf.constant(7.0))
    with tf.Session() as session:
        assert [session.run(y, {index: number}) for number in (0, 1, 2, -1)] == [3.0, 6.0, 7.0, 7.0]


@pytest.mark.parametrize("index, functions, error, words", [
    (0, [lambda: 1], TypeError, "branch_index must a Tensor"),
    (tf.constant(1.0), [lambda: 1], TypeError, "must an integer Tensor"),
    (tf.constant(1), [], ValueError, "at least one item"),
    (tf.constant(1), {0: lambda: 1, 2: lambda: 1}, ValueError, r"contiguous range of \[0 to 2\) but found \{0,2\}"),
    (tf.constant(1), [(0, 1)], TypeError, "fn for key 0 must be callable"),
])
def test_wrong_calls_are_refused_in_tensorflows_words(index, functions, error, words):
    with pytest.raises(error, match=words):
        tf.switch_case(index, functions)
