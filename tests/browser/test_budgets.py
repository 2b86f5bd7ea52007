"""How light and how quick it is: bytes of the first view, the first picture, a choice.

The limits are generous: a test machine may be busy. What was measured is printed (`pytest -s`).
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.browser.reading import query

pytestmark = [pytest.mark.browser]
MOST_BYTES = 400_000
MOST_PAINT = 1000  # milliseconds, on a processor four times as slow
MOST_TEXT = 200  # milliseconds from a choice to its new words
MOST_PICTURE = 2000
TRIES = 3
SITES = ["demonstration_site", "real_site"]
# Another store to measure, by hand: one of today's size, say.
OTHER = os.environ.get("EVERYGENOME_MEASURE_STORE")
if OTHER:
    SITES.append("other_site")
_PAINT = """() => new Promise((done) => new PerformanceObserver((list) =>
    done(list.getEntries().at(-1).startTime)).observe({
    type: "largest-contentful-paint", buffered: true }))"""
# From the choice itself to new words, and to the new picture on the screen.
_CHOICE = """([name, value]) => new Promise((done, failed) => {
  const field = document.getElementById(name);
  const old = document.querySelector("section.figure");
  setTimeout(() => failed(new Error("nothing was shown")), 15000);
  const begin = performance.now();
  const took = {};
  const look = () => {
    const section = document.querySelector("section.figure");
    const now = performance.now() - begin;
    if (!took.text && section !== old) took.text = now;
    const picture = section.querySelector("picture[data-chart]");
    if (took.text && !picture.hidden && !document.querySelector("picture.waiting")) {
      took.picture = now;
      observer.disconnect();
      done(took);
    }
  };
  const observer = new MutationObserver(look);
  observer.observe(document.body, { childList: true, subtree: true, attributes: true });
  field.value = value;
  field.dispatchEvent(new Event("change", { bubbles: true }));
})"""


@pytest.fixture(scope="session")
def other_site(chromium):
    from tests.browser.conftest import serving

    yield from serving(Path(str(OTHER)))


@pytest.fixture(params=SITES)
def site(request):
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("width", [360, 1440])
def test_the_first_view_is_light_and_all_our_own(width, site, contexts):
    context = contexts(f"light {width} {site}", viewport={"width": width, "height": 900})
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    received, asked = {}, []

    def finished(event):
        received[event["requestId"]] = event["encodedDataLength"]

    def sent(event):
        asked.append(event["request"]["url"])

    network.on("Network.loadingFinished", finished)
    network.on("Network.requestWillBeSent", sent)
    page.goto(site, wait_until="networkidle")
    page.close()
    size = sum(received.values())
    print(f"\nfirst view at {width}: {len(received)} answers, {size:,.0f} bytes ({site})")
    assert len(received) == len(asked) <= 10
    assert size < MOST_BYTES
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(site).netloc}


def best(measure, enough):
    """The best of a few tries: another program may have had the processor in between."""
    figures = []
    for _ in range(TRIES):
        figures.append(measure())
        if figures[-1] < enough:
            break
    return min(figures)


def test_the_first_picture_is_there_within_a_second_on_a_slow_processor(site, contexts):
    tries = iter(range(TRIES))

    def measure():
        context = contexts(f"slow {next(tries)} {site}", viewport={"width": 360, "height": 800})
        page = context.new_page()
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
        page.goto(site)
        paint = page.evaluate(_PAINT)
        page.close()
        return paint

    paint = best(measure, MOST_PAINT)
    print(f"\nlargest contentful paint, 4 times slower: {paint:.0f} ms ({site})")
    assert paint < MOST_PAINT


def test_a_choice_shows_at_once(site, open_page):
    page = open_page(site + "composition/")
    years = iter(range(2010, 2010 + TRIES))
    took = {}

    def measure():
        year = next(years)
        found = page.evaluate(_CHOICE, ["choose-from_year", str(year)])
        assert f"from_year={year}" in query(page)
        took.update({key: min(value, took.get(key, value)) for key, value in found.items()})
        return found["text"]

    text = best(measure, MOST_TEXT)
    print(f"\na new choice: words {text:.0f} ms, picture {took['picture']:.0f} ms ({site})")
    assert text < MOST_TEXT
    assert took["picture"] < MOST_PICTURE
