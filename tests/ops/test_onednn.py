"""Convolutions by oneDNN are XLA's within rounding, wherever in a program they stand."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

from kudari.ops import convolving
from kudari.ops.convolving import Convolution, convolve, describe, filter_gradient, input_gradient
from kudari.ops.onednn import convolutions, ffi
from kudari.ops.onednn.library import DISTRIBUTION, library

pytestmark = pytest.mark.skipif(
    library() is None or jax.default_backend() != "cpu", reason=f"needs {DISTRIBUTION} and a CPU backend")

CASES = {
    "same": describe((2, 9, 8, 3), (3, 3, 3, 5), (1, 1, 1, 1), (1, 1, 1, 1), "SAME", (), "NHWC"),
    "strided": describe((2, 10, 9, 4), (3, 2, 4, 6), (1, 2, 3, 1), (1, 1, 1, 1), "VALID", (), "NHWC"),
    "dilated": describe((1, 12, 11, 16), (3, 3, 16, 8), (1, 1, 1, 1), (1, 2, 3, 1), "SAME", (), "NHWC"),
    "uneven zeros": describe((2, 7, 7, 2), (4, 3, 2, 3), (1, 2, 1, 1), (1, 1, 1, 1), "EXPLICIT",
                             ((0, 0), (2, 0), (1, 3), (0, 0)), "NHWC"),
    "channels first": describe((2, 3, 9, 8), (3, 3, 3, 5), (1, 1, 2, 1), (1, 1, 1, 1), "SAME", (), "NCHW"),
    "groups": describe((2, 8, 8, 6), (3, 3, 2, 9), (1, 1, 1, 1), (1, 1, 1, 1), "SAME", (), "NHWC"),
    "depthwise": describe((2, 8, 8, 6), (3, 3, 1, 12), (1, 2, 2, 1), (1, 1, 1, 1), "SAME", (), "NHWC"),
    "one axis": describe((2, 20, 3), (5, 3, 4), (1, 2, 1), (1, 1, 1), "SAME", (), "NWC"),
    "three axes": describe((1, 6, 5, 7, 2), (3, 2, 3, 2, 4), (1, 1, 2, 1, 1), (1, 1, 1, 1, 1), "SAME", (), "NDHWC"),
    "one pixel": describe((3, 4, 4, 5), (1, 1, 5, 7), (1, 1, 1, 1), (1, 1, 1, 1), "VALID", (), "NHWC"),
}
SAME = CASES["same"]


def numbers(*shapes: tuple[int, ...]) -> list[jax.Array]:
    generator = np.random.default_rng(7)
    return [jnp.asarray(generator.standard_normal(shape), "float32") for shape in shapes]


def close(got, expected) -> None:
    np.testing.assert_allclose(got, expected, rtol=2e-5, atol=2e-5 * float(jnp.abs(expected).max()))


@pytest.mark.parametrize("what", CASES.values(), ids=CASES.keys())
def test_equal_to_xla(what: Convolution) -> None:
    x, w, grad = numbers(what.input, what.filter, what.output)
    for ours, plain, one, other in (
            (convolve, convolving._convolve, x, w), (input_gradient, convolving._input_gradient, w, grad),
            (filter_gradient, convolving._filter_gradient, x, grad)):
        program = jax.jit(partial(ours, what))
        assert convolutions._TARGET in program.lower(one, other).as_text()
        close(program(one, other), plain(what, one, other))


@pytest.mark.parametrize("dtype", ["float16", "float64"])
def test_other_dtypes_stay_with_xla(dtype: str) -> None:
    x, w = (value.astype(dtype) for value in numbers(SAME.input, SAME.filter))
    assert convolutions._TARGET not in jax.jit(partial(convolve, SAME)).lower(x, w).as_text()


def test_programs_for_other_devices_stay_with_xla() -> None:
    traced = jax.jit(partial(convolve, SAME)).trace(*numbers(SAME.input, SAME.filter))
    assert convolutions._TARGET not in traced.lower(lowering_platforms=("cuda",)).as_text()


def test_donated_arguments() -> None:
    what = describe((2, 8, 8, 4), (3, 3, 4, 4), (1, 1, 1, 1), (1, 1, 1, 1), "SAME", (), "NHWC")
    x, w = numbers(what.input, what.filter)
    expected = convolving._convolve(what, x, w)
    close(jax.jit(partial(convolve, what), donate_argnums=0)(x, w), expected)
    assert x.is_deleted()


def test_in_a_loop() -> None:
    what = describe((2, 8, 8, 4), (3, 3, 4, 4), (1, 1, 1, 1), (1, 1, 1, 1), "SAME", (), "NHWC")
    x, w = numbers(what.input, what.filter)
    run = [jax.jit(lambda x, w, one=one: lax.fori_loop(0, 5, lambda _, x: one(what, x, w) / 6, x))
           for one in (convolve, convolving._convolve)]
    close(run[0](x, w), run[1](x, w))


def test_twice_at_once() -> None:
    """Two programs in two threads, each with two convolutions that do not wait for one another."""
    x, w, grad = numbers(SAME.input, SAME.filter, SAME.output)
    program = jax.jit(lambda x, w, grad: (input_gradient(SAME, w, grad), filter_gradient(SAME, x, grad)))
    scales = np.arange(1, 17, dtype="float32")
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda scale: program(x, w, grad * scale), scales))
    expected = convolving._input_gradient(SAME, w, grad), convolving._filter_gradient(SAME, x, grad)
    for scale, result in zip(scales, results):
        for got, plain in zip(result, expected):
            close(got, plain * scale)


def test_what_fails_fails_the_program() -> None:
    def broken(text: str, addresses: list[int]) -> None:
        raise RuntimeError(f"no {text} at {len(addresses)} addresses")

    ffi.register("kudari_test_broken", broken)
    run = jax.jit(lambda x: jax.ffi.ffi_call("kudari_test_broken", jax.ShapeDtypeStruct((), "float32"))(x, job="luck"))
    with pytest.raises(jax.errors.JaxRuntimeError, match="no luck at 2 addresses"):
        jax.block_until_ready(run(jnp.float32(1)))
