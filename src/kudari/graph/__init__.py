"""Graphs, operations and tensors: the program as data."""
