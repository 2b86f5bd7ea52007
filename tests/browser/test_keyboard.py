"""With keys alone: everything is reached, in order, and one sees where one is."""

import pytest
from playwright.sync_api import expect

from tests.browser.reading import answered, query, same_composition

pytestmark = [pytest.mark.browser]
_REACHABLE = """() => {
  const all = document.querySelectorAll(
    "a[href], button, select, input:not([type=hidden]), summary, [tabindex='0']");
  let n = 0;
  for (const one of all) if (one.checkVisibility({ visibilityProperty: true })) one.dataset.n = n++;
  return n; }"""
_PLACE = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const style = getComputedStyle(one);
  const at = one.getBoundingClientRect();
  return { n: one.dataset.n ?? one.previousElementSibling?.querySelector?.("img")?.dataset.n ?? "?",
    html: one.outerHTML.slice(0, 120), text: one.textContent.trim().slice(0, 40), tag: one.tagName,
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: at.width > 0 && at.bottom > 0 && at.top < innerHeight }; }"""


def walk(page):
    """Press Tab from the top to the end; where it came to."""
    expected = page.evaluate(_REACHABLE)
    places = []
    for _ in range(expected + 5):
        page.keyboard.press("Tab")
        place = page.evaluate(_PLACE)
        if place is None:
            break
        places.append(place)
    return expected, places


@pytest.mark.parametrize(
    ("path", "scheme"), [("composition/?view=1&unit=studies", "light"), ("studies/", "dark"),
                         ("compare/?view=1&b_stage=all", "light"),
                         ("funders/", "dark"), ("funders/demonstration-trust/", "light")],
)  # fmt: skip
def test_tab_reaches_all_there_is_in_order_and_shows_where(
    path, scheme, open_page, demonstration_site
):
    page = open_page(demonstration_site + path, scheme=scheme)
    if path == "studies/":
        expect(page.locator(".strip").first).to_be_visible()
    page.evaluate("document.querySelectorAll('main details').forEach(item => item.open = true)")
    expected, places = walk(page)
    assert [place["n"] for place in places] == [str(n) for n in range(expected)]
    assert [place["html"] for place in places if not place["ring"]] == []
    assert [place["html"] for place in places if not place["seen"]] == []
    assert places[0]["text"] == "Skip to the content"
    tags = {place["tag"] for place in places}
    assert {"A", "SELECT", "INPUT", "SUMMARY", "BUTTON", "DIV"} <= tags
    assert page.faults == []


def test_the_skip_link_leads_past_the_navigation(open_page, demonstration_site):
    page = open_page(demonstration_site)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_choosing_looking_and_reading_without_a_pointer(open_page, demonstration_site, release):
    page = open_page(demonstration_site + "composition/")

    def tab_to(selector):
        for _ in range(120):
            page.keyboard.press("Tab")
            if page.evaluate("s => document.activeElement.matches(s)", selector):
                return
        pytest.fail(f"Tab does not reach {selector}")

    tab_to("#choose-unit")
    page.evaluate("document.getElementById('main').dataset.old = 'yes'")
    page.keyboard.press("ArrowDown")
    answered(page)
    assert query(page) == "?view=1&unit=studies"
    assert page.evaluate("document.activeElement.id") == "choose-unit"
    tab_to("#choose-from_year")
    page.evaluate("document.getElementById('main').dataset.old = 'yes'")
    page.keyboard.type("2012")
    page.keyboard.press("Enter")
    answered(page)
    assert query(page) == "?view=1&unit=studies&from_year=2012"
    tab_to(".chart")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".tip")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".tip")).to_be_hidden()
    tab_to("details.table summary")
    page.keyboard.press("Enter")
    expect(page.locator("#composition table")).to_be_visible()
    assert same_composition(page, release.composition(unit="studies", from_year=2012))
    # The rows lead on to what lies beneath a group.
    tab_to("#composition tbody a")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Beneath")
