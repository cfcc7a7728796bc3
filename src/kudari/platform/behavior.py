"""The switches between TensorFlow 1's behaviour, which is Kudari's, and TensorFlow 2's, which it has not."""

from __future__ import annotations

from typing import Any

from ..errors import UnimplementedError


def executing_eagerly() -> bool:
    """Return `False`: nodes are built first, and run by a session."""
    return False


def control_flow_v2_enabled() -> bool:
    """Return `False`: conditionals and loops are nodes of the graph itself."""
    return False


def _keep(what: str) -> Any:
    def disable() -> None:
        return None

    disable.__doc__ = f"""Keep {what}."""
    return disable


def _refuse(what: str) -> None:
    raise UnimplementedError(None, None, f"Kudari has no {what}: it runs TensorFlow 1's graphs in sessions. Take the call "
                                         "out, or use TensorFlow 2 for this program.")


disable_eager_execution = _keep("building graphs")
disable_v2_behavior = _keep("TensorFlow 1's behaviour")
disable_v2_tensorshape = _keep("`Dimension` objects in shapes")
disable_control_flow_v2 = _keep("conditionals and loops in the graph itself")
disable_tensor_equality = _keep("`==` of tensors as a comparison of objects")


def enable_eager_execution(config: Any = None, device_policy: Any = None, execution_mode: Any = None) -> None:
    """Refuse to run operations at once.

    Raises:
      UnimplementedError: always.
    """
    _refuse("eager execution")


def enable_v2_behavior() -> None:
    """Refuse TensorFlow 2's behaviour.

    Raises:
      UnimplementedError: always.
    """
    _refuse("TensorFlow 2 behaviour")


def enable_v2_tensorshape() -> None:
    """Refuse shapes of plain numbers.

    Raises:
      UnimplementedError: always.
    """
    _refuse("TensorFlow 2 shapes")


def enable_control_flow_v2() -> None:
    """Refuse conditionals and loops that are functions.

    Raises:
      UnimplementedError: always.
    """
    _refuse("control flow by functions")


def enable_tensor_equality() -> None:
    """Refuse `==` as a comparison of elements.

    Raises:
      UnimplementedError: always.
    """
    _refuse("comparison of tensors by `==`")
