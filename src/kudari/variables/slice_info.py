"""Which part of a larger variable a variable is, as savers record it."""

from __future__ import annotations

from typing import Any

from ..graph.names import under, without
from ..protos import proto


class SaveSliceInfo:
    """The place of a part in the whole.

    Args:
      full_name: of the whole.
      full_shape: of the whole, a list of sizes.
      var_offset: where the part begins along each dimension.
      var_shape: of the part.
      save_slice_info_def: a `SaveSliceInfoDef` that says it all instead.
      import_scope: scope put before the name of that.
    """

    def __init__(self, full_name: str | None = None, full_shape: Any = None, var_offset: Any = None,
                 var_shape: Any = None, save_slice_info_def: Any = None, import_scope: str | None = None):
        if save_slice_info_def is not None:
            full_name = under(save_slice_info_def.full_name, import_scope)
            full_shape, var_offset, var_shape = (list(getattr(save_slice_info_def, field)) for field in (
                "full_shape", "var_offset", "var_shape"))
        self.full_name, self.full_shape = full_name, full_shape
        self.var_offset, self.var_shape = var_offset, var_shape

    @property
    def spec(self) -> str:
        """The sizes of the whole, then `offset,size` for each dimension, as checkpoints spell it."""
        sizes = "".join(f"{size} " for size in self.full_shape)
        return sizes + ":".join(f"{offset},{size}" for offset, size in zip(self.var_offset, self.var_shape))

    def to_proto(self, export_scope: str | None = None) -> Any:
        """Return this as a `SaveSliceInfoDef`, or `None` if the whole is not in the scope `export_scope`."""
        name = self.full_name or ""
        if export_scope is not None and not name.startswith(export_scope):
            return None
        return proto("SaveSliceInfoDef")(full_name=without(name, export_scope), full_shape=self.full_shape,
                                         var_offset=self.var_offset, var_shape=self.var_shape)
