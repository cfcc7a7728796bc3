"""Convolutions by oneDNN on CPU, called from inside programs of XLA, where its library (the extra `cpu`) is installed."""
