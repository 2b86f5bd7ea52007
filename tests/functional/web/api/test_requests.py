"""Requests: conditional, refused, hostile, limited; never a page, never a traceback."""

import shutil
import threading
import time

import pyarrow as pa
import pytest

from everygenome.queries.release import open_release
from everygenome.store.folder import Store
from tests.functional.web.api.conftest import BASE, problem

COMPOSITION = f"{BASE}/measures/composition"


@pytest.mark.parametrize("query", ["", "?format=csv", "?format=parquet", "?format=arrow"])
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_not_modified_is_told_without_reckoning(api, monkeypatch, query, encoding):
    headers = {"accept-encoding": encoding}
    first = api.get(COMPOSITION + query, headers=headers)
    assert first.status_code == 200

    def never(*_arguments, **_options):
        raise AssertionError("something was reckoned")

    monkeypatch.setattr("everygenome.queries.release.Release.ask", never)
    monkeypatch.setattr("everygenome.web.api.answers.ANSWERS.get", never)
    again = api.get(COMPOSITION + query, headers={**headers, "if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again["Everygenome-Release"] == first["Everygenome-Release"]
    assert again["Cache-Control"] == "no-cache"


def test_an_etag_names_release_question_form_and_software(api, monkeypatch):
    tags = {
        query: api.get(COMPOSITION + query)["ETag"]
        for query in ("", "?unit=studies", "?format=csv", "?from_year=2015")
    }
    assert len(set(tags.values())) == len(tags)
    for same in ("?unit=participations", "?scheme=broad&stage=discovery", "?release=current"):
        assert api.get(COMPOSITION + same)["ETag"] == tags[""]
    # What was said more exactly is the same answer.
    name = open_release(store=api.store).label.id
    assert api.get(f"{COMPOSITION}?release={name}")["ETag"] == tags[""]
    monkeypatch.setattr("everygenome.web.api.answers.SOFTWARE", "another")
    assert api.get(COMPOSITION)["ETag"] != tags[""]


def test_anything_is_no_name_of_an_answer(api):
    response = api.get(f"{BASE}/studies/DEMO999999", headers={"if-none-match": "*"})
    assert response.status_code == 404


def test_only_a_named_release_is_for_ever(api):
    release = open_release(store=api.store).label
    cached = {
        wanted: api("/measures/people", release=wanted)["Cache-Control"]
        for wanted in (release.id, release.date, "current")
    }
    assert cached == {
        release.id: "public, max-age=31536000, immutable",
        release.date: "no-cache",
        "current": "no-cache",
    }


@pytest.mark.parametrize("path", ["/releases", "/measures/trend", "/studies?format=arrow"])
def test_head_is_get_without_the_body(site, demonstration, path, api):
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    head, get = client.head(BASE + path), client.get(BASE + path)
    body = b"".join(head.streaming_content) if head.streaming else head.content
    assert body == b""
    assert head.status_code == get.status_code == 200
    for name in ("ETag", "Content-Type", "Cache-Control", "Link"):
        assert head.get(name) == get.get(name)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("path", ["/measures/composition", "/openapi.json", "/docs", "/nowhere"])
def test_nothing_can_be_changed(api, method, path):
    from django.test import Client

    refused = getattr(Client(headers={"host": "localhost"}), method)(BASE + path)
    assert problem(refused)["status"] == 405
    assert refused["Allow"] == "GET, HEAD, OPTIONS"


def test_a_web_page_elsewhere_may_read(api):
    from django.test import Client

    asked = Client(headers={"host": "localhost"}).options(COMPOSITION)
    assert asked.status_code == 204
    assert "If-None-Match" in asked["Access-Control-Allow-Headers"]
    for response in (asked, api.get(COMPOSITION), api.get(f"{BASE}/nowhere")):
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert not response.cookies
    assert "ETag" in asked["Access-Control-Expose-Headers"]


def test_other_pages_stay_closed_to_other_sites(api):
    response = api.get("/robots.txt")
    assert "Access-Control-Allow-Origin" not in response
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("path", "query", "status", "parameter"),
    [
        ("/nowhere", {}, 404, None),
        ("", {}, 404, None),
        ("/releases/2001-01-01", {}, 404, "release"),
        ("/measures/composition", {"release": "2001-01-01"}, 404, "release"),
        ("/measures/composition", {"trait": "EFO_9999999"}, 404, None),
        ("/measures/nothing", {}, 404, None),
        ("/studies/GCST1", {}, 404, None),
        ("/studies/DEMO000001%00", {}, 404, "accession"),
        ("/vocabulary/nothing", {}, 404, "name"),
        ("/diffs/2001-01-01/current", {}, 404, "release"),
        ("/measures/composition", {"unit": "people"}, 422, "unit"),
        ("/measures/composition", {"unit": ""}, 422, "unit"),
        ("/measures/composition", {"colour": "red"}, 422, "colour"),
        ("/measures/composition", {"b_from_year": "2015"}, 422, "b_from_year"),
        ("/measures/composition", {"trait_parent": "Nothing"}, 422, "trait_parent"),
        ("/measures/composition", {"country": "gbr"}, 422, "country"),
        ("/measures/composition", {"from_year": "1066"}, 422, "from_year"),
        ("/measures/composition", {"from_year": "2020", "to_year": "2010"}, 422, None),
        ("/measures/composition", {"country_rule": "split", "unit": "studies"}, 422, None),
        ("/measures/composition", {"bands": "yes"}, 422, "bands"),
        ("/measures/composition", {"format": "xml"}, 422, "format"),
        ("/measures/composition", {"crosswalk": "/etc/passwd"}, 422, "crosswalk"),
        ("/measures/composition", {"broad_dictionary": "/etc/passwd"}, 422, "broad_dictionary"),
        ("/measures/composition", {"rule": "monitor2020"}, 422, "rule"),
        ("/measures/concentration", {"top": "0"}, 422, "top"),
        ("/measures/concentration", {"unit": "studies"}, 422, None),
        ("/measures/beneath", {}, 422, "group"),
        ("/traits", {}, 422, "search"),
        ("/studies", {"limit": "1001"}, 422, "limit"),
        ("/studies", {"after": "x"}, 422, None),
        ("/diffs/current/current", {"after": "x"}, 422, None),
        ("/history", {"reference": "un_wpp2024_regions"}, 422, "reference"),
        ("/releases", {"format": "csv"}, 422, "format"),
    ],
)
def test_each_mistake_is_told(api, path, query, status, parameter):
    from urllib.parse import urlencode

    response = api.get(f"{BASE}{path}?{urlencode(query)}")
    told = problem(response)
    assert told["status"] == status
    assert told.get("parameter") == parameter
    assert "--" not in told["detail"]


def test_valid_values_are_listed(api):
    from everygenome.vocabulary.terms import Unit

    assert api.problem("/measures/composition", unit="x")["valid"] == list(Unit)
    assert "from_year" in api.problem("/measures/composition", fromyear="2015")["valid"]
    assert "current" in api.problem("/measures/composition", release="x")["valid"]
    parents = api.problem("/measures/composition", trait_parent="x")["valid"]
    assert parents == open_release(store=api.store).tables.parents


def test_a_form_that_there_is_not(api):
    for path in ("/measures/composition", "/releases"):
        refused = problem(api.get(BASE + path, headers={"accept": "image/png"}))
        assert refused["status"] == 406
        assert refused["valid"][0] == "application/json"
    assert problem(api.get(f"{BASE}/releases", headers={"accept": "text/csv"}))["status"] == 406


HOSTILE = {
    "long": "a" * 10_000,
    "nul": "a\0b",
    "sql": "'; DROP TABLE ancestry; --",
    "union": "x' UNION SELECT * FROM read_csv('/etc/passwd') --",
    "digits of another script": "２０１５",
    "arabic digits": "٢٠١٥",
    "sign": "+2015",
    "underscore": "20_15",
    "space": " 2015",
    "float": "2015.0",
    "huge": "9" * 5000,
    "newline": "2015\r\nSet-Cookie: a=b",
    "path": "../../../etc/passwd",
    "private use": "\ue000",
    "not utf-8": b"\xff\xfe",
    "template": "{{ settings.SECRET_KEY }}",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize(
    "name", ["unit", "from_year", "trait", "trait_parent", "country", "release", "after", "format"]
)
def test_hostile_values_are_refused(api, name, text):
    told = api.problem("/studies", **{name: text})
    assert told["status"] in (404, 422)
    assert len(str(told)) < 20_000


def test_a_search_is_text_and_nothing_else(api):
    for text in ("'; DROP TABLE ancestry; --", "%", "_", "\\", ".*", "../../etc/passwd"):
        found = api.json("/studies", search=text)
        assert found["coverage"]["studies"] < found["coverage"]["studies_selected"]
    assert api.json("/studies")["coverage"]["studies"] > 1000


def test_what_is_given_twice_is_refused(api):
    told = problem(api.get(f"{COMPOSITION}?unit=studies&unit=studies"))
    assert (told["status"], told["parameter"]) == (422, "unit")
    many = "&".join(f"p{index}=1" for index in range(3000))
    assert problem(api.get(f"{COMPOSITION}?{many}"))["status"] in (400, 414)
    assert problem(api.get(f"{COMPOSITION}?unit={'x' * 20_000}"))["status"] == 414


def test_a_fault_of_ours_says_nothing_of_our_code(api, monkeypatch):
    def broken(*_arguments):
        raise ValueError("secret /path/of/ours")

    monkeypatch.setattr("everygenome.queries.release.Release.ask", broken)
    response = api("/measures/composition", from_year=2014)
    assert problem(response)["status"] == 500
    assert b"secret" not in response.content


def test_a_question_that_takes_too_long_is_ended(api, monkeypatch):
    """The budget is small and the statement has no end in our time."""
    from everygenome.web.site.releases import SHELF

    opened = SHELF.open(api.json("/releases")["current"]).tables.opened

    numbers = opened.add("numbers_for_a_test", pa.table({"n": range(200_000)}))

    def endless(self, *_arguments, **_options):
        pairs = numbers.cross_join(numbers.view())
        slow = pairs.filter(pairs.n * pairs.n_right % 7 == 3)
        return opened.run("endless", lambda: slow.agg(found=slow.n.count()))

    monkeypatch.setattr(opened, "budget_seconds", 0.2)
    monkeypatch.setattr("everygenome.queries.release.Release.ask", endless)
    started = time.monotonic()
    response = api("/measures/composition", from_year=2013)
    assert time.monotonic() - started < 5
    assert problem(response)["status"] == 503
    assert response["Retry-After"] == "60"
    monkeypatch.undo()
    assert api.json("/measures/composition", from_year=2013)["rows"]


def test_pages_say_plainly_that_it_took_too_long(api):
    from django.test import RequestFactory

    from everygenome.errors import TooLongError
    from everygenome.web.site.slow import TooLong

    request = RequestFactory().get("/")
    told = TooLong(lambda _request: None).process_exception(request, TooLongError("Too long."))
    assert told.status_code == 503
    assert b"takes too long to reckon" in told.content
    assert TooLong(lambda _request: None).process_exception(request, ValueError()) is None


def test_requests_are_counted_by_address(site, demonstration):
    from django.core.cache import caches
    from django.test import override_settings

    get = site(demonstration)
    caches["rate"].clear()
    path = f"{BASE}/vocabulary/units"

    def left(**headers):
        response = get(path, **headers)
        return response.status_code, int(response["RateLimit-Remaining"]), response

    with override_settings(API_RATE_LIMIT=3):
        assert [left()[:2] for _ in range(3)] == [(200, 2), (200, 1), (200, 0)]
        status, _, refused = left()
        assert status == problem(refused)["status"] == 429
        seconds = int(refused["Retry-After"])
        assert 1 <= seconds <= 60
        assert int(refused["RateLimit-Reset"]) <= seconds
        assert refused["RateLimit-Limit"] == "3"
        # Another address, told by the proxy on this machine, is counted for itself.
        assert left(HTTP_X_FORWARDED_FOR="10.9.8.7, 192.0.2.1")[:2] == (200, 2)
        assert left(HTTP_X_FORWARDED_FOR="1.1.1.1, 192.0.2.1")[:2] == (200, 1)
        # From anywhere else that header is what a stranger says.
        stranger = {"REMOTE_ADDR": "198.51.100.7"}
        assert left(**stranger)[:2] == (200, 2)
        assert left(**stranger, HTTP_X_FORWARDED_FOR="192.0.2.99")[:2] == (200, 1)
        # One subscriber has a whole /64 of IPv6.
        assert left(REMOTE_ADDR="2001:db8::1")[:2] == (200, 2)
        assert left(REMOTE_ADDR="2001:db8::ffff:2")[:2] == (200, 1)
        assert left(REMOTE_ADDR="2001:db8:0:1::1")[:2] == (200, 2)
    with override_settings(API_RATE_LIMIT=0):
        assert "RateLimit-Limit" not in get(path)
    caches["rate"].clear()


def test_no_release_yet(over, tmp_path):
    api = over(tmp_path)
    assert api.problem("/measures/composition")["status"] == 503
    assert api.problem("/releases/current")["status"] == 503
    assert api.json("/releases") == {"current": None, "instead_of": None, "releases": []}
    assert api.json("/vocabulary/units")["items"]
    assert api.get(f"{BASE}/docs").status_code == 200


def test_a_release_that_lacks_a_file_says_so(over, incomplete):
    told = over(incomplete).problem("/measures/composition")
    assert told["status"] == 404
    assert "ancestry" in told["detail"]


@pytest.fixture
def damaged(real, tmp_path):
    """A copy of a store in which something of the current release can be damaged."""
    from everygenome.web.api.answers import ANSWERS
    from everygenome.web.site.releases import SHELF

    shutil.copytree(real, tmp_path / "store", ignore=shutil.ignore_patterns("web"))
    SHELF._open.clear()
    ANSWERS._held.clear()
    yield tmp_path / "store"
    SHELF._open.clear()
    ANSWERS._held.clear()


@pytest.mark.parametrize("file", ["manifest.json", "ancestry.parquet"])
def test_the_last_good_release_serves_where_the_current_one_is_damaged(over, damaged, file):
    store = Store(damaged)
    current, earlier = store.current(), store.ids()[0]
    (damaged / "releases" / str(current) / file).write_bytes(b"damaged")
    api = over(damaged)
    response = api("/measures/composition")
    assert response.status_code == 200
    assert response["Everygenome-Release"] == response.json()["release"]["id"] == earlier
    assert api.json("/releases")["instead_of"] == current
    # Whoever asks for that very release is told, and not given another.
    assert api.problem("/measures/composition", release=current)["status"] in (404, 503)


@pytest.mark.slow
def test_a_new_release_never_mixes_with_the_old_one(over, catalogue, tmp_path):
    """Requests run while a release is published; each answer is of one release."""
    from everygenome.pipeline.build import build
    from everygenome.web.site.releases import SHELF

    build(Store(tmp_path), catalogue / "releases" / "2019-07-12")
    over(tmp_path)
    seen, wrong = {}, []
    published = threading.Event()

    def ask():
        from django.test import Client

        client = Client(headers={"host": "localhost"})
        for turn in range(4000):
            after, year = published.is_set(), 2005 + turn % 14
            response = client.get(f"{BASE}/measures/composition?unit=studies&from_year={year}")
            body = response.json()
            named = response["Everygenome-Release"]
            if named != body["release"]["id"]:
                wrong.append((named, body["release"]))
            seen.setdefault((named, year), set()).add(body["coverage"]["all_value"])
            if after and named.startswith("2019-12-06") and turn > 14:
                return

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    build(Store(tmp_path), catalogue / "releases" / "2019-12-06")
    SHELF.forget()
    published.set()
    for thread in threads:
        thread.join(30)
    assert not wrong
    releases = {name: open_release(name, store=tmp_path) for name in Store(tmp_path).ids()}
    assert {name for name, _ in seen} == set(releases)
    for (name, year), totals in seen.items():
        asked = releases[name].composition(unit="studies", from_year=year)
        assert totals == {asked.coverage["all_value"]}
