"""Every choice changes what is shown at once, stands in the address, and can be taken back."""

import re
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from playwright.sync_api import expect

from everygenome.queries.release import list_releases, open_release
from everygenome.vocabulary.schemes import SCHEMES
from tests.browser.reading import answered, choose, query, same_composition, says, table

pytestmark = [pytest.mark.browser]
CHOICES = [
    ("unit", "studies", "Count: studies"),
    ("stage", "replication", "Part of the study: replication"),
    ("from_year", 2015, "From year: 2015"),
    ("to_year", 2014, "To year: 2014"),
    ("trait_parent", "Cancer", "Subject: Cancer"),
    ("country", "JPN", "Recruited in: Japan"),
    ("denominator", "all", "Shares are of: all records"),
    ("scheme", "detailed", f"Groups: detailed ({len(SCHEMES['detailed'].groups)} groups)"),
]


def loads(page):
    return [r for r in page.requested if r.resource_type == "document"]


def chips(page):
    return [text.split(" ×")[0] for text in page.locator(".chips li").all_inner_texts()]


def focused(page):
    return page.evaluate("document.activeElement.id")


@pytest.mark.parametrize(("name", "value", "chip"), CHOICES, ids=[item[0] for item in CHOICES])
def test_a_choice_shows_at_once_and_can_be_taken_back(
    name, value, chip, open_page, demonstration_site, release
):
    page = open_page(demonstration_site + "composition/")
    assert same_composition(page, release.composition())
    choose(page, name, value)
    assert query(page) == f"?view=1&{name}={value}"
    assert same_composition(page, release.composition(**{name: value}))
    assert chips(page) == [chip, "Take all back"]
    assert focused(page) == f"choose-{name}"
    assert page.locator("#said").text_content() == page.locator("#composition h2").inner_text()
    page.locator(".chips a").first.click()
    expect(page.locator(".chips")).to_have_count(0)
    assert query(page) == ""
    assert page.locator(f"#choose-{name}").input_value() in (
        "",
        "participations",
        "discovery",
        "broad",
    )
    assert same_composition(page, release.composition())
    assert focused(page) == "main"
    assert len(loads(page)) == 1
    assert page.faults == []


def test_a_choice_upon_a_choice_and_both_back_at_once(open_page, demonstration_site, release):
    (place,) = [row["iso3"] for row in release.countries().rows if row["iso3"]][:1]
    page = open_page(demonstration_site + "composition/?view=1&unit=studies")
    choose(page, "country", place)
    choose(page, "country_rule", "any")
    assert query(page) == f"?view=1&unit=studies&country={place}&country_rule=any"
    asked = {"unit": "studies", "country": place, "country_rule": "any"}
    assert same_composition(page, release.composition(**asked))
    assert page.locator("details.more").get_attribute("open") == ""
    page.locator(".chips a", has_text="Take all back").click()
    expect(page.locator(".chips")).to_have_count(0)
    assert query(page) == ""
    assert same_composition(page, release.composition())


def test_a_trait_is_found_while_typing_and_stands_in_the_address_by_its_identifier(
    open_page, demonstration_site, release
):
    found = release.trait_search("asthma").rows[0]
    page = open_page(demonstration_site + "composition/")
    field = page.locator("#choose-trait")
    field.press_sequentially("asthm")
    label = f"{found['trait']} ({found['trait_id']})"
    expect(page.locator(f'#choose-trait-list option[value="{label}"]')).to_have_count(1)
    choose(page, "trait", label)
    assert query(page) == f"?view=1&trait={found['trait_id']}"
    assert field.input_value() == label
    assert chips(page)[0] == f"Trait or disease: {found['trait']}"
    assert same_composition(page, release.composition(trait=found["trait_id"]))
    choose(page, "trait", found["trait"].upper())
    assert query(page) == f"?view=1&trait={found['trait_id']}"
    choose(page, "trait", "no such thing")
    assert "“no such thing” is no trait" in page.locator(".messages").inner_text()
    assert "no such thing" in page.locator("#said").text_content()
    choose(page, "trait", "")
    assert query(page) == ""


def test_a_population_to_compare_with(open_page, demonstration_site, release):
    name = "census_england_wales_2021_5"
    page = open_page(demonstration_site + "representation/")
    choose(page, "reference", name)
    assert query(page) == f"?view=1&reference={name}"
    rows = {row["group"]: row for row in release.composition(reference=name).rows}
    shown = table(page, "representation")
    compared = [row for row in shown if row[3] != "cannot be compared"]
    assert len(compared) >= 3
    for group, share, population, ratio, *_ in compared:
        assert says(share, rows[group]["share"])
        assert says(population, rows[group]["reference_share"])
        assert float(ratio) == pytest.approx(rows[group]["ratio"], rel=0.05, abs=0.005)


def test_shares_or_counts(open_page, demonstration_site, release):
    page = open_page(demonstration_site + "trend/")
    choose(page, "show", "count")
    assert query(page) == "?view=1&show=count"
    heads = page.locator("#trend details.table thead th").all_text_contents()
    rows = {(str(row["year"]), row["group"]): row["value"] for row in release.trend().rows}
    checked = 0
    for year, *values in table(page, "trend"):
        for group, text in zip(heads[1:-1], values, strict=False):
            if (year, group) in rows:
                assert text == f"{rows[year, group]:,.0f}"
                checked += 1
    assert checked > 100


def test_another_release_says_so_everywhere(open_page, real_site, real: Path):
    earlier, newest = sorted(item["id"] for item in list_releases(store=real))
    page = open_page(real_site + "composition/")
    choose(page, "release", earlier)
    assert query(page) == f"?view=1&release={earlier}"
    assert same_composition(page, open_release(earlier, store=real).composition())
    # The banner, the foot and the links around the page keep to the release, too.
    assert "the release of 12 July 2019" in page.locator("aside.banner").inner_text()
    assert earlier in page.locator("footer.site").inner_text()
    assert page.locator("header.site a.name").get_attribute("href").endswith(earlier)
    page.go_back()
    expect(page.locator("aside.banner")).to_have_count(0)
    assert newest in page.locator("footer.site").inner_text()
    assert same_composition(page, open_release(store=real).composition())
    assert len(loads(page)) == 1


def test_back_and_forward_bring_back_the_page_and_its_controls(
    open_page, demonstration_site, release
):
    page = open_page(demonstration_site + "composition/")
    choose(page, "unit", "studies")
    choose(page, "from_year", 2015)
    page.go_back()
    expect(page.locator("#choose-from_year")).to_have_value("")
    assert query(page) == "?view=1&unit=studies"
    assert page.locator("#choose-unit").input_value() == "studies"
    assert same_composition(page, release.composition(unit="studies"))
    page.go_back()
    expect(page.locator("#choose-unit")).to_have_value("participations")
    assert same_composition(page, release.composition())
    page.go_forward()
    page.go_forward()
    expect(page.locator("#choose-from_year")).to_have_value("2015")
    assert same_composition(page, release.composition(unit="studies", from_year=2015))
    page.reload()
    assert same_composition(page, release.composition(unit="studies", from_year=2015))
    assert page.title() == "Which groups take part? everygenome"


def test_words_that_are_not_known_are_told(open_page, demonstration_site, release):
    strange = "?unit=bananas&nonsense=1&from_year=MMXV&stage=<b>x"
    page = open_page(demonstration_site + "composition/" + strange)
    told = page.locator(".messages")
    assert told.is_visible()
    text = told.inner_text()
    for words in ("“bananas” is no unit", "“nonsense” is no choice", "“MMXV” is no from year"):
        assert words in text
    assert "“<b>x” is no stage" in text
    assert same_composition(page, release.composition())
    choose(page, "stage", "replication")
    assert query(page) == "?view=1&stage=replication"
    assert page.locator(".messages").count() == 0


def test_the_search_of_a_list_outlives_other_choices(open_page, demonstration_site, release):
    page = open_page(demonstration_site + "studies/")
    choose(page, "search", "diabetes")
    said = page.locator("#said").text_content()
    expected = release.studies(search="diabetes").coverage["studies"]
    assert said == page.locator("#list-heading").inner_text()
    assert said.startswith(f"{expected} stud")
    choose(page, "order", "largest")
    choose(page, "stage", "replication")
    assert set(query(page)[1:].split("&")) == {
        "view=1", "stage=replication", "search=diabetes", "order=largest",
    }  # fmt: skip
    expected = release.studies(search="diabetes", stage="replication").coverage["studies"]
    assert page.locator("#list-heading").inner_text().startswith(f"{expected} stud")


def test_the_next_page_of_a_list_begins_at_its_heading(open_page, demonstration_site, release):
    page = open_page(demonstration_site + "studies/")
    page.locator(".paging a", has_text="The next ones").click()
    expect(page.locator("#list-heading")).to_be_focused()
    expect(page.locator("#list-heading")).to_be_in_viewport()
    first = release.studies(limit=50)
    expected = release.studies(limit=50, after=first.coverage["next"]).rows
    shown = page.locator('[aria-label="Studies"] tbody th').all_text_contents()
    assert shown == [row["study_accession"] for row in expected]


def test_the_page_of_a_trait_does_not_say_its_trait_twice(open_page, demonstration_site, release):
    trait = release.trait_search("asthma").rows[0]["trait_id"]
    page = open_page(f"{demonstration_site}traits/{trait}/")
    choose(page, "unit", "studies")
    assert page.url == f"{demonstration_site}traits/{trait}/?view=1&unit=studies"
    assert same_composition(page, release.composition(trait=trait, unit="studies"))
    page.locator(".chips a").first.click()
    expect(page.locator(".chips")).to_have_count(0)
    assert page.url == f"{demonstration_site}traits/{trait}/"


def test_two_selections_and_what_they_share(open_page, demonstration_site, release):
    page = open_page(demonstration_site + "compare/")
    assert "Choose a second selection" in page.locator(".messages").inner_text()
    choose(page, "unit", "studies")
    choose(page, "trait_parent", "Cancer")
    choose(page, "b_stage", "replication")
    choose(page, "b_from_year", 2012)
    asked = "?view=1&unit=studies&trait_parent=Cancer&b_stage=replication&b_from_year=2012"
    assert query(page) == asked
    assert "B, From year: 2012" in chips(page)
    one = {"unit": "studies", "trait_parent": "Cancer"}
    two = {"unit": "studies", "stage": "replication", "from_year": 2012}
    same_comparison(page, release.compare(one, two))
    page.locator("a", has_text="Exchange the two").click()
    expect(page.locator("#choose-stage")).to_have_value("replication")
    assert page.locator("#choose-b_trait_parent").input_value() == "Cancer"
    exchanged = "?view=1&unit=studies&stage=replication&from_year=2012&b_trait_parent=Cancer"
    assert query(page) == exchanged
    same_comparison(page, release.compare(two, one))
    assert len(loads(page)) == 1
    assert page.faults == []


def same_comparison(page, answer):
    answered(page)
    cells = page.locator("section[aria-labelledby=overlap-heading] tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
    )
    overlap = answer.coverage["overlap"]
    assert cells == [
        [name.capitalize(), *(f"{overlap[name][k]:,}" for k in ("only_a", "both", "only_b"))]
        for name in ("studies", "publications")
    ]
    for (group, a, b, difference, _), row in zip(
        table(page, "comparison"), answer.rows, strict=True
    ):
        assert group == row["group"]
        assert says(a, row["share_a"]) or row["share_a"] is None
        assert says(b, row["share_b"]) or row["share_b"] is None
        assert same_points(difference, row["difference"])


def same_points(text, difference):
    """Whether a text is that difference of shares, in percentage points."""
    if difference is None:
        return not any(letter.isdigit() for letter in text)
    points = difference * 100
    if "<" in text:
        return 0 < abs(points) < 0.1 and text.startswith("+" if points > 0 else "−")
    return abs(float(text.replace("−", "-")) - points) <= 0.0501


def test_a_link_within_the_page_asks_for_nothing(open_page, demonstration_site):
    page = open_page(demonstration_site + "composition/?view=1&unit=studies")
    before = len(page.requested)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert focused(page) == "main"
    assert page.url.endswith("#main")
    choose(page, "stage", "all")
    after = [unquote(request.url) for request in page.requested[before:]]
    assert [url for url in after if re.search(r"composition/\?", url)] == [
        f"{demonstration_site}composition/?view=1&unit=studies&stage=all"
    ]
    assert quote("stage=all", safe="=") in page.url
