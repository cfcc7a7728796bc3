"""Public names of convolutions, pooling and what goes with them."""

PATHS = {
    "nn.conv2d": "functions.convolution.conv2d",
    "nn.conv2d_backprop_filter": "functions.convolution.conv2d_backprop_filter",
    "nn.conv2d_backprop_input": "functions.convolution.conv2d_backprop_input",
    **{f"nn.{name}": f"functions.dilated_convolution.{name}" for name in (
        "atrous_conv2d", "atrous_conv2d_transpose", "convolution", "depthwise_conv2d", "pool", "separable_conv2d",
        "with_space_to_batch")},
    "nn.depthwise_conv2d_native": "ops.depthwise.depthwise_conv2d_native",
    "nn.depthwise_conv2d_native_backprop_input nn.depthwise_conv2d_backprop_input":
        "ops.depthwise.depthwise_conv2d_native_backprop_input",
    "nn.depthwise_conv2d_native_backprop_filter nn.depthwise_conv2d_backprop_filter":
        "ops.depthwise.depthwise_conv2d_native_backprop_filter",
    "space_to_batch nn.space_to_batch": "functions.blocks.space_to_batch",
    "batch_to_space": "functions.blocks.batch_to_space",
    "space_to_batch_nd manip.space_to_batch_nd": "ops.blocks.space_to_batch_nd",
    "batch_to_space_nd manip.batch_to_space_nd": "ops.blocks.batch_to_space_nd",
    "space_to_depth nn.space_to_depth": "functions.blocks.space_to_depth",
    "depth_to_space nn.depth_to_space": "functions.blocks.depth_to_space",
    "required_space_to_batch_paddings": "functions.blocks.required_space_to_batch_paddings",
    "extract_image_patches image.extract_image_patches": "functions.patches.extract_image_patches",
    "image.extract_patches": "functions.patches.extract_patches",
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
