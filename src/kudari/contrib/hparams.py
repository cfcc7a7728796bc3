"""`tf.contrib.training.HParams`: a program's hyperparameters, which a line of text can change."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from numbers import Integral, Number
from typing import Any

from ..declared_protos import declared

_ASSIGNMENT = re.compile(r"(?P<name>[a-zA-Z][\w.]*)(\[\s*(?P<index>\d+)\s*\])?\s*=\s*"
                         r"((?P<val>[^,\[]*)|\[(?P<vals>[^\]]*)\])($|,\s*)")


def parse_values(values: str, type_map: Mapping[str, type], ignore_unknown: bool = False) -> dict[str, Any]:
    """Return the values that a text like `"rate=0.1,sizes=[3,4],sizes[1]=5"` gives to names.

    Args:
      values: the text.
      type_map: the type of each name's value, or of its elements.
      ignore_unknown: whether names without a type are passed over.

    Returns:
      Values and lists by name; for a name with an index a dictionary from indices to values.

    Raises:
      ValueError: if the text is none of this form, a name has no type or is given twice, or a value is not of its type.
    """
    found: dict[str, Any] = {}
    place = 0
    while place < len(values):
        match = _ASSIGNMENT.match(values, place)
        if not match:
            raise ValueError(f"Malformed hyperparameter value: {values[place:]}")
        place = match.end()
        name = match["name"]
        if name in type_map:
            _add(found, match, _reader(name, type_map[name], values), values)
        elif not ignore_unknown:
            raise ValueError(f"Unknown hyperparameter type for {name}")
    return found


def _reader(name: str, kind: type, values: str) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        try:
            return _as_bool(text) if kind is bool else kind(text)
        except ValueError:
            raise ValueError(f"Could not parse hparam '{name}' of type '{kind.__name__}' with value '{text}' in "
                             f"{values}") from None

    return read


def _as_bool(text: str) -> bool:
    return text in ("true", "True") or (text not in ("false", "False") and bool(int(text)))


def _add(found: dict[str, Any], match: re.Match, read: Callable[[str], Any], values: str) -> None:
    name, index = match["name"], match["index"]
    if match["vals"] is not None:
        if index is not None:
            raise ValueError("Assignment of a list to a list index.")
        _check_new(found, name, name, values)
        found[name] = [read(text) for text in re.split("[ ,]", match["vals"]) if text]
    elif index is None:
        _check_new(found, name, name, values)
        found[name] = read(match["val"])
    else:
        elements = found.setdefault(name, {})
        if not isinstance(elements, dict):
            raise ValueError(f"Multiple assignments to variable '{name}' in {values}")
        _check_new(elements, int(index), f"{name}[{int(index)}]", values)
        elements[int(index)] = read(match["val"])


def _check_new(found: Mapping, key: Any, words: str, values: str) -> None:
    if key in found:
        raise ValueError(f"Multiple assignments to variable '{words}' in {values}")


def _cast(name: str, kind: type, value: Any) -> Any:
    """A value as one of the type of the hyperparameter; integers become floats, but nothing else changes its sort."""
    if type(value) is kind or kind is type(None):
        return value
    fits = (isinstance(value, str | bytes) or not issubclass(kind, str | bytes)) \
        and issubclass(kind, bool) == isinstance(value, bool) \
        and (isinstance(value, Integral) or not issubclass(kind, Integral)) \
        and (isinstance(value, Number) or not issubclass(kind, Number))
    if not fits:
        raise ValueError(f"Could not cast hparam '{name}' of type '{kind}' from value {value!r}")
    return kind(value)


@cache
def hparam_messages() -> dict[str, Any]:
    """Return the classes of the messages that hyperparameters are exchanged as."""
    lists = {f"{name}List": [("value", kind, "repeated" if kind == "bytes" else "packed")]
             for name, kind in (("Int64", "int64"), ("Float", "float"), ("Bytes", "bytes"), ("Bool", "bool"))}
    return declared("tensorflow/contrib/training/python/training/hparam.proto", {
        **lists,
        "HParamType": [("int64_value", "int64", "kind"), ("float_value", "float", "kind"), ("bytes_value", "bytes", "kind"),
                       ("int64_list", "Int64List", "kind"), ("float_list", "FloatList", "kind"),
                       ("bytes_list", "BytesList", "kind"), ("bool_value", "bool", "kind"),
                       ("bool_list", "BoolList", "kind")],
        "HParamDef": [("hparam", "HParamType", "map")],
    })


def _field_of(kind: type) -> str:
    for base, field in ((bool, "bool"), (int, "int64"), (str, "bytes"), (bytes, "bytes"), (float, "float")):
        if issubclass(kind, base):
            return field
    raise ValueError(f"Unsupported parameter type: {kind}")


def _put(message: Any, field: str, value: Any, is_list: bool) -> None:
    def stored(item: Any) -> Any:
        return item.encode() if isinstance(item, str) else item

    if is_list:
        getattr(message, f"{field}_list").value.extend(map(stored, value))
    else:
        setattr(message, f"{field}_value", stored(value))


def _values_of(message: Any) -> dict[str, Any]:
    def read(item: Any) -> Any:
        return item.decode() if isinstance(item, bytes) else item

    found = {}
    for name, held in message.hparam.items():
        kind = held.WhichOneof("kind")
        value = getattr(held, kind)
        found[name] = [read(item) for item in value.value] if kind.endswith("_list") else read(value)
    return found


class HParams:
    """Hyperparameters as attributes, each of which keeps the type of its first value.

    Args:
      hparam_def: hyperparameters as `to_proto` returns them.
      model_structure: kept for `get_model_structure`.
      **kwargs: the hyperparameters: numbers, texts, booleans, or lists of one of these.

    Raises:
      ValueError: if a name is one of a method, a list is empty, or there are both `hparam_def` and names.
    """

    def __init__(self, hparam_def: Any = None, model_structure: Any = None, **kwargs: Any):
        if hparam_def and kwargs:
            raise ValueError("hparam_def and initialization values are mutually exclusive")
        self._hparam_types: dict[str, tuple[type, bool]] = {}
        self._model_structure = model_structure
        for name, value in (_values_of(hparam_def) if hparam_def else kwargs).items():
            self.add_hparam(name, value)

    def add_hparam(self, name: str, value: Any) -> None:
        """Add a hyperparameter; a list or tuple makes one of several values."""
        if getattr(self, name, None) is not None:
            raise ValueError(f"Hyperparameter name is reserved: {name}")
        if isinstance(value, list | tuple):
            if not value:
                raise ValueError(f"Multi-valued hyperparameters cannot be empty: {name}")
            self._hparam_types[name] = type(value[0]), True
        else:
            self._hparam_types[name] = type(value), False
        setattr(self, name, value)

    def set_hparam(self, name: str, value: Any) -> None:
        """Set a hyperparameter that there is.

        Raises:
          KeyError: if there is none of this name.
          ValueError: if the value is not of its type.
        """
        kind, is_list = self._hparam_types[name]
        if isinstance(value, list):
            if not is_list:
                raise ValueError(f"Must not pass a list for single-valued parameter: {name}")
            setattr(self, name, [_cast(name, kind, item) for item in value])
        elif is_list:
            raise ValueError(f"Must pass a list for multi-valued parameter: {name}.")
        else:
            setattr(self, name, _cast(name, kind, value))

    def del_hparam(self, name: str) -> None:
        """Remove a hyperparameter, if it is there."""
        if hasattr(self, name):
            delattr(self, name)
            del self._hparam_types[name]

    def parse(self, values: str) -> HParams:
        """Set hyperparameters from a text like `"rate=0.1,sizes=[3,4]"`; return this.

        Raises:
          ValueError: if it is none of this form, or a value is not of its type.
        """
        return self.override_from_dict(parse_values(values, {name: kind for name, (kind, _) in self._hparam_types.items()}))

    def override_from_dict(self, values_dict: Mapping[str, Any]) -> HParams:
        """Set hyperparameters by name; return this."""
        for name, value in values_dict.items():
            self.set_hparam(name, value)
        return self

    def set_from_map(self, values_map: Mapping[str, Any]) -> HParams:
        """The old name of `override_from_dict`."""
        return self.override_from_dict(values_map)

    def set_model_structure(self, model_structure: Any) -> None:
        """Keep an object for `get_model_structure`."""
        self._model_structure = model_structure

    def get_model_structure(self) -> Any:
        """Return the object kept."""
        return self._model_structure

    def to_json(self, indent: Any = None, separators: Any = None, sort_keys: bool = False) -> str:
        """Return the hyperparameters as the text of a JSON object."""
        return json.dumps(self.values(), indent=indent, separators=separators, sort_keys=sort_keys)

    def parse_json(self, values_json: str) -> HParams:
        """Set hyperparameters from the text of a JSON object; return this."""
        return self.override_from_dict(json.loads(values_json))

    def values(self) -> dict[str, Any]:
        """Return the hyperparameters by name."""
        return {name: getattr(self, name) for name in self._hparam_types}

    def get(self, key: str, default: Any = None) -> Any:
        """Return a hyperparameter, or `default`, which must be of its type, if there is none of this name."""
        if key not in self._hparam_types:
            return default
        if default is not None:
            self._check_like(key, default)
        return getattr(self, key)

    def _check_like(self, key: str, default: Any) -> None:
        kind, is_list = self._hparam_types[key]
        words = (f"Hparam '{key}' of type '{f'list<{kind}>' if is_list else kind}' is incompatible with "
                 f"default={default}")
        if is_list != isinstance(default, list):
            raise ValueError(words)
        try:
            for item in default if is_list else [default]:
                _cast(key, kind, item)
        except ValueError as error:
            raise ValueError(f"{words}. {error}") from None

    def to_proto(self, export_scope: str | None = None) -> Any:
        """Return the hyperparameters as an `HParamDef`; `export_scope` is accepted."""
        message = hparam_messages()["HParamDef"]()
        for name, (kind, is_list) in self._hparam_types.items():
            _put(message.hparam[name], _field_of(kind), getattr(self, name), is_list)
        return message

    @staticmethod
    def from_proto(hparam_def: Any, import_scope: str | None = None) -> HParams:
        """Return the hyperparameters of an `HParamDef`; `import_scope` is accepted."""
        return HParams(hparam_def=hparam_def)

    def __contains__(self, key: str) -> bool:
        return key in self._hparam_types

    def __str__(self) -> str:
        return ",".join(f"{name}={value}" for name, value in self.values().items())

    def __repr__(self) -> str:
        return f"{type(self).__name__}({sorted(self.values().items())})"
