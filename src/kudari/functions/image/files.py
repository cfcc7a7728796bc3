"""Image files held in strings."""

from __future__ import annotations

from typing import Any

from ...dtypes import as_dtype, uint8, uint16
from ...graph.stack import get_default_graph
from ...graph.tensor import Tensor
from ...op.scope import scoped
from ...ops import image_files as ops
from ...ops.comparison import logical_and
from ...ops.substrings import substr
from ..conditionals import assert_that, cond
from ..elementwise import equal, not_equal
from ..picking import gather
from .colors import convert_image_dtype


def is_jpeg(contents: Any, name: str | None = None) -> Tensor:
    """Return a boolean tensor: whether the string `contents` begins as a JPEG file does."""
    with scoped(name, "is_jpeg"):
        return equal(substr(contents, 0, 3), b"\xff\xd8\xff", name=name)


def decode_image(contents: Any, channels: int | None = None, dtype: Any = uint8, name: str | None = None,
                 expand_animations: bool = True) -> Tensor:
    """Return the pixels of a JPEG, PNG, GIF or BMP file.

    Args:
      contents: a string scalar.
      channels: 1, 3 or 4; those of the file if 0 or `None`.
      dtype: of the result; see `convert_image_dtype`.
      name: of the scope.
      expand_animations: whether a GIF gives all its frames, `[frames, height, width, 3]`, rather than the first.

    Returns:
      A tensor of unknown shape.

    Raises:
      ValueError: for another number of channels.
    """
    with scoped(name, "decode_image"):
        if channels not in (None, 0, 1, 3, 4):
            raise ValueError("channels must be in (None, 0, 1, 3, 4)")
        return _Decoder(contents, channels or 0, as_dtype(dtype), expand_animations).image()


class _Decoder:
    """The branches of `decode_image`, one inside the other."""

    def __init__(self, contents: Any, channels: int, dtype: Any, expand_animations: bool):
        self.contents, self.channels, self.dtype, self.expand_animations = contents, channels, dtype, expand_animations

    def image(self) -> Tensor:
        self.start = substr(self.contents, 0, 3)
        return cond(is_jpeg(self.contents), self._jpeg, self._no_jpeg, name="cond_jpeg")

    def _no_jpeg(self) -> Tensor:
        with scoped(None, "is_png"):
            is_png = equal(substr(self.contents, 0, 3), b"\x89PN")
        return cond(is_png, self._png, self._no_png, name="cond_png")

    def _no_png(self) -> Tensor:
        return cond(equal(self.start, b"GIF", name="is_gif"), self._gif, self._bmp, name="cond_gif")

    def _jpeg(self) -> Tensor:
        fits = assert_that(not_equal(self.channels, 4, name="check_jpeg_channels"),
                           ["Channels must be in (None, 0, 1, 3) when decoding JPEG images"])
        with get_default_graph().control_dependencies([fits]):
            return convert_image_dtype(ops.decode_jpeg(self.contents, self.channels), self.dtype)

    def _png(self) -> Tensor:
        depth = uint8 if self.dtype == uint8 else uint16
        return convert_image_dtype(ops.decode_png(self.contents, self.channels, dtype=depth), self.dtype)

    def _gif(self) -> Tensor:
        fits = assert_that(logical_and(not_equal(self.channels, 1, name="check_gif_channels"),
                                       not_equal(self.channels, 4, name="check_gif_channels")),
                           ["Channels must be in (None, 0, 3) when decoding GIF images"])
        with get_default_graph().control_dependencies([fits]):
            frames = convert_image_dtype(ops.decode_gif(self.contents), self.dtype)
            return frames if self.expand_animations else gather(frames, 0)

    def _bmp(self) -> Tensor:
        is_bmp = equal(substr(self.contents, 0, 2), "BM", name="is_bmp")
        known = assert_that(is_bmp, ["Unable to decode bytes as JPEG, PNG, GIF, or BMP"])
        fits = assert_that(not_equal(self.channels, 1, name="check_channels"),
                           ["Channels must be in (None, 0, 3) when decoding BMP images"])
        with get_default_graph().control_dependencies([known, fits]):
            return convert_image_dtype(ops.decode_bmp(self.contents), self.dtype)
