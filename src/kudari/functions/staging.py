"""`tf.contrib.staging.StagingArea`: what steps put aside for later ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..dtypes import as_dtype
from ..graph.operation import Operation
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops.control import no_op
from ..ops.forms import node
from ..shape import TensorShape


class StagingArea:
    """Elements that one step puts aside and a later one gets, so that the next is ready while a step computes.

    Args:
      dtypes: of the tensors of an element.
      shapes: of the tensors; not known if `None`.
      names: of the tensors, when elements are dictionaries; `None` if they are not.
      shared_name: areas with the same one are one within a session.
      capacity: how many elements it holds at most; any number if 0.
      memory_limit: how many bytes they have at most; any number if 0.

    Raises:
      ValueError: if there are not as many shapes or names as types, or the name is no text.
    """

    def __init__(self, dtypes: Any, shapes: Any = None, names: Any = None, shared_name: str | None = None, capacity: int = 0,
                 memory_limit: int = 0):
        if shared_name is None:
            self._name = get_default_graph().unique_name(type(self).__name__)
        elif isinstance(shared_name, str):
            self._name = shared_name
        else:
            raise ValueError("shared_name must be a string")
        if shapes is not None and len(shapes) != len(dtypes):
            raise ValueError("StagingArea shapes must be the same length as dtypes")
        if names is not None and len(names) != len(dtypes):
            raise ValueError("StagingArea names must be the same length as dtypes")
        self._dtypes, self._names = [as_dtype(dtype) for dtype in dtypes], names
        self._shapes = [TensorShape(None)] * len(dtypes) if shapes is None else [TensorShape(s) for s in shapes]
        self._capacity, self._memory_limit = capacity, memory_limit
        with get_default_graph().name_scope(f"{self._name}_root"):
            self._coloc_op = no_op()

    @property
    def name(self) -> str:
        """The name of the area."""
        return self._name

    @property
    def dtypes(self) -> list[Any]:
        """The types of an element's tensors."""
        return self._dtypes

    @property
    def shapes(self) -> list[TensorShape]:
        """The shapes of an element's tensors, as far as they are known."""
        return self._shapes

    @property
    def names(self) -> Any:
        """The names of an element's tensors, or `None`."""
        return self._names

    @property
    def capacity(self) -> int:
        """How many elements it holds at most; any number if 0."""
        return self._capacity

    @property
    def memory_limit(self) -> int:
        """How many bytes they have at most; any number if 0."""
        return self._memory_limit

    def put(self, values: Any, name: str | None = None) -> Operation:
        """Return an op that puts an element aside, when there is room.

        Args:
          values: a tensor, a list of tensors, or a dictionary if the area has names.
          name: of the op.

        Raises:
          ValueError: if they do not fit the area.
        """
        listed = list(values.values()) if isinstance(values, dict) else \
            list(values) if isinstance(values, list | tuple) else [values]
        with scoped(name, f"{self._name}_put", listed) as scope:
            tensors = self._as_tensors(values if isinstance(values, dict) else listed)
            with get_default_graph().colocate_with(self._coloc_op):
                return node("Stage", tensors, name=scope, **self._attrs())

    def _as_tensors(self, values: Any) -> list[Tensor]:
        if isinstance(values, dict):
            if not set(values) <= set(self._names or ()):
                raise ValueError("Keys in dictionary to put do not match names of staging area. Dictionary: "
                                 f"({sorted(values)}), Queue: ({sorted(self._names or ())})")
            pairs = [(i, values[key]) for i, key in enumerate(self._names) if key in values]
        elif self._names:
            raise ValueError("You must enqueue a dictionary in a staging area with names")
        else:
            pairs = list(enumerate(values))
        if len(pairs) > len(self._dtypes):
            raise ValueError(f"Unexpected number of inputs '{len(pairs)}' vs '{len(self._dtypes)}'")
        return [self._as_tensor(i, value) for i, value in pairs]

    def _as_tensor(self, place: int, value: Any) -> Tensor:
        if value.dtype != self._dtypes[place]:
            raise ValueError(f"Datatypes do not match. '{value.dtype}' != '{self._dtypes[place]}'")
        value.get_shape().assert_is_compatible_with(self._shapes[place])
        return convert_to_tensor(value, dtype=self._dtypes[place], name=f"component_{place}")

    def _attrs(self) -> dict[str, Any]:
        return {"shared_name": self._name, "capacity": self._capacity, "memory_limit": self._memory_limit}

    def get(self, name: str | None = None) -> Any:
        """Return the oldest element, when there is one; it is not there any more then."""
        return self._given(lambda: node("Unstage", dtypes=self._dtypes, name=name or f"{self._name}_get", **self._attrs()))

    def peek(self, index: Any, name: str | None = None) -> Any:
        """Return the element at a place, when there is one; it stays there.

        Args:
          index: an int32 scalar.
          name: of the op.
        """
        return self._given(lambda: node("StagePeek", index, dtypes=self._dtypes, name=name or f"{self._name}_peek",
                                        **self._attrs()))

    def _given(self, make: Callable[[], Any]) -> Any:
        with get_default_graph().colocate_with(self._coloc_op):
            outputs = make()
        outputs = outputs if isinstance(outputs, list) else [outputs]
        if no_op().device != self._coloc_op.device:
            outputs = [node("Identity", output) for output in outputs]
        for output, shape in zip(outputs, self._shapes):
            output.set_shape(shape)
        return dict(zip(self._names, outputs)) if self._names else outputs

    def size(self, name: str | None = None) -> Tensor:
        """Return how many elements are put aside, an int32 scalar."""
        return node("StageSize", dtypes=self._dtypes, name=name or f"{self._name}_size", **self._attrs())

    def clear(self, name: str | None = None) -> Operation:
        """Return an op that drops all elements."""
        return node("StageClear", dtypes=self._dtypes, name=name or f"{self._name}_clear", **self._attrs())
