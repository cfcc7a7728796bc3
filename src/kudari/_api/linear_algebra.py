"""Public names of decompositions, solvers and diagonals of matrices."""

PATHS = {
    "einsum linalg.einsum": "functions.einsum.einsum",
    "trace linalg.trace": "functions.matrices.trace",
    "eye linalg.eye": "ops.matrices.eye",
    "linalg.adjoint": "ops.matrices.adjoint",
    "matrix_diag linalg.diag": "functions.decompositions.matrix_diag",
    "matrix_diag_part linalg.diag_part": "functions.decompositions.matrix_diag_part",
    "matrix_set_diag linalg.set_diag": "functions.decompositions.matrix_set_diag",
    "qr linalg.qr": "functions.decompositions.qr",
    "cholesky linalg.cholesky": "functions.decompositions.cholesky",
    "svd linalg.svd": "functions.decompositions.svd",
    "self_adjoint_eig linalg.eigh": "functions.decompositions.self_adjoint_eig",
    "self_adjoint_eigvals linalg.eigvalsh": "functions.decompositions.self_adjoint_eigvals",
    "linalg.lu": "functions.decompositions.lu",
    "matrix_triangular_solve linalg.triangular_solve": "functions.decompositions.matrix_triangular_solve",
}
