"""The command itself: help, version, one-line errors."""

import pytest

from kudari.cli import main
from kudari.version import __version__


def ask(capsys, *arguments):
    with pytest.raises(SystemExit) as end:
        main(list(arguments))
    captured = capsys.readouterr()
    return end.value.code, captured.out, captured.err


def test_version(capsys):
    assert ask(capsys, "--version") == (0, f"kudari {__version__}\n", "")


@pytest.mark.parametrize("command", [[], ["run"], ["check"]])
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_has_examples(capsys, command, option):
    code, out, err = ask(capsys, *command, option)
    assert code == 0 and err == "" and "Examples:\n" in out and "--debug" in out


def test_no_command_shows_help(capsys):
    code, out, err = ask(capsys)
    assert code == 2 and out == "" and "Commands:" in err


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["chek"], "no such command 'chek'"),
        (["run"], "missing argument 'SCRIPT'"),
        (["run", "--fast", "x.py"], "no such option '--fast'"),
        (["run", "--numerics", "exakt", "x.py"], "invalid value for '--numerics': 'exakt' is not one of"),
        (["check"], "missing argument 'PATH...'"),
        (["check", "nowhere"], "no such file or folder: 'nowhere'"),
    ],
)
def test_wrong_usage_is_one_line(capsys, arguments, words):
    code, out, err = ask(capsys, *arguments)
    assert code == 2 and out == ""
    assert err.startswith("kudari: ") and words in err and err.count("\n") == 1


@pytest.mark.parametrize("arguments", [["--debug", "check", "nowhere"], ["check", "--debug", "nowhere"]])
def test_debug_shows_the_traceback(capsys, arguments):
    code, _, err = ask(capsys, *arguments)
    assert code == 2 and err.startswith("Traceback") and err.endswith("kudari: no such file or folder: 'nowhere'\n")


def test_an_error_of_our_own_is_one_line_too(capsys, tmp_path, monkeypatch):
    def broken(*arguments):
        raise RuntimeError("two\nlines")

    monkeypatch.setattr("kudari.cli.check.command.find_files", broken)
    code, _, err = ask(capsys, "check", str(tmp_path))
    assert (code, err) == (1, "kudari: RuntimeError: two lines (kudari --debug shows where)\n")
