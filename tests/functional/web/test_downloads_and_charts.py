"""Files and pictures: exactly what is shown, safe to open, cached by what they hold."""

import csv
import gzip
import io
import json
import xml.etree.ElementTree as ET

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from everygenome.queries.answer import Answer, ReleaseLabel
from everygenome.queries.release import open_release
from everygenome.reports.exports import to_csv

MEASURES = ("summary", "composition", "trend", "people", "concentration")


def _answer(rows, *, demonstration=False):
    return Answer(
        measure="composition",
        release=ReleaseLabel("2020-01-01-00000000", "2020-01-01", demonstration, False),
        unit="participations",
        stage="discovery",
        scheme="broad",
        denominator="recorded",
        rule="standard",
        filters={},
        caveats=(),
        coverage={},
        table=pa.Table.from_pylist(rows),
    )


def _asked(release, name):
    return release.trend(bands=True) if name == "trend" else getattr(release, name)()


@pytest.mark.parametrize("name", MEASURES)
def test_json_is_the_answer_itself(name, get, demonstration):
    response = get(f"/data/{name}.json")
    assert response["Content-Type"] == "application/json"
    expected = _asked(open_release(store=demonstration), name).to_dict()
    assert response.json() == json.loads(json.dumps(expected))
    assert response.json()["release"]["demonstration"] is True


@pytest.mark.parametrize("name", MEASURES)
def test_csv_holds_the_same_rows_and_what_they_are(name, get, demonstration):
    response = get(f"/data/{name}.csv")
    answer = _asked(open_release(store=demonstration), name)
    rows = list(csv.DictReader(io.StringIO(response.content.decode())))
    assert len(rows) == answer.table.num_rows
    for found, expected in zip(rows, answer.rows, strict=True):
        for column, value in expected.items():
            if value is None:
                assert found[column] == ""
            elif isinstance(value, float):
                assert float(found[column]) == value
        assert found["release"] == answer.release.id
        assert found["demonstration"] == "true"
        assert found["denominator"] == answer.denominator
    assert "demonstration-not-real" in response["Content-Disposition"]
    beside = f"/data/{name}.json?view=1&release={answer.release.id}"
    assert response["Link"] == f'<{beside}>; rel="describedby"; type="application/json"'
    assert get(beside).json()["rows"] == answer.rows


@given(st.text(max_size=20))
def test_no_cell_of_a_csv_file_is_a_formula(text):
    body = to_csv(_answer([{"group": text, "share": -0.5}])).decode()
    ((_, cell), *_rest) = list(next(csv.DictReader(io.StringIO(body, newline=""))).items())
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell in (text, "'" + text)


def test_numbers_below_zero_stay_numbers():
    (row,) = csv.DictReader(io.StringIO(to_csv(_answer([{"group": "A", "share": -0.5}])).decode()))
    assert row["share"] == "-0.5"


@pytest.mark.parametrize(
    "query", ["", "?layout=narrow", "?theme=dark", "?layout=narrow&theme=dark"]
)
def test_the_trend_is_a_picture_that_does_nothing_but_show(get, query):
    response = get(f"/charts/trend.svg{query}")
    assert response["Content-Type"].startswith("image/svg+xml")
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "sandbox" in response["Content-Security-Policy"]
    root = ET.fromstring(response.content)
    width = float(root.get("width"))
    assert width < 360 if "narrow" in query else 800 < width < 960
    names = {item.tag.rpartition("}")[2] for item in root.iter()}
    assert names.isdisjoint({"script", "style", "image", "foreignObject", "a"})
    assert not any("style" in item.attrib for item in root.iter())


def test_a_png_is_a_png(get):
    assert get("/charts/trend.png").content.startswith(b"\x89PNG\r\n")
    assert get("/charts/composition.png").content.startswith(b"\x89PNG\r\n")


def test_the_same_release_gives_the_same_bytes(get):
    from everygenome.web.site.prepared import PANTRY

    first = get("/charts/composition.svg").content
    PANTRY._held.clear()
    assert get("/charts/composition.svg").content == first


@pytest.mark.parametrize("path", ["/", "/about/counting/", "/data/trend.csv", "/charts/trend.svg"])
def test_who_has_it_already_gets_not_modified(get, path):
    first = get(path)
    assert first["Cache-Control"] == "no-cache"
    again = get(path, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert get(path, headers={"if-none-match": '"other"'}).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/embed/trend/",
        "/charts/trend.svg",
        "/data/trend.csv",
        "/bundle/trend.zip",
        "/badge/studies.svg",
    ],
)
def test_what_is_not_modified_keeps_its_own_rules(get, path):
    """A browser takes the headers of a 304 over: those of a page would forbid what is open."""
    first = get(path)
    again = get(path, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert first["Cross-Origin-Resource-Policy"] == "cross-origin"
    for name in (
        "Content-Security-Policy",
        "Cross-Origin-Resource-Policy",
        "Access-Control-Allow-Origin",
        "X-Frame-Options",
        "Vary",
        "Cache-Control",
    ):
        assert again.get(name) == first.get(name), name


def test_what_is_kept_has_a_bound_in_bytes():
    from everygenome.web.site.prepared import Pantry, Prepared

    made = []

    def thing():
        made.append(1)
        return Prepared(b"x" * 60, "text/plain", packed=b"y" * 20)

    pantry = Pantry(kept=10, largest=100, together=200)
    for key in ("a", "b", "c", "c", "b", "a"):
        pantry.get(key, thing)
    # Two of 80 bytes fit: "a" had to go for "c", and was made again.
    assert len(made) == 4
    assert list(pantry._held) == ["c", "a"]


def test_code_for_other_pages_holds_no_tag_of_the_catalogue(django):
    """A subject may be called anything: its name must not end the part without scripts."""
    from everygenome.web.dashboard.figures import FIGURES
    from everygenome.web.dashboard.shown import _codes

    class View:
        def address(self, **_):
            return "?view=1"

        pinned = address

    name = '</noscript><script>alert("1")</script> & more'
    code = _codes(FIGURES["subjects"], View(), origin="https://a.example", page="/", finding=name)[
        "frame"
    ]
    assert "<script" not in code
    assert code.count("</noscript>") == 1
    assert (
        'alt="&lt;/noscript&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; more"'
        in code
    )


def test_an_address_that_names_its_release_may_be_kept(get):
    name = get("/health").json()["release"]
    assert get(f"/?release={name}")["Cache-Control"] == "public, max-age=86400"
    # A date may mean another release once one is made anew.
    assert get("/?release=2025-06-30")["Cache-Control"] == "no-cache"
    assert get("/?release=nope")["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/data/trend.json", "/charts/trend.svg"])
def test_compressed_and_plain_are_the_same_and_named_apart(get, path):
    plain = get(path)
    packed = get(path, headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed["ETag"] != plain["ETag"]
    assert "Accept-Encoding" in packed["Vary"]
    assert len(packed.content) == int(packed["Content-Length"])


def test_head_tells_the_length_and_sends_nothing(get):
    head = get.__self__.head("/")
    assert head.content == b""
    assert int(head["Content-Length"]) == len(get("/").content)
    assert head["ETag"] == get("/")["ETag"]


def test_the_site_answers_machines(get):
    assert get("/health").json() == {"status": "ok", "release": get("/health").json()["release"]}
    assert get("/health")["Cache-Control"] == "no-store"
    robots = get("/robots.txt").content.decode()
    assert "Disallow: /*?view=" in robots
    assert "Sitemap: http://localhost/sitemap.xml" in robots
    listed = [item.text for item in ET.fromstring(get("/sitemap.xml").content).iter() if item.text]
    assert "http://localhost/gaps/" in listed
    for address in listed[::40]:
        if address.startswith("http"):
            assert get(address.removeprefix("http://localhost")).status_code == 200


def test_the_style_sheet_is_served_under_a_name_that_changes_with_it(get):
    from tests.functional.web.page import read

    sheet = next(
        link["attrs"]["href"]
        for link in read(get("/")).all("link")
        if link["attrs"]["rel"] == "stylesheet"
    )
    response = get(sheet, headers={"accept-encoding": "gzip"})
    assert gzip.decompress(response.getvalue()).startswith(b"/* One sheet")
    response.close()
    assert "immutable" in response["Cache-Control"]
    assert response["Content-Encoding"] == "gzip"
    assert response["X-Content-Type-Options"] == "nosniff"
