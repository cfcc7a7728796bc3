"""Public names of moving averages."""

PATHS = {"train.ExponentialMovingAverage": "train.moving_averages.ExponentialMovingAverage"}
