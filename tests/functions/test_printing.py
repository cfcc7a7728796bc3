"""`tf.Print`, `tf.print` and `tf.strings.format` show values as TensorFlow 1.15 does."""

import sys

import numpy as np
import pytest

import kudari as tf

CUBE = np.zeros((2, 2, 2), np.float32)
# value, `tf.Print` with summarize=3, `tf.print` with summarize=1; recorded from TensorFlow 1.15.5
SHOWN = [
    (0.1, "0.1", "0.1"), (1 / 3, "0.333333343", "0.333333343"), (123456789.0, "123456792", "123456792"),
    (np.float64(1 / 3), "0.33333333333333331", "0.33333333333333331"), (np.float16(0.1), "0.0999755859", "0.0999755859"),
    (float("-inf"), "-inf", "-inf"), (True, "1", "1"), ([1.0, 2.0, 3.0, 4.0], "1 2 3...", "[1 ... 4]"),
    ([[1, 2], [3, 4]], "[1 2][3...]...", "[[1 2]\n [3 4]]"),
    (CUBE, "[[0 0][0...]]...", "[[[0 0]\n  [0 0]]\n\n [[0 0]\n  [0 0]]]"),
    ("abc", "abc", '"abc"'), (["a", 'b\n"q'], r"a b\n\"q", r'["a" "b\n\"q"]'), (np.zeros((0, 3)), "", "[]"),
]


@pytest.mark.parametrize("value, old, new", SHOWN, ids=lambda value: None)
def test_values(capsys, value, old, new):
    with tf.Graph().as_default(), tf.Session() as session:
        x = tf.constant(value)
        session.run(tf.Print(tf.constant(0), [x], message="M ", summarize=3))
        assert capsys.readouterr().err == f"M [{old}]\n"
        assert session.run(tf.strings.format("<{}>", x, summarize=1)).decode() == f"<{new}>"


def test_print_passes_its_input_and_gradients_on_and_stops_after_first_n(capsys):
    with tf.Graph().as_default(), tf.Session() as session:
        x = tf.placeholder(tf.float32, [])
        y = tf.Print(x, [x, "text"], first_n=2) * 2.0
        assert [session.run([y, tf.gradients(y, x)[0]], {x: v}) for v in (1.0, 2.0, 3.0)] == [[2, 2], [4, 2], [6, 2]]
    assert capsys.readouterr().err == "[1][text]\n[2][text]\n"


def test_print_v2_shows_structures(capsys):
    with tf.Graph().as_default(), tf.Session() as session:
        inputs = ["hi", tf.constant(list(range(1, 10))), {"a": tf.constant("s"), "b": 3}, tf.constant([["a"]]),
                  [tf.constant(1), 2], tf.SparseTensor([[0]], [1], [2]), True, 3.5]
        session.run(tf.print(*inputs, output_stream=sys.stdout))
        session.run(tf.print(tf.constant("plain"), "x", end="END\n", sep="|"))
        session.run(tf.print(tf.constant("plain")))
    out, err = capsys.readouterr()
    assert out == """hi [1 2 3 ... 7 8 9] {'a': "s", 'b': 3} [["a"]] [1, 2] """ \
                  "'SparseTensor(indices=[[0]], values=[1], shape=[2])' True 3.5\n"
    assert err == '"plain"|xEND\nplain\n'


def test_print_v2_writes_to_a_file(tmp_path):
    path = tmp_path / "log"
    with tf.Graph().as_default(), tf.Session() as session:
        printed = tf.print("x =", tf.constant(1.5), output_stream=f"file://{path}")
        session.run(printed)
        session.run(printed)
    assert path.read_text() == "x = 1.5\nx = 1.5\n"
