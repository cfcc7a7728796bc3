"""Public names of learning rates that fall with the steps."""

PATHS = {
    **{f"train.{name}": f"train.schedules.{name}" for name in (
        "exponential_decay", "inverse_time_decay", "natural_exp_decay", "polynomial_decay",
    )},
    "train.piecewise_constant train.piecewise_constant_decay": "train.schedules.piecewise_constant",
    **{f"train.{name}": f"train.cosine_schedules.{name}" for name in (
        "cosine_decay", "cosine_decay_restarts", "linear_cosine_decay", "noisy_linear_cosine_decay",
    )},
}
