"""The compiler options of exact mode keep every rounding where the program wrote it."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

from kudari.ops.eigen import COMPILER_OPTIONS, COMPILER_OPTIONS_LARGE, compiler_options

BOTH = pytest.mark.parametrize("options", [COMPILER_OPTIONS, COMPILER_OPTIONS_LARGE], ids=["small", "large"])
F = np.float32


def _inputs(size: int) -> list[np.ndarray]:
    random = np.random.default_rng(5)
    return [(random.standard_normal(size) * 2).astype(F) for _ in range(3)]


def _compiled(function, options, *arguments):
    return np.asarray(jax.jit(function).lower(*arguments).compile(compiler_options=options)(*arguments))


# Each: a chain of operations in which a compiler finds something to contract, reorder or divide once.
CHAINS = {
    "multiply_add": lambda m, x, y, z: x * y + z,
    "multiply_subtract": lambda m, x, y, z: z - x * y,
    "two_products": lambda m, x, y, z: x * y + y * z,
    "gradient_descent": lambda m, x, y, z: x - y * F(0.01),
    "divide_by_constant": lambda m, x, y, z: x / F(3),
    "scale_twice": lambda m, x, y, z: (x * F(1.1)) * F(1.3),
    "add_twice": lambda m, x, y, z: (x + F(1.1)) + F(1.3),
    "add_and_take_away": lambda m, x, y, z: (x - F(1.1)) + F(1.1),
    "multiply_and_divide": lambda m, x, y, z: (x * F(3.3)) / F(3.3),
    "divide_twice": lambda m, x, y, z: (x / y) / z,
    "divide_by_quotient": lambda m, x, y, z: x / (y / z),
    "divide_by_root": lambda m, x, y, z: x / m.sqrt(abs(y)),
    "inverse_of_inverse": lambda m, x, y, z: F(1) / (F(1) / x),
    "distribute": lambda m, x, y, z: x * y + x * z,
    "square_of_difference": lambda m, x, y, z: (x - y) * (x - y),
}


@BOTH
@pytest.mark.parametrize("name", CHAINS)
@pytest.mark.parametrize("size", [5, 4100])
def test_chain_rounds_after_every_operation(name, size, options):
    chain, arrays = CHAINS[name], _inputs(size)
    got = _compiled(lambda *a: chain(jnp, *a), options, *arrays)
    np.testing.assert_array_equal(got.view("u4"), chain(np, *arrays).view("u4"))


def test_ordinary_options_would_not_do():
    chain, arrays = CHAINS["multiply_add"], _inputs(4100)
    got = _compiled(lambda *a: chain(jnp, *a), {}, *arrays)
    assert (got.view("u4") != chain(np, *arrays).view("u4")).any()


def _loop_step(m, v, x, y, z):
    """Return a step with contractible pairs whose intermediate values die at once, as in an update of a variable."""
    error = v * x + y
    slope = error * F(2) * x
    return v - (slope * F(0.01) + z * F(0.001)) / F(3)


@BOTH
@pytest.mark.parametrize("size", [1, 4, 37, 4100])
def test_steps_inside_a_loop_round_after_every_operation(size, options):
    x, y, z = _inputs(size)
    got = _compiled(lambda *a: lax.fori_loop(0, 50, lambda _, v: _loop_step(jnp, v, *a), a[0]), options, x, y, z)
    want = x
    for _ in range(50):
        want = _loop_step(np, want, x, y, z)
    np.testing.assert_array_equal(got.view("u4"), want.view("u4"))


@BOTH
def test_denormals_are_zero_as_in_tensorflow_threads(options):
    tiny = np.array([1e-40, -1e-40, 1e-30, 3e-39], F)
    ones = np.ones(4, F)
    assert _compiled(lambda x, y: x * y, options, tiny, ones).tolist() == [0.0, 0.0, F(1e-30), 0.0]
    assert _compiled(lambda x, y: x * y, options, tiny, tiny).tolist() == [0.0] * 4
    assert _compiled(lambda x, y: x + y, options, tiny, ones * 0).tolist() == [0.0, 0.0, F(1e-30), 0.0]


# Operations that LLVM's quick instruction selection leaves to the thorough one, which contracts what stands before them.
HARD = {
    "to_float64": lambda v: v.astype(np.float64),
    "sign": lambda v: lax.sign(v) * v,
    "neighbour": lambda v: lax.nextafter(v, F(0)),
    "small_integer": lambda v: lax.bitcast_convert_type(v, np.int32).astype(np.uint8).astype(F),
    "to_bfloat16": lambda v: v.astype(jnp.bfloat16).astype(F) + v,
}


@BOTH
@pytest.mark.parametrize("name", HARD)
@pytest.mark.parametrize("looped", [False, True], ids=["once", "looped"])
def test_hard_operations_do_not_let_contraction_in(name, looped, options):
    x, y, z = _inputs(64)
    after = HARD[name]
    want = np.asarray(jax.jit(after)((x * y + z) * y + x))

    def step(x, y, z):
        return after((x * y + z) * y + x)

    def loop(x, y, z):
        start = (jnp.zeros(want.shape, want.dtype), F(0))
        return lax.fori_loop(0, 3, lambda _, held: (step(x, y, z), held[1] + F(1)), start)[0]

    assert _compiled(loop if looped else step, options, x, y, z).tobytes() == want.tobytes()


def test_size_chooses_between_the_two():
    assert compiler_options(100) is COMPILER_OPTIONS
    assert compiler_options(1_000_000) is COMPILER_OPTIONS_LARGE
