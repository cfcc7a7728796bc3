"""Image files are decoded to the bit as TensorFlow 1.15 decoded them, recorded by tools/oracle/record_image_files.py."""

import base64
import io
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import kudari as tf
from kudari.op.definition import lookup

RECORDED = json.loads((Path(__file__).parent.parent / "golden" / "image_files.json").read_text())


def run(build):
    with tf.Graph().as_default(), tf.Session() as session:
        return session.run(build())


@pytest.mark.parametrize("entry", RECORDED, ids=lambda entry: f"{entry['op']}-{entry['attrs']}")
def test_pixels_are_tensorflows(entry):
    found = run(lambda: lookup(entry["op"])(base64.b64decode(entry["file"]), **entry["attrs"]))
    wanted = entry["pixels"]
    assert found.dtype.name == wanted["dtype"]
    np.testing.assert_array_equal(found, np.array(wanted["values"]).reshape(wanted["shape"]))


def test_all_frames_of_a_gif():
    frames = [np.full((3, 4), level, np.uint8) for level in (0, 255)]
    first, *others = [Image.fromarray(frame) for frame in frames]
    file = io.BytesIO()
    first.save(file, "gif", save_all=True, append_images=others)
    found = run(lambda: tf.image.decode_image(file.getvalue()))
    np.testing.assert_array_equal(found, np.stack([np.repeat(frame[..., None], 3, 2) for frame in frames]))
    first_only = run(lambda: tf.image.decode_image(file.getvalue(), expand_animations=False))
    np.testing.assert_array_equal(first_only, found[0])
    with pytest.raises(tf.errors.InvalidArgumentError, match="Got 2 frames, but animated gifs can only be decoded by"):
        run(lambda: tf.image.decode_png(file.getvalue()))


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_png_files_are_written_as_others_read_them(dtype, channels):
    pixels = np.random.RandomState(0).randint(0, np.iinfo(dtype).max, (5, 4, channels)).astype(dtype)
    file = run(lambda: tf.image.encode_png(tf.constant(pixels)))
    read = Image.open(io.BytesIO(file))
    assert (read.size, file[24:26]) == ((4, 5), bytes([8 * pixels.itemsize, {1: 0, 2: 4, 3: 2, 4: 6}[channels]]))
    if dtype == np.uint8 or channels == 1:
        np.testing.assert_array_equal(np.array(read).reshape(pixels.shape), pixels)


def test_jpeg_files_say_what_was_asked():
    pixels = np.zeros((8, 8, 3), np.uint8)
    file = run(lambda: tf.image.encode_jpeg(pixels, progressive=True, density_unit="cm", x_density=100, y_density=200))
    read = Image.open(io.BytesIO(file))
    assert read.info["progressive"] and read.info["dpi"] == (254, 508)
    assert run(lambda: tf.image.is_jpeg(file)) and not run(lambda: tf.image.is_jpeg(b"GIF89a"))
