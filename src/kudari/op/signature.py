"""The inputs, outputs and attributes of an op type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..dtypes import ANY, DType, TypeSet

REQUIRED: Any = type("Required", (), {"__repr__": lambda self: "<required>"})()


@dataclass(frozen=True)
class Arg:
    """One input or output of a signature.

    `x: T` has the type of attribute `T` (or a fixed one, `int32`); `inputs: N*T` is a list of N such tensors; `args: T[]`
    one tensor for each type in the list attribute `T`. `Ref(…)` takes a variable itself, `Static(…)` a value that must be
    known when the step is compiled. `Reads(resource)` and `Writes(resource)` take the handle of a variable, whose value the
    lowering gets.
    """

    name: str
    type: str
    is_ref: bool = False
    is_static: bool = False
    count: str | None = None
    is_type_list: bool = False
    reads: bool = False
    writes: bool = False

    @property
    def is_handle(self) -> bool:
        """Whether it takes a handle and means the variable."""
        return self.reads or self.writes

    @property
    def is_list(self) -> bool:
        """Whether this argument is a list of tensors."""
        return self.count is not None or self.is_type_list

    @staticmethod
    def parse(text: str) -> Arg:
        """Return the argument that `text` describes."""
        name, _, kind = (part.strip() for part in text.partition(":"))
        wrapper, _, inner = kind.rstrip(")").rpartition("(")
        count, _, element = inner.rpartition("*")
        return Arg(name, element.removesuffix("[]"), is_ref=wrapper == "Ref", is_static=wrapper == "Static",
                   count=count or None, is_type_list=element.endswith("[]"), reads=wrapper == "Reads",
                   writes=wrapper == "Writes")


def parse_arguments(text: str) -> list[Arg]:
    """Return the arguments of one side of a signature."""
    return [Arg.parse(part) for part in text.split(",") if part.strip()]


@dataclass(frozen=True)
class Attr:
    """One attribute of an op type.

    Args:
      kind: as an OpDef spells it: `type`, `int`, `float`, `bool`, `string`, `shape`, `tensor`, `func` or `list(…)`.
      default: the value when none is given; `REQUIRED` if one must be.
      allowed: the dtypes or strings it may be; anything if `None`.
    """

    kind: str
    default: Any = REQUIRED
    allowed: Any = None

    @property
    def has_default(self) -> bool:
        """Whether the attribute may be left out."""
        return self.default is not REQUIRED

    @property
    def is_restricted(self) -> bool:
        """Whether some values are not allowed."""
        return self.allowed is not None and getattr(self.allowed, "allowed", None) != ANY.allowed

    @property
    def is_type(self) -> bool:
        """Whether the attribute is a type or a list of types."""
        return self.kind in ("type", "list(type)")


_KINDS = {bool: "bool", int: "int", float: "float", str: "string"}


def as_attr(spec: Any) -> Attr:
    """Return the attribute that `spec` stands for: a `TypeSet`, a plain default value, or an `Attr` itself."""
    if isinstance(spec, Attr):
        return spec
    if isinstance(spec, TypeSet):
        return Attr("type", REQUIRED if spec.default is None else spec.default, spec)
    if isinstance(spec, DType):
        return Attr("type", spec)
    return Attr(_KINDS[type(spec)], spec)


def required(kind: str, allowed: Any = None) -> Attr:
    """Return an attribute of `kind` that has no default."""
    return Attr(kind, REQUIRED, allowed)


def types(*, allowed: TypeSet | None = None) -> Attr:
    """Return an attribute that lists the types of a `T[]` argument."""
    return Attr("list(type)", REQUIRED, allowed)
