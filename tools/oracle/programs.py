"""The programs of tests/golden/graphs/, loaded by name."""

import importlib.util
import os

import layout

FOLDER = os.path.join(layout.GOLDEN, "graphs")


def names():
    return sorted(entry[:-3] for entry in os.listdir(FOLDER) if entry.endswith(".py"))


def load(name):
    spec = importlib.util.spec_from_file_location(name, os.path.join(FOLDER, name + ".py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
