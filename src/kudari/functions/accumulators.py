"""`tf.ConditionalAccumulator` and `tf.SparseConditionalAccumulator`."""

from __future__ import annotations

from typing import Any, NamedTuple

from ..dtypes import as_dtype, int64
from ..graph.indexed_slices import IndexedSlices
from ..graph.operation import Operation
from ..graph.tensor import Tensor
from ..op.convert import convert_to_tensor
from ..ops.forms import cast, node
from ..shape import TensorShape


class ConditionalAccumulatorBase:
    """Gradients that are added up until there are enough of them.

    Args:
      dtype: of the gradients.
      shape: of the gradients; not known if `None`.
      accumulator_ref: the handle of the accumulator.
    """

    _prefix = "Resource"

    def __init__(self, dtype: Any, shape: Any, accumulator_ref: Tensor):
        self._dtype, self._accumulator_ref = as_dtype(dtype), accumulator_ref
        self._shape = TensorShape(None) if shape is None else TensorShape(shape)
        self._name = accumulator_ref.op.name.split("/")[-1]

    @property
    def accumulator_ref(self) -> Tensor:
        """The handle of the accumulator."""
        return self._accumulator_ref

    @property
    def name(self) -> str:
        """The name of the accumulator's node, without its scope."""
        return self._name

    @property
    def dtype(self) -> Any:
        """The type of the gradients."""
        return self._dtype

    def num_accumulated(self, name: str | None = None) -> Tensor:
        """Return how many gradients were added since the last that were taken, an int32 scalar."""
        return node(f"{self._prefix}AccumulatorNumAccumulated", self._accumulator_ref,
                    name=name or f"{self._name}_NumAccumulated")

    def set_global_step(self, new_global_step: Any, name: str | None = None) -> Operation:
        """Return an op that sets the step; gradients of earlier ones are left out.

        Args:
          new_global_step: an integer scalar.
          name: of the op.
        """
        return node(f"{self._prefix}AccumulatorSetGlobalStep", self._accumulator_ref, _as_step(new_global_step), name=name)


def _as_step(step: Any) -> Tensor:
    return cast(convert_to_tensor(step), int64)


class ConditionalAccumulator(ConditionalAccumulatorBase):
    """Adds up dense gradients.

    Args:
      dtype: of the gradients.
      shape: of the gradients; not known if `None`.
      shared_name: nodes with the same one share an accumulator within a session.
      name: of the accumulator's node.
      reduction_type: `"MEAN"` or `"SUM"`, what it gives.

    Raises:
      ValueError: if it is neither.
    """

    def __init__(self, dtype: Any, shape: Any = None, shared_name: str | None = None, name: str = "conditional_accumulator",
                 reduction_type: str = "MEAN"):
        super().__init__(dtype, shape, node("ResourceConditionalAccumulator", dtype=dtype, shape=shape,
                                            shared_name=shared_name, name=name, reduction_type=reduction_type))

    def apply_grad(self, grad: Any, local_step: Any = 0, name: str | None = None) -> Operation:
        """Return an op that adds a gradient, if it is not of an earlier step than the accumulator is at.

        Args:
          grad: a tensor.
          local_step: the step it was computed at.
          name: of the op.

        Raises:
          ValueError: if its shape does not fit.
        """
        grad = convert_to_tensor(grad, self._dtype)
        grad.get_shape().assert_is_compatible_with(self._shape)
        return node("ResourceAccumulatorApplyGradient", self._accumulator_ref, _as_step(local_step), grad, name=name)

    def take_grad(self, num_required: Any, name: str | None = None) -> Tensor:
        """Return the mean or sum of the gradients, when there are `num_required`; the accumulator then is at the next step.

        Args:
          num_required: an int32 scalar.
          name: of the op.

        Raises:
          InvalidArgumentError: when it runs, if `num_required` is not positive.
        """
        taken = node("ResourceAccumulatorTakeGradient", self._accumulator_ref, num_required, dtype=self._dtype, name=name)
        taken.set_shape(self._shape)
        return taken


class SparseAccumulatorTakeGradient(NamedTuple):
    """What a sparse accumulator gives.

    Args:
      indices: int64, of the slices.
      values: the slices.
      shape: int64, of the whole; -1 where it is not known.
    """

    indices: Tensor
    values: Tensor
    shape: Tensor


class SparseConditionalAccumulator(ConditionalAccumulatorBase):
    """Adds up the slices of sparse gradients, those of the same index together.

    Args:
      dtype: of the gradients.
      shape: of the gradients; not known if `None`.
      shared_name: nodes with the same one share an accumulator within a session.
      name: of the accumulator's node.
      reduction_type: `"MEAN"` or `"SUM"`, what it gives; the mean of a slice is over the gradients that have it.

    Raises:
      ValueError: if it is neither.
    """

    _prefix = ""

    def __init__(self, dtype: Any, shape: Any = None, shared_name: str | None = None,
                 name: str = "sparse_conditional_accumulator", reduction_type: str = "MEAN"):
        super().__init__(dtype, shape, node("SparseConditionalAccumulator", dtype=dtype, shape=shape,
                                            shared_name=shared_name, name=name, reduction_type=reduction_type))

    def apply_indexed_slices_grad(self, grad: IndexedSlices, local_step: Any = 0, name: str | None = None) -> Operation:
        """Return an op that adds a gradient given as `tf.IndexedSlices`, as `apply_grad` does."""
        return self.apply_grad(grad.indices, grad.values, grad.dense_shape, local_step, name)

    def apply_grad(self, grad_indices: Any, grad_values: Any, grad_shape: Any = None, local_step: Any = 0,
                   name: str | None = None) -> Operation:
        """Return an op that adds a gradient, if it is not of an earlier step than the accumulator is at.

        Args:
          grad_indices: of the slices, ascending.
          grad_values: the slices.
          grad_shape: of the whole gradient, if it is known.
          local_step: the step it was computed at.
          name: of the op.

        Raises:
          InvalidArgumentError: when it runs, if it does not fit.
        """
        step = _as_step(local_step)
        return node("SparseAccumulatorApplyGradient", self._accumulator_ref, step, cast(grad_indices, int64), grad_values,
                    cast([] if grad_shape is None else grad_shape, int64), has_known_shape=grad_shape is not None, name=name)

    def take_grad(self, num_required: Any, name: str | None = None) -> SparseAccumulatorTakeGradient:
        """Return the mean or sum of the gradients, when there are `num_required`; the accumulator then is at the next step.

        Args:
          num_required: an int32 scalar.
          name: of the op.

        Raises:
          InvalidArgumentError: when it runs, if `num_required` is not positive.
        """
        return SparseAccumulatorTakeGradient(*node("SparseAccumulatorTakeGradient", self._accumulator_ref, num_required,
                                                   dtype=self._dtype, name=name))

    def take_indexed_slices_grad(self, num_required: Any, name: str | None = None) -> IndexedSlices:
        """Return what `take_grad` does as `tf.IndexedSlices`."""
        taken = self.take_grad(num_required, name)
        return IndexedSlices(indices=taken.indices, values=taken.values, dense_shape=taken.shape)
