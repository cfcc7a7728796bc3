"""How alike two images are in structure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...dtypes import float32, int32
from ...graph.operation import Operation
from ...graph.stack import get_default_graph
from ...graph.tensor import Tensor
from ...op.constant import constant
from ...op.convert import convert_to_tensor
from ...op.scope import scoped
from ...ops.activation import relu
from ...ops.comparison import greater_equal
from ...ops.elementwise import square
from ..array import expand_dims, identity, reshape, shape, shape_n
from ..checking import assert_that
from ..classification import softmax
from ..conditionals import cond
from ..dilated_convolution import depthwise_conv2d
from ..elementwise import cast, not_equal, pow
from ..filling import range as range_of
from ..joining import concat, stack
from ..pooling import avg_pool
from ..reduce import reduce_all, reduce_any, reduce_mean, reduce_prod
from ..slicing import pad, tile
from .colors import convert_image_dtype
from .differences import same_shapes

_WEIGHTS = (0.0448, 0.2856, 0.3001, 0.2363, 0.1333)
_HALVED = [1, 2, 2, 1]


def ssim(img1: Any, img2: Any, max_val: Any, filter_size: int = 11, filter_sigma: float = 1.5, k1: float = 0.01,
         k2: float = 0.03) -> Tensor:
    """Return the structural similarity of two images, or of each two in batches; 1 for equal ones.

    Args:
      img1: a tensor whose last three dimensions are those of an image.
      img2: another of the same shape.
      max_val: the largest value a pixel may have less the smallest.
      filter_size: the height and width of the window that means are taken over.
      filter_sigma: how wide the weights in the window are.
      k1: keeps the quotient of means from noise, where they are small.
      k2: keeps the quotient of variances from it.

    Returns:
      float32, without the last three dimensions.

    Raises:
      ValueError: if the shapes are known not to fit.
    """
    _, _, checks = same_shapes(img1, img2)
    img1 = _checked(img1, checks)
    img1, img2, max_val = _in_floats(img1, img2, max_val)
    similar, _ = _each_channel(img1, img2, max_val, filter_size, filter_sigma, k1, k2)
    return reduce_mean(similar, [-1])


def ssim_multiscale(img1: Any, img2: Any, max_val: Any, power_factors: Any = _WEIGHTS, filter_size: int = 11,
                    filter_sigma: float = 1.5, k1: float = 0.01, k2: float = 0.03) -> Tensor:
    """Return the structural similarity of two images at several scales, each half the one before.

    Args:
      img1: a tensor whose last three dimensions are those of an image.
      img2: another of the same shape.
      max_val: the largest value a pixel may have less the smallest.
      power_factors: the weight of each scale.
      filter_size: as in `tf.image.ssim`; the image must be as large at the last scale.
      filter_sigma: as in `tf.image.ssim`.
      k1: as in `tf.image.ssim`.
      k2: as in `tf.image.ssim`.

    Returns:
      float32, without the last three dimensions.

    Raises:
      ValueError: if the shapes are known not to fit.
    """
    with scoped(None, "MS-SSIM", [img1, img2]):
        img1, img2 = convert_to_tensor(img1, name="img1"), convert_to_tensor(img2, name="img2")
        shape1, shape2, checks = same_shapes(img1, img2)
        img1 = _checked(img1, checks)
        img1, img2, max_val = _in_floats(img1, img2, max_val)
        images, batches = [img1, img2], [each[:-3] for each in (shape1, shape2)]
        sizes, two = [each[-3:] for each in (shape1, shape2)], constant(_HALVED[1:], int32)
        scores: list[Tensor] = []
        for scale in range(len(power_factors)):
            with scoped(None, f"Scale{scale}", images):
                if scale:
                    images, sizes = _smaller(images, batches, sizes, two)
                similar, contrast = _each_channel(*images, max_val, filter_size, filter_sigma, k1, k2)
                scores.append(relu(contrast))
        scores.pop()
        whole = stack([*scores, relu(similar)], axis=-1)
        return reduce_mean(reduce_prod(pow(whole, power_factors), [-1]), [-1])


def _checked(image: Any, checks: list[Operation]) -> Tensor:
    with get_default_graph().control_dependencies(checks):
        return identity(image)


def _in_floats(img1: Tensor, img2: Tensor, max_val: Any) -> tuple[Tensor, Tensor, Tensor]:
    max_val = convert_image_dtype(cast(max_val, img1.dtype), float32)
    return convert_image_dtype(img1, float32), convert_image_dtype(img2, float32), max_val


def _smaller(images: list[Tensor], batches: list[Tensor], sizes: list[Tensor],
             two: Tensor) -> tuple[list[Tensor], list[Tensor]]:
    """The images at half their size, an odd row or column doubled before, and what their sizes are then."""
    flat = [reshape(image, concat([[-1], size], 0)) for image, size in zip(images, sizes)]
    rest = sizes[0] % two
    is_odd = reduce_any(not_equal(rest, 0))

    def evened() -> list[Tensor]:
        padding = pad(expand_dims(rest, -1), [[1, 0], [1, 0]])
        return [pad(image, padding, mode="SYMMETRIC") for image in flat]

    even = cond(is_odd, evened, lambda: flat)
    halved = [avg_pool(image, ksize=_HALVED, strides=_HALVED, padding="VALID") for image in even]
    sizes = [each[1:] for each in shape_n(halved)]
    return [reshape(image, concat([batch, size], 0)) for image, batch, size in zip(halved, batches, sizes)], sizes


def _each_channel(img1: Tensor, img2: Tensor, max_val: Tensor, filter_size: int, filter_sigma: float, k1: float,
                  k2: float) -> tuple[Tensor, Tensor]:
    """The similarity of each channel, and the part of it that contrast and structure have."""
    extent, sigma = constant(filter_size, int32), constant(filter_sigma, img1.dtype)
    shapes = shape_n([img1, img2])
    checks = [assert_that(reduce_all(greater_equal(each[-3:-1], extent)), [each, extent], summarize=8) for each in shapes]
    img1 = _checked(img1, checks)
    kernel = tile(_bell(extent, sigma), multiples=[1, 1, shapes[0][-1], 1])

    def means(x: Tensor) -> Tensor:
        sizes = shape(x)
        flat = reshape(x, concat([[-1], sizes[-3:]], 0))
        mean = depthwise_conv2d(flat, kernel, strides=[1, 1, 1, 1], padding="VALID")
        return reshape(mean, concat([sizes[:-3], shape(mean)[1:]], 0))

    luminance, contrast = _compared(img1, img2, means, max_val, k1, k2)
    axes = constant([-3, -2], int32)
    return reduce_mean(luminance * contrast, axes), reduce_mean(contrast, axes)


def _bell(extent: Tensor, sigma: Tensor) -> Tensor:
    """Weights that fall off from the middle of a window as a normal density does, and sum to one."""
    places = cast(range_of(extent), sigma.dtype)
    places -= cast(extent - 1, sigma.dtype) / 2.0
    powers = square(places)
    powers *= -0.5 / square(sigma)
    powers = reshape(powers, [1, -1]) + reshape(powers, [-1, 1])
    return reshape(softmax(reshape(powers, [1, -1])), [extent, extent, 1, 1])


def _compared(x: Tensor, y: Tensor, means: Callable[[Tensor], Tensor], max_val: Tensor, k1: float,
              k2: float) -> tuple[Tensor, Tensor]:
    """How alike the means of two images are, and how alike their variances."""
    c1, c2 = (k1 * max_val) ** 2, (k2 * max_val) ** 2
    mean_x, mean_y = means(x), means(y)
    product = mean_x * mean_y * 2.0
    squares = square(mean_x) + square(mean_y)
    luminance = (product + c1) / (squares + c1)
    both = means(x * y) * 2.0
    each = means(square(x) + square(y))
    c2 *= 1.0
    return luminance, (both - product + c2) / (each - squares + c2)
