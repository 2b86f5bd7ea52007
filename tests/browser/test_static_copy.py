"""A static copy in a real browser, under a path of its own: the page that reckons by itself."""

import functools
import http.server
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from everygenome.queries.release import Release, open_release
from tests.functional.web import stores

pytestmark = [pytest.mark.browser]
NUMBERS = ("share", "share_with_others", "share_min", "share_max")
USUAL = {"unit": "participations", "stage": "discovery", "denominator": "recorded"}
VIEWS: list[dict[str, Any]] = [
    {},
    {"unit": "studies"},
    {"unit": "publications", "denominator": "all"},
    {"stage": "replication"},
    {"stage": "all", "unit": "studies"},
    {"from_year": 2012},
    {"to_year": 2015, "unit": "publications"},
    {"from_year": 2010, "to_year": 2014, "stage": "all"},
    {"trait_parent": "Cancer"},
    {"trait_parent": "Cancer", "unit": "studies", "from_year": 2015, "denominator": "all"},
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return stores.demonstration_store(tmp_path_factory.mktemp("copied"))


@pytest.fixture(scope="module")
def release(store: Path) -> Release:
    return open_release(store=store)


def write_copy(folder: Path, store: Path) -> None:
    command = [sys.executable, "-m", "everygenome", "export", "site", folder, "--store", store]
    fewer = ["--max-pages", "2", "--without", "png", "--without", "zip", "--without", "parquet"]
    subprocess.run([*map(str, command), *fewer], check=True, capture_output=True)


@pytest.fixture(scope="module")
def copy(chromium: Any, store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a copy, below the root of its host."""
    root = tmp_path_factory.mktemp("host")
    write_copy(root / "some" / "path", store)

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    handler = functools.partial(Quiet, directory=str(root))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/some/path/"
        server.shutdown()


@pytest.fixture
def open_page(chromium: Any) -> Iterator[Any]:
    contexts = []

    def opened(address: str, *, width: int = 1440, scheme: str = "light", **options: Any) -> Any:
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, **options
        )
        contexts.append(context)
        context.set_default_timeout(20_000)
        page = context.new_page()
        page.requested, page.faults = [], []

        def note(request: Any) -> None:
            page.requested.append(request)

        def hear(said: Any) -> None:
            if said.type in ("error", "warning"):
                page.faults.append(said.text)

        page.on("request", note)
        page.on("console", hear)
        page.goto(address, wait_until="networkidle")
        return page

    yield opened
    for context in contexts:
        context.close()


def shown(page: Any) -> dict[str, list[float | None]]:
    """Group to its numbers, as the table holds them, in full precision."""
    return page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll("#composition-table tbody tr")]
        .map((row) => [row.dataset.group, [...row.querySelectorAll("[data-value]")]
        .map((cell) => cell.dataset.value === "" ? null : Number(cell.dataset.value))]))"""
    )


def expected(release: Release, view: dict[str, Any]) -> dict[str, list[float | None]]:
    made = {}
    for row in release.composition(**USUAL | view).rows:
        if not row["rows_with_others"]:
            numbers = []
        elif row["is_class"]:
            numbers = [row["share"]]
        else:
            numbers = [row[name] for name in NUMBERS]
        made[row["group"]] = [*numbers, row["value"]]
    return made


def shown_years(page: Any) -> dict[str, dict[str, float | None]]:
    return page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll("#trend-table tbody tr")]
        .map((row) => [row.dataset.year, Object.fromEntries(
        [...row.querySelectorAll("[data-group]")].map((cell) =>
        [cell.dataset.group, cell.dataset.value === "" ? null : Number(cell.dataset.value)]))]))"""
    )


def choose(page: Any, name: str, value: object) -> None:
    """Choose, and wait until it is shown."""
    page.select_option(f"#{name}", str(value))
    page.wait_for_function(
        "([name, value]) => document.getElementById(name).value === value", arg=[name, str(value)]
    )


@pytest.mark.parametrize("view", VIEWS, ids=json.dumps)
def test_each_choice_shows_the_numbers_of_the_server(
    view: dict[str, Any], open_page: Any, copy: str, release: Release
) -> None:
    page = open_page(copy + "explore.html")
    for name, value in view.items():
        choose(page, name, value)
    assert shown(page) == expected(release, view)
    years = shown_years(page)
    rows = release.trend(**USUAL | view).rows
    assert {int(year) for year in years} == {row["year"] for row in rows}
    for row in rows:
        line = years[str(row["year"])]
        if row["group"] in line:
            assert line[row["group"]] == row["share"], row
        else:
            assert row["is_class"]
            assert row["share"] is None
    answer = release.composition(**USUAL | view)
    notes = page.locator("#notes-list").inner_text()
    for note in answer.caveats:
        assert note.text in notes
    assert page.faults == []


def test_the_address_keeps_the_choices_and_the_way_back_works(
    open_page: Any, copy: str, release: Release
) -> None:
    page = open_page(copy + "explore.html")
    choose(page, "unit", "studies")
    choose(page, "from_year", 2012)
    assert page.url.endswith("explore.html?view=1&unit=studies&from_year=2012")
    page.go_back()
    page.wait_for_function("document.getElementById('from_year').value === ''")
    assert shown(page) == expected(release, {"unit": "studies"})
    page.go_forward()
    page.wait_for_function("document.getElementById('from_year').value === '2012'")
    page.reload(wait_until="networkidle")
    assert shown(page) == expected(release, {"unit": "studies", "from_year": 2012})
    page.locator("button", has_text="usual choices").click()
    page.wait_for_function("document.getElementById('unit').value === 'participations'")
    assert shown(page) == expected(release, {})
    assert page.url == copy + "explore.html"


def test_what_is_not_known_is_told_and_left_out(
    open_page: Any, copy: str, release: Release
) -> None:
    query = "?unit=people&from_year=1066&nonsense=1&from_year=2019&to_year=2010&stage=<b>all"
    page = open_page(copy + "explore.html" + query)
    told = page.locator("#messages").inner_text()
    assert "“people” is no unit that is known here" in told
    assert "“1066” is no from year" in told
    assert "“nonsense” is no choice" in told
    assert "“<b>all” is no stage" in told
    assert "The years 2019 to 2010 hold no year." in told
    assert shown(page) == expected(release, {"from_year": 2019})


def test_pictures_are_drawn_here_under_the_strict_policy(open_page: Any, copy: str) -> None:
    page = open_page(copy + "explore.html", width=360, scheme="dark")
    assert not [request for request in page.requested if request.url.endswith("vega.js")]
    for name in ("composition", "trend"):
        page.locator(f"#{name}-chart").scroll_into_view_if_needed()
        page.wait_for_selector(f"#{name}-chart svg")
    before = page.locator("#trend-chart").inner_html()
    choose(page, "stage", "replication")
    page.wait_for_function(
        "document.getElementById('trend-chart').dataset.drawn.includes('replication')"
    )
    assert page.locator("#trend-chart").inner_html() != before
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert {urlsplit(request.url).netloc for request in page.requested} == {urlsplit(copy).netloc}
    assert all(request.response().status == 200 for request in page.requested)
    assert page.faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("path", ["", "explore.html"])
def test_axe_finds_no_violation_and_nothing_scrolls_sideways(
    path: str, width: int, scheme: str, open_page: Any, copy: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(copy + path, width=width, scheme=scheme, bypass_csp=True)
    found = Axe().run(page).response["violations"]
    assert [(item["id"], item["nodes"][0]["html"]) for item in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.faults == []


def test_keys_alone_are_enough_and_what_changed_is_read_aloud(open_page: Any, copy: str) -> None:
    page = open_page(copy + "explore.html")
    page.locator("#unit").focus()
    before = page.locator("#finding").inner_text()
    page.keyboard.press("ArrowDown")
    page.wait_for_function("location.search.includes('unit=studies')")
    assert page.locator("#finding").get_attribute("role") == "status"
    assert page.locator("#finding").inner_text() != before
    assert page.evaluate("document.activeElement.id") == "unit"


def test_without_scripts_the_page_says_so_and_shows_pictures(open_page: Any, copy: str) -> None:
    page = open_page(copy + "explore.html", java_script_enabled=False)
    assert page.locator("noscript strong").is_visible()
    assert not page.locator("#choices").is_visible()
    assert page.locator("noscript img").count() == 2
    loaded = [r for r in page.requested if r.url.endswith("-light.svg")]
    assert len(loaded) == 2
    assert all(request.response().status == 200 for request in loaded)


def test_from_a_disk_the_pages_open_and_the_one_that_reckons_says_what_it_needs(
    open_page: Any, store: Path, tmp_path: Path
) -> None:
    write_copy(tmp_path / "copy", store)
    page = open_page((tmp_path / "copy" / "index.html").as_uri())
    images = page.locator("img")
    assert images.count() > 0
    assert images.first.evaluate("image => image.complete && image.naturalWidth > 100")
    page.locator("aside a", has_text="Choose unit").click()
    page.wait_for_load_state("networkidle")
    assert "This page needs a web server" in page.locator("#finding").inner_text()
