"""Collections in a browser: every page at both widths, finding by need, and nothing unasked."""

import pytest
from playwright.sync_api import expect

from tests.browser.community import looks_right, quiet, tab_to

pytestmark = [pytest.mark.browser]
NAMES = ("toolbox", "definitions", "evidence", "datasets")
OWN = (
    "toolbox/find/",
    "toolbox/find/?audience=clinician",
    "toolbox/find/?audience=clinician&task=interpreting-a-variant",
    "toolbox/find/?audience=clinician&task=interpreting-a-variant&people=South+Asian",
    "toolbox/gaps/",
    "definitions/statement/",
    "evidence/live/",
    "datasets/map/",
    "datasets/references/",
)
LISTS = (
    "toolbox/?q=no+such+words+zzz",
    "toolbox/?kind=software&stages=analysis&sort=changed",
    "toolbox/?kind=spaceship&nonsense=1",
    "toolbox/?page=2",
)


def first_entry(page, name, site):
    """The path of the first entry of a list; none where the collection is empty."""
    page.goto(f"{site}{name}/")
    links = page.locator("ol.entries h3 a, .entries h3 a")
    assert links.count() > 0
    return links.first.get_attribute("href").removeprefix("/")


@pytest.mark.parametrize("path", [*(f"{name}/" for name in NAMES), *LISTS])
def test_lists_look_right(path, open_page, demonstration_site):
    page = open_page(demonstration_site + path)
    assert page.status == 200
    looks_right(page)
    quiet(page, demonstration_site)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("part", ["", "history/"])
def test_entries_look_right(name, part, open_page, demonstration_site):
    page = open_page(demonstration_site)
    page.goto(demonstration_site + first_entry(page, name, demonstration_site) + part)
    expect(page.locator("h1")).to_have_count(1)
    looks_right(page)
    quiet(page, demonstration_site)


@pytest.mark.parametrize("name", NAMES)
def test_everything_on_one_page_looks_right(name, open_page, demonstration_site):
    page = open_page(f"{demonstration_site}{name}/export/")
    assert page.status == 200
    looks_right(page)
    quiet(page, demonstration_site)


@pytest.mark.parametrize("path", OWN)
def test_pages_of_their_own_look_right(path, open_page, demonstration_site):
    page = open_page(demonstration_site + path)
    assert page.status == 200
    looks_right(page)
    quiet(page, demonstration_site)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("people", ["South Asian", "Oceanian"])
def test_in_three_clicks_a_clinician_finds_the_shelf_or_hears_that_it_is_empty(
    scripts, people, open_page, demonstration_site
):
    """Clinician, interpreting a variant, South Asian: from the front page of the toolbox."""
    page = open_page(f"{demonstration_site}toolbox/", java_script_enabled=scripts)
    for words in ("clinician", "interpreting a variant", people):
        page.locator("main a:visible").filter(has_text=words).first.click()
        page.wait_for_load_state()
    assert "/toolbox/find/?" in page.url
    main = page.locator("main").inner_text()
    # For South Asian people there is one, which holds data of theirs.
    assert ("The shelf is empty" in main) == (people == "Oceanian")
    assert people in main
    quiet(page, demonstration_site)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_reader_searches_narrows_and_reads_with_keys_alone(
    scripts, open_page, demonstration_site
):
    page = open_page(f"{demonstration_site}toolbox/", java_script_enabled=scripts)
    tab_to(page, "#q")
    page.keyboard.type("ancestry")
    page.keyboard.press("Enter")
    page.wait_for_url("**/toolbox/?q=ancestry")
    found = int(page.locator("#found-heading").inner_text().split(" of ")[0])
    assert found > 2
    tab_to(page, "nav.facets summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    count = int(page.evaluate("document.activeElement.querySelector('.count').firstChild.data"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/toolbox/?q=ancestry&kind=*")
    assert int(page.locator("#found-heading").inner_text().split(" of ")[0]) == count
    title = page.locator(".entries h3 a").first.inner_text()
    tab_to(page, ".entries h3 a")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(title)
    quiet(page, demonstration_site)


def test_the_page_of_the_api_lists_the_collections(open_page, demonstration_site):
    page = open_page(f"{demonstration_site}api/v1/docs")
    for name in NAMES:
        assert page.locator(f"h3#{name}").count() == 1
    looks_right(page)
    quiet(page, demonstration_site)
