"""Gamma and Poisson numbers. Each has a stretch of the stream to itself, and draws from it until it accepts."""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from ..dtypes import TINDEX, TypeSet, float16, float32, float64, int32, int64
from ..graph.operation import Operation
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..op.constant import constant, constant_value_as_shape
from ..op.definition import not_differentiable, op
from ..op.rules import broadcasting, with_rank
from ..op.scope import scoped
from ..shape import Shape
from .drawing import BLOCKS_AN_OUTPUT
from .forms import node, times
from .joining import concat
from .philox import in_turns, normals64, seeded, skipped, unit64, words
from .random import check_sizes
from .shapes import counting, reduction, shape_of

_FLOATS = TypeSet((float16, float32, float64))
_NUMBERS = TypeSet((*_FLOATS.allowed, int32, int64))


def _for_each(op: Operation) -> list[Shape]:
    with_rank(op, op.inputs[0], 1)
    outer, inner = constant_value_as_shape(op.inputs[0]), op.inputs[1].static_shape
    return [None if outer is None or inner is None else (*outer, *inner)]


class _Stretch(NamedTuple):
    """Where each number is in its stretch: the next block, and what it drew by twos and did not use yet."""

    state: Any
    place: Any
    normals: tuple[Any, Any]
    units: tuple[Any, Any]
    left: tuple[Any, Any]  # of the normals and the units

    def take(self, kind: int, wanted: Any) -> tuple[_Stretch, Any]:
        """Take one float64 of a kind, normal (0) or unit (1), for each number that wants one."""
        fresh = wanted & (self.left[kind] == 0)
        block = words(self.state, self.place)
        drawn = normals64(block) if kind == 0 else (unit64(*block[:2]), unit64(*block[2:]))
        pair = tuple(jnp.where(fresh, new, old) for new, old in zip(drawn, self[2 + kind]))
        rest = jnp.where(fresh, 2, self.left[kind]) - wanted
        kept = [self.normals, self.units]
        left = list(self.left)
        kept[kind], left[kind] = pair, rest
        return _Stretch(self.state, self.place + fresh, *kept, tuple(left)), jnp.where(rest == 1, pair[1], pair[0])


def _stretches(state: Any, outputs: Any) -> _Stretch:
    zero, none = jnp.zeros(outputs.shape, jnp.float64), jnp.zeros(outputs.shape, jnp.int64)
    return _Stretch(state, outputs * np.uint64(BLOCKS_AN_OUTPUT), (zero, zero), (zero, zero), (none, none))


def _gamma(alpha: Any, stretch: _Stretch) -> Any:
    """Gamma numbers after Marsaglia and Tsang; exponential ones, by inversion, where `alpha` is 1."""
    is_small, is_one = alpha < 1, alpha == 1
    d = alpha + jnp.where(is_small, 2.0 / 3, -1.0 / 3)
    c = 1.0 / 3 / jnp.sqrt(d)

    def go_on(held: Any) -> Any:
        return ~jnp.all(held[1])

    def draw(held: Any) -> Any:
        stretch, done, found = held
        stretch, x = stretch.take(0, ~done & ~is_one)
        v = 1 + c * x
        tried = ~done & ((v > 0) | is_one)
        v = v * v * v
        stretch, u = stretch.take(1, tried)
        good = (u < 1 - 0.0331 * (x * x) * (x * x)) | (jnp.log(u) < 0.5 * x * x + d * (1 - v + jnp.log(v)))
        taken = tried & (good | is_one)
        stretch, b = stretch.take(1, taken & is_small)
        number = d * v * jnp.where(is_small, jnp.power(b, 1 / alpha), 1)
        return stretch, done | taken, jnp.where(taken, jnp.where(is_one, -jnp.log1p(-u), number), found)

    # A shape that is no positive number never accepts: it gives NaN.
    start = stretch, ~(alpha > 0), jnp.full(alpha.shape, jnp.nan)
    return lax.while_loop(go_on, draw, start)[2]


def _poisson(largest: float, rate: Any, stretch: _Stretch) -> Any:
    """Poisson numbers: by counting events where the rate is below 10, after Hörmann's transformed rejection elsewhere."""
    is_slow = rate < 10
    enough = jnp.exp(-rate)
    b = 0.931 + 2.53 * jnp.sqrt(rate)
    a = -0.059 + 0.02483 * b
    inverse_alpha = 1.1239 + 1.1328 / (b - 3.4)

    def go_on(held: Any) -> Any:
        return ~jnp.all(held[1])

    def draw(held: Any) -> Any:
        stretch, done, found, product = held
        stretch, u = stretch.take(1, ~done)
        stretch, v = stretch.take(1, ~done & ~is_slow)
        product = jnp.where(is_slow, product * u, product)
        over = product <= enough
        u = u - 0.5
        shifted = 0.5 - jnp.abs(u)
        k = jnp.floor((2 * a / shifted + b) * u + rate + 0.43)
        inside = (shifted >= 0.07) & (v <= 0.9277 - 3.6224 / (b - 2))
        outside = (k < 0) | ((shifted < 0.013) & (v > shifted))
        s = jnp.log(v * inverse_alpha / (a / (shifted * shifted) + b))
        accepted = inside | (~outside & (s <= -rate + k * jnp.log(rate) - lax.lgamma(k + 1)))
        taken = ~done & jnp.where(is_slow, over, accepted & (k <= largest))
        value = jnp.where(is_slow, jnp.where(done | over, found, found + 1), jnp.where(taken, k, found))
        return stretch, done | taken, value, product

    is_finite = jnp.isfinite(rate)
    start = stretch, ~is_finite, jnp.where(is_finite, 0, rate), jnp.ones(rate.shape)
    return lax.while_loop(go_on, draw, start)[2]


@partial(jax.jit, static_argnums=(2, 3))
def _draw(state: Any, parameter: Any, samples: int, draw: Any) -> Any:
    """Draw `samples` numbers for each parameter, in float64: `[samples, parameters]`."""
    flat = parameter.astype(jnp.float64).reshape(-1)

    def numbers(outputs: Any) -> Any:
        return draw(flat[(outputs // np.uint64(samples)).astype(jnp.int64)], _stretches(state, outputs))

    return in_turns(flat.size * samples, numbers).reshape(flat.size, samples).T


def _numbers(state: Any, shape: Any, parameter: Any, draw: Any, dtype: Any) -> tuple[Any, Any]:
    samples = int(np.prod(shape, dtype=np.int64))
    count = samples * parameter.size
    sizes = (*map(int, shape), *parameter.shape)
    drawn = _draw(jnp.asarray(state), jnp.asarray(parameter), samples, draw) if count else jnp.zeros(0)
    return drawn.reshape(sizes).astype(dtype), skipped(state, count * BLOCKS_AN_OUTPUT)


@op("RandomGamma", "shape: Static(S), alpha: T -> output: T", _for_each, stateful=True, state=seeded, seed=0, seed2=0,
    S=TINDEX, T=_FLOATS)
def random_gamma(state, shape, alpha):
    """Gamma numbers of scale 1, a tensor of `shape` for each `alpha`."""
    return _numbers(state, shape, alpha, _gamma, alpha.dtype)


@random_gamma.gradient
def _(op, grad):
    shape, alpha = op.inputs
    with get_default_graph().control_dependencies([grad]):
        count = shape_of(shape)[0]
        wide = node("Reshape", alpha, concat([_ones(count), shape_of(alpha)], 0))
        slope = node("RandomGammaGrad", wide, op.outputs[0])
        return None, reduction("Sum", times(grad, slope), counting(0, count))


def _ones(count: Tensor) -> Tensor:
    """`count` ones, with the nodes that TensorFlow leaves behind when it looks whether they are few."""
    with scoped(None, "ones", [count]) as scope:
        node("Less", count, 1000)
        return node("Fill", node("Pack", [count], name="packed"), constant(1, int32), name=scope)


@op("RandomGammaGrad", "alpha: T, sample: T -> output: T", broadcasting, T=TypeSet((float32, float64)))
def random_gamma_grad(alpha, sample):
    """How much a gamma number moves with its shape parameter, at the same place of its distribution."""
    return lax.random_gamma_grad(*jnp.broadcast_arrays(alpha, sample))


def _largest(dtype: Any) -> float:
    return float((jnp.finfo if jnp.issubdtype(dtype, jnp.floating) else jnp.iinfo)(dtype).max)


_POISSON = {dtype: partial(_poisson, _largest(dtype.as_numpy_dtype)) for dtype in _NUMBERS.allowed}


@op("RandomPoisson", "shape: Static(S), rate: dtype -> output: dtype", _for_each, stateful=True, state=seeded, seed=0,
    seed2=0, S=TINDEX, dtype=_FLOATS)
def random_poisson(state, shape, rate, *, dtype):
    """Poisson numbers, a tensor of `shape` for each `rate`."""
    return _numbers(state, shape, rate, _POISSON[dtype], dtype.as_numpy_dtype)


@op("RandomPoissonV2", "shape: Static(S), rate: R -> output: dtype", _for_each, stateful=True, state=seeded, seed=0,
    seed2=0, S=TINDEX, R=_NUMBERS.with_default(float64), dtype=_NUMBERS.with_default(int64))
def random_poisson_v2(state, shape, rate, *, dtype):
    """Poisson numbers, a tensor of `shape` for each `rate`."""
    return _numbers(state, shape, rate, _POISSON[dtype], dtype.as_numpy_dtype)


for _op in (random_gamma, random_poisson, random_poisson_v2):
    _op.check(check_sizes)
not_differentiable(random_poisson, random_poisson_v2)
