"""`kudari check` names what a program uses and Kudari lacks, with file and line."""

import json
import time

import pytest

from kudari.cli import main
from kudari.cli.check.command import check


@pytest.fixture
def missing(tmp_path):
    """Check a script; return {symbol or symbol(keyword=): [lines]}."""

    def find(text, name="script.py"):
        path = tmp_path / name
        path.write_text(text)
        found = check([str(path)])
        return {str(what): [place.line for place in places] for what, places in found.missing.items()}

    return find


def run(capsys, *arguments):
    with pytest.raises(SystemExit) as end:
        main(["check", *map(str, arguments)])
    return end.value.code, capsys.readouterr().out


def test_crf_is_named_with_its_lines(missing):
    assert missing(
        "import tensorflow as tf\n"
        "x = tf.placeholder(tf.float32)\n"
        "loss = tf.contrib.nothing.crf_log_likelihood(x)\n"
        "\n"
        "tf.contrib.nothing.crf_log_likelihood(x)\n"
    ) == {"tf.contrib.nothing.crf_log_likelihood": [3, 5]}


@pytest.mark.parametrize(
    "text, lines",
    [
        ("import tensorflow\ntensorflow.nothing", [2]),
        ("import tensorflow as t\nt.nothing", [2]),
        ("import tensorflow.compat.v1 as tf\ntf.nothing", [2]),
        ("import tensorflow as tf\ntf.compat.v1.nothing", [2]),
        ("import tensorflow as tf\nv1 = tf.compat.v1\nv1.nothing", [3]),
        ("import kudari as tf\ntf.nothing", [2]),
        ("from tensorflow import nothing", [1]),
        ("from tensorflow import nothing as n\nn", [1, 2]),
        ("import tensorflow.nothing as n", [1]),
        ("import tensorflow.compat.v1.nothing", [1]),
        ("try:\n    import tensorflow.compat.v1 as tf\nexcept ImportError:\n    tf = None\ntf.nothing", [5]),
        ("def f():\n    return tf.nothing\nimport tensorflow as tf", [2]),
        ("def f():\n    import tensorflow as tf\n    def g(x=tf.nothing): return tf.nothing", [3, 3]),
        ("import tensorflow as tf\nclass A(tf.nothing):\n    x: tf.nothing = lambda: tf.nothing", [2, 3, 3]),
        ("import tensorflow as tf\n@tf.nothing\ndef f(a: tf.nothing) -> tf.nothing: pass", [2, 3, 3]),
        ("import tensorflow as tf\n[tf.nothing for _ in (tf.nothing,)]", [2, 2]),
        ("import tensorflow as tf\n(tf\n  .nothing(\n  1))", [3]),
        ("import tensorflow as tf\nprint(f'{tf.nothing}')", [2]),
        ("import tensorflow as tf\nclass A:\n    tf = 1\n    def f(self): tf.nothing", [4]),
    ],
)
def test_aliases(missing, text, lines):
    assert missing(text) == {"tf.nothing": lines}


@pytest.mark.parametrize(
    "text",
    [
        "tf.nothing",
        "import other as tf\ntf.nothing",
        "from . import tensorflow as tf\ntf.nothing",
        "import tensorflow_hub as tf\ntf.nothing",
        "from kudari.nothing import x\nimport kudari.nothing",
        "import tensorflow as tf\ndef f(tf): tf.nothing",
        "import tensorflow as tf\n[tf.nothing for tf in []]",
        "import tensorflow as tf\nlambda tf: tf.nothing",
        "import tensorflow as tf\ndef f():\n    for tf in []: tf.nothing",
        "import tensorflow as tf\ntrain = tf.train\ntrain = list()\ntrain.nothing",
        "import tensorflow as tf\nx = tf.constant(1)\nx.nothing",
        "import tensorflow as tf\ntf.float32.nothing",
    ],
)
def test_what_is_not_tensorflow_s(missing, text):
    assert missing(text) == {}


def test_rebinding(missing):
    text = (
        "import tensorflow as tf\nfrom tensorflow import train as t\n"
        "train = tf.train\nmore = train if 1 else t\nplace = tf.placeholder\n"
        "train.nothing; t.nothing; more.nothing\nplace(tf.float32, nothing=1)\n"
        "class A:\n    def f(self):\n        inner = tf.train\n        return inner.nothing\n"
    )
    assert missing(text) == {"tf.train.nothing": [6, 6, 6, 11], "tf.placeholder(nothing=)": [7]}


def test_a_choice_between_spellings_needs_only_one(missing):
    text = "import tensorflow as tf\ntry:\n    t = tf.nothing\nexcept AttributeError:\n    t = tf.train\n"
    assert missing(text + "t.Optimizer\nt.neither") == {"tf.nothing": [3], "tf.nothing.neither": [7]}


def test_keywords(missing):
    text = (
        "import tensorflow as tf\n"
        "tf.placeholder(tf.float32, shape=[1], name='x', colour=3)\n"
        "tf.reduce_sum(1, axis=0, keep_dims=True, reduction_indices=None)\n"
        "tf.Session(target='', graph=None, config=None, nothing=None)\n"
        "tf.train.GradientDescentOptimizer(learning_rate=.1, momentum=.9)\n"
        "tf.placeholder(**{'dtype': 1}, **{})\n"
    )
    assert missing(text) == {
        "tf.placeholder(colour=)": [2],
        "tf.Session(nothing=)": [4],
        "tf.train.GradientDescentOptimizer(momentum=)": [5],
    }


def test_messages_take_their_fields(missing):
    text = "import tensorflow as tf\ntf.ConfigProto(allow_soft_placement=True, nothing=1)\n"
    assert missing(text) == {"tf.ConfigProto(nothing=)": [2]}


def test_a_symbol_ends_where_an_object_s_attributes_begin(missing):
    text = (
        "import tensorflow as tf\ntf.nothing.ModeKeys.TRAIN.value\ntf.nothing.flags.FLAGS.rate\n"
        "tf.nothing.__version__.split('.')\ntf.GraphKeys.NOTHING.lower()\n"
    )
    assert missing(text) == {
        "tf.nothing.ModeKeys": [2],
        "tf.nothing.flags.FLAGS": [3],
        "tf.nothing.__version__": [4],
        "tf.GraphKeys.NOTHING": [5],
    }


def test_private_modules(missing):
    text = (
        "from tensorflow.python.ops import math_ops, nothing\nfrom tensorflow.python.framework import ops\n"
        "ops.convert_to_tensor(1)\nmath_ops.reduce_sum(1, nothing=2)\nmath_ops.nothing\n"
    )
    assert missing(text) == {
        "tf.python.ops.nothing": [1],
        "tf.python.ops.math_ops.reduce_sum(nothing=)": [4],
        "tf.python.ops.math_ops.nothing": [5],
    }


@pytest.mark.parametrize(
    "text, line, construct",
    [
        ("import tensorflow as tf\nprint 'x'\n", 2, "print statement"),
        ("exec 'x'\n", 1, "exec statement"),
        ("try: pass\nexcept E, e: pass\n", 2, "except X, e"),
        ("x = 1\nmode = 0777\n", 2, "octal"),
    ],
)
def test_python_2_is_said_and_the_check_goes_on(tmp_path, capsys, text, line, construct):
    (tmp_path / "a_old.py").write_text(text)
    (tmp_path / "b_new.py").write_text("import tensorflow as tf\ntf.nothing\n")
    found = check([str(tmp_path)])
    (old,) = found.unreadable
    assert old.line == line and construct in old.reason and "Python 2" in old.reason and "lib2to3 is gone" in old.reason
    assert found.files == 2 and list(map(str, found.missing)) == ["tf.nothing"]
    code, out = run(capsys, tmp_path)
    assert code == 1 and f"a_old.py:{line}: Python 2 code" in out


@pytest.mark.parametrize("content", [b"x = \xff\n", b"x = 1\0\n", b"x = (\n", b"(" * 5000])
def test_other_broken_files(tmp_path, content):
    (tmp_path / "broken.py").write_bytes(content)
    found = check([str(tmp_path)])
    assert len(found.unreadable) == 1 and "Python 2" not in found.unreadable[0].reason


def notebook(*cells):
    return json.dumps({"cells": [{"cell_type": kind, "source": source} for kind, source in cells]})


def test_notebook(tmp_path, capsys):
    path = tmp_path / "n.ipynb"
    path.write_text(
        notebook(
            ("markdown", "tf.nothing"),
            ("code", ["%matplotlib inline\n", "!pip install x\n", "import tensorflow as tf\n", "tf.train?\n"]),
            ("code", "%%bash\ntf.nothing ||"),
            ("code", "%%time\nx = [1,  # why?\n     tf.nothing]\nfiles = !ls\nprint('a'\n      % tf.nothing)"),
            ("code", "print 'old'"),
        )
    )
    found = check([str(path)])
    ((what, places),) = found.missing.items()
    assert str(what) == "tf.nothing" and [(p.cell, p.line) for p in places] == [(4, 3), (4, 6)]
    assert [(u.cell, u.line) for u in found.unreadable] == [(5, 1)]
    assert f"{path}:cell 4:3" in run(capsys, path)[1]


def test_old_notebook_format(tmp_path):
    path = tmp_path / "n.ipynb"
    cells = [{"cell_type": "code", "input": ["import tensorflow as tf\n", "tf.nothing"]}]
    path.write_text(json.dumps({"worksheets": [{"cells": cells}]}))
    assert list(map(str, check([str(path)]).missing)) == ["tf.nothing"]


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"cells": 3}', '{"cells": [{}]}'])
def test_broken_notebook(tmp_path, content):
    (tmp_path / "n.ipynb").write_text(content)
    assert len(check([str(tmp_path)]).unreadable) == 1


def test_folders(tmp_path):
    for name in ("a/b/c.py", "a/x.txt", ".hidden/d.py", "env/lib/e.py", "__pycache__/f.py"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("import tensorflow as tf\ntf.nothing\n")
    (tmp_path / "env/pyvenv.cfg").touch()
    found = check([str(tmp_path), str(tmp_path / "a/b/c.py")])
    assert found.files == 1 and found.uses == 1


def test_report_has_the_most_used_first_and_totals(tmp_path, capsys):
    path = tmp_path / "script.py"
    path.write_text(
        "import tensorflow as tf\nx = tf.placeholder(tf.float32)\ntf.nothing_b\ntf.nothing_a\ntf.nothing_b\n"
        "tf.placeholder(tf.float32, colour=1)\n"
    )
    code, out = run(capsys, path)
    assert code == 1
    assert out.splitlines() == [
        "tf.nothing_b  2 uses", f"  {path}:3", f"  {path}:5",
        "tf.nothing_a  1 use", f"  {path}:4",
        "tf.placeholder(colour=)  1 use", f"  {path}:6",
        "1 file, 7 uses of 4 symbols, 42.9 % covered, 3 missing",
    ]  # fmt: skip


def test_full_cover(tmp_path, capsys):
    (tmp_path / "script.py").write_text("import tensorflow as tf\ntf.placeholder(tf.float32)\n")
    assert run(capsys, tmp_path) == (0, "1 file, 2 uses of 2 symbols, 100 % covered, 0 missing\n")


def test_json(tmp_path, capsys):
    path = tmp_path / "script.py"
    path.write_text("import tensorflow as tf\ntf.nothing(1)\ntf.placeholder(tf.float32, colour=1)\n")
    (tmp_path / "z.py").write_text("print 1\n")
    code, out = run(capsys, "--json", tmp_path)
    found = json.loads(out)
    unreadable = found.pop("unreadable")
    assert code == 1 and found == {
        "files": 2,
        "uses": 3,
        "symbols": 3,
        "covered": 1,
        "share": 1 / 3,
        "missing": [
            {"symbol": "tf.nothing", "places": [{"file": str(path), "line": 2}]},
            {"symbol": "tf.placeholder", "keyword": "colour", "places": [{"file": str(path), "line": 3}]},
        ],
    }
    assert [(entry["file"], entry["line"]) for entry in unreadable] == [(str(tmp_path / "z.py"), 1)]


def test_a_large_repository_is_read_quickly(tmp_path):
    functions = [f"def f{i}(x):\n    return tf.nothing(x, name='n{i}')\n" for i in range(50)]
    text = "import tensorflow as tf\n" + "".join(functions)
    for number in range(200):
        (tmp_path / f"m{number}.py").write_text(text)
    started = time.perf_counter()
    assert check([str(tmp_path)]).uses == 200 * 50
    assert time.perf_counter() - started < 10  # 2,000 files within 100 s, on a slow machine; about 1 s here
