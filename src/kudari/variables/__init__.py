"""Variables: state that a session keeps between runs."""
