"""Decoding JPEG files to the bit as TensorFlow does: by the fast transform unless the accurate one is asked for.

Pillow has the fast transform only together with chroma planes that are enlarged by repetition. TensorFlow interpolates
them, so they are taken back to their size and enlarged here, by the filter of libjpeg.
"""

from __future__ import annotations

import io
from typing import Any

import numpy as np

_MODES = {1: "L", 3: "RGB"}


def pixels(data: bytes, channels: int, ratio: int, is_fast: bool, is_smooth: bool) -> np.ndarray:
    """Return the pixels of a JPEG file as Pillow's modes have them.

    Args:
      data: the file.
      channels: 1 or 3; those of the file if 0.
      ratio: how many times smaller to make the image: 1, 2, 4 or 8.
      is_fast: whether to use the fast transform.
      is_smooth: whether to interpolate colours that the file has at a lower resolution.

    Raises:
      Exception: of Pillow, if it is no such file.
    """
    from PIL import Image

    image: Any = Image.open(io.BytesIO(data))
    channels = channels or (1 if image.mode == "L" else 3)
    steps = _chroma_steps(image)
    own_filter = is_fast and is_smooth and channels == 3 and ratio == 1 and image.mode == "RGB" and steps != (1, 1)
    if ratio != 1 or channels == 1 or own_filter:
        size = max(image.size[0] // ratio, 1), max(image.size[1] // ratio, 1)
        image.draft("L" if channels == 1 else "YCbCr" if own_filter else None, size)
    if is_fast and (own_filter or channels == 1 or ratio != 1 or steps == (1, 1) or not is_smooth):
        image.decoderconfig = (*(image.decoderconfig or (1, 0))[:1], 1)
    if own_filter:
        return _colored(np.array(image), steps)
    return np.array(image if image.mode == _MODES[channels] else image.convert(_MODES[channels]))


def _chroma_steps(image: Any) -> tuple[int, int]:
    """How many rows and columns of pixels share a chroma; (1, 1) where that is not the usual kind."""
    layers = getattr(image, "layer", [])
    if len(layers) != 3 or any(layer[1:3] != (1, 1) for layer in layers[1:]):
        return 1, 1
    steps = layers[0][2], layers[0][1]
    return steps if steps in ((1, 2), (2, 2)) else (1, 1)


def _colored(image: np.ndarray, steps: tuple[int, int]) -> np.ndarray:
    """Red, green and blue of an image of brightness and two chromas, where each chroma stands in `steps` pixels."""
    light = image[..., 0].astype(np.int32)
    blue, red = (_enlarged(image[::steps[0], ::steps[1], i].astype(np.int32), steps)[:light.shape[0], :light.shape[1]] - 128
                 for i in (1, 2))
    half = 1 << 15
    parts = [light + ((91881 * red + half) >> 16), light + ((-22554 * blue - 46802 * red + half) >> 16),
             light + ((116130 * blue + half) >> 16)]
    return np.stack([np.clip(part, 0, 255) for part in parts], -1).astype(np.uint8)


def _enlarged(plane: np.ndarray, steps: tuple[int, int]) -> np.ndarray:
    """A plane with its columns, and its rows if there are two to a chroma, enlarged twice by the filter 3/4, 1/4."""
    if plane.shape[1] <= 2:
        return np.repeat(np.repeat(plane, steps[0], 0), 2, 1)
    if steps[0] == 1:
        return _wider(plane, [1, 2], 2)
    padded = np.pad(plane, ((1, 1), (0, 0)), "edge")
    above, below = 3 * plane + padded[:-2], 3 * plane + padded[2:]
    return np.stack([_wider(rows, [8, 7], 4) for rows in (above, below)], 1).reshape(-1, 2 * plane.shape[1])


def _wider(plane: np.ndarray, rounding: list[int], bits: int) -> np.ndarray:
    padded = np.pad(plane, ((0, 0), (1, 1)), "edge")
    left, right = 3 * plane + padded[:, :-2], 3 * plane + padded[:, 2:]
    wider = np.stack([(side + extra) >> bits for side, extra in zip((left, right), rounding)], 2)
    return wider.reshape(len(plane), -1)
