"""Rows for systems of linear equations, inverses and determinants."""

import numpy as np

from ..case import Case
from .decompositions import COMPLEX, POSITIVE, STACK, TALL, A

B = np.array([[0.5, 1.0], [-1.5, 2.0], [0.3, 0.8]], np.float32)
DIAGONALS = np.array([[0.5, -1.0, 0.0], [2.0, 3.0, 2.5], [0.0, 0.7, 0.4]], np.float32)
NONE, HALF = np.float64(0), np.float64(0.5)

CASES = [
    Case("MatrixInverse", [A]), Case("MatrixInverse", [STACK], id="stack"),
    Case("MatrixInverse", [COMPLEX], {"adjoint": True}, id="adjoint"),
    Case("MatrixDeterminant", [A]), Case("MatrixDeterminant", [STACK], id="stack"),
    Case("MatrixDeterminant", [COMPLEX], id="complex"), Case("LogMatrixDeterminant", [STACK]),
    Case("MatrixSolve", [A, B]), Case("MatrixSolve", [A, B], {"adjoint": True}, id="adjoint"),
    Case("MatrixSolve", [STACK, np.stack([B, B])], id="stack"),
    Case("MatrixTriangularSolve", [A, B], id="lower"),
    Case("MatrixTriangularSolve", [A, B], {"lower": False, "adjoint": True}, id="upper"),
    Case("MatrixSolveLs", [TALL, B, HALF], differentiable=(0, 1)),
    Case("MatrixSolveLs", [TALL.T.copy(), B[:2], HALF], id="wide", differentiable=(0, 1)),
    Case("MatrixSolveLs", [TALL, B, NONE], {"fast": False}, id="slow", differentiable=()),
    Case("MatrixSquareRoot", [POSITIVE]), Case("MatrixLogarithm", [POSITIVE.astype(np.complex64)]),
    Case("TridiagonalSolve", [DIAGONALS, B], differentiable=(1,)),
    Case("TridiagonalSolve", [DIAGONALS, B], {"partial_pivoting": False}, id="plain", differentiable=(1,)),
    Case("TridiagonalMatMul", [DIAGONALS[:1], DIAGONALS[1:2], DIAGONALS[2:], B]),
]
