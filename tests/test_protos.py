"""Protocol buffer messages: where they are, and that importing Kudari leaves them alone."""

import subprocess
import sys

import pytest

import kudari as tf
from kudari.protos import MODULE_OF, proto


@pytest.mark.parametrize("name", MODULE_OF)
def test_every_message_is_there(name):
    assert proto(name).DESCRIPTOR.name == name


@pytest.mark.parametrize("path", ["ConfigProto", "GraphDef", "Summary", "summary.Summary", "train.SaverDef"])
def test_public_names_are_the_messages(path):
    found = tf
    for part in path.split("."):
        found = getattr(found, part)
    assert found is proto(path.rpartition(".")[2])


def test_options_are_set_as_programs_do():
    config = tf.ConfigProto(allow_soft_placement=True, gpu_options=tf.GPUOptions(allow_growth=True),
                            device_count={"GPU": 0})
    config.gpu_options.per_process_gpu_memory_fraction = 0.5
    assert config.gpu_options.allow_growth and config.device_count["GPU"] == 0
    options = tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE)
    assert options.trace_level == tf.RunOptions.FULL_TRACE != tf.RunOptions.NO_TRACE


def test_an_unknown_message_is_named():
    with pytest.raises(LookupError, match="No protocol buffer message 'Nope'"):
        proto("Nope")


def test_importing_kudari_does_not_import_protocol_buffers():
    program = ("import sys, kudari\n"
               "print([m for m in sys.modules if m.startswith(('tensorboard', 'google.protobuf'))])")
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
