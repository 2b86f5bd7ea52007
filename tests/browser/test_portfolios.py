"""Portfolios in a real browser: found while typing, narrowed, looked through, compared."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.reading import answered, choose, query, same_composition

pytestmark = [pytest.mark.browser]
TRUST, AGENCY = "demonstration-trust", "demonstration-health-agency"


def test_two_funders_are_found_while_typing_and_stand_in_the_address(
    open_page, demonstration_site, release
):
    page = open_page(demonstration_site + "composition/")
    field = page.locator("#choose-funder")
    field.press_sequentially("trus")
    label = f"Demonstration Trust ({TRUST})"
    expect(page.locator(f'#choose-funder-list option[value="{label}"]')).to_have_count(1)
    choose(page, "funder", label)
    assert query(page) == f"?view=1&funder={TRUST}"
    assert field.input_value() == label
    assert same_composition(page, release.composition(funder=TRUST))
    # A second one, after the first: the list completes what stands behind the last semicolon.
    field.press("End")
    field.press_sequentially("; health")
    both = f"{label}; Demonstration Health Agency ({AGENCY})"
    expect(page.locator(f'#choose-funder-list option[value="{both}"]')).to_have_count(1)
    choose(page, "funder", both)
    assert query(page) == f"?view=1&funder={AGENCY}%3B{TRUST}"
    assert same_composition(page, release.composition(funder=[TRUST, AGENCY]))
    chip = page.locator(".chips li").first
    expect(chip).to_contain_text("Funder: Demonstration Health Agency or Demonstration Trust")
    choose(page, "funder", "martian fund")
    assert "“martian fund” is no funder" in page.locator(".messages").inner_text()
    choose(page, "funder", "")
    assert query(page) == ""
    assert page.faults == []


def test_a_directory_answers_each_choice_at_once(open_page, demonstration_site):
    page = open_page(demonstration_site + "funders/")
    rows = page.locator(".directory tbody tr")
    expect(rows).to_have_count(9)
    choose(page, "few", "hidden")
    expect(rows).to_have_count(8)
    assert query(page) == "?view=1&few=hidden"
    choose(page, "search", "institute")
    expect(rows).to_have_count(2)
    assert query(page) == "?view=1&search=institute&few=hidden"
    choose(page, "from_year", 2016)
    assert query(page) == "?view=1&from_year=2016&search=institute&few=hidden"
    page.locator(".directory tbody a").first.click()
    expect(page.locator("h1")).to_contain_text("Institute")
    assert query(page) == "?view=1&from_year=2016"
    assert page.faults == []


def test_without_scripts_the_list_is_searched_and_a_page_reached(open_page, demonstration_site):
    page = open_page(demonstration_site + "portfolios/", java_script_enabled=False)
    page.locator("main .card a", has_text="Funders").click()
    page.locator("#choose-search").fill("trust")
    page.locator("form[aria-label='What is shown'] button").click()
    assert query(page) == "?view=1&search=trust"
    page.locator(".directory tbody a").click()
    assert page.inner_text("h1") == "Demonstration Trust"
    assert query(page) == ""
    page.locator("#choose-from_year").fill("2012")
    page.locator("form[aria-label='What is shown'] button").click()
    assert query(page) == "?view=1&from_year=2012"
    assert page.url.split("?")[0].endswith(f"/funders/{TRUST}/")
    page.locator("a", has_text="Compare with another").click()
    page.locator("#choose-b_funder").fill("demonstration health agency")
    page.locator("form[aria-label='What is shown'] button").click()
    expect(page.locator("#overlap-heading")).to_be_visible()
    assert query(page) == f"?view=1&from_year=2012&funder={TRUST}&b_funder={AGENCY}"


def test_a_choice_on_a_page_stays_on_its_path(open_page, demonstration_site, release):
    page = open_page(demonstration_site + f"funders/{TRUST}/")
    choose(page, "unit", "studies")
    assert page.url.split("?")[0].endswith(f"/funders/{TRUST}/")
    assert query(page) == "?view=1&unit=studies"
    assert same_composition(page, release.composition(funder=TRUST, unit="studies"))
    page.locator(".chips a").first.click()
    answered_path = re.compile(rf".*/funders/{TRUST}/$")
    expect(page).to_have_url(answered_path)
    answered(page)


@pytest.mark.parametrize("width", [360, 1440])
def test_a_page_weighs_little(width, open_page, demonstration_site):
    page = open_page(demonstration_site + f"funders/{TRUST}/", width=width, fresh=f"weight {width}")
    # Pictures further down too, which a reader may never come to.
    page.evaluate("for (const one of document.images) one.loading = 'eager'")
    page.wait_for_load_state("networkidle")
    size = page.evaluate(
        "performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'))"
        ".reduce((sum, one) => sum + one.transferSize, 0)"
    )
    print(f"\npage of a funder at {width}: {size:,} bytes")
    assert size < 400_000
