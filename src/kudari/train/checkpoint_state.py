"""The file `checkpoint` beside checkpoints, which says which of them is the latest."""

from __future__ import annotations

import glob
import os
import re
import time
from functools import cache
from typing import Any

from .. import errors
from ..declared_protos import Fields, declared
from ..io.bundle import index_path
from ..io.files import synced
from ..platform import logging

_MESSAGES: dict[str, Fields] = {
    "CheckpointState": [("model_checkpoint_path", "string", "one"), ("all_model_checkpoint_paths", "string", "repeated"),
                        ("all_model_checkpoint_timestamps", "double", "repeated"),
                        ("last_preserved_timestamp", "double", "one")],
}


@cache
def checkpoint_state_class() -> Any:
    """Return the message class `CheckpointState`."""
    return declared("tensorflow/python/training/checkpoint_state.proto", _MESSAGES)["CheckpointState"]


def _state_path(folder: str, latest_filename: str | None) -> str:
    return os.path.join(folder, latest_filename or "checkpoint")


def generate_checkpoint_state_proto(save_dir: str, model_checkpoint_path: str,
                                    all_model_checkpoint_paths: list | None = None,
                                    all_model_checkpoint_timestamps: list | None = None,
                                    last_preserved_timestamp: float | None = None) -> Any:
    """Return a `CheckpointState`; paths in it are relative to `save_dir` where that is relative.

    Args:
      save_dir: the folder of the state file.
      model_checkpoint_path: the latest checkpoint.
      all_model_checkpoint_paths: those not deleted yet, the oldest first.
      all_model_checkpoint_timestamps: when each was written, in seconds since 1970.
      last_preserved_timestamp: when the last one that is kept for good was written.

    Raises:
      ValueError: if there are timestamps, but not one for each checkpoint.
    """
    paths = list(all_model_checkpoint_paths or [])
    times = all_model_checkpoint_timestamps
    if times and len(times) != len(paths):
        raise ValueError(f"Checkpoint timestamps, if provided, must match checkpoint paths (got paths {paths} and "
                         f"timestamps {times})")
    if model_checkpoint_path not in paths:
        paths.append(model_checkpoint_path)
        if times:
            times = [*times, time.time()]
    if not os.path.isabs(save_dir):
        paths = [os.path.relpath(p, save_dir) if not os.path.isabs(p) else p for p in paths]
        if not os.path.isabs(model_checkpoint_path):
            model_checkpoint_path = os.path.relpath(model_checkpoint_path, save_dir)
    state = checkpoint_state_class()(model_checkpoint_path=model_checkpoint_path, all_model_checkpoint_paths=paths,
                                     all_model_checkpoint_timestamps=times or [])
    if last_preserved_timestamp is not None:
        state.last_preserved_timestamp = last_preserved_timestamp
    return state


def update_checkpoint_state(save_dir: str, model_checkpoint_path: str, all_model_checkpoint_paths: list | None = None,
                            latest_filename: str | None = None, all_model_checkpoint_timestamps: list | None = None,
                            last_preserved_timestamp: float | None = None) -> None:
    """Write the state file.

    Args:
      save_dir: the folder it is in.
      model_checkpoint_path: the latest checkpoint.
      all_model_checkpoint_paths: those not deleted yet, the oldest first.
      latest_filename: the name of the file, `checkpoint` if `None`.
      all_model_checkpoint_timestamps: when each was written, in seconds since 1970.
      last_preserved_timestamp: when the last one that is kept for good was written.

    Raises:
      RuntimeError: if a checkpoint has the name of the file.
    """
    write_state(save_dir, model_checkpoint_path, all_model_checkpoint_paths, latest_filename, False,
                all_model_checkpoint_timestamps, last_preserved_timestamp)


def write_state(save_dir: str, model_checkpoint_path: str, all_model_checkpoint_paths: list | None,
                latest_filename: str | None, save_relative_paths: bool, timestamps: list | None = None,
                last_preserved_timestamp: float | None = None) -> None:
    """Write the state file, as `update_checkpoint_state`; with relative paths if asked."""
    path = _state_path(save_dir, latest_filename)
    paths = list(all_model_checkpoint_paths or [])
    latest = model_checkpoint_path
    if save_relative_paths:
        latest = os.path.relpath(latest, save_dir) if os.path.isabs(latest) else latest
        paths = [os.path.relpath(p, save_dir) if os.path.isabs(p) else p for p in paths]
    state = generate_checkpoint_state_proto(save_dir, latest, paths, timestamps, last_preserved_timestamp)
    if path == state.model_checkpoint_path:
        raise RuntimeError(f"Save path '{model_checkpoint_path}' conflicts with path used for checkpoint state.  Please use "
                           "a different save path.")
    from google.protobuf import text_format
    with synced(path) as file:
        file.write(text_format.MessageToString(state).encode())


def get_checkpoint_state(checkpoint_dir: Any, latest_filename: str | None = None) -> Any:
    """Return what the state file of a folder says, a `CheckpointState` with whole paths; `None` if there is none.

    Args:
      checkpoint_dir: the folder.
      latest_filename: the name of the file, `checkpoint` if `None`.

    Raises:
      ValueError: if it names no checkpoint.
    """
    from google.protobuf import text_format
    folder = os.fspath(checkpoint_dir)
    path = _state_path(folder, latest_filename)
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
        state = checkpoint_state_class()()
        text_format.Merge(text, state)
    except FileNotFoundError:
        return None
    except OSError as error:
        logging.warning("%s: %s", type(error).__name__, error)
        logging.warning("%s: Checkpoint ignored", path)
        return None
    except (text_format.ParseError, UnicodeDecodeError) as error:
        logging.warning("%s: %s", type(error).__name__, error)
        logging.warning("%s: Checkpoint ignored", path)
        return None
    if not state.model_checkpoint_path:
        raise ValueError(f"Invalid checkpoint state loaded from {folder}")
    if not os.path.isabs(state.model_checkpoint_path):
        state.model_checkpoint_path = os.path.join(folder, state.model_checkpoint_path)
    for i, own in enumerate(state.all_model_checkpoint_paths):
        if not os.path.isabs(own):
            state.all_model_checkpoint_paths[i] = os.path.join(folder, own)
    return state


def latest_checkpoint(checkpoint_dir: Any, latest_filename: str | None = None) -> str | None:
    """Return the path of the latest checkpoint in a folder, `None` if there is none.

    Args:
      checkpoint_dir: the folder.
      latest_filename: the name of its state file, `checkpoint` if `None`.
    """
    state = get_checkpoint_state(checkpoint_dir, latest_filename)
    if state and state.model_checkpoint_path:
        if checkpoint_exists(state.model_checkpoint_path):
            return state.model_checkpoint_path
        logging.error("Couldn't match files for checkpoint %s", state.model_checkpoint_path)
    return None


def checkpoint_exists(checkpoint_prefix: Any) -> bool:
    """Return whether there is a checkpoint of either format with this path."""
    prefix = os.fspath(checkpoint_prefix)
    return bool(glob.glob(index_path(prefix)) or glob.glob(prefix))


def get_checkpoint_mtimes(checkpoint_prefixes: Any) -> list[float]:
    """Return when each checkpoint that is there was last written, in seconds since 1970."""
    times = []
    for prefix in map(os.fspath, checkpoint_prefixes):
        found = glob.glob(index_path(prefix)) or glob.glob(prefix)
        if found:
            times.append(os.stat(found[0]).st_mtime)
    return times


def remove_checkpoint(checkpoint_prefix: Any, checkpoint_format_version: int = 2, meta_graph_suffix: str = "meta") -> None:
    """Delete the files of a checkpoint, the meta graph beside it included.

    Args:
      checkpoint_prefix: its path.
      checkpoint_format_version: `tf.train.SaverDef.V1` or `V2`.
      meta_graph_suffix: what the meta graph's name ends with.
    """
    prefix = os.fspath(checkpoint_prefix)
    _delete(meta_graph_filename(prefix, meta_graph_suffix))
    if checkpoint_format_version == 2:
        _delete(index_path(prefix))
        _delete(prefix + ".data-?????-of-?????")
    else:
        _delete(prefix)


def _delete(pattern: str) -> None:
    for path in glob.glob(pattern):
        try:
            os.remove(path)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise errors.PermissionDeniedError(None, None, f"{path}; {error.strerror}") from error


def meta_graph_filename(checkpoint_filename: str, meta_graph_suffix: str = "meta") -> str:
    """Return the path of the meta graph beside a checkpoint."""
    basename = re.sub(r"-[\d\?]+-of-\d+$", "", checkpoint_filename)
    return f"{basename}.{meta_graph_suffix}"
