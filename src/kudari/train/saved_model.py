"""Models as folders: graphs, variables and files, with what serving needs to know of them (`tf.saved_model`)."""

from __future__ import annotations

import filecmp
import os
import shutil
from collections.abc import Iterator
from functools import cache
from typing import Any

from ..dtypes import string
from ..graph.collections import GraphKeys
from ..graph.graph import Graph
from ..graph.operation import Operation
from ..graph.stack import get_default_graph
from ..graph.tensor import Tensor
from ..io.files import synced
from ..platform import logging
from ..platform.text import as_text
from ..protos import proto
from . import saved_model_constants as constants
from .saver import Saver, import_meta_graph, saveable_variables
from .signature_defs import load_op, predict_signature_def

_ANY_ASSET = "type.googleapis.com/tensorflow.AssetFileDef"


@cache
def saved_model_class() -> Any:
    """Return the class of the message in the file of a saved model."""
    from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

    meta_graph = proto("MetaGraphDef").DESCRIPTOR
    file = descriptor_pb2.FileDescriptorProto(name="kudari/saved_model.proto", package="kudari", syntax="proto3",
                                              dependency=[meta_graph.file.name])
    message = file.message_type.add(name="SavedModel")
    message.field.add(name="saved_model_schema_version", number=1, label=1, type=3)
    message.field.add(name="meta_graphs", number=2, label=3, type=11, type_name=f".{meta_graph.full_name}")
    pool = descriptor_pool.Default()
    pool.AddSerializedFile(file.SerializeToString())
    return message_factory.GetMessageClass(pool.FindMessageTypeByName("kudari.SavedModel"))


class SavedModelBuilder:
    """Writes a model to a folder: one or several graphs, their variables and the files they read.

    Args:
      export_dir: the folder, which must be new or empty.

    Raises:
      AssertionError: if there is something in it.
    """

    def __init__(self, export_dir: Any):
        self._saved_model = saved_model_class()(saved_model_schema_version=constants.SAVED_MODEL_SCHEMA_VERSION)
        self._export_dir = os.fspath(export_dir)
        self._has_saved_variables = False
        if os.path.exists(self._export_dir) and os.listdir(self._export_dir):
            raise AssertionError("Export directory already exists, and isn't empty. Please choose a different export "
                                 f"directory, or delete all the contents of the specified directory: {self._export_dir}")
        os.makedirs(self._export_dir, exist_ok=True)

    def add_meta_graph(self, tags: Any, signature_def_map: Any = None, assets_collection: Any = None,
                       legacy_init_op: Any = None, clear_devices: bool = False, main_op: Any = None,
                       strip_default_attrs: bool = False, saver: Any = None) -> None:
        """Add the default graph, for the variables saved already.

        Args:
          tags: texts that name the graph together.
          signature_def_map: `SignatureDef`s by name.
          assets_collection: constants that hold paths of files to put into the folder.
          legacy_init_op: as `main_op`; deprecated.
          clear_devices: whether to leave out where nodes run.
          main_op: an operation to run after the variables are restored.
          strip_default_attrs: whether to leave out attributes that are at their defaults.
          saver: that saves the variables; made if `None`.

        Raises:
          AssertionError: if no variables are saved yet, or a signature lacks a name or type.
          KeyError: if a signature has a reserved name.
          TypeError: if `main_op` is no operation.
          ValueError: if the graph has such an operation already.
        """
        if not self._has_saved_variables:
            raise AssertionError("Graph state including variables and assets has not been saved yet. Please invoke "
                                 "`add_meta_graph_and_variables()` first.")
        signatures = self._prepared(signature_def_map, assets_collection, main_op or legacy_init_op)
        self._add(saver or _new_saver(), tags, signatures, clear_devices, strip_default_attrs)

    def add_meta_graph_and_variables(self, sess: Any, tags: Any, signature_def_map: Any = None,
                                     assets_collection: Any = None, legacy_init_op: Any = None,
                                     clear_devices: bool = False, main_op: Any = None, strip_default_attrs: bool = False,
                                     saver: Any = None) -> None:
        """Add the default graph, and save the variables of a session; to be called once, and first.

        Args:
          sess: the session.
          tags: texts that name the graph together.
          signature_def_map: `SignatureDef`s by name.
          assets_collection: constants that hold paths of files to put into the folder.
          legacy_init_op: as `main_op`; deprecated.
          clear_devices: whether to leave out where nodes run.
          main_op: an operation to run after the variables are restored.
          strip_default_attrs: whether to leave out attributes that are at their defaults.
          saver: that saves the variables; made if `None`.

        Raises:
          AssertionError: if variables are saved already, or a signature lacks a name or type.
          KeyError: if a signature has a reserved name.
          TypeError: if `main_op` is no operation.
          ValueError: if the graph has such an operation already.
        """
        if self._has_saved_variables:
            raise AssertionError("Graph state including variables and assets has already been saved. Please invoke "
                                 "`add_meta_graph()` instead.")
        signatures = self._prepared(signature_def_map, assets_collection, main_op or legacy_init_op)
        variables = variables_path(self._export_dir)
        os.makedirs(os.path.dirname(variables), exist_ok=True)
        saver = saver or _new_saver()
        saver.save(sess, variables, write_meta_graph=False, write_state=False)
        self._add(saver, tags, signatures, clear_devices, strip_default_attrs)
        self._has_saved_variables = True

    def _prepared(self, signature_def_map: Any, assets: Any, main_op: Any) -> dict[str, Any]:
        signatures = signature_def_map or {}
        _check_signatures(signatures)
        files = _collected_assets(assets)
        if files:
            _copy(files, os.path.join(self._export_dir, constants.ASSETS_DIRECTORY))
        else:
            logging.info("No assets to write.")
        _collect_main_op(main_op)
        return signatures

    def _add(self, saver: Any, tags: Any, signatures: dict[str, Any], clear_devices: bool,
             strip_default_attrs: bool) -> None:
        meta = saver.export_meta_graph(clear_devices=clear_devices, strip_default_attrs=strip_default_attrs)
        meta.meta_info_def.tags.extend(tags)
        for key, signature in signatures.items():
            meta.signature_def[key].CopyFrom(signature)
        self._saved_model.meta_graphs.append(meta)

    def save(self, as_text: bool = False) -> bytes:
        """Write what was added, and return the path of the file.

        Args:
          as_text: whether to write the text form.
        """
        from google.protobuf import text_format
        os.makedirs(self._export_dir, exist_ok=True)
        name = constants.SAVED_MODEL_FILENAME_PBTXT if as_text else constants.SAVED_MODEL_FILENAME_PB
        path = os.path.join(self._export_dir, name)
        with synced(path) as file:
            file.write(text_format.MessageToString(self._saved_model).encode() if as_text
                       else self._saved_model.SerializeToString())
        logging.info("SavedModel written to: %s", path)
        return os.fsencode(path)


def _new_saver() -> Saver:
    return Saver(saveable_variables(), sharded=True, allow_empty=True)


def _check_signatures(signatures: Any) -> None:
    for signature in signatures.values():
        for info in [*signature.inputs.values(), *signature.outputs.values()]:
            if info.WhichOneof("encoding") is None:
                raise AssertionError("All TensorInfo protos used in the SignatureDefs must have one of the 'encoding' "
                                     f"fields (e.g., name or coo_sparse) set: {info}")
            if not info.dtype:
                raise AssertionError("All TensorInfo protos used in the SignatureDefs must have the dtype field set: "
                                     f"{info}")
    for key, purpose in ((constants.INIT_OP_SIGNATURE_KEY, "initialization"),
                         (constants.TRAIN_OP_SIGNATURE_KEY, "the train op")):
        if key in signatures:
            raise KeyError(f'SignatureDef map key "{key}" is reserved for {purpose}. Please use a different key.')


def _collect_main_op(main_op: Any) -> None:
    if main_op is None:
        return
    if not isinstance(main_op, Operation):
        raise TypeError(f"main_op needs to be an Operation: {main_op!r}")
    graph = get_default_graph()
    for key in (constants.MAIN_OP_KEY, constants.LEGACY_INIT_OP_KEY):
        if graph.get_collection(key):
            raise ValueError(f"Graph already contains one or more main ops under the collection {key}.")
    graph.add_to_collection(constants.MAIN_OP_KEY, main_op)


def _collected_assets(tensors: Any) -> dict[str, str]:
    """The files that constants name, by their new names; noted in the graph's collection."""
    from google.protobuf.any_pb2 import Any as AnyMessage
    files: dict[str, str] = {}
    for tensor in tensors or ():
        path = _asset_path(tensor)
        name = _asset_name(path, files)
        asset = proto("AssetFileDef")(filename=name)
        asset.tensor_info.name = tensor.name
        get_default_graph().add_to_collection(constants.ASSETS_KEY,
                                              AnyMessage(type_url=_ANY_ASSET, value=asset.SerializeToString()))
        files[name] = path
    return files


def _asset_path(tensor: Any) -> str:
    if not isinstance(tensor, Tensor):
        raise TypeError("Asset path tensor must be a Tensor.")
    if tensor.op.type != "Const":
        raise TypeError("Asset path tensor must be of type constant.")
    if tensor.dtype != string:
        raise TypeError("Asset path tensor must be of dtype string.")
    values = tensor.op.get_attr("value").string_val
    if len(values) != 1:
        raise TypeError("Asset path tensor must be a scalar.")
    if not values[0]:
        raise ValueError(f"Invalid asset filepath tensor {tensor}")
    return as_text(values[0])


def _asset_name(path: str, files: dict[str, str]) -> str:
    """The name of a file in the folder: its own, or with a number if another file has that."""
    name, number = os.path.basename(path), 0
    if name not in files or files[name] == path or filecmp.cmp(path, files[name], shallow=False):
        return name
    free = name
    while free in files:
        number += 1
        free = f"{name}_{number}"
    return free


def _copy(files: dict[str, str], folder: str) -> None:
    os.makedirs(folder, exist_ok=True)
    for name, path in files.items():
        if not os.path.exists(os.path.join(folder, name)):
            shutil.copyfile(path, os.path.join(folder, name))
    logging.info("Assets written to: %s", folder)


def variables_path(export_dir: str) -> str:
    """Return the path of the checkpoint in the folder of a model."""
    return os.path.join(export_dir, constants.VARIABLES_DIRECTORY, constants.VARIABLES_FILENAME)


def simple_save(session: Any, export_dir: Any, inputs: Any, outputs: Any, legacy_init_op: Any = None) -> None:
    """Write the default graph and the variables of a session to a folder, to be served.

    Args:
      session: the session.
      export_dir: the folder, new or empty.
      inputs: tensors by name.
      outputs: tensors by name.
      legacy_init_op: an operation to run after the variables are restored.
    """
    builder = SavedModelBuilder(export_dir)
    builder.add_meta_graph_and_variables(
        session, tags=[constants.SERVING],
        signature_def_map={constants.DEFAULT_SERVING_SIGNATURE_DEF_KEY: predict_signature_def(inputs, outputs)},
        assets_collection=get_default_graph().get_collection(GraphKeys.ASSET_FILEPATHS), main_op=legacy_init_op,
        clear_devices=True)
    builder.save()


def maybe_saved_model_directory(export_dir: Any) -> bool:
    """Return whether a folder has the file of a saved model."""
    return any(os.path.exists(os.path.join(os.fspath(export_dir), name))
               for name in (constants.SAVED_MODEL_FILENAME_PBTXT, constants.SAVED_MODEL_FILENAME_PB))


def parse_saved_model(export_dir: Any) -> Any:
    """Return the `SavedModel` message in a folder.

    Raises:
      OSError: if there is none, or the file holds something else.
    """
    from google.protobuf import text_format
    from google.protobuf.message import DecodeError
    place = as_text(os.fspath(export_dir))
    binary = os.path.join(place, constants.SAVED_MODEL_FILENAME_PB)
    text = os.path.join(place, constants.SAVED_MODEL_FILENAME_PBTXT)
    path = next((path for path in (binary, text) if os.path.exists(path)), None)
    if path is None:
        raise OSError(f"SavedModel file does not exist at: {place}/{{{constants.SAVED_MODEL_FILENAME_PBTXT}|"
                      f"{constants.SAVED_MODEL_FILENAME_PB}}}")
    with open(path, "rb") as file:
        contents = file.read()
    try:
        if path == binary:
            return saved_model_class().FromString(contents)
        return text_format.Parse(contents.decode(), saved_model_class()())
    except (DecodeError, text_format.ParseError, UnicodeDecodeError) as error:
        raise OSError(f"Cannot parse file {path}: {error}.") from None


def load(sess: Any, tags: Any, export_dir: Any, import_scope: str | None = None, **saver_kwargs: Any) -> Any:
    """Add a model to the graph of a session, restore its variables and run its main operation.

    Args:
      sess: the session.
      tags: those of the graph to load, all of them.
      export_dir: the folder.
      import_scope: the scope to add the nodes in.
      **saver_kwargs: further arguments of `tf.train.import_meta_graph`.

    Returns:
      The `MetaGraphDef`, whose `signature_def` names inputs and outputs.

    Raises:
      OSError: if there is no model.
      RuntimeError: if none of its graphs has these tags.
    """
    place = as_text(os.fspath(export_dir))
    meta = _tagged(parse_saved_model(place), tags)
    with sess.graph.as_default():
        saver = import_meta_graph(meta, import_scope=import_scope, **saver_kwargs)
        if saver is None:
            logging.info("The specified SavedModel has no variables; no checkpoints were restored.")
        else:
            saver.restore(sess, variables_path(place))
        main_op = _main_op(sess.graph, meta, import_scope)
        if main_op is not None:
            sess.run([main_op], dict(_assets(place, meta, import_scope)))
    return meta


def _tagged(saved_model: Any, tags: Any) -> Any:
    available = [set(meta.meta_info_def.tags) for meta in saved_model.meta_graphs]
    if set(tags) not in available:
        raise RuntimeError(f"MetaGraphDef associated with tags {str(tags).strip('[]')} could not be found in SavedModel. To "
                           "inspect available tag-sets in the SavedModel, please use the SavedModel CLI: "
                           f"`saved_model_cli`\navailable_tags: {available}")
    return saved_model.meta_graphs[available.index(set(tags))]


def _main_op(graph: Graph, meta: Any, import_scope: str | None) -> Any:
    if constants.INIT_OP_SIGNATURE_KEY in meta.signature_def:
        return load_op(meta.signature_def[constants.INIT_OP_SIGNATURE_KEY], constants.INIT_OP_SIGNATURE_KEY, import_scope)
    for key in (constants.MAIN_OP_KEY, constants.LEGACY_INIT_OP_KEY):
        if key in meta.collection_def:
            names = meta.collection_def[key].node_list.value
            if len(names) != 1:
                raise RuntimeError(f"Expected exactly one SavedModel init op. Found: {names}")
            return graph.get_collection(key)[0]
    return None


def _assets(place: str, meta: Any, import_scope: str | None) -> Iterator[tuple[str, str]]:
    """The constants that hold paths, by name, and where these files are now."""
    listed = meta.collection_def[constants.ASSETS_KEY].any_list.value if constants.ASSETS_KEY in meta.collection_def else ()
    for asset in meta.asset_file_def or [proto("AssetFileDef").FromString(item.value) for item in listed]:
        name = asset.tensor_info.name
        yield (f"{import_scope}/{name}" if import_scope else name,
               os.path.join(place, constants.ASSETS_DIRECTORY, asset.filename))
