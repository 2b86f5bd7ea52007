"""What changed, alerts and badges in a real browser: wide and narrow, light and dark."""

import pytest

from tests.browser.test_looks import _ALL, _OF_LOOKS, objections, too_wide

pytestmark = [pytest.mark.browser]
PATHS = {
    "changes/": "What changed, release by release",
    "changes/2019-07-12/2019-12-06/?change=changed": "From 12 July 2019 to 6 December 2019",
    "alerts/?view=1&trait_parent=Cancer": "Tell me when this changes",
    "alerts/sent/": "Now look at your mail",
    "badge/": "Badges: small numbers for your own page",
}


@pytest.fixture
def open_page(chromium, real_site):
    """Open a path of the site in a fresh profile."""
    contexts = []

    def opened(path, *, width=1440, scheme="light", **options):
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, **options
        )
        contexts.append(context)
        context.set_default_timeout(20_000)
        page = context.new_page()
        page.faults = []
        page.on(
            "console",
            lambda said: (
                page.faults.append(said.text) if said.type in ("error", "warning") else None
            ),
        )
        page.goto(real_site + path, wait_until="networkidle")
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_no_violation_and_nothing_scrolls_sideways(path, open_page):
    page = open_page(path)
    assert page.inner_text("h1") == PATHS[path]
    assert objections(page, _ALL) == []
    for width in (320, 360, 768, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert too_wide(page) == [], width
    # What depends on the colours and on the width, where not all of it was asked.
    for width, scheme in ((1440, "dark"), (360, "dark"), (360, "light")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        assert objections(page, _OF_LOOKS) == [], (width, scheme)
    assert page.faults == []


def test_the_form_for_alerts_works_without_scripts_and_sets_no_cookie(open_page):
    page = open_page("alerts/", java_script_enabled=False)
    page.get_by_label("When the share of the group rises above the percentage").check()
    page.get_by_label("Group", exact=True).select_option("East Asian")
    page.get_by_label("Percentage, or percentage points").fill("5")
    page.get_by_label("Your e-mail address").fill("reader@example.org")
    page.get_by_role("button", name="Send me the link").click()
    assert page.inner_text("h1") == "Now look at your mail"
    assert page.context.cookies() == []


def test_the_trap_cannot_be_reached_with_the_keyboard_or_seen(open_page):
    page = open_page("alerts/", width=360)
    reached = []
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id"))
    assert "address" in reached
    assert "website" not in reached
    assert page.locator("#website").bounding_box()["x"] < 0


def test_a_mistake_is_told_and_its_field_is_one_press_away(open_page):
    page = open_page("alerts/")
    page.get_by_label("When the share of the group falls below the percentage").check()
    page.get_by_label("Your e-mail address").fill("reader@example.org")
    page.get_by_role("button", name="Send me the link").click()
    page.get_by_role("link", name="Please choose a group.").click()
    assert page.evaluate("document.activeElement.id || location.hash") in ("group", "#group")
    assert page.locator("#watch-below").is_checked()
    assert page.locator("#address").input_value() == ""


def test_any_two_releases_can_be_chosen(open_page):
    page = open_page("changes/", java_script_enabled=False)
    page.get_by_label("From", exact=True).select_option(label="6 December 2019")
    page.get_by_label("To", exact=True).select_option(label="12 July 2019")
    page.get_by_role("button", name="Compare").click()
    assert page.inner_text("h1") == "From 6 December 2019 to 12 July 2019"
    assert "looking backwards" in page.inner_text("main")
