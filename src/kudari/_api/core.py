"""Public names of the graph, its sessions and its variables."""

from __future__ import annotations

from typing import Any

from .. import dtypes, errors
from ..functions import core, state
from ..graph.collections import GraphKeys
from ..graph.device import DeviceSpec
from ..graph.graph import Graph
from ..graph.indexed_slices import IndexedSlices, IndexedSlicesValue
from ..graph.operation import Operation
from ..graph.stack import get_default_graph, get_default_session, reset_default_graph
from ..graph.tensor import Tensor
from ..op.constant import constant
from ..op.convert import register_tensor_conversion_function
from ..runtime.fetches import register_session_run_conversion_functions
from ..runtime.options import SessionOptions
from ..runtime.session import InteractiveSession, Session
from ..shape import Dimension, TensorShape, dimension_at_index, dimension_value
from ..variables import listing
from ..variables.variable import Variable
from ..version import __version__ as kudari_version

NAMES: dict[str, Any] = {
    "Graph": Graph,
    "GraphKeys": GraphKeys,
    "Operation": Operation,
    "Tensor": Tensor,
    "IndexedSlices": IndexedSlices,
    "IndexedSlicesValue": IndexedSlicesValue,
    "Session": Session,
    "InteractiveSession": InteractiveSession,
    "SessionOptions": SessionOptions,
    "Variable": Variable,
    "DeviceSpec": DeviceSpec,
    "DType dtypes.DType": dtypes.DType,
    "as_dtype dtypes.as_dtype": dtypes.as_dtype,
    "Dimension": Dimension,
    "TensorShape": TensorShape,
    "dimension_at_index compat.dimension_at_index": dimension_at_index,
    "dimension_value compat.dimension_value": dimension_value,
    "initializers.global_variables": listing.global_variables_initializer,
    "initializers.local_variables": listing.local_variables_initializer,
    "initializers.variables": listing.variables_initializer,
    "register_session_run_conversion_functions": register_session_run_conversion_functions,
    "constant": constant,
    "register_tensor_conversion_function": register_tensor_conversion_function,
    "get_default_graph": get_default_graph,
    "get_default_session": get_default_session,
    "reset_default_graph": reset_default_graph,
    "errors.OpError OpError": errors.OpError,
    "kudari_version": kudari_version,
}
NAMES.update({f"{name} dtypes.{name}": value for name, value in vars(dtypes).items() if isinstance(value, dtypes.DType)})
NAMES["QUANTIZED_DTYPES dtypes.QUANTIZED_DTYPES"] = dtypes.QUANTIZED_DTYPES
NAMES.update({name: getattr(core, name) for name in (
    "add_to_collection", "add_to_collections", "colocate_with", "container", "control_dependencies", "device",
    "get_collection", "get_collection_ref", "get_seed", "name_scope", "op_scope", "set_random_seed",
)})
NAMES.update({name: getattr(state, name) for name in (
    "assign", "assign_add", "assign_sub", "is_variable_initialized",
)})
NAMES.update({name: getattr(listing, name) for name in (
    "all_variables", "global_variables", "global_variables_initializer", "initialize_all_variables",
    "initialize_local_variables", "initialize_variables", "local_variables", "local_variables_initializer",
    "model_variables", "moving_average_variables", "trainable_variables", "variables_initializer",
)})
