"""Record the elements of the datasets in tests/golden/pipelines.py and file_pipelines.py, and how they end, with
TensorFlow 1.15's Python; names of these files as arguments record only those.
"""

import importlib.util
import json
import os
import sys

import tensorflow as tf

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")


def main():
    sys.path.insert(0, os.path.join(HERE, "tests", "data"))
    from elements import record  # the same lines ask Kudari

    for name in sys.argv[1:] or ("pipelines", "file_pipelines"):
        place = os.path.join(HERE, "tests", "golden", name + ".py")
        spec = importlib.util.spec_from_file_location(name, place)
        pipelines = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(pipelines)
        found = {build.__name__: record(tf, build, pipelines.SEED, pipelines.MOST) for build in pipelines.PIPELINES}
        with open(place.replace(".py", ".json"), "w") as file:
            file.write("{\n" + ",\n".join(json.dumps(name) + ": " + json.dumps(found[name], sort_keys=True)
                                          for name in sorted(found)) + "\n}\n")


main()
