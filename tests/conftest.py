"""Shared set-up: a fresh default graph for every test, and the benchmarks only when asked for."""

import pytest


def pytest_addoption(parser):
    parser.addoption("--bench", action="store_true", help="run the speed ratios in tests/bench")


def pytest_collection_modifyitems(config, items):
    if config.getoption("--bench"):
        return
    skip = pytest.mark.skip(reason="a speed ratio: run `make bench` on a quiet machine")
    for item in items:
        if "bench" in item.keywords:
            item.add_marker(skip)


@pytest.fixture(autouse=True)
def fresh_graph():
    from kudari.graph.stack import graphs, reset_default_graph, sessions
    graphs.items.clear()
    sessions.items.clear()
    reset_default_graph()
    yield
    graphs.items.clear()
    sessions.items.clear()
