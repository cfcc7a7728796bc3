"""What goes in and comes out of a saved model, as `SignatureDef` messages."""

from __future__ import annotations

from typing import Any

from ..dtypes import as_dtype, float32, string
from ..errors import NotFoundError
from ..graph.names import under
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..op.sparse_tensor import SparseTensor
from ..protos import proto
from . import saved_model_constants as constants


def build_tensor_info(tensor: Any) -> Any:
    """Return the name, type and shape of a tensor or sparse tensor as a `TensorInfo`."""
    info = proto("TensorInfo")(dtype=as_dtype(tensor.dtype).as_datatype_enum, tensor_shape=tensor.get_shape().as_proto())
    if isinstance(tensor, SparseTensor):
        info.coo_sparse.values_tensor_name = tensor.values.name
        info.coo_sparse.indices_tensor_name = tensor.indices.name
        info.coo_sparse.dense_shape_tensor_name = tensor.dense_shape.name
    else:
        info.name = tensor.name
    return info


def get_tensor_from_tensor_info(tensor_info: Any, graph: Any = None, import_scope: str | None = None) -> Any:
    """Return the tensor or sparse tensor of a `TensorInfo`.

    Args:
      tensor_info: the message.
      graph: to look in; the default graph if `None`.
      import_scope: the scope that the names are in.

    Raises:
      KeyError: if it is not there.
      ValueError: if the message names none.
    """
    graph = graph or get_default_graph()
    encoding = tensor_info.WhichOneof("encoding")
    if encoding == "name":
        return graph.get_tensor_by_name(under(tensor_info.name, import_scope))
    if encoding == "coo_sparse":
        parts = tensor_info.coo_sparse
        return SparseTensor(*(graph.get_tensor_by_name(under(name, import_scope)) for name in (
            parts.indices_tensor_name, parts.values_tensor_name, parts.dense_shape_tensor_name)))
    raise ValueError(f"Invalid TensorInfo.encoding: {encoding}")


def build_signature_def(inputs: Any = None, outputs: Any = None, method_name: str | None = None) -> Any:
    """Return a `SignatureDef`.

    Args:
      inputs: `TensorInfo`s by name.
      outputs: `TensorInfo`s by name.
      method_name: what a server does with it.
    """
    return proto("SignatureDef")(inputs=inputs, outputs=outputs, method_name=method_name)


def predict_signature_def(inputs: Any, outputs: Any) -> Any:
    """Return the signature of a prediction.

    Args:
      inputs: tensors by name.
      outputs: tensors by name.

    Raises:
      ValueError: if there are none.
    """
    for what, tensors in (("inputs", inputs), ("outputs", outputs)):
        if not tensors:
            raise ValueError(f"Prediction {what} cannot be None or empty.")
    return build_signature_def(_infos(inputs), _infos(outputs), constants.PREDICT_METHOD_NAME)


def _infos(tensors: dict[str, Any]) -> dict[str, Any]:
    return {key: build_tensor_info(tensor) for key, tensor in tensors.items()}


def regression_signature_def(examples: Any, predictions: Any) -> Any:
    """Return the signature of a regression.

    Args:
      examples: a tensor of serialized `tf.train.Example`s.
      predictions: a float32 tensor.

    Raises:
      ValueError: if they are not.
    """
    inputs = _examples("Regression", examples)
    if predictions is None:
        raise ValueError("Regression predictions cannot be None.")
    outputs = _typed(predictions, float32, "Regression output must be a float Tensor.")
    return build_signature_def({constants.REGRESS_INPUTS: inputs}, {constants.REGRESS_OUTPUTS: outputs},
                               constants.REGRESS_METHOD_NAME)


def classification_signature_def(examples: Any, classes: Any, scores: Any) -> Any:
    """Return the signature of a classification.

    Args:
      examples: a tensor of serialized `tf.train.Example`s.
      classes: a tensor of texts, or `None`.
      scores: a float32 tensor, or `None`.

    Raises:
      ValueError: if they are not.
    """
    if examples is not None and isinstance(examples, Tensor) and classes is None and scores is None:
        raise ValueError("Classification classes and scores cannot both be None.")
    inputs, outputs = _examples("Classification", examples), {}
    if classes is not None:
        outputs[constants.CLASSIFY_OUTPUT_CLASSES] = _typed(classes, string,
                                                            "Classification classes must be a string Tensor.")
    if scores is not None:
        outputs[constants.CLASSIFY_OUTPUT_SCORES] = _typed(scores, float32, "Classification scores must be a float Tensor.")
    return build_signature_def({constants.CLASSIFY_INPUTS: inputs}, outputs, constants.CLASSIFY_METHOD_NAME)


def _examples(what: str, examples: Any) -> Any:
    if examples is None:
        raise ValueError(f"{what} examples cannot be None.")
    words = f"{what} examples must be a string Tensor."
    if not isinstance(examples, Tensor):
        raise ValueError(words)
    return _typed(examples, string, words)


def _typed(tensor: Any, dtype: Any, words: str) -> Any:
    info = build_tensor_info(tensor)
    if info.dtype != dtype.as_datatype_enum:
        raise ValueError(words)
    return info


def is_valid_signature(signature_def: Any) -> bool:
    """Return whether TensorFlow Serving can serve a signature."""
    if signature_def is None:
        return False
    inputs = {key: info.dtype for key, info in signature_def.inputs.items()}
    outputs = {key: info.dtype for key, info in signature_def.outputs.items()}
    text, number = string.as_datatype_enum, float32.as_datatype_enum
    if signature_def.method_name == constants.PREDICT_METHOD_NAME:
        return bool(inputs and outputs)
    if signature_def.method_name == constants.REGRESS_METHOD_NAME:
        return inputs == {constants.REGRESS_INPUTS: text} and outputs == {constants.REGRESS_OUTPUTS: number}
    if signature_def.method_name == constants.CLASSIFY_METHOD_NAME:
        allowed = {constants.CLASSIFY_OUTPUT_CLASSES: text, constants.CLASSIFY_OUTPUT_SCORES: number}
        return inputs == {constants.CLASSIFY_INPUTS: text} and bool(outputs) and outputs.items() <= allowed.items()
    return False


def load_op(signature_def: Any, key: str, import_scope: str | None = None) -> Any:
    """Return the operation that a signature has as the output `key`.

    Raises:
      NotFoundError: if it is not in the graph.
    """
    try:
        return get_default_graph().as_graph_element(under(signature_def.outputs[key].name, import_scope))
    except KeyError:
        raise NotFoundError(None, None, f"The {key} could not be found in the graph. Please make sure the SavedModel was "
                            "created by the internal _SavedModelBuilder. If you are using the public API, please make sure "
                            f'the SignatureDef in the SavedModel does not contain the key "{key}".') from None
