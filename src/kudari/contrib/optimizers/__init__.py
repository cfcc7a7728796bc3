"""The optimizers of `tf.contrib.opt`, one a file."""
