"""Optimizers from outside, which see the loss as a function: `ExternalOptimizerInterface`, and SciPy's."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any

import numpy as np

from ...autodiff.gradients import gradients
from ...functions.array import placeholder, reshape
from ...functions.filling import zeros_like
from ...functions.joining import concat
from ...graph.stack import get_default_session
from ...graph.tensor import Tensor
from ...platform import logging
from ...variables.listing import trainable_variables

Function = Callable[[np.ndarray], list]


class ExternalOptimizerInterface:
    """Hands the loss and its gradient, as functions of all variables in one vector, to an optimizer outside the graph.

    A subclass defines `_minimize`. `minimize` then runs it to its end, and sets the variables to what it found.

    Args:
      loss: a scalar tensor.
      var_list: the variables to move; the trainable ones if `None`.
      equalities: scalar tensors that are to be 0.
      inequalities: scalar tensors that are not to be negative.
      var_to_bounds: for variables the least and the greatest value of their elements, numbers or arrays that fit.
      **optimizer_kwargs: for the optimizer.
    """

    def __init__(self, loss: Tensor, var_list: Iterable[Any] | None = None, equalities: Sequence[Tensor] | None = None,
                 inequalities: Sequence[Tensor] | None = None, var_to_bounds: Mapping[Any, tuple] | None = None,
                 **optimizer_kwargs: Any):
        self._loss = loss
        self._equalities, self._inequalities = equalities or [], inequalities or []
        self._vars = trainable_variables() if var_list is None else list(var_list)
        self._packed_bounds = None if var_to_bounds is None else _packed_bounds(self._vars, var_to_bounds)
        self._update_placeholders = [placeholder(var.dtype) for var in self._vars]
        self._var_updates = [var.assign(reshape(value, _sizes(var)))
                             for var, value in zip(self._vars, self._update_placeholders)]
        slopes = [_slopes(tensor, self._vars) for tensor in (loss, *self._equalities, *self._inequalities)]
        self.optimizer_kwargs = optimizer_kwargs
        self._packed_var = self._pack(self._vars)
        self._packed_loss_grad, *packed = [self._pack(of_each) for of_each in slopes]
        self._packed_equality_grads = packed[:len(self._equalities)]
        self._packed_inequality_grads = packed[len(self._equalities):]
        ends = accumulate((math.prod(_sizes(var)) for var in self._vars), initial=0)
        self._packing_slices = [slice(start, end) for start, end in pairwise(ends)]

    def minimize(self, session: Any = None, feed_dict: dict | None = None, fetches: list | None = None,
                 step_callback: Callable | None = None, loss_callback: Callable | None = None, **run_kwargs: Any) -> None:
        """Run the optimizer to its end, and set the variables to what it found.

        Args:
          session: the default one if `None`.
          feed_dict: fed at each evaluation.
          fetches: what is evaluated beside the loss and its gradient, and given to `loss_callback`.
          step_callback: called at each step with the vector of all variables.
          loss_callback: called at each evaluation with the values of `fetches`.
          **run_kwargs: for the `session.run` that sets the variables.
        """
        session, feed_dict, fetches = session or get_default_session(), feed_dict or {}, fetches or []

        def evaluated(tensors: Iterable[Any]) -> list[Function]:
            return [self._make_eval_func(tensor, session, feed_dict, fetches) for tensor in tensors]

        found = self._minimize(
            initial_val=session.run(self._packed_var),
            loss_grad_func=self._make_eval_func([self._loss, self._packed_loss_grad], session, feed_dict, fetches,
                                                loss_callback or _nothing),
            equality_funcs=evaluated(self._equalities), equality_grad_funcs=evaluated(self._packed_equality_grads),
            inequality_funcs=evaluated(self._inequalities), inequality_grad_funcs=evaluated(self._packed_inequality_grads),
            packed_bounds=self._packed_bounds, step_callback=step_callback or _nothing,
            optimizer_kwargs=self.optimizer_kwargs)
        values = [found[part] for part in self._packing_slices]
        session.run(self._var_updates, feed_dict=dict(zip(self._update_placeholders, values)), **run_kwargs)

    def _minimize(self, initial_val: np.ndarray, loss_grad_func: Function, equality_funcs: list[Function],
                  equality_grad_funcs: list[Function], inequality_funcs: list[Function],
                  inequality_grad_funcs: list[Function], packed_bounds: list[tuple] | None, step_callback: Callable,
                  optimizer_kwargs: dict[str, Any]) -> np.ndarray:
        """Return the vector of variables at which the loss is least.

        Args:
          initial_val: the vector now.
          loss_grad_func: from a vector to the loss and its gradient.
          equality_funcs: from a vector to each of what is to be 0.
          equality_grad_funcs: to their gradients.
          inequality_funcs: from a vector to each of what is not to be negative.
          inequality_grad_funcs: to their gradients.
          packed_bounds: for each element of the vector its least and its greatest value, if there are bounds.
          step_callback: to be called with the vector at each step.
          optimizer_kwargs: those given to the constructor.
        """
        raise NotImplementedError("To use ExternalOptimizerInterface, subclass from it and implement the _minimize() "
                                  "method.")

    @classmethod
    def _pack(cls, tensors: Sequence[Any]) -> Tensor | None:
        if not tensors:
            return None
        flat = [reshape(tensor, [-1]) for tensor in tensors]
        return flat[0] if len(flat) == 1 else concat(flat, 0)

    def _make_eval_func(self, tensors: Any, session: Any, feed_dict: dict, fetches: list,
                        callback: Callable | None = None) -> Function:
        wanted = tensors if isinstance(tensors, list) else [tensors]

        def evaluate(vector: np.ndarray) -> list:
            values = {var: vector[part].reshape(_sizes(var)) for var, part in zip(self._vars, self._packing_slices)}
            results = session.run(wanted + fetches, feed_dict={**values, **feed_dict})
            if callback:
                callback(*results[len(wanted):])
            return results[:len(wanted)]

        return evaluate


class ScipyOptimizerInterface(ExternalOptimizerInterface):
    """Minimizes a loss by `scipy.optimize.minimize`, by L-BFGS-B if no `method` is given.

    The variables are fed at each evaluation and set at the end. Keywords beyond those of `ExternalOptimizerInterface` go to
    SciPy: `method="SLSQP"`, `options={"maxiter": 100}`.
    """

    _DEFAULT_METHOD = "L-BFGS-B"

    def _minimize(self, initial_val: np.ndarray, loss_grad_func: Function, equality_funcs: list[Function],
                  equality_grad_funcs: list[Function], inequality_funcs: list[Function],
                  inequality_grad_funcs: list[Function], packed_bounds: list[tuple] | None, step_callback: Callable,
                  optimizer_kwargs: dict[str, Any]) -> np.ndarray:
        def loss_and_slope(vector: np.ndarray) -> tuple:
            loss, slope = loss_grad_func(vector)
            return np.float64(loss), slope.astype(np.float64)

        given = dict(optimizer_kwargs)
        method = given.pop("method", self._DEFAULT_METHOD)
        constraints = [{"type": kind, "fun": _alone(value), "jac": _alone(slope)}
                       for kind, values, slopes in (("eq", equality_funcs, equality_grad_funcs),
                                                    ("ineq", inequality_funcs, inequality_grad_funcs))
                       for value, slope in zip(values, slopes)]
        ours = {"jac": True, "callback": step_callback, "method": method, "constraints": constraints,
                "bounds": packed_bounds}
        for key in ours.keys() & given.keys():
            if key == "bounds":
                raise ValueError("Bounds must be set using the var_to_bounds argument")
            raise ValueError(f"Optimizer keyword arg '{key}' is set automatically and cannot be injected manually")
        import scipy.optimize

        result = scipy.optimize.minimize(loss_and_slope, initial_val.astype(np.float64), **ours, **given)
        lines = ["Optimization terminated with:", f"  Message: {result.message}",
                 f"  Objective function value: {result.fun:f}"]
        if hasattr(result, "nit"):
            lines.append(f"  Number of iterations: {result.nit}")
        if hasattr(result, "nfev"):
            lines.append(f"  Number of functions evaluations: {result.nfev}")
        logging.info("%s", "\n".join(lines))
        return result["x"]


def _alone(function: Function) -> Callable[[np.ndarray], Any]:
    def value(vector: np.ndarray) -> Any:
        return np.asarray(function(vector)[0], np.float64)

    return value


def _nothing(*_: Any) -> None:
    pass


def _sizes(tensor: Any) -> tuple[int, ...]:
    return tuple(tensor.get_shape().as_list())


def _slopes(tensor: Tensor, variables: list) -> list:
    return [zeros_like(var) if grad is None else grad for var, grad in zip(variables, gradients(tensor, variables))]


def _packed_bounds(variables: list, var_to_bounds: Mapping[Any, tuple]) -> list[tuple]:
    least: list = []
    greatest: list = []
    for var in variables:
        low, high = var_to_bounds.get(var, (-np.inf, np.inf))
        least.extend(np.broadcast_to(low, _sizes(var)).flat)
        greatest.extend(np.broadcast_to(high, _sizes(var)).flat)
    return list(zip(least, greatest))
