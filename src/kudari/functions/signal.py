"""`tf.signal`: Fourier and cosine transforms, frames, windows and spectrograms."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from ..dtypes import DType, bool, float32, int32
from ..graph.tensor import Tensor
from ..op.constant import constant, constant_value
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops.forms import cast, floor_over, node, plus
from ..ops.fourier import forward_transform, inverse_transform
from ..ops.joining import concat
from ..ops.shapes import rank_of, reduction, shape_of, size_of
from .array import expand_dims, transpose
from .complex import complex, real
from .elementwise import pow
from .filling import lin_space, ones, range, zeros, zeros_like
from .joining import split
from .picking import gather
from .rearranging import roll
from .slicing import pad, strided_slice

_MEL_BREAK_HERTZ, _MEL_Q = 700.0, 1127.0


def rfft(input_tensor: Any, fft_length: Any = None, name: str | None = None) -> Tensor:
    """Return the Fourier transform of real numbers over the last dimension.

    Args:
      input_tensor: a float32 tensor.
      fft_length: a vector of one: the length, to which the input is cut or padded; that of the dimension if `None`.
      name: of the node.

    Returns:
      A complex64 tensor whose last dimension is `fft_length // 2 + 1`.
    """
    return forward_transform("RFFT", 1, input_tensor, fft_length, name, "rfft")


def rfft2d(input_tensor: Any, fft_length: Any = None, name: str | None = None) -> Tensor:
    """Return the Fourier transform of real numbers over the last two dimensions; see `tf.signal.rfft`."""
    return forward_transform("RFFT2D", 2, input_tensor, fft_length, name, "rfft2d")


def rfft3d(input_tensor: Any, fft_length: Any = None, name: str | None = None) -> Tensor:
    """Return the Fourier transform of real numbers over the last three dimensions; see `tf.signal.rfft`."""
    return forward_transform("RFFT3D", 3, input_tensor, fft_length, name, "rfft3d")


def irfft(input_tensor: Any, fft_length: Any = None, name: str | None = None) -> Tensor:
    """Return the real numbers over the last dimension that have a Fourier transform.

    Args:
      input_tensor: a complex64 tensor: half of the transform.
      fft_length: a vector of one: the length of the result; `2 * (n - 1)` if `None`.
      name: of the node.

    Returns:
      A float32 tensor.
    """
    return inverse_transform("IRFFT", 1, input_tensor, fft_length, name, "irfft")


def irfft2d(input_tensor: Any, fft_length: Any = None, name: str | None = None) -> Tensor:
    """Return the real numbers over the last two dimensions that have a Fourier transform; see `tf.signal.irfft`."""
    return inverse_transform("IRFFT2D", 2, input_tensor, fft_length, name, "irfft2d")


def irfft3d(input_tensor: Any, fft_length: Any = None, name: str | None = None) -> Tensor:
    """Return the real numbers over the last three dimensions that have a Fourier transform; see `tf.signal.irfft`."""
    return inverse_transform("IRFFT3D", 3, input_tensor, fft_length, name, "irfft3d")


def fftshift(x: Any, axes: Any = None, name: str | None = None) -> Tensor:
    """Return `x` with the middle of dimensions where the beginning was.

    Args:
      x: a tensor of known shape.
      axes: a dimension or several; all if `None`.
      name: of the scope.
    """
    return _shifted(x, axes, name, "fftshift", 1)


def ifftshift(x: Any, axes: Any = None, name: str | None = None) -> Tensor:
    """Undo `tf.signal.fftshift`."""
    return _shifted(x, axes, name, "ifftshift", -1)


def _shifted(x: Any, axes: Any, name: str | None, default: str, sign: int) -> Tensor:
    with scoped(name, default) as scope:
        x = convert_to_tensor(x)
        sizes: Any = x.shape.as_list()
        if axes is None:
            axes = tuple(np.arange(len(sizes)).tolist())
        if isinstance(axes, int):
            shift: Any = sign * int(sizes[axes] // 2)
        else:
            shift = [sign * int(sizes[axis] // 2) for axis in axes]
        return roll(x, shift, axes, scope)


def dct(input: Any, type: int = 2, n: int | None = None, axis: int = -1, norm: str | None = None,
        name: str | None = None) -> Tensor:
    """Return the discrete cosine transform over the last dimension.

    Args:
      input: a float32 tensor.
      type: 1, 2 or 3.
      n: the length, to which the input is cut or padded; that of the dimension if `None`.
      axis: must be -1.
      norm: `None` or "ortho".
      name: of the scope.

    Raises:
      NotImplementedError: for another axis.
      ValueError: for another type or norm, or a length that it does not have.
    """
    _check_cosine(input, type, n, axis, norm)
    with scoped(name, "dct", [input]):
        input = convert_to_tensor(input, dtype=float32)
        if n is not None:
            input = _of_length(input, n)
        length = _last_size(input)
        in_float = cast(length, float32)
        if type == 1:
            return real(rfft(concat([input, input[..., -2:0:-1]], -1)))
        if type == 2:
            return _second_cosine(input, length, in_float, norm)
        return _third_cosine(input, length, in_float, norm)


def _last_size(x: Tensor) -> Any:
    return x.shape[-1].value or shape_of(x)[-1]


def _of_length(input: Tensor, n: int) -> Tensor:
    length = _last_size(input)
    if n <= length:
        return input[..., 0:n]
    padding = [[0, 0] for _ in input.shape]
    padding[-1][1] = n - length
    return pad(input, paddings=convert_to_tensor(padding, dtype=int32))


def _check_cosine(input: Any, type: int, n: int | None, axis: int, norm: str | None) -> None:
    if axis != -1:
        raise NotImplementedError(f"axis must be -1. Got: {axis}")
    if n is not None and n < 1:
        raise ValueError("n should be a positive integer or None")
    if type not in (1, 2, 3):
        raise ValueError("Only Types I, II and III (I)DCT are supported.")
    if type == 1:
        if norm == "ortho":
            raise ValueError("Normalization is not supported for the Type-I DCT.")
        if input.shape[-1] is not None and input.shape[-1] < 2:
            raise ValueError("Type-I DCT requires the dimension to be greater than one.")
    if norm not in (None, "ortho"):
        raise ValueError(f"Unknown normalization. Expected None or 'ortho', got: {norm}")


def _second_cosine(input: Tensor, length: Any, in_float: Tensor, norm: str | None) -> Tensor:
    angles = -range(in_float) * math.pi * 0.5 / in_float
    scale = 2.0 * node("Exp", complex(0.0, angles))
    result = real(rfft(input, fft_length=[2 * length])[..., :length] * scale)
    if norm == "ortho":
        first = 0.5 * node("Rsqrt", in_float)
        others = first * node("Sqrt", 2.0)
        result *= pad(expand_dims(first, 0), [[0, length - 1]], constant_values=others)
    return result


def _third_cosine(input: Tensor, length: Any, in_float: Tensor, norm: str | None) -> Tensor:
    if norm == "ortho":
        first = node("Sqrt", in_float)
        others = first * node("Sqrt", 0.5)
        input *= pad(expand_dims(first, 0), [[0, length - 1]], constant_values=others)
    else:
        input *= in_float
    scale = 2.0 * node("Exp", complex(0.0, range(in_float) * math.pi * 0.5 / in_float))
    return real(irfft(scale * complex(input, 0.0), fft_length=[2 * length]))[..., :length]


def idct(input: Any, type: int = 2, n: int | None = None, axis: int = -1, norm: str | None = None,
         name: str | None = None) -> Tensor:
    """Return the inverse discrete cosine transform over the last dimension; see `tf.signal.dct`."""
    _check_cosine(input, type, n, axis, norm)
    return dct(input, type={1: 1, 2: 3, 3: 2}[type], n=n, axis=axis, norm=norm, name=name)


def frame(signal: Any, frame_length: Any, frame_step: Any, pad_end: bool = False, pad_value: Any = 0, axis: Any = -1,
          name: str | None = None) -> Tensor:
    """Return overlapping pieces of a signal.

    Args:
      signal: a tensor of rank 1 or more.
      frame_length: of each piece.
      frame_step: how much further each begins.
      pad_end: whether there are pieces that reach beyond the end.
      pad_value: what is there.
      axis: the dimension.
      name: of the scope.

    Returns:
      A tensor with two dimensions, the number of pieces and their length, in the place of `axis`.
    """
    with scoped(name, "frame", [signal, frame_length, frame_step, pad_value]):
        signal = convert_to_tensor(signal, name="signal")
        frame_length = convert_to_tensor(frame_length, name="frame_length")
        frame_step = convert_to_tensor(frame_step, name="frame_step")
        axis = convert_to_tensor(axis, name="axis")
        signal.shape.with_rank_at_least(1)
        for scalar in (frame_length, frame_step, axis):
            scalar.shape.assert_has_rank(0)
        known = _frames_shape(signal, frame_length, frame_step, pad_end, axis)
        rank = rank_of(signal)
        axis = range(rank)[axis]
        sizes = shape_of(signal)
        outer, samples, inner = split(sizes, [axis, 1, rank - 1 - axis])
        samples = node("Reshape", samples, [])
        around = size_of(outer), size_of(inner)
        if pad_end:
            signal, count = _with_end(signal, samples, frame_length, frame_step, pad_value, around)
            sizes = shape_of(signal)
            samples = sizes[axis]
        else:
            count = node("Maximum", 0, 1 + floor_over(samples - frame_length, frame_step))
        frames = _pieces(signal, sizes, samples, count, (frame_length, frame_step), (outer, inner), axis)
        if known:
            frames.set_shape(known)
        return frames


def _with_end(signal: Tensor, samples: Tensor, length: Tensor, step: Tensor, value: Any, around: Any) -> tuple:
    value = convert_to_tensor(value, signal.dtype)
    value.shape.assert_has_rank(0)
    count = -floor_over(-samples, step)
    missing = node("Maximum", 0, length + step * (count - 1) - samples)
    before, behind = (zeros([n, 2], dtype=missing.dtype) for n in around)
    return pad(signal, concat([before, [[0, missing]], behind], 0), constant_values=value), count


def _pieces(signal: Tensor, sizes: Tensor, samples: Tensor, count: Tensor, how: Any, around: Any, axis: Tensor) -> Tensor:
    """The pieces put together of smaller ones that do not overlap, whose length divides both length and step."""
    (length, step), (outer, inner) = how, around
    unit = _greatest_divisor(length, step)
    per_frame, per_step = floor_over(length, unit), floor_over(step, unit)
    units = floor_over(samples, unit)
    cut_shape = concat([outer, [units * unit], inner], 0)
    unit_shape = concat([outer, [units, unit], inner], 0)
    cut = strided_slice(signal, zeros_like(sizes), cut_shape)
    pieces = node("Reshape", cut, unit_shape)
    starts = node("Reshape", range(count) * per_step, [count, 1])
    within = node("Reshape", range(per_frame), [1, per_frame])
    found = gather(pieces, starts + within, axis=axis)
    return node("Reshape", found, concat([outer, [count, length], inner], 0))


def _greatest_divisor(a: Tensor, b: Tensor) -> Tensor:
    with scoped(None, "gcd", [a, b]):
        known_a, known_b = constant_value(a), constant_value(b)
        if known_a is None or known_b is None:
            raise ValueError("tf.signal.frame needs to know length and step of the frames while building; pass numbers.")
        return convert_to_tensor(np.gcd(known_a, known_b))


def _frames_shape(signal: Tensor, length: Tensor, step: Tensor, pad_end: bool, axis: Tensor) -> list[Any] | None:
    known_length, known_step, known_axis = (constant_value(t) for t in (length, step, axis))
    if signal.static_shape is None:
        return None
    sizes: list[Any] = list(signal.static_shape)
    if known_axis is None:
        return [None] * (len(sizes) + 1)
    at = int(known_axis)
    count, samples = None, sizes[at]
    if samples is not None and known_step is not None:
        if pad_end:
            count = max(0, -(-samples // int(known_step)))
        elif known_length is not None:
            count = max(0, (samples - int(known_length) + int(known_step)) // int(known_step))
    return [*sizes[:at], count, known_length, *sizes[at:][1:]]


def hann_window(window_length: Any, periodic: Any = True, dtype: DType = float32, name: str | None = None) -> Tensor:
    """Return a Hann window.

    Args:
      window_length: its length.
      periodic: whether it is one period of a cosine rather than symmetric.
      dtype: a float type.
      name: of the scope.

    Raises:
      ValueError: for another type.
    """
    return _raised_cosine(name, "hann_window", window_length, periodic, dtype, 0.5, 0.5)


def hamming_window(window_length: Any, periodic: Any = True, dtype: DType = float32, name: str | None = None) -> Tensor:
    """Return a Hamming window; see `tf.signal.hann_window`."""
    return _raised_cosine(name, "hamming_window", window_length, periodic, dtype, 0.54, 0.46)


def _raised_cosine(name: str | None, default: str, length: Any, periodic: Any, dtype: DType, a: float, b: float) -> Tensor:
    if not dtype.is_floating:
        raise ValueError(f"dtype must be a floating point type. Found {dtype}")
    with scoped(name, default, [length, periodic]):
        length = convert_to_tensor(length, dtype=int32, name="window_length")
        length.shape.assert_has_rank(0)
        known = constant_value(length)
        if known is None:
            raise ValueError(f"tf.signal.{default} needs to know the length of the window while building; pass a number.")
        if known == 1:
            return ones([1], dtype=dtype)
        periodic = cast(convert_to_tensor(periodic, dtype=bool, name="periodic"), int32)
        periodic.shape.assert_has_rank(0)
        even = 1 - node("FloorMod", length, 2)
        n = cast(length + periodic * even - 1, dtype)
        count = cast(range(length), dtype)
        angles = constant(2 * np.pi, dtype=dtype) * count / n
        return cast(a - b * node("Cos", angles), dtype)


def stft(signals: Any, frame_length: Any, frame_step: Any, fft_length: Any = None,
         window_fn: Callable | None = hann_window, pad_end: bool = False, name: str | None = None) -> Tensor:
    """Return the short-time Fourier transforms of signals.

    Args:
      signals: a float32 tensor of shape `[..., samples]`.
      frame_length: of the pieces.
      frame_step: how much further each begins.
      fft_length: of the transforms; the least power of two that holds a piece if `None`.
      window_fn: `f(frame_length, dtype=…)`, the window; `None` for none.
      pad_end: whether there are pieces that reach beyond the end.
      name: of the scope.

    Returns:
      A complex64 tensor of shape `[..., frames, fft_length // 2 + 1]`.
    """
    with scoped(name, "stft", [signals, frame_length, frame_step]):
        signals = convert_to_tensor(signals, name="signals")
        signals.shape.with_rank_at_least(1)
        frame_length = convert_to_tensor(frame_length, name="frame_length")
        frame_length.shape.assert_has_rank(0)
        frame_step = convert_to_tensor(frame_step, name="frame_step")
        frame_step.shape.assert_has_rank(0)
        if fft_length is None:
            fft_length = _enclosing_power_of_two(frame_length)
        else:
            fft_length = convert_to_tensor(fft_length, name="fft_length")
        framed = frame(signals, frame_length, frame_step, pad_end=pad_end)
        if window_fn is not None:
            framed *= window_fn(frame_length, dtype=framed.dtype)
        return rfft(framed, [fft_length])


def _enclosing_power_of_two(value: Tensor) -> Tensor:
    known = constant_value(value)
    if known is not None:
        return constant(int(2 ** np.ceil(np.log(known) / np.log(2.0))), value.dtype)
    exponent = node("Ceil", node("Log", cast(value, float32)) / node("Log", 2.0))
    return cast(pow(2.0, exponent), value.dtype)


def inverse_stft_window_fn(frame_step: Any, forward_window_fn: Callable = hann_window, name: str | None = None) -> Callable:
    """Return the window with which `inverse_stft` undoes `stft` exactly.

    Args:
      frame_step: that of both.
      forward_window_fn: the window of `stft`.
      name: of the scope.

    Returns:
      A function `f(frame_length, dtype)`.
    """
    with scoped(name, "inverse_stft_window_fn", []):
        frame_step = convert_to_tensor(frame_step, name="frame_step")
        frame_step.shape.assert_has_rank(0)

    def inverse_window(frame_length: Any, dtype: Any) -> Tensor:
        with scoped(name, "inverse_stft_window_fn", []):
            length = convert_to_tensor(frame_length, name="frame_length")
            length.shape.assert_has_rank(0)
            window = forward_window_fn(length, dtype=dtype)
            total = node("Square", window)
            overlaps = -floor_over(-length, frame_step)
            total = pad(total, [(0, overlaps * frame_step - length)])
            total = node("Reshape", total, [overlaps, frame_step])
            total = reduction("Sum", total, 0, True)
            total = node("Tile", total, [overlaps, 1])
            total = node("Reshape", total, [overlaps * frame_step])
            return window / total[:length]

    return inverse_window


def inverse_stft(stfts: Any, frame_length: Any, frame_step: Any, fft_length: Any = None,
                 window_fn: Callable | None = hann_window, name: str | None = None) -> Tensor:
    """Return the signals that have these short-time Fourier transforms.

    Args:
      stfts: a complex64 tensor of shape `[..., frames, fft_length // 2 + 1]`.
      frame_length: of the pieces, a number.
      frame_step: how much further each begins.
      fft_length: of the transforms; the least power of two that holds a piece if `None`.
      window_fn: `f(frame_length, dtype=…)`, the window; `None` for none.
      name: of the scope.

    Returns:
      A float32 tensor of shape `[..., samples]`.
    """
    with scoped(name, "inverse_stft", [stfts]):
        stfts = convert_to_tensor(stfts, name="stfts")
        stfts.shape.with_rank_at_least(2)
        length = convert_to_tensor(frame_length, name="frame_length")
        length.shape.assert_has_rank(0)
        frame_step = convert_to_tensor(frame_step, name="frame_step")
        frame_step.shape.assert_has_rank(0)
        if fft_length is None:
            fft_length = _enclosing_power_of_two(length)
        else:
            fft_length = convert_to_tensor(fft_length, name="fft_length")
            fft_length.shape.assert_has_rank(0)
        frames = _cut_frames(irfft(stfts, [fft_length]), length)
        if window_fn is not None:
            frames *= window_fn(length, dtype=stfts.dtype.real_dtype)
        return overlap_and_add(frames, frame_step)


def _cut_frames(frames: Tensor, length: Tensor) -> Tensor:
    known = constant_value(length)
    now = None if frames.static_shape is None else frames.static_shape[-1]
    if known is None or now is None:
        frames = frames[..., :length]
        rank, sizes = rank_of(frames), shape_of(frames)
        missing = node("Maximum", 0, length - sizes[-1])
        frames = pad(frames, concat([zeros([rank - 1, 2], dtype=length.dtype), [[0, missing]]], 0))
    elif now > known:
        frames = frames[..., :int(known)]
    elif now < known:
        frames = pad(frames, [[0, 0]] * (len(frames.shape) - 1) + [[0, int(known) - now]])
    if known is not None and frames.static_shape is not None:
        frames.set_shape([None] * (len(frames.shape) - 1) + [int(known)])
    return frames


def overlap_and_add(signal: Any, frame_step: Any, name: str | None = None) -> Tensor:
    """Return the signal of which these are overlapping pieces, added up.

    Args:
      signal: a tensor of shape `[..., frames, frame_length]`.
      frame_step: how much further each piece begins.
      name: of the scope.

    Returns:
      A tensor of shape `[..., (frames - 1) * frame_step + frame_length]`.

    Raises:
      ValueError: if `frame_step` is no integer.
    """
    with scoped(name, "overlap_and_add", [signal, frame_step]):
        signal = convert_to_tensor(signal, name="signal")
        signal.shape.with_rank_at_least(2)
        step = convert_to_tensor(frame_step, name="frame_step")
        step.shape.assert_has_rank(0)
        if not step.dtype.is_integer:
            raise ValueError(f"frame_step must be an integer. Got {step.dtype}")
        sizes = shape_of(signal)
        outer = sizes[:-2]
        rank = size_of(outer)

        def whole(inner: list[Any]) -> Tensor:
            return concat([outer, inner], 0)

        length, frames = sizes[-1], sizes[-2]
        total = length + step * (frames - 1)
        known = constant_value(step)
        if known is not None and signal.static_shape is not None and known == signal.static_shape[-1]:
            return node("Reshape", signal, whole([total]), name="fast_path")
        return _added(signal, (rank, frames, length, step), total, whole)


def _added(signal: Tensor, numbers: Any, total: Tensor, whole: Callable) -> Tensor:
    """Every piece cut into segments of the step; those that fall together are brought below each other by a shift."""
    rank, frames, length, step = numbers
    segments = -floor_over(-length, step)
    paddings = [[0, segments], [0, segments * step - length]]
    signal = pad(signal, concat([zeros([rank, 2], int32), paddings], 0))
    signal = node("Reshape", signal, whole([frames + segments, segments, step]))
    counted = range(rank)
    order = plus(rank, [1, 0, 2])
    perm = concat([counted, order], 0)
    signal = transpose(signal, perm)
    signal = node("Reshape", signal, whole([(frames + segments) * segments, step]))
    signal = signal[..., :(frames + segments - 1) * segments, :]
    signal = node("Reshape", signal, whole([segments, frames + segments - 1, step]))
    signal = reduction("Sum", signal, -3)
    signal = node("Reshape", signal, whole([(frames + segments - 1) * step]))
    return signal[..., :total]


def linear_to_mel_weight_matrix(num_mel_bins: int = 20, num_spectrogram_bins: int = 129, sample_rate: Any = 8000,
                                lower_edge_hertz: float = 125.0, upper_edge_hertz: float = 3800.0, dtype: DType = float32,
                                name: str | None = None) -> Tensor:
    """Return the matrix that takes spectrograms to the mel scale.

    Args:
      num_mel_bins: how many bands.
      num_spectrogram_bins: how many frequencies the spectrograms have.
      sample_rate: samples a second.
      lower_edge_hertz: where the lowest band begins.
      upper_edge_hertz: where the highest ends.
      dtype: a float type.
      name: of the scope.

    Returns:
      A tensor of shape `[num_spectrogram_bins, num_mel_bins]`.

    Raises:
      ValueError: if the arguments do not fit.
    """
    with scoped(name, "linear_to_mel_weight_matrix") as scope:
        if isinstance(sample_rate, Tensor):
            known = constant_value(sample_rate)
            if known is None:
                raise ValueError("`sample_rate` was a non-constant Tensor. Must be a Python float or a constant Tensor.")
            sample_rate = known
        _check_bands(num_mel_bins, sample_rate, lower_edge_hertz, upper_edge_hertz, dtype)
        rate = convert_to_tensor(sample_rate, dtype, name="sample_rate")
        lower = convert_to_tensor(lower_edge_hertz, dtype, name="lower_edge_hertz")
        upper = convert_to_tensor(upper_edge_hertz, dtype, name="upper_edge_hertz")
        zero = convert_to_tensor(0.0, dtype)
        frequencies = lin_space(zero, rate / 2.0, num_spectrogram_bins)[1:]
        bins = expand_dims(_as_mel(frequencies), 1)
        edges = frame(lin_space(_as_mel(lower), _as_mel(upper), num_mel_bins + 2), frame_length=3, frame_step=1)
        below, center, above = (node("Reshape", t, [1, num_mel_bins]) for t in split(edges, 3, axis=1))
        rising = (bins - below) / (center - below)
        falling = (above - bins) / (above - center)
        weights = node("Maximum", zero, node("Minimum", rising, falling))
        return pad(weights, [[1, 0], [0, 0]], name=scope)


def _as_mel(hertz: Tensor) -> Tensor:
    with scoped(None, "hertz_to_mel", [hertz]):
        return _MEL_Q * node("Log", 1.0 + hertz / _MEL_BREAK_HERTZ)


def _check_bands(bands: int, rate: Any, lower: float, upper: float, dtype: DType) -> None:
    if bands <= 0:
        raise ValueError(f"num_mel_bins must be positive. Got: {bands}")
    if rate <= 0.0:
        raise ValueError(f"sample_rate must be positive. Got: {rate}")
    if lower < 0.0:
        raise ValueError(f"lower_edge_hertz must be non-negative. Got: {lower}")
    if lower >= upper:
        raise ValueError(f"lower_edge_hertz {lower:.1f} >= upper_edge_hertz {upper:.1f}")
    if upper > rate / 2:
        raise ValueError("upper_edge_hertz must not be larger than the Nyquist frequency (sample_rate / 2). Got: "
                         f"{upper} for sample_rate: {rate}")
    if not dtype.is_floating:
        raise ValueError(f"dtype must be a floating point type. Got: {dtype}")


def mfccs_from_log_mel_spectrograms(log_mel_spectrograms: Any, name: str | None = None) -> Tensor:
    """Return the mel-frequency cepstral coefficients of spectrograms.

    Args:
      log_mel_spectrograms: a float32 tensor of shape `[..., bands]`: logarithms of mel spectrograms.
      name: of the scope.

    Raises:
      ValueError: if there are no bands.
    """
    with scoped(name, "mfccs_from_log_mel_spectrograms", [log_mel_spectrograms]):
        spectrograms = convert_to_tensor(log_mel_spectrograms, dtype=float32)
        bands: Any = spectrograms.static_shape[-1] if spectrograms.static_shape else None
        if bands == 0:
            raise ValueError(f"num_mel_bins must be positive. Got: {spectrograms}")
        if bands is None:
            bands = shape_of(spectrograms)[-1]
        return dct(spectrograms, type=2) * node("Rsqrt", cast(bands, float32) * 2.0)
