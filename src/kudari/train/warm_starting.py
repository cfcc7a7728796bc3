"""`tf.train.warm_start`: variables that begin with what another model's checkpoint holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ..functions.state import assign
from ..graph.collections import GraphKeys
from ..graph.stack import get_default_graph
from ..op.convert import convert_to_tensor
from ..platform import logging
from ..variables.partitioned import PartitionInfo
from .initial_checkpoint import checkpoint_path, init_from_checkpoint
from .remapping_initializers import load_and_remap_matrix_initializer


class VocabInfo(NamedTuple):
    """How the rows of a variable go by the entries of a vocabulary, here and in the checkpoint.

    Args:
      new_vocab: the file of the vocabulary.
      new_vocab_size: how many entries are used.
      num_oov_buckets: how many rows are for entries that are not in it.
      old_vocab: the file of the vocabulary in the checkpoint.
      old_vocab_size: how many entries were used; all if -1.
      backup_initializer: of rows that the checkpoint has not.
      axis: 0 if the rows go by the vocabulary, 1 if the columns do.
    """

    new_vocab: Any
    new_vocab_size: Any
    num_oov_buckets: Any
    old_vocab: Any
    old_vocab_size: Any = -1
    backup_initializer: Any = None
    axis: Any = 0


def warm_start(ckpt_to_initialize_from: Any, vars_to_warm_start: Any = ".*",
               var_name_to_vocab_info: Mapping[str, VocabInfo] | None = None,
               var_name_to_prev_var_name: Mapping[str, str] | None = None) -> None:
    """Let variables be initialized from a checkpoint, when their initializers run.

    Args:
      ckpt_to_initialize_from: the path of a checkpoint, or of a folder whose latest one is used.
      vars_to_warm_start: a regular expression, which the names of trainable variables begin with; a list of such, for all
        variables; a list of variables; or `None` for those alone that have a vocabulary.
      var_name_to_vocab_info: from names of variables to vocabularies, by which their rows or columns find their places.
      var_name_to_prev_var_name: from names of variables to their names in the checkpoint, where these differ.

    Raises:
      ValueError: if the checkpoint lacks a variable, has it with another shape, or a name is not used.
    """
    logging.info("Warm-starting from: %s", ckpt_to_initialize_from)
    names, vocabularies = dict(var_name_to_prev_var_name or {}), dict(var_name_to_vocab_info or {})
    grouped = _grouped(vars_to_warm_start)
    _must_be_used("var_name_to_prev_var_name", names, grouped)
    _must_be_used("var_name_to_vocab_info", vocabularies, grouped)
    for name, variables in grouped.items():
        old_name = names.get(name, name)
        if name in vocabularies:
            _start_by_vocabulary(variables, vocabularies[name], ckpt_to_initialize_from, old_name)
        elif vars_to_warm_start:
            init_from_checkpoint(ckpt_to_initialize_from, {old_name: variables[0] if len(variables) == 1 else variables})


def _must_be_used(argument: str, given: dict[str, Any], grouped: dict[str, list[Any]]) -> None:
    unused = set(given) - set(grouped)
    if unused:
        raise ValueError(f"You provided the following variables in {argument} that were not used: {unused}.  Perhaps you "
                         f"misspelled them?  Here is the list of viable variable names: {sorted(grouped)}")


def _start_by_vocabulary(variables: list[Any], info: VocabInfo, checkpoint: Any, old_name: str) -> None:
    """Let the parts of a variable begin with the rows or columns that their entries had in the checkpoint."""
    if not (info.new_vocab and info.new_vocab_size and info.old_vocab):
        raise ValueError(f"The vocabulary of {old_name} must have a file, a size and the file it had: {info}")
    if info.axis not in (0, 1):
        raise ValueError("The only supported values for the axis argument are 0 and 1.  Provided axis: "
                         f"{info.axis}")
    rows = sum(variable.get_shape().as_list()[0] for variable in variables)
    for variable in variables:
        shape = variable.get_shape().as_list()
        place = variable._get_save_slice_info()
        part = PartitionInfo(full_shape=place.full_shape, var_offset=place.var_offset) if place else None
        by_rows: dict[str, Any] = {
            "new_row_vocab_size": info.new_vocab_size, "new_col_vocab_size": shape[1],
            "old_row_vocab_size": info.old_vocab_size, "old_row_vocab_file": info.old_vocab,
            "new_row_vocab_file": info.new_vocab, "num_row_oov_buckets": info.num_oov_buckets}
        by_columns: dict[str, Any] = {
            "new_row_vocab_size": rows, "new_col_vocab_size": info.new_vocab_size, "old_col_vocab_file": info.old_vocab,
            "new_col_vocab_file": info.new_vocab, "num_col_oov_buckets": info.num_oov_buckets}
        initialize = load_and_remap_matrix_initializer(checkpoint_path(checkpoint), old_name,
                                                       **(by_columns if info.axis else by_rows),
                                                       initializer=info.backup_initializer)
        variable._initializer_op = assign(variable, convert_to_tensor(initialize(shape, partition_info=part))).op


def _grouped(wanted: Any) -> dict[str, list[Any]]:
    """The variables by name, the parts of one together."""
    graph = get_default_graph()
    if wanted is None or isinstance(wanted, str):
        logging.info("Warm-starting variables only in TRAINABLE_VARIABLES.")
        found = graph.get_collection(GraphKeys.TRAINABLE_VARIABLES, scope=wanted)
    elif isinstance(wanted, list):
        found = [v for item in wanted for v in
                 (graph.get_collection(GraphKeys.GLOBAL_VARIABLES, scope=item) if isinstance(item, str) else [item])]
    else:
        raise ValueError("`vars_to_warm_start must be a `list` or `str`.  Found type: " + str(type(wanted)))
    groups: dict[str, list[Any]] = {}
    for variable in found:
        info = variable._save_slice_info
        groups.setdefault(info.full_name if info else variable.op.name, []).append(variable)
    return groups
