"""How XLA must compile a program for its arithmetic to be the arithmetic that was written."""

# What each entry holds off, found by comparing compiled results with stepwise rounded ones (tests/numerics):
#
# fusion                      LLVM contracts a multiply and an add in one kernel into a fused multiply-add, which rounds
#                             once where TensorFlow 1.3 rounded twice. With one operation a kernel there is no such pair.
# algsimp                     rewrites x / 3 to x * (1 / 3), (x * c) * d to x * (c * d), (x - c) + c to x, x / sqrt(y) to
#                             x * rsqrt(y), a / (b / c) to (a * c) / b: equal in the reals, not in floating point.
# tree_reduction_rewriter     splits a long reduction into windows of 32.
# ynn fusions                 hand reductions to a library with an order of its own.
# small-while-loop-hoisting   turns a small loop into one function, in which optimised code contracts and reorders.
# optimisation level 0        makes that one function safe: every operation goes through memory. It alone is no guard:
#                             where LLVM's quick instruction selection gives up on a fused kernel (a conversion to
#                             float64, a sign, a small integer), the thorough one takes over, and that contracts.
# fusion-wrapper              sends every operation on its own through the slow kernel emitter; without it small steps
#                             compile three to five times faster.
_ORDER = "fusion,algsimp,tree_reduction_rewriter"
_NO_YNN = {"xla_cpu_experimental_ynn_fusion_type": ""}

COMPILER_OPTIONS: dict[str, object] = {
    "xla_disable_hlo_passes": f"{_ORDER},fusion-wrapper",
    "xla_backend_optimization_level": 0,
    **_NO_YNN,
}
"""Options for `jax.jit(..., compiler_options=...)` in exact mode: steps with small tensors."""

COMPILER_OPTIONS_LARGE: dict[str, object] = {
    "xla_disable_hlo_passes": f"{_ORDER},small-while-loop-hoisting",
    **_NO_YNN,
}
"""The same guarantee with vectorized kernels: slower to compile and to enter, faster above some thousand elements."""

LARGE = 4096


def compiler_options(elements: int) -> dict[str, object]:
    """Return the exact-mode compiler options for a program whose largest tensor has `elements` elements."""
    return COMPILER_OPTIONS_LARGE if elements > LARGE else COMPILER_OPTIONS


def with_wrapped_kernels(options: dict[str, object]) -> dict[str, object]:
    """Return `options` with the pass `fusion-wrapper` at work, which scatters need; the arithmetic is the same."""
    passes = str(options["xla_disable_hlo_passes"]).split(",")
    return {**options, "xla_disable_hlo_passes": ",".join(name for name in passes if name != "fusion-wrapper")}
