"""Public names of convolutions, pooling and what goes with them."""

PATHS = {
    "nn.conv2d": "functions.convolution.conv2d",
    "nn.conv2d_backprop_filter": "functions.convolution.conv2d_backprop_filter",
    "nn.conv2d_backprop_input": "functions.convolution.conv2d_backprop_input",
    "nn.max_pool": "functions.pooling.max_pool",
    "nn.avg_pool nn.avg_pool2d": "functions.pooling.avg_pool",
}
