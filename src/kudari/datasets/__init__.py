"""Readers of data sets, as TensorFlow's tutorials and `tf.contrib.learn` had them."""
