"""Initial values of variables: `tf.initializers`, with TensorFlow's formulas and nodes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from ..dtypes import DType, as_dtype, float32
from ..functions.filling import ones, zeros
from ..functions.random import random_normal, random_uniform, truncated_normal
from ..graph.tensor import Tensor
from ..op.constant import constant
from ..ops.forms import cast, node, times
from ..ops.indexing import item
from ..ops.matrices import eye, matrix_transpose
from ..shape import Dimension

_STDDEV_OF_TRUNCATED = 0.87962566103423978  # of a standard normal cut off at two standard deviations


class Initializer:
    """Makes the initial value of a variable from its shape."""

    dtype: DType

    def __call__(self, shape: Any, dtype: Any = None, partition_info: Any = None) -> Tensor:
        """Return the initial value.

        Args:
          shape: a list of sizes.
          dtype: of the elements; that of the initializer if `None`.
          partition_info: where in a larger variable the part lies, if it is one.
        """
        raise NotImplementedError(f"{type(self).__name__} does not say what the initial value is.")

    def get_config(self) -> dict[str, Any]:
        """Return the arguments that would make an equal initializer."""
        return {}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        """Return the initializer that has the arguments `config`."""
        return cls(**config)


def _floating(dtype: Any) -> DType:
    dtype = as_dtype(dtype)
    if not dtype.is_floating:
        raise ValueError(f"Expected floating point type, got {dtype}.")
    return dtype


class Zeros(Initializer):
    """Zeros.

    Args:
      dtype: of the elements if the call does not say.
    """

    def __init__(self, dtype: Any = float32):
        self.dtype = as_dtype(dtype)

    def __call__(self, shape: Any, dtype: Any = None, partition_info: Any = None) -> Tensor:
        """Return zeros of `shape`."""
        return zeros(shape, self.dtype if dtype is None else dtype)

    def get_config(self) -> dict[str, Any]:
        """Return the arguments that would make an equal initializer."""
        return {"dtype": self.dtype.name}


class Ones(Zeros):
    """Ones.

    Args:
      dtype: of the elements if the call does not say.
    """

    def __call__(self, shape: Any, dtype: Any = None, partition_info: Any = None) -> Tensor:
        """Return ones of `shape`."""
        return ones(shape, self.dtype if dtype is None else dtype)


class Constant(Initializer):
    """A value.

    Args:
      value: a number, or a list or array of them, continued with its last one.
      dtype: of the elements if the call does not say.
      verify_shape: whether the value must have exactly the shape of the variable.

    Raises:
      TypeError: if the value is none of these.
    """

    def __init__(self, value: Any = 0, dtype: Any = float32, verify_shape: bool = False):
        if not (np.isscalar(value) or isinstance(value, list | tuple | np.ndarray)):
            raise TypeError(f"Invalid type for initial value: {type(value)} (expected Python scalar, list or tuple of "
                            "values, or numpy.ndarray).")
        self.value, self.dtype, self._verify_shape = value, as_dtype(dtype), verify_shape

    def __call__(self, shape: Any, dtype: Any = None, partition_info: Any = None,
                 verify_shape: bool | None = None) -> Tensor:
        """Return the value in `shape`."""
        verify = self._verify_shape if verify_shape is None else verify_shape
        return constant(self.value, self.dtype if dtype is None else dtype, shape, verify_shape=verify)

    def get_config(self) -> dict[str, Any]:
        """Return the arguments that would make an equal initializer."""
        return {"value": self.value, "dtype": self.dtype.name}


class RandomUniform(Initializer):
    """Numbers between two bounds, all equally likely.

    Args:
      minval: the least.
      maxval: the bound; 1 if `None`, needed for integers.
      seed: of the op.
      dtype: of the elements if the call does not say.
    """

    def __init__(self, minval: Any = 0, maxval: Any = None, seed: int | None = None, dtype: Any = float32):
        self.minval, self.maxval, self.seed, self.dtype = minval, maxval, seed, as_dtype(dtype)

    def __call__(self, shape: Any, dtype: Any = None, partition_info: Any = None) -> Tensor:
        """Return random numbers of `shape`."""
        return random_uniform(shape, self.minval, self.maxval, self.dtype if dtype is None else dtype, seed=self.seed)

    def get_config(self) -> dict[str, Any]:
        """Return the arguments that would make an equal initializer."""
        return {"minval": self.minval, "maxval": self.maxval, "seed": self.seed, "dtype": self.dtype.name}


class RandomNormal(Initializer):
    """Normal numbers.

    Args:
      mean: of them.
      stddev: their standard deviation.
      seed: of the op.
      dtype: of the elements if the call does not say.
    """

    def __init__(self, mean: Any = 0.0, stddev: Any = 1.0, seed: int | None = None, dtype: Any = float32):
        self.mean, self.stddev, self.seed, self.dtype = mean, stddev, seed, _floating(dtype)

    def __call__(self, shape: Any, dtype: Any = None, partition_info: Any = None) -> Tensor:
        """Return random numbers of `shape`."""
        return random_normal(shape, self.mean, self.stddev, self.dtype if dtype is None else dtype, seed=self.seed)

    def get_config(self) -> dict[str, Any]:
        """Return the arguments that would make an equal initializer."""
        return {"mean": self.mean, "stddev": self.stddev, "seed": self.seed, "dtype": self.dtype.name}


class TruncatedNormal(RandomNormal):
    """Normal numbers, drawn again where they are two standard deviations or more from the mean.

    Args:
      mean: of them.
      stddev: the standard deviation before anything is drawn again.
      seed: of the op.
      dtype: of the elements if the call does not say.
    """

    def __call__(self, shape: Any, dtype: Any = None, partition_info: Any = None) -> Tensor:
        """Return random numbers of `shape`."""
        return truncated_normal(shape, self.mean, self.stddev, self.dtype if dtype is None else dtype, seed=self.seed)


def _whole(shape: Any, partition_info: Any) -> list[Any]:
    sizes = shape if partition_info is None else partition_info.full_shape
    return [size.value if isinstance(size, Dimension) else size for size in sizes]


class UniformUnitScaling(Initializer):
    """Uniform numbers that keep the scale of what they are multiplied with, in [-max, max], max = factor √(3 / inputs).

    Args:
      factor: times the bound.
      seed: of the op.
      dtype: of the elements if the call does not say.
    """

    def __init__(self, factor: float = 1.0, seed: int | None = None, dtype: Any = float32):
        self.factor, self.seed, self.dtype = factor, seed, _floating(dtype)

    def __call__(self, shape: Any, dtype: Any = None, partition_info: Any = None) -> Tensor:
        """Return random numbers of `shape`."""
        inputs = max(math.prod((float(size) for size in _whole(shape, partition_info)[:-1]), start=1.0), 1.0)
        bound = math.sqrt(3 / inputs) * self.factor
        return random_uniform(shape, -bound, bound, self.dtype if dtype is None else dtype, seed=self.seed)

    def get_config(self) -> dict[str, Any]:
        """Return the arguments that would make an equal initializer."""
        return {"factor": self.factor, "seed": self.seed, "dtype": self.dtype.name}


class VarianceScaling(Initializer):
    """Random numbers of the variance `scale / n`, with `n` the number of inputs, of outputs, or their mean.

    Args:
      scale: positive.
      mode: `fan_in`, `fan_out` or `fan_avg`.
      distribution: `truncated_normal` (or `normal`), `untruncated_normal` or `uniform`.
      seed: of the op.
      dtype: of the elements if the call does not say.

    Raises:
      ValueError: if an argument is none of these.
    """

    def __init__(self, scale: float = 1.0, mode: str = "fan_in", distribution: str = "truncated_normal",
                 seed: int | None = None, dtype: Any = float32):
        if scale <= 0.0:
            raise ValueError("`scale` must be positive float.")
        if mode not in {"fan_in", "fan_out", "fan_avg"}:
            raise ValueError("Invalid `mode` argument:", mode)
        distribution = distribution.lower()
        if distribution not in {"normal", "uniform", "truncated_normal", "untruncated_normal"}:
            raise ValueError("Invalid `distribution` argument:", distribution)
        self.scale, self.mode, self.distribution = scale, mode, distribution
        self.seed, self.dtype = seed, _floating(dtype)

    def __call__(self, shape: Any, dtype: Any = None, partition_info: Any = None) -> Tensor:
        """Return random numbers of `shape`."""
        dtype = self.dtype if dtype is None else dtype
        inputs, outputs = fans(_whole(shape, partition_info))
        count = {"fan_in": inputs, "fan_out": outputs, "fan_avg": (inputs + outputs) / 2.0}[self.mode]
        variance = self.scale / max(1.0, count)
        if self.distribution in ("normal", "truncated_normal"):
            return truncated_normal(shape, 0.0, math.sqrt(variance) / _STDDEV_OF_TRUNCATED, dtype, seed=self.seed)
        if self.distribution == "untruncated_normal":
            return random_normal(shape, 0.0, math.sqrt(variance), dtype, seed=self.seed)
        bound = math.sqrt(3.0 * variance)
        return random_uniform(shape, -bound, bound, dtype, seed=self.seed)

    def get_config(self) -> dict[str, Any]:
        """Return the arguments that would make an equal initializer."""
        return {"scale": self.scale, "mode": self.mode, "distribution": self.distribution, "seed": self.seed,
                "dtype": self.dtype.name}


def fans(shape: Sequence[int]) -> tuple[int, int]:
    """Return how many inputs and outputs a unit with weights of `shape` has; the last two dimensions are channels."""
    if not shape:
        return 1, 1
    if len(shape) == 1:
        return shape[0], shape[0]
    field = math.prod(shape[:-2])
    return shape[-2] * field, shape[-1] * field


class GlorotUniform(VarianceScaling):
    """Uniform numbers in [-max, max], max = √(6 / (inputs + outputs)) (Glorot and Bengio 2010).

    Args:
      seed: of the op.
      dtype: of the elements if the call does not say.
    """

    def __init__(self, seed: int | None = None, dtype: Any = float32):
        super().__init__(1.0, "fan_avg", "uniform", seed, dtype)

    def get_config(self) -> dict[str, Any]:
        """Return the arguments that would make an equal initializer."""
        return {"seed": self.seed, "dtype": self.dtype.name}


class GlorotNormal(GlorotUniform):
    """Truncated normal numbers of the variance 2 / (inputs + outputs) (Glorot and Bengio 2010).

    Args:
      seed: of the op.
      dtype: of the elements if the call does not say.
    """

    def __init__(self, seed: int | None = None, dtype: Any = float32):
        super().__init__(seed, dtype)
        self.distribution = "truncated_normal"


def lecun_normal(seed: int | None = None) -> VarianceScaling:
    """Return an initializer of truncated normal numbers of the variance 1 / inputs (LeCun 1998)."""
    return VarianceScaling(1.0, "fan_in", "truncated_normal", seed)


def lecun_uniform(seed: int | None = None) -> VarianceScaling:
    """Return an initializer of uniform numbers in [-max, max], max = √(3 / inputs) (LeCun 1998)."""
    return VarianceScaling(1.0, "fan_in", "uniform", seed)


def he_normal(seed: int | None = None) -> VarianceScaling:
    """Return an initializer of truncated normal numbers of the variance 2 / inputs (He et al. 2015)."""
    return VarianceScaling(2.0, "fan_in", "truncated_normal", seed)


def he_uniform(seed: int | None = None) -> VarianceScaling:
    """Return an initializer of uniform numbers in [-max, max], max = √(6 / inputs) (He et al. 2015)."""
    return VarianceScaling(2.0, "fan_in", "uniform", seed)


class Orthogonal(Initializer):
    """A matrix with orthogonal rows or columns; for more dimensions, all but the last are one (Saxe et al. 2014).

    Args:
      gain: times the matrix.
      seed: of the op.
      dtype: of the elements if the call does not say.
    """

    def __init__(self, gain: float = 1.0, seed: int | None = None, dtype: Any = float32):
        self.gain, self.seed, self.dtype = gain, seed, _floating(dtype)

    def __call__(self, shape: Any, dtype: Any = None, partition_info: Any = None) -> Tensor:
        """Return a random orthogonal matrix in `shape`."""
        if len(shape) < 2:
            raise ValueError("The tensor to initialize must be at least two-dimensional")
        sizes = _whole(shape, None)
        rows, columns = math.prod(sizes[:-1]), int(sizes[-1])
        q = _orthogonal((max(rows, columns), min(rows, columns)), self.dtype if dtype is None else dtype, self.seed)
        if rows < columns:
            q = matrix_transpose(q)
        return times(self.gain, node("Reshape", q, shape))

    def get_config(self) -> dict[str, Any]:
        """Return the arguments that would make an equal initializer."""
        return {"gain": self.gain, "seed": self.seed, "dtype": self.dtype.name}


def _orthogonal(shape: Any, dtype: Any, seed: int | None) -> Tensor:
    """A random matrix with orthogonal columns, all of them equally likely (Mezzadri 2006)."""
    q, r = node("Qr", random_normal(shape, dtype=dtype, seed=seed), full_matrices=False)
    return times(q, node("Sign", node("DiagPart", r)))


class ConvolutionDeltaOrthogonal(Orthogonal):
    """A kernel that is an orthogonal matrix in the middle and zero around it (Xiao et al. 2018).

    Args:
      gain: times the matrix.
      seed: of the op.
      dtype: of the elements if the call does not say.
    """

    def __call__(self, shape: Any, dtype: Any = None, partition_info: Any = None) -> Tensor:
        """Return a random kernel of `shape`, which has three to five dimensions."""
        dtype = self.dtype if dtype is None else dtype
        if not 3 <= len(shape) <= 5:
            raise ValueError("The tensor to initialize must be at least three-dimensional and at most five-dimensional")
        if shape[-2] > shape[-1]:
            raise ValueError("In_filters cannot be greater than out_filters.")
        q = item(_orthogonal([shape[-1], shape[-1]], dtype, self.seed), (slice(None, shape[-2]), slice(None)))
        q = times(q, cast(constant(self.gain), dtype))
        middle = [[(size - 1) // 2 for size in shape[:-2]]]
        return node("ScatterNd", middle, node("ExpandDims", q, 0), shape)


class Identity(Initializer):
    """The identity matrix.

    Args:
      gain: times the matrix.
      dtype: of the elements if the call does not say.
    """

    def __init__(self, gain: float = 1.0, dtype: Any = float32):
        self.gain, self.dtype = gain, _floating(dtype)

    def __call__(self, shape: Any, dtype: Any = None, partition_info: Any = None) -> Tensor:
        """Return an identity matrix of `shape`."""
        whole = _whole(shape, partition_info)
        if len(whole) != 2:
            raise ValueError("Identity matrix initializer can only be used for 2D matrices.")
        dtype = self.dtype if dtype is None else dtype
        matrix = eye(whole[0], whole[1], dtype=dtype)
        if partition_info is not None:
            matrix = node("Slice", matrix, partition_info.var_offset, shape)
        return times(self.gain, matrix)

    def get_config(self) -> dict[str, Any]:
        """Return the arguments that would make an equal initializer."""
        return {"gain": self.gain, "dtype": self.dtype.name}
