"""TensorFlow's file formats, without graphs."""
