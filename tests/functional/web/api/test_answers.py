"""The API gives the numbers that Python gives, in every form, each of one release."""

import csv
import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from everygenome.queries.release import open_release
from everygenome.reports import exports
from tests.functional.web.api.conftest import BASE

pytestmark = [pytest.mark.slow]

QUESTIONS = [
    ("summary", {}),
    ("composition", {"unit": "studies", "from_year": 2012}),
    ("composition", {"bands": True, "scheme": "monitor"}),
    ("composition", {"reference": "un_wpp2024_subregions"}),
    ("trend", {"stage": "all", "denominator": "all"}),
    ("countries", {"country_rule": "any"}),
    ("traits", {"unit": "publications"}),
    ("people", {"scheme": "detailed"}),
    ("concentration", {"top": 3}),
    ("gaps", {"limit": 7}),
    ("studies", {"limit": 5, "order": "largest", "group": "European"}),
    ("beneath", {"group": "European"}),
    ("points", {}),
    ("densities", {"period": "year"}),
]


def asked(query):
    return {k: str(v).lower() if isinstance(v, bool) else v for k, v in query.items()}


@pytest.mark.parametrize(("measure", "query"), QUESTIONS, ids=str)
def test_a_measure_says_what_python_says(api, measure, query):
    release = open_release(store=api.store)
    expected = getattr(release, measure)(**query)
    response = api(f"/measures/{measure}", **asked(query))
    assert response.json() == json.loads(expected.to_json())
    assert response["Everygenome-Release"] == response.json()["release"]["id"] == release.label.id


@pytest.mark.parametrize("measure", ["composition", "traits", "studies", "points"])
def test_every_form_has_the_same_rows(api, measure):
    answer = getattr(open_release(store=api.store), measure)()
    read = api(f"/measures/{measure}", format="csv").content
    assert read == exports.to_csv(answer)
    rows = list(csv.DictReader(io.StringIO(read.decode())))
    assert len(rows) == answer.table.num_rows
    assert {row["release"] for row in rows} == {answer.release.id}
    parquet = pq.read_table(io.BytesIO(api(f"/measures/{measure}", format="parquet").content))
    stream = b"".join(api(f"/measures/{measure}", format="arrow").streaming_content)
    arrow = pa.ipc.open_stream(stream).read_all()
    assert parquet.equals(arrow)
    assert arrow.equals(answer.table)
    told = json.loads(arrow.schema.metadata[b"everygenome:caveats"])
    assert [item["id"] for item in told] == [note.id for note in answer.caveats]


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("*/*", "application/json"),
        ("text/csv", "text/csv; charset=utf-8; header=present"),
        ("application/vnd.apache.parquet", "application/vnd.apache.parquet"),
        ("application/vnd.apache.arrow.stream", "application/vnd.apache.arrow.stream"),
        ("text/csv;q=0.5, application/json", "application/json"),
        ("text/html, */*;q=0.1", "application/json"),
    ],
)
def test_accept_chooses_the_form(api, accept, content_type):
    response = api.get(f"{BASE}/measures/composition", headers={"accept": accept})
    assert response["Content-Type"] == content_type
    assert "Accept" in response["Vary"]
    named = api.get(f"{BASE}/measures/composition?format=csv", headers={"accept": accept})
    assert named["Content-Type"].startswith("text/csv")


def test_short_addresses_are_the_same_measures(api):
    for short, path in (("/studies", "/measures/studies"), ("/countries", "/measures/countries")):
        assert api.json(short) == api.json(path)
    found = api.json("/traits", search="diabetes")
    assert found["rows"] == api.json("/measures/trait_search", text="diabetes")["rows"]
    accession = api.json("/studies", limit=1)["rows"][0]["study_accession"]
    one = open_release(store=api.store).study(accession)
    assert api.json(f"/studies/{accession}") == json.loads(one.to_json())


def test_a_comparison_is_that_of_python(api):
    release = open_release(store=api.store)
    expected = release.compare(
        {"unit": "studies", "to_year": 2012}, {"unit": "studies", "from_year": 2013}
    )
    found = api.json("/compare", unit="studies", to_year=2012, b_from_year=2013)
    assert found == json.loads(expected.to_json())


def test_history_and_differences_name_their_releases(over, real):
    api = over(real)
    history = api("/history", unit="studies")
    ids = [item["release"] for item in history.json()["coverage"]["releases"]]
    assert [name[:10] for name in ids] == ["2019-07-12", "2019-12-06"]
    for name in ids:
        alone = api.json("/measures/composition", unit="studies", release=name)
        shares = {row["group"]: row["share"] for row in alone["rows"]}
        rows = [row for row in history.json()["rows"] if row["release"] == name]
        assert {row["group"]: row["share"] for row in rows} == shares
    changed = api("/diffs/2019-07-12/2019-12-06", change="added", limit=2)
    assert changed["Everygenome-Release"] == ", ".join(ids)
    assert changed["Cache-Control"] == "no-cache"
    told = changed.json()
    assert told["totals"]["studies_after"] == 8232
    assert len(told["studies"]) == 2
    following = api.get(changed["Link"].split(">")[0].removeprefix("<"))
    assert following.json()["studies"][0] != told["studies"][0]
    pinned = api(f"/diffs/{ids[0]}/{ids[1]}")
    assert pinned["Cache-Control"].endswith("immutable")


def test_the_releases_and_one_of_them(over, real):
    api = over(real)
    told = api.json("/releases")
    ids = [item["id"] for item in told["releases"]]
    assert told["current"] == ids[0]
    assert [name[:10] for name in ids] == ["2019-12-06", "2019-07-12"]
    for wanted in (ids[1], "2019-07-12"):
        one = api(f"/releases/{wanted}")
        assert one["Everygenome-Release"] == one.json()["id"] == ids[1]
        assert one.json()["tables"]["studies"] == 7230
        assert {"name", "rows", "meaning"} == set(one.json()["flags"][0])


def test_a_release_is_chosen_by_identifier_date_or_current(over, real):
    api = over(real)
    newest, oldest = (item["id"] for item in api.json("/releases")["releases"])
    answers = {
        wanted: api("/measures/people", release=wanted)["Everygenome-Release"]
        for wanted in ("current", "2019-12-06", newest, "2019-07-12", oldest)
    }
    assert answers == {
        "current": newest,
        "2019-12-06": newest,
        newest: newest,
        "2019-07-12": oldest,
        oldest: oldest,
    }


def test_the_vocabulary_is_told(api):
    from everygenome.vocabulary.caveats import CAVEATS
    from everygenome.web.api.vocabulary import LISTS

    told = {name: api.json(f"/vocabulary/{name}")["items"] for name in LISTS}
    assert all(told.values())
    assert [item["id"] for item in told["caveats"]] == list(CAVEATS)
    assert len(told["ancestry"]) == 17
    assert {item["name"] for item in told["schemes"]} == {"detailed", "broad", "monitor"}


def test_every_measure_is_listed_with_its_options(api):
    from everygenome.queries.measures import MEASURES, OTHERS

    told = {item["name"]: item for item in api.json("/measures")["measures"]}
    assert set(told) == set(MEASURES | OTHERS)
    assert all(item["meaning"] for item in told.values())
    (top,) = told["concentration"]["options"]
    assert top["schema"] == {"type": "integer", "minimum": 1, "maximum": 1000, "default": 10}


def test_a_walk_by_cursor_meets_every_study_once(api):
    release = open_release(store=api.store)
    first = release.studies(stage="all", limit=1000)
    rest = release.studies(stage="all", limit=1000, after=first.coverage["next"])
    expected = [row["study_accession"] for row in (*first.rows, *rest.rows)]
    assert first.coverage["studies"] == len(expected) == len(set(expected)) > 1000
    met, address = [], f"{BASE}/studies?stage=all&limit=171"
    while address:
        response = api.get(address)
        met += [row["study_accession"] for row in response.json()["rows"]]
        link = response.get("Link")
        address = link.split(">")[0].removeprefix("<") if link else None
        if address:
            assert link.endswith('rel="next"')
            assert f"release={release.label.id}" in address
    assert met == expected
