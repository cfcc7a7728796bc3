"""Ops that read and write image files held in strings, by Pillow. They run in Python."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import numpy as np

from ..dtypes import TypeSet, int32, int64, uint8, uint16
from ..graph.operation import Operation
from ..op.constant import constant_value
from ..op.definition import not_differentiable, op
from ..op.rules import brackets, fail, with_rank
from ..op.signature import Attr
from ..shape import Shape
from .jpeg import pixels as pixels_of_jpeg

_DEPTHS = TypeSet((uint8, uint16), uint8)
_SIGNATURES = {b"\xff\xd8\xff": "jpeg", b"\x89PNG\r\n\x1a\n": "png", b"GIF8": "gif"}
_MODES = {1: "L", 2: "LA", 3: "RGB", 4: "RGBA"}
_JPEG_ATTRS: dict[str, Any] = {
    "channels": 0, "ratio": 1, "fancy_upscaling": True, "try_recover_truncated": False,
    "acceptable_fraction": Attr("float", 1), "dct_method": "",
}


def _check_contents(op: Operation) -> None:
    with_rank(op, op.inputs[0], 0)
    if op.attrs.get("channels", 0) < 0:
        fail(op, f"channels must be non-negative, got {op['channels']}")


def _decoded(op: Operation) -> list[Shape]:
    _check_contents(op)
    return [(None, None, op["channels"] or None)]


def _frames(op: Operation) -> list[Shape]:
    _check_contents(op)
    return [(None, None, None, 3)]


def _cropped(op: Operation) -> list[Shape]:
    _check_contents(op)
    (length,) = with_rank(op, op.inputs[1], 1)
    if length not in (None, 4):
        fail(op, f"Dimension must be 4 but is {length}")
    window = constant_value(op.inputs[1])
    height, width = (None, None) if window is None else (int(window[2]), int(window[3]))
    return [(height, width, op["channels"] or None)]


def _one_string(op: Operation) -> list[Shape]:
    with_rank(op, op.inputs[0], 3)
    return [()]


def _three_sizes(op: Operation) -> list[Shape]:
    with_rank(op, op.inputs[0], 0)
    return [(3,)]


def _bytes(contents: Any) -> bytes:
    if np.shape(contents):
        raise ValueError(f"contents must be scalar, got shape {brackets(np.shape(contents))}")
    return np.asarray(contents, object).item()


def _text(contents: bytes) -> np.ndarray:
    return np.array(contents, object)


def _kind(data: bytes) -> str:
    for start, kind in _SIGNATURES.items():
        if data.startswith(start):
            return kind
    shown = "".join(chr(byte) if 32 <= byte < 127 else f"\\{byte:03o}" for byte in data[:16])
    raise ValueError(f"Expected image (JPEG, PNG, or GIF), got unknown format starting with '{shown}'"
                     if data else "Expected image (JPEG, PNG, or GIF), got empty file")


def _opened(data: bytes, problem: str) -> Any:
    from PIL import Image

    try:
        return Image.open(io.BytesIO(data))
    except Exception as error:
        raise ValueError(problem) from error


def _pixels(image: Any, problem: str) -> np.ndarray:
    try:
        array = np.array(image)
    except Exception as error:
        raise ValueError(problem) from error
    return array[..., None] if array.ndim == 2 else array


def _any_image(data: bytes, channels: int, ratio: int = 1, partial: bool = False, dct_method: str = "",
               is_smooth: bool = True) -> np.ndarray:
    """The pixels of a JPEG, PNG or single-frame GIF."""
    kind = _kind(data)
    if kind == "png":
        return _png(data, channels, np.uint8)
    if kind == "gif":
        frames = _gif(data)
        if len(frames) != 1:
            raise ValueError(f"Got {len(frames)} frames, but animated gifs can only be decoded by tf.io.decode_gif or "
                             "tf.io.decode_image")
        return frames[0]
    return _jpeg(data, channels, ratio, partial, dct_method != "INTEGER_ACCURATE", is_smooth)


def _jpeg(data: bytes, channels: int, ratio: int, partial: bool, is_fast: bool, is_smooth: bool) -> np.ndarray:
    from PIL import ImageFile

    if channels == 4:
        raise ValueError("channels must be 0, 1, or 3 for JPEG, got 4")
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, partial
    try:
        found = pixels_of_jpeg(data, channels, ratio, is_fast, is_smooth)
    except Exception as error:
        raise ValueError(f"Invalid JPEG data or crop window, data size {len(data)}") from error
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before
    return found[..., None] if found.ndim == 2 else found


def _check_channels(channels: int) -> None:
    if channels not in (0, 1, 3, 4):
        raise ValueError(f"channels must be 0, 1, 3, or 4, got {channels}")


def _check_ways(channels: int, ratio: int, dct_method: str) -> None:
    _check_channels(channels)
    if ratio not in (1, 2, 4, 8):
        raise ValueError(f"ratio must be 1, 2, 4, or 8, got {ratio}")
    if dct_method not in ("", "INTEGER_FAST", "INTEGER_ACCURATE"):
        raise ValueError("dct_method must be one of {'', 'INTEGER_FAST', 'INTEGER_ACCURATE'}")


@op("DecodeJpeg", "contents: string -> image: uint8", _decoded, host=True, **_JPEG_ATTRS)
def decode_jpeg(contents, *, channels, ratio, fancy_upscaling, try_recover_truncated, dct_method):
    """The pixels of a JPEG file, or of a PNG or GIF."""
    _check_ways(channels, ratio, dct_method)
    return _any_image(_bytes(contents), channels, ratio, try_recover_truncated, dct_method, fancy_upscaling)


@op("DecodeAndCropJpeg", "contents: string, crop_window: int32 -> image: uint8", _cropped, host=True, **_JPEG_ATTRS)
def decode_and_crop_jpeg(contents, crop_window, *, channels, ratio, fancy_upscaling, try_recover_truncated, dct_method):
    """The pixels of a window, given by its corner and size, of a JPEG file; of a PNG or GIF, all of them."""
    _check_ways(channels, ratio, dct_method)
    data = _bytes(contents)
    if np.shape(crop_window) != (4,):
        raise ValueError(f"crop_size must have four elements {brackets(np.shape(crop_window))}")
    image = _any_image(data, channels, ratio, try_recover_truncated, dct_method, fancy_upscaling)
    if _kind(data) != "jpeg":
        return image
    top, left, height, width = (int(place) for place in crop_window)
    inside = min(top, left) >= 0 and top + height <= image.shape[0] and left + width <= image.shape[1]
    if not inside or min(height, width) <= 0:
        raise ValueError(f"Invalid JPEG data or crop window, data size {len(data)}")
    return image[top:top + height, left:left + width]


def _png(data: bytes, channels: int, dtype: Any) -> np.ndarray:
    problem = f"Invalid PNG data, size {len(data)}"
    image = _opened(data, f"Invalid PNG header, data size {len(data)}")
    is_deep = len(data) > 24 and data[24] == 16
    if image.mode == "P":
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    elif image.mode == "1":
        image = image.convert("L")
    if is_deep and image.mode not in ("I;16", "I;16B", "I") and np.dtype(dtype) == np.uint16:
        raise ValueError("DecodePng: PNG files of 16 bits a channel and several channels are read as uint8 only; "
                         "use dtype=tf.uint8")
    pixels = _pixels(image, problem)
    if pixels.dtype != np.uint8:
        pixels = pixels.astype(np.uint16)
        if np.dtype(dtype) == np.uint8:
            pixels = (pixels >> 8).astype(np.uint8)
    elif np.dtype(dtype) == np.uint16:
        return _with_channels(pixels, channels).astype(np.uint16) * 257
    return _with_channels(pixels, channels)


def _with_channels(pixels: np.ndarray, channels: int) -> np.ndarray:
    """`pixels` with another number of channels; those of the file if 0."""
    has = pixels.shape[2]
    if channels in (0, has):
        return pixels
    color, alpha = (pixels[..., :-1], pixels[..., -1:]) if has in (2, 4) else (pixels, None)
    if channels == 1:
        return color if color.shape[2] == 1 else _gray(color)
    color = np.repeat(color, 3, 2) if color.shape[2] == 1 else color
    if channels == 3:
        return color
    if alpha is None:
        alpha = np.full((*color.shape[:2], 1), np.iinfo(color.dtype).max, color.dtype)
    return np.concatenate([color, alpha], 2)


def _gray(color: np.ndarray) -> np.ndarray:
    """Brightness as libpng computes it, in fifteen bits, rounded for 16-bit colours only."""
    half = 16384 if color.dtype == np.uint16 else 0
    return ((color.astype(np.int64) @ np.array([9798, 19235, 3735]) + half) >> 15).astype(color.dtype)[..., None]


@op("DecodePng", "contents: string -> image: dtype", _decoded, host=True, channels=0, dtype=_DEPTHS)
def decode_png(contents, *, channels, dtype):
    """The pixels of a PNG file, or of a JPEG or GIF."""
    _check_channels(channels)
    data = _bytes(contents)
    if _kind(data) == "png":
        return _png(data, channels, dtype.as_numpy_dtype)
    if dtype.as_numpy_dtype != np.uint8:
        raise ValueError(f"{_kind(data).upper()} does not support uint16 output")
    return _any_image(data, channels)


def _gif(data: bytes) -> np.ndarray:
    from PIL import ImageSequence

    problem = f"Invalid GIF data (size {len(data)}), failed to open gif file: No screen descriptor detected"
    image = _opened(data, problem)
    return np.stack([_pixels(frame.convert("RGB"), problem) for frame in ImageSequence.Iterator(image)])


@op("DecodeGif", "contents: string -> image: uint8", _frames, host=True)
def decode_gif(contents):
    """The pixels of all frames of a GIF file; of a JPEG or PNG, as one frame."""
    data = _bytes(contents)
    return _gif(data) if _kind(data) == "gif" else _any_image(data, 3)[None]


@op("DecodeBmp", "contents: string -> image: uint8", _decoded, host=True, channels=0)
def decode_bmp(contents, *, channels):
    """The pixels of an uncompressed BMP file."""
    _check_channels(channels)
    data = _bytes(contents)
    if len(data) < 32:
        raise ValueError(f"Incomplete bmp content, requires at least 32 bytes to find the header size, width, height, and "
                         f"bpp, got {len(data)} bytes")
    start, _, width, height, _, bits = struct.unpack_from("<IIiiHH", data, 10)
    found = bits // 8
    if channels and channels != found:
        raise ValueError(f"channels attribute {channels} does not match bits per pixel from file {found}")
    if found not in (1, 3, 4):
        raise ValueError(f"Number of channels must be 1, 3 or 4, was {found}")
    stride, rows = (found * width + 3) // 4 * 4, abs(height)
    least = start + stride * (rows - 1) + found * width
    if len(data) < least:
        raise ValueError(f"Incomplete bmp content, requires at least {least} bytes, got {len(data)} bytes")
    raw = np.frombuffer(data.ljust(start + stride * rows, b"\0"), np.uint8, stride * rows, start).reshape(rows, stride)
    pixels = raw[:, :found * width].reshape(rows, width, found)
    order = {1: [0], 3: [2, 1, 0], 4: [2, 1, 0, 3]}[found]
    return pixels[:: 1 if height < 0 else -1][..., order]


@op("EncodeJpeg", "image: uint8 -> contents: string", _one_string, host=True,
    format=Attr("string", "", ("", "grayscale", "rgb")), quality=95, progressive=False, optimize_size=False,
    chroma_downsampling=True, density_unit=Attr("string", "in", ("in", "cm")), x_density=300, y_density=300,
    xmp_metadata="")
def encode_jpeg(image, *, format, quality, progressive, optimize_size, chroma_downsampling, density_unit, x_density,
                y_density, xmp_metadata):
    """The image as a JPEG file."""
    if not 0 <= quality <= 100:
        raise ValueError(f"quality must be in [0,100], got {quality}")
    _check_image(image)
    wanted = {"": image.shape[2], "grayscale": 1, "rgb": 3}[format]
    if wanted != image.shape[2]:
        raise ValueError(f"format {format} expects {wanted} channels, got {brackets(image.shape)}")
    inch = 2.54 if density_unit == "cm" else 1
    extra = {"xmp": xmp_metadata.encode()} if xmp_metadata else {}
    return _saved(image, "JPEG", quality=quality, progressive=progressive, optimize=optimize_size, subsampling=2 *
                  chroma_downsampling, dpi=(round(x_density * inch), round(y_density * inch)), **extra)


@op("EncodeJpegVariableQuality", "images: uint8, quality: int32 -> contents: string", _one_string, host=True)
def encode_jpeg_variable_quality(images, quality):
    """The image as a JPEG file, of a quality that is a tensor."""
    if not 0 <= quality <= 100:
        raise ValueError(f"quality must be in [0,100], got {quality}")
    _check_image(images)
    return _saved(images, "JPEG", quality=int(quality), subsampling=2)


def _check_image(image: np.ndarray) -> None:
    if image.ndim != 3:
        raise ValueError(f"image must be 3-dimensional{brackets(image.shape)}")
    if image.shape[2] not in (1, 3):
        raise ValueError(f"image must have 1 or 3 channels, got {brackets(image.shape)}")


def _saved(image: np.ndarray, format: str, **options: Any) -> np.ndarray:
    from PIL import Image

    out = io.BytesIO()
    pixels = np.ascontiguousarray(image[..., 0] if image.shape[2] == 1 else image)
    Image.fromarray(pixels).save(out, format, **options)
    return _text(out.getvalue())


@op("EncodePng", "image: T -> contents: string", _one_string, host=True, compression=-1, T=_DEPTHS)
def encode_png(image, *, compression):
    """The image as a PNG file."""
    if image.ndim != 3:
        raise ValueError(f"image must be 3-dimensional{brackets(image.shape)}")
    height, width, channels = image.shape
    if channels not in _MODES:
        raise ValueError(f"image must have 1, 2, 3, or 4 channels, got {channels}")
    bits, color = image.dtype.itemsize * 8, {1: 0, 2: 4, 3: 2, 4: 6}[channels]
    rows = np.ascontiguousarray(image.astype(image.dtype.newbyteorder(">"))).reshape(height, -1).view(np.uint8)
    unfiltered = np.concatenate([np.zeros((height, 1), np.uint8), rows], 1).tobytes()
    header = struct.pack(">IIBBBBB", width, height, bits, color, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(unfiltered, compression)), (b"IEND", b"")]
    return _text(b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


@op("ExtractJpegShape", "contents: string -> image_shape: output_type", _three_sizes, host=True,
    output_type=TypeSet((int32, int64), int32))
def extract_jpeg_shape(contents, *, output_type):
    """Height, width and channels of a JPEG file, without decoding it."""
    data = _bytes(contents)
    problem = f"Invalid JPEG data, size {len(data)}"
    image = _opened(data, problem)
    if image.format != "JPEG":
        raise ValueError(problem)
    channels = {"L": 1, "RGB": 3, "YCbCr": 3, "CMYK": 4}[image.mode]
    return np.array([image.size[1], image.size[0], channels], output_type.as_numpy_dtype)


not_differentiable(decode_jpeg, decode_and_crop_jpeg, decode_png, decode_gif, decode_bmp, encode_jpeg,
                   encode_jpeg_variable_quality, encode_png, extract_jpeg_shape)
