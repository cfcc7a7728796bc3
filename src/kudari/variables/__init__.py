"""Variables: state that a session keeps between runs."""

from . import resource  # noqa: F401 - registers the kind
