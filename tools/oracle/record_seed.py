"""Record the seed program's printed rows and their bits under TensorFlow 1.3: tests/golden/seed.json.

With `--page`, the text of the page that the program comes from, the rows are those printed there; the program is cut
out of it and run, unedited but for the rate, and must print them. The float32 bit patterns, in hexadecimal, of W, b and
the loss at each row come from the same program in our wording, tests/golden/graphs/seed.py, which must print the same
rows. Without the page, the rows are what our wording prints. Run it with TensorFlow 1.3's Python.
"""

import os
import re
import subprocess
import sys

import layout
import programs
import tensorflow as tf

RATE_LINE = re.compile(r"^learning rate: (\S+)$")
PRINTED_ROW = re.compile(r"^W: \[.*\] b: \[.*\] loss: \S+$")
SET_RATE = re.compile(r"^learning_rate = \S+$", re.MULTILINE)
ROUNDS = 10
STEPS_A_ROUND = 100
PAGE_ORDER = ["0.01", "0.005", "0.001", "0.01", "0.02", "0.03", "0.04"]


def tables(page):
    """[(rate, rows)] in the page's order; the rate 0.01 is printed twice."""
    found = []
    for line in page.splitlines():
        rate = RATE_LINE.match(line)
        if rate:
            found.append((rate.group(1), []))
        elif PRINTED_ROW.match(line) and found:
            found[-1][1].append(line)
    return found


def program(page):
    """The code block: from its first import to its last print."""
    lines = page.splitlines()
    first = lines.index("import os")
    last = max(number for number, line in enumerate(lines) if line.startswith("print("))
    return "\n".join(lines[first:last + 1]) + "\n"


def printed(source, rate):
    """The rows that the unedited program prints at `rate`, run as a script of its own."""
    script, changed = SET_RATE.subn("learning_rate = " + rate, source)
    assert changed == 1, "the program sets learning_rate once"
    output = subprocess.check_output([sys.executable, "-W", "ignore", "-c", script]).decode()
    return [line for line in output.splitlines() if PRINTED_ROW.match(line)]


def page_rows(page):
    """The page's rows by rate, after TensorFlow has printed each of them here."""
    found = tables(page)
    assert [rate for rate, _ in found] == PAGE_ORDER, "the page has other tables"
    rows = dict(found)
    for rate, lines in found:
        assert rows[rate] == lines, "two tables of one rate differ: " + rate
    for rate in sorted(rows):
        assert printed(program(page), rate) == rows[rate], "TensorFlow prints other rows at the rate " + rate
    return rows


def bits(value):
    return "{:08x}".format(value.ravel().view("uint32")[0])


def trajectory(rate):
    """(rows, bits) of our wording: the values before training and after each round."""
    with tf.Graph().as_default(), tf.Session() as session:
        built = programs.load("seed").build(tf, float(rate))
        feed = {built["x"]: [1, 2, 3, 4], built["y"]: [0, -1, -2, -3]}
        session.run(built["init"])
        values = []
        for number in range(ROUNDS + 1):
            for _ in range(STEPS_A_ROUND if number else 0):
                session.run(built["train"], feed)
            values.append(session.run([built["W"], built["b"], built["loss"]], feed))
    rows = ["W: {!s} b: {!s} loss: {!s}".format(*value) for value in values]
    return rows, [{name: bits(item) for name, item in zip(("W", "b", "loss"), value)} for value in values]


def main():
    parser = layout.arguments(__doc__)
    parser.add_argument("--page", help="the text of the page that the rows are from")
    options = parser.parse_args()
    ours = {rate: trajectory(rate) for rate in sorted(set(PAGE_ORDER))}
    rows = {rate: lines for rate, (lines, _) in ours.items()}
    if options.page:
        with open(options.page, encoding="utf-8") as page:
            assert page_rows(page.read()) == rows, "our wording prints other rows than the page's program"
    words = {rate: recorded for rate, (_, recorded) in ours.items()}
    golden = {"page_order": PAGE_ORDER, "rows": rows, "bits": words}
    layout.write(os.path.join(options.out, "seed.json"), golden, depth=3)


if __name__ == "__main__":
    main()
