"""Public names of the optimizers beyond gradient descent."""

PATHS = {
    "train.AdamOptimizer": "train.adam.AdamOptimizer",
}
