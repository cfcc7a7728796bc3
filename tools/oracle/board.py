"""Whether TensorBoard shows what Kudari writes: by its own event loader, and as a page in a headless Chromium."""

import contextlib
import importlib.util
import os
import shutil
import tempfile

import write_events

NAMES = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 60_000  # milliseconds


def chromium():
    """Where Chromium is, or None; `KUDARI_CHROMIUM` says it if it is elsewhere."""
    return os.environ.get("KUDARI_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def absence():
    """Why no page can be opened, or None."""
    if importlib.util.find_spec("playwright") is None:
        return "playwright is not installed; `pip install 'kudari[report]'` installs it"
    return None if chromium() else "no Chromium is installed; `apt-get install chromium` installs it"


def differences():
    """What TensorBoard does not show, read by its loader and, if there is a browser, seen on its pages."""
    with tempfile.TemporaryDirectory() as folder:
        losses = write_events.write(folder)
        found = not_loaded(folder, losses)
        return found if absence() else found + not_seen(folder)


def not_loaded(folder, losses):
    """What TensorBoard's event loader does not find in `folder`, a sentence each."""
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    events = EventAccumulator(folder, size_guidance={"histograms": 0, "images": 0, "tensors": 0}).Reload()  # 0: all
    steps = list(range(write_events.STEPS))
    tags = events.Tags()
    missing = [kind for kind, wanted in (("scalars", "curve"), ("histograms", "distribution"), ("images", "picture/image/0"),
                                         ("tensors", "words"), ("run_metadata", "last step")) if wanted not in tags[kind]]
    if missing or not tags["graph"]:
        return [f"the event loader finds no {', '.join(missing) or 'graph'}"]
    curve, histograms = events.Scalars("curve"), events.Histograms("distribution")
    checks = {
        "the curve": [e.step for e in curve] == steps and [e.value for e in curve] == losses,
        "the histograms": [(e.step, sum(e.histogram_value.bucket)) for e in histograms] == [(step, 3) for step in steps],
        "the graph": {"x", "layer/weights", "loss"} <= {node.name for node in events.Graph().node},
        "the picture": (events.Images("picture/image/0")[0].height, events.Images("picture/image/0")[0].width) == (3, 1),
        "the text": events.Tensors("words")[0].tensor_proto.string_val[0] == b"some *words*",
        "the times": "MatMul" in {node.node_name for device in events.RunMetadata("last step").step_stats.dev_stats
                                  for node in device.node_stats},
    }
    return [f"the event loader does not read {name} as it was written" for name, is_right in checks.items() if not is_right]


def not_seen(folder):
    """What a browser does not find on TensorBoard's pages of `folder`, a sentence each."""
    from playwright.sync_api import Error, sync_playwright

    found = []
    with served(folder) as url, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for name, look in (("curve", curve_on), ("histogram", histogram_on), ("graph", graph_on)):
            page = browser.new_page(viewport={"width": 1400, "height": 1000})
            page.set_default_timeout(PATIENCE)
            try:
                look(page, url)
            except (AssertionError, Error) as error:
                found.append(f"the browser does not find the {name}: {str(error).splitlines()[0]}")
        browser.close()
    return found


@contextlib.contextmanager
def served(folder):
    """The address of a TensorBoard that shows `folder`, while inside."""
    from tensorboard import program

    board = program.TensorBoard()
    board.configure(argv=[None, "--logdir", folder, "--host", "127.0.0.1", "--port", "0", "--load_fast", "false"])
    yield board.launch()


def curve_on(page, url):
    page.goto(url + "#scalars")
    page.get_by_text("curve", exact=True).first.wait_for()
    page.wait_for_function(DRAWN, arg=["vz-line-chart2", write_events.STEPS])


def histogram_on(page, url):
    page.goto(url + "#histograms")
    page.get_by_text("distribution", exact=True).first.wait_for()
    page.locator("vz-histogram-timeseries path").nth(write_events.STEPS - 1).wait_for(state="attached")


def graph_on(page, url):
    page.goto(url + "#graphs&run=.")
    for node in ("layer", "MatMul", "gradients", "loss"):
        page.locator("tf-graph-scene text.nodelabel").filter(has_text=node).first.wait_for(state="attached")


# Whether some path of an element, wherever it is in the shadow trees, goes through so many points.
DRAWN = """([name, points]) => {
    const roots = [document];
    for (let i = 0; i < roots.length; i++)
        for (const element of roots[i].querySelectorAll('*')) {
            if (element.shadowRoot) roots.push(element.shadowRoot);
            if (element.localName === 'path' && roots.some(root => root.host && root.host.localName === name &&
                    root.contains(element)) && (element.getAttribute('d') || '').split('L').length >= points) return true;
        }
    return false;
}"""
