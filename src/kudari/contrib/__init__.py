"""What programs used of `tf.contrib`."""
