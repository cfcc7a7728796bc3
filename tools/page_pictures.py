"""Photograph the page of a study for the docs, on a desk and on a phone: `page_pictures.py PAGE FOLDER`."""

import io
import os
import pathlib
import shutil
import sys

from PIL import Image
from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
GAP = 24


def main(page, folder):
    chromium = os.environ.get("KUDARI_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)))
    with sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=chromium, args=["--no-sandbox"] if os.getuid() == 0 else [])
        address = pathlib.Path(page).resolve().as_uri()
        desk(browser, address).save(folder / "report-desk.png", optimize=True)
        phone(browser, address).save(folder / "report-phone.png", optimize=True)


def desk(browser, address):
    """The upper half of the page, in the light."""
    tab = browser.new_page(viewport={"width": 1440, "height": 1500}, color_scheme="light")
    tab.goto(address)
    tab.wait_for_timeout(500)
    lower = tab.locator("#courses-title").locator("xpath=..").bounding_box()
    return picture(tab.screenshot(clip={"x": 0, "y": 0, "width": 1440, "height": lower["y"] + lower["height"] + 20}))


def phone(browser, address):
    """Three screens side by side, in the dark: the answer, where lanes ended, and a path halfway."""
    tab = browser.new_page(viewport={"width": 360, "height": 740}, color_scheme="dark", device_scale_factor=1.5)
    tab.goto(address)
    tab.locator("#path-step").evaluate("slider => { slider.value = 8; slider.dispatchEvent(new Event('input')); }")
    screens = []
    for place in ("body", "#ends-title", "#path-title"):
        tab.locator(place).evaluate("element => scrollBy(0, element.getBoundingClientRect().top - 28)")
        tab.wait_for_timeout(300)
        screens.append(picture(tab.screenshot()))
    width, height = screens[0].size
    sheet = Image.new("RGB", (3 * width + 2 * GAP, height), "white")
    for i, screen in enumerate(screens):
        sheet.paste(screen, (i * (width + GAP), 0))
    return sheet.quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)


def picture(data):
    return Image.open(io.BytesIO(data)).convert("RGB")


if __name__ == "__main__":
    main(sys.argv[1], pathlib.Path(sys.argv[2]))
