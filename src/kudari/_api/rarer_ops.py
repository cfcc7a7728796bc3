"""Public names of functions that few programs use."""

PATHS = {
    "extract_volume_patches": "ops.patches.extract_volume_patches",
    "image.extract_glimpse": "functions.patches.extract_glimpse",
    "nn.dilation2d": "functions.morphology.dilation2d",
    "nn.erosion2d": "functions.morphology.erosion2d",
    "nn.swish": "functions.swishing.swish",
}
