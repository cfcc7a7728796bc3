"""Flags, logging, and starting a program."""

import logging
import subprocess
import sys
import textwrap

import pytest

import kudari as tf

PROGRAM = """
import tensorflow as tf
flags = tf.app.flags
flags.DEFINE_string("name", default_value="seed", docstring="Of the run.")
flags.DEFINE_integer("steps", 3, "How many.")
flags.DEFINE_boolean("quiet", False, "Whether.")
FLAGS = flags.FLAGS
"""


def run(program, *argv):
    source = "import sys, kudari; kudari.install()\n" + textwrap.dedent(PROGRAM + program)
    done = subprocess.run([sys.executable, "-c", source, *argv], capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def test_flags_are_read_when_a_value_is_asked_for():
    code, out, _ = run("print(FLAGS.name, FLAGS.steps, FLAGS.quiet)", "--steps=7", "--quiet")
    assert (code, out) == (0, "seed 7 True\n")


def test_a_program_starts_with_what_is_left_of_the_command_line():
    code, out, _ = run("def main(argv):\n    print(argv[1:], FLAGS.steps)\n    return 3\ntf.app.run()",
                       "--steps", "5", "rest", "--unknown=1")
    assert (code, out) == (3, "['rest', '--unknown=1'] 5\n")


def test_programs_look_into_the_flags():
    code, out, _ = run("FLAGS._parse_flags()\nprint(FLAGS.__flags['name'].value, 'steps' in FLAGS, 'other' in FLAGS)\n"
                       "FLAGS.steps = 9\nprint(FLAGS.steps, FLAGS.flag_values_dict()['steps'])")
    assert (code, out) == (0, "seed True False\n9 9\n")


def test_a_wrong_flag_is_refused():
    code, _, err = run("print(FLAGS.name)", "--nome=x")
    assert code == 1 and "Unknown command line flag 'nome'" in err


@pytest.fixture
def log(caplog):
    caplog.set_level(logging.DEBUG, "tensorflow")
    return caplog


def test_messages_go_to_tensorflows_logger(log):
    tf.logging.info("step %d", 3)
    tf.logging.warn("slow")
    tf.logging.log(tf.logging.ERROR, "wrong: %s", "x")
    assert [(r.name, r.levelname, r.getMessage()) for r in log.records] == [
        ("tensorflow", "INFO", "step 3"), ("tensorflow", "WARNING", "slow"), ("tensorflow", "ERROR", "wrong: x")]
    assert {r.filename for r in log.records} == {"test_flags_and_logging.py"}


def test_some_messages_only(log):
    for i in range(5):
        tf.logging.log_every_n(tf.logging.INFO, "every %d", 2, i)
        tf.logging.log_first_n(tf.logging.INFO, "first %d", 2, i)
        tf.logging.log_if(tf.logging.INFO, "if %d", i == 4, i)
    assert [r.getMessage() for r in log.records] == ["every 0", "first 0", "first 1", "every 2", "every 4", "if 4"]


def test_verbosity():
    before = tf.logging.get_verbosity()
    try:
        tf.logging.set_verbosity(tf.logging.ERROR)
        assert tf.logging.get_verbosity() == logging.ERROR == tf.get_logger().level
    finally:
        tf.logging.set_verbosity(before)


def test_flushing_is_refused_as_in_tensorflow():
    with pytest.raises(NotImplementedError):
        tf.logging.flush()
