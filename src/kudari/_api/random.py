"""Public names of the functions that draw random numbers."""

PATHS = {
    "random_uniform random.uniform": "functions.random.random_uniform",
    "random_normal random.normal": "functions.random.random_normal",
    "truncated_normal random.truncated_normal": "functions.random.truncated_normal",
    "random.set_random_seed": "functions.core.set_random_seed",
    "random.get_seed": "functions.core.get_seed",
}
