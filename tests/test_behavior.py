"""The switches to TensorFlow 2's behaviour: those that turn it off do nothing, those that turn it on are refused."""

import pytest

import kudari as tf

NAMES = ["eager_execution", "v2_behavior", "v2_tensorshape", "control_flow_v2", "tensor_equality"]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_off_stays_off(name):
    assert getattr(tf, f"disable_{name}")() is None
    with pytest.raises(tf.errors.UnimplementedError, match=r"Kudari has no .* it runs TensorFlow 1's graphs in sessions"):
        getattr(tf, f"enable_{name}")()
    assert not tf.executing_eagerly() and not tf.control_flow_v2_enabled()
