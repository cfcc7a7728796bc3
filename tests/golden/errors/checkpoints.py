"""Checkpoints written and read wrongly."""

import os
import tempfile

FIXTURES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "checkpoints", "tf115")
MODEL, OLD = os.path.join(FIXTURES, "model-3"), os.path.join(FIXTURES, "old")


def restore(tf, name, spec="", dtype="float32", path=MODEL, names=None):
    names = names or [name]
    tf.Session().run(tf.raw_ops.RestoreV2(prefix=path, tensor_names=names, shape_and_slices=[spec], dtypes=[dtype]))


def save(tf, names, specs, tensors):
    prefix = os.path.join(tempfile.mkdtemp(), "model")
    tf.Session().run(tf.raw_ops.SaveV2(prefix=prefix, tensor_names=names, shape_and_slices=specs, tensors=tensors))


CASES = {
    "no_checkpoint": lambda tf: restore(tf, "a", path="/nowhere/model"),
    "no_reader": lambda tf: tf.train.NewCheckpointReader("/nowhere/model"),
    "no_tensor": lambda tf: restore(tf, "a"),
    "no_tensor_to_read": lambda tf: tf.train.NewCheckpointReader(MODEL).get_tensor("a"),
    "no_variable": lambda tf: tf.train.load_variable(MODEL, "a"),
    "other_type": lambda tf: restore(tf, "double"),
    "other_type_in_the_first_format": lambda tf: restore(tf, "double", path=OLD),
    "other_shape": lambda tf: restore(tf, "layer/weights", "5 2 0,2:-"),
    "slice_of_letters": lambda tf: restore(tf, "layer/weights", "3 2 x"),
    "slice_without_shape": lambda tf: restore(tf, "layer/weights", "3"),
    "slice_with_letters_for_a_shape": lambda tf: restore(tf, "layer/weights", "x 2 0,1:-"),
    "more_names_than_slices": lambda tf: restore(tf, "", names=["a", "b"]),
    "saved_with_other_slice": lambda tf: save(tf, ["x"], ["4 0,2"], [[1.0]]),
    "saved_with_more_slices": lambda tf: save(tf, ["x"], ["", ""], [[1.0]]),
    "saved_with_more_names": lambda tf: save(tf, ["x", "y"], ["", ""], [[1.0]]),
    "reader_of_nothing": lambda tf: tf.train.NewCheckpointReader(None),
}
