"""What the parts of an element are: tensors, sparse tensors, or datasets."""

from __future__ import annotations

from typing import Any, NamedTuple

from ..dtypes import DType, as_dtype, float32, variant
from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..op.sparse_tensor import SparseTensor, SparseTensorValue
from ..ops.forms import node
from ..shape import Shape, TensorShape, merge, shape_tuple
from . import nest


class Flat(NamedTuple):
    """The type and shape of one tensor that nodes hand on for a part."""

    dtype: DType
    shape: Shape


def _joined(a: Shape, b: Shape) -> Shape:
    """The most that two shapes have in common."""
    if a is None or b is None or len(a) != len(b):
        return None
    return tuple(m if m == n else None for m, n in zip(a, b))


class Spec:
    """What is known of one part of an element: its type and shape."""

    kind: Any = Tensor

    def __init__(self, shape: Any = None, dtype: Any = float32):
        self._shape, self._dtype = shape_tuple(shape), as_dtype(dtype)

    @property
    def shape(self) -> TensorShape:
        """The static shape."""
        return TensorShape(self._shape)

    @property
    def dtype(self) -> DType:
        """The element type."""
        return self._dtype

    def flat(self) -> Flat:
        """Return the type and shape of the tensor that nodes hand on."""
        raise NotImplementedError

    def to_tensor(self, value: Any) -> Tensor:
        """Return that tensor for a value."""
        raise NotImplementedError

    def from_tensor(self, tensor: Tensor) -> Any:
        """Return the value that a tensor was handed on for."""
        raise NotImplementedError

    def with_shape(self, shape: Shape) -> Spec:
        """Return the same with another shape."""
        return type(self)(shape, self._dtype)

    def batched(self, size: int | None) -> Spec:
        """Return what is known of `size` of these together."""
        return self.with_shape(None if self._shape is None else (size, *self._shape))

    def unbatched(self) -> Spec:
        """Return what is known of one row."""
        return self.with_shape(None if self._shape is None else self._shape[1:])

    def joined(self, other: Spec) -> Spec:
        """Return what is known of what may be this or `other`."""
        return self.with_shape(_joined(self._shape, other._shape))

    def is_compatible_with(self, other: Any) -> bool:
        """Return whether a value may be both this and `other`."""
        if type(other) is not type(self) or other.dtype != self.dtype:
            return False
        try:
            merge(self._shape, other._shape)
        except ValueError:
            return False
        return True

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    def __hash__(self) -> int:
        return hash((type(self), self._dtype, self._shape))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.shape}, {self.dtype!r})"


class TensorElement(Spec):
    """A tensor."""

    def flat(self) -> Flat:
        """Return its type and shape."""
        return Flat(self._dtype, self._shape)

    def to_tensor(self, value: Any) -> Tensor:
        """Return it."""
        return convert_to_tensor(value, self._dtype)

    def from_tensor(self, tensor: Tensor) -> Any:
        """Return it."""
        return tensor


class SparseElement(Spec):
    """A sparse tensor, which nodes hand on as a vector of three variants."""

    kind = SparseTensor

    def flat(self) -> Flat:
        """Return the type of the vector; a batch of them has more dimensions."""
        return Flat(variant, None)

    def to_tensor(self, value: Any) -> Tensor:
        """Return the vector."""
        return node("SerializeSparse", value.indices, value.values, value.dense_shape, out_type=variant)

    def from_tensor(self, tensor: Tensor) -> Any:
        """Return the sparse tensor of a vector."""
        indices, values, shape = node("DeserializeSparse", tensor, self._dtype)
        rank = None if self._shape is None else len(self._shape)
        indices.set_shape([None, rank])
        shape.set_shape([rank])
        return SparseTensor(indices, values, shape)


class DatasetElement(Spec):
    """A dataset."""

    def __init__(self, element: Any):
        super().__init__((), variant)
        self.element = element

    def flat(self) -> Flat:
        """Return the type of the dataset's tensor."""
        return Flat(variant, self._shape)

    def with_shape(self, shape: Shape) -> Spec:
        """Return the same with another shape."""
        other = DatasetElement(self.element)
        other._shape = shape
        return other

    def to_tensor(self, value: Any) -> Tensor:
        """Return the dataset's tensor."""
        return value._variant_tensor

    def from_tensor(self, tensor: Tensor) -> Any:
        """Return the dataset of a tensor."""
        return _datasets[0](tensor, self.element)

    @property
    def kind(self) -> Any:  # type: ignore[override]
        """What it says of itself: programs compare it."""
        return self


_datasets: list[Any] = []  # how a dataset is made of its tensor and element


def spec_of(value: Any) -> Spec:
    """Return what is known of a value that a function returned.

    Raises:
      TypeError: if it cannot be part of an element.
    """
    if isinstance(value, SparseTensor | SparseTensorValue):
        return SparseElement(_shape_of(value), value.values.dtype)
    if hasattr(value, "_variant_tensor"):
        return DatasetElement(value.element)
    tensor = convert_to_tensor(value)
    return TensorElement(tensor.static_shape, tensor.dtype.base_dtype)


def _shape_of(value: Any) -> Shape:
    return shape_tuple(value.shape) if isinstance(value, SparseTensor) else tuple(map(int, value.dense_shape))


def from_parts(types: Any, shapes: Any = None, classes: Any = None) -> Any:
    """Return the structure of specs that a structure of types, and perhaps of shapes and classes, stands for."""
    types = nest.map_structure(lambda t: t if isinstance(t, DatasetElement) else as_dtype(t), types)
    flat = nest.flatten(types)
    flat_shapes = [None] * len(flat) if shapes is None else nest.flatten_up_to(types, shapes)
    flat_classes = [Tensor] * len(flat) if classes is None else nest.flatten_up_to(types, classes)
    specs = [kind if isinstance(kind, DatasetElement) else
             (SparseElement if kind is SparseTensor else TensorElement)(shape, dtype)
             for dtype, shape, kind in zip(flat, flat_shapes, flat_classes)]
    return nest.pack_sequence_as(types, specs)


def to_tensors(element: Any, values: Any) -> list[Tensor]:
    """Return the tensors that nodes hand on for a structure of values."""
    return [spec.to_tensor(value) for spec, value in zip(nest.flatten(element), nest.flatten_up_to(element, values))]


def from_tensors(element: Any, tensors: Any) -> Any:
    """Return the structure of values for the tensors that nodes handed on."""
    return nest.pack_sequence_as(element, [s.from_tensor(t) for s, t in zip(nest.flatten(element), tensors)])


def flat_types(element: Any) -> list[DType]:
    """Return the types of the tensors that nodes hand on."""
    return [spec.flat().dtype for spec in nest.flatten(element)]


def flat_shapes(element: Any) -> list[Shape]:
    """Return the shapes of the tensors that nodes hand on."""
    return [spec.flat().shape for spec in nest.flatten(element)]


def normalized(values: Any) -> Any:
    """Return a structure of values as tensors and sparse tensors, made in a scope of their own."""
    flat: list[Any] = []
    for i, value in enumerate(nest.flatten(values)):
        if isinstance(value, SparseTensorValue):
            flat.append(SparseTensor.from_value(value))
        elif isinstance(value, SparseTensor) or hasattr(value, "_variant_tensor"):
            flat.append(value)
        else:
            flat.append(convert_to_tensor(value, name=f"component_{i}"))
    return nest.pack_sequence_as(values, flat)


