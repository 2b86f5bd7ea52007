"""Directories and pages of funders, cohorts, journals and countries."""

import re

import pytest

from everygenome.charts.rows import percent
from everygenome.queries.release import open_release
from tests.functional.web.page import read

KINDS = {"funder": "funders", "cohort": "cohorts", "journal": "journals", "country": "countries"}
TRUST = "demonstration-trust"
SMALL = "demonstration-fund-for-neglected-questions"


@pytest.fixture(scope="module")
def release(demonstration):
    return open_release(store=demonstration)


def names(page):
    table = [i for i in page.all("th") if i["attrs"].get("scope") == "row"]
    return [i["text"].strip() for i in table]


@pytest.mark.parametrize("kind", KINDS)
def test_a_directory_lists_each_once_by_name_with_its_interval(kind, get, release):
    page = read(get(f"/{KINDS[kind]}/"))
    rows = release.portfolio(kind).rows
    shown = names(page)
    assert len(shown) == min(50, len(rows))
    assert all(text.startswith(row["name"]) for text, row in zip(shown, rows, strict=False))
    assert [row["name"].casefold() for row in rows] == sorted(r["name"].casefold() for r in rows)
    lines = [i["text"] for i in page.all("tr")][1:]
    for line, row in zip(lines, rows, strict=False):
        assert f"{row['publications']:,}" in line
        if row["observed_share"] is not None and row["observed_low"] is not None:
            low, high = (percent(row[f"observed_{end}"]) for end in ("low", "high"))
            assert f"{percent(row['observed_share'])} ({low} to {high})" in line
        assert ("under 20 publications: " in line and "not compared" in line) is row["small"]
        if kind != "journal" and row["participations_fractional"] is not None:
            assert f"{row['participations_fractional']:,.0f} divided" in line
    text = page.text.casefold()
    assert "rank" not in text
    assert "badge" not in text
    assert "the group that is largest in the whole field" in page.text


def test_small_ones_are_grey_and_marked_in_words(get):
    page = read(get("/funders/"))
    grey = [i for i in page.all("tr") if i["attrs"].get("class") == "class"]
    assert len(grey) == 1
    assert "Neglected Questions" in grey[0]["text"]
    assert "under 20 publications: no interval, not compared" in grey[0]["text"]
    assert "Neglected" not in str(names(read(get("/funders/?few=hidden"))))
    more = read(get("/funders/?min_publications=100"))
    assert len([i for i in more.all("tr") if i["attrs"].get("class") == "class"]) > 1


def test_coverage_of_grants_stands_before_the_list(get, release):
    grants = release.portfolio("funder").coverage["grants"]
    page = read(get("/funders/"))
    told = (
        f"Of {grants['publications']:,} publications selected here, {grants['naming_a_funder']:,}"
    )
    assert told in page.text
    assert "They are not called unfunded: no record says who paid." in page.text
    assert page.text.index(told) < page.text.index("funders are named")


def test_order_search_level_and_group(get, release):
    page = read(get("/funders/?order=publications"))
    rows = release.portfolio("funder", order="publications").rows
    assert [n.startswith(r["name"]) for n, r in zip(names(page), rows, strict=True)] == [True] * 9
    assert "share" not in {o["attrs"]["value"] for o in page.all("option")}
    assert len(names(read(get("/funders/?search=trust")))) == 1
    assert len(names(read(get("/funders/?search=TRUST demonstration")))) == 1
    none = read(get("/funders/?search=qqqq"))
    assert "No funder fits these choices; without the search" in none.text
    levels = {row["level"] for row in rows}
    for level in levels:
        shown = names(read(get(f"/funders/?level={level}")))
        assert len(shown) == sum(row["level"] == level for row in rows)
    african = read(get("/funders/?group=African"))
    assert "Shares are of “African”, as chosen above." in african.text
    assert "has no group 'Martian'" in read(get("/funders/?group=Martian")).text


def test_a_long_list_has_parts(site, real):
    get = site(real)
    rows = open_release(store=real).portfolio("journal").rows
    seen = []
    address = "/journals/"
    while address:
        page = read(get(address))
        seen += names(page)
        links = [a["attrs"]["href"] for a in page.all("a") if a["attrs"].get("rel") == "next"]
        address = links[0] if links else ""
    assert len(seen) == len(rows) > 500
    assert all(text.startswith(row["name"]) for text, row in zip(seen, rows, strict=True))
    last = -(-len(rows) // 50)
    assert f"Part {last} of {last}" in read(get("/journals/?page=9999")).text
    second = read(get("/journals/?page=2"))
    back = [a["attrs"]["href"] for a in second.all("a") if a["attrs"].get("rel") == "prev"]
    assert back == ["/journals/"]


def test_the_file_holds_the_list_that_is_shown(get):
    address = "/funders/?order=publications&few=hidden&search=demonstration&from_year=2012"
    page = read(get(address))
    links = {a["text"]: a["attrs"]["href"] for a in page.all("a")}
    lines = get(links["CSV"]).content.decode().strip().splitlines()
    told = get(links["JSON, with caveats"]).json()
    assert len(lines) - 1 == len(told["rows"]) == len(names(page))
    assert all(n.startswith(r["name"]) for n, r in zip(names(page), told["rows"], strict=True))
    assert told["coverage"]["grants"]["publications"] > 0
    assert told["filters"]["few"] == "hidden"
    assert get("/data/directory.csv?kind=trait").status_code == 400
    assert get("/data/directory.csv?kind=journal&group=Martian").status_code == 400


@pytest.mark.parametrize(
    ("kind", "name"),
    [("funder", TRUST), ("cohort", "demonstration-cohort-a"),
     ("journal", "demonstration-letters"), ("country", "DEU")],
)  # fmt: skip
def test_a_page_says_what_python_says(kind, name, get, release):
    page = read(get(f"/{KINDS[kind]}/{name}/"))
    entity = release.tables.entities.named(kind, name)
    assert page.one("h1")["text"] == entity.name
    row = next(r for r in release.portfolio(kind).rows if r["id"] == name)
    assert f"Publications {row['publications']:,}" in page.text
    assert f"Participations {row['participations']:,}" in page.text
    composition = release.composition(**{kind: name})
    assert composition.coverage["publications"] == row["publications"]
    lines = [i["text"] for i in page.all("tr")]
    european = next(line for line in lines if line.strip().startswith("European"))
    assert percent(composition.rows[0]["share"]) in european
    compared = {r["group"]: r for r in release.standardised(**{kind: name}).rows}
    ratio = compared["European"]["balanced_ratio"]
    plain = compared["European"]["crude_ratio"]
    told = next(line for line in lines if line.count("European") == 1 and f"{ratio:.2f}" in line)
    assert f"{plain:.2f}" in told
    people = release.people(**{kind: name}).rows[0]
    assert people["floor"] > 0
    assert "At least (can be proved)" in page.text
    gaps = release.gaps(**{kind: name}, limit=10)
    assert (f"All {gaps.coverage['found']:,} pairs" in page.text) is bool(gaps.rows)
    studies = release.studies(**{kind: name}, limit=10)
    assert f"All {studies.coverage['studies']:,} studies" in page.text
    links = [a["attrs"]["href"] for a in page.all("a")]
    assert f"/changes/view.atom?view=1&{kind}={name}" in links
    assert f"/alerts/?view=1&{kind}={name}" in links
    assert f"/compare/?view=1&{kind}={name}" in links
    assert any(link.startswith(f"/reports/{kind}/{name}.pdf?") for link in links)
    assert "right to reply" in page.text.casefold() or "Right of reply" in page.text
    for figure in ("composition", "like-for-like", "peers"):
        assert any(link.startswith(f"/data/{figure}.csv?view=1&{kind}={name}") for link in links)


@pytest.mark.slow
def test_every_link_of_a_page_leads_somewhere(get):
    page = read(get(f"/funders/{TRUST}/"))
    links = {a["attrs"]["href"] for a in page.all("a") if a["attrs"]["href"].startswith("/")}
    links |= {i["attrs"]["src"] for i in page.all("img")}
    links = {link for link in links if not link.startswith(("/bundle/", "/reports/", "/studies/"))}
    assert len(links) > 60
    bad = {link: code for link in sorted(links) if (code := get(link).status_code) != 200}
    assert bad == {}


def test_a_portfolio_under_the_minimum_is_shown_and_not_compared(get):
    page = read(get(f"/funders/{SMALL}/"))
    assert "8 publications, and under 20 nothing is compared" in page.text
    assert get(f"/charts/like-for-like.svg?funder={SMALL}").status_code == 200


@pytest.mark.parametrize(
    ("asked", "leads"),
    [
        ("/funders/Demonstration%20Trust/", f"/funders/{TRUST}/"),
        (f"/funders/%20{TRUST}/?stage=all&unit=", f"/funders/{TRUST}/?stage=all&unit="),
        ("/countries/UK/", "/countries/GBR/"),
        ("/countries/deu/", "/countries/DEU/"),
        ("/countries/Viet%20Nam/", "/countries/VNM/"),
        ("/journals/demonstration%20letters/", "/journals/demonstration-letters/"),
    ],
)
def test_a_name_leads_to_the_identifier(asked, leads, get):
    response = get(asked)
    assert (response.status_code, response["Location"]) == (302, leads)


def test_an_unknown_name_is_met_with_names_that_are_near(get):
    response = get("/funders/Demonstration%20Trusts/")
    assert response.status_code == 404
    page = read(response)
    assert page.one("h1")["text"] == "There is no such funder here."
    assert f"/funders/{TRUST}/" in [a["attrs"]["href"] for a in page.all("a")]
    for hostile in (
        "%3Cscript%3Ealert(1)%3C",
        "..",
        "%2e%2e",
        "x" * 3000,
        "%F0%9F%A7%AC",
        "%E2%80%AE",
    ):
        response = get(f"/funders/{hostile}/")
        assert response.status_code in (302, 404)
        assert "<script>" not in response.content.decode()
        assert len(response.content) < 12_000


def test_the_page_and_its_pictures_are_of_one_release(site, real):
    get = site(real)
    ids = [open_release(day, store=real).label.id for day in ("2019-07-12", "2019-12-06")]
    page = read(get(f"/journals/nat-genet/?release={ids[0]}"))
    assert "12 July 2019" in page.one("footer")["text"]
    pictures = [i["attrs"]["src"] for i in page.all("img")]
    assert pictures
    assert all(ids[0] in src for src in pictures)


def test_reports_are_files(get):
    for ending, start, kind in (
        ("md", b"---", "text/markdown"),
        ("html", b"<!doctype html>", "text/html"),
        ("pdf", b"%PDF", "application/pdf"),
    ):
        response = get(f"/reports/funder/{TRUST}.{ending}")
        assert response.status_code == 200
        assert response["Content-Type"].startswith(kind)
        assert response.content[:4].lower().startswith(start[:1].lower()) or ending == "md"
        assert response["Content-Disposition"].startswith("attachment;")
        assert "demonstration-not-real" in response["Content-Disposition"]
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    name = get("/reports/funder/Demonstration%20Trust.md")
    assert name.content == get(f"/reports/funder/{TRUST}.md").content
    assert get("/reports/trait/x.pdf").status_code == 404


def test_intervals_are_never_without_words(get):
    """The small pictures repeat what stands beside them."""
    html = get("/funders/").content.decode()
    for cell in re.findall(r"<td[^>]*>(<svg.*?)</td>", html, re.S):
        assert "%" in re.sub(r"<svg.*?</svg>", "", cell, flags=re.S)
        assert 'aria-hidden="true"' in cell
    assert html.count('<svg class="share-bar"') == 9


@pytest.mark.slow
@pytest.mark.parametrize(
    "address",
    [
        "/countries/GBR/?view=1&country_rule={rule}",
        "/funders/demonstration-trust/?view=1&country=GBR;KEN&country_rule={rule}",
        "/reports/country/GBR.md?view=1&country_rule={rule}",
    ],
)
@pytest.mark.parametrize("rule", ["single", "split", "any"])
def test_every_rule_for_records_of_several_countries_has_a_page(address, rule, get):
    response = get(address.format(rule=rule))
    assert response.status_code == 200
    text = response.content.decode()
    # Nothing can be proved of people from records that were divided.
    assert ("At least" in text) is (rule != "split")


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["broad", "detailed", "monitor"])
@pytest.mark.parametrize("unit", ["participations", "studies", "publications", "associations"])
def test_every_way_of_counting_has_a_page(unit, scheme, get):
    query = f"?view=1&unit={unit}&scheme={scheme}&denominator=all&stage=all"
    assert get(f"/funders/demonstration-trust/{query}").status_code == 200
