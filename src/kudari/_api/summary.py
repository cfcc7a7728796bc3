"""Public names of summaries."""

from .. import summary as summary  # so that the namespace is the package itself

PATHS = {f"summary.{name}": f"summary.summaries.{name}" for name in (
    "audio", "get_summary_description", "histogram", "image", "merge", "merge_all", "scalar", "tensor_summary", "text")}
