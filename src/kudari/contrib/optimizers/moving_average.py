"""`tf.contrib.opt.MovingAverageOptimizer`: an optimizer that keeps averages of what it trains."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...graph.operation import Operation
from ...graph.stack import get_default_graph
from ...ops.control import group_nodes
from ...train.moving_averages import ExponentialMovingAverage
from ...train.optimizer import Optimizer
from ...train.saveables import by_name as saved_by_name
from ...train.saver import Saver
from ...variables.listing import global_variables


class MovingAverageOptimizer(Optimizer):
    """Wraps an optimizer: after each step the averages of the variables follow them.

    Train with the variables as they are; `swapping_saver` saves the averages under the variables' names, so that a program
    that restores them works with the averages.

    Args:
      opt: the optimizer.
      average_decay: how much of the average is kept at each step.
      num_updates: the number of steps taken, for averages that are quick at the beginning.
      sequential_update: whether the averages follow after the step, not beside it.
    """

    def __init__(self, opt: Optimizer, average_decay: float = 0.9999, num_updates: Any = None,
                 sequential_update: bool = True):
        super().__init__(opt._use_locking, opt.get_name())
        self._optimizer = opt
        self._ema = ExponentialMovingAverage(average_decay, num_updates=num_updates)
        self._swapped_variable_name_map: dict[str, str] | None = None
        self._sequential_update = sequential_update

    def compute_gradients(self, *args: Any, **kwargs: Any) -> list[tuple[Any, Any]]:  # type: ignore[override]
        """Return the gradients that the optimizer within computes."""
        return self._optimizer.compute_gradients(*args, **kwargs)

    def apply_gradients(self, grads_and_vars: Iterable[tuple[Any, Any]], global_step: Any = None,
                        name: str | None = None) -> Operation:
        """Return the op that moves variables by gradients, and then their averages."""
        pairs = list(grads_and_vars)
        step = self._optimizer.apply_gradients(pairs, global_step=global_step, name=name)
        trained = [var for grad, var in pairs if grad is not None]
        with get_default_graph().control_dependencies([step] if self._sequential_update else []):
            averaged = self._ema.apply(trained)
        averages: dict[Any, Any] = {var: self._ema.average(var) for var in trained}
        names = {var.op.name: average.op.name for var, average in averages.items()}
        self._swapped_variable_name_map = names | {average: name for name, average in names.items()}
        return group_nodes([step, averaged], "train_with_avg")

    def swapping_saver(self, var_list: Any = None, name: str = "swapping_saver", **kwargs: Any) -> Saver:
        """Return a saver in which variables and their averages have changed places.

        Args:
          var_list: as of `tf.train.Saver`; all global variables if `None`.
          name: of the saver's ops.
          **kwargs: for the saver.

        Raises:
          RuntimeError: before `apply_gradients` or `minimize`.
          ValueError: if a variable is to be saved without its average, or the average without the variable.
        """
        if self._swapped_variable_name_map is None:
            raise RuntimeError("Must call apply_gradients or minimize before creating the swapping_saver")
        if var_list is None:
            var_list = global_variables()
        saved = var_list if isinstance(var_list, dict) else saved_by_name(var_list)
        by_name: dict[str, Any] = {}
        for key, held in saved.items():
            by_name |= {part.op.name: part for part in held} if _has_parts(held) else {key: held}
        swapped = {key: [self._swapped(by_name, part.op.name, part) for part in held] if isinstance(held, list)
                   else self._swapped(by_name, key, held) for key, held in saved.items()}
        return Saver(swapped, name=name, **kwargs)

    def _swapped(self, by_name: dict[str, Any], name: str, held: Any) -> Any:
        assert self._swapped_variable_name_map is not None
        other = self._swapped_variable_name_map.get(name)
        if other is None:
            return held
        if other not in by_name:
            raise ValueError(f"Variable to swap {other} is not part of variables to save. "
                             "This breaks MovingAverageOptimizer.")
        return by_name[other]


def _has_parts(held: Any) -> bool:
    return isinstance(held, list) or hasattr(held, "_variable_list")
