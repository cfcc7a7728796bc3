"""Functions that dataset nodes call: a graph, and how to run it on arrays."""

from __future__ import annotations

import itertools
import threading
import uuid
from collections.abc import Callable
from typing import Any

import numpy as np

from ..errors import OpError
from ..graph.stack import get_default_graph, graphs
from ..graph.tensor import Tensor
from ..ops.forms import node
from ..runtime.executor import execute
from ..runtime.host_program import HostProgram, runs_on_arrays
from ..runtime.options import SessionOptions
from ..runtime.plan import Plan, is_handle
from ..runtime.store import VariableStore
from . import nest
from .function_graph import FunctionGraph, reraised
from .structure import flat_shapes, flat_types, from_tensors, spec_of, to_tensors

_numbers = itertools.count()


class Function:
    """A function of tensors.

    Args:
      name: as a GraphDef spells it.
      graph: its nodes.
      inputs: the placeholders of its arguments.
      outputs: the tensors it returns.
    """

    def __init__(self, name: str, graph: FunctionGraph, inputs: list[Tensor], outputs: list[Tensor]):
        self.name, self.graph, self.inputs, self.outputs = name, graph, inputs, outputs
        self._lock = threading.Lock()
        self._body: Body | None = None

    @property
    def captured_inputs(self) -> list[Tensor]:
        """The tensors of the graph around that it uses."""
        return list(self.graph.captured)

    def body(self) -> Body:
        """Return what runs it."""
        with self._lock:
            if self._body is None:
                self._body = Body([*self.inputs, *self.graph.captured.values()], self.outputs)
            return self._body

    def instance(self, captured: Any) -> Callable[[tuple], tuple]:
        """Return the function for values of the tensors it uses, with random generators of its own.

        A resource variable among them has the value that it has now.
        """
        body, state, held = self.body(), VariableStore(), tuple(map(np.asarray, captured))
        for tensor, value in zip(self.graph.captured.values(), held):
            if is_handle(tensor):
                state[tensor.op] = value
        return lambda arguments: body.run((*arguments, *held), state)

    def alone(self) -> tuple:
        """Return what the function gives that has no arguments, with all it uses computed anew."""
        outer = list(self.graph.captured)
        values = execute(Plan(outer, []), {}, VariableStore(), SessionOptions(), threading.RLock())
        return self.instance(values)(())

    def __str__(self) -> str:
        return self.name


class Body:
    """The nodes of a function, ready to run.

    What NumPy can do is done by NumPy, op after op: compiling takes longer than many elements do. If there is an op that it
    cannot, the whole runs as a session would run it.

    Args:
      inputs: the tensors given.
      outputs: the tensors wanted.
    """

    def __init__(self, inputs: list[Tensor], outputs: list[Tensor]):
        self._inputs = inputs
        fed = [t for t in inputs if not is_handle(t)]
        self._plan = Plan(outputs, fed)
        self._fed = set(fed)
        self._lock = threading.RLock()
        self._options = SessionOptions(defer=False)
        self._outputs = outputs
        given = {t.op for t in fed}
        ops: list[Any] = [unit for unit in self._plan.ops if unit not in given]
        self._program = HostProgram(ops, inputs, outputs) if all(map(runs_on_arrays, ops)) else None

    def run(self, arguments: tuple, state: VariableStore) -> tuple:
        """Return the outputs for some arguments.

        Raises:
          OpError: if an op fails.
        """
        try:
            if self._program is not None:
                return tuple(self._program.run(state, arguments))
            feeds = {t: np.asarray(value) for t, value in zip(self._inputs, arguments) if t in self._fed}
            return tuple(map(_array, execute(self._plan, feeds, state, self._options, self._lock)))
        except OpError as error:
            raise reraised(error) from error.__cause__


def _array(value: Any) -> np.ndarray:
    if isinstance(value, np.ndarray | np.generic):
        return np.asarray(value)
    box = np.empty((), object)
    box[()] = value
    return box


class Structured:
    """A Python function from a structure of tensors to one, as a `Function`.

    Args:
      func: the Python function.
      element: the structure of its argument; a tuple's parts are several arguments.
      called_by: the method that takes it, for messages.
    """

    def __init__(self, func: Callable, element: Any, called_by: str):
        graph = FunctionGraph(get_default_graph())
        name = f"{called_by.replace('.', '_')}_{getattr(func, '__name__', type(func).__name__)}"
        with graphs.entered(graph):
            inputs = [graph.parameter(f"args_{i}", dtype, shape)
                      for i, (dtype, shape) in enumerate(zip(flat_types(element), flat_shapes(element)))]
            arguments = from_tensors(element, inputs)
            result = func(*arguments) if type(arguments) is tuple else func(arguments)
            result = tuple(result) if isinstance(result, list) else result
            try:
                self.element = nest.map_structure(spec_of, result)
                tensors = [graph.inner(t) for t in to_tensors(self.element, result)]
            except (TypeError, ValueError) as error:
                raise TypeError(f"Unsupported return value from function passed to {called_by}(): {result}.") from error
            outputs = [node("Identity", tensor) for tensor in tensors]
        self.function = Function(f"__inference_{name}_{next(_numbers)}", graph, inputs, outputs)


def one_shot(variant: Tensor, around: Callable[[Tensor], Tensor]) -> Function:
    """Return the function without arguments that makes a dataset.

    Args:
      variant: the dataset's tensor.
      around: puts nodes around it.
    """
    graph = FunctionGraph(variant.graph)
    with graphs.entered(graph):
        output = around(graph.inner(variant))
    return Function(f"_make_dataset_{uuid.uuid4().hex[:11]}", graph, [], [output])
