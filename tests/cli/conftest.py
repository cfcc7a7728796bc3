"""What every test of the command line starts with."""

import signal

import pytest


@pytest.fixture(autouse=True, scope="session")
def heeds_ctrl_c():
    """A shell lets what it runs in the background ignore Ctrl-C, which children inherit: here they heed it in any case."""
    ignored = signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    if ignored:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    if ignored:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
