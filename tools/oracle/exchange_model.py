"""Write a saved model, or load it and compute: `python exchange_model.py MODULE FOLDER save|load`.

MODULE is `kudari` or `tensorflow`. The last line printed is what the model computes, as JSON.
"""

import importlib
import json
import os
import sys

FED = [[1.0, 1.0], [2.0, 0.0]]


def save(tf, folder):
    words = os.path.join(folder, "words.txt")
    with open(words, "w") as file:
        file.write("one\n")
    x = tf.placeholder(tf.float32, [None, 2], name="x")
    plain = tf.get_variable("plain", initializer=[[1.0], [2.0]])
    handle = tf.get_variable("handle", initializer=3.0, use_resource=True)
    y = tf.add(tf.matmul(x, plain), handle, name="y")
    path = tf.constant(words)
    tf.add_to_collection(tf.GraphKeys.ASSET_FILEPATHS, path)
    seen = tf.get_variable("seen", initializer="", dtype=tf.string, collections=[tf.GraphKeys.LOCAL_VARIABLES])
    start = tf.assign(seen, path).op
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        tf.saved_model.simple_save(session, os.path.join(folder, "model"), {"x": x}, {"y": y}, legacy_init_op=start)
        return {"y": session.run(y, {x: FED}).tolist(), "file": "words.txt"}


def load(tf, folder):
    with tf.Session() as session:
        meta = tf.saved_model.loader.load(session, ["serve"], os.path.join(folder, "model"))
        signature = meta.signature_def["serving_default"]
        y = session.run(signature.outputs["y"].name, {signature.inputs["x"].name: FED}).tolist()
        seen = session.run("seen:0").decode()
    return {"y": y, "file": os.path.relpath(seen, os.path.join(folder, "model", "assets"))}


def main():
    module, folder, what = sys.argv[1:]
    print(json.dumps((save if what == "save" else load)(importlib.import_module(module), folder)))


if __name__ == "__main__":
    main()
