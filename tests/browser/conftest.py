"""Headless Chromium, and pages open in it that tell when something goes wrong."""

import os
import pathlib
import shutil

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="needs Playwright: pip install 'kudari[report]'")
    chromium = os.environ.get("KUDARI_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if chromium is None:
        pytest.skip("needs Chromium: apt-get install chromium, or say where it is by KUDARI_CHROMIUM")
    sandbox = ["--no-sandbox"] if os.getuid() == 0 else []  # Chromium's refuses to run as root
    with playwright.sync_playwright() as engine:
        running = engine.chromium.launch(executable_path=chromium, args=sandbox)
        yield running
        running.close()


@pytest.fixture
def visit(browser):
    """Open a file as a person does; nothing may be asked of a network, and nothing may be complained of."""
    wrong, contexts = [], []

    def visit(path, width=1440, height=900, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        address = pathlib.Path(path).as_uri()
        page.on("console", lambda message: wrong.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda request: None if request.url in (address, "data:,") else wrong.append(request.url))
        page.goto(address)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert not wrong
