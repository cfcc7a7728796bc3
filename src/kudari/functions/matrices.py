"""Small functions of matrices."""

from __future__ import annotations

from typing import Any

from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops.matrices import matrix_diag_part
from ..ops.shapes import reduction


def trace(x: Any, name: str | None = None) -> Tensor:
    """Return the sum of the diagonal of each innermost matrix of `x`, a tensor of shape `[..., m, n]`."""
    with scoped(name, "Trace", [x]) as scope:
        x = convert_to_tensor(x, name="x")
        return reduction("Sum", matrix_diag_part(x), [-1], name=scope)
