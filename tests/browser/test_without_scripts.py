"""Without scripts every page shows its picture and its numbers, and its form works."""

import pytest
from playwright.sync_api import expect

from tests.browser.reading import query, same_composition, table

pytestmark = [pytest.mark.browser]
VIEWS = {
    "": ["trend", "composition"],
    "composition/": ["composition"],
    "trend/": ["trend"],
    "history/": ["history"],
    "representation/": ["representation"],
    "subjects/": ["subjects"],
    "map/": ["map", "countries"],
    "people/": ["people"],
    "concentration/": ["concentration"],
    "studies/": ["studies"],
    "compare/?view=1&trait_parent=Cancer&b_stage=replication": ["comparison"],
    "funders/demonstration-trust/": ["composition", "like-for-like", "peers"],
    "countries/DEU/": ["composition", "like-for-like", "peers"],
}


@pytest.fixture
def plain(open_page, demonstration_site):
    """Open a path of the site without scripts."""
    return lambda path, **options: open_page(
        demonstration_site + path, java_script_enabled=False, **options
    )


@pytest.mark.parametrize("path", VIEWS)
def test_a_view_shows_its_pictures_and_tables(path, plain):
    page = plain(path)
    assert page.locator("section.figure").count() == len(VIEWS[path])
    for name in VIEWS[path]:
        image = page.locator(f"#{name} img")
        image.scroll_into_view_if_needed()
        assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") > 300
        shown = page.locator(f"#{name} table")
        assert not shown.is_visible()
        page.locator(f"#{name} summary", has_text="The numbers as a table").click()
        assert shown.is_visible()
        assert table(page, name)
        for summary in page.locator(f"#{name} summary").all()[1:]:
            summary.click()
        assert page.locator(f"#{name} .terms").is_visible()
        assert page.locator(f"#{name}-address").is_visible()
    # What only a script can do is not offered.
    assert page.locator("button", has_text="Copy").count() == 0
    assert page.locator("#every").count() == 0 or not page.locator("#every").is_visible()
    assert page.faults == []


def test_the_form_leads_to_the_short_address(plain, release):
    page = plain("composition/")
    page.locator("#choose-unit").select_option("studies")
    page.locator("#choose-from_year").fill("2012")
    page.locator("details.more summary").click()
    page.locator("#choose-denominator").select_option("all")
    page.locator("form[aria-label='What is shown'] button").click()
    expect(page.locator(".chips")).to_be_visible()
    assert query(page) == "?view=1&unit=studies&denominator=all&from_year=2012"
    asked = {"unit": "studies", "denominator": "all", "from_year": 2012}
    assert same_composition(page, release.composition(**asked))
    page.locator(".chips a", has_text="studies").click()
    del asked["unit"]
    assert query(page) == "?view=1&denominator=all&from_year=2012"
    assert same_composition(page, release.composition(**asked))
    page.go_back()
    assert page.locator("#choose-unit").input_value() == "studies"


def test_a_trait_by_its_name(plain, release):
    trait = release.trait_search("asthma").rows[0]
    page = plain("composition/")
    page.locator("#choose-trait").fill(trait["trait"].upper())
    page.locator("#choose-trait").press("Enter")
    expect(page.locator(".chips")).to_be_visible()
    assert query(page) == f"?view=1&trait={trait['trait_id']}"
    assert same_composition(page, release.composition(trait=trait["trait_id"]))


def test_searching_lists_and_comparing(plain, release):
    page = plain("studies/?view=1&stage=replication")
    page.locator("#choose-search").fill("diabetes")
    page.locator("form.own button").click()
    found = release.studies(search="diabetes", stage="replication").coverage["studies"]
    expect(page.locator("#list-heading")).to_contain_text(f"{found} stud")
    assert query(page) == "?view=1&stage=replication&search=diabetes"
    page.goto(page.url.split("studies/")[0] + "compare/")
    page.locator("#choose-trait_parent").select_option("Cancer")
    page.locator("#choose-b_stage").select_option("all")
    page.locator("form[aria-label='What is shown'] button").click()
    expect(page.locator("#overlap-heading")).to_be_visible()
    assert query(page) == "?view=1&trait_parent=Cancer&b_stage=all"
    page.locator("a", has_text="Exchange the two").click()
    expect(page.locator("#choose-stage")).to_have_value("all")
    assert query(page) == "?view=1&stage=all&b_trait_parent=Cancer"


def test_another_release(open_page, real_site):
    page = open_page(real_site + "trend/", java_script_enabled=False)
    page.locator("details.more summary").click()
    page.locator("#choose-release").select_option(index=1)
    page.locator("form[aria-label='What is shown'] button").click()
    expect(page.locator("aside.banner")).to_contain_text("the release of 12 July 2019")
