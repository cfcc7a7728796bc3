"""Gradients, built as nodes of the graph they differentiate."""
