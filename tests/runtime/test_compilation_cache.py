"""Compiled programs are kept on disk between processes, where the user wants that."""

import os
import subprocess
import sys

PROGRAM = """
import jax
import kudari as tf
x = tf.placeholder(tf.float32, [30, 30])
h = x
for _ in range(12):
    h = tf.nn.softmax(tf.matmul(h, x)) + tf.sin(h)
with tf.Session(config=tf.SessionOptions(numerics="fast")) as session:
    print(session.run(tf.reduce_sum(h), {x: [[0.1] * 30] * 30}), jax.config.jax_compilation_cache_dir)
"""


def run(**environment):
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True,
                          env={**os.environ, **environment})
    return done.stdout.split(), done.stderr


def test_programs_are_kept_and_used_again(tmp_path):
    first, _ = run(KUDARI_CACHE_DIR=str(tmp_path / "kept"))
    kept = sorted((tmp_path / "kept").iterdir())
    assert any(path.name.endswith("-cache") for path in kept)
    second, _ = run(KUDARI_CACHE_DIR=str(tmp_path / "kept"))
    assert second == first
    assert {path.name for path in kept} == {path.name for path in (tmp_path / "kept").iterdir()}


def test_a_damaged_program_is_compiled_again(tmp_path):
    first, _ = run(KUDARI_CACHE_DIR=str(tmp_path))
    for path in tmp_path.glob("*-cache"):
        path.write_bytes(b"damaged")
    second, _ = run(KUDARI_CACHE_DIR=str(tmp_path), PYTHONWARNINGS="ignore")
    assert second == first


def test_nothing_is_kept_without_a_folder():
    assert run(KUDARI_CACHE_DIR="")[0][1] == "None"


def test_the_default_is_the_users_cache_folder(tmp_path):
    environment = {key: value for key, value in os.environ.items() if key != "KUDARI_CACHE_DIR"}
    code = "import kudari.runtime.compilation_cache as cache; print(cache.folder())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True,
                          env={**environment, "XDG_CACHE_HOME": str(tmp_path)})
    assert done.stdout.strip() == str(tmp_path / "kudari")


def test_what_the_user_told_jax_stands(tmp_path):
    found, _ = run(KUDARI_CACHE_DIR=str(tmp_path / "ours"), JAX_COMPILATION_CACHE_DIR=str(tmp_path / "theirs"))
    assert found[1] == str(tmp_path / "theirs")
