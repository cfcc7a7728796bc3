"""Nested structures: lists, tuples, named tuples, dictionaries and attrs objects, taken apart into leaves and rebuilt.

Dictionaries are walked in the order of their sorted keys. Composite values such as `IndexedSlices` are leaves, unless
`expand_composites` takes them apart too: they offer `_to_components()` and `_from_components(parts)` for that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any


class _Dot:
    def __repr__(self) -> str:
        return "."


_DOT = _Dot()


def _is_attrs(value: Any) -> bool:
    return hasattr(type(value), "__attrs_attrs__")


def _is_named(value: Any) -> bool:
    return isinstance(value, tuple) and hasattr(value, "_fields")


def _is_composite(value: Any) -> bool:
    return hasattr(value, "_to_components")


def is_nested(seq: Any) -> bool:
    """Return whether `seq` is a structure and not a leaf.

    Args:
      seq: any value; text and arrays are leaves.
    """
    if isinstance(seq, str | bytes | type):
        return False
    return isinstance(seq, list | tuple | Mapping | range) or _is_attrs(seq) or (
        isinstance(seq, Sequence) and not hasattr(seq, "dtype"))


def is_sequence_or_composite(seq: Any) -> bool:
    """Return whether `seq` is a structure or a composite value."""
    return is_nested(seq) or _is_composite(seq)


def _test(expand_composites: bool) -> Callable[[Any], bool]:
    return is_sequence_or_composite if expand_composites else is_nested


def _sorted(keys: Iterable[Any]) -> list[Any]:
    try:
        return sorted(keys)
    except TypeError:
        raise TypeError("nest only supports dicts with sortable keys.") from None


def _items(structure: Any) -> list[tuple[Any, Any]]:
    """The parts of a structure, each with its key, index or field."""
    if isinstance(structure, Mapping):
        return [(key, structure[key]) for key in _sorted(structure)]
    if _is_attrs(structure):
        return [(a.name, getattr(structure, a.name)) for a in type(structure).__attrs_attrs__]
    if _is_named(structure):
        return list(zip(structure._fields, structure))
    if _is_composite(structure):
        return [(type(structure).__name__, list(structure._to_components()))]
    return list(enumerate(structure))


def _parts(structure: Any) -> list[Any]:
    return [part for _, part in _items(structure)]


def _like(structure: Any, parts: list[Any]) -> Any:
    """A structure of the same kind as `structure` with other parts."""
    if isinstance(structure, Mapping):
        found = dict(zip(_sorted(structure), parts))
        kind: Any = type(structure)
        pairs = [(key, found[key]) for key in structure]
        return kind(structure.default_factory, pairs) if hasattr(structure, "default_factory") else kind(pairs)
    if _is_named(structure) or _is_attrs(structure):
        return type(structure)(*parts)
    if _is_composite(structure):
        return structure._from_components(parts[0])
    return parts if isinstance(structure, range) else type(structure)(parts)


def flatten(structure: Any, expand_composites: bool = False) -> list[Any]:
    """Return the leaves of `structure` in order.

    Args:
      structure: a structure, or a leaf, which is a list of itself.
      expand_composites: whether composite values are taken apart.

    Raises:
      TypeError: if a dictionary has keys that cannot be sorted.
    """
    is_seq = _test(expand_composites)
    if not is_seq(structure):
        return [structure]
    leaves: list[Any] = []
    stack = _parts(structure)[::-1]
    while stack:
        part = stack.pop()
        if is_seq(part):
            stack.extend(_parts(part)[::-1])
        else:
            leaves.append(part)
    return leaves


def pack_sequence_as(structure: Any, flat_sequence: Any, expand_composites: bool = False) -> Any:
    """Return a structure like `structure` with the leaves `flat_sequence`.

    Args:
      structure: a structure or a leaf.
      flat_sequence: its leaves in the order of `flatten`.
      expand_composites: whether composite values are built from their parts.

    Raises:
      TypeError: if `flat_sequence` is not a sequence.
      ValueError: if it has not as many leaves as `structure`.
    """
    is_seq = _test(expand_composites)
    if not is_seq(flat_sequence):
        raise TypeError("flat_sequence must be a sequence")
    flat = list(flat_sequence)
    if not is_seq(structure):
        if len(flat) != 1:
            raise ValueError(f"Structure is a scalar but len(flat_sequence) == {len(flat)} > 1")
        return flat[0]
    wanted = len(flatten(structure, expand_composites))
    if wanted != len(flat):
        raise ValueError(f"Could not pack sequence. Structure had {wanted} elements, but flat_sequence had {len(flat)} "
                         f"elements.  Structure: {structure}, flat_sequence: {flat_sequence}.")
    return _packed(structure, iter(flat), is_seq)


def _packed(structure: Any, leaves: Iterator[Any], is_seq: Callable[[Any], bool]) -> Any:
    return _like(structure, [_packed(part, leaves, is_seq) if is_seq(part) else next(leaves) for part in _parts(structure)])


def map_structure(func: Callable, *structure: Any, **kwargs: Any) -> Any:
    """Return a structure whose leaves are `func` of the leaves at the same place in every `structure`.

    Args:
      func: takes as many arguments as there are structures.
      *structure: structures nested in the same way.
      **kwargs: `check_types`, whether their kinds of sequence must be equal too (the default); `expand_composites`.

    Raises:
      TypeError: if `func` cannot be called, or the kinds differ.
      ValueError: if there is no structure, they are nested differently, or another keyword is given.
    """
    if not callable(func):
        raise TypeError(f"func must be callable, got: {func}")
    if not structure:
        raise ValueError("Must provide at least one structure")
    check_types = kwargs.pop("check_types", True)
    expand = kwargs.pop("expand_composites", False)
    if kwargs:
        raise ValueError("Only valid keyword arguments are `check_types` and `expand_composites`, not: `"
                         f"{'`, `'.join(kwargs)}`")
    for other in structure[1:]:
        assert_same_structure(structure[0], other, check_types, expand)
    leaves = zip(*(flatten(one, expand) for one in structure))
    return pack_sequence_as(structure[0], [func(*values) for values in leaves], expand)


def assert_same_structure(nest1: Any, nest2: Any, check_types: bool = True, expand_composites: bool = False) -> None:
    """Raise an error unless two structures are nested in the same way.

    Args:
      nest1: a structure or leaf.
      nest2: another.
      check_types: whether the kinds of sequence must be equal too.
      expand_composites: whether composite values are taken apart.

    Raises:
      ValueError: if they are nested differently.
      TypeError: if the kinds of sequence differ.
    """
    try:
        _compare(nest1, nest2, check_types, expand_composites)
    except (ValueError, TypeError) as error:
        dots = [str(map_structure(lambda _: _DOT, one)) for one in (nest1, nest2)]
        raise type(error)(f"The two structures don't have the same nested structure.\n\nFirst structure: "
                          f"{_shown(nest1)}\n\nSecond structure: {_shown(nest2)}\n\nMore specifically: {error}\n"
                          f"Entire first structure:\n{dots[0]}\nEntire second structure:\n{dots[1]}") from None


def _shown(value: Any) -> str:
    return f"type={type(value).__name__} str={value}"


def _compare(a: Any, b: Any, check_types: bool, expand: bool) -> None:
    is_seq = _test(expand)
    if is_seq(a) != is_seq(b):
        nested, leaf = (a, b) if is_seq(a) else (b, a)
        raise ValueError(f"Substructure \"{_shown(nested)}\" is a sequence, while substructure \"{_shown(leaf)}\" is not")
    if not is_seq(a):
        return
    if check_types:
        _compare_types(a, b)
    parts_a, parts_b = _parts(a), _parts(b)
    if len(parts_a) != len(parts_b):
        raise ValueError("The two structures don't have the same number of elements. First structure: "
                         f"{_shown(a)}. Second structure: {_shown(b)}")
    for part_a, part_b in zip(parts_a, parts_b):
        _compare(part_a, part_b, check_types, expand)


def _compare_types(a: Any, b: Any) -> None:
    if _is_named(a) and _is_named(b):
        same = type(a).__name__ == type(b).__name__ and a._fields == b._fields
    elif isinstance(a, Mapping) and isinstance(b, Mapping):
        same = True
        if set(a) != set(b):
            raise ValueError("The two dictionaries don't have the same set of keys. First structure has keys "
                             f"{_shown(list(a))}, while second structure has keys {_shown(list(b))}")
    else:
        same = type(a) is type(b) or (isinstance(a, list) and isinstance(b, list))
    if not same:
        kind = "namedtuples" if _is_named(a) or _is_named(b) else "structures"
        raise TypeError(f"The two {kind} don't have the same sequence type. First structure {_shown(a)} has type "
                        f"{type(a).__name__}, while second structure {_shown(b)} has type {type(b).__name__}")


def flatten_dict_items(dictionary: Any) -> dict:
    """Return `dictionary` with the leaves of its keys as keys and the leaves of its values as values.

    Raises:
      TypeError: if it is not a dictionary.
      ValueError: if a key and its value are nested differently, or a key comes twice.
    """
    if not isinstance(dictionary, Mapping):
        raise TypeError("input must be a dictionary")
    flat: dict[Any, Any] = {}
    for key, value in dictionary.items():
        keys, values = (flatten(key), flatten(value)) if is_nested(key) else ([key], [value])
        if len(keys) != len(values):
            raise ValueError(f"Could not flatten dictionary. Key had {len(keys)} elements, but value had {len(values)} "
                             f"elements. Key: {keys}, value: {values}.")
        for leaf, item in zip(keys, values):
            if leaf in flat:
                raise ValueError(f"Could not flatten dictionary: key {leaf} is not unique.")
            flat[leaf] = item
    return flat


def assert_shallow_structure(shallow_tree: Any, input_tree: Any, check_types: bool = True,
                             expand_composites: bool = False) -> None:
    """Raise an error unless `input_tree` is nested like `shallow_tree` as far as that goes.

    Raises:
      TypeError: if a part of `input_tree` is a leaf or of another kind.
      ValueError: if a part has another length or other keys.
    """
    is_seq = _test(expand_composites)
    if not is_seq(shallow_tree):
        return
    if not is_seq(input_tree):
        raise TypeError("If shallow structure is a sequence, input must also be a sequence. Input has type: "
                        f"{type(input_tree)}.")
    if check_types and type(shallow_tree) is not type(input_tree) and not (
            isinstance(shallow_tree, Mapping) and isinstance(input_tree, Mapping)):
        raise TypeError("The two structures don't have the same sequence type. Input structure has type "
                        f"{type(input_tree)}, while shallow structure has type {type(shallow_tree)}.")
    if len(_items(shallow_tree)) != len(_items(input_tree)):
        raise ValueError("The two structures don't have the same sequence length. Input structure has length "
                         f"{len(input_tree)}, while shallow structure has length {len(shallow_tree)}.")
    for (key, shallow), (other, part) in zip(_items(shallow_tree), _items(input_tree)):
        if isinstance(shallow_tree, Mapping) and key != other:
            raise ValueError(f"The two structures don't have the same keys. Input structure has keys {list(input_tree)}, "
                             f"while shallow structure has keys {list(shallow_tree)}.")
        assert_shallow_structure(shallow, part, check_types, expand_composites)


def flatten_up_to(shallow_tree: Any, input_tree: Any, check_types: bool = True, expand_composites: bool = False) -> list:
    """Return the parts of `input_tree` that stand where `shallow_tree` has leaves."""
    assert_shallow_structure(shallow_tree, input_tree, check_types, expand_composites)
    return list(_up_to(shallow_tree, input_tree, _test(expand_composites)))


def _up_to(shallow: Any, tree: Any, is_seq: Callable[[Any], bool]) -> Iterator[Any]:
    if not is_seq(shallow):
        yield tree
        return
    for branch, part in zip(_parts(shallow), _parts(tree)):
        yield from _up_to(branch, part, is_seq)


def map_structure_up_to(shallow_tree: Any, func: Callable, *inputs: Any, **kwargs: Any) -> Any:
    """Return `shallow_tree` with `func` of the parts of every input that stand where it has leaves.

    Raises:
      ValueError: if there is no input.
    """
    if not inputs:
        raise ValueError("Cannot map over no sequences")
    check_types = kwargs.pop("check_types", True)
    expand = kwargs.pop("expand_composites", False)
    flat = [flatten_up_to(shallow_tree, one, check_types, expand) for one in inputs]
    return pack_sequence_as(shallow_tree, [func(*values) for values in zip(*flat)], expand)


def flatten_with_joined_string_paths(structure: Any, separator: str = "/", expand_composites: bool = False) -> list:
    """Return pairs of the path of each leaf, its keys joined by `separator`, and the leaf."""
    return [(separator.join(map(str, path)), leaf) for path, leaf in _paths(structure, (), _test(expand_composites))]


def _paths(structure: Any, path: tuple, is_seq: Callable[[Any], bool]) -> Iterator[tuple[tuple, Any]]:
    if not is_seq(structure):
        yield path, structure
        return
    for key, part in _items(structure):
        yield from _paths(part, (*path, key), is_seq)
