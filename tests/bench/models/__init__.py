"""The models whose steps are timed: each module has `build(tf)` for TensorFlow and Kudari, and `by_hand()` in plain JAX.

`build` returns a step to fetch and its feeds; `by_hand` a jitted step `step(state, *batch) -> (state, loss)`, its first
state and a batch. Both start from the same numbers, so their first losses must agree.
"""

NAMES = ("mlp", "lstm_loop", "lstm_unrolled", "transformer", "embedding")
