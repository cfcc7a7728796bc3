"""Public names of functions that few programs use."""

PATHS = {
    "deserialize_many_sparse io.deserialize_many_sparse": "functions.sparse_messages.deserialize_many_sparse",
    "extract_volume_patches": "ops.patches.extract_volume_patches",
    "image.extract_glimpse": "functions.patches.extract_glimpse",
    "contrib.nn.nth_element": "ops.order_statistics.nth_element",
    "image.ssim": "functions.image.similarity.ssim",
    "image.ssim_multiscale": "functions.image.similarity.ssim_multiscale",
    "linalg.expm": "functions.matrix_exponential.matrix_exponential",
    "nn.dilation2d": "functions.morphology.dilation2d",
    "nn.erosion2d": "functions.morphology.erosion2d",
    "nn.swish": "functions.swishing.swish",
    "serialize_many_sparse io.serialize_many_sparse": "functions.sparse_messages.serialize_many_sparse",
    "serialize_sparse io.serialize_sparse": "functions.sparse_messages.serialize_sparse",
    "sparse.cross": "functions.sparse_messages.sparse_cross",
    "sparse.cross_hashed": "functions.sparse_messages.sparse_cross_hashed",
    "strings.bytes_split": "functions.unicode.bytes_split",
    "strings.ngrams": "functions.unicode.ngrams",
    "strings.unicode_decode": "functions.unicode.unicode_decode",
    "strings.unicode_decode_with_offsets": "functions.unicode.unicode_decode_with_offsets",
    "strings.unicode_encode": "functions.unicode.unicode_encode",
    "strings.unicode_transcode": "ops.unicode.unicode_transcode",
}
