"""Every page at every width, on either ground: nothing sideways, nothing that axe objects to."""

import pytest
from axe_playwright_python.base import AXE_FILE_PATH

from everygenome.web.site.several import PLURALS

pytestmark = [pytest.mark.browser]
FIXED = (
    "", "composition/", "trend/", "history/", "representation/", "subjects/", "map/", "people/",
    "concentration/", "traits/", "studies/", "gaps/", "compare/", "about/counting/",
    "about/questions/", "about/citation/", "about/privacy/", "about/method/", "changes/", "badge/",
    "alerts/", "api/v1/docs", "portfolios/", "funders/", "cohorts/", "journals/", "countries/",
    "about/reply/", "simulate/", "award/", "audit/", "variants/",
)  # fmt: skip
SHELVES = ("toolbox", "definitions", "evidence", "datasets")
# Those that have no API.
TOLD = ("stories", "talking-points")
TOLD_PAGES = ("stories/", "stories/export/", "talking-points/", "talking-points/export/",
              "stories/offer/", "stories/safety/")  # fmt: skip
SHELF_PAGES = (
    *(f"{name}/{part}" for name in SHELVES for part in ("", "export/")), "toolbox/find/",
    "toolbox/gaps/", "definitions/statement/", "evidence/live/", "datasets/map/",
    "datasets/references/",
)  # fmt: skip
MORE = (
    "compare/?view=1&trait_parent=Cancer&b_stage=replication",
    "traits/?search=a",
    "traits/TRAIT/",
    "studies/STUDY/",
    "groups/African/",
    "funders/?view=1&few=hidden&order=publications&group=African",
    "funders/demonstration-trust/",
    "funders/demonstration-fund-for-neglected-questions/?view=1&stage=all&unit=studies",
    "cohorts/demonstration-cohort-a/",
    "journals/demonstration-letters/",
    "countries/DEU/",
    "funders/no-such-fund/",
    "embed/like-for-like/?funder=demonstration-trust",
    "compare/?view=1&funder=demonstration-trust&b_funder=demonstration-health-agency",
    "about/method/composition/",
    "map/?view=1&show=per_1000&country_rule=split",
    "embed/trend/",
    "composition/?unit=bananas&nonsense=1&from_year=2025&to_year=2010",
    "composition/?view=1&unit=studies&scheme=detailed&from_year=2010&country=JPN",
    "?release=nope",
    "no/such/page",
)
FAILING = {"?release=nope": 404, "no/such/page": 404, "funders/no-such-fund/": 404}
WIDTHS = (320, 360, 768, 1440)
_ALL = {"resultTypes": ["violations"]}
# What depends on the colours and on the width; the rest was asked already.
_OF_LOOKS = _ALL | {"runOnly": ["color-contrast", "link-in-text-block", "target-size"]}


def test_the_fixed_pages_are_all_of_the_site_map(open_page, demonstration_site, release):
    page = open_page(demonstration_site + "robots.txt")
    found = page.request.get(demonstration_site + "sitemap.xml").text()
    paths = [part.split("</loc>")[0] for part in found.split("<loc>" + demonstration_site)[1:]]
    named = {f"traits/{name}/" for name in release.tables.traits}
    for kind, plural in PLURALS.items():
        named |= {f"{plural}/{row['id']}/" for row in release.portfolio(kind).rows}
    # The pages of collections are looked at in test_collections.
    told = [path for path in paths if path.startswith(TOLD)]
    listed = page.request.get(f"{demonstration_site}stories/export.json").json()["count"]
    assert listed >= 80
    assert [path for path in told if path in TOLD_PAGES] == list(TOLD_PAGES)
    assert len(told) == len(TOLD_PAGES) + listed
    paths = [path for path in paths if path not in told]
    shelves = [path for path in paths if path.startswith(SHELVES)]
    others = [path for path in paths if path not in shelves]
    assert {path for path in others if path.replace("%3A", ":") not in named} == set(FIXED)
    assert len(others) == len(FIXED) + len(named)
    fixed = [path for path in shelves if path in SHELF_PAGES]
    assert sorted(fixed) == sorted(SHELF_PAGES)
    counts = [
        page.request.get(f"{demonstration_site}api/v1/{name}?limit=1").json()["count"]
        for name in SHELVES
    ]
    assert min(counts) > 40
    assert len(shelves) == len(SHELF_PAGES) + sum(counts)


def objections(page, options):
    """What axe finds, each with the first place."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
    return page.evaluate(
        """async (options) => (await axe.run(document, options)).violations
        .map((item) => [item.id, item.impact, item.nodes[0].html.slice(0, 200)])""",
        options,
    )


def too_wide(page):
    """How far the page goes beyond the screen, with the elements that do it."""
    return page.evaluate(
        """() => { const width = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= width) return [];
        return [...document.querySelectorAll("body *")].filter((one) => !one.closest(".scroll")
          && one.getBoundingClientRect().right > width + 1).slice(0, 3)
          .map((one) => one.outerHTML.slice(0, 120)).concat("too wide"); }"""
    )


@pytest.mark.parametrize("path", [*FIXED, *MORE])
def test_fits_every_width_and_axe_finds_nothing(path, open_page, demonstration_site, release):
    study = release.studies(limit=1).rows[0]["study_accession"]
    trait = release.trait_search("asthma").rows[0]["trait_id"]
    address = path.replace("STUDY", study).replace("TRAIT", trait)
    page = open_page(demonstration_site + address)
    assert page.status == FAILING.get(path, 200)
    page.evaluate("document.querySelectorAll('details').forEach(item => item.open = true)")
    assert objections(page, _ALL) == []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert too_wide(page) == [], width
    page.set_viewport_size({"width": 360, "height": 900})
    page.emulate_media(color_scheme="dark")
    assert objections(page, _OF_LOOKS) == []
    assert [fault for fault in page.faults if "404" not in fault] == []
