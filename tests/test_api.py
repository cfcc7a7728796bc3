"""Every public symbol that Kudari has looks as TensorFlow 1.15's does, and those that real programs use are there.

`golden/api.json` records the signatures, `golden/usage.json` how many of 76 public repositories of TensorFlow 1 programs
use a symbol, for those that two or more use. `golden/missing.txt` names what is still to come: a line goes when its
symbol or method is there.
"""

import inspect
import json
import re
from pathlib import Path

import pytest

from kudari.shim import public

GOLDEN = Path(__file__).parent / "golden"
EVERY = json.loads((GOLDEN / "api.json").read_text(encoding="utf-8"))
SYMBOLS = EVERY["1.15"]
USAGE = json.loads((GOLDEN / "usage.json").read_text())

SPACES = {"tf", *(f"tf.{space}" for space in (
    "bitwise", "debugging", "dtypes", "image", "initializers", "linalg", "manip", "math", "nn", "random", "sets", "signal",
    "sparse", "spectral", "strings",
))}
RECURRENT = re.compile(r"rnn|ctc")
CORE = {name for name in USAGE if name.rpartition(".")[0] in SPACES and not RECURRENT.search(name)}

MISSING = set((GOLDEN / "missing.txt").read_text().split())

# Made by the graph or by static methods, never by a program.
NOT_CONSTRUCTED = {"tf.data.Dataset", "tf.Tensor", "tf.Operation", "tf.DType", "tf.dtypes.DType"}
# Still to be made alike.
DIFFERENT: set[str] = set()
# absl's own, whose signatures change with its versions.
OF_ABSL = ("tf.flags.", "tf.app.flags.")
# Signatures that say nothing: of a class without a constructor of its own, of a wrapper.
OPEN = {"(self, /, *args, **kwargs)", "(*args, **kwargs)", None}


def found():
    """(name, what TensorFlow recorded, the object) of every public symbol that Kudari has."""
    return [(name, entry, public.find(name[3:])) for name, entry in SYMBOLS.items()
            if public.has(name[3:]) and not name.startswith(OF_ABSL)]


def signature(target):
    """The parameters as text, without annotations; `None` if there are none to be had."""
    try:
        whole = inspect.signature(target)
    except (TypeError, ValueError):
        return None
    bare = [parameter.replace(annotation=inspect.Parameter.empty) for parameter in whole.parameters.values()]
    return without_address(str(whole.replace(parameters=bare, return_annotation=inspect.Signature.empty)))


def without_address(text):
    return re.sub(r" at 0x[0-9a-f]+", "", text)


def without_place(text):
    """A signature less the modules of the classes in it."""
    return text and re.sub(r"<class '[\w.]*\.(\w+?)(V1)?'>", r"<class '\1'>", text)


def of_library(method):
    """Whether a method comes from the unit tests of Python or of absl, as TensorFlow's did in their versions of then."""
    return (getattr(method, "__module__", "") or "").startswith(("unittest", "absl"))


def is_error(value):
    return inspect.isclass(value) and issubclass(value, Exception)


def test_kinds_are_tensorflows():
    kinds = {"module": inspect.ismodule, "class": inspect.isclass, "function": callable}
    wrong = {name: entry["kind"] for name, entry, value in found()
             if entry["kind"] in kinds and not kinds[entry["kind"]](value)}
    assert wrong == {}


def test_functions_take_what_tensorflows_take():
    pairs = {name: (without_place(signature(value)), without_place(entry["sig"]))
             for name, entry, value in found() if entry["kind"] == "function"}
    assert {name: pair for name, pair in pairs.items() if pair[0] != pair[1] and pair[1] not in OPEN} == {}


def test_classes_are_constructed_as_tensorflows_are():
    pairs = {name: (signature(value.__init__), entry["sig"]) for name, entry, value in found()
             if entry["kind"] == "class" and name not in NOT_CONSTRUCTED and not is_error(value)}
    assert {name for name, pair in pairs.items() if pair[0] != pair[1] and pair[1] not in OPEN} <= DIFFERENT


def test_methods_take_what_tensorflows_take():
    pairs = {f"{name}.{method}": (signature(getattr(value, method)), wanted) for name, entry, value in found()
             for method, wanted in entry.get("methods", {}).items() if hasattr(value, method)
             and not of_library(getattr(value, method))}
    assert {name: pair for name, pair in pairs.items() if pair[0] != pair[1] and pair[1] not in OPEN} == {}


def test_what_programs_use_is_there():
    methods = {f"{name}.{method}" for name, entry, value in found() for method in entry.get("methods", ())
               if not hasattr(value, method)}
    symbols = {name for name in CORE if not public.has(name[3:])}
    assert methods | symbols == MISSING


@pytest.mark.parametrize("name", ["tf.Session", "tf.nn.relu", "tf.image.rot90"])
def test_the_core_is_what_programs_use(name):
    assert name in CORE and "tf.nn.dynamic_rnn" not in CORE and "tf.train.Saver" not in CORE


def test_all_that_tensorflow_1_3_and_1_15_have_below_train_is_there():
    both = {name for symbols in EVERY.values() for name in symbols if name.startswith("tf.train.")}
    assert not {name for name in both if not public.has(name[3:])}
