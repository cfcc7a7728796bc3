"""Summaries of images and sounds, as the files that TensorBoard shows and plays."""

from __future__ import annotations

import struct

import numpy as np

from ..dtypes import TypeSet, as_dtype, float16, float32, float64, uint8
from ..graph.operation import Operation
from ..op.definition import not_differentiable, op
from ..op.rules import brackets, scalar
from ..op.signature import Attr
from ..op.summary import type_name
from ..shape import Shape
from .image_files import encode_png
from .summaries import as_message

_RED = np.array([255, 0, 0, 255], np.uint8)
_NEARLY_NOTHING = np.float32(1e-6)


def _one_string(op: Operation) -> list[Shape]:
    for key in ("max_images", "max_outputs"):
        if op.attrs.get(key, 1) < 1:
            raise ValueError(f"Attr '{key}' of '{op.type}' Op passed {op[key]} less than minimum 1.")
    return scalar(op)


@op("ImageSummary", "tag: string, tensor: T -> summary: string", _one_string, host=True, max_images=3,
    T=TypeSet((uint8, float32, float16, float64), default=float32), bad_color=Attr("tensor", _RED))
def image_summary(tag, tensor, *, max_images, bad_color):
    """The first images of a batch as PNG files."""
    _must_be_one(tag)
    return as_message(*image_values(tag.item(), tensor, max_images, bad_color))


def image_values(tag: bytes, images: np.ndarray, most: int, bad_color: np.ndarray) -> list[dict]:
    """Return the summary values for the first images of a batch.

    Args:
      tag: what their tags begin with.
      images: `[batch, height, width, channels]`; what is not uint8 is scaled, each image by itself.
      most: how many to take.
      bad_color: of pixels that are not finite.
    """
    if images.ndim != 4 or images.shape[3] not in (1, 3, 4):
        raise ValueError(f"Tensor must be 4-D with last dim 1, 3, or 4, not {brackets(images.shape)}")
    if bad_color.dtype != np.uint8:
        raise ValueError(f"bad_color must be uint8, got {type_name(as_dtype(bad_color.dtype))}")
    if bad_color.ndim != 1:
        raise ValueError(f"bad_color must be a vector, got shape {brackets(bad_color.shape)}")
    _, height, width, depth = images.shape
    if images.dtype != np.uint8 and bad_color.size < depth:
        raise ValueError(f"expected depth <= bad_color.size, got depth = {depth}, bad_color.size = {bad_color.size}")
    if len(images) and not images.size:
        raise ValueError(f"input tensor must have non-zero dims. Found: [{', '.join(map(str, images.shape))}].")
    size = {"height": height, "width": width, "colorspace": depth}
    return [{"tag": f"{tag.decode()}/image" + (f"/{i}" if most > 1 else ""),
             "image": {**size, "encoded_image_string": _png(image, bad_color)}} for i, image in enumerate(images[:most])]


def _png(image: np.ndarray, bad_color: np.ndarray) -> bytes:
    pixels = image if image.dtype == np.uint8 else _as_bytes(image, bad_color[:image.shape[2]])
    return encode_png.lower(pixels, compression=-1).item()


def _as_bytes(image: np.ndarray, bad_color: np.ndarray) -> np.ndarray:
    """Floats as bytes: the largest is 255, or, if some are negative, zero is 128 and the farthest from it 127 away."""
    is_good = np.isfinite(image).all(axis=2)
    good = image[is_good].astype(np.float32)
    low, high = good.min(initial=np.inf), good.max(initial=-np.inf)
    top = max(abs(low), abs(high)) if low < 0 else high
    scale = np.float32(0) if top < _NEARLY_NOTHING else np.float32(127 if low < 0 else 255) / top
    offset = image.dtype.type(128 if low < 0 else 0)
    pixels = np.empty(image.shape, np.uint8)
    pixels[is_good] = (image[is_good] * image.dtype.type(scale) + offset).astype(np.uint8)
    pixels[~is_good] = bad_color
    return pixels


@op("AudioSummary", "tag: string, tensor: float32 -> summary: string", _one_string, host=True, sample_rate=Attr("float"),
    max_outputs=3)
def audio_summary(tag, tensor, *, sample_rate, max_outputs):
    """The first sounds of a batch as WAV files, as programs before 1.0 made them."""
    _must_be_one(tag)
    return as_message(*audio_values(tag.item(), tensor, np.float32(sample_rate), max_outputs))


@op("AudioSummaryV2", "tag: string, tensor: float32, sample_rate: float32 -> summary: string", _one_string, host=True,
    max_outputs=3)
def audio_summary_v2(tag, tensor, sample_rate, *, max_outputs):
    """The first sounds of a batch as WAV files."""
    _must_be_one(tag)
    return as_message(*audio_values(tag.item(), tensor, sample_rate, max_outputs))


def audio_values(tag: bytes, sounds: np.ndarray, rate: np.ndarray, most: int) -> list[dict]:
    """Return the summary values for the first sounds of a batch.

    Args:
      tag: what their tags begin with.
      sounds: `[batch, frames]` or `[batch, frames, channels]`, within -1 and 1.
      rate: frames a second.
      most: how many to take.
    """
    if sounds.ndim not in (2, 3):
        raise ValueError(f"Tensor must be 3-D or 2-D, got: {brackets(sounds.shape)}")
    if rate <= 0:
        raise ValueError("sample_rate must be > 0")
    if len(sounds) and not sounds.size:
        raise ValueError("audio is null" if sounds.shape[1] else "num_frames must be positive.")
    frames, channels = sounds.shape[1], sounds.shape[2] if sounds.ndim == 3 else 1
    return [{"tag": f"{tag.decode()}/audio" + (f"/{i}" if most > 1 else ""),
             "audio": {"sample_rate": float(rate), "num_channels": channels, "length_frames": frames,
                       "encoded_audio_string": _wav(sound, int(np.rint(rate)), channels), "content_type": "audio/wav"}}
            for i, sound in enumerate(sounds[:most])]


def _wav(sound: np.ndarray, rate: int, channels: int) -> bytes:
    """A WAV file of 16-bit numbers, those outside cut off."""
    scaled = sound.astype(np.float64) * 32768
    rounded = np.trunc(scaled + np.copysign(0.5, scaled))  # halves away from zero
    samples = np.clip(np.nan_to_num(rounded, nan=0), -32768, 32767).astype("<i2").tobytes()
    return (struct.pack("<4sI4s", b"RIFF", 36 + len(samples), b"WAVE")
            + struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, channels, rate, rate * channels * 2, channels * 2, 16)
            + struct.pack("<4sI", b"data", len(samples)) + samples)


def _must_be_one(tag: np.ndarray) -> None:
    if tag.ndim:
        raise ValueError("Tags must be a scalar")


not_differentiable(image_summary, audio_summary, audio_summary_v2)
