"""Adam by hand, as TensorFlow writes it."""


def adam(grad_of, rate=1e-3):
    """A jitted Adam step for `grad_of(params, *batch) -> (loss, grads)`."""
    import jax
    import jax.numpy as jnp

    def step(state, *batch):
        params, m, v, t = state
        loss, grads = grad_of(params, *batch)
        t = t + 1
        scale = rate * jnp.sqrt(1 - 0.999 ** t) / (1 - 0.9 ** t)
        m = jax.tree.map(lambda m, g: m + (g - m) * 0.1, m, grads)
        v = jax.tree.map(lambda v, g: v + (g * g - v) * 0.001, v, grads)
        params = jax.tree.map(lambda p, m, v: p - scale * m / (jnp.sqrt(v) + 1e-8), params, m, v)
        return (params, m, v, t), loss

    return jax.jit(step, donate_argnums=0)


def start(params):
    """The state before the first step."""
    import jax
    import jax.numpy as jnp

    params = jax.tree.map(jnp.asarray, params)
    return params, jax.tree.map(jnp.zeros_like, params), jax.tree.map(jnp.zeros_like, params), jnp.float32(0)
