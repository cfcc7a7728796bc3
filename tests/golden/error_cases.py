"""Wrong calls and what they raise: the cases behind errors.json, for TensorFlow 1.15 and for Kudari.

`CASES` maps a name to a function that takes the module (`tensorflow` or `kudari`) and does the wrong thing. Run each in
a graph of its own: `with tf.Graph().as_default(): CASES[name](tf)`.
"""

import importlib.util
import os

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "errors")


def subjects():
    return sorted(entry[:-3] for entry in os.listdir(FOLDER) if entry.endswith(".py"))


def load(subject):
    spec = importlib.util.spec_from_file_location("error_cases_" + subject, os.path.join(FOLDER, subject + ".py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


CASES = {subject + "/" + name: function for subject in subjects() for name, function in load(subject).CASES.items()}
