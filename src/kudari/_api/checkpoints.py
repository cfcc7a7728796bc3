"""Public names of checkpoints and their readers."""

from .. import io as io  # so that the namespace `tf.io` is the package itself
