"""A picture becomes a chart: under the pointer, with the arrow keys, and back to a picture."""

import re

import pytest
from playwright.sync_api import expect

from everygenome.charts.theme import DARK
from tests.browser.reading import choose

pytestmark = [pytest.mark.browser]
PAGES = [
    "",
    "history/",
    "representation/",
    "subjects/",
    "map/",
    "people/",
    "concentration/",
    "studies/",
    "compare/?view=1&trait_parent=Cancer&b_stage=replication",
]
_A_FIGURE = re.compile(r"\d|none counted|cannot be counted|no figure")
_MARKS = "box => [...box.querySelectorAll('[role=graphics-symbol][aria-label]')]"


def opened(page, place=0):
    """The chart of a picture, opened with the keyboard."""
    page.locator("picture[data-chart] img").nth(place).focus()
    box = page.locator(".chart").nth(place)
    expect(box).to_be_focused()
    return box


@pytest.mark.parametrize("path", PAGES)
def test_keys_go_through_the_marks_of_every_chart(path, open_page, demonstration_site):
    page = open_page(demonstration_site + path, width=360)
    pictures = page.locator("picture[data-chart]").count()
    assert pictures >= 1
    for place in range(pictures):
        box = opened(page, place)
        words = box.evaluate(f"box => ({_MARKS})(box).map(m => m.getAttribute('aria-label'))")
        assert len(words) >= 5
        assert all(_A_FIGURE.search(word) for word in words)
        tip = box.locator(".tip")
        expect(tip).to_be_hidden()
        for key, at in (
            ("ArrowRight", 0), ("ArrowDown", 1), ("ArrowLeft", 0), ("ArrowUp", -1), ("Home", 0),
            ("End", -1), ("ArrowRight", 0),
        ):  # fmt: skip
            box.press(key)
            expect(tip).to_have_text(words[at])
            assert box.locator(".picked").get_attribute("aria-label") == words[at]
            assert page.evaluate("document.documentElement.scrollWidth") <= 360
        box.press("Escape")
        expect(tip).to_be_hidden()
        expect(box).to_be_focused()
    assert page.faults == []


@pytest.mark.parametrize("path", PAGES)
def test_the_pointer_shows_the_words_of_the_mark_below_it(path, open_page, demonstration_site):
    page = open_page(demonstration_site + path)
    image = page.locator("picture[data-chart] img").first
    # As a pointer that comes in does; where it stands does not matter yet.
    image.dispatch_event("pointerenter")
    box = page.locator(".chart").first
    expect(box).to_be_visible()
    box.scroll_into_view_if_needed()
    marks = box.evaluate(
        f"""box => ({_MARKS})(box).map((mark) => {{
          const at = mark.getBoundingClientRect();
          const [x, y] = [at.left + at.width / 2, at.top + at.height / 2];
          const top = document.elementFromPoint(x, y)?.closest("[role=graphics-symbol]");
          return [x, y, mark === top ? mark.getAttribute("aria-label") : null]; }})"""
    )
    reached = [mark for mark in marks if mark[2]]
    # Marks may lie on others, and a country's middle may be another's.
    assert len(reached) >= 0.7 * len(marks)
    tip = box.locator(".tip")
    for x, y, words in (reached[0], reached[len(reached) // 2], reached[-1]):
        page.mouse.move(x, y)
        expect(tip).to_have_text(words)
        expect(tip).to_be_visible()
    page.mouse.move(x, 1)
    expect(tip).to_be_hidden()
    assert page.faults == []


def test_the_words_say_the_numbers_of_the_answer(open_page, demonstration_site, release):
    page = open_page(demonstration_site + "composition/")
    words = opened(page).evaluate(f"box => ({_MARKS})(box).map(m => m.getAttribute('aria-label'))")
    rows = [row for row in release.composition().rows if row["share"]]
    for row in rows:
        (said,) = [text for text in words if text.startswith(row["group"] + ":")]
        assert f"{row['share']:.1%}" in said or row["share"] < 0.001


def test_a_choice_keeps_the_place_of_a_chart_that_is_open(open_page, demonstration_site):
    page = open_page(demonstration_site + "composition/")
    height = opened(page).bounding_box()["height"]
    page.evaluate(
        """() => { window.least = Infinity;
        const look = () => { const figure = document.querySelector("#composition figure");
          window.least = Math.min(window.least, figure.getBoundingClientRect().height);
          requestAnimationFrame(look); };
        requestAnimationFrame(look); }"""
    )
    choose(page, "unit", "studies")
    expect(page.locator("picture[data-chart] img")).to_be_visible()
    assert page.evaluate("window.least") > height - 40
    box = opened(page)
    box.press("Home")
    expect(box.locator(".tip")).to_be_visible()
    assert page.faults == []


def test_another_ground_another_width_and_paper_get_their_own_picture(
    open_page, demonstration_site
):
    page = open_page(demonstration_site + "composition/")
    image = page.locator("picture[data-chart] img")
    opened(page)
    # It is drawn anew for the dark, and the reader stays there.
    with page.expect_response("**/*.svg?*&theme=dark&*"):
        page.emulate_media(color_scheme="dark")
    expect(page.locator(".chart svg > rect").first).to_have_attribute("fill", DARK.ground)
    expect(page.locator(".chart")).to_be_focused()
    with page.expect_response("**/*.svg?*layout=narrow&theme=dark&*"):
        page.set_viewport_size({"width": 360, "height": 800})
    expect(page.locator(".chart")).to_be_focused()
    assert page.locator(".chart").count() == 1
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator(".chart")).to_be_hidden()
    expect(image).to_be_visible()
    image.evaluate("image => image.decode()")
    assert "theme" not in image.evaluate("image => image.currentSrc")
    assert page.faults == []


@pytest.mark.parametrize(
    ("width", "scheme", "expected"),
    [
        (1440, "light", ""),
        (1440, "dark", "&theme=dark"),
        (360, "light", "&layout=narrow"),
        (360, "dark", "&layout=narrow&theme=dark"),
    ],
)
def test_the_picture_fits_the_screen_and_the_ground(
    width, scheme, expected, open_page, demonstration_site, release
):
    page = open_page(demonstration_site + "trend/", width=width, scheme=scheme)
    image = page.locator("figure img")
    query = image.evaluate("image => new URL(image.currentSrc).search")
    assert query == f"?view=1&release={release.label.id}{expected}&title=no"
    assert image.evaluate("image => image.complete && image.naturalWidth > 300")
    # The place that the page kept for it is the place it takes.
    kept = image.evaluate("image => image.getBoundingClientRect().height / image.width")
    drawn = image.evaluate("image => image.naturalHeight / image.naturalWidth")
    assert kept == pytest.approx(drawn, rel=0.02)
