"""What a dataset may use whose iterator begins by itself: nothing that a session sets."""

from __future__ import annotations

from ..dtypes import variant
from ..graph.tensor import Tensor


def check_alone(tensor: Tensor) -> None:
    """Raise a `ValueError` if a dataset depends on a placeholder, or on what a session keeps."""
    stack, seen = [tensor], {tensor}
    while stack:
        op = stack.pop().op
        if op.type in ("Placeholder", "PlaceholderV2"):
            raise ValueError(f"Cannot capture a placeholder (name:{op.name}, type:{op.type}) by value.")
        if op.definition.stateful and not any(t.dtype == variant for t in op.outputs):
            raise ValueError(
                "Failed to create a one-shot iterator for a dataset. `Dataset.make_one_shot_iterator()` does not support "
                "datasets that capture stateful objects, such as a `Variable` or `LookupTable`. In these cases, use "
                "`Dataset.make_initializable_iterator()`. (Original error: Cannot capture a stateful node "
                f"(name:{op.name}, type:{op.type}) by value.)")
        fresh = [t for t in op.inputs if t not in seen]
        seen.update(fresh)
        stack.extend(fresh)
