"""Public names of sparse tensors and of what computes with them."""

# What stands below `tf.sparse` under the same name but for its prefix.
_BOTH = ("add", "concat", "fill_empty_rows", "mask", "maximum", "merge", "minimum", "placeholder", "reduce_max",
         "reduce_max_sparse", "reduce_sum", "reduce_sum_sparse", "reorder", "reset_shape", "reshape", "retain",
         "slice", "softmax", "split", "to_indicator", "transpose")

PATHS = {
    "SparseTensor sparse.SparseTensor": "op.sparse_tensor.SparseTensor",
    "SparseTensorValue": "op.sparse_tensor.SparseTensorValue",
    "convert_to_tensor_or_sparse_tensor": "op.sparse_tensor.convert_to_tensor_or_sparse_tensor",
    "sparse.expand_dims": "functions.sparse.sparse_expand_dims",
    "sparse.eye": "functions.sparse.sparse_eye",
    "sparse.from_dense": "functions.sparse.from_dense",
    "sparse_tensor_dense_matmul sparse.matmul sparse.sparse_dense_matmul": "functions.sparse.sparse_tensor_dense_matmul",
    "sparse_tensor_to_dense sparse.to_dense": "functions.sparse.sparse_tensor_to_dense",
    "sparse_to_dense": "functions.sparse.sparse_to_dense",
}
PATHS.update({f"sparse_{name} sparse.{name}": f"functions.sparse.sparse_{name}" for name in _BOTH})
