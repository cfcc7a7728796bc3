"""Record small image files and what TensorFlow 1.15 decodes from them: tests/golden/image_files.json.

Each case has the op, its attributes, the file in base 64 and the pixels. Run it with TensorFlow 1.15's Python.
"""

import base64
import os

import layout
import numpy as np
import readable
import tensorflow as tf

DECODERS = {"DecodeJpeg": tf.image.decode_jpeg, "DecodePng": tf.image.decode_png, "DecodeBmp": tf.image.decode_bmp}


def pictures():
    rows, columns = np.mgrid[:13, :10]
    colors = np.stack([rows * 19, columns * 25, (rows * columns * 7) % 256], -1).astype(np.uint8)
    return colors, colors[..., :1], np.concatenate([colors, 255 - colors[..., :1]], -1)


def bmp(pixels):
    height, width, channels = pixels.shape
    rows = [bytes(row[:, ::-1].tobytes()).ljust((width * channels + 3) // 4 * 4, b"\0") for row in pixels[::-1]]
    header = np.array([40, width, height], "<i4").tobytes() + np.array([1, channels * 8], "<i2").tobytes() + bytes(24)
    body = b"".join(rows)
    return b"BM" + np.array([54 + len(body), 0, 54], "<i4").tobytes() + header + body


def files(session):
    """(op, attributes, file)."""
    colors, gray, clear = pictures()
    run = session.run
    for quality in (95, 30):
        for sampling in (True, False):
            file = run(tf.image.encode_jpeg(colors, quality=quality, chroma_downsampling=sampling))
            for attrs in ({}, {"channels": 1}, {"dct_method": "INTEGER_ACCURATE"}):
                yield "DecodeJpeg", attrs, file
    yield "DecodeJpeg", {"ratio": 2}, run(tf.image.encode_jpeg(colors))
    yield "DecodeJpeg", {"channels": 3}, run(tf.image.encode_jpeg(gray))
    yield "DecodeJpeg", {}, run(tf.image.encode_jpeg(colors, progressive=True, optimize_size=True, xmp_metadata="about"))
    for pixels in (colors, gray, clear, clear[..., ::3]):
        file = run(tf.image.encode_png(pixels))
        for channels in (0, 1, 3, 4):
            yield "DecodePng", {"channels": channels}, file
    deep = run(tf.image.encode_png(tf.constant(gray.astype(np.uint16) * 251 + 7)))
    for attrs in ({"dtype": "uint16"}, {"dtype": "uint16", "channels": 3}, {}, {"channels": 4}):
        yield "DecodePng", attrs, deep
    yield "DecodeBmp", {}, bmp(colors)


def main():
    options = layout.arguments(__doc__).parse_args()
    recorded = []
    with tf.Session() as session:
        for op, attrs, file in files(session):
            typed = {key: tf.as_dtype(value) if key == "dtype" else value for key, value in attrs.items()}
            pixels = readable.array(session.run(DECODERS[op](file, **typed)))
            recorded.append({"op": op, "attrs": attrs, "file": base64.b64encode(file).decode(), "pixels": pixels})
    layout.write(os.path.join(options.out, "image_files.json"), recorded)


if __name__ == "__main__":
    main()
