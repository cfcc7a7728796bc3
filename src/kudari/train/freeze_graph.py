"""`tensorflow.python.tools.freeze_graph`: a graph with the values of its variables, in one file."""

from __future__ import annotations

import os
import re
from typing import Any

from ..functions.graph_util import convert_variables_to_constants
from ..graph.operation import Operation
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..op.import_graph import import_graph_def
from ..protos import proto
from ..runtime.session import Session
from .checkpoint_reader import new_checkpoint_reader
from .checkpoint_state import checkpoint_exists
from .saved_model import load, parse_saved_model
from .saver import Saver, import_meta_graph

_PART = re.compile(r"/part_\d+/")


def freeze_graph(input_graph: str | None, input_saver: str | None, input_binary: bool, input_checkpoint: str | None,
                 output_node_names: str, restore_op_name: Any, filename_tensor_name: Any, output_graph: str | None,
                 clear_devices: bool, initializer_nodes: str | None, variable_names_whitelist: str = "",
                 variable_names_blacklist: str = "", input_meta_graph: str | None = None,
                 input_saved_model_dir: str | None = None, saved_model_tags: str = "serve",
                 checkpoint_version: int = 2) -> Any:
    """Write a graph with constants in place of its variables, whose values a checkpoint or a saved model holds.

    The graph is added to the default graph. Lists of names are separated by commas.

    Args:
      input_graph: path of the `GraphDef`.
      input_saver: path of a `SaverDef`, if the checkpoint is to be restored by that.
      input_binary: whether these files are binary, not text.
      input_checkpoint: path of the checkpoint.
      output_node_names: the nodes whose values are wanted; only what they need is kept.
      restore_op_name: accepted.
      filename_tensor_name: accepted.
      output_graph: path of the file to write; none is written without one.
      clear_devices: whether nodes forget their devices.
      initializer_nodes: nodes to run after the variables are restored.
      variable_names_whitelist: the variables to convert; all if empty.
      variable_names_blacklist: those not to convert.
      input_meta_graph: path of a `MetaGraphDef` in place of `input_graph`.
      input_saved_model_dir: folder of a saved model in place of graph and checkpoint.
      saved_model_tags: of the graph in it.
      checkpoint_version: accepted; the format of a checkpoint is seen when it is read.

    Returns:
      The frozen `GraphDef`.

    Raises:
      IOError: if an input file is not there.
      ValueError: if there is no checkpoint or no output node, or the graph has no variables that a checkpoint could give.
    """
    tags = saved_model_tags.replace(" ", "").split(",")
    graph_def = None
    if input_saved_model_dir:
        graph_def = _tagged_graph(input_saved_model_dir, tags)
    elif input_graph:
        graph_def = _read("GraphDef", "graph", input_graph, input_binary)
    meta_graph_def = _read("MetaGraphDef", "meta graph", input_meta_graph, input_binary) if input_meta_graph else None
    saver_def = _read("SaverDef", "saver", input_saver, input_binary) if input_saver else None
    return freeze_graph_with_def_protos(
        graph_def, saver_def, input_checkpoint, output_node_names, restore_op_name, filename_tensor_name, output_graph,
        clear_devices, initializer_nodes, variable_names_whitelist, variable_names_blacklist, meta_graph_def,
        input_saved_model_dir, tags, checkpoint_version)


def freeze_graph_with_def_protos(input_graph_def: Any, input_saver_def: Any, input_checkpoint: str | None,
                                 output_node_names: str, restore_op_name: Any, filename_tensor_name: Any,
                                 output_graph: str | None, clear_devices: bool, initializer_nodes: str | None,
                                 variable_names_whitelist: str = "", variable_names_blacklist: str = "",
                                 input_meta_graph_def: Any = None, input_saved_model_dir: str | None = None,
                                 saved_model_tags: list[str] | None = None, checkpoint_version: int = 2) -> Any:
    """Do what `freeze_graph` does with messages in place of files."""
    if not input_saved_model_dir and not (input_checkpoint and checkpoint_exists(input_checkpoint)):
        raise ValueError(f"Input checkpoint '{input_checkpoint}' doesn't exist!")
    if not output_node_names:
        raise ValueError("You need to supply the name of a node to --output_node_names.")
    described = input_meta_graph_def.graph_def if input_meta_graph_def else input_graph_def
    if clear_devices and described is not None:
        for node in described.node:
            node.device = ""
    if input_graph_def:
        import_graph_def(input_graph_def, name="")
    with Session() as session:
        if input_saver_def:
            Saver(saver_def=input_saver_def).restore(session, input_checkpoint)
        elif input_meta_graph_def:
            saver = import_meta_graph(input_meta_graph_def, clear_devices=True)
            _restore(saver, session, input_checkpoint, initializer_nodes)
        elif input_saved_model_dir:
            load(session, saved_model_tags or [], input_saved_model_dir)
        else:
            _restore(_saver_of(input_checkpoint), session, input_checkpoint, initializer_nodes)
        frozen = convert_variables_to_constants(session, described, _names(output_node_names),
                                                _names(variable_names_whitelist) or None,
                                                _names(variable_names_blacklist) or None)
    if output_graph:
        with open(output_graph, "wb") as file:
            file.write(frozen.SerializeToString())
    return frozen


def _names(text: str) -> list[str]:
    return text.replace(" ", "").split(",") if text else []


def _restore(saver: Any, session: Session, checkpoint: str | None, initializer_nodes: str | None) -> None:
    saver.restore(session, checkpoint)
    if initializer_nodes:
        session.run(_names(initializer_nodes))


def _saver_of(checkpoint: Any) -> Saver:
    """A saver of what the graph has of the variables in a checkpoint."""
    graph = get_default_graph()
    ops = {op.name: op for op in graph.get_operations()}
    names = [name for name in new_checkpoint_reader(checkpoint).get_variable_to_shape_map() if name in ops]
    if any(name in part for name in names for part in ops if _PART.search(part)):
        raise ValueError("Models containing partition variables cannot be converted from checkpoint files. Please pass in "
                         "a SavedModel using the flag --input_saved_model_dir.")
    if not any(op.type.startswith("Variable") or op.type.endswith("VariableOp") for op in ops.values()):
        raise ValueError("No variables were found in this model. It is likely the model was frozen previously. You cannot "
                         "freeze a graph twice.")
    return Saver({name: _saved_tensor(ops[name]) for name in names})


def _saved_tensor(variable: Operation) -> Tensor:
    """The tensor that a saver takes for a variable: itself, or a read of what its handle stands for."""
    output = variable.outputs[0]
    reads = [op.outputs[0] for op in output.consumers() if op.type == "ReadVariableOp"]
    return reads[0] if variable.type == "VarHandleOp" and reads else output


def _tagged_graph(folder: str, tags: list[str]) -> Any:
    for meta in parse_saved_model(folder).meta_graphs:
        if set(meta.meta_info_def.tags) == set(tags):
            return meta.graph_def
    raise RuntimeError(f"MetaGraphDef associated with tag-set {','.join(tags)} could not be found in SavedModel")


def _read(message: str, what: str, path: str, is_binary: bool) -> Any:
    from google.protobuf import text_format

    if not os.path.exists(path):
        raise OSError(f"Input {what} file '{path}' does not exist!")
    found = proto(message)()
    with open(path, "rb") as file:
        content = file.read()
    if is_binary:
        found.ParseFromString(content)
    else:
        text_format.Merge(content.decode(), found)
    return found
