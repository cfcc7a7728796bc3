"""Shared set-up: a fresh default graph for every test, and the benchmarks only when asked for."""

import os
import signal

import pytest

os.environ["KUDARI_CACHE_DIR"] = ""  # what a test compiles is compiled by it, and counted


def pytest_addoption(parser):
    parser.addoption("--bench", action="store_true", help="run the speed ratios in tests/bench")
    parser.addoption("--programs", action="store_true", help="run the real programs in tests/programs")
    parser.addoption("--browser", action="store_true", help="run the tests in tests/browser")


def pytest_collection_modifyitems(config, items):
    reasons = {"bench": "a speed ratio: run `make bench` on a quiet machine",
               "programs": "a real program: run `make programs`",
               "browser": "in a browser: run `make test-report`"}
    for mark, reason in reasons.items():
        if config.getoption(f"--{mark}"):
            continue
        for item in items:
            if item.get_closest_marker(mark):
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(autouse=True, scope="session")
def heeds_ctrl_c():
    """A shell lets what it runs in the background ignore Ctrl-C, which children inherit: here they heed it in any case."""
    ignored = signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    if ignored:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    if ignored:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


@pytest.fixture(autouse=True)
def fresh_graph():
    from kudari.graph.stack import graphs, reset_default_graph, sessions
    graphs.items.clear()
    sessions.items.clear()
    reset_default_graph()
    yield
    graphs.items.clear()
    sessions.items.clear()
