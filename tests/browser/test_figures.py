"""What stands below each figure: its table, its method, its files, and what others can paste."""

import csv
import functools
import http.server
import io
import json
import threading
import urllib.request
import zipfile
from urllib.parse import urlsplit

import pyarrow.parquet as pq
import pytest
from playwright.sync_api import expect

from everygenome.queries.release import list_releases
from tests.browser.reading import same_composition

pytestmark = [pytest.mark.browser]
VIEW = "?view=1&unit=studies&from_year=2012"
ASKED = {"unit": "studies", "from_year": 2012}
FIGURES = ["composition", "trend", "history", "representation", "subjects", "map", "people"]


# The same question to the files below a figure and to the API.
SAME = {
    "trend.json": "measures/trend?bands=true",
    "representation.json": "measures/composition?reference=un_wpp2024_subregions",
    "subjects.json?unit=studies": "measures/traits?unit=studies",
    "map.json?country_rule=any": "countries?country_rule=any",
    "people.json?stage=replication": "measures/people?stage=replication",
    "concentration.json": "measures/concentration?top=10",
    "studies.json?from_year=2012": "measures/densities?from_year=2012",
    "comparison.json?trait_parent=Cancer&b_stage=replication": "compare?trait_parent=Cancer"
    "&b_stage=replication",
}


def fetch(address):
    with urllib.request.urlopen(address, timeout=30) as response:
        return response.read()


@pytest.fixture
def figure(open_page, demonstration_site):
    """The composition of a view, with all below it opened."""
    page = open_page(demonstration_site + "composition/" + VIEW)
    for summary in page.locator("#composition summary").all():
        summary.click()
    return page


def links(page, label):
    (address,) = page.locator("#composition .share a", has_text=label).evaluate_all(
        "links => links.map(link => link.href)"
    )
    return address


def test_the_table_and_the_words_open(figure, release):
    expect(figure.locator("#composition table")).to_be_visible()
    assert same_composition(figure, release.composition(**ASKED))
    terms = figure.locator("#composition .terms")
    expect(terms).to_be_visible()
    text = terms.inner_text()
    for words in ("Unit: studies", "Stage: discovery", "Denominator: recorded", "Rule: standard"):
        assert words in text
    notes = figure.locator("#composition .notes").inner_text()
    assert all(note.text in notes for note in release.composition(**ASKED).caveats)


def test_every_form_of_the_numbers_is_the_same_as_python_and_as_the_api(
    figure, demonstration_site, release
):
    expected = release.composition(**ASKED).rows
    api = "api/v1/measures/composition?unit=studies&from_year=2012"
    from_api = json.loads(fetch(demonstration_site + api))
    told = json.loads(fetch(links(figure, "JSON")))
    assert told["rows"] == from_api["rows"] == json.loads(json.dumps(expected))
    for name in ("unit", "stage", "denominator", "rule", "scheme", "release", "caveats"):
        assert told[name] == from_api[name]
    assert pq.read_table(io.BytesIO(fetch(links(figure, "Parquet")))).select(
        list(expected[0])
    ).to_pylist() == list(expected)
    with figure.expect_download() as downloading:
        figure.locator("#composition .share a", has_text="CSV").click()
    download = downloading.value
    name = f"everygenome-composition-{release.label.id}-demonstration-not-real.csv"
    assert download.suggested_filename == name
    assert_same_csv(download.path().read_text(), expected)
    assert fetch(links(figure, "PNG")).startswith(b"\x89PNG\r\n")


@pytest.mark.parametrize("file", SAME)
def test_the_files_of_a_figure_and_the_api_say_the_same(file, demonstration_site):
    told = json.loads(fetch(f"{demonstration_site}data/{file}"))
    from_api = json.loads(fetch(f"{demonstration_site}api/v1/{SAME[file]}"))
    assert told["rows"] == from_api["rows"]
    assert len(told["rows"]) >= 3
    for name in ("unit", "stage", "denominator", "rule", "scheme", "release", "filters"):
        assert told[name] == from_api[name]


def assert_same_csv(text, rows):
    found = list(csv.DictReader(io.StringIO(text)))
    assert len(found) == len(rows)
    for line, row in zip(found, rows, strict=True):
        for column, value in row.items():
            if isinstance(value, bool) or value is None:
                assert line[column].lower() == ("" if value is None else str(value).lower())
            elif isinstance(value, (int, float)):
                assert float(line[column]) == value
            else:
                assert line[column] == value


def test_the_zip_holds_the_same_numbers_and_says_what_they_are(figure, demonstration_site, release):
    with figure.expect_download() as downloading:
        figure.locator("#composition .share a", has_text="one ZIP").click()
    with zipfile.ZipFile(downloading.value.path()) as bundle:
        (folder,) = {name.split("/")[0] for name in bundle.namelist()}
        files = {name.removeprefix(folder + "/"): bundle.read(name) for name in bundle.namelist()}
    told = json.loads(files["data.json"])
    assert told == json.loads(fetch(f"{demonstration_site}data/composition.json{VIEW}"))
    api = "api/v1/measures/composition?unit=studies&from_year=2012"
    assert told["rows"] == json.loads(fetch(demonstration_site + api))["rows"]
    assert files["data.csv"] == fetch(f"{demonstration_site}data/composition.csv{VIEW}")
    assert_same_csv(files["data.csv"].decode(), release.composition(**ASKED).rows)
    settings = json.loads(files["settings.json"])
    assert "unit=studies" in json.dumps(settings)
    assert b"<svg" in files["figure.svg"]
    assert files["figure.png"].startswith(b"\x89PNG\r\n")
    assert release.label.id in files["provenance.json"].decode()
    assert {"README.txt", "citation.bib", "citation.ris", "method.md"} < set(files)


@pytest.mark.parametrize("name", FIGURES)
def test_a_picture_opened_by_itself_draws(name, open_page, demonstration_site):
    page = open_page(f"{demonstration_site}charts/{name}.svg")
    assert page.status == 200
    assert page.evaluate("document.documentElement.getBoundingClientRect().width") > 300
    assert page.faults == []


def test_what_is_copied_is_the_link_and_it_shows_the_same(open_page, demonstration_site, release):
    page = open_page(
        demonstration_site + "composition/" + VIEW,
        permissions=["clipboard-read", "clipboard-write"],
    )
    page.locator("#composition details.share summary").click()
    copied = {}
    for name in ("address", "pinned", "frame", "frame-pinned"):
        field = page.locator(f"#composition-{name}")
        button = page.locator(f"#composition-{name} + button")
        button.click()
        expect(button).to_have_text("Copied")
        expect(page.locator("#said")).to_have_text("Copied.")
        copied[name] = page.evaluate("navigator.clipboard.readText()")
        assert copied[name] == field.input_value()
    assert copied["address"] == f"{demonstration_site}composition/{VIEW}"
    assert f"release={release.label.id}" in copied["pinned"]
    for name in ("address", "pinned"):
        page.goto(copied[name])
        assert same_composition(page, release.composition(**ASKED))
    assert page.faults == []


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory):
    """A page of another origin: write into it, and it has an address."""
    root = tmp_path_factory.mktemp("elsewhere")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    handler = functools.partial(Quiet, directory=str(root))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()

        def write(name, body):
            head = '<title>x</title><link rel="icon" href="data:,">'
            page = f'<!doctype html><html lang="en">{head}<body>{body}</body></html>'
            (root / name).write_text(page, encoding="utf-8")
            # Another name of this machine: another site, not only another port.
            return f"http://localhost:{server.server_port}/{name}"

        yield write
        server.shutdown()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_of_another_origin_can_show_a_figure(scheme, open_page, elsewhere, real_site, real):
    earlier, newest = sorted(item["id"] for item in list_releases(store=real))
    page = open_page(f"{real_site}composition/?view=1&release={earlier}&unit=studies")
    codes = {
        name: page.locator(f"#composition-{name}").input_value()
        for name in ("frame", "frame-pinned")
    }
    assert "release=" not in codes["frame"]
    assert f"release={earlier}" in codes["frame-pinned"]
    dates = {"frame": "6 December 2019", "frame-pinned": "12 July 2019"}
    image = f"{real_site}charts/composition.svg"
    body = "".join(codes.values()) + f'<img alt="" id="plain" src="{image}">'
    page = open_page(elsewhere(f"{scheme}.html", body), scheme=scheme)
    for place, (name, date) in enumerate(dates.items()):
        frame = page.frame_locator("iframe").nth(place)
        page.locator("iframe").nth(place).scroll_into_view_if_needed()
        assert "release of " + date in frame.locator("p", has_text="Source:").inner_text(), name
        picture = frame.locator("figure img")
        expect(picture).to_be_visible()
        assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 300
        drawn = picture.evaluate("image => image.currentSrc")
        assert ("theme=dark" in drawn) is (scheme == "dark")
        assert (newest if name == "frame" else earlier) in drawn
        back = frame.locator("a", has_text="everygenome")
        assert back.get_attribute("target") == "_top"
        query = urlsplit(back.get_attribute("href")).query
        assert ("release=" in query) is (name == "frame-pinned")
    assert page.locator("#plain").evaluate("image => image.decode().then(() => true)")
    assert page.faults == []


def test_a_page_of_another_origin_cannot_frame_the_site_itself(
    open_page, elsewhere, demonstration_site
):
    page = open_page(elsewhere("site.html", f'<iframe src="{demonstration_site}"></iframe>'))
    assert page.frame_locator("iframe").locator("main").count() == 0
    assert any("frame" in fault.lower() for fault in page.faults)
