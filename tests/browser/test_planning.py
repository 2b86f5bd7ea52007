"""The call simulator and the report of an award in a real browser: wide, narrow, plain, by keys."""

from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import expect

from everygenome.charts.findings.simulated import simulated_finding
from tests.browser.test_keyboard import walk
from tests.browser.test_looks import _ALL, _OF_LOOKS, objections, too_wide

pytestmark = [pytest.mark.browser]
TRAIT = "asthma (demonstration)"
TABLE = f"group,participants,trait\nAfrican,2000,{TRAIT}\nSouth Asian,90,{TRAIT}"
PATHS = {
    "simulate/": 1,
    f"simulate/?view=1&funder=demonstration-trust&plan={quote(TABLE)}": 5,
    "simulate/?view=1&reference=un_wpp2024_subregions&group_1=African&participants_1=20000": 5,
    "simulate/?view=1&group_1=African&participants_1=many": 1,
    "award/": 2,
    f"award/?view=1&title=Heart&publications=DEMO586,99&plan={quote(TABLE)}": 3,
    "award/?view=1&title=Heart": 2,
}


@pytest.mark.parametrize("path", PATHS)
def test_fits_and_axe_finds_nothing(path, open_page, demonstration_site):
    page = open_page(demonstration_site + path)
    assert page.status == 200
    assert page.locator("main h2").count() >= PATHS[path]
    page.evaluate("document.querySelectorAll('details').forEach(item => item.open = true)")
    rules = _ALL
    for width, scheme in ((1440, "light"), (1440, "dark"), (360, "dark"), (360, "light")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        for image in page.locator("figure img").all():
            image.scroll_into_view_if_needed()
            assert image.evaluate("one => one.decode().then(() => one.naturalWidth)") > 300
        assert too_wide(page) == []
        assert objections(page, rules) == [], (width, scheme)
        # What does not depend on the colours or on the width was asked.
        rules = _OF_LOOKS
    assert page.faults == []
    page.set_viewport_size({"width": 320, "height": 900})
    assert too_wide(page) == []


@pytest.mark.parametrize("path", ["simulate/", "award/"])
def test_tab_reaches_all_there_is_and_shows_where(path, open_page, demonstration_site):
    page = open_page(demonstration_site + path)
    page.evaluate("document.querySelectorAll('main details').forEach(item => item.open = true)")
    # The walk numbers what it knows; text areas are reached too.
    areas = page.locator("textarea").count()
    _, places = walk(page)
    assert [place["html"] for place in places if not place["ring"] or not place["seen"]] == []
    assert sum(place["tag"] == "TEXTAREA" for place in places) == areas
    assert {"A", "INPUT", "SELECT", "TEXTAREA", "SUMMARY", "BUTTON"} <= {p["tag"] for p in places}


def test_rows_by_keys_alone_without_scripts(open_page, demonstration_site, release):
    page = open_page(demonstration_site + "simulate/", java_script_enabled=False)
    page.locator("#group_1").focus()
    page.keyboard.type("Afr")
    page.keyboard.press("Tab")
    page.keyboard.type("2,000")
    page.keyboard.press("Tab")
    page.keyboard.type(TRAIT.upper())
    page.keyboard.press("Enter")
    expect(page.locator("#simulate h2")).to_be_visible()
    answer = release.simulate(f"group,participants,trait\nAfrican,2000,{TRAIT}")
    assert page.locator("#simulate h2").inner_text() == simulated_finding(answer.rows)
    address = urlsplit(page.url)
    assert parse_qs(address.query) == {
        "view": ["1"], "group_1": ["African"], "participants_1": ["2,000"],
        "trait_1": [TRAIT.upper()],
    }  # fmt: skip
    assert address.fragment == "result"
    image = page.locator("#simulate img")
    image.scroll_into_view_if_needed()
    assert image.evaluate("one => one.decode().then(() => one.naturalWidth)") > 300
    assert page.locator("#group_1").input_value() == "African"
    assert page.context.cookies() == []


def test_a_table_that_is_wrong_is_mended_without_scripts(open_page, demonstration_site, release):
    page = open_page(demonstration_site + "simulate/", java_script_enabled=False)
    page.locator("#plan").fill(TABLE.replace("African", "Africn"))
    page.get_by_role("button", name="Show what changes").click()
    box = page.get_by_role("alert")
    expect(box).to_contain_text("The table, line 2, column group")
    expect(box).to_contain_text("Did you mean 'African'")
    box.get_by_role("link").click()
    assert page.evaluate("location.hash") == "#plan"
    assert page.locator("#plan").input_value() == TABLE.replace("African", "Africn")
    page.locator("#plan").fill(TABLE)
    page.get_by_role("button", name="Show what changes").click()
    expect(page.locator("#simulate h2")).to_have_text(
        simulated_finding(release.simulate(TABLE).rows)
    )
    assert page.locator("#plan").input_value() == TABLE


def test_traits_are_suggested_while_typing(open_page, demonstration_site):
    page = open_page(demonstration_site + "simulate/")
    page.locator("#trait_2").press_sequentially("asth")
    expect(page.locator("#trait_2-list option")).to_have_count(1)
    value = page.locator("#trait_2-list option").get_attribute("value")
    page.locator("#trait_2").fill(value)
    page.locator("#group_2").select_option("African")
    page.locator("#participants_2").fill("700")
    page.locator("#choose-funder").fill("Demonstration Trust")
    page.get_by_role("button", name="Show what changes").click()
    expect(page.locator("#result")).to_contain_text("join the portfolio of Demonstration Trust")
    assert page.faults == []
    page.locator(".chips a", has_text="Demonstration Trust").click()
    expect(page.locator("#result")).not_to_contain_text("join the portfolio")
    assert page.locator("#participants_2").input_value() == "700"


def test_an_award_is_reported_and_its_report_kept_as_a_file(open_page, demonstration_site):
    page = open_page(demonstration_site + "award/", java_script_enabled=False)
    page.locator("#title").fill("Heart & soul")
    page.locator("#publications").fill("DEMO586\n99999999")
    page.locator("#shared").fill("All summary statistics.\nFor everybody.")
    page.get_by_role("button", name="Show what is found").click()
    expect(page.locator("#result h2")).to_have_text("Diversity report: Heart & soul")
    expect(page.locator("#result")).to_contain_text("Not in this release: 99999999 (1 of 2 given)")
    assert page.locator("#shared").input_value() == "All summary statistics.\nFor everybody."
    with page.expect_download() as waiting:
        page.get_by_role("link", name="PDF, to print").click()
    assert waiting.value.suggested_filename.startswith("everygenome-award-")
    assert waiting.value.suggested_filename.endswith("-demonstration-not-real.pdf")
    assert page.context.cookies() == []
