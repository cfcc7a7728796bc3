"""`import tensorflow` in all its forms, answered by Kudari."""

import sys

import pytest
from cli_runs import PYTHON, RUN, result

IMPORTS = """
import sys
import tensorflow as tf, tensorflow, kudari
assert tf is tensorflow is kudari
spec, name = kudari.__spec__.name, kudari.__name__
import tensorflow.compat.v1 as tf1
assert tf1 is tf
import tensorflow.train
assert tensorflow.train is tf.train is kudari.train
from tensorflow.train import GradientDescentOptimizer
assert GradientDescentOptimizer is tf.train.GradientDescentOptimizer
from tensorflow import placeholder, float32
assert placeholder is tf.placeholder
from tensorflow.python.framework import ops
from tensorflow.python.ops import math_ops, array_ops
assert ops.convert_to_tensor is tf.convert_to_tensor and ops.Graph is tf.Graph
assert math_ops.reduce_sum is tf.reduce_sum
import tensorflow.python.ops.math_ops as again
assert again is math_ops is tf.python.ops.math_ops is tensorflow.python.ops.math_ops
from tensorflow.python.ops.math_ops import *
assert reduce_sum is tf.reduce_sum
from tensorflow.python.training import optimizer
assert optimizer.Optimizer is tf.train.Optimizer
from tensorflow.python.client.session import Session
assert Session is tf.Session
from tensorflow.core.framework import graph_pb2
import tensorflow.core.framework.graph_pb2 as graph_pb2_again
assert graph_pb2 is graph_pb2_again and graph_pb2.GraphDef().node is not None
assert (kudari.__spec__.name, kudari.__name__) == (spec, name) == ("kudari", "kudari")
from tensorflow.python.framework import tensor_shape, tensor_util
assert tensor_shape.unknown_shape().ndims is None and tensor_util.constant_value(tf.constant(3)) == 3
from tensorflow.python.ops import control_flow_ops, gen_nn_ops, resource_variable_ops
assert gen_nn_ops._relu_grad(1.0, 2.0).op.type == "ReluGrad" and callable(control_flow_ops.with_dependencies)
from tensorflow.python.platform import googletest, test
assert test.TestCase is tf.test.TestCase is googletest.TestCase
from tensorflow.python.util import nest
assert nest.is_sequence([1]) and nest.flatten([1, [2]]) == [1, 2]
from tensorflow.python.client import device_lib
assert device_lib.list_local_devices()[0].device_type == "CPU"
import tensorflow.examples.tutorials.mnist.input_data as input_data
from tensorflow.examples.tutorials.mnist import input_data as input_data_again
assert input_data is input_data_again and input_data.read_data_sets is tf.contrib.learn.datasets.mnist.read_data_sets
import tensorflow.contrib.slim as slim
from tensorflow.contrib import slim as slim_again
assert slim is slim_again
finders = len(sys.meta_path)
tf.install(); tf.install()
assert len(sys.meta_path) == finders
print("all of them", tf.__version__)
"""

MISSING = {
    "import tensorflow.contrib.nothing": "No module named 'tensorflow.contrib.nothing': Kudari does not have it yet",
    "from tensorflow.contrib import nothing": "'nothing' from 'tensorflow.contrib': Kudari does not have it yet",
    "from tensorflow.train import nothing": "cannot import name 'nothing' from 'tensorflow.train': Kudari does not",
    "from tensorflow import nothing": "cannot import name 'nothing' from 'tensorflow': Kudari does not have it yet",
    "import tensorflow.nothing.more": "No module named 'tensorflow.nothing': Kudari does not have it yet",
    "from tensorflow.python.ops import nothing": "No module named 'tensorflow.python.ops.nothing': Kudari does not",
    "import tensorflow.train.Optimizer": "No module named 'tensorflow.train.Optimizer': Kudari does not have it yet",
    "import numpy.nothing": "No module named 'numpy.nothing'",
    "tf.nothing.more": "AttributeError Kudari does not have tf.nothing yet",
    "tf.train.nothing": "AttributeError Kudari does not have tf.train.nothing yet",
    "import tensorflow.contrib.slim as slim; slim.nothing": "AttributeError Kudari does not have tf.contrib.slim.nothing",
    "from tensorflow.python.ops import rnn_cell_impl as cells; cells.nothing":
        "AttributeError Kudari does not have tf.python.ops.rnn_cell_impl.nothing yet",
    "math_ops.nothing": "AttributeError Kudari does not have tf.python.ops.math_ops.nothing yet",
}


def test_every_form_of_import(tmp_path):
    (tmp_path / "script.py").write_text(IMPORTS)
    found = result([*RUN, "script.py"], tmp_path)
    assert (found.stdout, found.stderr) == ("all of them 1.15.5\n", "")


def test_what_kudari_lacks_is_named(tmp_path):
    (tmp_path / "script.py").write_text(
        "import tensorflow as tf\nfrom tensorflow.python.ops import math_ops\n"
        f"for text in {list(MISSING)!r}:\n"
        "    try:\n        exec(text)\n        print('no error')\n"
        "    except (ImportError, AttributeError) as error:\n        print(type(error).__name__, error)\n"
    )
    lines = result([*RUN, "script.py"], tmp_path).stdout.splitlines()
    for line, (text, words) in zip(lines, MISSING.items(), strict=True):
        assert words in line, text
        is_use = "import" not in text or ";" in text
        assert line.startswith("AttributeError" if is_use else ("ImportError", "ModuleNotFoundError"))


@pytest.mark.parametrize("install", ["", "import kudari; kudari.install()\n"])
def test_a_real_tensorflow_is_passed_over(tmp_path, install):
    (tmp_path / "tensorflow").mkdir()
    (tmp_path / "tensorflow/__init__.py").write_text("is_the_real_one = True\n")
    (tmp_path / "script.py").write_text(f"{install}import tensorflow as tf\nprint(hasattr(tf, 'is_the_real_one'))\n")
    command = PYTHON if install else RUN
    assert result([*command, "script.py"], tmp_path).stdout == "False\n"


def test_too_late_is_said(tmp_path):
    (tmp_path / "tensorflow").mkdir()
    (tmp_path / "tensorflow/__init__.py").write_text("is_the_real_one = True\n")
    (tmp_path / "script.py").write_text("import tensorflow, kudari\nkudari.install()\n")
    error = result([*PYTHON, "script.py"], tmp_path).stderr
    assert "RuntimeError: kudari.install() came too late: tensorflow is already imported from" in error
    assert str(tmp_path / "tensorflow/__init__.py") in error


def test_importing_kudari_alone_installs_nothing():
    before = list(sys.meta_path)
    import kudari  # noqa: F401

    assert sys.meta_path == before and not any("kudari" in type(finder).__module__ for finder in before)
