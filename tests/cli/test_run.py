"""`kudari run SCRIPT` does what `python SCRIPT` does."""

import io
import signal
import zipfile

import pytest
from cli_runs import PYTHON, RUN, both, result, start

ABOUT_ITSELF = """
import sys
print(__name__, __file__, __doc__, __spec__ is None, __package__, __cached__, type(__builtins__).__name__)
print(sorted(globals()))
print(sys.argv, sys.path[0], sys.modules["__main__"].__dict__ is globals())
print(type(__loader__).__name__, __loader__.name)
import beside
print(beside.__file__)
"""


@pytest.fixture
def script(tmp_path):
    def write(text, name="script.py"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return name

    return write


def same(tmp_path, *arguments):
    python, kudari = both(tmp_path, *arguments)
    assert kudari == python
    return kudari


def test_argv_path_and_module(tmp_path, script):
    script("", "inner/beside.py")
    name = script(ABOUT_ITSELF, "inner/script.py")
    code, out, err = same(tmp_path, name, "one", "--stats", "-x", "--", "--help", "")
    assert (code, err) == (0, "")
    assert f"['{name}', 'one', '--stats', '-x', '--', '--help', '']" in out


def test_script_behind_a_link(tmp_path, script):
    script("", "inner/beside.py")
    script(ABOUT_ITSELF, "inner/script.py")
    (tmp_path / "link.py").symlink_to(tmp_path / "inner/script.py")
    assert same(tmp_path, "link.py")[0] == 0


def test_directory_with_main(tmp_path, script):
    script("", "program/beside.py")
    script(ABOUT_ITSELF.replace("__spec__ is None", "__spec__.name"), "program/__main__.py")
    assert same(tmp_path, "program", "a")[0] == 0
    script("raise ValueError('in a folder')", "program/__main__.py")
    assert "in a folder" in same(tmp_path, "program")[2]


def test_zip_with_main(tmp_path):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("__main__.py", "import sys, beside\nprint(sys.argv, sys.path[0], __file__)\n1 / 0\n")
        archive.writestr("beside.py", "")
    (tmp_path / "program.zip").write_bytes(content.getvalue())
    code, out, err = same(tmp_path, "program.zip", "a")
    assert code == 1 and "['program.zip', 'a']" in out and "ZeroDivisionError" in err


@pytest.mark.parametrize(
    "leave, code",
    [("", 0), ("sys.exit()", 0), ("sys.exit(3)", 3), ("sys.exit('words')", 1), ("raise SystemExit(True)", 1)],
)
def test_exit_code(tmp_path, script, leave, code):
    assert same(tmp_path, script(f"import sys\nprint('before')\n{leave}\n"))[:2] == (code, "before\n")


TRACEBACKS = {
    "chained": "def f():\n    try:\n        1 / 0\n    except ArithmeticError as e:\n"
    "        raise KeyError('k') from e\nf()",
    "in a library": "import json\ntry:\n    json.loads('{')\nfinally:\n    print('still said')",
    "own hook": "import sys, traceback\n"
    "def hook(kind, value, tb):\n    print([f.name for f in traceback.extract_tb(tb)], sys.excepthook is hook)\n"
    "    sys.__excepthook__(kind, value, tb)\n"
    "sys.excepthook = hook\nraise ValueError(1)",
    "caught traceback": "import traceback\ntry:\n    1 / 0\nexcept ArithmeticError:\n    traceback.print_exc()",
    "in atexit": "import atexit\natexit.register(print, 'last')\nraise ValueError(1)",
    "in a thread": "import threading\nt = threading.Thread(target=lambda: 1 / 0, name='t')\nt.start()\nt.join()",
    "group": "raise ExceptionGroup('g', [ValueError(1), KeyError(2)])",
    "syntax": "def f():\nx = 1",
    "print statement": "print 'x'",
    "return outside": "x = 1\nreturn x",
    "open bracket": "x = (1,\ny = 2",
    "tabs": "if 1:\n\tx = 1\n        y = 2",
    "syntax in an import": "import bad",
    "undeclared encoding": "x = '日本'\n".encode("shift_jis"),
}


@pytest.mark.parametrize("text", TRACEBACKS.values(), ids=TRACEBACKS)
def test_traceback(tmp_path, script, text):
    script("x = = 1", "bad.py")
    _, _, err = same(tmp_path, script(text))
    assert "Error" in err and "kudari" not in err.replace(str(tmp_path), "")


def test_declared_encoding(tmp_path, script):
    text = "# -*- coding: shift_jis -*-\nprint(ascii('日本'))\n"
    assert same(tmp_path, script(text.encode("shift_jis")))[0] == 0


def test_ctrl_c_kills_as_python_dies(tmp_path, script):
    name = script(
        "import atexit, time\natexit.register(print, 'at exit')\n"
        "def wait():\n    print('waiting', flush=True) or time.sleep(60)\n"
        "wait()"
    )
    ends = []
    for command in (PYTHON, RUN):
        process = start([*command, name], tmp_path)
        assert process.stdout.readline() == "waiting\n"
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        ends.append((process.returncode, out, err))
    assert ends[0] == ends[1]
    assert ends[0][0] == -signal.SIGINT and ends[0][1] == "at exit\n" and "KeyboardInterrupt" in ends[0][2]


def test_ctrl_c_that_the_script_catches(tmp_path, script):
    name = script(
        "import os, signal, time\ntry:\n    os.kill(os.getpid(), signal.SIGINT)\n    time.sleep(60)\n"
        "except KeyboardInterrupt:\n    print('caught')"
    )
    assert same(tmp_path, name) == (0, "caught\n", "")


def test_classes_of_the_script_can_be_pickled(tmp_path, script):
    name = script("import pickle\nclass A: pass\nprint(type(pickle.loads(pickle.dumps(A()))) is A)")
    assert same(tmp_path, name)[1] == "True\n"


@pytest.mark.parametrize(
    "path, words, code",
    [
        ("none.py", "can't open file '{}/none.py': [Errno 2] No such file or directory", 2),
        ("empty", "can't find '__main__' module in '{}/empty'", 1),
    ],
)
def test_script_that_is_not_there(tmp_path, path, words, code):
    (tmp_path / "empty").mkdir()
    (python_code, _, python_err), (kudari_code, out, err) = both(tmp_path, path)
    assert err == f"kudari: {words.format(tmp_path)}\n" and out == ""
    assert kudari_code == python_code == code
    assert python_err.endswith(err.removeprefix("kudari: "))


def test_options_set_the_engine_s_environment(tmp_path, script):
    name = script("import os\nprint([os.environ.get(k) for k in ('KUDARI_NUMERICS', 'KUDARI_DEFER')])")
    found = result([*RUN, "--numerics", "exact", "--no-defer", name, "--numerics", "fast"], tmp_path)
    assert found.stdout == "['exact', '0']\n"
    assert result([*RUN, name], tmp_path).stdout == "[None, None]\n"


def test_stats_are_reported_after_the_script(tmp_path, script):
    name = script(
        "import kudari.runtime.stats as s, sys\ns.stats.plans, s.stats.deferred, s.stats.run_time = 3, 1234, 0.25\n"
        "print('out')\nsys.exit(5)"
    )
    found = result([*RUN, "--stats", name], tmp_path)
    assert (found.returncode, found.stdout) == (5, "out\n")
    rows = dict(line.strip("│ ").split("│") for line in found.stderr.splitlines() if line.count("│") == 3)
    rows = {label.strip(): value.strip() for label, value in rows.items()}
    assert rows["plans"] == "3" and rows["steps deferred"] == "1234" and rows["run"] == "0.250 s"
    assert set(rows) >= {"compilations", "steps run", "compile", "Python", "all"}


def test_a_script_writes_summaries(tmp_path):
    """TensorBoard's writer must not take the shim for TensorFlow."""
    script = tmp_path / "summaries.py"
    script.write_text("import tensorflow as tf\n"
                      "with tf.summary.FileWriter('logs') as writer:\n"
                      "    writer.add_summary(tf.Summary(value=[tf.Summary.Value(tag='a', simple_value=2.5)]), 1)\n")
    done = result([*RUN, str(script)], tmp_path)
    assert done.returncode == 0, done.stderr
    (path,) = (tmp_path / "logs").iterdir()
    assert b"a" in path.read_bytes()
