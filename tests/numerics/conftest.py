"""The whole engine runs with 64-bit types; these tests reach its functions without the package that sets it."""

import jax

jax.config.update("jax_enable_x64", True)
