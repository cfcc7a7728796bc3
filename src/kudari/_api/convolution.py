"""Public names of convolutions, pooling and what goes with them."""

PATHS = {
    "nn.conv2d": "functions.convolution.conv2d",
    "nn.conv2d_backprop_filter": "functions.convolution.conv2d_backprop_filter",
    "nn.conv2d_backprop_input": "functions.convolution.conv2d_backprop_input",
    "nn.conv1d": "functions.convolution.conv1d",
    "nn.conv3d": "functions.convolution.conv3d",
    **{f"nn.{name}": f"functions.transposed_convolution.{name}" for name in (
        "conv1d_transpose", "conv2d_transpose", "conv3d_transpose", "conv_transpose")},
    **{f"nn.{name}": f"functions.pooling.{name}" for name in (
        "avg_pool1d", "avg_pool3d", "avg_pool_v2", "max_pool1d", "max_pool2d", "max_pool3d", "max_pool_v2",
        "max_pool_with_argmax")},
    "nn.conv3d_backprop_filter_v2 nn.conv3d_backprop_filter": "ops.volumes.conv3d_backprop_filter_v2",
    "nn.max_pool": "functions.pooling.max_pool",
    "nn.avg_pool nn.avg_pool2d": "functions.pooling.avg_pool",
}
