"""Structures of elements: tuples, named tuples and dictionaries, nested at will. A list is no structure, but a tensor."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any


def is_sequence(structure: Any) -> bool:
    """Return whether `structure` has parts."""
    return isinstance(structure, tuple | Mapping) and not _is_sparse_value(structure)


def _is_sparse_value(structure: Any) -> bool:
    return type(structure).__name__ == "SparseTensorValue"


def _parts(structure: Any) -> list:
    return [structure[key] for key in sorted(structure)] if isinstance(structure, Mapping) else list(structure)


def flatten(structure: Any) -> list:
    """Return the leaves, those of a dictionary in the order of its keys."""
    if not is_sequence(structure):
        return [structure]
    return [leaf for part in _parts(structure) for leaf in flatten(part)]


def pack_sequence_as(structure: Any, flat_sequence: Any) -> Any:
    """Return a structure like `structure` with other leaves.

    Raises:
      ValueError: if there are not as many.
    """
    flat = list(flat_sequence)
    if len(flatten(structure)) != len(flat):
        raise ValueError(f"Could not pack sequence. Structure had {len(flatten(structure))} elements, but flat_sequence had "
                         f"{len(flat)} elements.  Structure: {structure}, flat_sequence: {flat_sequence}.")
    return _packed(structure, iter(flat))


def _packed(structure: Any, leaves: Iterator) -> Any:
    if not is_sequence(structure):
        return next(leaves)
    return _rebuilt(structure, [_packed(part, leaves) for part in _parts(structure)])


def _rebuilt(structure: Any, parts: list) -> Any:
    if isinstance(structure, Mapping):
        found = dict(zip(sorted(structure), parts))
        return type(structure)((key, found[key]) for key in structure)  # type: ignore[call-arg]
    return type(structure)(*parts) if hasattr(structure, "_fields") else tuple(parts)


def map_structure(func: Callable, *structures: Any) -> Any:
    """Return a structure with `func` of the leaves at the same place in every structure."""
    for other in structures[1:]:
        assert_same_structure(structures[0], other)
    return pack_sequence_as(structures[0], [func(*leaves) for leaves in zip(*map(flatten, structures))])


def assert_same_structure(nest1: Any, nest2: Any, check_types: bool = True) -> None:
    """Raise an error unless two structures are nested in the same way.

    Raises:
      ValueError: if they are nested differently.
      TypeError: if one has a tuple where the other has a dictionary.
    """
    if is_sequence(nest1) != is_sequence(nest2):
        raise ValueError("The two structures don't have the same nested structure.\n\nFirst structure: "
                         f"{nest1}\n\nSecond structure: {nest2}.")
    if not is_sequence(nest1):
        return
    if isinstance(nest1, Mapping) != isinstance(nest2, Mapping):
        raise TypeError(f"The two structures don't have the same sequence type. First structure has type {type(nest1)}, "
                        f"while second structure has type {type(nest2)}.")
    if isinstance(nest1, Mapping) and set(nest1) != set(nest2):
        raise ValueError(f"The two dictionaries don't have the same set of keys. First structure has keys {list(nest1)}, "
                         f"while second structure has keys {list(nest2)}")
    if len(nest1) != len(nest2):
        raise ValueError(f"The two structures don't have the same number of elements. First structure: {nest1}. Second "
                         f"structure: {nest2}.")
    for one, two in zip(_parts(nest1), _parts(nest2)):
        assert_same_structure(one, two, check_types)


def flatten_up_to(shallow_tree: Any, input_tree: Any) -> list:
    """Return the parts of `input_tree` that stand where `shallow_tree` has leaves.

    Raises:
      TypeError: if a part of `input_tree` is a leaf where the other has parts.
      ValueError: if a part has another length.
    """
    if not is_sequence(shallow_tree):
        return [input_tree]
    if not isinstance(input_tree, tuple | list | Mapping):
        raise TypeError(f"If shallow structure is a sequence, input must also be a sequence. Input has type: "
                        f"'{type(input_tree).__name__}'.")
    if len(shallow_tree) != len(input_tree):
        raise ValueError("The two structures don't have the same sequence length. Input structure has length "
                         f"{len(input_tree)}, while shallow structure has length {len(shallow_tree)}.")
    parts = _parts(input_tree) if isinstance(input_tree, Mapping) else list(input_tree)
    return [leaf for shallow, part in zip(_parts(shallow_tree), parts) for leaf in flatten_up_to(shallow, part)]


def map_structure_up_to(shallow_tree: Any, func: Callable, *inputs: Any) -> Any:
    """Return `shallow_tree` with `func` of the parts of every input that stand where it has leaves."""
    flat = [flatten_up_to(shallow_tree, one) for one in inputs]
    return pack_sequence_as(shallow_tree, [func(*values) for values in zip(*flat)])
