"""Graphs with their collections, as `MetaGraphDef` messages and files."""

from __future__ import annotations

import copy
import os
import re
from collections.abc import Callable
from typing import Any

from ..graph.attr_value import encode
from ..graph.collections import GraphKeys
from ..graph.graph import Graph
from ..graph.graphdef import graph_def as as_graph_def
from ..graph.names import under, without
from ..graph.proto_functions import (
    get_collection_proto_type,
    get_from_proto_function,
    get_to_proto_function,
    register_proto_function,
)
from ..graph.stack import get_default_graph
from ..op.definition import lookup
from ..op.import_graph import import_graph_def
from ..platform import logging
from ..protos import proto
from ..variables.partitioned import PartitionedVariable
from ..variables.variable import Variable
from . import queue_threads  # noqa: F401 - meta graphs hold its collection
from .write_graph import write_graph

UNBOUND = "$unbound_inputs_"
_SAVING = {"SaveV2", "Save", "SaveSlices", "RestoreV2", "Restore", "RestoreSlice"}
_VARIABLES = [GraphKeys.GLOBAL_VARIABLES, GraphKeys.LOCAL_VARIABLES, GraphKeys.METRIC_VARIABLES, GraphKeys.MODEL_VARIABLES,
              GraphKeys.TRAINABLE_VARIABLES, GraphKeys.MOVING_AVERAGE_VARIABLES, GraphKeys.CONCATENATED_VARIABLES]
_NO_ITEMS = {GraphKeys.COND_CONTEXT, GraphKeys.WHILE_CONTEXT}  # what gradients need of control flow is in the nodes


def _variable_proto(variable: Any, export_scope: str | None = None) -> Any:
    if isinstance(variable, PartitionedVariable):
        raise TypeError("a partitioned variable is no message; its parts are in the collection, too")
    return variable.to_proto(export_scope)


for _key in _VARIABLES:
    register_proto_function(_key, proto("VariableDef"), _variable_proto, Variable.from_proto)


def create_meta_graph_def(meta_info_def: Any = None, graph_def: Any = None, saver_def: Any = None,
                          collection_list: Any = None, graph: Graph | None = None, export_scope: str | None = None,
                          exclude_nodes: Any = None, clear_extraneous_savers: bool = False,
                          strip_default_attrs: bool = False) -> Any:
    """Return a graph and its collections as a `MetaGraphDef`.

    Args:
      meta_info_def: what is said of the graph.
      graph_def: the nodes; all of `graph` if `None`.
      saver_def: the saver that belongs to it.
      collection_list: the names of the collections to keep; all if `None`.
      graph: the default graph if `None`.
      export_scope: keep only what is in this scope, without its name.
      exclude_nodes: names of nodes to leave out of the collections.
      clear_extraneous_savers: whether the only saver kept is that of `saver_def`.
      strip_default_attrs: whether to leave out attributes that are at their defaults.

    Raises:
      TypeError: if an argument is not of its type.
    """
    for value, kind, name in ((graph, Graph, "graph"), (meta_info_def, proto("MetaGraphDef").MetaInfoDef, "meta_info_def"),
                              (graph_def, proto("GraphDef"), "graph_def"), (saver_def, proto("SaverDef"), "saver_def")):
        if value is not None and not isinstance(value, kind):
            raise TypeError(f"{name} must be of type {kind.__name__.rpartition('.')[2]}, not {type(value)}")
    graph = graph or get_default_graph()
    result = proto("MetaGraphDef")()
    if meta_info_def is not None:
        result.meta_info_def.MergeFrom(meta_info_def)
    result.meta_info_def.tensorflow_version, result.meta_info_def.tensorflow_git_version = "1.15.5", "kudari"
    result.graph_def.MergeFrom(as_graph_def(graph, add_shapes=True) if graph_def is None else graph_def)
    if strip_default_attrs:
        _strip_defaults(result)
    if saver_def is not None:
        result.saver_def.MergeFrom(saver_def)
    for key in graph.get_all_collection_keys() if collection_list is None else collection_list:
        items = graph.get_collection(key)
        if clear_extraneous_savers and key == GraphKeys.SAVERS:
            from_proto = get_from_proto_function(key)
            items = [from_proto(saver_def)] if from_proto and saver_def is not None else []
        _add_collection(result, key, [x for x in items if _is_kept(x, export_scope, exclude_nodes)], export_scope)
    return result


def _is_kept(item: Any, export_scope: str | None, exclude_nodes: Any) -> bool:
    name = item if isinstance(item, str) else getattr(item, "name", None)
    if not isinstance(name, str):
        return True
    if exclude_nodes and name in exclude_nodes:
        return False
    return name.startswith(UNBOUND) or not export_scope or name.startswith(export_scope)


def _add_collection(meta: Any, key: str, items: list[Any], export_scope: str | None) -> None:
    if not items or key in _NO_ITEMS:
        return
    from google.protobuf.any_pb2 import Any as AnyMessage
    definition = meta.collection_def[key]
    to_proto = get_to_proto_function(key)
    try:
        if to_proto is not None:
            messages = [to_proto(item, export_scope=export_scope) for item in items]
            definition.bytes_list.value.extend(m.SerializeToString() for m in messages if m is not None)
        elif isinstance(items[0], str | bytes):
            definition.bytes_list.value.extend(item.encode() if isinstance(item, str) else item for item in items)
        elif isinstance(items[0], int):
            definition.int64_list.value.extend(items)
        elif isinstance(items[0], float):
            definition.float_list.value.extend(items)
        elif isinstance(items[0], AnyMessage):
            definition.any_list.value.extend(items)
        else:
            definition.node_list.value.extend(without(item.name, export_scope) for item in items
                                              if not export_scope or item.name.startswith(export_scope))
    except Exception as error:  # what a collection holds is the program's own, and so is what it raises
        logging.warning("Issue encountered when serializing %s.\nType is unsupported, or the types of the items don't match "
                        "field type in CollectionDef. Note this is a warning and probably safe to ignore.\n%s", key, error)
        del meta.collection_def[key]


def _strip_defaults(meta: Any) -> None:
    for node in meta.graph_def.node:
        for key, attr in lookup(node.op).attrs.items():
            if attr.has_default and key in node.attr and node.attr[key] == encode(attr.default, attr.kind):
                del node.attr[key]
    meta.meta_info_def.stripped_default_attrs = True


def export_scoped_meta_graph(filename: str | None = None, graph_def: Any = None, graph: Graph | None = None,
                             export_scope: str | None = None, as_text: bool = False,
                             unbound_inputs_col_name: str = "unbound_inputs", clear_devices: bool = False,
                             saver_def: Any = None, clear_extraneous_savers: bool = False,
                             strip_default_attrs: bool = False, save_debug_info: bool = False,
                             **kwargs: Any) -> tuple[Any, dict[str, Any]]:
    """Return a graph, or what of it is in a scope, as a `MetaGraphDef`, and its variables by name; write it if asked.

    Args:
      filename: to write to.
      graph_def: the nodes; all of `graph` if `None`.
      graph: the default graph if `None`.
      export_scope: what to export; inputs from elsewhere are marked, and listed in a collection.
      as_text: whether to write the text form.
      unbound_inputs_col_name: the name of that collection.
      clear_devices: whether to leave out where nodes run.
      saver_def: the saver that belongs to it.
      clear_extraneous_savers: whether to leave out the nodes of other savers.
      strip_default_attrs: whether to leave out attributes that are at their defaults.
      save_debug_info: must be false: nodes know the line they were made at, but this file has no place for it.
      **kwargs: further arguments of `create_meta_graph_def`.

    Raises:
      NotImplementedError: if debug information is asked for.
    """
    if save_debug_info:
        raise NotImplementedError("save_debug_info=True is not supported: Kudari writes no GraphDebugInfo; leave it out")
    graph = graph or get_default_graph()
    excluded: set[str] = set()
    unbound: list[str] = []
    if export_scope or clear_extraneous_savers or clear_devices:
        full = as_graph_def(graph, add_shapes=True) if graph_def is None else graph_def
        if clear_extraneous_savers:
            excluded = _other_savers(full, saver_def)
        graph_def = proto("GraphDef")(versions=full.versions, library=full.library)
        graph_def.node.extend(_moved_out(node, export_scope, unbound, clear_devices) for node in full.node
                              if _is_kept(node.name, export_scope, excluded))
        if unbound_inputs_col_name:
            graph.get_collection_ref(unbound_inputs_col_name)[:] = unbound
    variables = {without(v.name, export_scope): v
                 for v in graph.get_collection(GraphKeys.GLOBAL_VARIABLES, export_scope)
                 if _is_kept(v, export_scope, excluded)}
    meta = create_meta_graph_def(graph_def=graph_def, graph=graph, export_scope=export_scope, exclude_nodes=excluded,
                                 clear_extraneous_savers=clear_extraneous_savers, saver_def=saver_def,
                                 strip_default_attrs=strip_default_attrs, **kwargs)
    if filename:
        write_graph(meta, os.path.dirname(filename) or ".", os.path.basename(filename), as_text=as_text)
    return meta, variables


def _moved_out(original: Any, scope: str | None, unbound: list[str], clear_devices: bool) -> Any:
    node = copy.deepcopy(original)
    node.name = without(node.name, scope)
    for i, text in enumerate(original.input):
        if scope and not text.lstrip("^").startswith(scope):
            node.input[i] = re.sub(r"([\^]|^)(.*)", lambda found: found[1] + UNBOUND + found[2], text, count=1)
            unbound.append(node.input[i])
        else:
            node.input[i] = without(text, scope)
    if "_class" in node.attr:
        groups = [s.decode() for s in original.attr["_class"].list.s]
        kept = [without(g, scope) for g in groups if not scope or g.split("@")[1].startswith(scope)]
        node.attr["_class"].list.s[:] = [g.encode() for g in kept]
    if node.op in ("Enter", "RefEnter"):
        node.attr["frame_name"].s = without(node.attr["frame_name"].s.decode(), scope).encode()
    if clear_devices:
        node.device = ""
    return node


def _other_savers(graph_def: Any, saver_def: Any) -> set[str]:
    own = set() if saver_def is None else {_scope(saver_def.save_tensor_name), _scope(saver_def.restore_op_name)}
    scopes = {_scope(node.name) for node in graph_def.node if node.op in _SAVING} - own
    return {node.name for node in graph_def.node if any(node.name.startswith(scope + "/") for scope in scopes if scope)}


def _scope(name: str) -> str:
    return name.lstrip("^").partition(":")[0].rpartition("/")[0]


def read_meta_graph_file(filename: Any) -> Any:
    """Return the `MetaGraphDef` in a file, of either form.

    Raises:
      OSError: if there is none, or the file holds something else.
    """
    from google.protobuf import text_format
    from google.protobuf.message import DecodeError
    path = os.fspath(filename)
    if not os.path.exists(path):
        raise OSError(f"File {path} does not exist.")
    with open(path, "rb") as file:
        contents = file.read()
    try:
        return proto("MetaGraphDef").FromString(contents)
    except DecodeError:
        pass
    try:
        return text_format.Parse(contents.decode(), proto("MetaGraphDef")())
    except (text_format.ParseError, UnicodeDecodeError) as error:
        raise OSError(f"Cannot parse file {path}: {error}.") from None


def import_scoped_meta_graph(meta_graph_or_file: Any, clear_devices: bool = False, graph: Graph | None = None,
                             import_scope: str | None = None, input_map: dict[str, Any] | None = None,
                             unbound_inputs_col_name: str = "unbound_inputs",
                             restore_collections_predicate: Callable[[str], bool] = lambda key: True,
                             return_elements: Any = None) -> tuple[dict[str, Any], Any]:
    """Add the nodes and collections of a `MetaGraphDef` to a graph.

    Args:
      meta_graph_or_file: the message, or the path of a file with one.
      clear_devices: whether to forget where nodes ran.
      graph: the default graph if `None`.
      import_scope: the scope to add them in.
      input_map: what to use for the inputs from elsewhere.
      unbound_inputs_col_name: the name of the collection that lists these.
      restore_collections_predicate: which collections to add.
      return_elements: names of nodes and tensors to return.

    Returns:
      The variables by name, and the elements.

    Raises:
      ValueError: if an input from elsewhere is not in `input_map`.
      OSError: if the file cannot be read.
    """
    is_message = isinstance(meta_graph_or_file, proto("MetaGraphDef"))
    meta = meta_graph_or_file if is_message else read_meta_graph_file(meta_graph_or_file)
    _check_bound(meta, unbound_inputs_col_name, input_map)
    graph = graph or get_default_graph()
    with graph.as_default():
        nodes = meta.graph_def
        if clear_devices:
            nodes = copy.deepcopy(nodes)
            for node in nodes.node:
                node.device = ""
        scope = graph.unique_name(import_scope or "", mark_as_used=False)
        has_ops = meta.meta_info_def.HasField("stripped_op_list")
        elements = import_graph_def(nodes, name=import_scope or scope, input_map=input_map,
                                    producer_op_list=meta.meta_info_def.stripped_op_list if has_ops else None,
                                    return_elements=return_elements)
        made: dict[bytes, Any] = {}
        first = GraphKeys.TRAINABLE_VARIABLES
        for key in sorted(meta.collection_def, key=lambda key: (key != first, key)):
            if key not in _NO_ITEMS and key != unbound_inputs_col_name and restore_collections_predicate(key):
                _restore_collection(graph, key, meta, scope, made)
        variables = graph.get_collection(GraphKeys.GLOBAL_VARIABLES, scope=scope)
    return {without(v.name, scope): v for v in variables}, elements


def _check_bound(meta: Any, name: str, input_map: dict[str, Any] | None) -> None:
    if not name or name not in meta.collection_def:
        return
    needed = [value.decode() for value in meta.collection_def[name].bytes_list.value]
    if needed and (not input_map or sorted(needed) != sorted(input_map)):
        missing = ",".join(value for value in needed if not input_map or value not in input_map)
        raise ValueError(f"Graph contains unbound inputs: {missing}. Must provide these inputs through input_map.")


def _restore_collection(graph: Graph, key: str, meta: Any, scope: str, made: dict[bytes, Any]) -> None:
    definition = meta.collection_def[key]
    kind = definition.WhichOneof("kind")
    if kind is None:
        logging.error("Cannot identify data type for collection %s. Skipping.", key)
        return
    from_proto, proto_type = get_from_proto_function(key), get_collection_proto_type(key)
    for value in getattr(definition, kind).value:
        if kind == "bytes_list" and from_proto is not None:
            item = made.get(value) if key in _VARIABLES else None
            if item is None:
                message = proto_type.FromString(value)
                if key in _VARIABLES and _is_older(meta.meta_info_def.tensorflow_version):
                    message.trainable = key == GraphKeys.TRAINABLE_VARIABLES
                item = made[value] = from_proto(message, import_scope=scope)
        elif kind == "node_list":
            item = graph.as_graph_element(under(value, scope))
        elif kind == "bytes_list":
            item = under(value.decode(), scope)
        else:
            item = int(value) if kind == "int64_list" else value
        graph.add_to_collection(key, item)


def _is_older(version: str) -> bool:
    """Whether a meta graph was written by a TensorFlow that did not say yet which variables are trainable."""
    numbers = re.match(r"(\d+)\.(\d+)", version)
    return numbers is not None and tuple(map(int, numbers.groups())) < (1, 9)
