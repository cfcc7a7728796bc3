"""The classes, codes and texts of `tf.errors`; the texts were recorded from TensorFlow 1.15.5."""

import pickle

import pytest

from kudari import errors

CODES = {
    "CANCELLED": (1, "CancelledError"),
    "UNKNOWN": (2, "UnknownError"),
    "INVALID_ARGUMENT": (3, "InvalidArgumentError"),
    "DEADLINE_EXCEEDED": (4, "DeadlineExceededError"),
    "NOT_FOUND": (5, "NotFoundError"),
    "ALREADY_EXISTS": (6, "AlreadyExistsError"),
    "PERMISSION_DENIED": (7, "PermissionDeniedError"),
    "RESOURCE_EXHAUSTED": (8, "ResourceExhaustedError"),
    "FAILED_PRECONDITION": (9, "FailedPreconditionError"),
    "ABORTED": (10, "AbortedError"),
    "OUT_OF_RANGE": (11, "OutOfRangeError"),
    "UNIMPLEMENTED": (12, "UnimplementedError"),
    "INTERNAL": (13, "InternalError"),
    "UNAVAILABLE": (14, "UnavailableError"),
    "DATA_LOSS": (15, "DataLossError"),
    "UNAUTHENTICATED": (16, "UnauthenticatedError"),
}


class MadeAt:
    """As much of an operation as an error looks at."""

    def __init__(self, name, frames, original_op=None):
        self.name = name
        self.traceback = frames
        self._original_op = original_op


def frames(*lines):
    return [(f"/home/me/prog/{'train' if n < 50 else 'sub/net'}.py", n, f"f{n}", f"line {n}") for n in lines]


def frame_text(*lines):
    return "".join(f'  File "{file[13:]}", line {n}, in {name}\n    {line}\n' for file, n, name, line in frames(*lines))


@pytest.mark.parametrize("constant", CODES)
def test_code_and_class_stand_for_each_other(constant):
    code, name = CODES[constant]
    error_class = getattr(errors, name)
    assert getattr(errors, constant) == code
    assert errors.exception_type_from_error_code(code) is error_class
    assert errors.error_code_from_exception_type(error_class) == code
    assert issubclass(error_class, errors.OpError)


@pytest.mark.parametrize("name", [name for _, name in CODES.values()])
def test_error_says_what_it_was_told(name):
    error_class = getattr(errors, name)
    error = error_class("node", None, "no luck")
    assert (error.node_def, error.op, error.message) == ("node", None, "no luck")
    assert error.error_code == errors.error_code_from_exception_type(error_class)
    assert str(error) == "no luck"
    assert repr(error) == f"{name}()"
    assert error.args == ()


@pytest.mark.parametrize("error", [
    errors.NotFoundError("node", None, "gone"),
    errors.UnknownError(None, None, "odd", 77),
    errors.OpError(None, None, "some", 3),
], ids=repr)
def test_errors_survive_pickling(error):
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert (copy.node_def, copy.message, copy.error_code) == (error.node_def, error.message, error.error_code)


def test_message_alone_is_enough():
    error = errors.InvalidArgumentError(message="no luck")
    assert (error.node_def, error.op, str(error)) == (None, None, "no luck")


def test_ok_has_no_class():
    assert errors.OK == 0
    with pytest.raises(KeyError, match="0"):
        errors.exception_type_from_error_code(errors.OK)


def test_foreign_class_has_no_code():
    with pytest.warns(UserWarning, match="Unknown class exception"):
        answer = errors.error_code_from_exception_type(ValueError)
    assert isinstance(answer, errors.UnknownError)
    assert answer.error_code is None


def test_graph_misuse_is_the_python_error_it_resembles():
    assert issubclass(errors.OperatorNotAllowedInGraphError, TypeError)
    assert issubclass(errors.InaccessibleTensorError, ValueError)


def test_text_names_the_lines_that_made_the_operation():
    error = errors.InternalError(None, MadeAt("a", frames(1, 2, 60)), "boo")
    assert str(error) == "boo\n\nOriginal stack trace for 'a':\n" + frame_text(1, 2, 60)
    assert error.message == "boo"


def test_text_elides_what_two_stacks_share():
    original = MadeAt("b", frames(1, 2, 63, 3, 4, 5, 6, 64, 7))
    error = errors.InternalError(None, MadeAt("g", frames(1, 2, 60, 3, 4, 5, 6, 61, 7), original), "boo")
    assert str(error).partition("\n...which was originally created as op 'b', defined at:\n")[2] == (
        frame_text(1)
        + "[elided 0 identical lines from previous traceback]\n"
        + frame_text(2, 63, 3)
        + "[elided 2 identical lines from previous traceback]\n"
        + frame_text(6, 64, 7)
    )


def test_text_of_a_program_without_a_file():
    error = errors.InternalError(None, MadeAt("x", [("<stdin>", 1, "<module>", None), *frames(60)]), "boo")
    assert str(error).endswith(
        '  File "<stdin>", line 1, in <module>\n  File "/home/me/prog/sub/net.py", line 60, in f60\n    line 60\n'
    )
