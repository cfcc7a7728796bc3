"""The `tf.*` functions: TensorFlow's argument forms over the op definitions."""
