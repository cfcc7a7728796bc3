"""Event files read back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..io.records import tf_record_iterator
from ..protos import proto


def summary_iterator(path: Any) -> Iterator[Any]:
    """Iterate over the `Event`s of an event file.

    Args:
      path: of the file.

    Raises:
      NotFoundError: if it is not there.
      DataLossError: if it is damaged.
    """
    event = proto("Event")
    return (event.FromString(record) for record in tf_record_iterator(path))
