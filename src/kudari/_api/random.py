"""Public names of the functions that draw random numbers."""

PATHS = {
    "random_uniform random.uniform": "functions.random.random_uniform",
    "random_normal random.normal": "functions.random.random_normal",
    "truncated_normal random.truncated_normal": "functions.random.truncated_normal",
    "random_shuffle random.shuffle": "functions.random.random_shuffle",
    "random_crop image.random_crop": "functions.random.random_crop",
    "multinomial random.multinomial": "functions.random.multinomial",
    "random.categorical": "functions.random.categorical",
    "random_gamma random.gamma": "functions.random.random_gamma",
    "random_poisson random.poisson": "functions.random.random_poisson",
    "nn.dropout": "functions.dropout.dropout",
    "random.set_random_seed": "functions.core.set_random_seed",
    "random.get_seed": "functions.core.get_seed",
    "random.stateless_uniform": "functions.stateless_random.stateless_random_uniform",
    "random.stateless_normal": "functions.stateless_random.stateless_random_normal",
    "random.stateless_truncated_normal": "functions.stateless_random.stateless_truncated_normal",
    "random.stateless_multinomial": "functions.stateless_random.stateless_multinomial",
    "random.stateless_categorical": "functions.stateless_random.stateless_categorical",
}
