"""Functions applied along the first dimension: `tf.map_fn`, `tf.foldl`, `tf.foldr`, `tf.scan`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..graph.tensor import Tensor
from ..nest import assert_same_structure, flatten, is_nested, map_structure, pack_sequence_as
from ..op.constant import constant
from ..op.convert import convert_to_tensor
from ..op.scope import scoped
from ..ops.array_handle import TensorArray
from ..ops.indexing import item
from ..ops.shapes import shape_of
from ..shape import TensorShape
from .loops import while_loop


def map_fn(fn: Callable, elems: Any, dtype: Any = None, parallel_iterations: int | None = None, back_prop: bool = True,
           swap_memory: bool = False, infer_shape: bool = True, name: str | None = None) -> Any:
    """Return `fn` of each element, stacked.

    Args:
      fn: from an element, structured like `elems`, to a result, structured like `dtype`.
      elems: a tensor, or a structure of tensors with the same first dimension, which the elements are taken along.
      dtype: the type of the results, or a structure of types; that of `elems` if `None`.
      parallel_iterations: recorded in the nodes.
      back_prop: whether gradients flow through.
      swap_memory: recorded in the nodes.
      infer_shape: whether all results have one static shape.
      name: of the scope.

    Returns:
      The results, structured like `dtype`, each `[n, …]`.

    Raises:
      TypeError: if `fn` cannot be called, or returns another structure.
      ValueError: if `elems` has a scalar.
    """
    if not callable(fn):
        raise TypeError("fn must be callable.")
    flat = flatten(elems)
    with scoped(name, "map", _tensors(flat)):
        tensors = [convert_to_tensor(elem, name="elem") for elem in flat]
        kinds = dtype or _packed(elems, [t.dtype for t in tensors])
        if tensors[0].shape.ndims is not None and tensors[0].shape.ndims < 1:
            raise ValueError("elems must be a 1+ dimensional Tensor, not a scalar" if len(tensors) == 1 else
                             "elements in elems must be 1+ dimensional Tensors, not scalars")
        count = tensors[0].shape[0].value if tensors[0].shape.ndims else None
        n = count or item(shape_of(tensors[0]), 0)
        arrays = [TensorArray(t.dtype, size=n, dynamic_size=False, infer_shape=True) for t in tensors]
        arrays = [array.unstack(t) for array, t in zip(arrays, tensors)]
        start = constant(0)
        results = [TensorArray(kind, size=n, dynamic_size=False, infer_shape=infer_shape) for kind in flatten(kinds)]

        def step(i: Any, held: list[Any]) -> tuple:
            found = fn(_packed(elems, [array.read(i) for array in arrays]))
            assert_same_structure(kinds, found)
            written = [array.write(i, value) for array, value in zip(held, flatten(found))]
            return i + 1, written

        _, filled = while_loop(lambda i, _: i < n, step, (start, results), parallel_iterations=parallel_iterations or 10,
                               back_prop=back_prop, swap_memory=swap_memory, maximum_iterations=n)
        return _packed(kinds, _stacked(filled, tensors))


def foldl(fn: Callable, elems: Any, initializer: Any = None, parallel_iterations: int = 10, back_prop: bool = True,
          swap_memory: bool = False, name: str | None = None) -> Any:
    """Return `fn(… fn(fn(initializer, elems[0]), elems[1]) …)`.

    Args:
      fn: from the value so far and an element to the next value.
      elems: a tensor, or a structure of tensors with the same first dimension, which the elements are taken along.
      initializer: the first value; the first element if `None`.
      parallel_iterations: recorded in the nodes.
      back_prop: whether gradients flow through.
      swap_memory: recorded in the nodes.
      name: of the scope.

    Returns:
      The last value, structured like `initializer`.

    Raises:
      TypeError: if `fn` cannot be called.
    """
    return _fold(fn, elems, initializer, parallel_iterations, back_prop, swap_memory, name, from_right=False)


def foldr(fn: Callable, elems: Any, initializer: Any = None, parallel_iterations: int = 10, back_prop: bool = True,
          swap_memory: bool = False, name: str | None = None) -> Any:
    """Return what `foldl` does with the elements in reverse.

    Args:
      fn: from the value so far and an element to the next value.
      elems: a tensor, or a structure of tensors with the same first dimension, which the elements are taken along.
      initializer: the first value; the last element if `None`.
      parallel_iterations: recorded in the nodes.
      back_prop: whether gradients flow through.
      swap_memory: recorded in the nodes.
      name: of the scope.

    Returns:
      The last value, structured like `initializer`.

    Raises:
      TypeError: if `fn` cannot be called.
    """
    return _fold(fn, elems, initializer, parallel_iterations, back_prop, swap_memory, name, from_right=True)


def _fold(fn: Callable, elems: Any, initializer: Any, parallel_iterations: int, back_prop: bool, swap_memory: bool,
          name: str | None, *, from_right: bool) -> Any:
    if not callable(fn):
        raise TypeError("fn must be callable.")
    flat = flatten(elems)
    with scoped(name, "foldr" if from_right else "foldl", _tensors(flat)):
        first, *_ = [convert_to_tensor(elem, name="elem") for elem in flat]
        n = first.shape[0].value or item(shape_of(first), 0)
        arrays = map_structure(lambda elem: _array_of(elem, n), elems)
        last = n if initializer is not None else n - 1 if from_right else None
        held = initializer
        if initializer is None:
            held = map_structure(lambda array: array.read(last if from_right else 0), arrays)
        start = last if from_right else constant(0 if initializer is not None else 1)

        def step(i: Any, held: Any) -> list:
            if from_right:
                i = i - 1
            found = fn(held, map_structure(lambda array: array.read(i), arrays))
            return [i if from_right else i + 1, found]

        _, result = while_loop(lambda i, _: i > 0 if from_right else i < n, step, [start, held],
                             parallel_iterations=parallel_iterations, back_prop=back_prop, swap_memory=swap_memory,
                             maximum_iterations=n)
        return result


def _array_of(elem: Any, n: Any) -> TensorArray:
    tensor = convert_to_tensor(elem, name="elem")
    return TensorArray(tensor.dtype, size=n, dynamic_size=False, infer_shape=True).unstack(tensor)


def scan(fn: Callable, elems: Any, initializer: Any = None, parallel_iterations: int = 10, back_prop: bool = True,
         swap_memory: bool = False, infer_shape: bool = True, reverse: bool = False, name: str | None = None) -> Any:
    """Return all values that `foldl` goes through, stacked.

    Args:
      fn: from the value so far and an element to the next value.
      elems: a tensor, or a structure of tensors with the same first dimension, which the elements are taken along.
      initializer: the first value; the first element if `None`, which then is the first result.
      parallel_iterations: recorded in the nodes.
      back_prop: whether gradients flow through.
      swap_memory: recorded in the nodes.
      infer_shape: whether all values have one static shape.
      reverse: whether to begin with the last element; results stand where their elements do.
      name: of the scope.

    Returns:
      The values, structured like `initializer`, each `[n, …]`.

    Raises:
      TypeError: if `fn` cannot be called, or returns another structure.
    """
    if not callable(fn):
        raise TypeError("fn must be callable.")
    flat = flatten(elems)
    structure = elems if initializer is None else initializer
    with scoped(name, "scan", _tensors(flat)):
        tensors = [convert_to_tensor(elem, name="elem") for elem in flat]
        count = tensors[0].shape[0].value
        n = item(shape_of(tensors[0]), 0) if count is None else count
        arrays = [TensorArray(t.dtype, size=n, dynamic_size=False, element_shape=t.shape[1:], infer_shape=True)
                  for t in tensors]
        arrays = [array.unstack(t) for array, t in zip(arrays, tensors)]
        if initializer is None:
            held = [array.read(n - 1 if reverse else 0) for array in arrays]
        else:
            held = [convert_to_tensor(value) for value in flatten(initializer)]
        results = [TensorArray(value.dtype, size=n, element_shape=value.shape if infer_shape else None,
                               dynamic_size=False, infer_shape=infer_shape) for value in held]
        if initializer is None:
            results = [array.write(n - 1 if reverse else 0, value) for array, value in zip(results, held)]

        def step(i: Any, held: list[Any], results: list[Any]) -> tuple:
            elements = _packed(elems, [array.read(i) for array in arrays])
            found = fn(_packed(structure, held), elements)
            assert_same_structure(structure, found)
            values = flatten(found)
            results = [array.write(i, value) for array, value in zip(results, values)]
            return (i - 1 if reverse else i + 1), values, results

        done = 1 if initializer is None else 0
        start = n - 1 - done if reverse else done
        _, _, filled = while_loop((lambda i, *_: i >= 0) if reverse else (lambda i, *_: i < n), step,
                                  (start, held, results), parallel_iterations=parallel_iterations, back_prop=back_prop,
                                  swap_memory=swap_memory, maximum_iterations=n)
        return _packed(structure, _stacked(filled, tensors))


def _tensors(values: list[Any]) -> list[Tensor]:
    return [v for v in values if isinstance(v, Tensor)]


def _packed(structure: Any, flat: list[Any]) -> Any:
    return pack_sequence_as(structure, flat) if is_nested(structure) else flat[0]


def _stacked(arrays: list[TensorArray], elems: list[Tensor]) -> list[Tensor]:
    """The arrays as tensors, with the first dimension that the static shapes of `elems` agree on."""
    results = [array.stack() for array in arrays]
    count = elems[0].shape.with_rank_at_least(1)[0]
    for elem in elems[1:]:
        count = count.merge_with(elem.shape.with_rank_at_least(1)[0])
    for result in results:
        result.set_shape(TensorShape([count]).concatenate(result.shape[1:]))
    return results
