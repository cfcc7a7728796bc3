"""Public names of sparse tensors and of what computes with them."""

PATHS = {
    "SparseTensor sparse.SparseTensor": "op.sparse_tensor.SparseTensor",
    "SparseTensorValue": "op.sparse_tensor.SparseTensorValue",
    "convert_to_tensor_or_sparse_tensor": "op.sparse_tensor.convert_to_tensor_or_sparse_tensor",
    "sparse_placeholder sparse.placeholder": "functions.sparse.sparse_placeholder",
    "sparse_retain sparse.retain": "functions.sparse.sparse_retain",
    "sparse_tensor_dense_matmul sparse.matmul sparse.sparse_dense_matmul":
        "functions.sparse.sparse_tensor_dense_matmul",
}
