"""Rows for decompositions of matrices and for their diagonals."""

import numpy as np

from ..case import Case

A = np.array([[1.2, -0.4, 0.7], [0.3, 2.1, -1.1], [-0.8, 0.6, 1.9]], np.float32)
TALL = np.array([[1.2, -0.4], [0.3, 2.1], [-0.8, 0.6]], np.float32)
STACK = np.stack([A, A.T @ A])
POSITIVE = STACK @ STACK.transpose(0, 2, 1) + np.eye(3, dtype=np.float32)
COMPLEX = (A + 1j * A.T).astype(np.complex64)
HERMITIAN = (COMPLEX @ COMPLEX.conj().T + np.eye(3)).astype(np.complex64)

CASES = [
    Case("Qr", [A]), Case("Qr", [STACK], {"full_matrices": True}, id="stack"), Case("Qr", [TALL], id="tall"),
    Case("Qr", [TALL.T.copy()], id="wide", differentiable=()),
    Case("Qr", [TALL], {"full_matrices": True}, id="full", differentiable=()), Case("Qr", [COMPLEX], id="complex"),
    Case("Qr", [A.astype(np.float16)], differentiable=(), id="half"),
    Case("Cholesky", [HERMITIAN], id="complex"),
    Case("CholeskyGrad", [np.linalg.cholesky(POSITIVE), np.tril(STACK)]),
    Case("Svd", [A], {"compute_uv": False}, id="values"), Case("Svd", [A]), Case("Svd", [TALL], id="tall"),
    Case("Svd", [TALL.T.copy()], {"full_matrices": True}, id="full"), Case("Svd", [COMPLEX], id="complex"),
    Case("Svd", [STACK], {"compute_uv": False}, id="stack"),
    Case("Lu", [STACK]), Case("Lu", [COMPLEX], {"output_idx_type": "int64"}, id="complex"),
    Case("SelfAdjointEigV2", [HERMITIAN], id="complex"),
    Case("MatrixDiag", [A]), Case("MatrixDiag", [np.array([1, 2], np.int32)], id="int"),
    Case("MatrixDiagPart", [STACK]), Case("MatrixDiagPart", [TALL], id="tall"),
    Case("MatrixDiagPart", [TALL.T.copy()], id="wide"),
    Case("MatrixSetDiag", [STACK, A[:2]]), Case("MatrixSetDiag", [TALL, A[0, :2]], id="tall"),
    Case("MatrixSetDiag", [TALL.T.copy(), A[0, :2]], id="wide"),
    Case("MatrixTriangularSolve", [A, TALL], differentiable=()),
]
