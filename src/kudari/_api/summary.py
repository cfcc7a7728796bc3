"""Public names of summaries."""

from .. import summary as summary  # so that the namespace is the package itself

PATHS = {f"summary.{name}": f"summary.summaries.{name}" for name in ("histogram", "merge", "merge_all", "scalar")}
