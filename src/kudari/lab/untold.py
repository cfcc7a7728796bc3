"""What can keep something from being told about a program, and in which words."""

import kudari as tf

UNTOLD = (ValueError, LookupError, FloatingPointError, tf.errors.OpError)


def words(error: BaseException) -> str:
    """Return why something could not be told."""
    if isinstance(error, tf.errors.OutOfRangeError):
        return "the graph reads its batches itself, and they have come to their end: feed a batch, or repeat the data"
    return error.message if isinstance(error, tf.errors.OpError) else str(error)
