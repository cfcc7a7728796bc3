"""`tf.train.warm_start`: variables that begin with what another model's checkpoint holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ..errors import UnimplementedError
from ..graph.collections import GraphKeys
from ..graph.stack import get_default_graph
from ..platform import logging
from .initial_checkpoint import init_from_checkpoint


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
        variables; a list of variables; or `None` for none.
      var_name_to_vocab_info: not supported: rows keep their places.
      var_name_to_prev_var_name: from names of variables to their names in the checkpoint, where these differ.

    Raises:
      UnimplementedError: if there is a vocabulary.
      ValueError: if the checkpoint lacks a variable, has it with another shape, or a name is not used.
    """
    if var_name_to_vocab_info:
        raise UnimplementedError(None, None, "tf.train.warm_start does not move rows by vocabularies: leave out "
                                             f"var_name_to_vocab_info, which names {', '.join(var_name_to_vocab_info)}")
    logging.info("Warm-starting from: %s", ckpt_to_initialize_from)
    names = dict(var_name_to_prev_var_name or {})
    grouped = _grouped(vars_to_warm_start)
    unused = sorted(set(names) - set(grouped))
    if unused:
        raise ValueError("You provided the following variables in var_name_to_prev_var_name that were not used: "
                         f"{set(unused)}.  Perhaps you misspelled them?  Here is the list of viable variable names: "
                         f"{sorted(grouped)}")
    for name, variables in grouped.items():
        init_from_checkpoint(ckpt_to_initialize_from, {names.get(name, name): variables[0] if len(variables) == 1
                                                       else variables})


def _grouped(wanted: Any) -> dict[str, list[Any]]:
    """The variables by name, the parts of one together."""
    graph = get_default_graph()
    if wanted is None:
        found = []
    elif isinstance(wanted, str):
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
