"""The page of a study in headless Chromium: loads from disk, follows mouse and keys, fits a phone, answers at once."""

import numpy as np
import pytest

import kudari as tf
from kudari.lab import Study, study
from kudari.lab.points import Points

pytestmark = pytest.mark.browser
RATES = [0.001, 0.005, 0.01, 0.02, 0.03, 0.04]

# Milliseconds from an event until the frame after it has been drawn, the longest of several.
LONGEST = """async (events) => {
  let longest = 0;
  for (const [id, kind, detail] of events) {
    const target = document.getElementById(id);
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    const start = performance.now();
    if (kind === "input" || kind === "change") {
      target.value = detail;
      target.dispatchEvent(new Event(kind, {bubbles: true}));
    }
    else if (kind === "click") target.click();
    else if (kind === "keydown") target.dispatchEvent(new KeyboardEvent(kind, {key: detail, bubbles: true}));
    else {
      const box = target.getBoundingClientRect();
      const clientX = box.left + box.width * detail, clientY = box.top + box.height / 2;
      target.dispatchEvent(new PointerEvent(kind, {clientX, clientY, bubbles: true}));
    }
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    longest = Math.max(longest, performance.now() - start);
  }
  return longest;
}"""


def train():
    """The page's program, without its prints."""
    slope, offset = tf.Variable([0.3], name="W"), tf.Variable([-0.3], name="b")
    x, y = tf.placeholder(tf.float32), tf.placeholder(tf.float32)
    loss = tf.reduce_sum(tf.square(slope * x + offset - y), name="loss")
    step = tf.train.GradientDescentOptimizer(0.01).minimize(loss)
    feed = {x: [1, 2, 3, 4], y: [0, -1, -2, -3]}
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        for _ in range(10):
            session.run([slope, offset, loss], feed)
            for _ in range(100):
                session.run(step, feed)


@pytest.fixture(scope="module")
def seed(tmp_path_factory):
    """The page of the seed program."""
    path = tmp_path_factory.mktemp("page") / "seed.html"
    with tf.Graph().as_default():
        found, _ = study(train, {"learning_rate": RATES}, traces=True)
    found.report(path, title="train_api.py", command="kudari study train_api.py")
    return path


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A page of 64 lanes with 1,000 records each, whose numbers are made up but for the paths, which are a quadratic's."""
    path = tmp_path_factory.mktemp("page") / "large.html"
    rates, steps = np.geomspace(1e-4, 0.035, 64), 1000
    with tf.Graph().as_default():
        found, _ = study(train, {"learning_rate": rates}, traces=True)
    rng = np.random.default_rng(0)
    noisy = np.exp(rng.normal(0, 0.3, (steps, 64)) - np.arange(steps)[:, None] * rates)
    records = [(step, {"W": row, "b": row, "loss": row}) for step, row in enumerate(noisy)]
    found.losses, found.records, found.steps = list(enumerate(noisy)), records, steps
    found.report(path, title="large.py")
    assert path.stat().st_size < 3e6
    return path


def head(page):
    return page.locator("#head").get_attribute("cx"), page.locator("#head").get_attribute("cy")


def slide(page, id, value):
    page.locator(id).evaluate("""(slider, value) => {
        slider.value = value;
        slider.dispatchEvent(new Event("input"));
    }""", value)


def test_loads_from_disk_and_says_what_was_found(seed, visit):
    page = visit(seed)
    assert page.title() == "Learning-rate study of train_api.py"
    assert page.locator(".verdict .rate").inner_text() == "0.021"
    assert "0.02994" in page.locator(".figures").inner_text()
    assert page.locator("#facts").inner_text() == "6 lanes of 1,000 steps: 3 converged, 1 training, 1 growing, 1 diverged"
    words = page.locator("#ends").text_content()
    assert "limit 0.02994" in words and "take 0.021" in words
    assert page.locator("#command").inner_text() == "kudari study train_api.py"
    assert page.locator("#rows tbody tr").count() == 10 and "0.8617391" in page.locator("#rows").inner_text()
    assert page.locator(".missing").count() == 0


def test_sliders_move_the_path(seed, visit):
    page = visit(seed)
    slide(page, "#path-step", 0)
    start = head(page)
    assert page.locator("#path-step-out").inner_text() == "0 · loss 23.66"
    slide(page, "#path-step", 1)
    after = head(page)
    assert after != start
    slide(page, "#path-lane", 0)
    assert head(page) != after and page.locator("#path-lane-out").inner_text() == "0.001 · training"
    assert page.locator("#legend [aria-checked=true]").inner_text().startswith("0.001")
    assert page.locator("#rows-lane").input_value() == "0"
    slide(page, "#path-lane", 5)
    slide(page, "#path-step", 1000)
    assert "no longer finite" in page.locator("#path").text_content()
    assert "NaN" in page.locator("#path-step-out").inner_text()


def test_parameters_change_places(seed, visit):
    page = visit(seed)
    slide(page, "#path-step", 1)
    before = head(page)
    page.locator("#path-x").select_option(label="b")
    assert page.locator("#path-y").input_value() == "0" and head(page) != before
    page.locator("#path-y").select_option(label="b")
    assert page.locator("#path-x").input_value() == "0" and head(page) == before


def test_the_mouse_shows_a_lane(seed, visit):
    page = visit(seed)
    page.locator("#courses").scroll_into_view_if_needed()
    box = page.locator("#courses").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 60)
    tip = page.locator("#courses .tip")
    assert tip.is_visible() and "rate 0.03" in tip.inner_text() and "step" in tip.inner_text()
    page.mouse.click(box["x"] + box["width"] * 0.5, box["y"] + 60)
    assert page.locator("#legend [aria-checked=true]").inner_text().startswith("0.03")
    page.mouse.move(5, 5)
    assert not tip.is_visible()


def test_the_keys_reach_everything(seed, visit):
    page = visit(seed)
    seen = []
    while True:
        page.keyboard.press("Tab")
        here, outline = page.evaluate("""() => { const here = document.activeElement;
            return [here.id || here.className || here.tagName, getComputedStyle(here).outlineStyle]; }""")
        if here == "BODY":
            break
        assert outline != "none" and len(seen) < 60
        seen.append(here)
    for wanted in ("skip", "theme", "chip", "courses", "ends", "path-x", "path-y", "path", "path-lane", "path-step", "play",
                   "sharpness", "rows-lane", "rows", "command", "copy"):
        assert wanted in seen, wanted
    assert seen.count("chip") == 1  # one stop; arrows move inside
    page.locator("#legend [aria-checked=true]").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "rate 0.03, growing"
    page.locator("#courses").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Home")
    page.wait_for_timeout(400)
    assert page.locator("#live").inner_text() == "Step 0: loss 23.66 at rate 0.02"
    page.locator("#path-step").focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    assert page.locator("#path-step").get_attribute("aria-valuetext").startswith("step 1, loss 4.0")
    page.locator("#courses-table").evaluate("table => table.closest('details').querySelector('summary').focus()")
    page.keyboard.press("Enter")
    page.locator("#courses-table table").wait_for()
    assert page.locator("#courses-table tbody tr").count() == 6


def test_names_and_landmarks(seed, visit):
    page = visit(seed)
    assert page.locator("main").count() == page.locator("header").count() == page.locator("h1").count() == 1
    unnamed = page.evaluate("""() => [...document.querySelectorAll("button, select, input, [tabindex='0'], section")]
        .filter((e) => !e.getAttribute("aria-label") && !e.getAttribute("aria-labelledby"))
        .filter((e) => !(e.labels && e.labels.length) && !e.textContent.trim()).map((e) => e.outerHTML)""")
    assert unnamed == []
    names = page.evaluate("[...document.querySelectorAll('[id]')].map((e) => e.id)")
    assert len(set(names)) == len(names)
    assert page.locator("svg:not([aria-hidden=true]), canvas:not([aria-hidden=true])").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_themes(scheme, seed, visit):
    page = visit(seed, color_scheme=scheme)
    contrast = """() => {
      const parts = (color) => {
        const context = document.createElement("canvas").getContext("2d");
        context.fillStyle = color; context.fillRect(0, 0, 1, 1);
        return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3).map((v) => v / 255)
            .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
      };
      const light = (color) => { const [r, g, b] = parts(color); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
      const style = getComputedStyle(document.documentElement);
      const behind = light(style.getPropertyValue("--panel"));
      const ratio = (color) => (Math.max(light(color), behind) + 0.05) / (Math.min(light(color), behind) + 0.05);
      return [Math.min(...["--ink", "--soft", "--accent", "--danger"].map((name) => ratio(style.getPropertyValue(name)))),
              Math.min(...[...document.querySelectorAll(".swatch")].map((e) => ratio(getComputedStyle(e).backgroundColor)))];
    }"""
    for _ in range(2):
        words, lanes = page.evaluate(contrast)
        assert words >= 4.5 and lanes >= 3.0
        page.locator("#theme").click()
    other = {"light": "dark", "dark": "light"}[scheme]
    page.locator("#theme").click()
    assert page.evaluate("document.documentElement.dataset.theme") == other
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == other  # what was chosen stays


@pytest.mark.parametrize("width", [320, 360, 768])
@pytest.mark.parametrize("which", ["seed", "large"])
def test_a_phone_scrolls_one_way_only(width, which, visit, request):
    page = visit(request.getfixturevalue(which), width=width, height=740)
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    page.wait_for_timeout(100)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    rights = "Math.max(...[...document.querySelectorAll('.chart')].map((c) => c.getBoundingClientRect().right))"
    assert page.evaluate(rights) <= width


def test_large_data_answer_within_a_tenth_of_a_second(large, visit):
    page = visit(large)
    steps = int(page.locator("#path-step").get_attribute("max"))
    events = [["path-step", "input", step] for step in (0, steps // 2, steps)]
    events += [["path-lane", "input", lane] for lane in (0, 31, 63)]
    events += [["courses", "pointermove", at] for at in (0.3, 0.5, 0.8)] + [["ends", "pointermove", at] for at in (0.4, 0.6)]
    events += [["courses", "keydown", key] for key in ("ArrowUp", "ArrowLeft")]
    events += [["rows-lane", "change", 7], ["path-x", "change", 1], ["theme", "click", None]]
    page.evaluate(LONGEST, events[:2])
    took = page.evaluate(LONGEST, events)
    assert took < 100, took


def test_motion_is_calm_where_that_is_wished(seed, visit):
    page = visit(seed, reduced_motion="reduce")
    page.locator("#play").click()
    first = page.locator("#path-step-out").inner_text()
    page.wait_for_timeout(300)
    assert page.locator("#path-step-out").inner_text() == first
    page = visit(seed)
    page.locator("#play").click()
    page.wait_for_timeout(300)
    assert page.locator("#path-step-out").inner_text() != first
    assert not page.locator("#path-step-out").inner_text().startswith("1000")


def test_several_sweeps_and_seeds(tmp_path, visit):
    points = Points.crossed({"learning_rate": [0.01, 0.1], "momentum": [0.5, 0.9]}, seeds=2)
    losses = [(step, np.linspace(1, 2, 8) / (step + 1)) for step in range(5)]
    Study(points, 5, [], losses, np.zeros(8, int)).report(tmp_path / "page.html")
    page = visit(tmp_path / "page.html", width=360)
    assert page.locator("#lanes-title").inner_text() == "Lanes: rate · momentum · seed"
    assert page.locator(".chip").nth(5).inner_text().startswith("0.1 · 0.5 · 1")
    assert "learning rate (log scale)" in page.locator("#ends").text_content()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_what_is_missing_is_said(tmp_path, visit):
    losses = [(step, np.array([1.0, np.nan if step else 2.0])) for step in range(3)]
    Study(Points({"momentum": [0.0, 0.9]}), 3, [], losses, np.array([0, 1])).report(tmp_path / "page.html")
    page = visit(tmp_path / "page.html")
    words = page.locator(".missing").all_inner_texts()
    assert len(words) == 3 and "paths of the parameters were not recorded" in words[0] and "--report" in words[1]
    ends = page.locator("#ends").text_content()
    assert "last loss" in ends and "learning rate" not in ends
    assert page.locator(".verdict").inner_text().startswith("The smallest loss was left by momentum\n\n0\n")
    Study(Points({"learning_rate": [0.1]}), 3, [], [], np.array([0])).report(tmp_path / "page.html")
    assert "No optimizer was asked" in visit(tmp_path / "page.html").locator("#courses").inner_text()
