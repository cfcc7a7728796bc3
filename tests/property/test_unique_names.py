"""Names of nodes: never twice, and those that the rule of TensorFlow gives."""

from hypothesis import given
from hypothesis import strategies as st

import kudari as tf

NAMES = st.sampled_from(["a", "A", "a_1", "a_2", "b", "a/b", "a_1/b", "Const", "const", "x.y"])
SCOPES = st.lists(st.sampled_from(["s", "S", "s_1", "a", "a/b"]), max_size=2)


@given(st.lists(st.tuples(SCOPES, NAMES), max_size=25))
def test_no_name_comes_twice(wanted):
    with tf.Graph().as_default() as graph:
        for scopes, name in wanted:
            build_in(graph, scopes, lambda name=name: tf.no_op(name=name))
    names = [op.name.lower() for op in graph.get_operations()]
    assert len(set(names)) == len(names) == len(wanted)


def build_in(graph, scopes, build):
    if not scopes:
        return build()
    with graph.name_scope(scopes[0]):
        return build_in(graph, scopes[1:], build)


@given(st.lists(NAMES, max_size=25))
def test_a_name_is_the_wanted_one_with_the_first_free_number(wanted):
    graph, used, counts = tf.Graph(), set(), {}
    for name in wanted:
        found = graph.unique_name(name)
        assert found == expected(name, used, counts)


def expected(name, used, counts):
    """The rule as its authors state it: count how often a name was asked for, skip numbers that are taken."""
    key = name.lower()
    number = counts.get(key, 0)
    counts[key] = number + 1
    if key not in used:
        used.add(key)
        return name
    number = max(number, 1)
    while f"{key}_{number}" in used:
        number += 1
    used.add(f"{key}_{number}")
    counts.setdefault(f"{key}_{number}", 1)
    return f"{name}_{number}"


@given(st.lists(NAMES, max_size=10), NAMES)
def test_looking_does_not_take_a_name(taken, name):
    graph = tf.Graph()
    for other in taken:
        graph.unique_name(other)
    seen = graph.unique_name(name, mark_as_used=False)
    assert graph.unique_name(name, mark_as_used=False) == seen
    assert graph.unique_name(name) == seen


@given(st.sampled_from(["s", "S", "a/b"]), NAMES)
def test_a_scope_entered_again_by_its_own_name_is_the_same(name_of_scope, name):
    graph = tf.Graph()
    with graph.name_scope(name_of_scope) as scope:
        pass
    with graph.as_default(), graph.name_scope(scope) as again:
        assert again == scope
        assert tf.no_op(name=name).name == f"{scope}{name}"
