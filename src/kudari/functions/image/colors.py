"""The colours of images: types, spaces, brightness, contrast, hue and saturation."""

from __future__ import annotations

from typing import Any

from ...dtypes import as_dtype, float16, float32, int32
from ...graph.tensor import Tensor
from ...op.convert import convert_to_tensor
from ...op.scope import scoped
from ...ops import colors as ops
from ...ops.arithmetic import add
from ...ops.control import with_dependencies
from ...ops.elementwise import rsqrt
from ...ops.extremes import maximum
from ...ops.forms import minus
from ...ops.image_files import decode_jpeg, encode_jpeg_variable_quality
from ...ops.indexing import item
from ..array import expand_dims, identity, rank, shape
from ..elementwise import cast, div, multiply, saturate_cast
from ..filling import ones
from ..joining import concat
from ..random import random_uniform
from ..reduce import reduce_mean, reduce_prod, reduce_std
from ..slicing import tile
from ..tensordot import tensordot
from .checks import at_least_3d, grayscale, is_tensor, must

_GRAY = [0.2989, 0.5870, 0.1140]
_TO_YIQ = [[0.299, 0.59590059, 0.2115], [0.587, -0.27455667, -0.52273617], [0.114, -0.32134392, 0.31119955]]
_FROM_YIQ = [[1, 1, 1], [0.95598634, -0.27201283, -1.10674021], [0.6208248, -0.64720424, 1.70423049]]
_TO_YUV = [[0.299, -0.14714119, 0.61497538], [0.587, -0.28886916, -0.51496512], [0.114, 0.43601035, -0.10001026]]
_FROM_YUV = [[1, 1, 1], [0, -0.394642334, 2.03206185], [1.13988303, -0.58062185, 0]]


def convert_image_dtype(image: Any, dtype: Any, saturate: bool = False, name: str | None = None) -> Tensor:
    """Return `image` with elements of another type, scaled: integers go from 0 to their largest, floats from 0 to 1.

    Args:
      image: a tensor of real numbers.
      dtype: the type.
      saturate: whether numbers out of range go to its ends rather than round.
      name: of the scope.

    Raises:
      AttributeError: if `dtype` is neither of integers nor of floats.
    """
    image, dtype = convert_to_tensor(image, name="image"), as_dtype(dtype)
    if not dtype.is_floating and not dtype.is_integer:
        raise AttributeError("dtype must be either floating point or integer")
    if dtype == image.dtype:
        return identity(image, name=name)
    to = saturate_cast if saturate else cast
    with scoped(name, "convert_image", [image]) as scope:
        if image.dtype.is_integer and dtype.is_integer:
            return _between_integers(image, dtype, to, scope)
        if image.dtype.is_floating and dtype.is_floating:
            return cast(image, dtype, name=scope)
        if image.dtype.is_integer:
            return multiply(cast(image, dtype), 1.0 / image.dtype.max, name=scope)
        return to(multiply(image, dtype.max + 0.5), dtype, name=scope)


def _between_integers(image: Tensor, dtype: Any, to: Any, scope: str) -> Tensor:
    most, wanted = image.dtype.max, dtype.max
    if most > wanted:
        return to(div(image, (most + 1) // (wanted + 1)), dtype, name=scope)
    return multiply(to(image, dtype), (wanted + 1) // (most + 1), name=scope)


def _as_float(image: Tensor) -> Tensor:
    """The image in half or single precision: as it is if it has that."""
    return image if image.dtype.base_dtype in (float16, float32) else convert_image_dtype(image, float32)


def per_image_standardization(image: Any) -> Tensor:
    """Return each image less its mean, over its standard deviation, which counts as one over the root of its size at least.

    Args:
      image: a tensor whose last three dimensions are those of an image.

    Raises:
      ValueError: if it has fewer.
    """
    with scoped(None, "per_image_standardization", [image]) as scope:
        image = at_least_3d(convert_to_tensor(image, name="image"))
        original = image.dtype
        image = _as_float(image)
        count = reduce_prod(item(shape(image), slice(-3, None)))
        mean = reduce_mean(image, axis=[-1, -2, -3], keepdims=True)
        deviation = reduce_std(image, axis=[-1, -2, -3], keepdims=True)
        deviation = maximum(deviation, rsqrt(cast(count, image.dtype)))
        image = div(image - mean, deviation, name=scope)
        return convert_image_dtype(image, original, saturate=True)


def random_brightness(image: Any, max_delta: float, seed: int | None = None) -> Tensor:
    """Return `image` brighter or darker by a random amount between `-max_delta` and `max_delta`.

    Raises:
      ValueError: if `max_delta` is negative.
    """
    if max_delta < 0:
        raise ValueError("max_delta must be non-negative.")
    return adjust_brightness(image, random_uniform([], -max_delta, max_delta, seed=seed))


def adjust_brightness(image: Any, delta: Any) -> Tensor:
    """Return `image` with `delta` added, where 1 is the whole range of its type."""
    with scoped(None, "adjust_brightness", [image, delta]) as scope:
        image = convert_to_tensor(image, name="image")
        pixels = _as_float(image)
        adjusted = add(pixels, cast(delta, pixels.dtype), name=scope)
        return convert_image_dtype(adjusted, image.dtype, saturate=True)


def random_contrast(image: Any, lower: float, upper: float, seed: int | None = None) -> Tensor:
    """Return `image` with the contrast multiplied by a random factor between `lower` and `upper`.

    Raises:
      ValueError: if there is no such factor, or one would be negative.
    """
    _check_factors(lower, upper)
    return adjust_contrast(image, random_uniform([], lower, upper, seed=seed))


def _check_factors(lower: float, upper: float) -> None:
    if upper <= lower:
        raise ValueError("upper must be > lower.")
    if lower < 0:
        raise ValueError("lower must be non-negative.")


def adjust_contrast(images: Any, contrast_factor: Any) -> Tensor:
    """Return `images` with each channel's distance from its mean multiplied.

    Args:
      images: a tensor whose last three dimensions are those of an image.
      contrast_factor: a float scalar.
    """
    with scoped(None, "adjust_contrast", [images, contrast_factor]) as scope:
        images = convert_to_tensor(images, name="images")
        adjusted = ops.adjust_contrastv2(_as_float(images), contrast_factor=contrast_factor, name=scope)
        return convert_image_dtype(adjusted, images.dtype, saturate=True)


def adjust_gamma(image: Any, gamma: Any = 1, gain: Any = 1) -> Tensor:
    """Return `gain * image ** gamma`, with the image from 0 to 1.

    Raises:
      ValueError: if `gamma` is known and negative.
    """
    with scoped(None, "adjust_gamma", [image, gamma, gain]):
        image = convert_to_tensor(image, name="image")
        pixels = _as_float(image)
        checks = must(gamma >= 0, "Gamma should be a non-negative real number.")
        if checks:
            gamma = with_dependencies(checks, gamma)
        return convert_image_dtype(gain * pixels**gamma, image.dtype, saturate=True)


def rgb_to_grayscale(images: Any, name: str | None = None) -> Tensor:
    """Return the brightness of `images`, whose last dimension is red, green and blue, as one channel."""
    with scoped(name, "rgb_to_grayscale", [images]) as scope:
        images = convert_to_tensor(images, name="images")
        gray = tensordot(convert_image_dtype(images, float32), _GRAY, [-1, -1])
        return convert_image_dtype(expand_dims(gray, -1), images.dtype, name=scope)


def grayscale_to_rgb(images: Any, name: str | None = None) -> Tensor:
    """Return `images`, whose last dimension is one channel, with it three times.

    Raises:
      ValueError: if there is more than one channel.
    """
    with scoped(name, "grayscale_to_rgb", [images]) as scope:
        images = convert_to_tensor(grayscale(images), name="images")
        before = expand_dims(minus(rank(images), 1), 0)
        multiples = concat([ones(before, dtype=int32), expand_dims(3, 0)], 0)
        colored = tile(images, multiples, name=scope)
        colored.set_shape(images.shape[:-1].concatenate([3]))
        return colored


def random_hue(image: Any, max_delta: float, seed: int | None = None) -> Tensor:
    """Return `image` with the hue turned by a random part of a turn between `-max_delta` and `max_delta`.

    Raises:
      ValueError: unless `max_delta` is from 0 to 0.5.
    """
    if max_delta > 0.5:
        raise ValueError("max_delta must be <= 0.5.")
    if max_delta < 0:
        raise ValueError("max_delta must be non-negative.")
    return adjust_hue(image, random_uniform([], -max_delta, max_delta, seed=seed))


def adjust_hue(image: Any, delta: Any, name: str | None = None) -> Tensor:
    """Return `image`, of red, green and blue, with the hue turned by `delta` of a turn."""
    with scoped(name, "adjust_hue", [image]):
        image = convert_to_tensor(image, name="image")
        return convert_image_dtype(ops.adjust_hue(_as_float(image), delta), image.dtype)


def random_saturation(image: Any, lower: float, upper: float, seed: int | None = None) -> Tensor:
    """Return `image` with the saturation multiplied by a random factor between `lower` and `upper`.

    Raises:
      ValueError: if there is no such factor, or one would be negative.
    """
    _check_factors(lower, upper)
    return adjust_saturation(image, random_uniform([], lower, upper, seed=seed))


def adjust_saturation(image: Any, saturation_factor: Any, name: str | None = None) -> Tensor:
    """Return `image`, of red, green and blue, with the saturation multiplied."""
    with scoped(name, "adjust_saturation", [image]):
        image = convert_to_tensor(image, name="image")
        return convert_image_dtype(ops.adjust_saturation(_as_float(image), saturation_factor), image.dtype)


def random_jpeg_quality(image: Any, min_jpeg_quality: int, max_jpeg_quality: int, seed: int | None = None) -> Tensor:
    """Return `image` as it comes back from a JPEG file of a random quality, in `[min_jpeg_quality, max_jpeg_quality)`.

    Raises:
      ValueError: if there is no such quality.
    """
    if not 0 <= min_jpeg_quality <= 100 or not 0 <= max_jpeg_quality <= 100:
        raise ValueError("jpeg encoding range must be between 0 and 100.")
    if min_jpeg_quality >= max_jpeg_quality:
        raise ValueError("`min_jpeg_quality` must be less than `max_jpeg_quality`.")
    quality = random_uniform([], min_jpeg_quality, max_jpeg_quality, seed=seed, dtype=int32)
    return adjust_jpeg_quality(image, quality)


def adjust_jpeg_quality(image: Any, jpeg_quality: Any, name: str | None = None) -> Tensor:
    """Return `image` as it comes back from a JPEG file of a quality from 0 to 100."""
    with scoped(name, "adjust_jpeg_quality", [image]):
        image = convert_to_tensor(image, name="image")
        original = image.dtype
        image = convert_image_dtype(image, "uint8")
        if not is_tensor(jpeg_quality):
            jpeg_quality = convert_to_tensor(jpeg_quality, dtype=int32)
        return convert_image_dtype(decode_jpeg(encode_jpeg_variable_quality(image, jpeg_quality)), original)


def rgb_to_yiq(images: Any) -> Tensor:
    """Return luma, in-phase and quadrature of `images`, whose last dimension is red, green and blue."""
    return _in_other_colors(images, _TO_YIQ)


def yiq_to_rgb(images: Any) -> Tensor:
    """Return red, green and blue of `images`, whose last dimension is luma, in-phase and quadrature."""
    return _in_other_colors(images, _FROM_YIQ)


def rgb_to_yuv(images: Any) -> Tensor:
    """Return luma and two chromas of `images`, whose last dimension is red, green and blue."""
    return _in_other_colors(images, _TO_YUV)


def yuv_to_rgb(images: Any) -> Tensor:
    """Return red, green and blue of `images`, whose last dimension is luma and two chromas."""
    return _in_other_colors(images, _FROM_YUV)


def _in_other_colors(images: Any, weights: list) -> Tensor:
    images = convert_to_tensor(images, name="images")
    kernel = convert_to_tensor(weights, dtype=images.dtype, name="kernel")
    return tensordot(images, kernel, axes=[[images.shape.ndims - 1], [0]])
